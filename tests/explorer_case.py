"""Cases with figures for the tests of the explorer: an article of ours, a reading by hand, and a notebook over it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from kit.contract import analysis_to_json
from kit.decisions import Effective, as_decided
from kit.records import (
    Analysis,
    Article,
    Claim,
    Cue,
    Pipeline,
    Quantity,
    ResolvedDate,
    Segment,
    Source,
    SourceMention,
    Span,
    TimeExpression,
    record_id,
)
from kit.tables import claims_table, dates_table, quantities_table, sources_table

TEXT = (
    "Flood at Port Vela\n\n"
    "The flood took dozens of lorries and 12 boats on June 3, Mayor Ada Quill said. Nobody saw it coming.\n\n"
    "The port office counted at least 9 boats 🚤. More than 300 people left their homes in May, it told reporters."
)
CELL = """\
from functools import partial

from IPython.display import display

from kit.cases import open_case
from kit.charting import tables_of
from kit.gallery import show_charts
from kit.views import read_views, view_charts, write_view
from kit.widgets import FigureExplorer, is_headless

case = open_case(".")
tables = tables_of(case)
if not is_headless():
    display(
        FigureExplorer(
            tables["figures"],
            case.view(),
            dates=tables["dates"],
            claims=tables["claims"],
            views=read_views(case.folder),
            on_save=partial(write_view, case.folder),
        )
    )
show_charts(view_charts(read_views(case.folder), tables), empty="No view is saved.")
"""


def flood() -> Analysis:
    mayor, office = _span("Mayor Ada Quill"), _span("The port office")
    first = _claim(mayor, _span("said"), _span("The flood took dozens of lorries and 12 boats on June 3"), "s1")
    second = _claim(office, _span("told"), _span("More than 300 people left their homes in May"), "s2")
    sources = (
        Source(id="s1", name="Ada Quill", type="person", mentions=(mayor,), group="town"),
        Source(id="s2", name="port office", type="organisation", mentions=(office,), group="port"),
    )
    june, may = ResolvedDate("2023-06-03"), ResolvedDate("2023-05")
    vela = _span("Port Vela")
    boats = {"unit": "boat", "counted": "boats", "category": "boats", "measure": "losses"}
    lorries = {"unit": "lorry", "counted": "lorries", "category": "lorries", "measure": "losses"}
    by_mayor = {"claim_id": first.id, "reporter": "s1", "date": june, "place": vela}
    by_office = {"claim_id": second.id, "reporter": "s2"}
    people = {"unit": "person", "counted": "people", "category": "people", "date": may}
    quantities = (
        _figure("dozens of lorries", bound="vague", **lorries, **by_mayor),
        _figure("12 boats", value=12, low=12, high=12, **boats, **by_mayor),
        _figure("at least 9 boats", value=9, low=9, bound="ge", **boats, **by_office),
        _figure("More than 300 people", value=300, low=300, bound="gt", **people, **by_office),
    )
    dates = tuple(
        TimeExpression(one.start_char, one.end_char, one.text, id=record_id(TEXT, "date", one.start_char), value=value)
        for one, value in ((_span("June 3"), "2023-06-03"), (_span("May", "in May"), "2023-05"))
    )
    segments, at = [], 0
    for kind, line in zip(("headline", "paragraph", "paragraph"), TEXT.split("\n\n"), strict=True):
        segments.append(Segment(kind, at, at + len(line)))
        at += len(line) + 2
    article = Article(TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), tuple(segments), title="Flood at Port Vela")
    pipeline = Pipeline("by hand", "1", "0")
    return Analysis(article, (first, second), sources, quantities, dates, (), pipeline)


def reading(analysis: Analysis | None = None) -> Effective:
    return as_decided(analysis or flood(), [])


def tables(analysis: Analysis | None = None) -> dict[str, pd.DataFrame]:
    analysis = analysis or flood()
    made = {"figures": quantities_table, "dates": dates_table, "claims": claims_table, "sources": sources_table}
    return {name: table(analysis) for name, table in made.items()}


def flood_case(folder: Path, cell: str = CELL) -> Path:
    """A case of the flood, and a notebook of one cell in it."""
    folder.mkdir(parents=True)
    analysis = flood()
    (folder / "article.txt").write_bytes(TEXT.encode("utf-8"))
    (folder / "analysis.json").write_text(json.dumps(analysis_to_json(analysis, id="flood")), encoding="utf-8")
    about = f'title = "Flood at Port Vela"\nfile = "article.txt"\nsha256 = "{analysis.article.sha256}"\n'
    (folder / "case.toml").write_text(about, encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, id="explorer")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "explorer.ipynb")
    return folder


def _figure(words: str, **fields: Any) -> Quantity:
    span = _span(words)
    found = {"id": record_id(TEXT, "quantity", span.start_char), "affected": None}
    return Quantity(span.start_char, span.end_char, span.text, **found | fields)


def _claim(source: Span, cue: Span, content: Span, who: str) -> Claim:
    return Claim(
        id=record_id(TEXT, "claim", content.start_char),
        source=SourceMention(source.start_char, source.end_char, source.text, who),
        cue=Cue(cue.start_char, cue.end_char, cue.text),
        content=(content,),
    )


def _span(words: str, inside: str = "") -> Span:
    start = TEXT.index(inside or words) + inside.find(words) * bool(inside)
    return Span(start, start + len(words), words)
