"""Text and records as static HTML: nothing of the text is lost, and none of it is markup."""

from __future__ import annotations

import hashlib
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.decisions import Decision, effective
from kit.markup import Mark, article_html, blocks, decisions_html, marks, pieces, safe
from kit.records import (
    Analysis,
    Anchor,
    Article,
    Claim,
    Cue,
    Pipeline,
    Quantity,
    Segment,
    SourceMention,
    Span,
    TimeExpression,
    Voice,
)

TEXT = (
    "Fog over Port Vela 🌫️\r\n\r\n"
    "😀 At least 40 boats were lost, Colonel Ana Reyes of Freedonia said on Monday.\n\n"
    "Was it the <b>fog</b>? Nobody at the cafe\u0301 knew.\n\n"
    "Read next: & sign up"
)
KINDS = ("headline", "paragraph", "paragraph", "boilerplate")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def reading(text: str = TEXT) -> Analysis:
    """A reading made by hand: one claim, its figure, a date, and two paragraphs of the outlet's own."""
    said, who, cue = span("At least 40 boats were lost"), span("Colonel Ana Reyes of Freedonia"), span("said")
    boats, day = span("At least 40 boats"), span("Monday")
    lines = ("Fog over Port Vela 🌫️", "😀 At least", "Was it", "Read next")
    starts = [TEXT.index(line) for line in lines]
    ends = [TEXT.index("\r\n"), TEXT.index("\n\nWas"), TEXT.index("\n\nRead"), len(TEXT)]
    segments = tuple(Segment(*one) for one in zip(KINDS, starts, ends, strict=True))
    claim = Claim(
        id="c1",
        content=(said,),
        source=SourceMention(who.start_char, who.end_char, who.text),
        cue=Cue(cue.start_char, cue.end_char, cue.text),
    )
    own = Claim(id="own", content=(span("Nobody"),), voice="outlet")
    figure = Quantity(boats.start_char, boats.end_char, boats.text, id="q1", value=40, bound="ge", claim_id="c1")
    date = TimeExpression(day.start_char, day.end_char, day.text, id="d1", value="2024-06-03")
    voices = (
        Voice("outlet", None, 0, said.start_char),
        Voice("attributed", "c1", said.start_char, cue.end_char),
        Voice("outlet", None, cue.end_char, len(TEXT)),
    )
    article = Article(TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), segments, outlet="The Courier")
    return Analysis(article, (claim, own), (), (figure,), (date,), voices, Pipeline("by hand", "1", "0"))


