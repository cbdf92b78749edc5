"""The tagging widget without a browser: what it hands on, what it shows, and what it never does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.contract import to_json
from kit.decisions import fold
from kit.records import (
    Analysis,
    Annotation,
    Article,
    Claim,
    Cue,
    Pipeline,
    Quantity,
    Segment,
    Source,
    SourceMention,
    Span,
    record_id,
)
from kit.schemes import Label, Scheme
from kit.widgets import Annotator, annotator, is_headless
from kit.widgets.annotator import NOT_SAVED
from kit.widgets.scripts import FOLDER, ORDER, joined

TEXT = (
    "😀 At least 40 boats were lost, Colonel Ana Reyes of Freedonia said.\r\n\r\n"
    "A horrific cafe\u0301 👩🏽 stood there."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def reading() -> Analysis:
    said, who, cue = span("At least 40 boats were lost"), span("Colonel Ana Reyes of Freedonia"), span("said")
    boats = span("At least 40 boats")
    claim = Claim(
        id="c1",
        content=(said,),
        source=SourceMention(who.start_char, who.end_char, who.text),
        cue=Cue(cue.start_char, cue.end_char, cue.text, stance="distancing"),
        why=("verb of saying",),
    )
    figure = Quantity(boats.start_char, boats.end_char, boats.text, id="q1", value=40, bound="ge", unit="boat")
    segments = (Segment("paragraph", 0, TEXT.index("\r\n")), Segment("paragraph", TEXT.index("A horrific"), len(TEXT)))
    article = Article(TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), segments, outlet="The Courier")
    return Analysis(article, (claim,), (), (figure,), (), (), Pipeline("by hand", "1", "0"))


class Log:
    """A store in memory: it keeps the drafts, and what it gave back for them."""

    def __init__(self, annotator: str = "ana") -> None:
        self.annotator = annotator
        self.drafts: list[dict[str, Any]] = []
        self.events: list[Annotation] = []
        self.broken: Exception | None = None

    def append(self, draft: dict[str, Any]) -> Annotation:
        if self.broken:
            raise self.broken
        self.drafts.append(draft)
        at = len(self.events)
        who, when = self.annotator, f"2024-06-03T10:00:0{at}+00:00"
        self.events.append(Annotation(**draft, id=f"e{at}", article="0", annotator=who, created=when))
        return self.events[-1]


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def desk(log: Log) -> Iterator[Annotator]:
    widget = Annotator(reading(), on_answer=log.append)
    yield widget
    widget.close()


def send(widget: Annotator, **content: Any) -> dict[str, Any]:
    """A message as a view sends it; what the view is told."""
    widget._handle_custom_msg({"view": "v1", **content}, [])
    return dict(widget.reply)


def answers(widget: Annotator) -> dict[str, str]:
    return {item["id"]: item["answer"] for item in widget.items.values() if item["answer"]}


def history(widget: Annotator) -> dict[str, bool]:
    return widget.about["history"]


def test_an_answer_is_handed_on_with_its_quotation_and_surroundings(desk: Annotator, log: Log) -> None:
    assert send(desk, type="answer", target="q1", action="accept")["ok"]
    draft = log.drafts[0]
    assert {key: draft[key] for key in ("action", "target", "record", "supersedes")} == {
        "action": "accept",
        "target": "q1",
        "record": "quantity",
        "supersedes": None,
    }
    assert draft["value"]["seen"]["text"] == "At least 40 boats"
    anchor = draft["anchor"]
    assert (anchor.start_char, anchor.end_char, anchor.exact) == (2, 19, "At least 40 boats")
    assert (anchor.prefix, anchor.suffix) == ("😀 ", TEXT[19:51])
    json.dumps(to_json(draft))


def test_saved_is_said_only_once_the_store_gave_the_event_back(desk: Annotator, log: Log) -> None:
    assert desk.reply["saved"] == ""
    assert send(desk, type="answer", target="c1", action="accept")["saved"] == "saved"
    assert answers(desk) == {"c1": "accept"}
    assert desk.events == log.events


def test_what_the_store_raises_is_shown_and_nothing_is_decided(desk: Annotator, log: Log) -> None:
    log.broken = OSError("the disk is full")
    reply = send(desk, type="answer", target="c1", action="accept")
    assert not reply["ok"]
    assert reply["error"] == "Not saved: the disk is full"
    assert answers(desk) == {}
    assert desk.events == []
    log.broken = None
    assert "error" not in send(desk, type="answer", target="c1", action="accept")


def test_a_store_that_gives_nothing_back_has_not_saved() -> None:
    widget = Annotator(reading(), on_answer=lambda draft: None)
    assert "NoneType, not the stored Annotation" in send(widget, type="answer", target="c1", action="accept")["error"]
    assert answers(widget) == {}
    widget.close()


def test_the_same_answer_twice_arrives_twice(desk: Annotator, log: Log) -> None:
    first = send(desk, type="answer", target="c1", action="accept")
    second = send(desk, type="answer", target="c1", action="accept")
    assert second["n"] == first["n"] + 1
    assert [(draft["action"], draft["supersedes"]) for draft in log.drafts] == [("accept", None), ("accept", "e0")]


def test_undo_and_redo_are_events_that_name_what_they_take_back(desk: Annotator, log: Log) -> None:
    send(desk, type="answer", target="c1", action="accept")
    send(desk, type="answer", target="q1", action="reject")
    assert send(desk, type="undo")["target"] == "q1"
    assert answers(desk) == {"c1": "accept"}
    send(desk, type="undo")
    assert answers(desk) == {}
    assert history(desk) == {"undo": False, "redo": True}
    send(desk, type="redo")
    send(desk, type="redo")
    assert answers(desk) == {"c1": "accept", "q1": "reject"}
    assert history(desk) == {"undo": True, "redo": False}
    assert [draft["supersedes"] for draft in log.drafts] == [None, None, "e1", "e0", "e3", "e2"]
    assert {draft["action"] for draft in log.drafts[2:]} == {"undo"}


def test_nothing_to_undo_is_said_and_hands_nothing_on(desk: Annotator, log: Log) -> None:
    assert send(desk, type="undo")["said"] == "nothing to undo"
    assert log.drafts == []


def test_undo_takes_back_only_what_this_annotator_decided(log: Log) -> None:
    other = Log("ben")
    theirs = other.append({"action": "reject", "target": "q1", "record": "quantity", "value": {}, "supersedes": None})
    widget = Annotator(reading(), events=[theirs], on_answer=log.append)
    assert answers(widget) == {"q1": "reject"}
    assert not history(widget)["undo"]
    assert widget.undo() is None
    widget.close()


def test_a_span_is_added_in_code_points_and_without_the_spaces_around_it(desk: Annotator, log: Log) -> None:
    at = span("horrific")
    send(desk, type="add", start_char=at.start_char - 1, end_char=at.end_char + 1, label="loaded word")
    draft = log.drafts[0]
    assert draft["target"] == record_id(TEXT, "added:loaded word", at.start_char, at.end_char)
    offsets = {"start_char": at.start_char, "end_char": at.end_char}
    assert draft["value"] == {"label": "loaded word", "text": "horrific", **offsets}
    assert (draft["record"], draft["anchor"].exact) == ("claim", "horrific")
    assert [item["title"] for item in desk.items.values() if item["added"]] == ["horrific"]


@pytest.mark.parametrize(("label", "record"), [("claim", "claim"), ("figure", "quantity"), ("question", "claim")])
def test_a_label_decides_the_kind_of_the_new_record(desk: Annotator, log: Log, label: str, record: str) -> None:
    send(desk, type="add", start_char=2, end_char=10, label=label)
    assert log.drafts[0]["record"] == record


def test_undoing_an_addition_takes_its_mark_away(desk: Annotator) -> None:
    before = list(desk.order)
    send(desk, type="add", start_char=2, end_char=10, label="claim")
    assert len(desk.order) == len(desk.items) == len(before) + 1
    send(desk, type="undo")
    assert desk.order == before == [one for one in desk.items]


@pytest.mark.parametrize(
    "content",
    [
        {"type": "add", "start_char": 1, "end_char": 2, "label": "claim"},
        {"type": "add", "start_char": 2, "end_char": 5, "label": "no such label"},
        {"type": "add", "label": "claim"},
        {"type": "answer", "target": "nobody", "action": "accept"},
        {"type": "answer", "target": "c1", "action": "undo"},
        {"type": "sing"},
        {},
    ],
)
def test_an_impossible_message_is_shown_and_not_handed_on(desk: Annotator, log: Log, content: dict[str, Any]) -> None:
    assert send(desk, **content)["error"].startswith("Not saved: ")
    assert log.drafts == []


def test_without_a_store_the_widget_says_so_and_still_works() -> None:
    widget = Annotator(reading())
    assert widget.reply["saved"] == NOT_SAVED
    assert send(widget, type="answer", target="c1", action="accept")["saved"] == NOT_SAVED
    send(widget, type="undo")
    again = Annotator(reading())
    again.answer("c1", "accept")
    assert again.events[0].id == widget.events[0].id
    assert len({event.id for event in widget.events}) == 2
    widget.close()
    again.close()


def test_an_answer_sends_what_it_changed_and_nothing_else(desk: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(desk, "send", lambda content, buffers=None: sent.append(content))
    monkeypatch.setattr(desk, "_send", lambda message, buffers=None: pytest.fail("a trait was sent as a whole"))
    send(desk, type="answer", target="q1", action="accept")
    send(desk, type="answer", target="q1", action="accept")
    send(desk, type="add", start_char=2, end_char=10, label="loaded word")
    send(desk, type="undo")
    assert [(list(one["changed"]), one["order"] is not None) for one in sent[:2]] == [(["q1"], False), ([], False)]
    assert [item["name"] for item in sent[2]["changed"].values()] == ["Loaded word"]
    assert (sent[3]["changed"], sent[3]["gone"]) == ({}, list(sent[2]["changed"]))
    json.dumps(sent, allow_nan=False)


def test_a_view_that_opens_later_gets_the_records_as_they_are_now(desk: Annotator) -> None:
    send(desk, type="answer", target="q1", action="reject")
    assert desk.get_state()["items"]["q1"]["answer"] == "reject"
    assert desk.get_state()["about"]["history"] == {"undo": True, "redo": False}


def test_what_another_kernel_decided_shows_with_the_next_action(log: Log) -> None:
    widget = Annotator(reading(), events=lambda: log.events, on_answer=log.append)
    other = Annotator(reading(), events=lambda: log.events, on_answer=log.append, annotator="ben")
    other.answer("q1", "reject")
    assert answers(widget) == {}
    widget._handle_custom_msg({"type": "look"}, [])
    assert answers(widget) == {"q1": "reject"}
    other.answer("q1", "ignore")
    send(widget, type="answer", target="c1", action="accept")
    assert answers(widget) == {"q1": "ignore", "c1": "accept"}
    widget.close()
    other.close()


def test_a_blind_desk_shows_only_its_own_decisions(log: Log) -> None:
    theirs = Log("ben").append(
        {"action": "reject", "target": "q1", "record": "quantity", "value": {}, "supersedes": None}
    )
    log.events.append(theirs)
    blind = Annotator(reading(), events=lambda: log.events, on_answer=log.append, blind=True)
    send(blind, type="answer", target="c1", action="accept")
    assert answers(blind) == {"c1": "accept"}
    assert {one for item in blind.items.values() for one in item["answers"]} == set()
    seeing = Annotator(reading(), events=lambda: log.events, on_answer=log.append)
    assert answers(seeing) == {"c1": "accept", "q1": "reject"}
    assert seeing.items["q1"]["answers"] == {"ben": "reject"}
    blind.close()
    seeing.close()


def test_settling_a_difference_names_the_answers_it_settles(log: Log) -> None:
    first = Annotator(reading(), events=lambda: log.events, on_answer=log.append)
    first.answer("c1", "accept")
    log.annotator = "ben"
    first.answer("c1", "reject")
    log.annotator = "eve"
    assert first.items["c1"]["answers"] == {"ana": "accept", "ben": "reject"}
    assert first.items["c1"]["differ"]
    send(first, type="answer", target="c1", action="accept", adjudicates=True)
    assert log.drafts[-1]["value"]["adjudicates"] == ["e0", "e1"]
    assert not first.items["c1"]["differ"]
    first.close()


def test_corrections_that_differ_are_shown_and_settled(log: Log) -> None:
    first = Annotator(reading(), events=lambda: log.events, on_answer=log.append)
    send(first, type="edit", target="c1", fields={"source": edges("Ana Reyes")})
    log.annotator = "ben"
    send(first, type="edit", target="c1", fields={"source": edges("Freedonia")})
    assert first.items["c1"]["differ"] == [["source", {"ana": "Ana Reyes", "ben": "Freedonia"}]]
    blind = Annotator(reading(), events=lambda: log.events, on_answer=log.append, annotator="ben", blind=True)
    assert blind.items["c1"]["differ"] == []
    log.annotator = "eve"
    send(first, type="edit", target="c1", fields={"source": edges("Reyes")}, adjudicates=True)
    assert log.drafts[-1]["value"]["adjudicates"] == ["e0", "e1"]
    assert first.items["c1"]["differ"] == []
    first.close()
    blind.close()


def test_earlier_events_are_in_force_from_the_start(log: Log) -> None:
    first = Annotator(reading(), on_answer=log.append)
    first.answer("c1", "ignore")
    first.add(2, 10, "claim")
    second = Annotator(reading(), events=log.events, on_answer=log.append)
    assert answers(second) == answers(first) == {target: one.answer for target, one in fold(log.events).items()}
    assert repr(second) == "Annotator(3 suggestions, 2 decided)"
    first.close()
    second.close()


def test_a_figure_is_listed_with_bound_value_and_reporter(desk: Annotator) -> None:
    fields = dict(desk.items["q1"]["fields"])
    assert (fields["Bound"], fields["Value"], fields["Reported by"]) == ("at least", "40 (boat)", "The Courier")


def test_a_claim_is_listed_with_source_cue_and_content(desk: Annotator) -> None:
    item = desk.items["c1"]
    assert item["name"] == "Claim 1"
    assert dict(item["fields"])["Cue"] == "said (distancing)"
    assert item["parts"] == [["source", *edges("Colonel Ana Reyes of Freedonia")], ["cue", *edges("said")],
                             ["content", *edges("At least 40 boats were lost")]]  # fmt: skip


def edges(words: str) -> list[int]:
    at = span(words)
    return [at.start_char, at.end_char]


def test_a_part_is_corrected_taken_away_and_brought_back(desk: Annotator, log: Log) -> None:
    send(desk, type="edit", target="c1", fields={"source": edges("Ana Reyes"), "stance": "neutral"})
    send(desk, type="edit", target="c1", fields={"cue": None})
    send(desk, type="edit", target="c1", fields={"content": [edges("40 boats"), edges("stood there")], "form": "mixed"})
    item = desk.items["c1"]
    assert [part[0] for part in item["parts"]] == ["source", "cue", "content", "content"]
    assert item["parts"][0][1:] == edges("Ana Reyes")
    assert item["parts"][1][1:] == [None, None]
    assert item["values"]["form"] == "mixed"
    assert {"source", "cue", "content", "form"} <= set(item["edited"])
    for _ in range(3):
        send(desk, type="undo")
    assert desk.items["c1"]["parts"][1][1:] == edges("said")
    assert desk.items["c1"]["edited"] == []


def test_a_claim_from_scratch_lacks_its_source_and_cue_until_they_are_named(desk: Annotator) -> None:
    target = send(desk, type="add", start_char=edges("stood")[0], end_char=len(TEXT), label="claim")["target"]
    assert [part[:2] for part in desk.items[target]["parts"]][:2] == [["source", None], ["cue", None]]
    send(desk, type="edit", target=target, fields={"source": edges("Colonel Ana Reyes")})
    send(desk, type="edit", target=target, fields={"cue": edges("said")})
    assert desk.items[target]["title"] == "Colonel Ana Reyes: stood there."
    assert desk.items[target]["added"]


def test_a_figure_is_linked_to_another_claim_and_to_none(desk: Annotator) -> None:
    send(desk, type="link", target="q1", claim="c1")
    assert desk.items["q1"]["claim"] == "c1"
    send(desk, type="link", target="q1", claim=None)
    assert desk.items["q1"]["claim"] is None
    send(desk, type="edit", target="q1", fields={"value": "41", "bound": "gt", "unit": "ship"})
    assert dict(desk.items["q1"]["fields"])["Value"] == "41 (ship)"
    assert dict(desk.items["q1"]["fields"])["Bound"] == "more than"


def test_letter_and_digit_are_graded_apart_and_stand_at_f6_until_then() -> None:
    log = Log()
    widget = Annotator(named_reading(), events=lambda: log.events, on_answer=log.append)
    item = widget.items["c1"]
    assert (item["letter"], item["digit"], item["graded"]) == ("F", "6", False)
    send(widget, type="grade", target="s1", grade="B")
    send(widget, type="grade", target="c1", grade="2")
    assert [draft["value"] for draft in log.drafts] == [{"reliability": "B"}, {"credibility": "2"}]
    item = widget.items["c1"]
    assert (item["letter"], item["digit"], item["graded"]) == ("B", "2", True)
    assert "confirmed" in send(widget, type="grade", target="c1", grade="1")["error"]
    assert send(widget, type="grade", target="c1", grade="1", elsewhere="the port's own log")["ok"]
    widget.close()


def test_two_sources_are_merged_and_taken_apart_again() -> None:
    log = Log()
    widget = Annotator(named_reading(), events=lambda: log.events, on_answer=log.append)
    send(widget, type="merge", target="s1", others=["s2"])
    assert [(one["id"], one["merged"]) for one in widget.about["sources"]] == [("s1", [("s2", "the port")])]
    send(widget, type="unmerge", target="s1", others=["s2"])
    assert [(one["id"], one["merged"]) for one in widget.about["sources"]] == [("s2", []), ("s1", [])]
    widget.close()


def named_reading() -> Analysis:
    """The reading with its sources: the colonel, and the port, of which nothing is cited."""
    base, who, port = reading(), span("Colonel Ana Reyes of Freedonia"), span("boats")
    claim = replace(base.claims[0], source=SourceMention(who.start_char, who.end_char, who.text, "s1"))
    sources = (
        Source(id="s1", name="Ana Reyes", type="person", mentions=(who,)),
        Source(id="s2", name="the port", mentions=(port,)),
    )
    return replace(base, claims=(claim,), sources=sources)


def test_labels_of_the_case_are_offered_and_put_on_a_suggestion(log: Log) -> None:
    scheme = Scheme((*Scheme().labels, Label("narrative: blame", key="5", about="says whose fault it is")))
    widget = Annotator(reading(), on_answer=log.append, labels=scheme)
    assert [(one["name"], one["key"]) for one in widget.about["labels"]][-1] == ("narrative: blame", "5")
    send(widget, type="label", target="c1", labels=["narrative: blame"])
    send(widget, type="note", target="c1", note=" ask the port <script> ")
    assert (widget.items["c1"]["labels"], widget.items["c1"]["note"]) == (["narrative: blame"], "ask the port <script>")
    widget.close()


def test_a_claim_tells_what_makes_it_worth_checking(desk: Annotator) -> None:
    worth = desk.items["c1"]["worth"]
    assert 0 < worth["score"] <= 1
    assert "distancing cue" in [name for name, *_ in worth["fired"]]


def test_the_outlets_own_words_are_listed_and_not_counted() -> None:
    own = Claim(id="own", content=(span("stood there"),), voice="outlet")
    widget = Annotator(replace(reading(), claims=(own,)))
    item = widget.items["own"]
    assert (item["drawn"], item["counted"], item["suggested"]) == (False, False, False)
    send(widget, type="edit", target="own", fields={"voice": "attributed"})
    assert (widget.items["own"]["name"], widget.items["own"]["drawn"]) == ("Claim +1", True)
    widget.close()


def test_half_a_surrogate_pair_does_not_reach_the_front_end() -> None:
    article = Article("bad \ud83d\ude00 text", "0")
    widget = Annotator(Analysis(article, (), (), (), (), (), Pipeline("by hand", "1", "0")))
    json.dumps(widget.get_state(), ensure_ascii=False).encode("utf-8")
    assert len(widget.text) == len(article.text)
    widget.close()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is handed to IPython to be displayed."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: found.append(data))
    return found


def test_the_static_page_is_shown_beside_the_widget(desk: Annotator, shown: list[dict[str, Any]]) -> None:
    desk._ipython_display_()
    still, live = shown
    assert set(still) == {"text/html", "text/plain"}
    assert 'class="kit-article"' in still["text/html"]
    assert "<table" in still["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in live
    assert "text/html" not in live


def test_a_headless_run_gets_the_static_page_and_no_widget(
    monkeypatch: pytest.MonkeyPatch, shown: list[dict[str, Any]]
) -> None:
    monkeypatch.setattr(annotator, "is_headless", lambda: True)
    widget = Annotator(reading())
    widget._ipython_display_()
    assert [set(data) for data in shown] == [{"text/html", "text/plain"}]
    assert widget.comm is None
    assert "0x" not in repr(widget)


def test_where_nothing_is_known_somebody_is_there() -> None:
    assert not is_headless()


CELL = """\
from kit.records import Analysis, Article, Claim, Pipeline, Span
from kit.widgets import Annotator
text = "\U0001f600 The port is closed, the office said."
claim = Claim(id="c1", content=(Span(2, 20, text[2:20]),))
Annotator(Analysis(Article(text, "0"), (claim,), (), (), (), (), Pipeline("by hand", "1", "0")))
"""


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # the kernel's client warns of its own doings
def test_two_headless_runs_show_the_article_and_are_the_same_bytes(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient", reason="the headless run needs nbclient")
    nbconvert = pytest.importorskip("nbconvert", reason="the headless run needs nbconvert")

    def run() -> tuple[str, str]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL, id="desk")])
        root = str(Path(__file__).parents[1])
        notebook.cells[0].source = f"import sys; sys.path.insert(0, {root!r})\n" + CELL
        client = nbclient.NotebookClient(notebook, timeout=120, record_timing=False, kernel_name="python3")
        client.execute(cwd=str(tmp_path))
        page, _ = nbconvert.HTMLExporter(mathjax_url="", require_js_url="").from_notebook_node(notebook)
        return nbformat.writes(notebook), page

    first, second = run(), run()
    assert first == second
    assert "widget-view+json" not in first[0]
    assert 'data-id="c1"' in first[1]


def test_a_selection_across_crlf_emoji_and_accents_keeps_its_offsets(desk: Annotator, log: Log) -> None:
    words = "said.\r\n\r\nA horrific cafe"  # its accent follows, as a character of its own
    start = TEXT.index(words)
    send(desk, type="add", start_char=start, end_char=start + len(words), label="claim")
    assert log.drafts[0]["value"]["text"] == words + "\u0301"
    send(desk, type="add", start_char=TEXT.index("👩"), end_char=TEXT.index("👩") + 1, label="claim")
    assert log.drafts[1]["value"]["text"] == "👩🏽"


def test_the_script_is_whole_small_and_stands_on_its_own() -> None:
    script = joined()
    assert {path.stem for path in FOLDER.glob("*.js")} == set(ORDER)
    assert len(script.encode()) < 60_000
    assert script.count("\nexport default{") == 1
    assert "import " not in script


def test_the_script_writes_article_text_only_as_text() -> None:
    script = joined().replace("http://www.w3.org/2000/svg", "")  # the name of a namespace, no address
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http:", "https:"):
        assert forbidden not in script


def test_exceptions_of_any_kind_stay_inside_the_handler(desk: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    broken: Callable[..., Any] = lambda *_: 1 / 0  # noqa: E731
    monkeypatch.setattr(desk, "_do", broken)
    assert "division by zero" in send(desk, type="undo")["error"]


EDGES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
ASKED = st.one_of(
    st.tuples(st.just("add"), EDGES, st.sampled_from(["claim", "figure", "loaded word"])),
    st.tuples(st.just("edit"), EDGES, st.sampled_from(["source", "cue", "content", "words"])),
    st.tuples(st.sampled_from(["undo", "redo"]), EDGES, st.just("")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ASKED, max_size=8))
def test_whatever_is_asked_every_span_quotes_the_text(asked: list[tuple[str, tuple[int, int], str]]) -> None:
    log = Log()
    widget = Annotator(reading(), events=lambda: log.events, on_answer=log.append)
    for kind, (start, end), what in asked:
        if kind == "edit":
            fields = {"start_char": start, "end_char": end} if what == "words" else {what: [start, end]}
            target = "q1" if what == "words" else "c1"
            send(
                widget, type="edit", target=target, fields={"content": [[start, end]]} if what == "content" else fields
            )
        else:
            send(widget, type=kind, start_char=start, end_char=end, label=what)
    for event in log.events:
        if event.anchor:
            assert TEXT[event.anchor.start_char : event.anchor.end_char] == event.anchor.exact
    for item in widget.items.values():
        for _, start, end in item["parts"]:
            assert start is None or (0 <= start < end <= len(TEXT) and TEXT[start:end].strip() == TEXT[start:end])
    places = [widget.items[one]["start"] for one in widget.order]
    assert places == sorted(places)
    assert sorted(widget.order) == sorted(widget.items)
    widget.close()


def test_what_is_worth_checking_follows_what_was_rejected(desk: Annotator) -> None:
    before = desk.items["c1"]["worth"]
    send(desk, type="link", target="q1", claim="c1")
    with_figure = desk.items["c1"]["worth"]
    assert with_figure["score"] > before["score"]
    send(desk, type="answer", target="q1", action="reject")
    assert desk.items["c1"]["worth"] == before
    send(desk, type="undo")
    assert desk.items["c1"]["worth"] == with_figure
