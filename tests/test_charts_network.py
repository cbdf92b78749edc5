"""Who cites whom, and the grid of grades."""

from __future__ import annotations

import itertools
import warnings
from contextlib import nullcontext
from typing import Any

import pandas as pd
import pytest
from charted import MANY_NAMES, all_text, assert_readable, texts
from examples import analysis, empty_analysis
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kit.charts import (
    alt_text_grades,
    alt_text_source_network,
    as_image,
    plot_grades,
    plot_source_network,
)
from kit.charts.sheet import for_a_phone
from kit.tables import claims_table, sources_table


def source(id: str, name: str, cites: str | None = None, **fields: Any) -> dict[str, Any]:
    row = {"id": id, "name": name, "type": "person", "group": name, "cites": cites, "claims": 1, "article": "a"}
    return row | {"outlet": "The Lakeview Post", "title": "A river battle", "published": "2026-03-02"} | fields


def claim(n: int | None, source_id: str | None, digit: str = "6", **fields: Any) -> dict[str, Any]:
    row = {"n": n, "source": source_id, "source_id": source_id, "group": source_id, "credibility": digit}
    return row | {"article": "a", "outlet": "The Lakeview Post", "published": "2026-03-02"} | fields


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


CHAIN = table(
    source("agency", "River Agency", "ministry; official", type="media"),
    source("ministry", "Ministry of Defence", "reyes", group="freedonia", type="state"),
    source("reyes", "Ana Reyes", group="freedonia"),
    source("official", "an official", type="unnamed"),
    source("brandt", "Ivo Brandt", group="freedonia", claims=3),
)


def patches(ax: Axes, gid: str) -> list[Any]:
    return [patch for patch in ax.patches if patch.get_gid() == gid]


def left_of(ax: Axes) -> dict[str, float]:
    """The left edge of each box by its name."""
    found = {}
    for text in ax.texts:
        if text.get_weight() == "bold" and text.xycoords == ("data", "data"):
            found[" ".join(text.get_text().split())] = text.xy[0]
    return found


def test_outlet_agency_ministry_and_spokesman_stand_in_this_order() -> None:
    ax = plot_source_network(CHAIN)
    at = left_of(ax)
    assert at["The Lakeview Post"] < at["River Agency"] < at["Ministry of Defence"] < at["Ana Reyes"]
    assert at["River Agency"] == at["Ivo Brandt"] and at["Ministry of Defence"] == at["An official"]
    assert len(patches(ax, "cites")) == 5 and len(patches(ax, "source")) == 6
    assert ax.get_title() == "Through whom The Lakeview Post reports"
    assert "5 sources in 3 source groups; 1 unnamed" in texts(ax)


def test_a_source_without_a_name_is_dashed_and_no_other() -> None:
    ax = plot_source_network(CHAIN)
    for gid in ("source", "cites"):
        dashed = [patch for patch in patches(ax, gid) if patch.get_linestyle() not in ("solid", "-")]
        assert len(dashed) == 1
    assert "Dashed: a source without a name." in all_text(ax)


def test_arrows_run_from_who_is_cited_to_who_cites() -> None:
    ax = plot_source_network(CHAIN)
    for arrow in patches(ax, "cites"):
        way = arrow.get_path().vertices
        assert way[0][0] > way[-1][0]
        assert arrow.get_arrowstyle().arrow == "-|>"


def boxes_and_ways(ax: Axes) -> tuple[list[Any], list[Any]]:
    """The boxes as drawn, and points along each arrow."""
    boxes = [patch.get_path().get_extents() for patch in patches(ax, "source")]
    return boxes, [arrow.get_path().interpolated(50).cleaned(curves=False).vertices for arrow in patches(ax, "cites")]


