"""Charts: the artists and the words of a figure, not its pixels."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from examples import analysis, empty_analysis
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from kit.charts import ChartImage, alt_text, as_image, plot_quantities, plot_quantity_panels
from kit.charts.marks import scale_text
from kit.charts.words import MARKS
from kit.lexicon import load_lexicon
from kit.records import BOUND_WORDS
from kit.tables import quantities_table

LOST = "lost (not specified whether killed, wounded or captured)"
MANY_NAMES = "The Extraordinary Joint Commission of Inquiry for the Northern Provinces of Freedonia"


def figure_row(text: str, value: float | None = None, bound: str = "exact", **fields: Any) -> dict[str, Any]:
    row = {"text": text, "value": value, "low": None, "high": None, "bound": bound, "unit": "person"}
    row |= {"category": "personnel", "measure": "losses", "status": "unspecified", "reporter": "Colonel Ana Reyes"}
    row |= {"group": "freedonia", "affected": "Sylvania's army", "place": "Lakeview", "date": "2026-03-01"}
    row |= {"date_inherited": True, "published": "2026-03-02", "outlet": "The Lakeview Post", "title": "A river battle"}
    return row | fields


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


MORE_THAN_250 = figure_row("more than 250 personnel", 250, "gt", low=250)
TANKS = figure_row("16 tanks", 16, unit="tank", category="tanks")
AT_MOST = figure_row("at most 100 soldiers", 100, "le", reporter="Sylvania's ministry", group="sylvania")
RANGE = figure_row("between 30 and 60 people", None, "range", low=30, high=60)
DOZENS = figure_row("dozens", None, "vague")


def texts(chart: Figure | Axes) -> list[str]:
    """Every visible text without line breaks and direction marks."""
    figure = chart if isinstance(chart, Figure) else chart.figure
    found = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]  # type: ignore[union-attr]
    clean = [" ".join(text.replace("\u200e", "").replace("\u00a0", " ").split()) for text in found]
    return [text for text in clean if text]


def all_text(chart: Figure | Axes) -> str:
    return "\n".join(texts(chart))


def marks(ax: Axes, bound: str) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == bound]


def arrows(ax: Axes) -> list[Annotation]:
    return [child for child in ax.get_children() if isinstance(child, Annotation) and child.arrow_patch is not None]


def words_boxes(figure: Figure) -> list[tuple[str, Any]]:
    """Where text stands on the page, as drawn."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), Text.get_window_extent(text, canvas.get_renderer())) for text in found]


def assert_readable(chart: Figure | Axes) -> None:
    """No text is clipped by the page, and no two texts overlap."""
    figure = chart if isinstance(chart, Figure) else chart.figure
    boxes, page = words_boxes(figure), figure.bbox  # type: ignore[arg-type, union-attr]
    for text, box in boxes:
        inside = box.x0 >= -1 and box.x1 <= page.x1 + 1 and box.y0 >= -1 and box.y1 <= page.y1 + 1
        assert inside, f"clipped: {text!r}"
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1 or high <= 2, f"{one!r} and {other!r} overlap by {wide:.0f} x {high:.0f} pixels"


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
    ax = plot_quantities(table(DOZENS))
    assert not ax.lines and not arrows(ax) and not ax.patches
    assert "“dozens”: no number given" in texts(ax)


def test_a_vague_figure_gets_no_mark_even_where_a_number_is_given() -> None:
    assert not plot_quantities(table(figure_row("dozens", 24, "vague", low=24))).lines


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
    ax = plot_quantities(table(MORE_THAN_250, AT_MOST, TANKS))
    found = texts(ax)
    assert "Colonel Ana Reyes" in found and "Sylvania's ministry" in found
    assert "0 of 2 source groups" in all_text(ax)
    assert ax.get_title().startswith("Colonel Ana Reyes and Sylvania's ministry say: ")
    styles = {line.get_gid(): (line.get_marker(), line.get_color()) for line in ax.lines}
    assert styles["gt"] == styles["exact"]
    assert styles["gt"][0] != styles["le"][0] and styles["gt"][1] != styles["le"][1]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["personnel", "tanks", "personnel"]


def test_sources_of_one_group_count_once_and_share_a_mark() -> None:
    ax = plot_quantities(table(MORE_THAN_250, AT_MOST | {"group": "freedonia"}))
    assert "0 of 1 source groups" in all_text(ax)
    assert len({(line.get_marker(), line.get_color()) for line in ax.lines}) == 1


