"""Which charts a report shows follows from the tables: none is empty, none is shown for the sake of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from examples import analysis, empty_analysis
from logs import Log

from kit.gallery import figure_charts, show_charts, source_charts, timeline_chart
from kit.records import Analysis
from kit.tables import claims_table, dates_table, quantities_table, sources_table


def tables(reading: Analysis, decisions: dict | None = None) -> list[pd.DataFrame]:
    return [one(reading, decisions) for one in (claims_table, quantities_table, dates_table, sources_table)]


def test_an_article_without_anything_has_no_charts() -> None:
    claims, figures, dates, sources = tables(empty_analysis())
    assert figure_charts(figures) == timeline_chart(dates, claims) == source_charts(sources, claims) == []
    assert repr(show_charts([], empty="None.")) == "None." and show_charts([])._repr_html_() == ""


def test_losses_come_first_and_are_compared_where_two_groups_give_numbers() -> None:
    _, figures, _, _ = tables(analysis())
    charts = figure_charts(figures)
    assert [heading for heading, _ in charts] == ["What is claimed", "Who says what on the same thing"]
    assert all("more than 250 personnel" in image.alt for _, image in charts)
    alone = figures[figures["reporter"] == "Ana Reyes"]
    assert [heading for heading, _ in figure_charts(alone)] == ["What is claimed"]


def test_without_losses_all_but_the_denied_is_drawn() -> None:
    reading = analysis()
    other = tuple(replace(one, measure=None, status=None) for one in reading.quantities)
    denied = tuple(replace(one, status="denied") for one in other)
    assert figure_charts(quantities_table(replace(reading, quantities=other)))
    assert "What is claimed" not in [
        name for name, _ in figure_charts(quantities_table(replace(reading, quantities=denied)))
    ]


def test_the_policy_is_printed_on_the_chart() -> None:
    _, figures, _, _ = tables(analysis())
    literal, acled = (figure_charts(figures, policy=one)[0][1].alt for one in ("literal", "ACLED"))
    assert "literal reading" in literal and "ACLED" in acled and literal != acled


def test_one_date_is_no_timeline_and_one_source_no_network() -> None:
    claims, _, dates, sources = tables(analysis())
    assert timeline_chart(dates, claims) == []
    two = tuple(replace(analysis().dates[0], id=f"d{i}", value=f"2026-03-0{i}") for i in (1, 2))
    assert timeline_chart(dates_table(replace(analysis(), dates=two)), claims)
    assert [heading for heading, _ in source_charts(sources, claims)] == ["Through whom it is known"]
    assert source_charts(sources[:1], claims) == []


def test_the_grid_of_grades_is_shown_once_somebody_graded() -> None:
    log = Log()
    event = {"action": "grade", "target": "claim-reyes", "record": "claim", "value": {"credibility": "3"}}
    log.do(event | {"anchor": None, "supersedes": None})
    claims, _, _, sources = tables(log.analysis, log.view().decisions)
    assert source_charts(sources, claims)[-1][0] == "How sure, as an analyst graded it"


def test_a_chart_comes_with_its_words_escaped() -> None:
    _, figures, _, _ = tables(analysis())
    hostile = figures.assign(reporter="</p><script>x</script>")
    html = show_charts(figure_charts(hostile))._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html
    assert html.count("<details>") == html.count("<img ") == html.count("<h3>")
