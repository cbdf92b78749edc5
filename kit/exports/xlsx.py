"""The tables of a case as one workbook, a sheet each.

XlsxWriter writes each text with ``write_string``: a cell of text is no formula, whatever it says, and no address
becomes a link. The texts are those of the CSV (:func:`~kit.exports.cells.safe_cell`), so that they stay harmless when
somebody saves a sheet as CSV or edits a cell. What XML has no room for becomes an escape.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from kit.exports.cells import safe_cell
from kit.exports.material import Encoded, ExportError, Material
from kit.exports.tables import HOLDS, altered, case_tables, writer

__all__ = ["HOLDS", "encode"]

LONGEST = 32_767  # UTF-16 units in a cell of Excel
WIDTHS = (8, 48)  # of a column, in digits of its font
NO_CLOCK = datetime(1980, 1, 1)  # two exports of the same case are the same bytes
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_EXACT = 2**53  # beyond it a spreadsheet's number is another number


def encode(material: Material) -> Encoded:
    """The tables of a case as one workbook; texts longer than a cell can be are cut and counted.

    Raises:
        ExportError: ``xlsxwriter`` is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise ExportError("XLSX needs XlsxWriter: pip install XlsxWriter, or --format csv") from None
    tables, file = case_tables(material), io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": material.name, "created": NO_CLOCK, "comments": f"Written by {writer()}"})
        styles = {"head": book.add_format({"bold": True, "bottom": 1}), "text": book.add_format({"text_wrap": True})}
        styles["text"].set_align("top")
        cut = sum(_fill(book.add_worksheet(name), table, styles) for name, table in tables.items())
    shortened = (f"{cut:,} texts were cut at {LONGEST:,} characters, the most that a cell can hold",) if cut else ()
    return Encoded({"": file.getvalue()}, notes=(*altered(tables), *shortened))


def _fill(sheet: Any, table: pd.DataFrame, styles: Mapping[str, Any]) -> int:
    """Write a table into a sheet; returns how many texts were cut."""
    cut = 0
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, xml_text(safe_cell(str(name))), styles["head"])
        longest = len(str(name))
        for row, value in enumerate(table[name], start=1):
            cell = safe_cell(value)
            if isinstance(cell, str) and cell:
                text = xml_text(cell)
                kept = _shortened(text)
                cut += kept != text
                longest = max(longest, max(map(len, kept.split("\n"))))
                sheet.write_string(row, column, kept, styles["text"])
            elif isinstance(cell, int | float):
                write = sheet.write_number if abs(cell) < _EXACT else sheet.write_string
                write(row, column, cell if abs(cell) < _EXACT else f"{cell}", styles["text"])
        sheet.set_column(column, column, min(WIDTHS[1], max(WIDTHS[0], longest + 2)))
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    return cut


def xml_text(text: str) -> str:
    """A text without what XML 1.0 cannot hold; control characters are visible already."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text).replace("\r\n", "\n").replace("\r", "\n")


def _shortened(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
