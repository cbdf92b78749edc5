"""What changed between two versions of an article, or between two articles: claims and figures, not characters.

In: two readings, or two views of people's decisions. Out: one row per claim or figure that appeared, disappeared or was
reworded, in the reading order of the newer one. Records that a person rejected are left out.

Two records are the same one if their words are; the others are paired, the most alike first, by the words that they
share: of a claim its content, source and cue, of a figure what it counts and the words around it. What is not alike
enough stays unpaired, and then one disappeared and one appeared: nothing is said to have become something else on a
number or a name alone.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from kit.decisions import Effective, effective
from kit.decisions.spans import alike
from kit.records import Analysis
from kit.tables.claims import claims_table
from kit.tables.columns import frame, joined, text_columns
from kit.tables.quantities import quantities_table

_SIDES = ("before", "after")
VERSION_COLUMNS = text_columns("change", "record", "voice", "what", "before", "after", "removed", "added")
for _name in ("source", "id", "decision", "article"):
    VERSION_COLUMNS |= text_columns(*(f"{_name}_{side}" for side in _SIDES))
VERSION_COLUMNS |= dict.fromkeys((f"{name}_{side}" for side in _SIDES for name in ("start_char", "end_char")), "Int64")

_JUDGED = {
    "claim": ("voice", "source_as_written", "cue", "stance", "content", "form", "hedges"),
    "quantity": (
        *("text", "value", "low", "high", "bound", "unit", "counted", "category", "measure", "status"),
        *("reporter", "affected", "actor", "date"),
    ),
}
_WORDS = {"source_as_written", "cue", "content", "text"}  # differ in the article, not in the reading alone
_ALIKE = 0.5  # from here on two records are one, reworded
_AROUND = 120  # characters before and after a figure that tell which figure it is
_RARE, _COMMON = 8, 40  # a record is looked for by its rarest words, and by none that many others share
_WORD = re.compile(r"\w+")


def versions_table(
    before: Analysis | Effective, after: Analysis | Effective, *, unchanged: bool = False
) -> pd.DataFrame:
    """One row per claim and figure that is not the same in both; columns as in ``VERSION_COLUMNS``.

    ``change`` is ``appeared``, ``disappeared``, ``reworded``, or ``reread`` where the words are the same and the
    machine reads them otherwise, as a figure whose date hangs on other words; ``same`` only where ``unchanged`` is
    asked for. ``what`` names the columns of :func:`claims_table` or :func:`quantities_table` that differ. ``before``
    and ``after`` are the words, ``removed`` and ``added`` those that only one of them has.

    Args:
        before: a reading or a view, such as ``case.versions()[0].view()``.
        after: the newer one, or another article's.
        unchanged: give the records that are the same, too.
    """
    old, new = _items(before), _items(after)
    pairs = [pair for kind in _JUDGED for pair in _paired(_of(old, kind), _of(new, kind))]
    rows = [_row(one, other) for one, other in pairs]
    rows += [_row(one, None) for one in _left(old, (one for one, _ in pairs))]
    rows += [_row(None, other) for other in _left(new, (other for _, other in pairs))]
    found = [row for row in rows if unchanged or row["change"] != "same"]
    return frame(sorted(found, key=_order(pairs)), VERSION_COLUMNS)


@dataclass(frozen=True, eq=False)
class _Item:
    """A row of a table of records, and the text around it."""

    kind: str
    row: Mapping[str, Any]
    around: str

    @property
    def words(self) -> str:
        """The words that are shown."""
        return str(self.row["content" if self.kind == "claim" else "text"])

    @property
    def start(self) -> int:
        return int(self.row["start_char"])

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Equal for records that say the same in the same place."""
        said = (self.row["source_as_written"], self.row["cue"]) if self.kind == "claim" else (self.around,)
        return tuple(" ".join(str(one).split()) for one in (self.words, *said))

    @cached_property
    def bag(self) -> frozenset[str]:
        """The words by which it is found again."""
        said = self.around if self.kind == "quantity" else self.words
        return frozenset(_split(said))


def _items(side: Analysis | Effective) -> list[_Item]:
    view = side if isinstance(side, Effective) else effective(side)
    text = view.machine.article.text
    found = []
    for kind, table in (("claim", claims_table), ("quantity", quantities_table)):
        rows = table(view.machine, view.decisions).astype(object)
        for row in rows.where(rows.notna(), None).to_dict("records"):
            if row["decision"] != "reject" and row["start_char"] is not None and (kind != "claim" or row["voice"]):
                found.append(_Item(kind, row, _surroundings(text, int(row["start_char"]), int(row["end_char"]))))
    return found


def _surroundings(text: str, start: int, end: int) -> str:
    """The words before and after a place in its paragraph, without those of the place."""
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    return f"{before} {text[end : end + _AROUND].partition(chr(10))[0]}"


