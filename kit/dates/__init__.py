"""Dates: time expressions in a ``Doc``, resolved against the publication date.

In: a ``Doc`` and the publication date, or ``None``. Out: :class:`~kit.records.TimeExpression`s in reading order::

    text ─ words, classes ─> symbols ─ *_rules ─> meanings ─ finding ─> joined ─ relative, tense ─> values

Spans, kinds and values follow TIMEX3 (TimeML): "on" and "since" stay outside a span, "early", "nearly" and "the end
of" belong to it. ``kind`` is ``date``, ``time``, ``duration`` or ``set``. What ``value`` holds:

========  ==============================================================================================
date      ISO 8601 ``2023-06-05``, ``2023-06``, ``2023``, ``2023-W22``; TIMEX3 ``2023-Q2``, ``2023-SU``,
          ``2023-W22-WE``, ``199`` (a decade), ``19`` (a century), ``FY2023`` (a financial year, grain
          ``fiscal year``)
time      ``2023-06-05T14:30``, with ``Z`` where the text says UTC; parts of a day ``2023-06-05TMO``
duration  ``P3D``, ``PT5H``, ``PXW`` (several weeks)
set       ``P1W`` (weekly), ``XXXX-WXX-1`` (every Monday)
========  ==============================================================================================

Vague references ("now", "recently", "the near future") are dates of the grain ``vague`` with TIMEX3's
``PRESENT_REF``, ``PAST_REF`` or ``FUTURE_REF`` as value. They count as time expressions and say nothing about the
calendar: who plots or inherits dates asks :func:`is_calendar` first. Nor are intervals one day ("March 10-15" is
``2023-03-10/2023-03-15``, grain ``interval``). ``alternatives`` holds the other
readings of a truly ambiguous expression ("last Thursday" on a Friday). Without a publication date nothing relative is
resolved; its value is ``None``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from spacy.tokens import Doc, Span

from kit.dates.clues import Clue
from kit.dates.finding import find
from kit.dates.meanings import Context, Reading, evaluate
from kit.dates.periods import Period
from kit.dates.publication import CLUES, MOVED, PublicationCheck, check_publication, moved_dates, possible_days
from kit.dates.sentences import read_dates, sentence_expressions
from kit.dates.tense import look_of
from kit.records import CALENDAR, TimeExpression, record_id

__all__ = [
    "CLUES",
    "MOVED",
    "Clue",
    "PublicationCheck",
    "Reading",
    "check_publication",
    "extract_dates",
    "is_calendar",
    "moved_dates",
    "possible_days",
    "resolve",
]

_LONGEST = 200  # characters of an expression given by itself


def extract_dates(doc: Doc, published: date | None = None) -> list[TimeExpression]:
    """Every time expression in reading order.

    Args:
        doc: the article.
        published: publication date; without it nothing relative is resolved.
    """
    text = doc.text  # built anew by spaCy at each look
    return [_record(text, one.start_char, one.end_char, reading) for one, reading in read_dates(doc, published)]


def resolve(text: str | Span, published: date | None = None, reference: date | None = None) -> Reading | None:
    """What one expression means, given by itself.

    Args:
        text: the expression; as a ``Span`` of a parsed ``Doc``, the tense of its verb tells which Friday is meant.
        published: publication date; without it nothing relative is resolved.
        reference: the day that the text spoke of last, for "the next day" and "two weeks later".

    Returns:
        Its value, grain, kind and other readings; ``None`` where it is no time expression.
    """
    context = Context(published, mentions=[Period("day", reference)] if reference else [])
    if isinstance(text, Span):
        context.look = lambda: look_of(text.root)
        for one in sentence_expressions(text.doc, text.sent):
            reading = evaluate(one.meaning, replace(context, look=one.look))
            if one.start_char < text.end_char and text.start_char < one.end_char:
                return reading
            if reading.period:
                context.here.append(reading.period)
        context.here.clear()
    written = " ".join(str(text)[:_LONGEST].split())
    words, found = find(f"in {written}")  # a preposition before it: whoever asks knows that it is a time
    if not found:
        return _parsed(written.lower())
    longest = max(found, key=lambda one: words[one.end - 1].end - words[one.start].start)
    return evaluate(longest.meaning, context)


def is_calendar(value: str | None) -> bool:
    """Whether a value names one stretch of the calendar: no duration, no set, no vague reference, nothing open."""
    return bool(value and CALENDAR.fullmatch(value))


def _record(text: str, start: int, end: int, reading: Reading) -> TimeExpression:
    return TimeExpression(
        id=record_id(text, "date", start, end),
        start_char=start,
        end_char=end,
        text=text[start:end],
        value=reading.value,
        grain=reading.grain,
        kind=reading.kind,
        alternatives=reading.alternatives,
    )


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Reading | None:
    """What dateparser makes of a date that the grammar does not know; only where the text has its year."""
    year = re.search(r"(?<!\d)[12]\d{3}(?!\d)", text, re.A)
    if not year:
        return None
    import dateparser  # slow to load, and seldom needed

    try:
        day = dateparser.parse(text, languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None
    if day is None or day.year != int(year.group()):
        return None
    return Reading(day.date().isoformat(), "day", "date", (), Period("day", day.date()))
