"""A case in the formats of other programs.

In: a case, or tables. Out: files that say who reported what with which bound, what the machine suggested and what
people decided, and a count of what the format could not hold. :func:`export_case` writes one of :data:`FORMATS`;
:func:`write_csv`, :func:`write_tables` and :func:`safe_cell` are for tables alone.

    case --material--> records as decided, taken apart --one module per format--> bytes --command--> files

Annotators' names become pseudonyms before anything is encoded (:mod:`~kit.exports.pseudonyms`), so that no format can
forget one. Two exports of the same case give the same bytes: no clock, no random ids, no paths.
"""

from __future__ import annotations

from kit.exports.cells import safe_cell
from kit.exports.command import FORMATS, Export, ExportError, export_case
from kit.exports.csv_files import write_csv, write_tables

__all__ = ["FORMATS", "Export", "ExportError", "export_case", "safe_cell", "write_csv", "write_tables"]