def _of(items: Iterable[_Item], kind: str) -> list[_Item]:
    return [item for item in items if item.kind == kind]


def _left(items: Iterable[_Item], taken: Iterable[_Item]) -> list[_Item]:
    gone = {id(item) for item in taken}
    return [item for item in items if id(item) not in gone]


def _paired(old: Sequence[_Item], new: Sequence[_Item]) -> list[tuple[_Item, _Item]]:
    """The same record on both sides: first where all is equal, then the most alike."""
    waiting: dict[tuple[str, ...], list[_Item]] = defaultdict(list)
    for item in reversed(old):
        waiting[item.key].append(item)
    pairs = [(waiting[item.key].pop(), item) for item in new if waiting[item.key]]
    old, new = _left(old, (one for one, _ in pairs)), _left(new, (other for _, other in pairs))
    scored = [(-_likeness(old[i], new[j]), abs(i - j), i, j) for i, j in _candidates(old, new)]
    free_old, free_new = set(range(len(old))), set(range(len(new)))
    for score, _, i, j in sorted(scored):
        if -score >= _ALIKE and i in free_old and j in free_new:
            free_old.remove(i)
            free_new.remove(j)
            pairs.append((old[i], new[j]))
    return pairs


def _candidates(old: Sequence[_Item], new: Sequence[_Item]) -> Iterator[tuple[int, int]]:
    """Pairs that share one of the rarer words: not every record with every other."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, item in enumerate(old):
        for word in item.bag:
            places[word].append(i)
    for j, item in enumerate(new):
        shared = sorted((word for word in item.bag if word in places), key=lambda word: (len(places[word]), word))
        few = [places[word] for word in shared[:_RARE] if len(places[word]) <= _COMMON]
        yield from ((i, j) for i in sorted({i for at in few for i in at}))


def _likeness(one: _Item, other: _Item) -> float:
    """From 0 to 1."""
    shared = len(one.bag & other.bag)
    dice = 2 * shared / ((len(one.bag) + len(other.bag)) or 1)

    def same(*names: str) -> bool:
        return all(one.row[name] == other.row[name] for name in names)

    if one.kind == "claim":
        return 0.9 * dice + 0.1 * same("source_as_written")
    if not same("unit"):
        return 0.0
    return 0.5 * dice + 0.15 * same("counted") + 0.15 * same("status") + 0.2 * same("value", "low", "high", "bound")


def _row(one: _Item | None, other: _Item | None) -> dict[str, Any]:
    known = other or one
    assert known is not None
    what = _differing(one, other) if one and other else []
    reread = "reread" if what else "same"
    change = "reworded" if _WORDS.intersection(what) else reread
    change = "appeared" if one is None else "disappeared" if other is None else change
    row = {"change": change, "record": known.kind, "voice": known.row.get("voice"), "what": joined(what)}
    for side, item in zip(_SIDES, (one, other), strict=True):
        if item:
            row |= {side: item.words, f"source_{side}": item.row.get("source") or item.row.get("reporter")}
            row |= {f"{name}_{side}": item.row[name] for name in ("id", "decision", "article")}
            row |= {f"{name}_{side}": item.row[name] for name in ("start_char", "end_char")}
    if one and other and what:
        row |= {"removed": _only_in(one.words, other.words), "added": _only_in(other.words, one.words)}
    return row


def _differing(one: _Item, other: _Item) -> list[str]:
    """The judged columns in which two records differ."""
    return [name for name in _JUDGED[one.kind] if not _same(name, one.row[name], other.row[name])]


def _same(name: str, old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        if name == "reporter":  # the same name, longer in one of them
            words = set(_split(old)), set(_split(new))
            return words[0] <= words[1] or words[1] <= words[0]
        return alike(old, new)
    return bool(old == new)


def _only_in(words: str, other: str) -> str | None:
    """The words that the other text does not have as often, in their order."""
    left = Counter(_split(words)) - Counter(_split(other))
    found = []
    for word in reversed(_WORD.findall(words)):  # of a word that was doubled, the later one is new
        if left[word.casefold()] > 0:
            left[word.casefold()] -= 1
            found.append(word)
    return " ".join(reversed(found)) or None


def _split(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]


def _order(pairs: Sequence[tuple[_Item, _Item]]) -> Any:
    """Sorts rows by their place in the newer text; what is gone stands where it would be."""
    known = sorted((one.start, other.start) for one, other in pairs)

    def place(row: Mapping[str, Any]) -> tuple[int, int, str, str]:
        if row.get("start_char_after") is not None:
            return row["start_char_after"], 0, row["record"], row["id_after"]
        before = bisect(known, (row["start_char_before"],))
        return (known[before - 1][1] if before else -1), 1, row["record"], row["id_before"]

    return place
