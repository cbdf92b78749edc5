"""The tagging widget without a browser: what it hands on, what it shows, and what it never does."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
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
    SourceMention,
    Span,
    record_id,
)
from kit.widgets import Annotator, annotator, is_headless
from kit.widgets.annotator import NOT_SAVED, settled

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


def test_an_answer_is_handed_on_with_its_quotation_and_surroundings(desk: Annotator, log: Log) -> None:
    assert send(desk, type="answer", target="q1", action="accept")["ok"]
    draft = log.drafts[0]
    assert {key: draft[key] for key in ("action", "target", "record", "value", "supersedes")} == {
        "action": "accept",
        "target": "q1",
        "record": "quantity",
        "value": {},
        "supersedes": None,
    }
    anchor = draft["anchor"]
    assert (anchor.start_char, anchor.end_char, anchor.exact) == (2, 19, "At least 40 boats")
    assert (anchor.prefix, anchor.suffix) == ("😀 ", TEXT[19:51])
    json.dumps(to_json(draft))


def test_saved_is_said_only_once_the_store_gave_the_event_back(desk: Annotator, log: Log) -> None:
    assert desk.reply["saved"] == ""
    assert send(desk, type="answer", target="c1", action="accept")["saved"] == "saved"
    assert desk.answers == {"c1": "accept"}
    assert desk.events == log.events


def test_what_the_store_raises_is_shown_and_nothing_is_decided(desk: Annotator, log: Log) -> None:
    log.broken = OSError("the disk is full")
    reply = send(desk, type="answer", target="c1", action="accept")
    assert not reply["ok"]
    assert reply["error"] == "Not saved: the disk is full"
    assert desk.answers == {}
    assert desk.events == []
    log.broken = None
    assert "error" not in send(desk, type="answer", target="c1", action="accept")


def test_a_store_that_gives_nothing_back_has_not_saved() -> None:
    widget = Annotator(reading(), on_answer=lambda draft: None)
    assert "NoneType, not the stored Annotation" in send(widget, type="answer", target="c1", action="accept")["error"]
    assert widget.answers == {}
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
    assert desk.answers == {"c1": "accept"}
    send(desk, type="undo")
    assert desk.answers == {}
    assert desk.history == {"undo": False, "redo": True}
    send(desk, type="redo")
    send(desk, type="redo")
    assert desk.answers == {"c1": "accept", "q1": "reject"}
    assert desk.history == {"undo": True, "redo": False}
    assert [draft["supersedes"] for draft in log.drafts] == [None, None, "e1", "e0", "e3", "e2"]
    assert {draft["action"] for draft in log.drafts[2:]} == {"undo"}


def test_nothing_to_undo_is_said_and_hands_nothing_on(desk: Annotator, log: Log) -> None:
    assert send(desk, type="undo")["said"] == "nothing to undo"
    assert log.drafts == []


def test_undo_takes_back_only_what_this_annotator_decided(log: Log) -> None:
    other = Log("ben")
    theirs = other.append({"action": "reject", "target": "q1", "record": "quantity", "value": {}, "supersedes": None})
    widget = Annotator(reading(), events=[theirs], on_answer=log.append)
    assert widget.answers == {"q1": "reject"}
    assert not widget.history["undo"]
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
    assert [item["title"] for item in desk.items if item["added"]] == ["horrific"]


@pytest.mark.parametrize(("label", "record"), [("claim", "claim"), ("figure", "quantity"), ("question", "claim")])
def test_a_label_decides_the_kind_of_the_new_record(desk: Annotator, log: Log, label: str, record: str) -> None:
    send(desk, type="add", start_char=2, end_char=10, label=label)
    assert log.drafts[0]["record"] == record


def test_undoing_an_addition_takes_its_mark_away(desk: Annotator) -> None:
    before = list(desk.marks)
    send(desk, type="add", start_char=2, end_char=10, label="claim")
    assert len(desk.marks) == len(before) + 1
    send(desk, type="undo")
    assert desk.marks == before


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


def test_an_answer_sends_neither_text_nor_pieces_again(desk: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[set[str]] = []
    monkeypatch.setattr(desk, "_send", lambda message, buffers=None: sent.append(set(message["state"])))
    send(desk, type="answer", target="c1", action="accept")
    assert set().union(*sent) == {"answers", "history", "reply"}
    sent.clear()
    send(desk, type="answer", target="c1", action="accept")
    assert set().union(*sent) == {"reply"}
    sent.clear()
    send(desk, type="add", start_char=2, end_char=10, label="claim")
    assert "text" not in set().union(*sent)


def test_earlier_events_are_in_force_from_the_start(log: Log) -> None:
    first = Annotator(reading(), on_answer=log.append)
    first.answer("c1", "ignore")
    first.add(2, 10, "claim")
    second = Annotator(reading(), events=log.events, on_answer=log.append)
    assert second.answers == first.answers == {target: one.answer for target, one in fold(log.events).items()}
    assert repr(second) == "Annotator(3 suggestions, 2 decided)"
    first.close()
    second.close()


def test_a_figure_is_listed_with_bound_value_and_reporter(desk: Annotator) -> None:
    fields = dict(next(item for item in desk.items if item["id"] == "q1")["fields"])
    assert (fields["Bound"], fields["Value"], fields["Reported by"]) == ("at least", "40 (boat)", "The Courier")


def test_a_claim_is_listed_with_source_cue_and_content(desk: Annotator) -> None:
    item = next(item for item in desk.items if item["id"] == "c1")
    assert item["name"] == "Claim 1"
    assert dict(item["fields"])["Cue"] == "said (distancing)"


def test_half_a_surrogate_pair_does_not_reach_the_front_end() -> None:
    article = Article("bad \ud83d\ude00 text", "0")
    widget = Annotator(Analysis(article, (), (), (), (), (), Pipeline("by hand", "1", "0")))
    json.dumps(widget.get_state(), ensure_ascii=False).encode("utf-8")
    assert len(widget.text) == len(article.text)
    widget.close()


def test_the_bundle_holds_the_static_page_beside_the_widget(desk: Annotator) -> None:
    data, _ = desk._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert 'class="kit-article"' in data["text/html"]


def test_a_headless_run_gets_the_static_page_and_no_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotator, "is_headless", lambda: True)
    widget = Annotator(reading())
    assert set(widget._repr_mimebundle_()) == {"text/html"}
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


TRICKY = st.text(st.sampled_from("ab \r\n\t\u0301\u200d😀🏽👩ש\ufe0f"), min_size=1, max_size=30)


@given(TRICKY, st.integers(-2, 32), st.integers(-2, 32))
def test_a_selection_settles_on_whole_characters_that_stand_in_the_text(text: str, start: int, end: int) -> None:
    try:
        low, high = settled(text, start, end)
    except ValueError:
        assert not text[max(0, start) : max(0, end)].strip()
        return
    assert 0 <= low < high <= len(text)
    assert text[max(0, start) : max(0, end)].strip() in text[low:high]
    assert high == len(text) or not unicodedata.combining(text[high])


def test_a_selection_across_crlf_emoji_and_accents_keeps_its_offsets(desk: Annotator, log: Log) -> None:
    words = "said.\r\n\r\nA horrific cafe"  # its accent follows, as a character of its own
    start = TEXT.index(words)
    send(desk, type="add", start_char=start, end_char=start + len(words), label="claim")
    assert log.drafts[0]["value"]["text"] == words + "\u0301"
    send(desk, type="add", start_char=TEXT.index("👩"), end_char=TEXT.index("👩") + 1, label="claim")
    assert log.drafts[1]["value"]["text"] == "👩🏽"


def test_the_script_writes_article_text_only_as_text() -> None:
    script = Path(annotator.__file__).with_name("annotator.js").read_text(encoding="utf-8")
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http:", "https:"):
        assert forbidden not in script


def test_exceptions_of_any_kind_stay_inside_the_handler(desk: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    broken: Callable[..., Any] = lambda *_: 1 / 0  # noqa: E731
    monkeypatch.setattr(desk, "_do", broken)
    assert "division by zero" in send(desk, type="undo")["error"]
