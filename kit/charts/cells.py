"""Cells of a table as a chart prints them: clean text, numbers in full, a figure's own words with its bound.

Nothing here draws, and no number is made up: a figure without a usable number is told in words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pandas as pd

from kit.records import BOUND_WORDS

# Before a number these say nothing about its bound; what else stands there is taken for the article's own words for it.
DETERMINERS = {"the", "a", "an", "its", "their", "his", "her", "our", "these", "those", "all", "another"}


def clean(value: Any) -> str | None:
    """A cell as one line of text without control and direction-override characters; ``None`` where it is empty."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    text = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or _no_character(c) else c for c in str(value)
    )
    text = "".join(c for c in text if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    return " ".join(text.split()) or None


def _no_character(one: str) -> bool:
    """Code points that Unicode keeps free for ever: no font has a form for them, and XML forbids some."""
    return ord(one) & 0xFFFE == 0xFFFE or "\ufdd0" <= one <= "\ufdef"


def number(value: Any) -> float | None:
    """A cell as a finite number, else ``None``."""
    try:
        found = math.nan if value is None or pd.isna(value) else float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def number_text(value: float) -> str:
    """A number in full, with thousands separators: 1200000 → "1,200,000", 2.5 → "2.5"."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,}"


def ends_of(bound: str, record: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """The stated ends of a figure; both ``None`` where there is no number that its bound could stand on."""
    value, low, high = (number(record.get(name)) for name in ("value", "low", "high"))
    if bound in ("gt", "ge"):
        return (value if low is None else low), None
    if bound in ("lt", "le"):
        return None, (value if high is None else high)
    if bound == "range" and low is not None and high is not None:
        return min(low, high), max(low, high)
    return (value, value) if bound in ("exact", "approx") else (None, None)


def words_of(bound: str, low: float | None, high: float | None, text: str) -> str:
    """The article's words; the bound and the number in plain form behind them where the words do not show both."""
    numbers = [end for end in (low, high) if end is not None]
    if not numbers:
        missing = "number not read" if bound in BOUND_WORDS else "bound not known"
        return f"“{text}”: {BOUND_WORDS['vague'] if bound == 'vague' else missing}"
    ends = [number_text(end) for end in (numbers if bound == "range" else numbers[:1])]
    if _tells(text, bound, ends):
        return text
    plain = " to ".join(ends) if bound in ("exact", "range") else f"{BOUND_WORDS[bound]} {ends[0]}"
    return f"{text} ({plain})".strip()


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut between words, with "…" where something is left out."""
    if len(text) <= most:
        return text
    head = text[:most]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:.–-") + "\u00a0…"


def listed(items: list[str], most: int, more: str = "more") -> str:
    """Items behind each other, at most so many, and how many are left out."""
    shown = "; ".join(items[:most])
    return f"{shown}; and {len(items) - most} {more}" if len(items) > most else shown


def _tells(text: str, bound: str, ends: list[str]) -> bool:
    """Whether the article's words show the numbers in digits and, where the bound is open, something before them.

    No list of bound words is kept here: it would fall behind the one that figures are read with. Where in doubt the
    bound is printed once more; it is never left out.
    """
    places = [_place(end, text) for end in ends]
    if None in places or bound in ("exact", "range"):
        return None not in places
    *before, _ = f"{text[: places[0]]}|".lower().split()  # "|" stands for the number, with a "$" that is joined to it
    return any(word not in DETERMINERS for word in before)


def _place(number: str, text: str) -> int | None:
    """Where a number stands in a text in digits, not as a part of a longer number."""
    wanted = number.replace(",", "").lstrip("-")
    found = re.finditer(r"\d[\d,]*(?:\.\d+)?", text)
    return next((match.start() for match in found if match[0].replace(",", "") == wanted), None)
