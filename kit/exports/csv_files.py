"""Tables as CSV files that a spreadsheet opens safely.

The files are UTF-8 **with** a byte-order mark, since Excel reads a CSV without one in the local code page
and turns "“Lviv”" into noise; LibreOffice and pandas (``encoding="utf-8-sig"``) take it too. Lines
end in CRLF (RFC 4180), and each text is quoted, so that line breaks stay inside their cell.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from kit.decisions import Decision
from kit.exports.cells import safe_cell
from kit.exports.files import write_bytes
from kit.exports.material import Encoded, Material
from kit.exports.tables import HOLDS, altered, case_tables
from kit.records import Analysis, Annotation
from kit.tables import annotations_table, claims_table, dates_table, quantities_table, sources_table

__all__ = ["HOLDS", "csv_bytes", "encode", "write_csv", "write_tables"]


def encode(material: Material) -> Encoded:
    """The tables of a case, one CSV each."""
    tables = case_tables(material)
    return Encoded({f"{name}.csv": csv_bytes(table) for name, table in tables.items()}, notes=altered(tables))


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A table as CSV, safe to open in a spreadsheet; whole numbers without a decimal point."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([safe_cell(str(name)) for name in frame.columns])
    for row in zip(*(frame[name] for name in frame.columns), strict=True):
        writer.writerow([safe_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "backslashreplace")


def write_csv(frame: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table as CSV (see :func:`csv_bytes`).

    Returns:
        The path written to; its folder is made where it is missing, an older file is replaced at once.
    """
    return write_bytes(Path(path), csv_bytes(frame))


def write_tables(
    analysis: Analysis,
    decisions: Mapping[str, Decision],
    events: Iterable[Annotation],
    folder: str | os.PathLike[str],
) -> list[Path]:
    """Write ``claims.csv``, ``quantities.csv``, ``dates.csv``, ``sources.csv`` and ``annotations.csv``."""
    tables = {
        "claims": claims_table(analysis, decisions),
        "quantities": quantities_table(analysis, decisions),
        "dates": dates_table(analysis, decisions),
        "sources": sources_table(analysis, decisions),
        "annotations": annotations_table(events),
    }
    return [write_csv(table, Path(folder) / f"{name}.csv") for name, table in tables.items()]
