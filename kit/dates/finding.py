"""Find the time expressions of a sentence: rules first, then neighbours joined, then modifiers taken in.

The longest match from the left wins. "The third quarter" and "last year" are joined into one; "early", "nearly" and
"the beginning of" belong to the expression, prepositions do not (TIMEX3's extents).
"""

from __future__ import annotations

from functools import lru_cache
from heapq import heapify, heappop, heapreplace
from typing import Any, NamedTuple

from kit.dates import calendar_rules, day_rules, duration_rules, period_rules, set_rules, year_rules  # noqa: F401
from kit.dates.classes import SETS, SYMBOLS, pattern
from kit.dates.grammar import RULES, Phrase
from kit.dates.meanings import Meaning, constant, joined
from kit.dates.words import Word, split, symbols_of
from kit.lexicon import load_lexicon

# Words that any expression of the rules needs one of: a text without them is left at once.
_NEEDED = (
    "iso numeric clock fourdigit apostrophe_year decade quarter_code ampm oclock month weekday weekdays season "
    "part parts clock_word unit units second quarter day_word set_word length holiday timezone period half nth "
)
_TRIGGERS = frozenset(SYMBOLS[name] for name in _NEEDED.split())
_BEFORE = pattern(
    "(?:(?:the very?|a)? boundary of | early (?:on|in|at|dash)? | later (?:on|in|at)? | the? very"
    "| the early units? of){1,3}$"
)
_LONGEST = 16  # words of one expression
_ROUGHLY = pattern("approximate{1,3}$")
_COUNTED = frozenset(
    SYMBOLS[name]
    for name in (*SETS["digits"], "numword", "bignum", "a", "vague", "half", "units", "clock", "clock_word", "kept")
)


class Found(NamedTuple):
    """An expression: its words' numbers, half-open, and what it means."""

    start: int
    end: int
    meaning: Meaning


def find(text: str) -> tuple[list[Word], list[Found]]:
    """The words of a sentence and the expressions among them, in order."""
    words = split(text)
    symbols = symbols_of(words)
    found = _matches(words, symbols) if not _TRIGGERS.isdisjoint(symbols) else []
    found = [one for one in _joined(words, found) if one.meaning.whole]
    found = [one._replace(start=_from(symbols, one, n and found[n - 1].end)) for n, one in enumerate(found)]
    return words, _with_references(words, found)


def _matches(words: list[Word], symbols: str) -> list[Found]:
    """What the rules find: from the left, the longest first."""
    rules = [pattern(one.pattern) for one in RULES]
    waiting = [
        (match.start(), -match.end(), number) for number, one in enumerate(rules) if (match := one.search(symbols))
    ]
    heapify(waiting)
    found: list[Found] = []
    free = 0
    while waiting:
        start, end, number = waiting[0]
        after = start + 1
        if start >= free:
            phrase = Phrase(words[start:-end], words[max(0, start - 6) : start], words[-end : 3 - end])
            meaning = RULES[number].build(phrase)
            if meaning is not None:
                found.append(Found(start, -end, meaning))
                free = after = -end
        match = rules[number].search(symbols, max(after, free))
        if match:
            heapreplace(waiting, (match.start(), -match.end(), number))
        else:
            heappop(waiting)
    return found


def _joined(words: list[Word], found: list[Found]) -> list[Found]:
    """Neighbours that are one expression: the smaller with the larger, in either order."""
    result: list[Found] = []
    for one in reversed(found):
        after = result[-1] if result else None
        link = [word.kind for word in words[one.end : after.start]] if after else []
        if (
            after
            and len(link) < 2
            and after.end - one.start <= _LONGEST
            and _may_join(one.meaning, after.meaning, link)
        ):
            whole = joined(one.meaning, after.meaning)
            if link in (["on"], ["at"]):  # "9 a.m. on Monday" are two expressions, the first of that day
                result.append(one._replace(meaning=whole))
            else:
                result[-1] = Found(one.start, after.end, whole)
        elif (
            after
            and len(link) < 2
            and "of" not in link
            and _may_join(after.meaning, one.meaning, link)
            and one.meaning.grain == "day"
        ):
            result[-1] = Found(one.start, after.end, joined(after.meaning, one.meaning))
        else:
            result.append(one)
    return result[::-1]


def _may_join(inner: Meaning, outer: Meaning, link: list[str]) -> bool:
    if outer.grain not in inner.fits or outer.kind != "date":
        return False
    if not link or link == ["of"]:
        return True
    return link[0] in (
        ("on", "comma", "at")
        if outer.grain == "day"
        else ("comma", "in")
        if outer.grain == "year" and outer.absolute
        else ()
    )


def _from(symbols: str, one: Found, floor: int) -> int:
    """The expression's first word, with the modifiers before it."""
    rough = symbols[one.start] in _COUNTED
    match = (_ROUGHLY if rough else _BEFORE).search(symbols, max(floor, one.start - 8), one.start)
    return match.start() if match else one.start


def _with_references(words: list[Word], found: list[Found]) -> list[Found]:
    """Add vague references ("now", "the near future") where no other expression stands."""
    tables = load_lexicon("dates")
    table, _ = _references(id(tables))
    taken = {index for one in found for index in range(one.start, one.end)}
    texts = [word.text.lower() for word in words]
    extra: list[Found] = []
    index = 0
    while index < len(words):
        for parts, meaning in table.get(texts[index], ()):
            end = index + len(parts)
            if (
                texts[index:end] == list(parts)
                and not _is_compared(texts, index, end)
                and taken.isdisjoint(range(index, end))
            ):
                skip = parts[0] in ("at", "in") and len(parts) > 1  # the preposition stays outside
                extra.append(Found(index + skip, end, meaning))
                index = end - 1
                break
        index += 1
    return sorted([*found, *extra]) if extra else found


def _is_compared(texts: list[str], start: int, end: int) -> bool:
    """ "the most recent vote", "the now-defunct firm": no reference to a time of its own."""
    return (texts[start] == "recent" and start > 0 and texts[start - 1] in ("most", "more")) or texts[
        end : end + 1
    ] == ["-"]


@lru_cache(maxsize=2)
def _references(_: int) -> tuple[dict[str, list[tuple[tuple[str, ...], Meaning]]], Any]:
    """(first word → words and meaning of the vague references, longest first; the lexicon, see `vocabulary`)."""
    tables = load_lexicon("dates")
    table: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for value, phrases in tables["references"].items():
        for phrase in phrases:
            parts = tuple(word.text for word in split(phrase))
            table.setdefault(parts[0], []).append((parts, constant(value, "vague")))
    for options in table.values():
        options.sort(key=lambda option: -len(option[0]))
    return table, tables