@pytest.mark.parametrize("narrow", [False, True])
def test_no_arrow_goes_behind_a_box_where_it_would_seem_to_end(narrow: bool) -> None:
    tall = [source(f"x{n}", f"Somebody {n}", "deep") for n in range(4)]
    rows = [source("a", "Agency", "b; far"), source("b", "Bureau", "c; far"), source("c", "Circle", "a; far"), *tall]
    rows += [source("deep", "Deep", "far"), source("far", "Far away"), source("other", "Another", "far")]
    with for_a_phone() if narrow else nullcontext():
        ax = plot_source_network(table(*rows))
    boxes, ways = boxes_and_ways(ax)
    assert len(ways) > 12
    for way in ways:
        inside = [(x, y) for x, y in way for box in boxes if box.x0 < x - 1 and x + 1 < box.x1 and box.y0 < y < box.y1]
        assert not inside


def test_sources_that_cite_each_other_have_an_arrow_each_way_beside_each_other() -> None:
    ax = plot_source_network(table(source("a", "Agency", "b"), source("b", "Bureau", "a")))
    ends = {tuple(map(tuple, arrow.get_path().vertices[[0, -1]])) for arrow in patches(ax, "cites")}
    assert len({y for pair in ends for _, y in pair}) == len(ends) == 3


def test_members_of_one_group_in_a_column_share_a_frame_and_a_sign() -> None:
    rows = [source("m", "Ministry of Defence", group="freedonia"), source("r", "Ana Reyes", group="freedonia")]
    ax = plot_source_network(table(source("x", "Somebody"), *rows))
    assert len(patches(ax, "group")) == 1
    assert len({patch.get_edgecolor() for patch in patches(ax, "source")}) == 3


def test_one_source_of_two_articles_is_one_box_with_two_outlets() -> None:
    other = source("reyes2", "Ana Reyes", group="freedonia", article="b", outlet="Evening Mail", claims=2)
    ax = plot_source_network(table(source("reyes", "Ana Reyes", group="freedonia"), other))
    assert "person, 3 claims" in texts(ax) and len(patches(ax, "cites")) == 2
    assert ax.get_title() == "Through whom The Lakeview Post and Evening Mail report"


def test_what_an_outlet_cites_itself_is_its_own_also_where_another_article_has_it_from_somebody() -> None:
    rows = [source("a", "River Agency", "r"), source("r", "Ana Reyes")]
    ax = plot_source_network(table(*rows, source("r", "Ana Reyes", article="b", outlet="Evening Mail")))
    assert len(patches(ax, "cites")) == 3
    data = table(*rows, source("r", "Ana Reyes", article="b", outlet="Evening Mail"))
    assert "Evening Mail cites Ana Reyes" in alt_text_source_network(data)


