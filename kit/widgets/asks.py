"""From a message of the desk to a draft for the log, and to the sentence that says what was done.

In: the view that the person decided on, and the message. Out: a draft of :mod:`kit.decisions`, which checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit import decisions
from kit.decisions import DecisionError, Effective
from kit.records import Annotation, Source

Asked = Mapping[str, Any]
Draft = dict[str, Any]

DONE = {"accept": "accepted", "reject": "rejected", "ignore": "ignored"}


def draft_of(view: Effective, asked: Asked, adds: Mapping[str, str]) -> Draft:
    """The draft that a message asks for.

    Args:
        view: the records as decided so far.
        asked: the message; ``type`` says what, the rest depends on it.
        adds: label -> what it adds: ``claim``, ``quantity``, ``source``, ``date`` or ``words``.

    Raises:
        DecisionError: the message is none, or what it asks for cannot be decided.
    """
    kind = asked.get("type")
    make = _MAKERS.get(str(kind))
    if kind == "add":
        return _added(view, asked, adds)
    if make is None:
        raise DecisionError(f"the widget was asked for {kind!r}, which it does not know")
    target = asked.get("target")
    if not isinstance(target, str):
        raise DecisionError("nothing is chosen")
    return make(view, target, asked)


def said_of(view: Effective, asked: Asked, event: Annotation | None, names: Mapping[str, str]) -> str:
    """What was done, in a sentence for a screen reader; ``names`` are the names of the items."""
    kind = asked.get("type")
    if event is None:
        return f"nothing to {kind}" if kind in ("undo", "redo") else ""
    record = view.record(event.target)
    name = record.name if isinstance(record, Source) else names.get(event.target, "it")
    value = event.value
    return {
        "undo": f"undone: {name}",
        "redo": f"done again: {name}",
        "answer": f"{name} {DONE.get(event.action, '')}",
        "add": f"added {value.get('label')}: {value.get('text')}",
        "edit": f"{name}: {', '.join(_fields(value))} corrected",
        "link": f"{name} linked" if value.get("claim_id") else f"{name} is the outlet's own",
        "merge": f"merged into {name}",
        "unmerge": f"taken out of {name}",
        "split": f"split off from {name}",
        "label": f"{name} labelled {', '.join(value.get('labels', ())) or 'nothing'}",
        "note": f"note on {name}",
        "grade": f"{name} graded {value.get('reliability') or value.get('credibility')}",
    }.get(str(kind), "done")


def _fields(value: Asked) -> list[str]:
    """The fields that an edit changed; the edges of a span are its words."""
    words = {"start_char": "words", "end_char": "", "text": "", "seen": "", "adjudicates": ""}
    return [name for name in (words.get(one, one) for one in value) if name]


def _added(view: Effective, asked: Asked, adds: Mapping[str, str]) -> Draft:
    label = asked.get("label")
    if label not in adds:
        raise DecisionError(f"no label {label!r}; one of {', '.join(adds)}")
    start, end = asked.get("start_char"), asked.get("end_char")
    if type(start) is not int or type(end) is not int:
        raise DecisionError("nothing is selected; select at least one word")
    if adds[label] == "claim":
        return decisions.add_claim(view, (start, end))
    record = "claim" if adds[label] == "words" else adds[label]
    return decisions.add_words(view, start, end, label, record=record)


def _edit(view: Effective, target: str, asked: Asked) -> Draft:
    fields = asked.get("fields")
    if not isinstance(fields, Mapping) or not fields:
        raise DecisionError("nothing was changed")
    return decisions.edit(view, target, **fields)


def _texts(asked: Asked, name: str) -> list[str]:
    given = asked.get(name)
    return [str(one) for one in given] if isinstance(given, list) else []


_MAKERS: dict[str, Callable[[Effective, str, Asked], Draft]] = {
    "answer": lambda view, target, asked: decisions.answer(view, target, str(asked.get("action"))),
    "edit": _edit,
    "link": lambda view, target, asked: decisions.link(view, target, asked.get("claim")),
    "merge": lambda view, target, asked: decisions.merge(view, target, _texts(asked, "others")),
    "unmerge": lambda view, target, asked: decisions.unmerge(view, target, _texts(asked, "others")),
    "split": lambda view, target, asked: decisions.split(view, target, asked.get("mentions") or []),
    "label": lambda view, target, asked: decisions.label(view, target, _texts(asked, "labels")),
    "note": lambda view, target, asked: decisions.note(view, target, str(asked.get("note") or "")),
    "grade": lambda view, target, asked: decisions.grade(
        view, target, str(asked.get("grade")), elsewhere=str(asked.get("elsewhere") or "")
    ),
}
