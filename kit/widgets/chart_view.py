"""A chart whose rows can be chosen with mouse and keyboard, with the passage behind the chosen one below it.

In: a drawn chart with its alt text. Out: the id of a row that a person chose, handed to ``on_choose``. The picture is
the kit's own PNG; over each of its rows lies an option of a list box, so that what is clicked and what is read out is
the same. Files are made in Python and handed to the browser; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit import markup
from kit.charts import as_image, chart_bytes, mark_places

_HERE = Path(__file__).parent
FILES = {".png": "image/png", ".svg": "image/svg+xml"}


class ChartView(anywidget.AnyWidget):
    """The picture, its rows as options, the passage, and two buttons that save the picture.

    Args:
        on_choose: takes the id of a chosen row and returns the passage to show, as safe HTML. What it raises is shown.
    """

    _esm = _HERE / "chart_view.js"
    _css = markup.css() + (_HERE / "chart_view.css").read_text(encoding="utf-8")

    picture = traitlets.Dict().tag(sync=True)  # png, alt, width in CSS pixels, rows
    chosen = traitlets.Unicode().tag(sync=True)
    passage = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    wrong = traitlets.Unicode().tag(sync=True)

    def __init__(self, on_choose: Callable[[str], str]) -> None:
        self.on_choose = on_choose
        self.file_name = "chart"
        self._ax: Any = None
        super().__init__()
        self.on_msg(self._handle)

    def draw(self, ax: Any, alt: str, names: Mapping[str, str]) -> None:
        """Show a chart; ``names`` is what each of its rows is called, by id. A chosen row that is gone is let go."""
        image = as_image(ax, alt=alt)
        rows = [
            {"id": one.id, "top": one.top, "bottom": one.bottom, "name": names.get(one.id, one.id)}
            for one in mark_places(ax)
        ]
        self._ax = ax
        self.picture = {"png": image.png, "alt": alt, "width": image.width, "rows": rows}
        if self.chosen not in {row["id"] for row in rows}:
            self.chosen, self.passage = "", ""

    def choose(self, record_id: str) -> None:
        """Choose a row, as a click does.

        Raises:
            KeyError: the chart has no such row. What ``on_choose`` raises is passed on.
        """
        row = next((row for row in self.picture.get("rows", ()) if row["id"] == record_id), None)
        if row is None:
            raise KeyError(f"the chart has no row {record_id!r}")
        self.chosen, self.wrong = record_id, ""
        self.passage = self.on_choose(record_id)
        self.said = f"Chosen: {row['name']}. Its passage stands below the chart."

    def file(self, ending: str) -> bytes:
        """The chart as a file, ``.png`` or ``.svg``, with its alt text as the description."""
        return chart_bytes(self._ax, ending, alt=self.picture["alt"])

    def _handle(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """One message of a view. A front end swallows exceptions, so each is caught here and shown in the widget."""
        asked = content if isinstance(content, Mapping) else {}
        try:
            if asked.get("type") == "choose":
                self.choose(str(asked.get("id")))
            elif asked.get("type") == "save" and asked.get("ending") in FILES:
                ending = asked["ending"]
                about = {"name": f"{self.file_name}{ending}", "mime": FILES[ending], "view": asked.get("view")}
                self.send({"type": "file", **about}, [self.file(ending)])
                self.said = f"{about['name']} handed to the browser."
        except Exception as error:
            self.wrong = f"{error}" or type(error).__name__
