"""The gold set of figures and dates is well formed; whether the kit reads it right is judged elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from gold_claims import GoldError
from gold_figures import (
    DERIVED,
    GOLD,
    NUMBER_TO_MARK,
    PHENOMENA,
    STATED,
    WEEKDAY,
    Item,
    parse_markup,
    read_gold,
    read_items,
    read_value,
)

ITEMS = read_gold()
WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
SENTENCE_END = re.compile(r"[.?!]”?(?=\s)|\n")


def each_item(check: Callable[[Item], None]) -> Callable[[], None]:
    """One test that runs over all items; where it fails, pytest shows the item as the argument."""

    def test() -> None:
        for item in ITEMS:
            check(item)

    return test


def test_the_gold_has_the_size_that_the_issue_asks_for():
    kinds = Counter(item.kind for item in ITEMS)
    assert kinds["sentence"] >= 150
    assert kinds["article"] >= 20
    assert len({item.name for item in ITEMS}) == len(ITEMS)
    assert len({item.text for item in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_each_phenomenon_has_six_items_and_both_halves_show_it(phenomenon):
    splits = Counter(item.split for item in ITEMS if phenomenon in item.tags)
    assert splits.total() >= 6
    assert min(splits["tune"], splits["check"]) >= 3


def test_six_articles_have_publication_dates_that_fit_and_others_that_do_not():
    clued = [item for item in ITEMS if item.fits]
    assert len(clued) >= 6
    assert all(item.contradicts and item.published is None for item in clued)


@each_item
def test_every_span_ends_on_a_character_of_its_own(item):
    spans = [*item.not_figures, *item.undecided, *(found.span for found in item.dates)]
    for figure in item.figures:
        spans += [figure.span, *(span for role in figure.roles.values() for span in role)]
        assert figure.span.holds(figure.core)
    for span in spans:
        assert item.text[span.start_char : span.end_char] == span.text
        assert span.text
        assert span.text == span.text.strip(" ,;:")
        assert "\n" not in span.text


@each_item
def test_the_plain_text_is_the_marked_text_without_its_brackets(item):
    bare = re.sub(r"(?<!\\)\{[^{}:]+:(?=.)|(?<!\\)\}", "", item.marked)
    assert re.sub(r"\\([\\{}])", r"\1", bare) == item.text
    assert not re.search(r" $|  |\{\w+:|\n{3}", item.text, re.M)


@each_item
def test_no_number_is_left_unmarked(item):
    marks = [*item.not_figures, *item.undecided, *(found.span for found in (*item.figures, *item.dates))]
    for number in NUMBER_TO_MARK.finditer(item.text):
        assert any(mark.start_char <= number.start() and number.end() <= mark.end_char for mark in marks), number


@each_item
def test_figures_and_dates_do_not_overlap_each_other(item):
    spans = [found.span for found in (*item.figures, *item.dates)] + [*item.not_figures]
    for a, b in combinations(sorted(spans), 2):
        assert a.end_char <= b.start_char or a.holds(b), (a, b)
    for found in (*item.figures, *item.dates):
        assert not any(span.holds(found.span) for span in item.not_figures)


@each_item
def test_a_weekday_is_resolved_to_such_a_day_and_near_the_publication_date(item):
    for found in item.dates:
        name = WEEKDAY.search(found.span.text)
        days = [date.fromisoformat(value[:10]) for value in found.values if re.match(r"\d{4}-\d\d-\d\d", value)]
        if name and found.kind != "set":
            assert all(WEEKDAYS[day.weekday()] == name[1].lower() for day in days), found
        if name and item.published and not re.search(r"\d", found.span.text):
            assert all(abs(day - date.fromisoformat(item.published)) < timedelta(days=15) for day in days), found


@each_item
def test_the_value_of_a_time_expression_has_the_form_of_its_kind(item):
    forms = {
        "date": r"\d{3}|\d{3}X|\d{4}s|\d{4}(-(\d\d(-\d\d)?|[QH]\d|W\d\d(-WE)?|SP|SU|FA|AU|WI))?(/\d{4}-\d\d-\d\d)?",
        "time": r"(\d{4}-\d\d-\d\d)?T(\d\d:\d\d|[A-Z]{2})",
        "duration": r"PT?[\d.]+[A-Z]+(\d+M)?",
        "set": r"PT?\d[A-Z]|XXXX.*",
    }
    for found in item.dates:
        assert all(re.fullmatch(forms[found.kind], value) for value in found.values), found
        assert not found.both or len(found.values) == 2
        assert found.values or item.published is None


@each_item
def test_without_a_publication_date_only_absolute_expressions_have_a_value(item):
    for found in item.dates:
        if item.published is None and found.values and found.kind == "date":
            assert re.search(r"\d{4}|\d\d/\d", found.span.text), found


@each_item
def test_a_date_is_inherited_where_it_stands_in_another_sentence(item):
    keyed = {found.key: found.span for found in item.dates}
    for figure in item.figures:
        if figure.on and "inherited" not in figure.open:
            start, end = sorted((figure.span.start_char, keyed[figure.on].start_char))
            assert figure.inherited == bool(SENTENCE_END.search(item.text, start, end)), figure


@each_item
def test_a_unit_is_judged_or_said_to_be_open(item):
    assert all(figure.units or "unit" in figure.open for figure in item.figures)


@each_item
def test_a_role_that_must_be_empty_is_not_marked(item):
    for figure in item.figures:
        assert not any(figure.roles[role] for role in figure.absent), figure
        assert figure.absent <= {"affected", "actor", "place"}


@each_item
def test_publication_dates_are_dates_and_are_not_both_right_and_wrong(item):
    wrong = {day for day, _ in item.contradicts}
    for day in (*item.fits, *wrong, *filter(None, [item.published])):
        assert date.fromisoformat(day)
    assert not wrong & {*item.fits}


@each_item
def test_tags_match_what_is_marked(item):
    tags = {*item.tags}
    assert "negative" not in tags or not item.figures
    for tag in ("ordinal", "score", "age", "identifier"):
        assert tag not in tags or item.not_figures, tag
    if {"list", "scope", "from-to", "outlet-reporter"} & tags:
        assert len(item.figures) >= 2
    if "outlet-reporter" in tags:
        assert len({bool(figure.roles["reporter"]) for figure in item.figures}) == 2
    if {"fraction", "ratio"} & tags:
        assert any(0 < (figure.value or 0) < 1 for figure in item.figures)
    if {"absolute", "relative", "tense-weekday", "date-number"} & tags:
        assert item.dates


def test_the_split_is_chosen_by_name():
    assert {item.split for item in read_gold(split="tune")} == {"tune"}
    assert len(read_gold(split="tune")) + len(read_gold(split="check")) == len(ITEMS)


def test_braces_are_written_with_a_backslash():
    text, spans = parse_markup(r"{1:a \{b\}} \\ {a1,x2:c}")
    assert text == r"a {b} \ c"
    assert [(label, span.text) for label, span in spans] == [("1", "a {b}"), ("a1", "c"), ("x2", "c")]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("16", (16, 16, 16, "exact")),
        (">250", (250, 250, None, "gt")),
        (">=3/4", (0.75, 0.75, None, "ge")),
        ("<9", (9, None, 9, "lt")),
        ("<=9", (9, None, 9, "le")),
        ("~2.5", (2.5, None, None, "approx")),
        ("10..15", (None, 10, 15, "range")),
        ("vague", (None, None, None, "vague")),
    ],
)
def test_a_value_has_its_bound_and_the_stated_numbers(written, value):
    assert read_value(written) == value


@pytest.mark.parametrize(
    ("gold", "complaint"),
    [
        ("=== a\n{1:x\n---\n", "never closed"),
        ("=== a\nx}\n---\n", "stray"),
        ("=== a\n{z:x}\n---\n", "stray"),
        ("=== a | digit\nx\n---\n", "no such tag"),
        ("=== a | killed\nx\n---\n", "no such tag"),
        ("=== a\n{1:2 cows}\n---\n", "no line below"),
        ("=== a\n{1:2 cows} {a2:x}\n---\n1 2 cow\n", "no line below"),
        ("=== a\n{1:2 cows}\n---\n1 2 cow on=d1\n", "no line below"),
        ("=== a\n2 cows\n---\n1 2 cow\n", "marked 0 times"),
        ("=== a\n{1:2 cows}\n---\n1 two cow\n", "not a value"),
        ("=== a\n{1:2 cows}\n---\n1 2 cow lost\n", "no new field"),
        ("=== a\n{1:2 cows}\n---\n1 2 cow killed wounded\n", "no new field"),
        ("=== a\n{1:2 cows}\n---\n1 2 cow !actr\n", "names no field"),
        ("=== a\n{d1:now}\n---\nd1 day 2020\n", "none of"),
        ("loose\n=== a\nx\n---\n", "not an item"),
    ],
)
def test_a_slip_is_named(gold, complaint):
    with pytest.raises(GoldError, match=complaint):
        read_items(gold, "tune")


def test_the_readme_explains_every_phenomenon():
    guide = (GOLD / "README.md").read_text(encoding="utf-8")
    assert [tag for tag in PHENOMENA if f"`{tag}`" not in guide] == []
    assert not {*STATED} & {*DERIVED}