def test_what_differs_between_rows_stands_on_the_rows() -> None:
    ax = plot_quantities(table(MORE_THAN_250, AT_MOST | {"date": None, "affected": None, "status": "killed"}))
    found = texts(ax)
    assert "killed, affected not stated, date not stated" in found
    assert any(LOST in text and "of Sylvania's army, 2026-03-01 (inherited)" in text for text in found)
    assert any(text.endswith("losses of Sylvania's army and of parties not stated") for text in found)


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
    assert "Checked by an analyst: 1 of 2 figures shown; 1 rejected and not shown." in texts(ax)
    assert "between 30 and 60" not in all_text(ax) and "between 30 and 60" not in alt_text(data)


def test_people_and_things_on_one_axis_get_a_warning_and_on_panels_none() -> None:
    data = table(MORE_THAN_250, TANKS, figure_row("$5", 5, unit="dollar"), figure_row("3 %", 3, unit="percent"))
    assert "One axis for people, things, dollar, percent: compare like with like only." in texts(plot_quantities(data))
    figure = plot_quantity_panels(data)
    assert len(figure.axes) == 4
    found = texts(figure)
    assert [name for name in found if name.split(":")[0] in ("People", "Things", "Percent", "Dollars")] == [
        f"People: {LOST}", "Things: lost (not specified whether destroyed, damaged or captured)", "Percent", "Dollars",
    ]  # fmt: skip
    assert "compare like with like" not in all_text(figure)
    assert all_text(figure).count("not independently confirmed") == 1
    assert all(ax.get_xlim()[0] == 0 for ax in figure.axes)


def test_a_table_of_the_kit_is_drawn_as_it_is() -> None:
    data = quantities_table(analysis())
    figure = plot_quantity_panels(data)
    assert_readable(figure)
    found = all_text(figure)
    assert "0 of 3 source groups" in found and "“dozens”: no number given" in found
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
    "numbers missing": [figure_row("some", None), figure_row("much", float("inf")), figure_row("3", 3, "perhaps")],
    "below zero": [figure_row("-5 degrees", -5, unit="degree"), figure_row("3 degrees", 3, "lt", unit="degree")],
    "zero": [figure_row("no soldiers", 0), figure_row("0", 0, "le")],
    "control characters": [figure_row("1\x00 \u202etank\n\nlost", 1, reporter="A\tB\u2066")],
    "every bound": [MORE_THAN_250, AT_MOST, RANGE, DOZENS, TANKS, figure_row("about 40", 40, "approx")],
}


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.parametrize("plot", [plot_quantities, plot_quantity_panels])
def test_awkward_data_is_drawn_without_clipping_or_overlap(name: str, plot: Any) -> None:
    data = table(*AWKWARD[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = plot(data)
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
    assert plot_quantities(table(MORE_THAN_250, TANKS), ax=ax) is ax
    plot_quantity_panels(table(MORE_THAN_250))
    plot_quantities(table(MORE_THAN_250))
    assert plt.get_fignums() == before and figure.axes == [ax]
    assert_readable(ax)


def test_alt_text_has_every_number_bound_and_reporter() -> None:
    found = alt_text(table(MORE_THAN_250, AT_MOST, RANGE, DOZENS, TANKS))
    numbers = ["more than 250", "at most 100", "between 30 and 60", "“dozens”: no number given", "16 tanks"]
    names = ["Colonel Ana Reyes", "Sylvania's ministry", "The Lakeview Post", "2026-03-01 (inherited)", LOST]
    for words in (*numbers, *names, "not independently confirmed (0 of 2 source groups)"):
        assert words in found
    assert "\n" not in found


def test_an_image_has_escaped_alt_text_and_the_same_bytes_each_time() -> None:
    data = table(MORE_THAN_250)
    one, two = (as_image(plot_quantities(data), alt='"><script>') for _ in range(2))
    assert isinstance(one, ChartImage) and one == two
    assert b"Software" not in one.png and b"matplotlib" not in one.png
    page = one._repr_html_()
    assert page.startswith("<figure") and 'alt="&quot;&gt;&lt;script&gt;"' in page
    assert 'src="data:image/png;base64,' in page and "<script>" not in page
    with pytest.raises(ValueError, match="alt text"):
        as_image(plot_quantities(data), alt=" ")


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (2.5, "2.5"), (250000, "250,000"), (1.5e6, "1.5 million"), (-2e9, "-2 billion")]
)
def test_numbers_on_the_axis_are_words_where_they_are_long(value: float, text: str) -> None:
    assert scale_text(value) == text