def test_the_same_table_gives_the_same_picture() -> None:
    one, two = (as_image(plot_source_network(CHAIN), alt="x").png for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    "rows",
    [
        [source("a", "A", "b"), source("b", "B", "c"), source("c", "C", "a")],
        [source("a", "A", "a; nobody; b"), source("b", "B", "a")],
        [source("r", "R", "a"), source("a", "A", "b"), source("b", "B", "a")],
        [source(str(n), f"S {n}", str(n + 1)) for n in range(30)],
        [source(str(n), f"Source {n}", "; ".join(map(str, range(n + 1, 60)))) for n in range(60)],
        [source(str(n), f"Source {n} {MANY_NAMES}", group=str(n % 7)) for n in range(40)],
        [source("a", "الجيش", "b"), source("b", "$x^2$ \u202e", type="unnamed", outlet=None, published=None)],
    ],
    ids=["circle", "itself", "circle behind a root", "long chain", "everybody cites", "long names", "odd names"],
)
def test_awkward_networks_are_drawn_without_clipping_or_overlap(rows: list[dict[str, Any]]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = plot_source_network(table(*rows))
        assert_readable(ax)
    assert len(patches(ax, "source")) == len(rows) + 1
    boxes = [patch.get_bbox() for patch in patches(ax, "source")]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_rejected_sources_and_empty_tables_are_said() -> None:
    rejected = table(source("a", "A"), source("b", "B", decision="reject"))
    assert "1 rejected by an analyst and not shown." in texts(plot_source_network(rejected))
    empty = sources_table(empty_analysis())
    assert texts(plot_source_network(empty)) == ["no sources to chart"]
    assert alt_text_source_network(empty) == "No sources to chart."
    with pytest.raises(ValueError, match="lacks name"):
        plot_source_network(CHAIN.drop(columns="name"))


def test_alt_text_of_the_network_tells_who_cites_whom() -> None:
    found = alt_text_source_network(CHAIN)
    assert "The Lakeview Post cites River Agency (media, 1 claim; group River Agency), Ivo Brandt" in found
    assert "River Agency cites Ministry of Defence (state, 1 claim; group freedonia), an official (unnamed" in found
    assert "Defence Ministry of Sylvania" in alt_text_source_network(sources_table(analysis()))


def test_grades_are_counted_in_their_cells_with_f_and_6_apart() -> None:
    sources = table(source("reyes", "Ana Reyes") | {"reliability": "B"}, source("x", "X") | {"reliability": "F"})
    claims = table(claim(1, "reyes", "2"), claim(2, "reyes", "2"), claim(3, "x"), claim(None, None))
    ax = plot_grades(claims, sources)
    found = texts(ax)
    assert "2 of 3 claims have a grade by an analyst; 2 source groups" in found and "1, 2" in found
    cells = sorted((round(cell.get_y(), 3), round(cell.get_x(), 3)) for cell in ax.patches)
    lefts, tops = sorted({x for _, x in cells}), sorted({y for y, _ in cells})
    assert len(cells) == 36 and len(lefts) == len(tops) == 6
    steps = [b - a for a, b in itertools.pairwise(lefts)]
    assert steps[4] == pytest.approx(steps[0] + 10, abs=0.01) and steps[:4] == pytest.approx([steps[0]] * 4, abs=0.01)
    by_top = {round(cell.get_y(), 3): cell.get_height() for cell in ax.patches}
    gaps = [b - a - by_top[a] for a, b in itertools.pairwise(tops)]
    assert gaps == pytest.approx([0, 0, 0, 0, 10], abs=0.01)
    assert "F and 6 stand apart" in all_text(ax) and "average" not in all_text(ax)


def test_what_nobody_graded_is_f6() -> None:
    ax = plot_grades(table(claim(1, "x", "9")), table(source("x", "X") | {"reliability": "Z"}))
    assert "0 of 1 claims have a grade by an analyst; 1 source group" in texts(ax)
    assert "F6 (reliability cannot be judged, truth cannot be judged): 1 claim (x 1)" in alt_text_grades(
        table(claim(1, "x"))
    )


def test_a_1_from_one_source_group_gets_a_caution() -> None:
    claims = table(claim(1, "x", "1"))
    assert "only one source group" in all_text(plot_grades(claims)) and "Caution" in alt_text_grades(claims)
    assert "only one source group" not in all_text(plot_grades(table(claim(1, "x", "1"), claim(2, "y"))))


@pytest.mark.parametrize(
    "claims",
    [
        [claim(n, "x") for n in range(200)],
        [claim(n, f"source {n}", str(n % 6 + 1)) for n in range(200)],
        [claim(10**6 + n, MANY_NAMES, "3") for n in range(50)],
        [claim(1, "الجيش"), claim(2, "$x^2$ \u202e", "5", title=MANY_NAMES * 2)],
    ],
    ids=["one cell", "many groups", "long", "odd"],
)
def test_awkward_grades_are_drawn_without_clipping_or_overlap(claims: list[dict[str, Any]]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_readable(plot_grades(table(*claims)))


def test_grades_of_the_kit_are_drawn_as_they_are_also_on_given_axes() -> None:
    reading = analysis()
    figure = Figure(figsize=(11, 7), layout="constrained")
    ax = figure.subplots()
    assert plot_grades(claims_table(reading), sources_table(reading), ax=ax) is ax
    assert "0 of 2 claims have a grade by an analyst; 2 source groups" in texts(ax)
    assert_readable(ax)
    other = Figure(figsize=(11, 7), layout="constrained").subplots()
    assert plot_source_network(sources_table(reading), ax=other) is other
    assert_readable(other)


def test_no_claims_to_grade_are_said() -> None:
    empty = claims_table(empty_analysis())
    assert texts(plot_grades(empty)) == ["no claims to grade"] and alt_text_grades(empty) == "No claims to grade."
    with pytest.raises(ValueError, match="lacks source"):
        plot_grades(empty.drop(columns="source"))
