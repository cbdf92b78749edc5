"""An article by file upload, paste, path or address, and the publication date asked for where the page has none.

In: what a person hands in, given to ``on_open``. Out: a case, made by what ``on_open`` returned and given to
``on_case``. The widget reads no file and makes no case itself; the notebook joins it with :func:`kit.cases.incoming`.

It is built of the controls of ipywidgets, which browsers, keyboards and screen readers know. The publication date is
never guessed: it is the one that the article states, the one that a person chooses, or expressly not known.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Protocol

import anywidget
import ipywidgets as controls

from kit.errors import KitError
from kit.records import Article

WAYS = ("Upload a file", "Paste the text", "Path or web address")
ACCEPTED = ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.pdf,.docx,.eml,.mht,.mhtml"
LARGEST = "Of a file of more than 6 MB, give the path instead."  # a message from browser to kernel holds 10 MiB at most
NO_DATE = (
    "The article states no publication date, and none is guessed. Choose it: “yesterday” and the like count from it. "
    "Or tick the box, and they stay open."
)
STATED = "The article states this publication date itself. Change it if you know better."
CHOSEN = "This is the date that you chose: “yesterday” and the like count from it."
_WIDE = {"width": "100%", "max_width": "46em"}
_LABELS = 118  # pixels that the labels before the fields take
_UNDER = {"margin": f"2px 2px 2px {_LABELS + 8}px", "width": "auto", "max_width": "46em"}  # under a field
_BUTTON = _UNDER | {"width": "12em"}
_NARROW = {"width": "auto", "max_width": "26em"}


class Opened(Protocol):
    """An article that was read and is no case yet, such as :class:`kit.cases.Incoming`."""

    article: Article
    name: str

    def make(self, name: str, *, published: date | None, title: str | None, outlet: str | None) -> Any:
        """Make the case; what comes back has a ``folder``."""


class _Access(anywidget.AnyWidget):
    """What the controls of ipywidgets lack for the keyboard and for screen readers.

    JupyterLab takes arrows, Enter and letters for its own unless the focused element itself says otherwise; radio
    buttons without a name are no group; a group needs a name, too.
    """

    _esm = """
    export default {
      render({ model, el }) {
        const name = `kit-way-${Math.random()}`;
        const mark = (root) => {
          for (const one of root.querySelectorAll("input, textarea, button")) one.dataset.lmSuppressShortcuts = "true";
          for (const one of root.querySelectorAll("input[type=radio]")) one.name = name;
          const ways = root.querySelector(".widget-radio-box");
          ways?.setAttribute("role", "radiogroup");
          ways?.setAttribute("aria-label", "How to hand in the article");
        };
        let watch;
        const timer = setInterval(() => {
          const root = el.closest(".kit-opener");
          if (!root) return;
          clearInterval(timer);
          root.setAttribute("role", "group");
          root.setAttribute("aria-label", "Bring your own article");
          mark(root);
          watch = new MutationObserver(() => mark(root));
          watch.observe(root, { childList: true, subtree: true });
        }, 20);
        const turn = ({ focus, show }) => {
          const root = el.closest(".kit-opener");
          root?.querySelector(focus)?.focus();
          setTimeout(() => root?.querySelector(show)?.scrollIntoView({ block: "nearest" }), 50);
        };
        model.on("msg:custom", turn);
        return () => { clearInterval(timer); watch?.disconnect(); model.off("msg:custom", turn); };
      },
    };
    """


class ArticleOpener(controls.VBox):
    """Hand in an article, say what is known about it, and get a case.

    Args:
        on_open: takes the bytes of an upload or of pasted text, with ``file_name`` for an upload, or a path or address
            as a string; returns what was read, such as :func:`kit.cases.incoming`. What it raises is shown in place.
        on_case: takes the case that was made, so that this notebook opens it from now on, such as
            :func:`kit.cases.use_case`.

    Attributes:
        opened: what was read last, or ``None``.
        case: the case that was made last, or ``None``.
    """

    def __init__(self, on_open: Callable[..., Opened], *, on_case: Callable[[Any], Any] | None = None) -> None:
        self.on_open, self.on_case = on_open, on_case
        self.opened: Opened | None = None
        self.case: Any = None
        self.way = controls.RadioButtons(options=WAYS, tooltip="How to hand in the article", layout=_UNDER)
        self.upload = controls.FileUpload(
            accept=ACCEPTED,
            description="Choose a file",
            tooltip=ACCEPTED.replace(",", " "),
            layout=controls.Layout(width="16em"),
        )
        self.text = controls.Textarea(
            description="Text", placeholder="The whole article, headline first", rows=10, layout=_WIDE
        )
        self.place = controls.Text(
            description="Path or address", placeholder="article.pdf or https://…", continuous_update=False, layout=_WIDE
        )
        self.read = controls.Button(description="Read it", button_style="primary", layout=_BUTTON)
        self.said = controls.HTML(layout=_UNDER)
        self.title = controls.Text(description="Title", layout=_WIDE)
        self.outlet = controls.Text(description="Outlet", placeholder="Who published it", layout=_NARROW)
        self.published = controls.DatePicker(description="Published", layout=_NARROW)
        self.about_date = controls.HTML(layout=_UNDER)
        self.unknown = controls.Checkbox(description="The publication date is not known", indent=False, layout=_UNDER)
        self.name = controls.Text(description="Name of the case", layout=_NARROW)
        self.make = controls.Button(description="Make the case", button_style="primary", layout=_BUTTON)
        hint = controls.HTML(f'<span style="opacity: 0.75">{LARGEST}</span>')
        upload = controls.HBox(
            [self.upload, hint], layout=controls.Layout(align_items="center", margin=_UNDER["margin"])
        )
        self._ways = dict(zip(WAYS, (upload, self.text, self.place), strict=True))
        self._form = controls.VBox(
            [self.title, self.outlet, self.published, self.about_date, self.unknown, self.name, self.make]
        )
        self.done = controls.HTML(layout=_UNDER)
        self._access = _Access()
        super().__init__([self.way, *self._ways.values(), self.read, self.said, self._form, self.done, self._access])
        for one in (self.text, self.place, self.title, self.outlet, self.published, self.name):
            one.style.description_width = f"{_LABELS}px"
        self.add_class("kit-opener")
        self.done.add_class("kit-opener-done")
        self._show_way()
        self._show(self._form, False)
        self.way.observe(lambda _: self._show_way(), "value")
        self.upload.observe(lambda _: self._take_upload(), "value")
        self.read.on_click(lambda _: self._take_words())
        for one in (self.unknown, self.published):
            one.observe(lambda _: self._show_date(), "value")
        self.make.on_click(lambda _: self._make())

    def take(self, given: str | bytes, file_name: str | None = None) -> bool:
        """Read what was handed in, as the controls do; whether it could be read, else the reason is shown."""
        self.opened, self.done.value = None, ""
        self._show(self._form, False)
        self._say("Reading …")
        try:
            found = self.on_open(given, file_name=file_name)
        except Exception as error:  # a front end swallows exceptions: each is shown in place
            self._say(_reason(error), alert=True)
            return False
        article = found.article
        self.opened = found
        self.title.value, self.outlet.value = article.title or "", article.outlet or ""
        self.published.value, self.unknown.value, self.name.value = article.published, False, found.name
        self._show(self.unknown, article.published is None)
        self._show_date()
        warnings = "".join(f"<br>Note: {escape(warning)}" for warning in article.warnings)
        self._say(f"Read: {len(article.text.split()):,} words.{warnings}", html=True)
        self._show(self._form, True)
        return True

    def _show_way(self) -> None:
        for way, control in self._ways.items():
            self._show(control, way == self.way.value)
        self._show(self.read, self.way.value != WAYS[0])

    def _show_date(self) -> None:
        stated = self.opened.article.published if self.opened else None
        self.published.disabled = self.unknown.value
        day = None if self.unknown.value else self.published.value
        words = NO_DATE if day is None else f"{_in_words(day)}. {STATED if day == stated else CHOSEN}"
        self.about_date.value = f'<div style="line-height: 1.5">{escape(words)}</div>'

    def _take_upload(self) -> None:
        if not self.upload.value:
            return
        file = self.upload.value[0]
        self.upload.value = ()  # the same file can be chosen again
        self.take(bytes(file["content"]), str(file["name"]))

    def _take_words(self) -> None:
        pasted = self.way.value == WAYS[1]
        words = self.text.value if pasted else self.place.value
        if not words.strip():
            self._say("Paste the text first." if pasted else "Write a path or an address first.", alert=True)
            return
        self.take(words.encode("utf-8", "replace") if pasted else words)

    def _make(self) -> None:
        if self.opened is None:
            return
        published = None if self.unknown.value else self.published.value
        if published is None and not self.unknown.value and self.opened.article.published is None:
            self.about_date.value = _message("Choose the publication date, or tick that it is not known.", alert=True)
            self._turn("input[type=date]")
            return
        self.make.disabled = True
        self._tell("Making the case: the article is being read for claims and figures …")
        try:
            said = {"title": self.title.value.strip() or None, "outlet": self.outlet.value.strip() or None}
            self.case = self.opened.make(self.name.value, published=published, **said)
            if self.on_case:
                self.on_case(self.case)
        except Exception as error:
            self._tell(_reason(error), alert=True)
        else:
            self._tell(_made(self.case.folder, used=self.on_case is not None), html=True)
        finally:
            self.make.disabled = False

    def _say(self, words: str, *, alert: bool = False, html: bool = False) -> None:
        self.said.value = _message(words, alert=alert, html=html)

    def _tell(self, words: str, *, alert: bool = False, html: bool = False) -> None:
        self.done.value = _message(words, alert=alert, html=html)
        self._turn(show=".kit-opener-done")

    def _turn(self, focus: str = "[none]", show: str = "[none]") -> None:
        """Move the keyboard or the view to a control, by CSS selector."""
        self._access.send({"focus": focus, "show": show})

    @staticmethod
    def _show(control: controls.DOMWidget, shown: bool) -> None:
        control.layout.display = None if shown else "none"


def _message(words: str, *, alert: bool = False, html: bool = False) -> str:
    """A message that a screen reader speaks when it appears, at once where it is an alert."""
    role, colour = ("alert", "var(--jp-error-color1, #b00020)") if alert else ("status", "inherit")
    mark = "<strong>Not done:</strong> " if alert else ""
    body = words if html else escape(words)
    return f'<div role="{role}" style="color: {colour}; max-width: 46em; line-height: 1.5">{mark}{body}</div>'


def _made(folder: Path, *, used: bool) -> str:
    line = f"CASE = {json.dumps(folder.as_posix(), ensure_ascii=False)}"
    here = (
        "To work on it here, take <em>Run › Run All Cells</em>. In the other notebooks, and here after a restart, "
        if used
        else "To work on it, "
    )
    return f"The case is made. {here}put this line into the cell that names the case:<br><code>{escape(line)}</code>"


def _in_words(day: date) -> str:
    """A day as nobody misreads it: a browser writes 06/05/2023 for the fifth of June or the sixth of May."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def _reason(error: Exception) -> str:
    """What to tell a person; an error that is none of the kit's own is named, too."""
    known = isinstance(error, KitError | OSError)
    return f"{error}" if known and f"{error}" else f"{type(error).__name__}: {error}"
