"""The timeline: events and reports on lanes of their own, and nothing dropped."""

from __future__ import annotations

import warnings
from datetime import date
from typing import Any

import pandas as pd
import pytest
from charted import MANY_NAMES, all_text, assert_readable, texts
from examples import analysis, empty_analysis
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from kit.charts import alt_text_timeline, plot_timeline
from kit.charts.when import stretch, stretch_text
from kit.tables import claims_table, dates_table

D = date


def day(text: str, value: str | None, **fields: Any) -> dict[str, Any]:
    row = {"text": text, "value": value, "grain": "day", "kind": "date", "published": "2026-03-05", "article": "a"}
    return row | {"outlet": "The Lakeview Post", "title": "A river battle", "start_char": 10, "end_char": 20} | fields


def said(source: str | None, content: str, start: int = 0, end: int = 90, **fields: Any) -> dict[str, Any]:
    row = {"source": source, "group": source, "content": content, "start_char": start, "end_char": end, "article": "a"}
    return row | fields


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def drawn(ax: Any, gid: str = "event") -> list[list[float]]:
    return [list(line.get_xdata()) for line in ax.lines if line.get_gid() == gid]


def test_events_and_reports_stand_on_lanes_of_their_own_on_one_axis() -> None:
    figure = plot_timeline(table(day("on Sunday", "2026-03-01")), table(said("Ana Reyes", "the bridge fell"))).figure
    events, reports = figure.axes
    assert drawn(events) == [[date2num(D(2026, 3, 1)) + 0.5]] and drawn(reports) == [[date2num(D(2026, 3, 5)) + 0.5]]
    assert events.get_xlim() == reports.get_xlim()
    found = texts(figure)
    assert "Event lane: when it is said to have happened" in found and "Report lane: when it was reported" in found
    assert events.get_title() == "Ana Reyes says: what happened when" and "1 Mar 2026" in found
    assert "Claimed, not independently confirmed (0 of 1 source groups)" in found


def test_a_month_is_a_bar_as_long_as_it() -> None:
    ax = plot_timeline(table(day("last month", "2026-02", grain="month")))
    (bar,) = [line for line in ax.lines if line.get_gid() == "event"]
    assert list(bar.get_xdata()) == [date2num(D(2026, 2, 1)), date2num(D(2026, 3, 1))] and bar.get_linewidth() == 6
    assert "Feb 2026" in texts(ax) and "on which day of it is not known" in all_text(ax)


def test_what_has_no_date_is_listed_below_and_never_drawn() -> None:
    rows = [day("recently", None), day("now", "PRESENT_REF"), day("for three days", "P3D", kind="duration")]
    ax = plot_timeline(table(day("on Sunday", "2026-03-01"), *rows), table(said("Ana Reyes", "the bridge fell")))
    assert len(drawn(ax)) == 1
    found = texts(ax)
    listed = ["– “recently” (Ana Reyes: the bridge fell)", "– “now” (Ana Reyes: the bridge fell)"]
    assert "Without a date, not drawn:" in found and set(listed) <= set(found)
    assert "Durations and repeated times, not drawn: “for three days”." in found
    spoken = alt_text_timeline(table(*rows), table(said("Ana Reyes", "the bridge fell")))
    assert all(line in spoken for line in listed)


def test_without_a_report_date_nothing_is_placed_and_the_reason_is_given() -> None:
    ax = plot_timeline(table(day("yesterday", None, published=None)))
    found = all_text(ax)
    assert "no report date to count from" in found and "Report date not given: The Lakeview Post" in found
    assert "When: no date of an event has a place in the calendar" in found
    assert_readable(ax)


def test_other_readings_and_announcements_are_hollow() -> None:
    rows = [
        day("last Thursday", "2026-02-26", alternatives="2026-02-19"),
        day("next Sunday", "2026-03-08"),
    ]
    ax = plot_timeline(table(*rows))
    assert drawn(ax, "other") == [[date2num(D(2026, 2, 19)) + 0.5]]
    faces = [line.get_markerfacecolor() for line in ax.lines if line.get_gid() in ("event", "other")]
    assert faces.count("white") == 2
    found = all_text(ax)
    assert "may also mean 19 Feb 2026" in found and "announced: later than the report" in found


def test_a_date_of_the_telling_is_not_passed_off_as_that_of_the_event() -> None:
    claims = table(said("Ana Reyes", "the bridge fell on Sunday", 0, 40), said("Ivo Brandt", "it stands", 52, 90))
    dates = table(
        day("on Sunday", "2026-03-01"),
        day("On Monday", "2026-03-02", start_char=41, end_char=50),
    )
    found = texts(plot_timeline(dates, claims))
    assert "Ana Reyes: the bridge fell on Sunday" in found
    assert "Ivo Brandt (may be the day of telling): it stands" in found


