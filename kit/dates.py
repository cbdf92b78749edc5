"""Dates: time expressions in a ``Doc``, resolved against the publication date.

In: a ``Doc`` and the publication date, or ``None``. Out: :class:`~kit.records.TimeExpression`s in reading
order. This first version knows calendar dates, weekdays, "yesterday" and its kin, and "last month"; it finds
no clock times, durations or sets. Without a publication date nothing relative is resolved.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import dateparser
from spacy.tokens import Doc

from kit.records import TimeExpression, record_id
from kit.segments import read_sentences

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_RELATIVE_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "last night": -1, "tomorrow": 1}
_PATTERN = re.compile(
    rf"""(?<![\w-])(?:
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<full>(?:{_DAY},?\s+)?(?:{_MONTH}\s+{_ORDINAL},?\s+\d{{4}} | {_ORDINAL}\s+{_MONTH},?\s+\d{{4}}))
    | (?P<month>{_MONTH}\s+\d{{4}})
    | (?:{_DAY},?\s+)?(?P<dayless>{_MONTH}\s+{_ORDINAL}(?!\d|[,.:]\d) | {_ORDINAL}\s+{_MONTH})
    | (?:(?P<shift>last|next|this)\s+)?(?P<weekday>{_DAY})
    | (?P<day>today|tonight|yesterday|last\s+night|tomorrow)
    | (?P<period>(?:last|this|next)\s+(?:week|month|year))
    | (?P<ago>(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:day|week|month|year)s?\s+ago)
    )(?![\w-])""",
    re.X | re.I,
)


def extract_dates(doc: Doc, published: date | None = None) -> list[TimeExpression]:
    """Every time expression in reading order.

    Args:
        doc: the article.
        published: publication date; without it only full calendar dates get a value.
    """
    text, found = doc.text, []
    for sentence in read_sentences(doc):
        for match in _PATTERN.finditer(sentence.text):
            if _is_other_word(match):
                continue
            start, end = sentence.start_char + match.start(), sentence.start_char + match.end()
            value, grain, alternatives = _resolve(match, published)
            found.append(
                TimeExpression(
                    id=record_id(text, "date", start, end),
                    start_char=start,
                    end_char=end,
                    text=match.group(),
                    value=value,
                    grain=grain,
                    alternatives=alternatives,
                )
            )
    return found


def _is_other_word(match: re.Match[str]) -> bool:
    """ "may", "march 12" in lower case are verbs; month names are capitalised."""
    text = match.group("full") or match.group("month") or match.group("dayless")
    return text is not None and not re.search(r"\b[A-Z]", text)


def _resolve(match: re.Match[str], published: date | None) -> tuple[str | None, str, tuple[str, ...]]:
    """(ISO 8601 value or None, grain, other readings) of a match."""
    groups = {name: text for name, text in match.groupdict().items() if text}
    text = match.group()
    if "iso" in groups or "full" in groups:
        day = _parse(text, None)
        return (day and day.isoformat()), "day", ()
    if "month" in groups:
        day = _parse(f"1 {text}", None)
        return (day and day.isoformat()[:7]), "month", ()
    grain = _grain(groups)
    if published is None:
        return None, grain, ()
    if "weekday" in groups:
        day, others = _weekday(groups["weekday"], groups.get("shift", "").lower(), published)
        return day.isoformat(), grain, tuple(other.isoformat() for other in others)
    if "day" in groups:
        key = re.sub(r"\s+", " ", groups["day"].lower())
        return (published + timedelta(days=_RELATIVE_DAYS[key])).isoformat(), grain, ()
    if "dayless" in groups:
        day = _parse(f"{groups['dayless']} {published.year}", None)
        return (day and _nearest_year(day, published).isoformat()), grain, ()
    return _period(text, published, grain), grain, ()


def _grain(groups: dict[str, str]) -> str:
    unit = groups.get("period", groups.get("ago", "")).lower()
    return next((name for name in ("week", "month", "year") if name in unit), "day")


def _parse(text: str, base: date | None) -> date | None:
    settings = {"PREFER_DATES_FROM": "past"}
    if base is not None:
        settings["RELATIVE_BASE"] = datetime.combine(base, datetime.min.time())
    parsed = dateparser.parse(text, languages=["en"], settings=settings)
    return parsed.date() if parsed else None


def _weekday(name: str, shift: str, published: date) -> tuple[date, list[date]]:
    """News look back: a bare weekday is the last one, that of the publication day is today.

    "last Thursday" on a Friday may be yesterday or a week before that: both readings are kept.
    """
    back = (published.weekday() - _DAYS.index(name.lower())) % 7
    if shift == "next":
        return published + timedelta(days=7 - back), []
    if shift == "last":
        day = published - timedelta(days=back or 7)
        same_week = day.isocalendar()[:2] == published.isocalendar()[:2]
        return day, [day - timedelta(days=7)] if same_week else []
    return published - timedelta(days=back), []


def _nearest_year(day: date, published: date) -> date:
    """ "December 30" in an article of January is last year's."""
    if (day - published).days > 183:
        return _in_year(day, day.year - 1)
    return _in_year(day, day.year + 1) if (published - day).days > 183 else day


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _period(text: str, published: date, grain: str) -> str | None:
    """ISO week, month or year of "last month", "two weeks ago"; days of "three days ago"."""
    if text.lower().startswith(("this", "next", "last")):
        step = {"this": 0, "next": 1, "last": -1}[text.lower()[:4]]
        if grain == "week":
            day = published + timedelta(weeks=step)
        else:
            months = published.year * 12 + published.month - 1 + step * (12 if grain == "year" else 1)
            day = date(months // 12, months % 12 + 1, 1)
    else:
        day = _parse(text, published)
        if day is None:
            return None
    year, week, _ = day.isocalendar()
    return {"day": day.isoformat(), "week": f"{year}-W{week:02d}", "month": day.isoformat()[:7], "year": str(day.year)}[
        grain
    ]
