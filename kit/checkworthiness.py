"""Which claims are worth checking first, and why: visible criteria with weights that the analyst edits.

In: the view of an article's records as decided, and criteria from ``checkworthiness.toml``. Out: for each claim a score
and the criteria that fired, each with the words that fired it. No model, no hidden feature: the score is the share of
the weights that fired.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kit.decisions import Effective
from kit.decisions.grading import groups_by_claim
from kit.decisions.seen import extent
from kit.errors import KitError
from kit.lexicon import load_lexicon
from kit.records import Claim, Quantity, TimeExpression

NAME = "checkworthiness"
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SHOWN = 5  # words that are named for one criterion


class CriteriaError(KitError):
    """A ``checkworthiness.toml`` that cannot be used; the message says which criterion and why."""


@dataclass(frozen=True)
class Criterion:
    """One criterion; ``words``, ``endings``, ``never`` and ``unless`` are its word lists, where it has any."""

    name: str
    weight: float
    about: str = ""
    words: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fired:
    """A criterion that holds for a claim, and the words of the article that say so."""

    name: str
    weight: float
    about: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worth:
    """How much a claim is worth checking: 0 to 1, and why."""

    score: float
    fired: tuple[Fired, ...] = ()


def load_criteria(folder: Path | None = None) -> tuple[Criterion, ...]:
    """The criteria: ours, changed by the user's (``KIT_LEXICON``), changed by the case's file where there is one.

    Args:
        folder: the case folder, or ``None``.

    Raises:
        CriteriaError: a file that is no TOML, an unknown criterion, or a weight that is no number from 0 on.
    """
    tables: Mapping[str, Any] = load_lexicon(NAME)
    path = folder / f"{NAME}.toml" if folder else None
    if path is not None and path.is_file():
        try:
            tables = _changed(tables, tomllib.loads(path.read_text(encoding="utf-8-sig")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise CriteriaError(f"{path}: not valid TOML: {error}") from error
    return tuple(_criterion(name, table) for name, table in tables.items())


def checkworthiness(view: Effective, criteria: Sequence[Criterion] | None = None) -> dict[str, Worth]:
    """The worth of each claim, the outlet's own included, by id; questions assert nothing and have none."""
    criteria = load_criteria() if criteria is None else criteria
    total = sum(one.weight for one in criteria) or 1
    reading = _Reading(view)
    found = {}
    for claim in view.analysis.claims:
        if claim.voice == "question":
            continue
        fired = [
            Fired(one.name, one.weight, one.about, tuple(dict.fromkeys(words))[:_SHOWN])
            for one in criteria
            if one.weight and (words := CHECKS[one.name](reading, claim, one)) is not None
        ]
        found[claim.id] = Worth(sum(one.weight for one in fired) / total, tuple(fired))
    return found


class _Reading:
    """What the criteria look up, once for the article."""

    def __init__(self, view: Effective) -> None:
        self.text = view.analysis.article.text
        self.figures: dict[str, list[Quantity]] = {}
        for figure in view.analysis.quantities:
            if figure.claim_id is not None and view.answer(figure.id) != "reject":
                self.figures.setdefault(figure.claim_id, []).append(figure)
        dates = (date for date in view.analysis.dates if view.answer(date.id) != "reject")
        self.dates = sorted(dates, key=lambda date: date.start_char)
        self.starts = [date.start_char for date in self.dates]
        self.groups = groups_by_claim(view)

    def dates_of(self, claim: Claim) -> list[TimeExpression]:
        """The dates from the first to the last word of a claim: "on Sunday, he said" dates what he said."""
        start, end = extent(claim) or (0, 0)
        return self.dates[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _quantity(reading: _Reading, claim: Claim, _: Criterion) -> Iterable[str] | None:
    return [figure.text for figure in reading.figures.get(claim.id, ())] or None


def _named_and_dated(reading: _Reading, claim: Claim, criterion: Criterion) -> Iterable[str] | None:
    dates = reading.dates_of(claim)
    inside = {word for date in dates for word in _WORD.findall(date.text)}
    names = [
        match[0]
        for span in claim.content
        for match in _WORD.finditer(span.text)
        if match[0][0].isupper() and match[0] not in inside and match[0] not in criterion.words
        and not _opens(reading.text, span.start_char + match.start())
    ]  # fmt: skip
    return [*names[: _SHOWN - 1], dates[0].text] if names and dates else None


def _past_event(_: _Reading, claim: Claim, criterion: Criterion) -> Iterable[str] | None:
    open_words = _pattern(criterion.unless)
    found = []
    for span in claim.content:
        ahead = open_words.search(span.text) if open_words else None
        read = span.text[: ahead.start()] if ahead else span.text
        for word in _WORD.findall(read):
            small = word.lower()
            ended = small.endswith(criterion.endings) and small not in criterion.never
            if small in criterion.words or ended:
                found.append(word)
    return found or None


def _harm(_: _Reading, claim: Claim, criterion: Criterion) -> Iterable[str] | None:
    harm = _pattern(criterion.words)
    return [match[0] for span in claim.content for match in (harm.finditer(span.text) if harm else ())] or None


def _single_source(reading: _Reading, claim: Claim, _: Criterion) -> Iterable[str] | None:
    groups = reading.groups.get(claim.id, set())
    return groups if len(groups) == 1 else None


def _distancing_cue(_: _Reading, claim: Claim, __: Criterion) -> Iterable[str] | None:
    cue = [claim.cue.text] if claim.cue and claim.cue.stance == "distancing" else []
    return cue + [flag.text for flag in claim.flags if flag.kind == "distancing"] or None


CHECKS: dict[str, Callable[[_Reading, Claim, Criterion], Iterable[str] | None]] = {
    "quantity": _quantity,
    "named_and_dated": _named_and_dated,
    "past_event": _past_event,
    "harm": _harm,
    "single_source": _single_source,
    "distancing_cue": _distancing_cue,
}


def _opens(text: str, at: int) -> bool:
    """Whether a word opens a sentence or line, where every word has a capital letter."""
    before = text[max(0, at - 3) : at].rstrip(" \t\u00a0\"'“‘«(")
    return at == 0 or not before or before[-1] in ".!?:\n\r" or "\n" in text[max(0, at - 3) : at]


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    each = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE) if each else None


def _criterion(name: str, table: Any) -> Criterion:
    if name not in CHECKS:
        raise CriteriaError(f"{NAME}.toml: no criterion {name!r}; there are {', '.join(CHECKS)}")
    weight = table.get("weight", 1) if isinstance(table, Mapping) else None
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < 1e6:
        raise CriteriaError(f"{NAME}.toml: {name}: weight is {weight!r}, expected a number from 0 on")
    lists = {key: table.get(key, []) for key in ("words", "endings", "never", "unless")}
    for key, words in lists.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise CriteriaError(f"{NAME}.toml: {name}: {key} is a list of texts")
    return Criterion(name, weight, str(table.get("about", "")), **{key: tuple(words) for key, words in lists.items()})


def _changed(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Our tables with theirs over them: lists are joined, other values replaced, as :mod:`kit.lexicon` does."""
    made = dict(ours)
    for name, table in theirs.items():
        old = made.get(name)
        if isinstance(old, Mapping) and isinstance(table, Mapping):
            made[name] = _changed(old, table)
        else:
            made[name] = [*old, *table] if isinstance(old, list) and isinstance(table, list) else table
    return made
