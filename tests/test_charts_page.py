"""What holds for all charts of one page: one style per source group, a picture for phones, names in any script."""

from __future__ import annotations

import itertools
import warnings
from functools import partial
from typing import Any

import pandas as pd
import pytest
from charted import AT_MOST, MANY_NAMES, MORE_THAN_250, all_text, assert_readable, figure_row, marks, table, texts
from explorer_case import tables as flood_tables
from matplotlib.colors import to_hex
from matplotlib.font_manager import fontManager

from kit.charts import fonts as rooms_fonts
from kit.charts import (
    page_image,
    plot_by_source,
    plot_claimed_confirmed,
    plot_grades,
    plot_quantities,
    plot_source_network,
    plot_timeline,
    source_groups,
)
from kit.charts.fonts import left_to_right
from kit.charts.lines import SHAPES, group_styles
from kit.charts.scale import scale_text
from kit.charts.sheet import for_a_phone
from kit.gallery import MOST_ROWS, figure_charts
from kit.views import draw_view

NAMES = [MANY_NAMES, "وزارة الدفاع", "Somebody"]


def test_a_source_group_looks_the_same_on_every_chart_of_a_page() -> None:
    made = flood_tables()
    groups = source_groups(made["sources"], made["claims"], made["figures"])
    assert groups == ["town", "port", "outlet"]
    port = group_styles(groups)["port"]
    figures = made["figures"]
    alone = plot_quantities(figures[figures["group"] == "port"], groups=groups)
    drawn = [line for ax in alone.figure.axes for bound in ("gt", "ge") for line in marks(ax, bound)]  # type: ignore[union-attr]
    assert {(line.get_marker(), to_hex(line.get_markeredgecolor())) for line in drawn} == {
        (port.shape, port.colour.lower())
    }
    assert "One shape and colour per source group." in all_text(alone)
    network = plot_source_network(made["sources"], groups=groups)
    signs = {text.get_color() for text in network.texts if text.get_text() == SHAPES[port.shape]}
    assert signs == {port.colour}


def test_a_filtered_view_does_not_give_a_group_another_colour() -> None:
    for reporter in ("Ada Quill", "port office"):
        ax = draw_view({"reporter": reporter}, flood_tables()).ax
        shapes = {
            line.get_marker()
            for one in ax.figure.axes  # type: ignore[union-attr]
            for bound in ("gt", "ge", "exact")
            for line in marks(one, bound)
        }
        assert shapes == {{"Ada Quill": "o", "port office": "s"}[reporter]}


def test_fifty_six_groups_look_different_and_neighbours_differ_in_shape() -> None:
    styles = list(group_styles([f"group {n}" for n in range(56)]).values())
    assert len({(one.colour, one.shape) for one in styles}) == 56
    assert all(one.shape != other.shape and one.colour != other.colour for one, other in itertools.pairwise(styles))


def test_the_legend_of_the_grades_shows_each_group_in_its_colour() -> None:
    claims = pd.DataFrame(
        [{"n": n, "source": name, "group": name, "credibility": "3", "article": "a"} for n, name in enumerate(NAMES)]
    )
    ax = plot_grades(claims)
    for name, style in group_styles(NAMES).items():
        signs = [text for text in ax.texts if text.get_text() == SHAPES[style.shape]]
        assert len(signs) == 2 and {text.get_color() for text in signs} == {style.colour}, name
    assert_readable(ax)


