"""Tables as files that a spreadsheet opens safely.

In: ``DataFrame``s, or an analysis with its decisions and events. Out: CSV files. Nothing is read back, and
nothing is left out: rejected suggestions are rows like the others.

The files are UTF-8 **with** a byte-order mark, since Excel reads a CSV without one in the local code page
and turns "“Lviv”" into noise; LibreOffice and pandas (``encoding="utf-8-sig"``) take it too. Lines
end in CRLF (RFC 4180), and each text is quoted, so that line breaks stay inside their cell.

Article text is hostile: a cell that a spreadsheet would take for a formula gets an apostrophe in front, as
OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection). Numbers are left alone. Control characters
become visible: a NUL ends a file for some readers, and a right-to-left override makes a cell read as something else.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping
from numbers import Real
from pathlib import Path
from typing import Any

import pandas as pd

from kit.decisions import Decision
from kit.records import Analysis, Annotation
from kit.tables import annotations_table, claims_table, dates_table, quantities_table, sources_table

# What starts a formula, in its full-width forms too, also behind blanks that an import may strip, and behind
# a semicolon or tab, which starts a cell where the local list separator is one.
FORMULA = re.compile(r"(?:\A[ \u00a0\n\u061c\u200e\u200f\ufeff]*|(?<=[;\t]))(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
# Control characters as their pictures, like :func:`kit.markup.safe`; those without one, and what overrides, embeds or
# isolates the direction of text, as an escape. The marks U+061C, U+200E and U+200F stay: they turn no letter around,
# and Arabic and Hebrew text needs them.
VISIBLE = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
VISIBLE |= {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
VISIBLE |= {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*")


def write_csv(frame: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table as CSV, safe to open in a spreadsheet; whole numbers without a decimal point.

    Returns:
        The path written to; its folder is made where it is missing, an older file is replaced at once.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with open(part, "w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow([safe_cell(str(name)) for name in frame.columns])
        for row in zip(*(frame[name] for name in frame.columns), strict=True):
            writer.writerow([safe_cell(cell) for cell in row])
    os.replace(part, path)
    return path


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


def safe_cell(value: Any) -> Any:
    """A value as a spreadsheet may see it: no formula, no hidden character, nothing for what is missing."""
    if isinstance(value, str):
        shown = value.translate(VISIBLE)
        return shown if NUMBER.fullmatch(shown) else FORMULA.sub(lambda found: found[0] + "'", shown)
    if pd.isna(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, Real):
        return safe_cell(str(value))
    return int(value) if float(value).is_integer() else float(value)
