"""The tagging desk: the article with the machine's suggestions in it, and a person's answers to them.

In: an analysis and the events decided so far. Out: one draft event for each thing the person does, handed to
``on_answer``. The widget is only an input surface: it keeps no file and knows none; what it shows as decided is what
``on_answer`` gave back as stored. Python owns the records, undo and saving; the script draws and sends.

The records are synchronised once, when a view opens. After that each action sends only the records that it changed, as
a message of the type ``state``; the traits are changed in place with it, so that a view that opens later sees the same.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit import markup
from kit.checkworthiness import Criterion, Worth, checkworthiness
from kit.contract import to_json
from kit.decisions import Effective, Ledger, last_redoable, last_undoable, settle, undo_draft
from kit.markup.page import LEGEND
from kit.records import BOUND_WORDS, Analysis, Annotation
from kit.schemes import Scheme
from kit.widgets.asks import draft_of, said_of
from kit.widgets.headless import is_headless
from kit.widgets.scripts import joined
from kit.widgets.spans import Item
from kit.widgets.state import around, citation, drawn_items, scheme_of, updated

CAPTION = "What was suggested and decided when this cell ran; run it again to see what was decided since"
STILL = (
    ".jp-OutputArea:has(.kit-desk) .kit-still, .jp-OutputArea-child:has(.kit-still) ~ "
    ".jp-OutputArea-child:has(> .jupyter-widgets):not(:has(> .jupyter-widgets > *)) { display: none }"
)
NOT_SAVED = "not saved: no store connected"

OnAnswer = Callable[[dict[str, Any]], Annotation]
Events = Iterable[Annotation] | Callable[[], Iterable[Annotation]]


class Annotator(anywidget.AnyWidget):
    """Judge suggestions, correct them and tag words of your own; each decision is handed on, none is kept here.

    Args:
        analysis: the machine's reading of one article.
        events: what was decided before, in order; or how to read it, such as ``store.read``: then what another person
            or another kernel decided appears with the next action.
        on_answer: takes a draft (``action``, ``target``, ``record``, ``value``, ``supersedes``, ``anchor``), stores it
            and returns the stored event, such as ``store.append``. What it raises is shown in the widget, and the
            decision is then not shown as made. Without it events live in memory and the widget says so.
        labels: what a person can tag words as, such as ``case.labels()``; the built-in labels by default.
        annotator: whose answers undo and redo take back. By default the ``annotator`` of the store that
            ``on_answer`` belongs to; where there is none, the last answer is taken back whoever gave it.
        blind: show only this annotator's own decisions.
        criteria: of check-worthiness, such as ``load_criteria(case.folder)``; the kit's by default.

    Attributes:
        events: all events, those of this widget included, in order.
        view: the records as decided (:class:`~kit.decisions.Effective`).
        reply: what the last message was answered.
    """

    _esm = joined()
    _css = markup.css() + Path(__file__).with_name("annotator.css").read_text(encoding="utf-8")

    text = traitlets.Unicode().tag(sync=True)
    blocks = traitlets.List().tag(sync=True)
    items = traitlets.Dict().tag(sync=True)
    order = traitlets.List().tag(sync=True)
    about = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        analysis: Analysis,
        *,
        events: Events = (),
        on_answer: OnAnswer | None = None,
        labels: Scheme | Sequence[str] | None = None,
        annotator: str = "",
        blind: bool = False,
        criteria: Sequence[Criterion] | None = None,
    ) -> None:
        self.analysis = analysis
        self._read = events if callable(events) else None
        self.events = list(events() if callable(events) else events)
        self.on_answer = on_answer
        self.annotator = annotator or getattr(getattr(on_answer, "__self__", None), "annotator", "")
        self.blind = blind
        self.criteria = criteria
        self.scheme = scheme_of(labels)
        self._ledger = Ledger(analysis, annotator=self.annotator if blind else None)
        self.reply: dict[str, Any] = {"n": 0, "ok": True, "saved": "" if on_answer else NOT_SAVED}
        self.view = self._viewed()
        self._worth: tuple[Any, Mapping[str, Worth]] = (None, {})
        found = self._drawn()
        super().__init__(
            text="".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in analysis.article.text),
            blocks=[list(block) for block in markup.blocks(analysis)],
            items={item["id"]: item for item in found},
            order=[item["id"] for item in found],
            about={
                "bounds": [list(one) for one in BOUND_WORDS.items()],
                "citation": citation(analysis.article),
                "legend": [list(one) for one in LEGEND],
                "blind": blind,
                "saved": self.reply["saved"],
                **self._around(),
            },
        )
        self.on_msg(self._handle)

    def __repr__(self) -> str:
        decided = sum(item["answer"] is not None for item in self.items.values())
        return f"Annotator({len(self.items)} suggestions, {decided} decided)"

    def open(self) -> None:
        """Connect to the front end; a headless run has none, and must not leave random ids in the notebook."""
        if not is_headless():
            super().open()

    def _ipython_display_(self, **_: Any) -> None:
        """Show the desk, and in an output before it the same as a static page, for where no widget runs.

        One output with both would do for nbconvert; but JupyterLab, when it opens a saved notebook, takes the widget of
        an output and tells that its model is gone. The style sheet of the static page hides it while the desk is there.
        """
        display = sys.modules["IPython.display"].display  # it is IPython that calls this
        display({"text/html": self.still(), "text/plain": repr(self)}, raw=True)
        if not is_headless():
            data, metadata = super()._repr_mimebundle_()
            display(data, raw=True, metadata=metadata)

    def still(self) -> str:
        """The desk as static HTML: the article with its marks, and a table of what was decided."""
        table = markup.decisions_html(self.view, caption=CAPTION)
        return f'<div class="kit-still"><style>{STILL}</style>{markup.article_html(self.view)}{table}</div>'

    def ask(self, type: str, **asked: Any) -> Annotation | None:
        """Do what a message of the desk does, such as ``ask("answer", target=…, action="accept")``.

        Returns:
            The stored event; ``None`` where there was nothing to undo or redo.

        Raises:
            DecisionError: it cannot be decided. What ``on_answer`` raises is passed on.
        """
        event = self._do({"type": type, **asked})
        self.send({"type": "state", "reply": None, **self._changes()})
        return event

    def answer(self, target: str, action: str) -> Annotation:
        """Answer one suggestion with ``accept``, ``reject`` or ``ignore``."""
        return self.ask("answer", target=target, action=action)

    def add(self, start_char: int, end_char: int, label: str) -> Annotation:
        """Tag characters (code points) as ``label``; white space around them is left out."""
        return self.ask("add", start_char=start_char, end_char=end_char, label=label)

    def undo(self) -> Annotation | None:
        """Take back the last decision in force; ``None`` where there is none."""
        return self.ask("undo")

    def redo(self) -> Annotation | None:
        """Take back the last undo; ``None`` where there is none."""
        return self.ask("redo")

    def refresh(self) -> bool:
        """Take in what others decided since; whether there was anything."""
        events = list(self._read()) if self._read and self.on_answer else self.events
        if len(events) == len(self.events) and (not events or events[-1].id == self.events[-1].id):
            return False
        self.events = events
        self.view = self._viewed()
        return True

    def _viewed(self) -> Effective:
        if self.blind and self._ledger.annotator != self.annotator:  # the first decision told the name
            self._ledger = Ledger(self.analysis, annotator=self.annotator)
        return self._ledger.view(self.events)

    def _take_back(self, choose: Callable[..., Annotation | None]) -> Annotation | None:
        event = choose(self.events, annotator=self.annotator or None)
        return self._hand_on(undo_draft(event)) if event else None

    def _hand_on(self, draft: dict[str, Any]) -> Annotation:
        event = self.on_answer(draft) if self.on_answer else self._in_memory(draft)
        if not isinstance(event, Annotation):
            raise TypeError(f"on_answer gave back {type(event).__name__}, not the stored Annotation")
        self.annotator = self.annotator or event.annotator
        if not self.refresh():
            self.events.append(event)
            self.view = self._viewed()
        return event

    def _in_memory(self, draft: dict[str, Any]) -> Annotation:
        content = json.dumps([len(self.events), to_json(draft)], sort_keys=True)
        return Annotation(
            **draft,
            id=hashlib.sha256(content.encode()).hexdigest()[:16],
            article=self.analysis.article.sha256,
            annotator=self.annotator,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
        )

    def _differing(self, target: str) -> list[str]:
        """Ids of the events in which annotators say different things of a suggestion."""
        given = {} if self.blind else self._ledger.differing(target)
        return list(dict.fromkeys(event.id for by in given.values() for event in by.values()))

    def _drawn(self, *, weigh: bool = True) -> list[Item]:
        """The items now; what is worth checking is looked up anew only where records or rejections changed."""
        rejected = {target for target, one in self.view.decisions.items() if one.answer == "reject"}
        if weigh and self._worth[0] != (self.view.analysis, rejected):
            self._worth = (self.view.analysis, rejected), checkworthiness(self.view, self.criteria)
        return drawn_items(self.view, None if self.blind else self._ledger, self._worth[1])

    def _around(self) -> dict[str, Any]:
        return around(self.view, self.events, self.scheme, self.annotator or None)

    def _changes(self, *, weigh: bool = True) -> dict[str, Any]:
        """Bring the traits up to date in place, and tell what changed in them."""
        found = self._drawn(weigh=weigh)
        changed = updated(self.items, self.order, self.about, found, self._around())
        self.about["saved"] = self.reply["saved"]
        return changed

    def _handle(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """One message of a view. A front end swallows exceptions, so each is caught here and shown in the widget."""
        asked: Mapping[str, Any] = content if isinstance(content, Mapping) else {}
        if asked.get("type") == "look":
            self._look()
            return
        reply = {"n": self.reply["n"] + 1, "view": asked.get("view"), "asked": asked.get("type"), "ok": True}
        try:
            event = self._do(asked)
            names = {item["id"]: item["name"] for item in self.items.values()}
            reply |= {"target": event.target if event else None}
            reply["saved"] = self.reply["saved"] if not event else "saved" if self.on_answer else NOT_SAVED
            self.reply = reply
            state = self._changes(weigh=False)
            names |= {item["id"]: item["name"] for item in self.items.values()}
            reply["said"] = said_of(self.view, asked, event, names)
        except Exception as error:
            reason = f"{error}" or type(error).__name__
            reply |= {"ok": False, "saved": "not saved", "error": f"Not saved: {reason}"}
            self.reply = reply
            state = _NOTHING
        self.send({"type": "state", "reply": reply, **state})
        if late := self._changes()["changed"]:  # what is worth checking now; the answer does not wait for it
            self.send({"type": "state", "reply": None, **_NOTHING, "changed": late})

    def _look(self) -> None:
        """Show what others decided, where there is anything; a log that cannot be read is told at the next action."""
        try:
            if self.refresh():
                self.send({"type": "state", "reply": None, **self._changes()})
        except Exception as error:
            self.send({"type": "state", "reply": {"error": f"Cannot read the log: {error}"}, **_NOTHING})

    def _do(self, asked: Mapping[str, Any]) -> Annotation | None:
        self.refresh()
        if asked.get("type") in ("undo", "redo"):
            return self._take_back(last_undoable if asked["type"] == "undo" else last_redoable)
        draft = draft_of(self.view, asked, {label.name: label.adds for label in self.scheme.labels})
        differing = self._differing(draft["target"]) if asked.get("adjudicates") else []
        return self._hand_on(settle(draft, events=differing) if differing else draft)


_NOTHING: dict[str, Any] = {"changed": {}, "gone": [], "order": None, "about": {}}
