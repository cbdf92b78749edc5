"""The chart of quantities: the artists and the words of a figure, not its pixels."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from charted import (
    AT_MOST,
    DOZENS,
    LOST,
    MANY_NAMES,
    MORE_THAN_250,
    RANGE,
    TANKS,
    all_text,
    arrows,
    assert_readable,
    figure_row,
    marks,
    table,
    texts,
)
from examples import analysis, empty_analysis
from matplotlib.figure import Figure
from matplotlib.text import Text

from kit.charts import alt_text, as_image, plot_by_source, plot_quantities, plot_quantity_panels
from kit.charts.captions import MARKS
from kit.charts.scale import scale_text
from kit.lexicon import load_lexicon
from kit.policies import apply_policy
from kit.records import BOUND_WORDS
from kit.tables import quantities_table


def test_more_than_250_is_an_arrow_from_250_and_no_bar() -> None:
    ax = plot_quantities(table(MORE_THAN_250))
    (arrow,) = arrows(ax)
    assert arrow.get_gid() == "arrow gt"
    assert arrow.xy[0] == 250 and arrow.xyann[0] > 0
    assert not ax.patches and not ax.containers
    (mark,) = ax.lines
    assert list(mark.get_xdata()) == [250] and mark.get_linestyle() == "None"
    assert mark.get_markerfacecolor() == "white"
    assert "more than 250 personnel" in texts(ax)
    assert ax.get_xlim()[0] == 0 and ax.get_xlim()[1] > 250
    assert ax.get_xscale() == "linear"


@pytest.mark.parametrize(
    ("bound", "hollow", "direction"),
    [("gt", True, 1), ("ge", False, 1), ("lt", True, -1), ("le", False, -1), ("exact", False, 0), ("approx", True, 0)],
)
def test_each_bound_has_its_mark(bound: str, hollow: bool, direction: int) -> None:
    ax = plot_quantities(table(figure_row("100 soldiers", 100, bound)))
    (mark,) = marks(ax, bound)
    assert list(mark.get_xdata()) == [100]
    assert (mark.get_markerfacecolor() == "white") is hollow
    assert [arrow.xyann[0] > 0 for arrow in arrows(ax)] == ([direction > 0] if direction else [])


@pytest.mark.parametrize(
    ("bound", "said"), [("gt", "more than"), ("ge", "at least"), ("lt", "less than"), ("le", "up to")]
)
def test_a_bound_that_the_words_hide_is_printed(bound: str, said: str) -> None:
    ax = plot_quantities(table(figure_row("a hundred soldiers", 100, bound)))
    assert f"a hundred soldiers ({said} 100)" in texts(ax)
    assert said in alt_text(table(figure_row("a hundred soldiers", 100, bound)))


@pytest.mark.parametrize(
    "text", ["250 people", "the 250 people", "their 250 people", "US$250", "($250)", "a 250-strong"]
)
def test_words_without_a_bound_get_theirs_printed(text: str) -> None:
    data = table(figure_row(text, 250, "gt"))
    assert f"{text} (more than 250)" in texts(plot_quantities(data)) and "more than 250" in alt_text(data)


@pytest.mark.parametrize(
    ("bound", "cue"), [(bound, cue) for bound, cues in load_lexicon("numbers")["bounds"].items() for cue in cues]
)
def test_each_word_that_figures_are_read_with_tells_the_bound_and_it_is_not_printed_twice(bound: str, cue: str) -> None:
    assert f"{cue} 1,250 people" in texts(plot_quantities(table(figure_row(f"{cue} 1,250 people", 1250, bound))))


def test_the_legend_explains_every_mark_in_the_words_of_the_tables() -> None:
    assert set(MARKS) == set(BOUND_WORDS) - {"vague"}
    found = all_text(plot_quantities(table(TANKS, AT_MOST, RANGE)))
    assert "Marks: ● as stated · ←● up to · ●—● from … to" in found


def test_several_units_are_named_on_their_rows_and_one_unit_above_them() -> None:
    assert "Unit: people" in all_text(plot_quantity_panels(table(MORE_THAN_250)))
    assert "Unit:" not in all_text(plot_quantity_panels(table(MORE_THAN_250, TANKS)))


def test_a_number_in_words_is_printed_in_digits_too() -> None:
    found = texts(plot_quantities(table(figure_row("half a million", 500000), figure_row("250,000 people", 250000))))
    assert "half a million (500,000)" in found and "250,000 people" in found


def test_a_range_is_two_ends_and_a_line() -> None:
    ax = plot_quantities(table(RANGE))
    assert [list(line.get_xdata()) for line in marks(ax, "range")] == [[30, 60], [30, 60]]
    assert not arrows(ax)


def test_words_without_a_number_stay_words() -> None:
    for ax in (
        plot_quantities(table(DOZENS), policy=None),
        plot_quantities(table(figure_row("several", bound="vague"))),
    ):
        assert not ax.lines and not arrows(ax) and not ax.patches
        assert any("no number given" in text for text in texts(ax))


def test_a_vague_figure_gets_no_mark_even_where_a_number_is_given() -> None:
    assert not plot_quantities(table(figure_row("dozens", 24, "vague", low=24)), policy=None).lines


def test_a_number_that_the_policy_reads_has_a_mark_of_its_own_and_the_policy_is_named() -> None:
    ax = plot_quantities(table(DOZENS, TANKS | {"unit": "person"}))
    (mark,), (dot,) = marks(ax, "ge"), marks(ax, "reading")
    assert list(mark.get_xdata()) == list(dot.get_xdata()) == [24]
    assert mark.get_markerfacecolor() == "white" and [arrow.get_gid() for arrow in arrows(ax)] == ["arrow ge"]
    found = all_text(ax)
    assert "dozens (read as at least 24)" in found and "◉ number put there by the policy below" in found
    assert "Vague numbers: literal reading; dozens (read as at least 24)." in found
    assert "Vague numbers: literal reading" in alt_text(table(DOZENS)) and "at least 24" in alt_text(table(DOZENS))


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (None, "Vague numbers: left in words, no policy applied."),
        ("literal", "Vague numbers: literal reading; it changes no figure here."),
        ("ACLED", "Vague numbers: ACLED's convention; more than 250 personnel (read as 250)."),
    ],
)
def test_the_active_policy_is_printed_by_name_whatever_it_changes(policy: str | None, said: str) -> None:
    data = table(MORE_THAN_250)
    assert said in texts(plot_quantities(data, policy=policy)) and said in alt_text(data, policy=policy)


def test_a_table_under_a_policy_keeps_it() -> None:
    data = apply_policy(table(DOZENS), "ACLED")
    assert "dozens (read as 12)" in texts(plot_quantities(data, policy="literal"))
    assert "Vague numbers: ACLED's convention" in alt_text(data)


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="no policy named 'guess'"):
        plot_quantities(table(DOZENS), policy="guess")


def test_the_chart_prints_its_caveats_itself() -> None:
    ax = plot_quantities(table(MORE_THAN_250))
    assert ax.get_title() == "Colonel Ana Reyes (freedonia) says: losses of Sylvania's army"
    found = all_text(ax)
    for words in (
        "not independently confirmed (0 of 1 source groups)", "Unit: people", "Place: Lakeview",
        "Event date: 2026-03-01 (inherited)", "The Lakeview Post, “A river battle”, 2026-03-02", LOST,
        "Marks: ○→ more than", "axis from zero", "not added up",
    ):  # fmt: skip
        assert words in found
    assert "killed" not in found.replace(LOST, "")


def test_what_is_not_known_is_said_and_never_filled_in() -> None:
    row = {"text": "3 people", "value": 3, "bound": "exact", "reporter": "Colonel Ana Reyes"}
    found = all_text(plot_quantities(table(row)))
    for words in (
        "Colonel Ana Reyes says: figures",
        "Place: not stated",
        "Event date: not stated",
        "Affected: not stated",
    ):
        assert words in found
    assert "outlet not known, report date not given" in found


def test_several_reporters_have_headings_shapes_and_colours_of_their_own() -> None:
    ax = plot_quantities(table(MORE_THAN_250, AT_MOST, figure_row("16 officers", 16, category="officers")))
    found = texts(ax)
    assert "Colonel Ana Reyes" in found and "Sylvania's ministry" in found
    assert "0 of 2 source groups" in all_text(ax)
    assert ax.get_title().startswith("Colonel Ana Reyes and Sylvania's ministry say: ")
    styles = {line.get_gid(): (line.get_marker(), line.get_color()) for line in ax.lines}
    assert styles["gt"] == styles["exact"]
    assert styles["gt"][0] != styles["le"][0] and styles["gt"][1] != styles["le"][1]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["personnel", "officers", "personnel"]


def test_sources_of_one_group_count_once_and_share_a_mark() -> None:
    ax = plot_quantities(table(MORE_THAN_250, AT_MOST | {"group": "freedonia"}))
    assert "0 of 1 source groups" in all_text(ax)
    assert len({(line.get_marker(), line.get_color()) for line in ax.lines}) == 1


def test_what_differs_between_rows_stands_on_the_rows_and_what_differs_between_panels_above_them() -> None:
    killed = figure_row("9 killed", 9, date="2026-02-28", date_inherited=False, status="killed")
    figure = plot_quantity_panels(table(MORE_THAN_250, killed, AT_MOST | {"date": None, "affected": None}))
    found = texts(figure)
    assert "killed, 2026-02-28" in found and f"{LOST}, 2026-03-01 (inherited)" in found
    assert "Affected: Sylvania's army" in found and "Affected: not stated · Event date: not stated" in found
    assert "Place: Lakeview · Event date: see below" in all_text(figure)


def test_each_affected_party_has_a_panel_and_all_panels_of_a_kind_one_scale() -> None:
    others = figure_row("9,000 soldiers", 9000, affected="Freedonia's army")
    figure = plot_quantity_panels(table(MORE_THAN_250, others, TANKS))
    assert [name for name in texts(figure) if name.startswith("Affected")] == [
        "Affected: Sylvania's army",
        "Affected: Freedonia's army",
        "Affected: Sylvania's army",
    ]
    people, theirs, things = (ax.get_xlim() for ax in figure.axes)
    assert people == theirs and people[1] > 9000 > things[1]


def test_many_affected_parties_are_named_on_the_rows() -> None:
    rows = [figure_row(f"{n} people", n, affected=f"party {n}") for n in range(9)]
    figure = plot_quantity_panels(table(*rows))
    assert len(figure.axes) == 1 and "of party 7" in texts(figure)


def test_a_title_does_not_call_other_figures_losses() -> None:
    ax = plot_quantities(
        table(MORE_THAN_250, figure_row("five sectors", 5, measure=None, affected=None, unit="sector"))
    )
    assert ax.get_title() == "Colonel Ana Reyes (freedonia) says: losses of Sylvania's army and other figures"


def test_rejected_figures_are_not_drawn_and_the_chart_says_so() -> None:
    data = table(
        MORE_THAN_250 | {"decision": "accept"}, RANGE | {"decision": "reject"}, TANKS | {"decision": "undecided"}
    )
    ax = plot_quantities(data)
    assert "Checked by an analyst: 1 of 2 figures; 1 rejected and not shown." in texts(ax)
    assert "between 30 and 60" not in all_text(ax) and "between 30 and 60" not in alt_text(data)


def test_people_things_percentages_and_money_never_share_an_axis() -> None:
    data = table(MORE_THAN_250, TANKS, figure_row("$5", 5, unit="dollar"), figure_row("3 %", 3, unit="percent"))
    figure = plot_quantities(data).figure
    assert len(figure.axes) == 4
    found = texts(figure)
    assert [name for name in found if name.split(":")[0] in ("People", "Things", "Percent", "Dollars")] == [
        f"People: {LOST}", "Things: lost (not specified whether destroyed, damaged or captured)", "Percent", "Dollars",
    ]  # fmt: skip
    assert all_text(figure).count("not independently confirmed") == 1
    assert all(ax.get_xlim()[0] == 0 for ax in figure.axes)


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"unit": "worker", "category": "people", "measure": None, "status": None}, "People"),
        ({"unit": "family", "category": "families", "measure": None, "status": None}, "Things"),
        ({"unit": "kilometre per hour", "measure": None, "status": None}, "Unit: kilometre per hour"),
        ({"unit": "percent", "measure": "change", "status": None, "direction": "up"}, "Change, percent"),
        ({"unit": "foot", "measure": None, "status": None}, "Feet"),
        ({"unit": "dollar per barrel", "measure": "price", "status": None}, "Unit: dollar per barrel"),
        ({"measure": "strength", "status": None}, "People"),
        ({"status": "denied", "measure": None}, "People: denied"),
        ({"status": "hypothetical"}, "People: hypothetical, not said to have happened"),
    ],
)
def test_each_measure_and_unit_finds_its_panel(fields: dict[str, Any], heading: str) -> None:
    assert heading in texts(plot_quantities(table(figure_row("40", 40, **fields))))


def test_a_change_says_its_direction() -> None:
    row = figure_row("4 percent", 4, unit="percent", measure="change", status=None, direction="down")
    assert "4 percent, a decrease" in texts(plot_quantities(table(row)))


def test_what_counts_nothing_is_left_out_and_the_chart_says_so() -> None:
    ages = [figure_row(f"{n} years old", n, measure="age", unit="year", status=None) for n in (7, 71)]
    data = table(MORE_THAN_250, *ages)
    ax = plot_quantities(data)
    assert "Not shown, since they count nothing: 2 ages." in texts(ax) and "2 ages" in alt_text(data)
    assert "years old" not in all_text(ax.figure)
    assert "71 years old" in texts(plot_quantities(data, every=True).figure)
    assert texts(plot_quantities(table(*ages))) == ["no figures to chart; not shown, since they count nothing: 2 ages"]


def test_a_logarithmic_axis_starts_at_zero_and_is_labelled_as_such() -> None:
    data = table(figure_row("none", 0), figure_row("one", 1), figure_row("a billion people", 1e9))
    ax = plot_quantities(data, log=True)
    assert ax.get_xscale() == "symlog" and ax.get_xlim()[0] == 0
    assert "people, logarithmic axis: equal distances multiply the number" in texts(ax)
    assert [label.get_text() for label in ax.get_xticklabels()][:2] == ["0", "1"]
    assert_readable(ax)


VEHICLES = (
    TANKS,
    figure_row("three vehicles", 3, unit="vehicle", category="infantry fighting vehicles"),
    figure_row("21 vehicles", 21, unit="vehicle", category="armoured vehicles"),
)
NAMES = "tanks, infantry fighting vehicles and armoured vehicles (Colonel Ana Reyes)"


def test_a_total_is_printed_only_where_it_is_asked_for_and_with_its_assumption() -> None:
    total = f"Total of {NAMES}: 40 if disjoint, otherwise 21 to 40."
    assert "Total" not in all_text(plot_quantities(table(*VEHICLES))) + alt_text(table(*VEHICLES))
    assert total in texts(plot_quantities(table(*VEHICLES), total=True))
    assert total in alt_text(table(*VEHICLES), total=True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("over 9 guns", 9, "gt"), "more than 49 if disjoint, otherwise at least 21"),
        (("over 50 guns", 50, "gt"), "more than 90 if disjoint, otherwise more than 50"),
        (("up to 5 guns", 5, "le"), "40 to 45 if disjoint, otherwise 21 to 45"),
        (("about 5 guns", 5, "approx"), "about 45 if disjoint, otherwise about 21 to 45"),
        (("several guns", None, "vague"), "1 more in words only, not included"),
    ],
)
def test_a_total_keeps_bounds_and_says_what_it_leaves_out(more: tuple[Any, ...], said: str) -> None:
    guns = figure_row(*more, unit="gun", category="guns")
    (line,) = [text for text in texts(plot_quantities(table(*VEHICLES, guns), total=True)) if "otal of" in text]
    assert said in line


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (figure_row("17 tanks", 17, unit="tank", category="tanks"), "tanks are given more than once"),
        (figure_row("5 guns", 5, unit="gun", category="guns", status="destroyed"), "40 if disjoint"),
        (figure_row("5 guns", 5, unit="gun", category="guns", reporter="A ministry"), "40 if disjoint"),
        (MORE_THAN_250, "40 if disjoint, otherwise 21 to 40"),
        (TANKS, "40 if disjoint, otherwise 21 to 40"),
    ],
)
def test_a_total_never_mixes_what_is_not_of_one_kind(more: dict[str, Any], said: str) -> None:
    (line,) = [text for text in texts(plot_quantities(table(*VEHICLES, more), total=True).figure) if "otal of" in text]
    assert said in line


def test_a_table_of_the_kit_is_drawn_as_it_is() -> None:
    data = quantities_table(analysis())
    figure = plot_quantity_panels(data)
    assert_readable(figure)
    found = all_text(figure)
    assert "0 of 3 source groups" in found and "dozens (read as at least 24)" in found
    assert "more than 250 personnel" in alt_text(data) and "Defence Ministry of Sylvania" in alt_text(data)


AWKWARD: dict[str, Sequence[dict[str, Any]]] = {
    "one": [MORE_THAN_250],
    "one to a billion": [figure_row("one", 1), figure_row("a billion people", 1e9), figure_row("up to 5", 5, "le")],
    "long names": [
        figure_row("16 tanks", 16, reporter=MANY_NAMES, category=MANY_NAMES, affected=MANY_NAMES, place=MANY_NAMES),
        figure_row(f"at least 3 members of {MANY_NAMES}", 3, "ge", reporter="A" * 80, group="a", title=MANY_NAMES * 2),
    ],
    "dollars": [
        figure_row("$x^2$ of $y", 2, reporter="The $Bank$", group="$", category="$a_b$", title="$t$", unit="$")
    ],
    "right to left": [
        figure_row("ثلاثة جنود", 3, reporter="المتحدث باسم وزارة الدفاع", group="a", affected="الجيش"),
        figure_row("16", 16, reporter="משרד הביטחון", group="b"),
    ],
    "dates missing": [
        MORE_THAN_250 | {"date": None, "date_inherited": None, "published": None},
        TANKS | {"date": pd.NA},
    ],
    "all vague": [DOZENS, figure_row("several", None, "vague", unit="tank")],
    "percentages beside counts": [MORE_THAN_250, figure_row("30 %", 30, unit="percent", measure="share"), TANKS],
    "numbers missing": [figure_row("some", None), figure_row("much", float("inf")), figure_row("3", 3, "perhaps")],
    "below zero": [figure_row("-5 degrees", -5, unit="degree"), figure_row("3 degrees", 3, "lt", unit="degree")],
    "zero": [figure_row("no soldiers", 0), figure_row("0", 0, "le")],
    "control characters": [figure_row("1\x00 \u202etank\n\nlost", 1, reporter="A\tB\u2066")],
    "every bound": [MORE_THAN_250, AT_MOST, RANGE, DOZENS, TANKS, figure_row("about 40", 40, "approx")],
}


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("plot", [plot_quantities, plot_by_source])
def test_awkward_data_is_drawn_without_clipping_or_overlap(name: str, plot: Any, log: bool) -> None:
    data = table(*AWKWARD[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = plot(data, log=log)
        assert as_image(chart, alt=alt_text(data)).png.startswith(b"\x89PNG")
    assert_readable(chart)


def test_dollar_signs_are_never_mathematics() -> None:
    ax = plot_quantities(table(*AWKWARD["dollars"]))
    assert "$x^2$ of $y" in texts(ax)
    drawn = [text for text in ax.figure.findobj(Text) if "$" in text.get_text()]  # type: ignore[union-attr]
    assert len(drawn) >= 4 and not any(text.get_parse_math() for text in drawn)


def test_zero_is_on_the_axis_below_zero_too() -> None:
    ax = plot_quantities(table(*AWKWARD["below zero"]))
    left, right = ax.get_xlim()
    assert left < -5 and right > 3


def test_two_hundred_rows_make_a_tall_page_on_which_nothing_overlaps() -> None:
    rows = [
        figure_row(f"{n} people", n, reporter=f"Source {n % 9}", group=f"{n % 9}", category=f"c{n}") for n in range(200)
    ]
    ax = plot_quantities(table(*rows))
    assert len(ax.get_yticks()) == len(ax.lines) == 200
    assert len({(line.get_marker(), line.get_color()) for line in ax.lines}) == 9
    assert_readable(ax)


@pytest.mark.parametrize("data", [quantities_table(empty_analysis()), table(MORE_THAN_250 | {"decision": "reject"})])
def test_no_figures_give_an_empty_chart_that_says_so(data: pd.DataFrame) -> None:
    assert texts(plot_quantities(data)) == texts(plot_quantity_panels(data)) == ["no figures to chart"]
    assert alt_text(data) == "No figures to chart."


@pytest.mark.parametrize("column", ["text", "value", "bound", "reporter"])
def test_a_table_without_bound_or_reporter_is_refused(column: str) -> None:
    with pytest.raises(ValueError, match=f"lacks {column}"):
        plot_quantities(table(MORE_THAN_250).drop(columns=column))


def test_axes_of_the_caller_are_used_and_pyplot_is_left_alone() -> None:
    before = plt.get_fignums()
    figure = Figure(figsize=(10, 5), layout="constrained")
    ax = figure.subplots()
    assert plot_quantities(table(MORE_THAN_250, figure_row("9 people", 9)), ax=ax) is ax
    plot_quantity_panels(table(MORE_THAN_250))
    plot_quantities(table(MORE_THAN_250))
    assert plt.get_fignums() == before and figure.axes == [ax]
    assert_readable(ax)


def test_several_panels_stand_inside_the_axes_of_the_caller() -> None:
    figure = Figure(figsize=(10, 8), layout="constrained")
    ax = figure.subplots()
    assert plot_quantities(table(MORE_THAN_250, TANKS), ax=ax) is ax
    assert figure.axes == [ax] and [len(marks(inner, "gt")) for inner in ax.child_axes] == [1, 0]
    assert ax.get_title().startswith("Colonel Ana Reyes") and "16 tanks" in texts(ax)
    assert_readable(ax)


def test_alt_text_has_every_number_bound_and_reporter() -> None:
    found = alt_text(table(MORE_THAN_250, AT_MOST, RANGE, DOZENS, TANKS), policy=None)
    numbers = ["more than 250", "at most 100", "between 30 and 60", "“dozens”: no number given", "16 tanks"]
    names = ["Colonel Ana Reyes", "Sylvania's ministry", "The Lakeview Post", "2026-03-01 (inherited)", LOST]
    for words in (*numbers, *names, "not independently confirmed (0 of 2 source groups)"):
        assert words in found
    assert "\n" not in found


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (2.5, "2.5"), (250000, "250,000"), (1.5e6, "1.5 million"), (-2e9, "-2 billion")]
)
def test_numbers_on_the_axis_are_words_where_they_are_long(value: float, text: str) -> None:
    assert scale_text(value) == text
