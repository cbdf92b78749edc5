"""The gold set of the claims is well formed; whether the kit reads it right is judged elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from gold_claims import GOLD, PHENOMENA, GoldError, Item, parse_markup, read_gold, read_items

ITEMS = read_gold()
OPENING, MARKS = ("“", '"', "‘", "'", "«", "„", "``"), '“”"‘«»„'


def each_item(check: Callable[[Item], None]) -> Callable[[], None]:
    """One test that runs over all items; where it fails, pytest shows the item as the argument."""

    def test() -> None:
        for item in ITEMS:
            check(item)

    return test


def claimed(item: Item) -> list:
    """Every span of the item's claims, and the mentions of its sources."""
    spans = [span for claim in item.claims for span in (claim.source, claim.cue, *claim.content) if span]
    return spans + [span for source in item.sources for span in source.mentions]


def test_the_gold_has_the_size_that_the_issue_asks_for():
    kinds = Counter(item.kind for item in ITEMS)
    assert kinds["article"] >= 12
    assert kinds["sentence"] >= 120
    assert len({item.name for item in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_each_phenomenon_has_six_items_and_both_halves_show_it(phenomenon):
    splits = Counter(item.split for item in ITEMS if phenomenon in item.tags)
    assert splits.total() >= 6
    assert min(splits["tune"], splits["check"]) >= 3


def test_the_halves_are_balanced():
    splits = Counter((item.kind, item.split) for item in ITEMS)
    assert all(abs(splits[kind, "tune"] - splits[kind, "check"]) <= 4 for kind, _ in splits)


def test_fifteen_sentences_tempt_although_nobody_is_cited():
    assert sum(item.kind == "sentence" and "negative" in item.tags for item in ITEMS) >= 15


@each_item
def test_every_span_is_where_it_says_and_ends_on_a_character_of_its_own(item):
    spans = claimed(item)
    spans += [*item.hedges, *item.loaded, *item.presuppositions, *item.questions, *item.boilerplate]
    for span in spans:
        assert item.text[span.start_char : span.end_char] == span.text
        assert span.text
        assert span.text == span.text.strip()
        assert "\n" not in span.text, "a fragment ends with its paragraph"


@each_item
def test_the_plain_text_is_the_marked_text_without_its_brackets(item):
    bare = re.sub(r"(?<!\\)\{[^{}:]+:(?=.)|(?<!\\)\}", "", item.marked)
    assert re.sub(r"\\([\\{}])", r"\1", bare) == item.text
    assert not re.search(r" $|  |\{[sqchlpb?@]|\n{3}", item.text, re.M)


@each_item
def test_an_article_is_short_and_dated_and_a_sentence_is_one_line(item):
    if item.kind == "article":
        assert 120 <= len(item.text.split()) <= 250
        assert len(item.claims) >= 4
        assert date.fromisoformat(item.published)
    if item.kind == "sentence":
        assert "\n" not in item.text


@each_item
def test_claims_are_numbered_and_lie_in_the_content_of_their_parent(item):
    by_number = {claim.number: claim for claim in item.claims}
    assert sorted(by_number) == list(range(1, len(item.claims) + 1))
    for claim in item.claims:
        holders = {
            other.number
            for other in item.claims
            if other is not claim and any(span.holds(claim.cue) for span in other.content)
        }
        outer = by_number.get(claim.parent)
        assert (claim.parent is None) == (not holders), claim
        if outer:
            assert claim.parent in holders
            assert all(any(span.holds(part) for span in outer.content) for part in claim.content)
        assert ("nested" in item.tags) >= bool(outer)


@each_item
def test_source_cue_and_content_of_a_claim_do_not_overlap(item):
    for claim in item.claims:
        parts = sorted(part for part in (claim.source, claim.cue, *claim.content) if part)
        assert all(a.end_char <= b.start_char for a, b in pairwise(parts)), claim


@each_item
def test_the_form_follows_from_the_quotation_marks(item):
    loose = {"transcript", "unbalanced-quotes"} & {*item.tags}
    for claim in item.claims:
        texts = [span.text for span in claim.content]
        if claim.form == "direct" and not loose:
            assert all(text.startswith(OPENING) for text in texts), claim
        if claim.form == "mixed":
            assert not all(text.startswith(OPENING) for text in texts), claim
            assert any(mark in text for text in texts for mark in MARKS), claim
        inner = [part for part in item.claims if part.parent == claim.number]
        if claim.form == "indirect" and not inner:
            assert not any(mark in text for text in texts for mark in MARKS), claim


@each_item
def test_final_stops_and_commas_before_the_cue_stay_outside_unless_the_quotation_marks_hold_them(item):
    for claim in item.claims:
        assert not any(span.text.endswith((",", ";", ":")) for span in claim.content), claim
        for span in claim.content:
            if span.text.endswith("."):
                assert claim.form == "direct", "only an unclosed quotation keeps its stop"
                assert span.text.startswith(OPENING)


@each_item
def test_tags_match_what_is_marked(item):
    tags, claims = {*item.tags}, item.claims
    assert ("question" in tags) == bool(item.questions)
    assert ("presupposition" in tags) == bool(item.presuppositions)
    assert ("loaded" in tags) == bool(item.loaded)
    assert ("boilerplate" in tags) == bool(item.boilerplate)
    assert ("negative" not in tags) or not claims
    assert "mixed" not in tags or any(claim.form == "mixed" for claim in claims)
    assert ("hedged" in tags) == any(claim.hedges for claim in claims)
    assert {hedge for claim in claims for hedge in claim.hedges} == {*item.hedges}
    for stance in ("distancing", "endorsing"):
        assert stance not in tags or any(claim.stance == stance for claim in claims)
    assert "chain" not in tags or any(source.cites for source in item.sources)
    assert "unnamed-source" not in tags or any(source.type == "unnamed" for source in item.sources)
    assert "passive" not in tags or any(c.source is None or c.source > c.cue for c in claims) or "chain" in tags
    assert all(source.mentions for source in item.sources)


@each_item
def test_voices_cut_the_text_without_gaps(item):
    voices = item.voices()
    assert [start for _, start, _ in voices] == [0, *(end for _, _, end in voices[:-1])]
    assert voices[-1][2] == len(item.text)
    assert all(a[0] != b[0] for a, b in pairwise(voices))
    inside = [span for claim in item.claims for span in claim.content]
    for span in [*item.questions, *item.boilerplate]:
        assert ("question" if span in item.questions else "boilerplate", span.start_char, span.end_char) in voices
        assert not any(content.holds(span) for content in inside)


def test_the_split_is_chosen_by_name():
    assert {item.split for item in read_gold(split="tune")} == {"tune"}
    assert len(read_gold(split="tune")) + len(read_gold(split="check")) == len(ITEMS)


def test_braces_are_written_with_a_backslash():
    text, spans = parse_markup(r"{c1,c2:a \{b\} \\ {h:c}} d")
    assert text == r"a {b} \ c d"
    assert [(label, span.text) for label, span in spans] == [
        ("c1", r"a {b} \ c"),
        ("c2", r"a {b} \ c"),
        ("h", "c"),
    ]


@pytest.mark.parametrize(
    ("gold", "complaint"),
    [
        ("=== a | sentence | tune | negative\n{c1:x\n---\n", "never closed"),
        ("=== a | sentence | tune | negative\nx}\n---\n", "stray"),
        ("=== a | sentence | tune | negative\n{z:x}\n---\n", "stray"),
        ("=== a | sentence | tune | negativ\nx\n---\n", "none of"),
        ("=== a | sentence | tune | mixed\n{s1:A} {q1:b} {c1:c}\n---\n", "no line below"),
        ("=== a | sentence | tune | mixed\n{s1:A} {q1:b} {c1:c}\n---\n1 mixed @a\n", "no line below"),
        ("=== a | sentence | tune | mixed\n{s1:A} {q1:b} {c1:c}\n---\n1 mixed -\n", "a source or a '-'"),
        ("=== a | sentence | tune | mixed\n{q1:b} {c1:c}\n---\n1 mixed - CT/Uu\n", "not a claim line"),
        ("loose\n=== a | sentence | tune | negative\nx\n---\n", "not an item"),
    ],
)
def test_a_slip_is_named(gold, complaint):
    with pytest.raises(GoldError, match=complaint):
        read_items(gold)


def test_the_readme_explains_every_phenomenon():
    guide = (GOLD / "README.md").read_text(encoding="utf-8")
    assert [tag for tag in PHENOMENA if f"`{tag}`" not in guide] == []
