"""The tagging widget: the article with the machine's suggestions in it, and a person's answers to them.

In: an analysis and the events decided so far. Out: one draft event for each thing the person does, handed to
``on_answer``. The widget is only an input surface: it keeps no file and knows none; what it shows as decided is what
``on_answer`` gave back as stored. Python holds the state and cuts the text; the script only draws and sends.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit import markup
from kit.contract import to_json
from kit.decisions import ANSWERS, fold, last_redoable, last_undoable
from kit.records import Analysis, Anchor, Annotation, record_id
from kit.widgets.headless import is_headless
from kit.widgets.suggestions import Suggestion, suggestions

LABELS = ("claim", "figure", "loaded word", "question")
RECORD_OF_LABEL = {"figure": "quantity", "date": "date", "source": "source"}  # any other label tags words: a claim
DONE = {"accept": "accepted", "reject": "rejected", "ignore": "ignored"}
CONTEXT = 32  # characters kept before and after a quotation, to find it again in a changed text
NOT_SAVED = "not saved: no store connected"

OnAnswer = Callable[[dict[str, Any]], Annotation]


class Annotator(anywidget.AnyWidget):
    """Judge suggestions and tag words of your own; each answer is handed on, none is kept here.

    Args:
        analysis: the machine's reading of one article.
        events: what was decided before, in order, such as ``store.read()``.
        on_answer: takes a draft (``action``, ``target``, ``record``, ``value``, ``supersedes``, ``anchor``), stores it
            and returns the stored event, such as ``store.append``. What it raises is shown in the widget, and the
            decision is then not shown as made. Without it events live in memory and the widget says so.
        labels: what a person can tag words as; a digit key picks one. ``figure`` adds a quantity, ``date`` and
            ``source`` add these, every other label adds a claim record with that label in its ``value``.
        annotator: whose answers undo and redo take back. By default the ``annotator`` of the store that
            ``on_answer`` belongs to; where there is none, the last answer is taken back whoever gave it.

    Attributes:
        events: all events, those of this widget included, in order.
    """

    _esm = Path(__file__).with_name("annotator.js")
    _css = markup.css() + Path(__file__).with_name("annotator.css").read_text(encoding="utf-8")

    text = traitlets.Unicode().tag(sync=True)
    blocks = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    marks = traitlets.List().tag(sync=True)
    pieces = traitlets.List().tag(sync=True)
    items = traitlets.List().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    history = traitlets.Dict().tag(sync=True)
    reply = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        analysis: Analysis,
        *,
        events: Iterable[Annotation] = (),
        on_answer: OnAnswer | None = None,
        labels: Sequence[str] = LABELS,
        annotator: str = "",
    ) -> None:
        self.analysis = analysis
        self.events = list(events)
        self.on_answer = on_answer
        self.annotator = annotator or getattr(getattr(on_answer, "__self__", None), "annotator", "")
        text, outline = analysis.article.text, markup.blocks(analysis)
        self._suggestions: dict[str, Suggestion] = {}
        self._cuts = [start for _, start, _, _ in outline]
        super().__init__(
            text="".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text),  # JSON has no half pairs
            blocks=[list(block) for block in outline],
            labels=list(labels),
            reply={"n": 0, "ok": True, "saved": "" if on_answer else NOT_SAVED},
            **self._state(),
        )
        self.on_msg(self._handle)

    def __repr__(self) -> str:
        decided = sum(one.id in self.answers for one in self._suggestions.values())
        return f"Annotator({len(self._suggestions)} suggestions, {decided} decided)"

    def open(self) -> None:
        """Connect to the front end; a headless run has none, and must not leave random ids in the notebook."""
        if not is_headless():
            super().open()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        still = {"text/html": markup.article_html(self.analysis, fold(self.events))}
        if is_headless():
            return still
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | still, metadata

    def answer(self, target: str, action: str) -> Annotation:
        """Answer one suggestion with ``accept``, ``reject`` or ``ignore``.

        Raises:
            ValueError: no such suggestion or no such answer. What ``on_answer`` raises is passed on.
        """
        if action not in ANSWERS:
            raise ValueError(f"{action!r} is no answer; one of {', '.join(ANSWERS)}")
        one = self._suggestions.get(target)
        if one is None:
            raise ValueError(f"no suggestion {target!r} in this article")
        before = fold(self.events).get(target)
        draft = {"action": action, "target": target, "record": one.record, "value": {}}
        draft["supersedes"] = before.events[-1] if before and before.events else None
        return self._hand_on(draft | {"anchor": self._anchor(one.start_char, one.end_char)})

    def add(self, start_char: int, end_char: int, label: str) -> Annotation:
        """Tag the characters ``start_char`` to ``end_char`` (code points) as ``label``; white space around is left out.

        Raises:
            ValueError: nothing but white space there, or a label that this widget does not offer.
        """
        if label not in self.labels:
            raise ValueError(f"no label {label!r}; one of {', '.join(self.labels)}")
        text = self.analysis.article.text
        start, end = settled(text, start_char, end_char)
        target = record_id(text, f"added:{label}", start, end)
        value = {"label": label, "start_char": start, "end_char": end, "text": text[start:end]}
        draft = {"action": "add", "target": target, "record": RECORD_OF_LABEL.get(label, "claim"), "value": value}
        return self._hand_on(draft | {"supersedes": None, "anchor": self._anchor(start, end)})

    def undo(self) -> Annotation | None:
        """Take back the last decision in force; ``None`` where there is none."""
        return self._take_back(last_undoable(self.events, annotator=self.annotator or None))

    def redo(self) -> Annotation | None:
        """Take back the last undo; ``None`` where there is none."""
        return self._take_back(last_redoable(self.events, annotator=self.annotator or None))

    def _take_back(self, event: Annotation | None) -> Annotation | None:
        if event is None:
            return None
        draft = {"action": "undo", "target": event.target, "record": event.record, "value": {}}
        return self._hand_on(draft | {"supersedes": event.id, "anchor": None})

    def _hand_on(self, draft: dict[str, Any]) -> Annotation:
        event = self.on_answer(draft) if self.on_answer else self._in_memory(draft)
        if not isinstance(event, Annotation):
            raise TypeError(f"on_answer gave back {type(event).__name__}, not the stored Annotation")
        self.events.append(event)
        self.annotator = self.annotator or event.annotator
        with self.hold_sync():
            for name, value in self._state().items():
                setattr(self, name, value)
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

    def _anchor(self, start: int, end: int) -> Anchor:
        text = self.analysis.article.text
        return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])

    def _state(self) -> dict[str, Any]:
        """What the views draw; a trait that did not change is not sent again."""
        decisions = fold(self.events)
        found = markup.marks(self.analysis, decisions)
        self._suggestions = {one.id: one for one in suggestions(self.analysis, decisions)}
        place = {mark: index for index, mark in enumerate(found)}
        mine = self.annotator or None
        return {
            "marks": [_mark(mark) for mark in found],
            "pieces": [
                [piece.start_char, piece.end_char, [place[mark] for mark in piece.marks]]
                for piece in markup.pieces(self.analysis.article.text, found, cuts=self._cuts)
            ],
            "items": [to_json(one) for one in self._suggestions.values()],
            "answers": {one.target: one.answer for one in decisions.values() if one.answer},
            "history": {
                "undo": last_undoable(self.events, annotator=mine) is not None,
                "redo": last_redoable(self.events, annotator=mine) is not None,
            },
        }

    def _handle(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """One message of a view. A front end swallows exceptions, so each is caught here and shown in the widget."""
        asked = content if isinstance(content, Mapping) else {}
        reply = {"n": self.reply.get("n", 0) + 1, "view": asked.get("view"), "ok": True}
        try:
            event, said = self._do(asked)
            reply |= {"target": event.target if event else None, "said": said}
            reply["saved"] = self.reply.get("saved", "") if not event else "saved" if self.on_answer else NOT_SAVED
        except Exception as error:
            reason = f"{error}" or type(error).__name__
            reply |= {"ok": False, "saved": "not saved", "error": f"Not saved: {reason}"}
        self.reply = reply

    def _do(self, asked: Mapping[str, Any]) -> tuple[Annotation | None, str]:
        kind, target = asked.get("type"), str(asked.get("target"))
        if kind == "answer":
            event = self.answer(target, str(asked.get("action")))
            return event, f"{self._suggestions[target].name} {DONE[event.action]}"
        if kind == "add":
            event = self.add(asked["start_char"], asked["end_char"], str(asked.get("label")))
            return event, f"added {event.value['label']}: {event.value['text']}"
        if kind in ("undo", "redo"):
            event = self.undo() if kind == "undo" else self.redo()
            return event, f"{kind} done" if event else f"nothing to {kind}"
        raise ValueError(f"the widget was asked for {kind!r}, which it does not know")


def settled(text: str, start_char: int, end_char: int) -> tuple[int, int]:
    """A selection without the white space around it, and without cutting an accent or an emoji in two.

    Raises:
        ValueError: nothing but white space is selected.
    """
    start, end = max(0, int(start_char)), min(len(text), int(end_char))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise ValueError("nothing is selected; select at least one word")
    while start > 0 and _joins(text, start):
        start -= 1
    while end < len(text) and _joins(text, end):
        end += 1
    return start, end


def _joins(text: str, at: int) -> bool:
    """Whether the character at ``at`` is drawn as one with the one before it."""
    code = ord(text[at])
    attached = unicodedata.category(text[at]) in ("Mn", "Me", "Mc") or code == 0x200D or 0x1F3FB <= code <= 0x1F3FF
    return attached or text[at - 1] == "\u200d"


def _mark(mark: markup.Mark) -> dict[str, Any]:
    """A mark as the views draw it; its answer travels apart, so that an answer does not send the marks again."""
    spoken = mark.label if mark.role in ("figure", "date") or mark.added else f"{mark.record} {mark.label} {mark.role}"
    label = mark.label if mark.role == "content" or mark.added else ""
    sent = {name: getattr(mark, name) for name in ("id", "role", "start_char", "end_char", "added", "note")}
    return sent | {"tag": label, "spoken": spoken}
