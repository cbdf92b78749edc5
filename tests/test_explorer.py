"""Views and the explorer: what is chosen, what is said of it, what is kept, and that no article's text is markup."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from charted import all_text
from explorer_case import TEXT, flood, flood_case, reading, tables
from hostile import hostile_analysis

from kit import cli
from kit.cases import open_case
from kit.charting import save_view, tables_of
from kit.charts import mark_places, plot_by_source, plot_quantities, plot_timeline
from kit.decisions import as_decided
from kit.records import Annotation, Source
from kit.tables import quantities_table
from kit.views import (
    CHARTS,
    DEFAULTS,
    VIEWS_FILE,
    ViewError,
    apply_view,
    checked,
    draw_view,
    filter_values,
    read_views,
    view_charts,
    write_view,
)
from kit.widgets import FigureExplorer
from kit.widgets.passage import passage_html

FLOOR = {"category": "boats", "value": 4, "source": "photographs", "date": date(2023, 6, 9)}
FULL = {
    "name": "Losses “at sea”",
    "chart": "confirmed",
    "measure": "losses",
    "category": "boats",
    "reporter": "Ada Quill",
    "affected": "",
    "place": "Port Vela",
    "first": date(2023, 6, 1),
    "last": date(2023, 6, 30),
    "decided": True,
    "policy": "ACLED",
    "log": True,
    "total": True,
    "every": True,
    "floors": [FLOOR],
}


def texts_of(view: dict[str, Any]) -> list[str]:
    return list(apply_view(tables()["figures"], view)[0]["text"])


def answered(target: str, action: str) -> Annotation:
    about = {"record": "quantity", "article": flood().article.sha256, "annotator": "tester", "value": {}}
    return Annotation(id=target + action, action=action, target=target, created="2023-06-09T08:00:00+00:00", **about)


# --- what a view keeps


@pytest.mark.parametrize(
    ("view", "kept"),
    [
        ({}, ["dozens of lorries", "12 boats", "at least 9 boats", "More than 300 people"]),
        ({"category": "boats"}, ["12 boats", "at least 9 boats"]),
        ({"reporter": "port office"}, ["at least 9 boats", "More than 300 people"]),
        ({"place": "Port Vela", "category": "boats"}, ["12 boats"]),
        ({"place": ""}, ["at least 9 boats", "More than 300 people"]),
        ({"affected": "nobody of this name"}, []),
        ({"first": "2023-06-01"}, ["dozens of lorries", "12 boats"]),
        ({"last": date(2023, 5, 10)}, ["More than 300 people"]),
        (
            {"first": date(2023, 5, 31), "last": date(2023, 6, 3)},
            ["dozens of lorries", "12 boats", "More than 300 people"],
        ),
        ({"decided": True}, []),
    ],
)
def test_a_view_keeps_the_figures_of_which_all_that_it_says_is_so(view: dict[str, Any], kept: list[str]) -> None:
    assert texts_of(view) == kept


def test_only_what_a_person_accepted_is_kept_where_that_is_asked_for() -> None:
    one, two, *_ = flood().quantities
    decisions = as_decided(flood(), [answered(one.id, "accept"), answered(two.id, "ignore")]).decisions
    figures = quantities_table(flood(), decisions)
    assert list(apply_view(figures, {"decided": True})[0]["text"]) == ["dozens of lorries"]
    assert "only what an analyst accepted (1 of 4 figures)" in draw_view({"decided": True}, {"figures": figures}).alt


@pytest.mark.parametrize("chart", ["quantities", "by-source", "confirmed", "timeline"])
def test_a_chart_of_chosen_rows_says_what_they_were_chosen_by(chart: str) -> None:
    drawn = draw_view({"chart": chart, "first": "2023-06-01", "floors": [FLOOR]}, tables())
    said = "Chosen: event date from 2023-06-01"
    assert said in drawn.alt and said in all_text(drawn.ax)
    assert "Chosen" not in draw_view({"chart": chart}, tables()).alt


def test_filters_offer_what_the_table_has_and_not_stated_last() -> None:
    figures = tables()["figures"]
    assert filter_values(figures, "category") == ["lorries", "boats", "people"]
    assert filter_values(figures, "place") == ["Port Vela", ""]
    assert filter_values(pd.DataFrame({"text": ["9"]}), "place") == [""]


def test_a_chart_is_told_the_policy_the_scale_and_the_total_of_the_view() -> None:
    figures = tables()["figures"]
    view = {"policy": "none", "log": True, "total": True}
    assert apply_view(figures, view)[1] == {"policy": None, "log": True, "total": True, "every": False}
    drawn = draw_view({**view, "policy": "ACLED", "measure": "losses", "reporter": "Ada Quill"}, tables())
    assert "logarithmic axis" in all_text(drawn.ax) and "ACLED's convention" in drawn.alt
    assert "24 if disjoint, otherwise" in drawn.alt and "24 if disjoint, otherwise" in all_text(drawn.ax)
    assert "left in words" in draw_view({"policy": "none"}, tables()).alt


# --- what is kept


def test_views_come_back_as_they_were_saved_in_the_order_of_saving(tmp_path: Path) -> None:
    assert read_views(tmp_path) == []
    write_view(tmp_path, FULL)
    write_view(tmp_path, {"name": "B"})
    write_view(tmp_path, {"name": FULL["name"], "chart": "timeline"})
    assert read_views(tmp_path) == [
        DEFAULTS | {"name": FULL["name"], "chart": "timeline", "floors": []},
        checked({"name": "B"}),
    ]
    write_view(tmp_path, FULL)
    assert read_views(tmp_path)[0] == FULL
    assert [path.name for path in tmp_path.iterdir()] == [VIEWS_FILE]


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        ({}, "needs a name"),
        ({"name": "\u202e \x07"}, "needs a name"),
        ({"name": "x" * 81}, "80 characters"),
        ({"name": "a", "color": "red"}, "unknown color"),
        ({"name": "a", "chart": "pie"}, "no chart 'pie'"),
        ({"name": "a", "policy": "best guess"}, "no policy 'best guess'"),
        ({"name": "a", "chart": ["pie"]}, "chart is text"),
        ({"name": "a", "log": 1}, "log is true or false"),
        ({"name": "a", "place": 3}, "place is text"),
        ({"name": "a", "first": "June"}, "first is a day"),
        ({"name": "a", "first": "2023-06-05", "last": "2023-06-04"}, "lies behind"),
        ({"name": "a", "floors": [{"category": "boats", "value": 3}]}, "its source and its date"),
        ({"name": "a", "floors": [FLOOR | {"value": float("nan")}]}, "a number from 0 on"),
        ({"name": "a", "floors": {"boats": 3}}, "list of tables"),
        ("losses", "table of keys"),
    ],
)
def test_a_view_that_cannot_be_drawn_is_refused_and_what_is_saved_stays(tmp_path: Path, view: Any, reason: str) -> None:
    write_view(tmp_path, FULL)
    with pytest.raises(ViewError, match=re.escape(reason)):
        write_view(tmp_path, view)
    assert read_views(tmp_path) == [FULL]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[[view]",
        b"[[view]]\nname = 3",
        b"view = 3",
        b"other = 1",
        b"[[view]]\nname='a'\n[[view]]\nname='a'",
    ],
)
def test_a_file_that_holds_no_views_is_told_by_its_name_and_never_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / VIEWS_FILE).write_bytes(content)
    with pytest.raises(ViewError, match=re.escape(VIEWS_FILE)):
        read_views(tmp_path)
    with pytest.raises(ViewError):
        write_view(tmp_path, {"name": "new"})
    assert (tmp_path / VIEWS_FILE).read_bytes() == content


def test_saved_views_are_drawn_as_still_images_with_their_numbers_in_words(tmp_path: Path) -> None:
    write_view(tmp_path, {"name": "<b>Losses</b>", "measure": "losses"})
    write_view(tmp_path, {"name": "When", "chart": "timeline"})
    (losses, image), (when, other) = view_charts(read_views(tmp_path), tables())
    assert (losses, when) == ("<b>Losses</b>", "When")
    assert "at least 9 boats" in image.alt and "June 3" in other.alt and image.png.startswith(b"\x89PNG")
    assert view_charts(read_views(tmp_path), tables())[0][1] == image


# --- rows of a drawn chart


def test_each_row_of_a_chart_is_found_at_its_place_top_first() -> None:
    figures = tables()["figures"]
    for ax in (plot_quantities(figures), plot_by_source(figures), plot_timeline(tables()["dates"], tables()["claims"])):
        places = mark_places(ax)
        assert len(places) == len({place.id for place in places}) >= 2
        edges = [edge for place in places for edge in (place.top, place.bottom)]
        assert edges == sorted(edges) and edges[0] > 0 and edges[-1] < 1
        for place in places:
            words = next(text for one in ax.figure.axes for text in one.texts if text.get_gid() == f"row {place.id}")
            box = words.get_window_extent()
            middle = 1 - (box.y0 + box.y1) / 2 / ax.figure.bbox.height
            assert place.top < middle < place.bottom


def test_a_chart_without_rows_has_no_places() -> None:
    assert mark_places(plot_quantities(tables()["figures"].iloc[:0])) == []
    assert mark_places(draw_view({"chart": "network"}, tables()).ax) == []


# --- the passage


def test_a_figure_is_shown_in_its_paragraph_with_source_cue_and_content() -> None:
    boats = flood().quantities[1]
    shown = passage_html(reading(), boats.id)
    assert re.search(r'<mark class="[^"]*kit-figure[^"]*kit-chosen[^"]*"[^>]*><strong>12 boats</strong></mark>', shown)
    plain = re.sub(r"<[^>]+>", "", shown[: shown.index("<dl")])
    assert plain == TEXT.split("\n\n")[1]
    assert "source: Mayor Ada Quill; cue: said (neutral)" in shown and "Claim 1" in shown


def test_the_claim_is_shown_whole_where_its_source_stands_in_another_paragraph() -> None:
    analysis = flood()
    headline = analysis.article.span(0, 5)
    first, second = analysis.claims
    far = replace(second, source=replace(second.source, start_char=0, end_char=5, text=headline.text))
    shown = passage_html(reading(replace(analysis, claims=(first, far))), analysis.quantities[3].id)
    assert "at Port Vela" in shown and "[…]" in shown and "More than 300 people" in shown and "took dozens" not in shown


def test_a_figure_without_a_claim_is_the_articles_own_and_an_unknown_id_shows_nothing() -> None:
    analysis = flood()
    lone = replace(analysis, quantities=(replace(analysis.quantities[0], claim_id=None, reporter="outlet"),))
    assert "none: the article&#x27;s own words" in passage_html(reading(lone), lone.quantities[0].id)
    assert passage_html(reading(), "no such record") == ""
    assert passage_html(reading(), analysis.claims[0].id) == ""


def test_no_text_of_an_article_becomes_markup() -> None:
    analysis = hostile_analysis()
    explorer = FigureExplorer(tables(analysis)["figures"], as_decided(analysis, []))
    assert explorer.picture.wrong == "" and len(explorer.picture.picture["rows"]) == len(analysis.quantities)
    for figure in analysis.quantities:
        explorer.choose(figure.id)
        page = ET.fromstring(f"<div>{explorer.picture.passage}</div>".replace("&#13;", " ").replace("\f", " "))
        assert {one.tag for one in page.iter()} <= {"div", "p", "mark", "strong", "bdi", "dl", "dt", "dd"}
        assert {key for one in page.iter() for key in one.attrib} <= {"class", "dir", "data-tag", "data-sign"}
    ET.fromstring(explorer.picture.file(".svg"))


# --- the explorer


def explorer(**more: Any) -> FigureExplorer:
    made = tables()
    return FigureExplorer(made["figures"], reading(), dates=made["dates"], claims=made["claims"], **more)


def test_a_chosen_row_is_shown_and_told_and_let_go_when_it_is_no_longer_drawn() -> None:
    told: list[str] = []
    desk = explorer(on_choose=told.append)
    boats = flood().quantities[1]
    desk.picture._handle(None, {"type": "choose", "id": boats.id}, [])
    assert told == [boats.id] and desk.picture.chosen == boats.id and "12 boats" in desk.picture.passage
    desk.show({"category": "boats"})
    assert desk.picture.chosen == boats.id
    desk.show({"category": "people"})
    assert (desk.picture.chosen, desk.picture.passage) == ("", "")
    desk.picture._handle(None, {"type": "choose", "id": boats.id}, [])
    assert "no row" in desk.picture.wrong


def test_what_goes_wrong_behind_the_widget_is_shown_in_it() -> None:
    def fail(_: Any) -> None:
        raise OSError("the disk is full")

    desk = explorer(on_choose=fail, on_save=fail)
    desk.picture._handle(None, {"type": "choose", "id": flood().quantities[0].id}, [])
    assert desk.picture.wrong == "the disk is full"
    desk.name.value = "a"
    desk.save.click()
    assert "Not saved: the disk is full" in desk.said.value and desk.views == {}
    desk.picture._handle(None, "nonsense", [])


def test_a_view_is_saved_opened_again_and_no_longer_named_once_it_is_changed(tmp_path: Path) -> None:
    desk = explorer(on_save=lambda view: write_view(tmp_path, view))
    desk.show(FULL)
    desk.save.click()
    assert read_views(tmp_path) == [FULL]
    assert desk.view == FULL
    again = explorer(views=read_views(tmp_path))
    assert again.view == checked({})
    again.saved.value = FULL["name"]
    assert again.view == FULL and again.picture.wrong == ""
    again.show(FULL | {"log": False})
    assert again.saved.value == ()
    again.saved.value = FULL["name"]
    assert again.view == FULL


def test_a_saved_view_of_another_version_of_the_article_shows_that_nothing_is_left() -> None:
    desk = explorer(views=[checked({"name": "gone", "reporter": "somebody else"})])
    desk.saved.value = "gone"
    assert desk.view["reporter"] == "somebody else" and desk.picture.picture["rows"] == []
    assert desk.picture.said.startswith("0 rows") and "No figures to chart" in desk.picture.picture["alt"]


def test_an_explorer_without_figures_and_without_dates_can_be_used() -> None:
    empty = replace(flood(), quantities=())
    desk = FigureExplorer(tables(empty)["figures"], reading(empty))
    assert desk.picture.wrong == "" and "No figures to chart" in desk.picture.picture["alt"]
    with pytest.raises(ViewError, match="dates and of claims"):
        draw_view({"chart": "timeline"}, desk.tables)


def test_a_floor_needs_a_number_a_source_and_a_day() -> None:
    desk = explorer()
    desk.show({"chart": "confirmed"})
    entry = desk.floors
    entry.category.value, entry.value.value = "boats", "many"
    entry.enter.click()
    assert "is no number" in entry.said.value
    entry.value.value = "1,200"
    entry.enter.click()
    assert "needs its source and its date" in entry.said.value and entry.floors == []
    entry.source.value, entry.date.value = "photographs", date(2023, 6, 9)
    entry.enter.click()
    assert entry.floors == [FLOOR | {"value": 1200}] == desk.view["floors"]
    assert "at least 1,200 confirmed by photographs" in desk.picture.picture["alt"]
    entry._entered.children[0].click()
    assert desk.view["floors"] == [] and entry._entered.children == ()


def test_every_chart_can_be_had_from_the_explorer_and_network_and_grades_take_no_filter() -> None:
    desk = explorer(sources=tables()["sources"])
    assert [value for _, value in desk._inputs["chart"].options] == list(CHARTS)
    for chart in CHARTS:
        desk.show({"chart": chart})
        assert desk.picture.wrong == "" and desk.picture.file(".png").startswith(b"\x89PNG"), chart
        assert desk.picture.file(".svg").startswith(b"<?xml"), chart
    assert all(one.disabled for name, one in desk._inputs.items() if name != "chart")
    assert desk.picture.said == "The chart is drawn."
    without = [value for _, value in explorer()._inputs["chart"].options]
    assert without == [one for one in CHARTS if one not in ("network", "grades")]


def test_what_only_rejected_figures_have_is_not_offered() -> None:
    figures = tables()["figures"].assign(decision="accept")
    figures.loc[figures["category"] == "lorries", "decision"] = "reject"
    desk = FigureExplorer(figures, reading())
    offered = [value for _, value in desk._inputs["category"].options]
    assert "lorries" not in offered and "boats" in offered and "lorries" not in desk.floors.category.options
    assert "1 rejected and not shown" in desk.picture.picture["alt"]


# --- the command


@pytest.mark.parametrize("chart", ["quantities", "by-source", "timeline", "network", "grades"])
def test_each_chart_of_a_case_is_saved_as_png_and_svg(tmp_path: Path, chart: str, capsys: Any) -> None:
    folder = flood_case(tmp_path / "flood")
    for ending, start in ((".png", b"\x89PNG"), (".svg", b"<?xml")):
        out = tmp_path / f"{chart}{ending}"
        assert cli.main(["chart", str(folder), "--chart", chart, "--out", str(out)]) == 0
        assert capsys.readouterr().out == f"{out}\n" and out.read_bytes().startswith(start)
        assert draw_view({"chart": chart}, tables_of(open_case(folder))).alt[:40].encode() in out.read_bytes()


def test_a_saved_view_is_drawn_by_its_name_and_no_file_is_replaced_unasked(tmp_path: Path, capsys: Any) -> None:
    folder, out = flood_case(tmp_path / "flood"), tmp_path / "out.svg"
    write_view(folder, {"name": "Losses", "measure": "losses"})
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    command = ["chart", str(folder), "--view", "Losses", "--out", str(out)]
    assert cli.main(command) == 0
    assert b"Chosen: measure: losses (3 of 4 figures)" in out.read_bytes()
    out.write_text("mine")
    assert cli.main(command) == 2 and out.read_text() == "mine"
    assert cli.main([*command, "--force"]) == 0 and out.read_bytes().startswith(b"<?xml")
    assert cli.main(["chart", str(folder), "--view", "losses", "--out", str(tmp_path / "b.svg")]) == 2
    assert cli.main(["chart", str(folder), "--chart", "network", "--out", str(tmp_path / "b.pdf")]) == 2
    said = capsys.readouterr().err
    assert "is there already" in said and "no saved view 'losses'; it has 'Losses'" in said and ".png or .svg" in said
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert save_view(open_case(folder), FULL, tmp_path / "c.png").stat().st_size > 5000


def test_what_a_view_says_can_be_told_to_the_browser_as_json() -> None:
    state = {name: one for name, one in explorer().picture.picture.items() if name != "png"}
    rows = json.loads(json.dumps(state))["rows"]
    assert rows[0]["name"] == "More than 300 people; port office; 2023-05"


def test_the_reporter_of_a_figure_can_have_any_name() -> None:
    analysis = flood()
    odd = "\u202e" + "x" * 300 + "\n<script>"
    sources = (replace(analysis.sources[0], name=odd), *analysis.sources[1:], Source(id="s3", name=odd))
    analysis = replace(analysis, sources=sources)
    desk = FigureExplorer(tables(analysis)["figures"], reading(analysis))
    desk.show({"reporter": odd})
    assert len(desk.picture.picture["rows"]) == 2 and desk.view["reporter"] == odd