def test_the_narrowest_claim_of_the_same_article_is_meant() -> None:
    claims = table(
        *(said(None, "all of it"), said("Ana Reyes", "far more"), said("Ivo Brandt", "on Sunday", 5, 30)),
        said("Nobody", "on Sunday", 8, 22, article="b"),
    )
    assert "Ivo Brandt: on Sunday" in texts(plot_timeline(table(day("on Sunday", "2026-03-01")), claims))


def test_tables_of_the_kit_are_drawn_as_they_are() -> None:
    reading = analysis()
    ax = plot_timeline(dates_table(reading), claims_table(reading))
    assert "“Sunday”" in texts(ax) and "The Lakeview Post" in all_text(ax)
    assert_readable(ax)
    found = alt_text_timeline(dates_table(reading), claims_table(reading))
    assert "1 Mar 2026: “Sunday”, Ana Reyes" in found and "2026-03-02" in found


def test_no_dates_at_all_are_said() -> None:
    data = dates_table(empty_analysis())
    assert texts(plot_timeline(data)) == ["no dates to chart"] and alt_text_timeline(data) == "No dates to chart."
    with pytest.raises(ValueError, match="lacks value"):
        plot_timeline(data.drop(columns="value"))


def test_rejected_dates_are_not_drawn_and_counted() -> None:
    rows = [day("on Sunday", "2026-03-01"), day("Monday", "2026-03-02", decision="reject")]
    found = all_text(plot_timeline(table(*rows)))
    assert "Monday" not in found and "1 rejected by an analyst and not shown." in found


def test_given_axes_hold_both_lanes() -> None:
    figure = Figure(figsize=(10, 5), layout="constrained")
    ax = figure.subplots()
    assert plot_timeline(table(day("on Sunday", "2026-03-01")), ax=ax) is ax and len(ax.child_axes) == 2
    assert_readable(ax)


AWKWARD = {
    "two hundred": [day(f"day {n}", f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(200)],
    "thousands of years": [day("then", "0001-01-01"), day("later", "9999-12-31"), day("19th century", "18")],
    "one day": [day("today", "2026-03-05")],
    "a decade": [day("the nineties", "199"), day("in 1995", "1995"), day("last week", "2026-W09")],
    "long names": [day(MANY_NAMES, "2026-03-01", title=MANY_NAMES * 2, outlet=MANY_NAMES), day("x" * 200, "2026-03")],
    "right to left": [day("يوم الأحد", "2026-03-01", outlet="الجريدة"), day("ביום ראשון", None)],
    "nonsense": [day("$x^2$", "2026-02-31"), day("y", "2026-13"), day("z", "W9"), day("\x00 \u202ew", "FY2023")],
    "many unresolved": [day(f"some day {n}", None) for n in range(60)],
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_dates_are_drawn_without_clipping_or_overlap(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = plot_timeline(table(*AWKWARD[name]), table(said(MANY_NAMES, MANY_NAMES * 3)))
        assert_readable(ax)


@pytest.mark.parametrize(
    ("value", "first", "last", "text"),
    [
        ("2026-03-01", D(2026, 3, 1), D(2026, 3, 1), "1 Mar 2026"),
        ("2026-03-01T14:30", D(2026, 3, 1), D(2026, 3, 1), "1 Mar 2026"),
        ("2026-02", D(2026, 2, 1), D(2026, 2, 28), "Feb 2026"),
        ("2026", D(2026, 1, 1), D(2026, 12, 31), "2026"),
        ("2026-W09", D(2026, 2, 23), D(2026, 3, 1), "23 Feb 2026 – 1 Mar 2026"),
        ("2026-W10-WE", D(2026, 3, 7), D(2026, 3, 8), "7–8 Mar 2026"),
        ("2026-Q2", D(2026, 4, 1), D(2026, 6, 30), "Apr–Jun 2026"),
        ("2026-H2", D(2026, 7, 1), D(2026, 12, 31), "Jul–Dec 2026"),
        ("199", D(1990, 1, 1), D(1999, 12, 31), "1990–1999"),
        ("2026-03-10/2026-03-15", D(2026, 3, 10), D(2026, 3, 15), "10–15 Mar 2026"),
    ],
)
def test_each_form_of_a_date_is_a_stretch_of_the_calendar(value: str, first: date, last: date, text: str) -> None:
    assert stretch(value) == (first, last) and stretch_text(first, last) == text


def test_a_winter_goes_on_into_the_next_year() -> None:
    assert stretch("2025-WI") == (D(2025, 12, 1), D(2026, 2, 28))


@pytest.mark.parametrize("value", [None, "", "P3D", "PAST_REF", "FY2023", "2026-02-30", "2026-W60", "XXXX-06", "0000"])
def test_what_is_no_place_in_the_calendar_is_none(value: str | None) -> None:
    assert stretch(value) is None
