"""Choose which figures to chart, and how; read any of them in its paragraph; save the picture or the view.

In: the tables of an article as decided, and the records behind them. Out: a view (:mod:`kit.views`), handed to
``on_save``, and the id of a chosen row, handed to ``on_choose``. The widget reads and writes no file. It is built of
the controls of ipywidgets, and one view of our own for the picture (:mod:`kit.widgets.chart_view`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import ipywidgets as controls
import pandas as pd

from kit.decisions import Effective
from kit.errors import KitError
from kit.markup import unturned
from kit.views import DEFAULTS, FILTERS, checked, draw_view
from kit.widgets.chart_view import ChartView
from kit.widgets.floors import FloorEntry
from kit.widgets.inputs import ANY, IDLE, LONG, dropdown, make_inputs, offer, short, things, wide
from kit.widgets.passage import passage_html

_GRID = {"grid_template_columns": "repeat(auto-fill, minmax(25em, 1fr))", "grid_gap": "2px 12px", "max_width": "66em"}


class FigureExplorer(controls.VBox):
    """A chart of the figures with everything that can be chosen about it.

    Args:
        figures: as from :func:`kit.tables.quantities_table`.
        reading: the records as decided, such as ``case.view()``: a chosen row is shown in its paragraph.
        dates, claims, sources: as from :mod:`kit.tables`; without dates and claims there is no timeline, without
            sources no network, without claims and sources no grid of grades.
        views: the saved views, such as ``kit.views.read_views(case.folder)``.
        on_choose: takes the id of a row that a person chose: of a figure, on the timeline of a date.
        on_save: takes a view that a person named, such as ``partial(kit.views.write_view, case.folder)``. What it
            raises is shown in place. Without it nothing can be saved.

    Attributes:
        picture: the chart, with its alt text and the chosen row.
        views: the saved views by name.
    """

    def __init__(
        self,
        figures: pd.DataFrame,
        reading: Effective,
        *,
        dates: pd.DataFrame | None = None,
        claims: pd.DataFrame | None = None,
        sources: pd.DataFrame | None = None,
        views: Iterable[Mapping[str, Any]] = (),
        on_choose: Callable[[str], Any] | None = None,
        on_save: Callable[[dict[str, Any]], Any] | None = None,
    ) -> None:
        self.reading, self.on_choose, self.on_save = reading, on_choose, on_save
        given = {"figures": figures, "dates": dates, "claims": claims, "sources": sources}
        self.tables = {name: table for name, table in given.items() if table is not None}
        self.views = {view["name"]: dict(view) for view in views}
        self._names = {name: _row_names(table) for name, table in self.tables.items() if name in ("figures", "dates")}
        self._quiet = False
        self._inputs = make_inputs(self.tables)
        self.floors = FloorEntry(things(figures), self._redraw)
        self.picture = ChartView(self._chosen)
        self.saved = dropdown("Saved view", [])
        self.name = controls.Text(description="Name", placeholder="what this view shows", layout=wide())
        self.save = controls.Button(description="Save this view", layout=controls.Layout(width="12em"))
        self.said = controls.HTML()
        self._list_views()
        inputs = controls.GridBox(list(self._inputs.values()), layout=controls.Layout(**_GRID))
        keep = controls.HBox([self.name, self.save], layout=controls.Layout(flex_flow="row wrap", align_items="center"))
        keep.layout.display = None if on_save else "none"
        super().__init__([self.saved, inputs, self.floors, self.picture, keep, self.said])
        self.add_class("kit-explorer")
        for one in (*self._inputs.values(), self.saved, self.name):
            one.style.description_width = "0" if isinstance(one, controls.Checkbox) else "8.5em"
        for one in self._inputs.values():
            one.observe(lambda _: self._redraw(), "value")
        self.saved.observe(lambda _: self._open(), "value")
        self.save.on_click(lambda _: self._save())
        self._redraw()

    def __repr__(self) -> str:
        return f"FigureExplorer({len(self.tables['figures'])} figures, {len(self.views)} saved views)"

    @property
    def view(self) -> dict[str, Any]:
        """What is chosen now, as a view."""
        chosen = {name: None if one.value == ANY else one.value for name, one in self._inputs.items()}
        return checked(DEFAULTS | chosen | {"name": self.name.value, "floors": self.floors.floors})

    def show(self, view: Mapping[str, Any]) -> None:
        """Choose what a view says.

        Raises:
            ViewError: it is none.
        """
        view = checked(view)
        self._quiet = True
        try:
            for name, one in self._inputs.items():
                value = ANY if name in FILTERS and view[name] is None else view[name]
                if isinstance(one, controls.Dropdown):
                    offer(one, value)
                one.value = value
            self.floors.show(view["floors"])
            self.name.value = view["name"]
        finally:
            self._quiet = False
        self._redraw()

    def choose(self, record_id: str) -> None:
        """Choose a row of the chart, as a click does.

        Raises:
            KeyError: the chart has no such row.
        """
        self.picture.choose(record_id)

    def _redraw(self) -> None:
        """Draw what is chosen; a front end swallows exceptions, so each is shown in place."""
        if self._quiet:
            return
        try:
            view = self.view
            for name, one in self._inputs.items():
                one.disabled = name in IDLE.get(view["chart"], ())
            self.floors.layout.display = None if view["chart"] == "confirmed" else "none"
            drawn = draw_view(view, self.tables)
            self.picture.draw(drawn.ax, drawn.alt, self._names["dates" if view["chart"] == "timeline" else "figures"])
            self.picture.file_name = _file_name(view["name"] or view["chart"])
            count = len(self.picture.picture["rows"])
            rows = f"{count} {'row' if count == 1 else 'rows'} in the chart."
            self.picture.said = "The chart is drawn." if view["chart"] in ("network", "grades") else rows
            self.picture.wrong = ""
            if self.saved.value != ANY and view != self.views[self.saved.value]:
                self._list_views()  # what is chosen is no longer what was saved
        except Exception as error:
            self.picture.wrong = f"Not drawn: {_reason(error)}"

    def _chosen(self, record_id: str) -> str:
        if self.on_choose:
            self.on_choose(record_id)
        return passage_html(self.reading, record_id)

    def _open(self) -> None:
        if self.saved.value != ANY and not self._quiet:
            try:
                self.show(self.views[self.saved.value])
            except Exception as error:
                self._say(f"Not opened: {_reason(error)}", alert=True)

    def _save(self) -> None:
        try:
            view = checked(self.view, named=True)
            if self.on_save:
                self.on_save(view)
            new = view["name"] not in self.views
            self.views[view["name"]] = view
            self._list_views(view["name"])
            self._say(f"The view “{view['name']}” is saved{'' if new else ', in place of the one before'}.")
        except Exception as error:
            self._say(f"Not saved: {_reason(error)}", alert=True)

    def _list_views(self, chosen: Any = ANY) -> None:
        """Offer the saved views."""
        before, self._quiet = self._quiet, True
        self.saved.options = [("Choose one", ANY), *((short(name), name) for name in self.views)]
        self.saved.value = chosen
        self._quiet = before
        self.saved.layout.display = None if self.views else "none"

    def _say(self, words: str, *, alert: bool = False) -> None:
        role, colour = ("alert", "var(--jp-error-color1, #b00020)") if alert else ("status", "inherit")
        self.said.value = (
            f'<div role="{role}" style="color: {colour}; line-height: 1.5">{escape(unturned(words))}</div>'
        )


def _row_names(table: pd.DataFrame) -> dict[str, str]:
    """What the row of each record is called for who does not see it: its words, who says so, of whom, when."""
    names = {}
    for record in table.to_dict("records"):
        said = [record.get(name) for name in ("text", "reporter", "affected", "place", "date", "value")]
        if "reporter" in record:
            said.pop()  # a number; it stands in the words
        names[str(record.get("id"))] = unturned("; ".join(short(one) for one in said if isinstance(one, str) and one))
    return names


def _file_name(name: str) -> str:
    """A name that every system takes for a file."""
    plain = "".join(one if one.isalnum() or one in "-_" else " " for one in name.lower())
    return "-".join(plain.split())[:LONG] or "chart"


def _reason(error: Exception) -> str:
    known = isinstance(error, KitError | OSError | ValueError)
    return f"{error}" if known and f"{error}" else f"{type(error).__name__}: {error}"