class Page(HTMLParser):
    """The tags of a fragment, and the character data inside ``.kit-text``."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.depth = "", 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self.depth += bool(self.depth) or found.get("class") == "kit-text"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        self.text += data if self.depth else ""

    def of(self, record: str) -> list[dict[str, str | None]]:
        return [found for tag, found in self.tags if tag == "mark" and record in (found.get("data-id") or "").split()]


def added(target: str, words: str, label: str, **rest: object) -> Decision:
    at = span(words)
    anchor = Anchor(at.start_char, at.end_char, at.text)
    return Decision(target, "claim", "accept", added=True, value={"label": label, **rest}, anchor=anchor)


def test_a_claim_is_marked_by_source_cue_and_content_under_one_number() -> None:
    found = [mark for mark in marks(reading()) if mark.id == "c1"]
    assert [(mark.role, TEXT[mark.start_char : mark.end_char], mark.label) for mark in found] == [
        ("content", "At least 40 boats were lost", "1"),
        ("source", "Colonel Ana Reyes of Freedonia", "1"),
        ("cue", "said", "1"),
    ]


def test_the_outlets_own_assertions_carry_no_mark() -> None:
    assert {mark.id for mark in marks(reading())} == {"c1", "q1", "d1"}


def test_a_decision_shows_in_its_marks_and_what_people_added_is_there() -> None:
    found = marks(reading(), {"c1": Decision("c1", "claim", "reject"), "a1": added("a1", "fog", "loaded word")})
    assert {mark.answer for mark in found if mark.id == "c1"} == {"reject"}
    assert [(mark.label, mark.added) for mark in found if mark.id == "a1"] == [("loaded word", True)]


def test_a_reading_as_decided_is_marked_where_people_put_the_spans() -> None:
    edge = span("40 boats")
    moved = {"start_char": edge.start_char, "end_char": edge.end_char, "text": edge.text}
    decisions = {"q1": Decision("q1", "quantity", "accept", value=moved)}
    decisions["c1"] = Decision("c1", "claim", "accept", value={"content": [moved]})
    decisions["a1"] = added(
        "a1", "fog", "loaded word", start_char=span("fog").start_char, end_char=span("fog").end_char
    )
    found = {(mark.id, mark.role): mark for mark in marks(effective(reading(), decisions))}
    words = {key: TEXT[mark.start_char : mark.end_char] for key, mark in found.items()}
    assert words["q1", "figure"] == words["c1", "content"] == "40 boats"
    assert (words["c1", "cue"], words["a1", "content"]) == ("said", "fog")
    assert found["a1", "content"].tagged


def test_the_table_under_the_article_names_each_record_and_what_was_decided() -> None:
    decisions = {"c1": Decision("c1", "claim", "reject", annotator="ana", value={"note": "<b>see</b> log"})}
    html = decisions_html(effective(reading(), decisions))
    assert html.count("<tr>") == 1 + 3
    assert "✗ rejected" in html
    assert "&lt;b&gt;see&lt;/b&gt; log" in html
    assert '<a href="#m-c1">1</a>' in html
    assert "<script" not in decisions_html(
        effective(reading(), {"c1": Decision("c1", "claim", "accept", annotator="<script>")})
    )


def test_an_added_mark_beyond_the_text_is_left_out() -> None:
    beyond = Decision(
        "a1", "claim", "accept", added=True, value={"label": "fog"}, anchor=Anchor(5, 10_000, "x" * 9_995)
    )
    assert "a1" not in {mark.id for mark in marks(reading(), {"a1": beyond})}


def test_the_characters_of_the_page_are_the_characters_of_the_article() -> None:
    assert Page(article_html(reading())).text == TEXT
    assert Page(article_html(reading(), title=False, legend=False)).text == TEXT


def test_article_text_never_becomes_markup() -> None:
    page = Page(article_html(reading()))
    assert "b" not in [tag for tag, _ in page.tags]
    assert "&lt;b&gt;" in article_html(reading())


def test_each_record_has_one_target_for_links() -> None:
    targets = [found["id"] for _, found in Page(article_html(reading())).tags if "id" in found]
    assert sorted(targets) == ["m-c1", "m-d1", "m-q1"]


def test_the_offsets_of_a_mark_lead_back_to_its_text() -> None:
    for record, words in (("q1", "At least 40 boats"), ("d1", "Monday")):
        found = Page(article_html(reading())).of(record)
        start, end = int(found[0]["data-start"] or 0), int(found[-1]["data-end"] or 0)
        assert TEXT[start:end] == words


def test_rejected_suggestions_are_hidden_unless_asked_for() -> None:
    decisions = {"c1": Decision("c1", "claim", "reject")}
    assert not Page(article_html(reading(), decisions)).of("c1")
    assert Page(article_html(reading(), decisions, rejected=True)).of("c1")


def test_numbers_answers_and_labels_are_there_without_colour() -> None:
    decisions = {one: Decision(one, kind, "accept") for one, kind in (("c1", "claim"), ("q1", "quantity"))}
    page = Page(article_html(reading(), decisions | {"a1": added("a1", "fog", "loaded word")}))
    assert page.of("c1")[0]["data-tag"] == "1\u00a0✓"
    assert page.of("q1")[-1]["data-sign"] == "✓"
    assert page.of("a1")[0]["data-tag"] == "loaded word\u00a0+"


def test_voices_and_page_furniture_are_named() -> None:
    assert [voice for kind, *_, voice in blocks(reading()) if kind != "gap"] == ["outlet", "mixed", "outlet", ""]
    assert 'data-label="page furniture, not read"' in article_html(reading())


def test_a_paragraph_of_the_outlets_words_and_questions_is_the_outlets() -> None:
    article = Article("It rained. Why?", "0", (Segment("paragraph", 0, 15),))
    voices = (Voice("outlet", None, 0, 10), Voice("question", None, 10, 15))
    assert blocks(Analysis(article, (), (), (), (), voices, Pipeline("by hand", "1", "0")))[0][3] == "outlet"


def test_a_figure_is_never_without_its_bound_and_reporter() -> None:
    assert "at least; reported by The Courier" in (Page(article_html(reading())).of("q1")[0]["title"] or "")


def test_a_hostile_label_and_id_stay_attributes() -> None:
    evil = '"><script>alert(1)</script>'
    html = article_html(reading(), {evil: added(evil, "fog", evil)})
    assert "<script" not in html
    assert evil in [mark.get("data-id") for tag, mark in Page(html).tags if tag == "mark"]


@pytest.mark.parametrize("text", ["", "   ", "no segments at all", "\x00\ud800\u202eevil"])
def test_an_article_without_segments_is_still_shown(text: str) -> None:
    article = Article(text, "0")
    analysis = Analysis(article, (), (), (), (), (), Pipeline("by hand", "1", "0"))
    html = article_html(analysis)
    html.encode("utf-8")
    assert len(Page(html).text) == len(text)


def test_bidirectional_controls_cannot_reorder_their_neighbours() -> None:
    article = Article("safe \u202eevil\u202c text", "0")
    html = article_html(Analysis(article, (), (), (), (), (), Pipeline("by hand", "1", "0")))
    assert "<bdi>" in html


def test_overlapping_segments_lose_and_repeat_nothing() -> None:
    segments = (Segment("paragraph", 4, 13), Segment("headline", 0, 7), Segment("paragraph", 2, 5))
    article = Article("one two three", "0", segments)
    analysis = Analysis(article, (), (), (), (), (), Pipeline("by hand", "1", "0"))
    assert Page(article_html(analysis)).text == "one two three"


def test_two_runs_give_the_same_bytes() -> None:
    assert article_html(reading()) == article_html(reading())


WRITING = st.text(st.sampled_from("ab <&>\"'\r\n\u0301\u200d😀🏽👩ש\u202e\x00\ud800\ufffe"), max_size=40)


@given(WRITING, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=12), st.lists(st.integers(-3, 50)))
def test_pieces_joined_are_the_text(text: str, edges: list[tuple[int, int]], cuts: list[int]) -> None:
    found = [Mark(str(n), "claim", "content", start, end, "1") for n, (start, end) in enumerate(edges)]
    cut = pieces(text, found, cuts=cuts)
    assert "".join(piece.text for piece in cut) == text
    assert all(left.end_char == right.start_char for left, right in pairwise(cut))
    for mark in found:
        if mark.start_char < mark.end_char <= len(text):
            covered = [piece for piece in cut if mark in piece.marks]
            assert "".join(piece.text for piece in covered) == text[mark.start_char : mark.end_char]


@given(WRITING)
def test_escaping_keeps_the_number_of_characters_and_can_be_encoded(text: str) -> None:
    shown = Page(f'<div class="kit-text">{safe(text)}</div>').text
    assert len(shown) == len(text)
    shown.encode("utf-8")


def test_a_thousand_marks_on_a_long_text_are_cut_once_each() -> None:
    found = [Mark(str(n), "claim", "content", 100 * n, 100 * n + 150, "1") for n in range(999)]
    assert len(pieces("x" * 100_000, found)) == 1998  # between 999 starts, 999 ends and the end of the text
