"""Classes of words: the names that rules are written in, and which words of the lexicon belong to which.

Each class has one character, its symbol; :func:`pattern` turns a rule over names of classes ("weekday comma? month")
into an ordinary regular expression over symbols.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kit.lexicon import load_lexicon

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Every class that a rule may name. "other" is whatever no list holds.
CLASSES = (
    "other", "iso", "numeric", "clock", "fourdigit", "upto12", "upto24", "upto31", "upto59", "number", "nth",
    "apostrophe_year", "decade", "quarter_code", "ampm", "oclock", "month", "weekday", "weekdays", "season",
    "part", "parts", "clock_word", "unit", "units", "second", "quarter", "half", "numword", "bignum", "ordinal",
    "day_word", "last", "previous", "past", "next", "following", "this", "same", "that", "every", "vague",
    "early", "later", "ago", "before", "after", "boundary", "kept", "fiscal", "times", "often", "period",
    "approximate", "set_word", "length", "recent", "holiday", "timezone", "very", "old", "a", "the", "of", "on",
    "in", "and", "to", "at", "or", "per", "from", "not", "noon", "between", "dash", "comma", "slash", "dot",
    "quote", "s", "now", "all", "money",
)  # fmt: skip
SYMBOLS = {name: chr(0x4E00 + number) for number, name in enumerate(CLASSES)}
# Names for several classes at once.
SETS = {
    "day_number": ("upto12", "upto24", "upto31", "nth"),
    "digits": ("fourdigit", "upto12", "upto24", "upto31", "upto59", "number"),
    "hour": ("upto12", "upto24"),
    "year": ("fourdigit", "apostrophe_year"),
    "single": ("unit", "second", "quarter"),
    "any_unit": ("unit", "units", "second", "quarter"),
    "rank": ("ordinal", "second", "nth", "last"),
    "keep": ("kept", "fiscal"),
    "back": ("last", "previous"),
    "shift": ("last", "previous", "past", "next", "following", "this", "same", "that"),
}
_LITERAL = {
    "half": "half", "a": "a", "an": "a", "another": "a", "the": "the", "of": "of", "on": "on", "in": "in",
    "and": "and", "to": "to", "at": "at", "or": "or", "per": "per", "from": "from", "-": "dash", "–": "dash",
    "—": "dash", ",": "comma", "/": "slash", ".": "dot", "'": "quote", "’": "quote", "s": "s", "now": "now",
    "all": "all", "old": "old", "long": "kept", "between": "between", "very": "very", "through": "to", "until":
    "to", "till": "to", "$": "money", "€": "money", "£": "money", "¥": "money", "#": "money",
}  # fmt: skip

TOKEN = re.compile(
    r"""(?P<iso>(?<![\d.-])\d{4}([-/.])\d{2}\2\d{2}
        (?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))
    | (?P<numeric>(?<![\d./-])\d{1,2}([/.-])\d{1,2}\4(?:\d{4}|\d{2})(?![\d/]|[.-]\d))
    | (?P<clock>(?<![\d:.])\d{1,2}
        (?::\d{2}(?::\d{2})?(?![\d:])|\.\d{2}(?=\s?(?:[ap]\.?m\b|GMT|UTC|BST|CET|CEST|EST|EDT)))(?!\s?%))
    | (?P<ampm>(?<![^\W\d_])[ap]\.\s?m\.|(?<![^\W\d_])[ap]\.?m\b)
    | (?P<oclock>o\s?['’]\s?clock\b)
    | (?P<decade>(?<!\d)(?:1\d|20)\d0['’]?s\b|['’]\d0s\b|(?<!\w)[2-9]0s\b)
    | (?P<apostrophe_year>(?<!\w)['’]\d\d\b(?!['’]))
    | (?P<quarter_code>\b(?:[QH][1-4]|[1-4][QH])\b)
    | (?P<nth>(?<![\w.])\d{1,3}(?:st|nd|rd|th)\b)
    | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
    | (?P<word>[^\W\d_]+)
    | \S""",
    re.X | re.I,
)


Meaning = tuple[str, Any]  # class and value


@lru_cache(maxsize=1024)
def pattern(rule: str) -> re.Pattern[str]:
    """Compile a rule over class names ("weekday comma? month") into an expression over symbols."""

    def symbols(match: re.Match[str]) -> str:
        return "[" + "".join(SYMBOLS[name] for name in SETS.get(match.group(), (match.group(),))) + "]"

    return re.compile(re.sub(r"[a-z]\w+|[a-z]", symbols, rule).replace(" ", ""))


@lru_cache(maxsize=2)
def vocabulary(_: int) -> tuple[dict[str, Meaning], dict[str, list[tuple[tuple[str, ...], Meaning]]], Any]:
    """(single words → class and value, first word → phrases longest first, the lexicon) of our lists and the user's.

    Lists are told apart by identity; the third part keeps the lexicon alive for as long as its entry is kept.
    """
    single: dict[str, Meaning] = {word: (kind, None) for word, kind in _LITERAL.items()}
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    tables = load_lexicon("dates")
    for written, kind, value in _entries(tables):
        parts = tuple(match.group() for match in TOKEN.finditer(written))
        if len(parts) == 1:
            single[written] = (kind, value)
        else:
            phrases.setdefault(parts[0], []).append((parts, (kind, value)))
    for options in phrases.values():
        options.sort(key=lambda option: -len(option[0]))
    return single, phrases, tables


def _entries(tables: Any) -> Iterator[tuple[str, str, Any]]:
    """(word, class, value) of each entry; later ones win over earlier ones of the same word."""
    for word in tables["approximate"]["words"]:
        yield word, "approximate", None
    for table, kind in (("seasons", "season"), ("parts", "part"), ("clock_words", "clock_word"), ("sets", "set_word"),
                        ("durations", "length"), ("holidays", "holiday"), ("timezones", "timezone"),
                        ("decades", "decade")):  # fmt: skip
        for value, words in tables[table].items():
            for word in words:
                yield word, kind, value
                if kind == "part":
                    yield f"{word}s", "parts", value
    for kind, words in (tables["roles"] | tables["shifts"]).items():
        for word in words:
            yield word, kind, kind
    for value, words in tables["units"].items():
        for word in words:
            yield word, ("units" if word != value else value if value in ("second", "quarter") else "unit"), value
    for word, value in tables["numbers"].items():
        yield word, "bignum" if (value == 12 and word != "twelve") or value >= 100 else "numword", value
    for word, value in tables["ordinals"].items():
        yield word, ("last" if word == "last" else "second" if word == "second" else "ordinal"), value
    for word, value in tables["days"].items():
        yield word, "day_word", value
    for number, name in enumerate(MONTHS, start=1):
        yield from ((word, "month", number) for word in tables["months"][name])
    for number, name in enumerate(WEEKDAYS):
        yield from ((word, "weekday", number) for word in tables["weekdays"][name])
        yield f"{name}s", "weekdays", number