CHARTS: dict[str, Any] = {
    "quantities": partial(plot_quantities, log=True),
    "by source": partial(plot_by_source, log=True),
    "confirmed": lambda data: plot_claimed_confirmed(
        data, pd.DataFrame([{"category": "personnel", "value": 7, "source": MANY_NAMES, "date": "2026-03-05"}])
    ),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_for_a_phone_is_narrow_and_its_text_as_large(chart: str) -> None:
    data = table(MORE_THAN_250, AT_MOST, figure_row("1,000,000,000 people", 1e9, reporter=MANY_NAMES, group="x"))
    wide = CHARTS[chart](data)
    with for_a_phone():
        narrow = CHARTS[chart](data)
    assert narrow.figure.get_size_inches()[0] < 0.6 * wide.figure.get_size_inches()[0]
    assert_readable(narrow)
    said = all_text(narrow)
    assert all(one in said for one in ("more than 250 personnel", "1,000,000,000 people", "at most 100", "Lakeview"))
    assert CHARTS[chart](data).figure.get_size_inches()[0] == wide.figure.get_size_inches()[0]


def test_timeline_network_and_grades_can_be_read_on_a_phone() -> None:
    made = flood_tables()
    with for_a_phone():
        for ax in (
            plot_timeline(made["dates"], made["claims"]),
            plot_source_network(made["sources"]),
            plot_grades(made["claims"], made["sources"]),
        ):
            assert_readable(ax)


def test_a_page_gets_both_pictures_and_one_alt_text() -> None:
    image = page_image(partial(plot_quantities, table(MORE_THAN_250)), alt='"more" than 250')
    html = image._repr_html_()
    assert image.phone and image.phone.width < image.width
    assert html.count("<source ") == html.count("<img ") == html.count("alt=") == 1 and "&quot;more&quot;" in html
    assert 'media="screen and (max-width: ' in html and f"width:{image.width}px" in html


def test_a_chart_too_high_for_paper_is_cut_and_every_part_says_which_it_is() -> None:
    rows = [figure_row(f"{n} people", n, id=f"q{n}", decision=None) for n in range(1, 2 * MOST_ROWS + 2)]
    charts = figure_charts(table(*rows))
    assert [heading for heading, _ in charts] == [f"What is claimed ({n} of 3)" for n in (1, 2, 3)]
    assert f"Chosen: figures {MOST_ROWS + 1} to {2 * MOST_ROWS} of {len(rows)}" in charts[1][1].alt
    told = " ".join(image.alt for _, image in charts)
    assert all(f" {n} people" in told for n in range(1, len(rows) + 1))


def test_a_script_without_a_font_warns_nobody_and_the_chart_says_so_once(tmp_path: Any) -> None:
    name = "\u16a0\u16a1 \U00010300"  # runes, Old Italic: no font that the kit asks for has both
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = page_image(partial(plot_quantities, table(figure_row("12 \U00010300", 12, reporter=name))), alt="12")
    assert image.png
    said = [text for text in texts(plot_quantities(table(figure_row("12", 12, reporter=name)))) if "no font" in text]
    assert len(said) == 1
    assert "no font" not in all_text(plot_quantities(table(figure_row("12", 12, reporter="Ζωή, Ђорђе, وزارة"))))


def test_fonts_that_are_not_there_are_not_asked_for() -> None:
    assert rooms_fonts.families()[0] == "DejaVu Sans"
    assert set(rooms_fonts.families()) <= set(fontManager.get_font_names())


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("plain", "plain"),
        ("in سانا, 2026-03-02", "\u200ein سانا\u200e, 2026-03-02"),
        ("سانا 2026-03-02", "\u200eسانا\u200e 2026-03-02"),
        ("أكثر من 250 جنديا", "\u200eأكثر من 250 جنديا\u200e"),
        ('צה"ל and الجيش', '\u200eצה"ל\u200e and الجيش\u200e'),
        ("می\u200cخواهد", "\u200eمی\u200cخواهد\u200e"),
    ],
)
def test_a_name_written_from_the_right_leaves_the_date_behind_it_alone(line: str, shown: str) -> None:
    assert left_to_right(line) == shown


def test_a_month_among_centuries_has_a_mark_and_a_day_among_days_its_day() -> None:
    rows = [("in 1066", "1066"), ("in July", "2026-07"), ("in 3050", "3050")]
    dates = pd.DataFrame([{"text": text, "value": value, "published": "2026-03-05"} for text, value in rows])
    ax = plot_timeline(dates)
    lane = ax.figure.axes[0]  # type: ignore[union-attr]
    drawn = [line for line in lane.lines if line.get_gid() == "event"]
    assert len(drawn) == 3 and all(line.get_marker() == "s" or len(line.get_xdata()) == 2 for line in drawn)
    days = pd.DataFrame([{"text": "Sunday", "value": "2026-03-01", "published": "2026-03-05"}])
    labels = [one.get_text() for one in plot_timeline(days).figure.axes[-1].get_xticklabels()]  # type: ignore[union-attr]
    assert "1 Mar 2026" in labels and "Mar 2026" not in labels


def test_a_number_beyond_trillions_is_written_out() -> None:
    assert scale_text(1e20) == "100,000,000 trillion" and scale_text(2.5e9) == "2.5 billion"
