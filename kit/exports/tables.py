"""The tables of a case: what CSV, XLSX and Parquet write.

Beside the tables of :mod:`kit.tables` there are ``about`` (the article, what read it, what wrote the file) and
``spans`` (every marked place with its role, so that no offset is lost).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

import kit
from kit.exports.cells import safe_cell
from kit.exports.material import KINDS, Material
from kit.tables import (
    annotations_table,
    changes_table,
    claims_table,
    corroboration,
    dates_table,
    how_it_is_told,
    quantities_table,
    sources_table,
)

HOLDS = KINDS - {"text"}
SPAN_COLUMNS = dict.fromkeys(("record", "kind", "role", "detail", "text"), "string")
SPAN_COLUMNS |= {"start_char": "Int64", "end_char": "Int64", "article": "string"}


def case_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Every table of a case by name, in the order of the sheets."""
    reading = (material.view.machine, material.view.decisions)
    return {
        "about": about_table(material),
        "claims": claims_table(*reading),
        "quantities": quantities_table(*reading),
        "dates": dates_table(*reading),
        "sources": sources_table(*reading),
        "how_it_is_told": how_it_is_told(*reading),
        "corroboration": corroboration(*reading),
        "changes": changes_table(*reading),
        "annotations": annotations_table(material.events),
        "spans": spans_table(material),
    }


def about_table(material: Material) -> pd.DataFrame:
    """The article and the makers of the reading and of the file, a row each; no clock, no path."""
    article, pipeline = material.view.analysis.article, material.view.analysis.pipeline
    rows = {
        "case": material.name,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published and article.published.isoformat(),
        "url": article.url,
        "article (SHA-256 of its bytes)": article.sha256,
        "read by": f"{pipeline.name} {pipeline.version}",
        "SHA-256 of its rules": pipeline.sha256,
        "written by": writer(),
    }
    return pd.DataFrame({"what": pd.Series(list(rows), dtype="string"), "is": pd.Series(rows.values(), dtype="string")})


def writer() -> str:
    """The program that writes the exports, with its version."""
    return f"analyst-notebook-kit {kit.__version__}"


def spans_table(material: Material) -> pd.DataFrame:
    """One row per marked place in reading order: the record it belongs to, its role in it, its characters.

    ``detail`` is the stance of a cue, the kind of a hedge or loaded word. Whose voice each part of the text is in, and
    its blocks, stand here too, as the kinds ``voice`` (with the claim it belongs to) and ``segment``.
    """
    analysis = material.view.analysis
    text = analysis.article.text
    rows = [
        (item.id, item.kind, mark.role, mark.detail, mark.span.start_char, mark.span.end_char)
        for item in material.items
        for mark in item.marks
    ]
    rows += [(one.claim_id, "voice", one.voice, None, one.start_char, one.end_char) for one in analysis.voices]
    rows += [(None, "segment", one.kind, None, one.start_char, one.end_char) for one in analysis.article.segments]
    rows.sort(key=lambda row: (row[4], row[5]))
    names = ("record", "kind", "role", "detail", "start_char", "end_char")
    made = [dict(zip(names, row, strict=True)) | {"text": text[row[4] : row[5]]} for row in rows]
    columns = {
        name: pd.Series([row.get(name, analysis.article.sha256) for row in made], dtype=dtype)
        for name, dtype in SPAN_COLUMNS.items()
    }
    return pd.DataFrame(columns)


def altered(tables: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """How many texts a spreadsheet does not see as they are, in words; see :func:`~kit.exports.cells.safe_cell`."""
    texts = [one for table in tables.values() for name in table for one in table[name].dropna() if isinstance(one, str)]
    n = sum(safe_cell(one) != one for one in texts)
    cells = f"{n:,} cells show" if n != 1 else "1 cell shows"
    return (f"{cells} an apostrophe or an escape, so that no text acts as a formula or hides a character",) if n else ()
