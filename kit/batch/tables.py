"""Results as tables: one per kind of record, and one of the articles, as CSV or Parquet.

In: objects of the ``kit extract`` contract, one after the other. Out: files, written row by row, so that their size
does not matter, and each in place whole or not at all. The columns are those of :mod:`kit.records`, the same for every
run: a nested field becomes a column with a dotted name (``source.text``), a list stays JSON, and ``article`` is the
``id`` of the object that a row comes from.
"""

from __future__ import annotations

import csv
import json
import types
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints

from kit.batch.jobs import BatchError
from kit.records import Claim, Pipeline, Quantity, Segment, Source, TimeExpression, Voice

Columns = dict[str, type]  # name → str, int, float or bool

_KINDS = {
    "segments": Segment,
    "voices": Voice,
    "claims": Claim,
    "sources": Source,
    "quantities": Quantity,
    "dates": TimeExpression,
}
RECORD_KINDS = tuple(_KINDS)
ROWS = 20_000  # of a row group in a Parquet file


class _Writer(Protocol):
    def write(self, row: Mapping[str, Any]) -> None: ...

    def close(self) -> None: ...


def write_tables(
    results: Iterable[Mapping[str, Any]], folder: str | Path, format: Literal["csv", "parquet"]
) -> list[Path]:
    """Write ``articles``, ``segments``, ``voices``, ``claims``, ``sources``, ``quantities`` and ``dates``.

    Returns:
        The paths written to. Older files are replaced together, when all the new ones are complete.

    Raises:
        BatchError: Parquet is asked for and ``pyarrow`` is not installed.
    """
    writer = _csv_writer() if format == "csv" else _parquet_writer()
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tables = table_columns()
    parts = {name: folder / f".{name}.{format}.part" for name in tables}
    with ExitStack() as stack:
        for part in parts.values():
            stack.callback(part.unlink, missing_ok=True)  # what an error leaves behind
        with ExitStack() as open_files:
            writers = {name: writer(parts[name], columns) for name, columns in tables.items()}
            for one in writers.values():
                open_files.callback(one.close)
            for result in results:
                for name, row in _rows(result, tables):
                    writers[name].write(row)
        return [part.replace(folder / f"{name}.{format}") for name, part in parts.items()]


def table_columns() -> dict[str, Columns]:
    """The columns of each table, by its name."""
    head = dict.fromkeys(("id", "title", "published", "outlet", "url", "sha256"), str) | {"text_length": int}
    error = {"error.kind": str, "error.message": str}
    tables = {"articles": head | _columns_of(Pipeline, "pipeline.") | error}
    return tables | {name: {"article": str} | _columns_of(kind) for name, kind in _KINDS.items()}


def _columns_of(kind: type, prefix: str = "") -> Columns:
    hints = get_type_hints(kind)
    columns: Columns = {}
    for field in fields(kind):
        inner, name = _plain(hints[field.name]), prefix + field.name
        columns |= _columns_of(inner, name + ".") if is_dataclass(inner) else {name: inner}
    return columns


def _plain(hint: Any) -> type:
    """The type of a column for what a field is declared as: ``float | int | None`` is float, a list is JSON."""
    if get_origin(hint) in (Union, types.UnionType):
        inside = [_plain(one) for one in get_args(hint) if one is not type(None)]
        return float if float in inside else inside[0]
    return hint if hint in (int, float, bool) or is_dataclass(hint) else str


def _rows(result: Mapping[str, Any], tables: Mapping[str, Columns]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "articles", _row(result, tables["articles"])
    for name in RECORD_KINDS:
        for record in result.get(name) or ():
            yield name, {"article": result["id"]} | _row(record, tables[name], skip="article")


def _row(record: Mapping[str, Any], columns: Columns, skip: str | None = None) -> dict[str, Any]:
    return {name: _value(record, name.split(".")) for name in columns if name != skip}


def _value(record: Any, path: list[str]) -> Any:
    for name in path:
        record = record.get(name) if isinstance(record, Mapping) else None
    return json.dumps(record, ensure_ascii=False) if isinstance(record, list) else record


def _csv_writer() -> type[_Writer]:
    from kit.exports import safe_cell  # imports pandas, which no process that reads articles needs

    class CsvWriter:
        """Rows as :func:`kit.exports.write_csv` writes them, one at a time."""

        def __init__(self, path: Path, columns: Columns) -> None:
            self.columns = columns
            self.file = path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
            self.writer = csv.writer(self.file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
            self.writer.writerow(columns)

        def write(self, row: Mapping[str, Any]) -> None:
            cells = (_number(row[name]) if kind is float else row[name] for name, kind in self.columns.items())
            self.writer.writerow(["" if cell is None else safe_cell(cell) for cell in cells])

        def close(self) -> None:
            self.file.close()

    return CsvWriter


def _parquet_writer() -> type[_Writer]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise BatchError(
            "Parquet needs pyarrow: pip install 'analyst-notebook-kit[parquet]', or --format csv"
        ) from None
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}

    class ParquetWriter:
        """Rows gathered into row groups."""

        def __init__(self, path: Path, columns: Columns) -> None:
            self.columns = columns
            self.schema = pyarrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
            self.file = parquet.ParquetWriter(path, self.schema)
            self.rows: list[dict[str, Any]] = []

        def write(self, row: Mapping[str, Any]) -> None:
            self.rows.append({name: _fitting(row[name], kind) for name, kind in self.columns.items()})
            if len(self.rows) == ROWS:
                self.flush()

        def flush(self) -> None:
            self.file.write_table(pyarrow.Table.from_pylist(self.rows, self.schema))
            self.rows = []

        def close(self) -> None:
            self.flush()
            self.file.close()

    return ParquetWriter


def _fitting(value: Any, kind: type) -> Any:
    if kind is float:
        return _number(value)
    if kind is str and isinstance(value, str):  # Parquet takes no lone surrogates, as in names of files
        return value.encode("utf-8", "backslashreplace").decode()
    return value


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:  # a number of 400 digits
        return float("inf")
