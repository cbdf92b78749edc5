"""Who says what on the same thing, and a claim beside a confirmed floor."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd
import pytest
from charted import (
    AT_MOST,
    DOZENS,
    MANY_NAMES,
    MORE_THAN_250,
    TANKS,
    all_text,
    arrows,
    assert_readable,
    figure_row,
    marks,
    table,
    texts,
)
from examples import analysis
from matplotlib.figure import Figure

from kit.charts import alt_text_by_source, alt_text_claimed_confirmed, plot_by_source, plot_claimed_confirmed
from kit.tables import quantities_table

MINISTRY = figure_row("about 300 soldiers", 300, "approx", reporter="Freedonia's defence ministry")
COMPARED = table(MORE_THAN_250, MINISTRY, AT_MOST, TANKS)


def floor(category: str, value: Any, **fields: Any) -> dict[str, Any]:
    return {"category": category, "value": value, "source": "photographs", "date": "2026-03-09"} | fields


def test_each_source_group_has_a_panel_and_all_one_scale() -> None:
    figure = plot_by_source(COMPARED).figure
    assert len(figure.axes) == 2 and len({ax.get_xlim() for ax in figure.axes}) == 1
    assert [ax.get_xlim()[0] for ax in figure.axes] == [0, 0]
    numbered = [[label.get_text() for label in ax.get_xticklabels() if label.get_text()] for ax in figure.axes]
    assert not numbered[0] and numbered[1][0] == "0"
    ours, theirs = figure.axes
    assert len({(line.get_marker(), line.get_color()) for line in ours.lines}) == 1
    assert {line.get_marker() for line in ours.lines} != {line.get_marker() for line in theirs.lines}


def test_reporters_of_one_group_count_once_and_it_is_said() -> None:
    ax = plot_by_source(COMPARED)
    found = texts(ax)
    assert "Freedonia: 2 reporters, one source group" in found and "0 of 2 source groups" in all_text(ax)
    assert "Not shown, with the number of source groups: tanks (1)." in found
    who = "Colonel Ana Reyes, Freedonia's defence ministry and Sylvania's ministry say"
    assert f"{who}: personnel (losses of Sylvania's army)" in found
    assert len(arrows(ax.figure.axes[0])) == 1 and not ax.patches  # type: ignore[union-attr]


def test_the_thing_to_compare_can_be_chosen() -> None:
    ax = plot_by_source(COMPARED, "Tanks")
    assert "16 tanks" in texts(ax) and "more than 250" not in all_text(ax)
    assert "tanks" in alt_text_by_source(COMPARED, "tanks")
    with pytest.raises(ValueError, match="no figure is about 'ships': the table has personnel; tanks"):
        plot_by_source(COMPARED, "ships")


def test_alt_text_by_source_has_each_group_with_its_bounds() -> None:
    found = alt_text_by_source(COMPARED)
    for words in ("more than 250", "about 300", "at most 100", "Freedonia: 2 reporters, one source group", "0 of 2"):
        assert words in found
    assert alt_text_by_source(table(TANKS | {"decision": "reject"})) == "No figures to compare by source."


def test_by_source_draws_a_table_of_the_kit_and_stands_inside_given_axes() -> None:
    figure = Figure(figsize=(10, 6), layout="constrained")
    ax = figure.subplots()
    assert plot_by_source(quantities_table(analysis()), ax=ax) is ax
    assert len(ax.child_axes) == 3 and "0 of 3 source groups" in all_text(ax)
    assert_readable(ax)


def test_a_floor_is_a_mark_of_its_own_with_an_arrow_and_its_source() -> None:
    data = table(MORE_THAN_250, TANKS)
    figure = plot_claimed_confirmed(data, pd.DataFrame([floor("Personnel", 31)])).figure
    people, things = figure.axes
    (mark,) = marks(people, "floor")
    assert list(mark.get_xdata()) == [31] and mark.get_marker() == "|"
    assert [arrow.get_gid() for arrow in arrows(people)] == ["arrow gt", "arrow floor"]
    assert not people.patches and not marks(things, "floor")
    found = texts(figure)
    assert "at least 31 confirmed by photographs, as of 2026-03-09" in found
    assert "no confirmed floor entered" in found and "more than 250 personnel" in found
    assert "Colonel Ana Reyes (freedonia) says: losses of Sylvania's army; and what is confirmed" in found
    assert "Claimed by 1 source group; confirmed floor, entered by the analyst: photographs, as of 2026-03-09" in found
    assert "┃→ confirmed, at least" in all_text(figure) and "the true number may be higher" in all_text(figure)


def test_nothing_is_subtracted_and_no_share_is_computed() -> None:
    found = all_text(plot_claimed_confirmed(table(TANKS), pd.DataFrame([floor("tanks", 4)])))
    assert "12" not in found and "25" not in found and "%" not in found


def test_a_floor_without_a_claim_is_shown_and_its_list_is_named() -> None:
    confirmed = pd.DataFrame([floor("trucks", 2, list="a list of vehicles")])
    ax = plot_claimed_confirmed(table(MORE_THAN_250), confirmed)
    assert "not claimed here" in texts(ax) and "(list: a list of vehicles)" in all_text(ax)
    assert "they may not cover the same things" in all_text(ax)
    alone = plot_claimed_confirmed(table(TANKS | {"decision": "reject"}), confirmed)
    assert alone.get_title() == "What is confirmed; nothing is claimed here"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"source": None}, "needs source"),
        ({"date": ""}, "needs date"),
        ({"value": None}, "a number from 0 on"),
        ({"value": -1}, "a number from 0 on"),
        ({"value": "many"}, "a number from 0 on"),
    ],
)
def test_a_floor_without_number_source_or_date_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        plot_claimed_confirmed(table(TANKS), pd.DataFrame([floor("tanks", 4) | wrong]))
    with pytest.raises(ValueError, match="lack source"):
        plot_claimed_confirmed(table(TANKS), pd.DataFrame([floor("tanks", 4)]).drop(columns="source"))


def test_alt_text_of_claimed_and_confirmed_has_both_numbers() -> None:
    found = alt_text_claimed_confirmed(table(MORE_THAN_250), pd.DataFrame([floor("personnel", 31)]))
    for words in ("more than 250 personnel", "at least 31 confirmed by photographs", "Colonel Ana Reyes", "literal"):
        assert words in found


@pytest.mark.parametrize("log", [False, True])
def test_awkward_claims_and_floors_are_drawn_without_clipping_or_overlap(log: bool) -> None:
    name = "الجيش"
    data = table(
        *(MORE_THAN_250, DOZENS, figure_row("a billion", 1e9), figure_row("none", 0, category="ships", unit="ship")),
        figure_row("9", 9, category=MANY_NAMES, unit="x", reporter=MANY_NAMES),
        figure_row("30 %", 30, unit="percent", measure="share", category="shares", status=None),
        figure_row("3", 3, category=name, reporter=name),
    )
    floors = [floor(MANY_NAMES, 0, source=MANY_NAMES, list=MANY_NAMES), floor("ships", 1e9), floor(name, 2)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = plot_claimed_confirmed(data, pd.DataFrame(floors), log=log)
        assert_readable(chart)


def test_nothing_claimed_and_nothing_confirmed_is_said() -> None:
    nothing = pd.DataFrame(columns=["category", "value", "source", "date"])
    empty = table(TANKS | {"decision": "reject"})
    assert texts(plot_claimed_confirmed(empty, nothing)) == ["no claim and no confirmed floor to chart"]
    assert alt_text_claimed_confirmed(empty, nothing) == "No claim and no confirmed floor to chart."
    assert "no confirmed floor entered" in texts(plot_claimed_confirmed(table(TANKS), nothing))
