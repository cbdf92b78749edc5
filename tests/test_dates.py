"""Time expressions: spans, kinds and values of phrases as news write them, on sentences of our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.articles import read_article
from kit.dates import extract_dates, is_calendar, resolve
from kit.dates.finding import find
from kit.pipeline import load_pipeline
from kit.segments import make_doc

SHARED = Path(__file__).parents[2] / "shared"
MONDAY = date(2023, 6, 5)
WEDNESDAY = date(2013, 3, 20)


def dates(text: str, published: date | None = WEDNESDAY) -> list[tuple]:
    """(text, value) of each expression."""
    return [(found.text, found.value) for found in extract_dates(load_pipeline()(text), published)]


def found(text: str, published: date | None = WEDNESDAY) -> list[tuple]:
    """(kind, value) of each expression."""
    return [(one.kind, one.value) for one in extract_dates(load_pipeline()(text), published)]


@pytest.mark.parametrize(
    ("text", "value", "grain"),
    [
        ("yesterday", "2023-06-04", "day"),
        ("earlier on Sunday", "2023-06-04", "day"),
        ("on Monday", "2023-06-05", "day"),
        ("Last Thursday", "2023-06-01", "day"),
        ("next Friday", "2023-06-09", "day"),
        ("last month", "2023-05", "month"),
        ("two weeks ago", "2023-W21", "week"),
        ("on May 28", "2023-05-28", "day"),
        ("on 30 December", "2022-12-30", "day"),
        ("Friday, July 21, 2017", "2017-07-21", "day"),
        ("in July 2017", "2017-07", "month"),
        ("2017-07-21", "2017-07-21", "day"),
        ("in the third quarter", "2022-Q3", "quarter"),
        ("in the final quarter of 2009", "2009-Q4", "quarter"),
        ("in the first quarter of last year", "2022-Q1", "quarter"),
        ("in Q3 2009", "2009-Q3", "quarter"),
        ("in the first half of 2009", "2009-H1", "half"),
        ("in the spring of 2009", "2009-SP", "season"),
        ("last summer", "2022-SU", "season"),
        ("last weekend", "2023-W22-WE", "weekend"),
        ("this week", "2023-W23", "week"),
        ("last year", "2022", "year"),
        ("in the early 1990s", "199", "decade"),
        ("in the late '80s", "198", "decade"),
        ("in the nineteenth century", "18", "century"),
        ("in the 19th century", "18", "century"),
        ("in fiscal 1998", "FY1998", "fiscal year"),
        ("in the last week of March", "2023-W13", "week"),
        ("in the week of March 3", "2023-W09", "week"),
        ("on the last day of June 2020", "2020-06-30", "day"),
        ("on Sept. 11, 2001", "2001-09-11", "day"),
        ("on the 5th of May 2011", "2011-05-05", "day"),
        ("on 22.3.2013", "2013-03-22", "day"),
        ("on 05-Aug-2016", "2016-08-05", "day"),
        ("in late 2006", "2006", "year"),
        ("since '82", "1982", "year"),
        ("ten days ago", "2023-05-26", "day"),
        ("a decade ago", "201", "decade"),
        ("the day before yesterday", "2023-06-03", "day"),
        ("on Christmas Eve", "2022-12-24", "day"),
        ("on Thanksgiving 2010", "2010-11-25", "day"),
        ("on Good Friday 2023", "2023-04-07", "day"),
        ("on March 10-15", "2023-03-10/2023-03-15", "interval"),
        ("in 1997-98", "1997/1998", "interval"),
        ("recently", "PAST_REF", "vague"),
        ("several years ago", "PAST_REF", "vague"),
    ],
)
def test_dates_count_from_the_publication_date(text, value, grain):
    (one,) = extract_dates(load_pipeline()(f"It rained {text}."), MONDAY)
    assert (one.value, one.grain, one.kind) == (value, grain, "date")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It rained on Friday night.", "2013-03-15TNI"),
        ("It rained this morning.", "2013-03-20TMO"),
        ("It rained late last night.", "2013-03-19TNI"),
        ("It rained yesterday afternoon.", "2013-03-19TAF"),
        ("It will rain tonight.", "2013-03-20TNI"),
        ("The sun rose at 16:08 UTC.", "2013-03-20T16:08Z"),
        ("The sun rose at 9 a.m.", "2013-03-20T09:00"),
        ("The sun rose at 12:00 UTC Monday.", "2013-03-18T12:00Z"),
        ("The sun rose at 6.30pm today.", "2013-03-20T18:30"),
        ("The siren rang at noon.", "2013-03-20T12:00"),
        ("The siren rang at nine o'clock.", "2013-03-20T09:00"),
        ("Shells fell at 0800 GMT.", "2013-03-20T08:00Z"),
        ("The post, 2013-03-22T14:30Z, was read.", "2013-03-22T14:30Z"),
    ],
)
def test_times_of_day_have_a_day(text, value):
    assert found(text) == [("time", value)]


def test_a_time_is_of_the_day_that_stands_beside_it():
    assert dates("He will speak at 9 a.m. on Monday.") == [("9 a.m.", "2013-03-25T09:00"), ("Monday", "2013-03-25")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It took five days.", "P5D"),
        ("It took more than two decades.", "P20Y"),
        ("The two-year-old slept.", "P2Y"),
        ("He is 34 years old.", "P34Y"),
        ("It rained for the past five years.", "P5Y"),
        ("It rained for half an hour.", "PT30M"),
        ("It rained for two and a half years.", "P30M"),
        ("It rained for an hour and a half.", "PT90M"),
        ("It rained for several weeks.", "PXW"),
        ("It rained for months.", "PXM"),
        ("The 18-month plan failed.", "P18M"),
        ("Six straight days of rain came.", "P6D"),
        ("It took a dozen years.", "P12Y"),
        ("It took one hundred and fifty years.", "P150Y"),
        ("The yearlong talks failed.", "P1Y"),
        ("The decades-old feud goes on.", "PXDE"),
        ("It rained all day.", "P1D"),
        ("They stayed three nights.", "P3D"),
    ],
)
def test_durations(text, value):
    assert found(text) == [("duration", value)]


def test_a_range_of_durations_keeps_both_ends():
    (one,) = extract_dates(load_pipeline()("It took five to seven years."))
    assert (one.text, one.value, one.alternatives) == ("five to seven years", "PXY", ("P5Y", "P7Y"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They meet every Monday.", "XXXX-WXX-1"),
        ("They meet on Fridays.", "XXXX-WXX-5"),
        ("They meet twice a month.", "P1M"),
        ("They meet each year.", "P1Y"),
        ("They meet every two weeks.", "P2W"),
        ("They meet every other day.", "P2D"),
        ("It costs $5 a day.", "P1D"),
        ("Ferries leave daily.", "P1D"),
        ("The annual fair opened.", "P1Y"),
        ("The fair opens every May.", "XXXX-05"),
        ("They sing every morning.", "XXXX-XX-XXTMO"),
    ],
)
def test_sets(text, value):
    assert found(text) == [("set", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They will meet on Friday.", "2013-03-22"),
        ("They are to meet on Friday.", "2013-03-22"),
        ("The road stays closed until Friday.", "2013-03-22"),
        ("Voters go to the polls on Sunday.", "2013-03-24"),
        ("The trial is set to begin on Monday.", "2013-03-25"),
        ("The deal may be signed on April 12.", "2013-04-12"),
        ("They met on Friday.", "2013-03-15"),
        ("It has rained since Friday.", "2013-03-15"),
        ("She will come in May.", "2013-05"),
        ("She came in May.", "2012-05"),
        ("She has been ill since November.", "2012-11"),
        ("The firm faces a June 1 deadline.", "2013-06-01"),
        ("It will be Thanksgiving.", "2013-11-28"),
    ],
)
def test_the_tense_tells_which_one_is_meant(text, value):
    assert found(text) == [("date", value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam broke on March 3. He fled the same day.", ["2013-03-03", "2013-03-03"]),
        ("The dam broke on March 3. The next day he fled.", ["2013-03-03", "2013-03-04"]),
        ("The dam broke on March 3. The following day he fled.", ["2013-03-03", "2013-03-04"]),
        ("The dam broke on March 3. Two days later he fled.", ["2013-03-03", "2013-03-05"]),
        ("Sales rose in the third quarter from a year earlier.", ["2012-Q3", "2011-Q3"]),
        ("Sales rose in February from the same period last year.", ["2013-02", "2012-02"]),
        ("Shares fell on Monday and ended the day at 20.", ["2013-03-18", "2013-03-18"]),
    ],
)
def test_what_the_text_spoke_of_last_resolves_the_same_day_and_its_kin(text, expected):
    assert [value for _, value in dates(text)] == expected


def test_without_a_publication_date_nothing_relative_is_resolved():
    text = "It rained yesterday, on Sunday, last month, on May 28, two days later, at 9 a.m. and on 4 June 2023."
    assert [value for _, value in dates(text, None)] == [None] * 6 + ["2023-06-04"]


@pytest.mark.parametrize(
    ("text", "published", "value", "alternatives"),
    [
        ("It rained last Thursday.", date(2023, 6, 9), "2023-06-08", ("2023-06-01",)),
        ("It rained last Thursday.", MONDAY, "2023-06-01", ()),
        ("It will rain next Friday.", MONDAY, "2023-06-09", ("2023-06-16",)),
        ("It will rain next Friday.", date(2023, 6, 10), "2023-06-16", ()),
        ("It rained on 03/04/2013.", None, "2013-03-04", ("2013-04-03",)),
        ("It rained on 13/04/2013.", None, "2013-04-13", ()),
    ],
)
def test_both_readings_of_an_ambiguous_expression_are_kept(text, published, value, alternatives):
    (one,) = extract_dates(load_pipeline()(text), published)
    assert (one.value, one.alternatives) == (value, alternatives)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("It rained on the morning of 4 June.", "the morning of 4 June"),
        ("It rained at the beginning of the year.", "the beginning of the year"),
        ("It rained for nearly five months.", "nearly five months"),
        ("It rained later in the day.", "later in the day"),
        ("It rained early on Sunday.", "early on Sunday"),
        ("It rained since mid-2011.", "mid-2011"),
        ("It rained in the third quarter of this year.", "the third quarter of this year"),
        ("It rained on Sunday, June 4, 2023.", "Sunday, June 4, 2023"),
        ("It rained in the near future.", "the near future"),
        ("This year's rain was strong.", "This year"),
    ],
)
def test_spans_follow_timex3(text, span):
    assert [one for one, _ in dates(text)] == [span]


@pytest.mark.parametrize(
    "text",
    [
        "They may 4 times.",
        "May I ask why?",
        "Ada May of the Sunday Times spoke.",
        "It cost $2000.",
        "Some 2000 soldiers marched.",
        "A second term began.",
        "A quarter of the seats fell.",
        "Three quarters of the seats fell.",
        "They march, and prices fall.",
        "A T-72 and a KC-135 burned.",
        "They won 3-2.",
        "He ran to room 2001.",
        "The general named no day on which it might begin, nor a day when it would end.",
        "Case 2021-CR-0417 was heard.",
        "He sat in the sun.",
        "The most recent vote failed.",
    ],
)
def test_other_words_are_no_dates(text):
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the 31st of February", None),
        ("29 February 2023", None),
        ("29 February 2024", "2024-02-29"),
        ("2023-13-45", None),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_day_that_the_calendar_does_not_have_gets_no_value(text, value):
    assert [one for _, one in dates(f"It rained on {text}.")] == [value]


@pytest.mark.parametrize("published", [None, date(1, 1, 1), MONDAY, date(9999, 12, 31)])
@pytest.mark.parametrize(
    "text",
    ["99/99/9999", "year 0", "0000-00-00", "1" * 1000, "9" * 30 + " years ago", "a million years later", "1/0 days",
     "25:99",
     "next century", "the 99th century", "the next day", "in two centuries' time", "²³ days", "٣ days ago", "", "\0"],
)  # fmt: skip
def test_odd_expressions_are_resolved_or_not_but_never_raise(text, published):
    extract_dates(load_pipeline()(f"It rained {text}, he said."), published)
    resolve(text, published)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "the last next 12 June 31 1998 of on at a.m. week days ago - / , . half a few Monday 'first second".split()
        )
    )
)  # fmt: skip
def test_any_row_of_time_words_is_read_without_an_error_and_every_span_fits(words):
    text = " ".join(words)
    for published in (None, MONDAY):
        for one in extract_dates(load_pipeline()(text), published):
            assert text[one.start_char : one.end_char] == one.text


@pytest.mark.parametrize(
    "unit", ["the first month of the year of ", "twenty-", "12/", "a half ", "every ", "March 3 of "]
)
def test_a_long_row_of_time_words_nests_no_deeper_than_an_expression_is_long(unit):
    words, expressions = find(unit * 3000)
    assert all(one.end - one.start <= 40 for one in expressions)
    assert len(words) >= 3000


def test_a_name_with_a_full_stop_at_a_sentence_end_is_one_date():
    assert dates("The year ended Sept. 30. It rained.")[-1] == ("Sept. 30", "2012-09-30")


def test_a_users_words_extend_ours(tmp_path, monkeypatch):
    (tmp_path / "dates.toml").write_text('[holidays]\n"05-09" = ["victory day"]\n', encoding="utf-8")
    monkeypatch.setenv("KIT_LEXICON", str(tmp_path))
    assert dates("It rained on Victory Day 2015.") == [("Victory Day 2015", "2015-05-09")]
    monkeypatch.delenv("KIT_LEXICON")
    assert dates("It rained on Victory Day 2015.") == [("2015", "2015")]


def test_boilerplate_is_left_out():
    article = read_article("Bridge closed\n\nThe river rose on Sunday.\n\nRead next: What fell on Monday\n\nThe end.")
    doc = make_doc(load_pipeline(), article)
    assert [one.text for one in extract_dates(doc, MONDAY)] == ["Sunday"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("Friday", "2013-03-15"), ("minutes", "PTXM"), ("12:00 UTC Monday", "2013-03-18T12:00Z"), ("'82", "1982"),
     ("4th day of June in 2013", "2013-06-04"), ("exactly on time", None), ("the moon", None)],
)  # fmt: skip
def test_an_expression_by_itself_is_resolved(text, value):
    reading = resolve(text, WEDNESDAY)
    assert (reading and reading.value) == value


def test_an_expression_in_its_sentence_is_resolved_with_its_tense_and_reference():
    doc = load_pipeline()("They will meet on Friday.")
    assert resolve(doc[4:5], WEDNESDAY).value == "2013-03-22"
    assert resolve("two days later", WEDNESDAY, reference=date(2013, 3, 1)).value == "2013-03-03"
    assert resolve("two days later", None, reference=date(2013, 3, 1)).value is None


@pytest.mark.parametrize(
    "value", ["2023-06-05", "2023-06", "2023", "2023-W22", "2023-W22-WE", "2023-Q3", "2023-SU", "2023-06-05TMO"]
)
def test_calendar_values_can_be_placed(value):
    assert is_calendar(value)


@pytest.mark.parametrize("value", [None, "", "P3D", "PXW", "XXXX-WXX-1", "PAST_REF", "FY2009", "199", "1997/1998"])
def test_other_values_cannot(value):
    assert not is_calendar(value)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder of shared articles beside this checkout")
def test_the_dates_of_the_real_article():
    doc = make_doc(load_pipeline(), read_article(SHARED / "articles" / "milley.txt"))
    assert [(one.text, one.value) for one in extract_dates(doc, MONDAY)] == [
        ("yesterday", "2023-06-04"), ("Earlier on Sunday", "2023-06-04"), ("Last Thursday", "2023-06-01"),
        ("Last month", "2023-05"),
    ]  # fmt: skip
