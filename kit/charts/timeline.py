"""When: one lane for the dates of events, one for the dates of the reports. A report is never drawn as an event.

In: the table of dates, and of claims where there is one. Out: ``Axes``. A week, a month or a year is a bar as long as
it; what has no place in the calendar is listed below the chart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from kit.charts import words
from kit.charts.cells import listed
from kit.charts.lanes import LaneRow, calendar_limits, draw_lane, label_room, measured_row
from kit.charts.lines import INK, Line, Style, group_styles
from kit.charts.moments import ARTICLE, Moment, Moments, read_moments
from kit.charts.sheet import AXIS_ROOM, GAP, Panel, Sheet, head_lines, most_label, nothing, panel_head, width_of
from kit.charts.when import day_text, stretch_text

NOTHING = "no dates to chart"
REPORT = Style(INK, "D")
MOST_LISTED = 40


def plot_timeline(
    dates: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    *,
    ax: Axes | None = None,
    groups: Sequence[str] = (),
) -> Axes:
    """Draw when things are said to have happened, and below it when that was reported.

    Args:
        dates: as from :func:`kit.tables.dates_table`, of one article or of several.
        claims: as from :func:`kit.tables.claims_table`: who says what happened then. Without it the dates stand alone.
        ax: where to draw; both lanes stand inside it. By default a new figure as high as its rows need.
        groups: the source groups of the page (:func:`kit.charts.source_groups`): each looks the same on all its charts.

    Raises:
        ValueError: the columns ``text`` or ``value`` are missing.
    """
    found = read_moments(dates, claims)
    if not found.reports:
        return nothing(NOTHING, ax)
    return _sheet(found, ax, groups).on(ax)


def alt_text_timeline(dates: pd.DataFrame, claims: pd.DataFrame | None = None) -> str:
    """The chart of :func:`plot_timeline` in sentences: each date, who gives it, when it was reported."""
    found = read_moments(dates, claims)
    if not found.reports:
        return words.sentences(words.capital(NOTHING))
    events = [f"{_label(one)}: “{one.text}”, {_note(one)}" for one in found.moments]
    reports = [f"{article}" for article in found.reports]
    told = [f"Events: {'; '.join(events) or 'none with a date'}", f"Reports: {'; '.join(reports)}"]
    return words.sentences(_title(found), _status(found), *told, *_below(found))


def _title(found: Moments) -> str:
    names = [name for name, _ in Counter(one.who for one in found.moments if one.who != ARTICLE).most_common()]
    rest = any(one.who == ARTICLE for one in found.moments)
    if not found.moments:
        return "When: no date of an event has a place in the calendar"
    if not names:
        return "The article says: when" if len(found.reports) == 1 else f"{len(found.reports)} articles say: when"
    rest_says = " (and the article itself)" if rest else ""
    return f"{words.capital(words.named(names))} {'say' if len(names) > 1 else 'says'}{rest_says}: what happened when"


def _status(found: Moments) -> str:
    groups = len({one.group for one in found.moments})
    if not groups:
        return "No event is drawn"
    return f"Claimed, not independently confirmed (0 of {groups} source groups)"


def _label(one: Moment) -> str:
    return stretch_text(one.first, one.last)


def _note(one: Moment) -> str:
    telling = " (may be the day of telling)" if one.telling else ""
    said = f"{words.capital(one.who)}{telling}{f': {one.content}' if one.content else ''}"
    other = " or ".join(stretch_text(*days) for days in one.other)
    later = "; announced: later than the report" if one.announced else ""
    return f"{said}{f' (the words may also mean {other})' if other else ''}{later}"


def _below(found: Moments) -> list[str]:
    """What is not on the lanes."""
    lines = []
    if found.unplaced:
        more = len(found.unplaced) - MOST_LISTED
        lines += ["Without a date, not drawn:", *(f"– {one}" for one in found.unplaced[:MOST_LISTED])]
        lines += [f"– and {more} more"] if more > 0 else []
    if found.lengths:
        lines.append(
            f"Durations and repeated times, not drawn: {listed(list(dict.fromkeys(found.lengths)), MOST_LISTED)}."
        )
    undated = [article for article, day in found.reports.items() if day is None]
    if undated:
        lines.append(f"Report date not given: {listed(undated, 3)}.")
    if found.selection:
        lines.append(f"Chosen: {found.selection}.")
    if found.rejected:
        lines.append(f"{found.rejected} rejected by an analyst and not shown.")
    return lines


def _sheet(found: Moments, ax: Axes | None, groups: Sequence[str]) -> Sheet:
    styles = group_styles([one.group for one in found.moments], groups)
    events = [
        LaneRow(
            _label(one),
            one.first,
            one.last,
            styles[one.group],
            f"“{one.text}”",
            _note(one),
            one.other,
            one.announced,
            id=one.id,
        )
        for one in found.moments
    ]
    dated = sorted((day, article) for article, day in found.reports.items() if day)
    reports = [LaneRow(day_text(day), day, day, REPORT, article, "") for day, article in dated]
    lanes = [("Event lane: when it is said to have happened", events), ("Report lane: when it was reported", reports)]
    lanes = [(title, rows) for title, rows in lanes if rows]
    labels = label_room([row for _, rows in lanes for row in rows], most_label(ax))
    width = width_of(ax, labels)
    limits = calendar_limits([row for _, rows in lanes for row in rows])
    panels = []
    for title, rows in lanes:
        measured = [measured_row(row, limits, width, labels) for row in rows]
        height = sum(row.height for row in measured)
        last = rows is lanes[-1][1]
        draw = partial(draw_lane, rows=measured, limits=limits, width=width, numbers=last)
        head = panel_head(title, "", width + labels)
        panels.append(Panel(draw, height, head, AXIS_ROOM - 14 if last else 2 * GAP, lift=3))
    if not panels:
        panels = [Panel(lambda ax: ax.set_axis_off(), 1.0)]
    facts = [words.reported_in(list(found.reports))]
    foot = [Line(text) for text in [*_legend(found, shapes=bool(groups)), *_below(found)]]
    return Sheet(head_lines(_title(found), _status(found), facts), panels, foot, labels)


def _legend(found: Moments, *, shapes: bool) -> list[str]:
    marks = ["● a day"] if any(one.first == one.last for one in found.moments) else []
    if any(one.first != one.last for one in found.moments):
        marks.append("▬ a longer time: on which day of it is not known")
    if any(one.other or one.announced for one in found.moments):
        marks.append("○ another reading of the words, or announced for later")
    marks += ["◆ report"] if any(found.reports.values()) else []
    lines = [words.unbroken("Marks:", *marks)] if marks else []
    if shapes or len({one.group for one in found.moments}) > 1:
        lines.append("One shape and colour per source group. Two mentions may be one event.")
    return lines
