"""The labels that a person can give: the kit's own, and those of the case.

In: a ``labels.toml``, or nothing. Out: a :class:`Scheme` with the built-in labels first. A scheme is open: a label that
stands in the log and no longer in the file is shown as it is.

    [[label]]
    name = "narrative: blame"     # what is written to the log; it has to be new
    adds = "words"                # what tagging words makes: claim, quantity, source, date, or words (the default)
    key = "5"                     # a digit that picks it, if it is free; without it the next free one
    about = "says whose fault it is"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from kit.errors import KitError

LABELS_FILE = "labels.toml"
Adds = Literal["claim", "quantity", "source", "date", "words"]
KEYS = "123456789"
_LONGEST = 60  # characters of a name: it has to fit on a button


class SchemeError(KitError):
    """A ``labels.toml`` that cannot be used; the message says which label and why."""


@dataclass(frozen=True)
class Label:
    """One label. ``adds`` is what tagging words with it makes; ``key`` is the digit that picks it, or empty."""

    name: str
    adds: Adds = "words"
    key: str = ""
    about: str = ""

    @property
    def record(self) -> str:
        """The record kind of an event that adds it: words are kept as a claim record with their label."""
        return "claim" if self.adds == "words" else self.adds


BUILT_IN = (
    Label("claim", "claim", "1", "somebody says something"),
    Label("figure", "quantity", "2", "a reported number with what it counts"),
    Label("loaded word", "words", "3", "a word that judges"),
    Label("question", "words", "4", "something to find out"),
)


@dataclass(frozen=True)
class Scheme:
    """The labels in force, in the order in which they are offered."""

    labels: tuple[Label, ...] = BUILT_IN

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all labels."""
        return tuple(label.name for label in self.labels)

    def label(self, name: str) -> Label | None:
        """The label of this name, or ``None``."""
        return next((label for label in self.labels if label.name == name), None)

    def with_used(self, names: Iterable[str]) -> Scheme:
        """The scheme with labels that are in use and in no file, behind the others and without a key."""
        new = (Label(name) for name in dict.fromkeys(names) if name not in self.names)
        return Scheme((*self.labels, *new))


def load_scheme(path: Path) -> Scheme:
    """The built-in labels and those of a ``labels.toml``, which need not exist.

    Raises:
        SchemeError: it is no TOML, or a label in it is none.
    """
    if not path.is_file():
        return Scheme()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SchemeError(f"{path}: not valid TOML: {error}") from error
    given = tables.get("label", [])
    if not isinstance(given, list):
        raise SchemeError(f"{path}: write [[label]] with two brackets, once for each label")
    labels = list(BUILT_IN)
    for number, table in enumerate(given, start=1):
        try:
            labels.append(_label(table, labels))
        except SchemeError as error:
            raise SchemeError(f"{path}, label {number}: {error}") from None
    return Scheme(tuple(_with_keys(labels)))


def _label(table: Any, before: list[Label]) -> Label:
    if not isinstance(table, dict):
        raise SchemeError("not a table")
    unknown = table.keys() - {"name", "adds", "key", "about"}
    if unknown:
        raise SchemeError(f"unknown {', '.join(sorted(unknown))}; a label has name, adds, key and about")
    wrong = [key for key, value in table.items() if not isinstance(value, str)]
    if wrong:
        raise SchemeError(f"{', '.join(sorted(wrong))}: write text in quotation marks")
    label = Label(**{key: value.strip() for key, value in table.items()} | {"name": table.get("name", "").strip()})
    if not label.name or len(label.name) > _LONGEST or not label.name.isprintable():
        raise SchemeError(f"a name has 1 to {_LONGEST} characters on one line")
    if label.name in (one.name for one in before):
        raise SchemeError(f"{label.name!r} is there already")
    if label.adds not in get_args(Adds):
        raise SchemeError(f"adds is {label.adds!r}, expected one of {', '.join(get_args(Adds))}")
    if label.key not in (*KEYS, ""):
        raise SchemeError(f"key is {label.key!r}, expected a digit from 1 to 9")
    if label.key and label.key in (one.key for one in before):
        raise SchemeError(f"key {label.key} is taken by {next(one.name for one in before if one.key == label.key)!r}")
    return label


def _with_keys(labels: list[Label]) -> list[Label]:
    """The labels, those without a key with the next free digit while there are any."""
    free = [key for key in KEYS if key not in {label.key for label in labels}]
    return [replace(label, key=free.pop(0)) if not label.key and free else label for label in labels]
