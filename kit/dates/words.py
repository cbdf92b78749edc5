"""Words of a sentence, each as one symbol: what the grammar of time expressions is written over.

``split("by 3 March")`` gives three :class:`Word`s, each of one class ("at", "upto12", "month"), so that a sentence
becomes a short string of symbols over which a rule is an ordinary regular expression.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kit.dates.classes import MONTHS, SYMBOLS, TOKEN, WEEKDAYS, Meaning, vocabulary
from kit.lexicon import load_lexicon


class Word(NamedTuple):
    """A word with its place in the sentence, its class and what it stands for (a month's number, a unit's name …)."""

    text: str
    start: int
    end: int
    kind: str
    value: Any = None


def symbols_of(words: list[Word]) -> str:
    """The sentence as one character per word."""
    return "".join([SYMBOLS[word.kind] for word in words])


def split(text: str) -> list[Word]:
    """The words of a sentence; phrases of the lexicon ("more than", "New Year's Eve") are one word."""
    tables = load_lexicon("dates")
    single, phrases, _ = vocabulary(id(tables))
    words: list[Word] = []
    matches = list(TOKEN.finditer(text))
    number = 0
    while number < len(matches):
        match = matches[number]
        if words and match.start() < words[-1].end:  # the stop of "Sept." is in its word already
            number += 1
            continue
        phrase = phrases.get(match.group().lower())
        found = _longest(phrase, matches, number) if phrase else None
        if found:
            last, (kind, value) = found
            words.append(
                Word(text[match.start() : matches[last].end()], match.start(), matches[last].end(), kind, value)
            )
            number = last + 1
            continue
        words.append(_word(match, single, text))
        number += 1
    return words


def _word(match: re.Match[str], single: dict[str, Meaning], text: str) -> Word:
    kind, written = match.lastgroup, match.group()
    start, end = match.span()
    if kind == "word" or kind is None:
        kind, value = single.get(written.lower(), ("other", None))
        if kind in ("month", "weekday") and not _is_name(written, value, text[end : end + 2]):
            return Word(written, start, end, "other")
        if kind in ("month", "weekday") and _is_shortened(written, kind, value) and text[end : end + 1] == ".":
            end += bool(text[end + 1 :].strip())  # the stop of "Sept." belongs to it, but not that of a sentence
            return Word(text[start:end], start, end, kind, value)
        return Word(written, start, end, kind, value)
    if kind == "number":
        return _number(written, start, end, text)
    if kind == "nth":
        return Word(written, start, end, kind, int(written[:-2]))
    return Word(written, start, end, kind)


def _number(written: str, start: int, end: int, text: str) -> Word:
    """A number by its size; one that hangs on a letter ("T72", "B2") is part of a name."""
    glued = start > 0 and (text[start - 1].isalpha() or text[start - 1] in "_.")
    if glued or len(written) > 15:
        return Word(written, start, end, "other")
    if not written.isdecimal():
        return Word(written, start, end, "number", float(written.replace(",", "")))
    value = int(written)
    if (len(written) == 4 and 1000 <= value <= 2199) or (len(written) == 4 and written[0] == "0"):
        return Word(written, start, end, "fourdigit", value)
    limits = ((12, "upto12"), (24, "upto24"), (31, "upto31"), (59, "upto59"))
    kind = next((name for limit, name in limits if 0 < value <= limit and len(written) < 3), "number")
    return Word(written, start, end, kind, value)


def _is_shortened(written: str, kind: str, value: int) -> bool:
    return len(written) < len(("", *MONTHS)[value] if kind == "month" else WEEKDAYS[value])


def _is_name(written: str, value: int, after: str) -> bool:
    """ "may", "march" and "sun" in lower case are other words; "Sat" or "Mar" need a stop or a number behind."""
    lower = written.lower()
    if len(lower) < 4 and lower != "may":
        return written[0].isupper() and (after[:1] in (".", ",", ")") or after.lstrip(" -")[:1].isdigit())
    return written[0].isupper() or lower not in ("march", "may", "august", "sept", "thur", "tues")


def _longest(
    phrases: list[tuple[tuple[str, ...], Meaning]], matches: list[re.Match[str]], first: int
) -> tuple[int, Meaning] | None:
    """The longest phrase that begins at a token: (its last token, its class and value)."""
    for parts, meaning in phrases:
        last = first + len(parts) - 1
        if last < len(matches) and all(matches[first + n].group().lower() == part for n, part in enumerate(parts)):
            return last, meaning
    return None
