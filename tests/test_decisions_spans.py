"""Spans that people draw, and quotations found again: no character is ever cut or misquoted."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from examples import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from logs import Log

from kit import decisions as desk
from kit.decisions import DecisionError, Effective, anchor_at, moved_edge, settled
from kit.decisions.spans import as_span, locate, locate_near
from kit.records import Analysis, Claim, Cue, Pipeline, Quantity, Source, SourceMention, Span, TimeExpression, record_id

FAMILY, FLAG, WAVE = "👨‍👩‍👧", "🇺🇦", "👋🏽"
BITS = [
    "a",
    "Wort",
    "é",
    "e\u0301",
    "o\u0308\u0323",
    FAMILY,
    FLAG,
    WAVE,
    "😀",
    "שלום",
    "\u200f",
    "16",
    "“",
    "”",
    ".",
    "\u2028",
]
BLANKS = [" ", "\u00a0", "\r\n", "\n", "\t", "\u202f"]
texts = st.lists(st.sampled_from([*BITS, *BITS, *BLANKS]), min_size=3, max_size=40).map("".join)
hostile = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\u0301\u200d\u00a0🇦🇧😀🏽ab ")), max_size=60)


def whole(text: str, start: int, end: int) -> bool:
    """Whether these characters stand by themselves: no blanks around, no accent, joiner or skin tone cut off."""
    inside, after = text[start:end], text[end : end + 1]
    return (
        inside == inside.strip()
        and not (after and (unicodedata.combining(after) or after == "\u200d" or "\U0001f3fb" <= after <= "\U0001f3ff"))
        and not (start and not text[start - 1].isspace() and unicodedata.combining(text[start]))
        and not inside.endswith("\u200d" if after and not after.isspace() else "\0")
    )


@given(st.one_of(texts, hostile), st.integers(-3, 70), st.integers(-3, 70))
def test_a_selection_is_settled_on_whole_characters_or_refused(text: str, start: int, end: int) -> None:
    if not text[max(0, start) : max(0, end)].strip():
        with pytest.raises(DecisionError, match="nothing is selected"):
            settled(text, start, end)
        return
    at = settled(text, start, end)
    assert whole(text, *at) and settled(text, *at) == at
    assert at[0] <= max(0, start) or not text[max(0, start) : at[0]].strip()


@pytest.mark.parametrize("one", [FAMILY, FLAG, WAVE, "e\u0301", "o\u0308\u0323"])
def test_what_is_drawn_as_one_is_taken_as_one(one: str) -> None:
    text = f"x{one}y {one}{one}"
    for at in range(1, 1 + len(one)):
        assert settled(text, at, at + 1) == (1, 1 + len(one))
    second = text.rindex(one)
    assert settled(text, second, second + 1) == (second, len(text))


@given(texts, st.data())
def test_an_edge_moves_by_whole_words_and_characters_and_never_empties_the_span(text: str, data: Any) -> None:
    if not text.strip():
        return
    at = settled(text, 0, len(text))
    for _ in range(5):
        edge, unit = data.draw(st.sampled_from(["start", "end"])), data.draw(st.sampled_from(["word", "character"]))
        at = moved_edge(text, *at, edge=edge, by=data.draw(st.sampled_from([-2, -1, 1, 2])), unit=unit)
        assert 0 <= at[0] < at[1] <= len(text) and whole(text, *at)


def test_an_edge_steps_from_word_to_word() -> None:
    text = f"The  old\u00a0bridge {FAMILY} fell."
    start, end = text.index("old"), text.index("old") + 3
    assert text[slice(*moved_edge(text, start, end, edge="end", by=1))] == "old\u00a0bridge"
    assert text[slice(*moved_edge(text, start, end, edge="end", by=2))] == f"old\u00a0bridge {FAMILY}"
    assert text[slice(*moved_edge(text, start, end, edge="start", by=-1))] == "The  old"
    assert text[slice(*moved_edge(text, start, end, edge="end", by=-1, unit="character"))] == "ol"
    assert (
        moved_edge(text, start, end, edge="end", by=-1)
        == moved_edge(text, start, end, edge="start", by=1)
        == (start, end)
    )
    assert moved_edge(text, 0, len(text), edge="end", by=3) == (0, len(text))


@pytest.mark.parametrize("given_span", [None, 3, (1,), (1, 2, 3), {"start_char": 1}, ("a", "b"), (True, 4), "ab"])
def test_what_is_no_span_is_refused(given_span: Any) -> None:
    with pytest.raises(DecisionError, match="pair of offsets"):
        as_span("some words", given_span)


def test_a_quotation_is_found_again_where_its_surroundings_are() -> None:
    text = "He said no. She said no. They said no."
    anchor = anchor_at(text, text.index("said", 15), text.index("said", 15) + 4)
    assert locate("New lead. " + text, anchor) == (anchor.start_char + 10, anchor.end_char + 10)
    assert locate(text, replace(anchor, start_char=0, end_char=4)) == (anchor.start_char, anchor.end_char)


def test_a_quotation_is_found_under_other_quotation_marks_blanks_dashes_and_accents() -> None:
    old, new = (
        "“We will not  go”—he said in Café Nord",
        "The end.\r\n'We will not\u00a0go' - No: \"We will not go\"-he said in Cafe\u0301 Nord",
    )
    at = locate(new, anchor_at(old, 0, old.index("—")))
    assert at is not None and new[slice(*at)] == '"We will not go"'
    at = locate(new, anchor_at(old, old.index("Café"), len(old)))
    assert at is not None and new[slice(*at)] == "Cafe\u0301 Nord"


def test_surroundings_tell_places_apart_under_another_spelling_too() -> None:
    old = "The  old bridge fell. The “Neue Brücke” on the left. The “Neue Brücke” on the right."
    start = old.index("“Neue", 40)
    new = old.replace("“", '"').replace("”", '"').replace("  ", " ").upper()
    at = locate(new, anchor_at(old, start, start + 13))
    assert at == (start - 1, start + 12) and new[slice(*at)] == '"NEUE BRÜCKE"'


def test_words_that_are_gone_or_as_good_at_two_places_are_not_found() -> None:
    anchor = anchor_at("one two three", 4, 7)
    assert locate("one three", anchor) is None
    assert locate("two. two", replace(anchor, prefix="", suffix="")) is None
    assert locate("x two y. x two y", replace(anchor, prefix="a ", suffix=" b")) is None
    assert locate("   ", replace(anchor, exact="   ")) is None


def test_words_of_a_value_are_found_at_their_nearest_place() -> None:
    assert locate_near("no yes no", "no", 6) == (7, 9)
    assert locate_near("no yes no", "no", 0) == (0, 2)
    assert locate_near("ab ab", "ab", 1) == (0, 2)
    assert locate_near("a-a", "a", 1) is None and locate_near("x", "", 0) is None


@given(texts, texts, texts, st.data())
def test_what_stood_once_is_found_wherever_it_moved(before: str, middle: str, after: str, data: Any) -> None:
    mark = "Zugspitze" + middle.strip() + "Ende"
    old = before + mark + after
    anchor = anchor_at(old, len(before), len(before) + len(mark))
    new = data.draw(texts) + mark + data.draw(texts)
    at = locate(new, anchor)
    assert at is not None and new[slice(*at)] == mark


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "🇦" * 50_000, "a\u0301" * 50_000, "\u0301" * 100_000, "said " * 20_000]
)
def test_a_long_text_of_one_kind_is_no_trouble(text: str) -> None:
    middle = settled(text, len(text) // 2, len(text) // 2 + 1)
    assert 0 <= middle[0] < middle[1] <= len(text)
    bare = replace(anchor_at(text, *middle), prefix="", suffix="")
    assert locate(text, bare) == middle
    alone = text.count(bare.exact) == 1
    assert locate(text, replace(bare, start_char=len(text), end_char=len(text) + len(bare.exact))) == (
        middle if alone else None
    )
    assert locate_near(text, text[slice(*middle)], middle[0]) == middle


def reading(text: str, places: list[tuple[int, int]]) -> Analysis:
    """A reading with a source, cue and content at three places, and a figure and a date."""
    spans = [Span(*at, text[slice(*at)]) for at in places]
    made = [{"start_char": one.start_char, "end_char": one.end_char, "text": one.text} for one in spans]
    ids = {kind: record_id(text, kind, *at) for kind, at in zip(("source", "claim", "quantity"), places, strict=True)}
    source = Source(id=ids["source"], name="Ana", mentions=(spans[0],))
    claim = Claim(id=ids["claim"], source=SourceMention(**made[0], source_id=source.id),
                  cue=Cue(**made[1]), content=(spans[2],))  # fmt: skip
    figure = Quantity(**made[2], id=ids["quantity"], value=3, claim_id=claim.id, reporter=source.id)
    date = TimeExpression(**made[0], id=record_id(text, "date", *places[0]))
    return Analysis(article(text), (claim,), (source,), (figure,), (date,), (), Pipeline("t", "1", ""))


def quoted(view: Effective) -> None:
    """Every span of every record, tag and anchor says what stands there; Analysis checks its own when it is made."""
    text = view.machine.article.text
    replace(view.analysis)
    for tag in view.tags:
        assert text[tag.span.start_char : tag.span.end_char] == tag.span.text
    for decision in view.decisions.values():
        if decision.anchor:
            assert text[decision.anchor.start_char : decision.anchor.end_char] == decision.anchor.exact


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.data())
def test_every_span_reads_as_it_is_quoted_through_every_edit(text: str, data: Any) -> None:
    words = [at for at in range(len(text)) if not text[at].isspace()]
    if len(words) < 3:
        return
    drawn = st.tuples(st.sampled_from(words), st.integers(1, 12)).map(lambda one: (one[0], one[0] + one[1]))

    def place() -> tuple[int, int]:
        return settled(text, *data.draw(drawn))

    numbers = st.integers()
    log = Log(reading(text, [place(), place(), place()]))
    claim, figure, date = (found[0].id for found in (log.analysis.claims, log.analysis.quantities, log.analysis.dates))
    steps: list[Any] = [
        lambda view: desk.edit(view, claim, **{data.draw(st.sampled_from(["source", "cue"])): data.draw(drawn)}),
        lambda view: desk.edit(view, claim, content=[data.draw(drawn)]),
        lambda view: desk.edit(view, figure, start_char=(at := place())[0], end_char=at[1]),
        lambda view: desk.edit(view, figure, affected=data.draw(st.one_of(st.none(), drawn)), value=data.draw(numbers)),
        lambda view: desk.edit(view, date, start_char=(at := place())[0], end_char=at[1]),
        lambda view: desk.add_words(view, *data.draw(drawn), data.draw(st.sampled_from(["figure", "loaded word"])),
                                    record=data.draw(st.sampled_from(["claim", "quantity", "date", "source"]))),
        lambda view: desk.add_claim(view, data.draw(drawn), source=data.draw(drawn), cue=data.draw(drawn)),
        lambda view: desk.answer(view, claim, "accept"),
    ]  # fmt: skip
    for _ in range(4):
        step = data.draw(st.sampled_from([*steps, "undo", "redo"]))
        if isinstance(step, str):
            getattr(log, step)()
        else:
            try:
                log.do(step(log.view()))
            except DecisionError:
                continue
        quoted(log.view())
    lead = data.draw(texts)
    there = reading(f"{lead}\n{text}", [(a + len(lead) + 1, b + len(lead) + 1) for a, b in _places(log.analysis)])
    moved = log.view(analysis=there)
    quoted(moved)
    kept = {event for decision in moved.decisions.values() for event in decision.events}
    listed = {event for stray in moved.strays for event in stray.events}
    assert {event for decision in log.view().decisions.values() for event in decision.events} <= kept | listed


def _places(analysis: Analysis) -> list[tuple[int, int]]:
    claim = analysis.claims[0]
    assert claim.source and claim.cue
    return [(one.start_char, one.end_char) for one in (claim.source, claim.cue, claim.content[0])]


def test_the_texts_of_the_property_tests_hold_what_they_should() -> None:
    assert all(len(bit) == len(bit.strip()) or bit in BLANKS for bit in [*BITS[:-1], *BLANKS])
    assert any(len(one) > 1 for one in BITS) and all(a != b for a, b in pairwise(BITS))
