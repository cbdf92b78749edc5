"""What the desk shows of a view, put together, and what of it an action changed.

In: the records as decided, the events, the labels. Out: plain JSON for the traits of the widget.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kit.checkworthiness import Worth
from kit.decisions import Effective, Ledger, last_redoable, last_undoable, said_by
from kit.markup import unturned
from kit.records import Annotation, Article
from kit.schemes import Label, Scheme
from kit.widgets.items import items, source_list
from kit.widgets.spans import Item


def drawn_items(view: Effective, ledger: Ledger | None, worth: Mapping[str, Worth]) -> list[Item]:
    """The items of a view in reading order, each claim and its figures with what makes it worth checking.

    Without a ledger nobody's answers are shown.
    """
    said = ledger.said if ledger else {}
    answers = {target: _told("answer", by["answer"]) for target, by in said.items() if "answer" in by}
    differing = {
        target: [[what, _told(what, by)] for what, by in found.items()]
        for target in said
        if ledger and (found := ledger.differing(target))
    }
    shown = {
        target: {
            "score": round(one.score, 3),
            "fired": [[f.name.replace("_", " "), f.weight, _words(f.words)] for f in one.fired],
        }
        for target, one in worth.items()
    }
    found = items(view, answers, differing)
    for item in found:
        item["worth"] = shown.get(item["claim"] or item["id"])
    return found


def around(view: Effective, events: Sequence[Annotation], scheme: Scheme, annotator: str | None) -> dict[str, Any]:
    """What stands beside the items: labels, sources, decisions that no longer fit, whether undo and redo have a use."""
    used = [name for target in view.decisions for name in view.labels(target)]
    labels = scheme.with_used([*used, *(tag.label for tag in view.tags)]).labels
    undo, redo = (choose(events, annotator=annotator) is not None for choose in (last_undoable, last_redoable))
    return {
        "labels": [{"name": one.name, "adds": one.adds, "key": one.key, "about": one.about} for one in labels],
        "sources": source_list(view),
        "strays": [unturned(stray.message) for stray in view.strays],
        "history": {"undo": undo, "redo": redo},
    }


def updated(
    items: dict[str, Item], order: list[str], about: dict[str, Any], found: Sequence[Item], new: Mapping[str, Any]
) -> dict[str, Any]:
    """Change ``items``, ``order`` and ``about`` in place into what was found, and tell what changed."""
    changed = {item["id"]: item for item in found if items.get(item["id"]) != item}
    now = [item["id"] for item in found]
    gone = sorted(items.keys() - set(now))
    other = {name: value for name, value in new.items() if about.get(name) != value}
    moved = now != order
    items.update(changed)
    for one in gone:
        del items[one]
    order[:] = now
    about.update(other)
    return {"changed": changed, "gone": gone, "order": now if moved else None, "about": other}


def scheme_of(labels: Scheme | Sequence[str] | None) -> Scheme:
    """Labels as a scheme; of plain names, those that the kit knows keep what they add."""
    if labels is None or isinstance(labels, Scheme):
        return labels or Scheme()
    known, keys = {one.name: one for one in Scheme().labels}, iter("123456789")
    plain = {"date": Label("date", "date"), "source": Label("source", "source")} | known
    return Scheme(tuple(replace(plain.get(name, Label(name)), key=next(keys, "")) for name in labels))


def citation(article: Article) -> str:
    """Where a quotation stands: title, outlet, day and address, as far as they are known."""
    title = f"in “{unturned(article.title)}”" if article.title else "in the article"
    known: list[Any] = [title, article.outlet, article.published and article.published.isoformat(), article.url]
    return ", ".join(unturned(str(one)) for one in known if one)


def _words(words: Sequence[str]) -> str:
    return ", ".join(unturned(word) for word in words)


def _told(what: str, by: Mapping[str, Annotation]) -> dict[str, str]:
    return {who: unturned(said_by(what, event)) for who, event in by.items()}
