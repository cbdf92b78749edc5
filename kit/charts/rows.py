"""Rows of a chart: each figure of the table with the number to mark and the words to print.

In: a ``DataFrame`` of figures. Out: :class:`Row`s, cleaned for display. Nothing here draws, and no number is
made up: a figure without a usable number has ``low`` and ``high`` ``None`` and is shown in words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.records import BOUND_WORDS

NEEDED = ("text", "value", "bound", "reporter")
PEOPLE = {"person", "people", "child", "man", "woman", "life", "soldier", "civilian"}
CURRENCIES = {
    "dollar", "euro", "pound", "yen", "yuan", "rouble", "ruble", "hryvnia", "franc", "rupee", "peso", "real", "rand",
    "won", "lira", "shekel", "krona", "krone", "zloty", "dinar", "riyal", "dirham", "usd", "eur", "gbp", "jpy", "rub",
    "uah", "cny", "inr", "chf",
}  # fmt: skip
# Measured rather than counted: each on an axis of its own, never beside things that are counted.
MEASURED = {
    "centimetre", "centimeter", "mile per hour",
    "metre", "meter", "kilometre", "kilometer", "mile", "foot", "hectare", "acre", "square kilometre",
    "square kilometer", "square mile", "gram", "kilogram", "tonne", "ton", "litre", "liter", "barrel", "second",
    "minute", "hour", "day", "week", "month", "year", "degree", "megawatt", "gigawatt", "kilowatt", "watt",
    "percentage point", "percent",
}  # fmt: skip
# Before a number these say nothing about its bound; what else stands there is taken for the article's own words for it.
DETERMINERS = {"the", "a", "an", "its", "their", "his", "her", "our", "these", "those", "all", "another"}
UNSPECIFIED = {
    "people": "lost (not specified whether killed, wounded or captured)",
    "things": "lost (not specified whether destroyed, damaged or captured)",
}


@dataclass(frozen=True)
class Row:
    """One figure as a chart shows it. ``low`` and ``high`` are the stated ends; an open end is ``None``.

    ``body`` is the group where the reporter's name does not say it: the ministry behind a spokesman.
    """

    bound: str
    low: float | None
    high: float | None
    panel: str
    unit: str | None
    label: str
    words: str
    status: str | None
    reporter: str
    body: str | None
    group: str
    measure: str | None
    affected: str | None
    place: str | None
    date: str | None
    article: str

    @property
    def numbers(self) -> list[float]:
        """The stated numbers, none for a figure in words."""
        return [number for number in (self.low, self.high) if number is not None]


def read_rows(data: pd.DataFrame) -> list[Row]:
    """The figures to draw, by reporter in the order of their first figure; rejected ones are left out.

    Raises:
        ValueError: a column is missing without which a figure must not be shown.
    """
    missing = [name for name in NEEDED if name not in data.columns]
    if missing:
        raise ValueError(f"the table lacks {', '.join(missing)}: a figure is never shown without bound and reporter")
    found = [_row(record) for record in data.to_dict("records") if clean(record.get("decision")) != "reject"]
    order = list(dict.fromkeys((row.group, row.reporter) for row in found))
    groups = list(dict.fromkeys(group for group, _ in order))
    return sorted(found, key=lambda row: (groups.index(row.group), order.index((row.group, row.reporter))))


def shared(values: Iterable[str | None]) -> str | None:
    """The one value that all have, or ``None``."""
    different = set(values)
    return different.pop() if len(different) == 1 else None


def number_text(number: float) -> str:
    """A number in full, with thousands separators: 1200000 → "1,200,000", 2.5 → "2.5"."""
    return (
        f"{int(number):,}" if float(number).is_integer() else f"{number:,.6g}" if abs(number) < 1e6 else f"{number:,}"
    )


def clean(value: Any) -> str | None:
    """A cell as one line of text without control and direction-override characters; ``None`` where it is empty."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in str(value))
    text = "".join(c for c in text if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    return " ".join(text.split()) or None


def _row(record: dict[str, Any]) -> Row:
    unit, reporter = clean(record.get("unit")), clean(record["reporter"]) or "reporter not known"
    group = clean(record.get("group"))
    panel, bound = _panel(unit), clean(record["bound"]) or "unknown"
    low, high = _ends(bound, record)
    return Row(
        bound=bound,
        low=low,
        high=high,
        panel=panel,
        unit=unit,
        label=clean(record.get("category")) or clean(record.get("counted")) or unit or "figure",
        words=_words(bound, low, high, clean(record["text"]) or ""),
        status=_status(clean(record.get("status")), clean(record.get("measure")), panel),
        reporter=reporter,
        body=group if group and group.lower() not in reporter.lower() else None,
        group=group or clean(record.get("reporter_id")) or reporter,
        measure=clean(record.get("measure")),
        affected=_in_sentence(clean(record.get("affected"))),
        place=clean(record.get("place")),
        date=_date(record),
        article=_article(record),
    )


def _in_sentence(name: str | None) -> str | None:
    """A name as it stands behind "of": "The army" began a sentence of the article, not one of the chart."""
    return "the " + name[4:] if name and name.startswith("The ") else name


def _panel(unit: str | None) -> str:
    name = (unit or "").lower()
    if name in PEOPLE:
        return "people"
    if name in CURRENCIES or name in MEASURED:
        return name
    return "things"


def _ends(bound: str, record: dict[str, Any]) -> tuple[float | None, float | None]:
    """The stated ends of a figure; both ``None`` where there is no number that its bound could stand on."""
    value, low, high = (_number(record.get(name)) for name in ("value", "low", "high"))
    if bound in ("gt", "ge"):
        return (value if low is None else low), None
    if bound in ("lt", "le"):
        return None, (value if high is None else high)
    if bound == "range" and low is not None and high is not None:
        return min(low, high), max(low, high)
    return (value, value) if bound in ("exact", "approx") else (None, None)


def _number(value: Any) -> float | None:
    try:
        number = math.nan if value is None or pd.isna(value) else float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _words(bound: str, low: float | None, high: float | None, text: str) -> str:
    """The article's words; the bound and the number in plain form behind them where the words do not show both."""
    numbers = [number for number in (low, high) if number is not None]
    if not numbers:
        missing = "number not read" if bound in BOUND_WORDS else "bound not known"
        return f"“{text}”: {BOUND_WORDS['vague'] if bound == 'vague' else missing}"
    ends = [number_text(number) for number in (numbers if bound == "range" else numbers[:1])]
    if _tells(text, bound, ends):
        return text
    plain = " to ".join(ends) if bound in ("exact", "range") else f"{BOUND_WORDS[bound]} {ends[0]}"
    return f"{text} ({plain})".strip()


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


def _status(status: str | None, measure: str | None, panel: str) -> str | None:
    if status != "unspecified":
        return status
    if panel not in UNSPECIFIED:
        return None
    return UNSPECIFIED[panel] if measure and "loss" in measure.lower() else "state not specified"


def _date(record: dict[str, Any]) -> str | None:
    date, inherited = clean(record.get("date")), record.get("date_inherited")
    return f"{date} (inherited)" if date and not pd.isna(inherited) and inherited else date


def _article(record: dict[str, Any]) -> str:
    outlet, title, digest = (clean(record.get(name)) for name in ("outlet", "title", "article"))
    parts = [outlet or "outlet not known", f"“{title}”" if title else f"article {digest[:12]}" if digest else None]
    published = clean(record.get("published"))
    return ", ".join([part for part in parts if part] + [published or "report date not given"])
