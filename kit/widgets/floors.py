"""Enter what is confirmed: at least so many of a category, confirmed by whom, as of when. A part of the explorer.

In: what a person types. Out: the floors of a view. A floor without its source or its day is refused, in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import ipywidgets as controls

from kit.markup import unturned
from kit.views import ViewError, checked

_WIDE = {"width": "auto", "max_width": "30em"}


class FloorEntry(controls.VBox):
    """A small form, and the floors entered so far, each with a button that takes it away.

    Args:
        categories: what floors can be entered for.
        on_change: called when the floors have changed.
    """

    def __init__(self, categories: Iterable[str], on_change: Callable[[], Any]) -> None:
        self.floors: list[dict[str, Any]] = []
        self._on_change = on_change
        self.category = controls.Dropdown(description="Floor for", options=list(categories), layout=_WIDE)
        self.value = controls.Text(description="At least", placeholder="a number", layout=_WIDE)
        self.source = controls.Text(description="Confirmed by", placeholder="who, and how", layout=_WIDE)
        self.date = controls.DatePicker(description="As of", layout=_WIDE)
        self.list = controls.Text(description="Counted by", placeholder="which list; may be empty", layout=_WIDE)
        self.enter = controls.Button(description="Enter this floor", layout=controls.Layout(width="12em"))
        self.said = controls.HTML()
        self._entered = controls.VBox(layout={"align_items": "flex-start"})
        fields = [self.category, self.value, self.source, self.date, self.list]
        for one in fields:
            one.style.description_width = "8.5em"
        head = controls.HTML("<strong>What is confirmed</strong>, as far as you know: a floor, never an estimate")
        columns = "repeat(auto-fill, minmax(25em, 1fr))"
        grid = {"grid_template_columns": columns, "grid_gap": "2px 12px", "max_width": "66em"}
        form = controls.GridBox([*fields, self.enter], layout=controls.Layout(**grid))
        super().__init__([head, form, self.said, self._entered])
        self.enter.on_click(lambda _: self._enter())

    def show(self, floors: Iterable[Mapping[str, Any]]) -> None:
        """Show the floors of a view."""
        self.floors = [dict(floor) for floor in floors]
        self._list()

    def _enter(self) -> None:
        try:
            number = self.value.value.replace(",", "").replace(" ", "")
            value = float(number) if number else None
            floor = {"category": self.category.value, "value": value, "source": self.source.value}
            floor |= {"date": self.date.value, "list": self.list.value}
            (new,) = checked({"floors": [floor]})["floors"]
        except ViewError as error:
            self._say(str(error).removeprefix("the view: "))
            return
        except ValueError:
            self._say(f"{self.value.value!r} is no number")
            return
        if float(new["value"]).is_integer():
            new["value"] = int(new["value"])
        self.floors = [*(one for one in self.floors if one["category"] != new["category"]), new]
        self.said.value = ""
        self._list()
        self._on_change()

    def _remove(self, floor: Mapping[str, Any]) -> None:
        self.floors = [one for one in self.floors if one is not floor]
        self._list()
        self._on_change()

    def _list(self) -> None:
        buttons = []
        for floor in self.floors:
            words = f"{floor['category']}: at least {floor['value']:,}, {floor['source']}, {floor['date']}"
            button = controls.Button(description=f"Remove {unturned(words)}", icon="times", layout={"width": "auto"})
            button.on_click(lambda _, floor=floor: self._remove(floor))
            buttons.append(button)
        self._entered.children = buttons

    def _say(self, reason: str) -> None:
        style = "color: var(--jp-error-color1, #b00020)"
        self.said.value = f'<div role="alert" style="{style}">Not entered: {escape(unturned(reason))}</div>'
