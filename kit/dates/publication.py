"""The publication-date test: what an article's own dates say about the day it was published.

Each clue of :mod:`kit.dates.clues` is held against a date; :func:`moved_dates` shows what a publication date that is a
day off does to the resolved dates. No date is ever guessed: without one, the clues are what there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from kit.dates.clues import Clue, find_clues
from kit.dates.sentences import read_dates

# Columns of the rows below → headings, for kit.display.show_table.
CLUES = {"text": "In the text", "requires": "Published …", "fits": "Fits"}
MOVED = {"text": "In the text", "day_before": "A day earlier", "published": "As published", "day_after": "A day later"}

_WINDOW = 14  # days before and after the publication date that are tried


@dataclass(frozen=True)
class PublicationCheck:
    """What the clues say about a publication date.

    Attributes:
        published: the date that was checked, if any.
        clues: all of them, in reading order.
        contradicted: those that ``published`` does not fit, and those where the text contradicts itself.
        possible: the days within two weeks of ``published`` that fit all clues; empty without ``published``.
    """

    published: date | None
    clues: tuple[Clue, ...]
    contradicted: tuple[Clue, ...]
    possible: tuple[date, ...]

    def rows(self) -> list[dict[str, object]]:
        """One row per clue, see :data:`CLUES`; ``fits`` is ``None`` without a publication date."""
        return [
            {
                "text": clue.text,
                "requires": clue.requires,
                "fits": clue.allows(self.published) if self.published else None,
            }
            for clue in self.clues
        ]


def check_publication(doc: Doc, published: date | None = None) -> PublicationCheck:
    """Hold the publication date against every clue of an article.

    Args:
        doc: the article.
        published: the date to check, if one is known.
    """
    clues = tuple(find_clues(doc))
    contradicted = tuple(clue for clue in clues if clue.wrong or (published and not clue.allows(published)))
    near = [] if published is None else _days_around(published, _WINDOW)
    return PublicationCheck(published, clues, contradicted, tuple(possible_days(clues, near)))


def possible_days(clues: Iterable[Clue], days: Iterable[date]) -> list[date]:
    """Those of the days that fit every clue; where the text contradicts itself, that clue is passed over."""
    unique = {clue.requires: clue for clue in clues if not clue.wrong}.values()
    return [day for day in days if all(clue.allows(day) for clue in unique)]


def moved_dates(doc: Doc, published: date) -> list[dict[str, str | None]]:
    """What a publication date a day off would change: one row per expression that moves, see :data:`MOVED`."""
    names = ("day_before", "published", "day_after")
    readings = [_values(doc, day) for day in _days_around(published, 1)]
    if len(readings) < len(names):  # the first or last day of the calendar
        return []
    rows = [
        {"text": same[0][0]} | {name: value for name, (_, value) in zip(names, same, strict=True)}
        for same in zip(*readings, strict=True)
    ]
    moved = [row for row in rows if len({row[name] for name in names}) > 1]
    return list({tuple(row.values()): row for row in moved}.values())


def _days_around(day: date, count: int) -> list[date]:
    """The day with so many before and after it, as far as the calendar goes."""
    numbers = range(max(day.toordinal() - count, 1), min(day.toordinal() + count, date.max.toordinal()) + 1)
    return [date.fromordinal(number) for number in numbers]


def _values(doc: Doc, published: date) -> list[tuple[str, str | None]]:
    text = doc.text
    return [(text[one.start_char : one.end_char], reading.value) for one, reading in read_dates(doc, published)]
