"""The publication-date test: clues of an article, which date they fit, and what a day off would change."""

from __future__ import annotations

from datetime import date

import pytest

from kit.dates import CLUES, MOVED, check_publication, moved_dates, possible_days
from kit.pipeline import load_pipeline

MONDAY = date(2023, 6, 5)


def clues(text: str, published: date | None = MONDAY) -> list[tuple]:
    """(words, whether they fit) of each clue."""
    return [(row["text"], row["fits"]) for row in check_publication(load_pipeline()(text), published).rows()]


@pytest.mark.parametrize(
    ("text", "clue", "fits", "against"),
    [
        ("The dam broke on Sunday, June 4.", "Sunday, June 4", MONDAY, date(2022, 6, 5)),
        ("The dam broke on Sunday (June 4).", "Sunday (June 4)", MONDAY, date(2024, 6, 5)),
        ("The dam broke yesterday, June 4.", "yesterday, June 4", MONDAY, date(2023, 6, 6)),
        ("The dam broke yesterday, on Sunday.", "yesterday, on Sunday", MONDAY, date(2023, 6, 4)),
        ("It rains today, Monday.", "today, Monday", MONDAY, date(2023, 6, 6)),
        ("The dam broke three days ago, on 2 June 2023.", "three days ago, on 2 June 2023", MONDAY, date(2023, 6, 7)),
        ("They will vote in two days, on Wednesday.", "two days, on Wednesday", MONDAY, date(2023, 6, 6)),
        ("The mine reopened last month, in May 2023.", "last month, in May 2023", MONDAY, date(2023, 7, 5)),
        ("The dam broke last Thursday, June 1.", "last Thursday, June 1", MONDAY, date(2023, 6, 15)),
        ("The dam broke two weeks ago, on May 23.", "two weeks ago, on May 23", MONDAY, date(2023, 6, 19)),
        ("The dam broke ten years ago, in 2013.", "ten years ago, in 2013", MONDAY, date(2026, 6, 5)),
        ("The dam broke last night, on Sunday.", "last night, on Sunday", MONDAY, date(2023, 6, 4)),
        ("The dam broke on 4 June 2023.", "4 June 2023", MONDAY, date(2023, 6, 3)),
        ("The dam will open on 4 July 2023.", "4 July 2023", MONDAY, date(2023, 7, 5)),
    ],
)
def test_a_clue_fits_some_dates_and_contradicts_others(text, clue, fits, against):
    assert (clue, True) in clues(text, fits)
    assert (clue, False) in clues(text, against)
    assert fits in check_publication(load_pipeline()(text), fits).possible
    assert clue in [one.text for one in check_publication(load_pipeline()(text), against).contradicted]


@pytest.mark.parametrize(
    "text",
    [
        "It rained on Sunday and last month.",
        "He would die on 4 June 1990.",
        "The vote of 4 June 2030 decides.",
        "It took three days, on average.",
        "It rained on Friday. The next day, June 3, the dam broke.",
        "The previous year, 2019, was dry.",
        "It was put off until 2030.",
        "Nothing happened.",
    ],
)
def test_what_fits_any_date_is_no_clue(text):
    assert clues(text) == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("They met this Sunday, June 4, and parted.", MONDAY),
        ("The dam broke on Sunday, June 4.", date(2024, 3, 1)),
        ("The dam broke six months ago, on January 5, 2023.", MONDAY),
        ("The trial was put off until 4 July 2023.", MONDAY),
    ],
)
def test_no_clue_is_read_too_strictly(text, published):
    assert check_publication(load_pipeline()(text), published).contradicted == ()


def test_a_text_that_contradicts_itself_is_said_to_and_rules_out_no_day():
    check = check_publication(load_pipeline()("It rained on Saturday, 12 May 2023, and yesterday, June 4."), MONDAY)
    assert [clue.text for clue in check.contradicted] == ["Saturday, 12 May 2023"]
    assert "12 May 2023 is a Friday" in check.contradicted[0].requires
    assert check.possible == (MONDAY,)


def test_all_clues_together_leave_the_days_that_fit_each():
    doc = load_pipeline()("The dam broke on Sunday, June 4. It was closed yesterday, on Sunday.")
    days = [date(2023, 6, day) for day in range(1, 31)]
    assert possible_days(check_publication(doc).clues, days) == [date(2023, 6, day) for day in (5, 12, 19, 26)]


def test_without_a_date_the_clues_are_listed_and_no_date_is_guessed():
    check = check_publication(load_pipeline()("The dam broke yesterday, June 4."))
    assert (check.published, check.contradicted, check.possible) == (None, (), ())
    assert check.rows() == [{"text": "yesterday, June 4", "requires": "the day after 4 June", "fits": None}]


def test_a_publication_date_a_day_off_moves_the_relative_dates():
    doc = load_pipeline()("The dam broke yesterday. It was built on 4 May 1951. It leaked on Monday.")
    assert moved_dates(doc, MONDAY) == [
        {"text": "yesterday", "day_before": "2023-06-03", "published": "2023-06-04", "day_after": "2023-06-05"},
        {"text": "Monday", "day_before": "2023-05-29", "published": "2023-06-05", "day_after": "2023-06-05"},
    ]


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_first_and_the_last_day_of_the_calendar_are_no_error(published):
    doc = load_pipeline()(
        "The dam broke yesterday, June 4, and on Sunday, February 29. It leaked three days ago, on Monday."
    )
    assert check_publication(doc, published).contradicted
    assert moved_dates(doc, published) == []


def test_the_columns_shown_are_those_of_the_rows():
    doc = load_pipeline()("The dam broke yesterday, June 4.")
    assert set(check_publication(doc, MONDAY).rows()[0]) == set(CLUES)
    assert set(moved_dates(doc, MONDAY)[0]) == set(MOVED)
