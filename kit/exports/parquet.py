"""Tables as Parquet files: texts as they are, numbers with their types. Needs ``pyarrow``."""

from __future__ import annotations

import io

from kit.exports.material import Encoded, ExportError, Material
from kit.exports.tables import HOLDS, case_tables

__all__ = ["HOLDS", "encode"]


def encode(material: Material) -> Encoded:
    """The tables of a case, one Parquet file each.

    Raises:
        ExportError: ``pyarrow`` is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        install = "pip install 'analyst-notebook-kit[parquet]', or --format csv"
        raise ExportError(f"Parquet needs pyarrow: {install}") from None
    files = {}
    for name, table in case_tables(material).items():
        file = io.BytesIO()
        table.to_parquet(file, engine="pyarrow", index=False)
        files[f"{name}.parquet"] = file.getvalue()
    return Encoded(files)
