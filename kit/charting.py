"""``kit chart``: one chart of a case as a picture.

In: a case, and a saved view or the name of a chart. Out: a PNG or SVG file with its alt text as the description. The
case is read, never changed, and no file is replaced unless that was asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kit.cases import Case
from kit.charts import save_chart
from kit.errors import KitError
from kit.exports.command import find_case
from kit.tables import claims_table, dates_table, quantities_table, sources_table
from kit.views import draw_view, read_views

ENDINGS = (".png", ".svg")


class ChartError(KitError):
    """A picture that cannot be made; the message says what to do instead."""


def tables_of(case: Case) -> dict[str, pd.DataFrame]:
    """The tables that charts are drawn from, as decided, by the names that :func:`kit.views.draw_view` knows."""
    view = case.view()
    tables = {"figures": quantities_table, "dates": dates_table, "claims": claims_table, "sources": sources_table}
    return {name: table(case.analysis, view.decisions) for name, table in tables.items()}


def save_view(case: Case, view: Mapping[str, Any], out: str | Path, *, force: bool = False) -> Path:
    """Draw a view of a case into a file.

    Args:
        case: the case.
        view: see :mod:`kit.views`.
        out: a file that ends in .png or .svg.
        force: replace a file that is there.

    Raises:
        ChartError: another ending, or the file is there already.
        ViewError: the view cannot be drawn.
    """
    out = Path(out)
    if out.suffix.lower() not in ENDINGS:
        raise ChartError(f"{out}: a chart is saved as .png or .svg: name such a file with --out")
    if out.is_dir():
        raise ChartError(f"{out} is a folder: name a file with --out")
    if out.exists() and not force:
        raise ChartError(f"{out} is there already: name another file with --out, or replace it with --force")
    drawn = draw_view(view, tables_of(case))
    return save_chart(drawn.ax, out, alt=drawn.alt)[0]


def saved_view(case: Case, name: str) -> dict[str, Any]:
    """The view of this name that was saved with the case.

    Raises:
        ChartError: there is none.
    """
    views = {view["name"]: view for view in read_views(case.folder)}
    if name not in views:
        known = f"it has {', '.join(map(repr, views))}" if views else "it has none yet: save one in the third notebook"
        raise ChartError(f"{case.name} has no saved view {name!r}; {known}")
    return views[name]


def run(target: str, view: Mapping[str, Any] | str, out: Path, *, force: bool) -> int:
    """Do what the command says: the path on standard output."""
    case = find_case(target)
    path = save_view(case, saved_view(case, view) if isinstance(view, str) else view, out, force=force)
    sys.stdout.write(f"{path}\n")
    sys.stdout.flush()
    return 0
