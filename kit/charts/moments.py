"""Moments of a timeline: the dates of a table, what is said to have happened then, and who says so.

In: the tables of dates and of claims. Out: :class:`Moment`s in calendar order, the reports they come from, and what has
no place in the calendar. Nothing here draws, and no date is made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from kit.charts.cells import clean, number, shortened
from kit.charts.groups import OUTLET
from kit.charts.rows import article_of, selection_of
from kit.charts.when import stretch

NEEDED = ("text", "value")
CONTENT = 110  # characters of a claim beside its date
LEAD = 2  # characters between a date and the claim behind it: ", "
ARTICLE = "the article itself"


@dataclass(frozen=True)
class Moment:
    """A date as written, its first and last day, and the claim that it stands in; ``other`` are its other readings."""

    text: str
    first: date
    last: date
    who: str
    group: str
    content: str | None
    article: str
    other: tuple[tuple[date, date], ...] = ()
    announced: bool = False  # after the report: nobody can have seen it happen
    id: str | None = None  # of the date's record
    telling: bool = False  # it stands with "said", not in what is said: it may be the date of the telling


@dataclass
class Moments:
    """What a timeline shows: moments, reports with their dates, and what could not be placed."""

    moments: list[Moment] = field(default_factory=list)
    reports: dict[str, date | None] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    lengths: list[str] = field(default_factory=list)
    rejected: int = 0
    selection: str | None = None  # what a person chose out of the table


def read_moments(dates: pd.DataFrame, claims: pd.DataFrame | None) -> Moments:
    """The dates to draw, earliest first; rejected ones are left out.

    Raises:
        ValueError: the columns ``text`` or ``value`` are missing.
    """
    missing = [name for name in NEEDED if name not in dates.columns]
    if missing:
        raise ValueError(f"the table of dates lacks {', '.join(missing)}")
    spoken = _Spoken([] if claims is None else claims.to_dict("records"))
    records = dates.to_dict("records")
    found = Moments(selection=selection_of(records))
    for record in records:
        if clean(record.get("decision")) == "reject":
            found.rejected += 1
            continue
        article = article_of(record)
        found.reports[article] = _day(clean(record.get("published")))
        _place(record, article, spoken, found)
    found.moments.sort(key=lambda moment: (moment.first, moment.last))
    return found


def _place(record: Mapping[str, Any], article: str, spoken: _Spoken, found: Moments) -> None:
    text, value = clean(record["text"]) or "", clean(record["value"])
    claim = spoken.around(record)
    who = clean(claim.get("source")) or ARTICLE
    content = clean(claim.get("content"))
    content = shortened(content, CONTENT) if content else None
    if clean(record.get("kind")) in ("duration", "set"):
        found.lengths.append(f"“{text}”")
        return
    days = stretch(value)
    if days is None:
        why = "" if found.reports[article] or value else ", no report date to count from"
        found.unplaced.append(f"“{text}” ({who}{f': {content}' if content else ''}{why})")
        return
    other = [stretch(one) for one in (clean(record.get("alternatives")) or "").split("; ")]
    published = found.reports[article]
    found.moments.append(
        Moment(
            text=text,
            first=days[0],
            last=days[1],
            who=who,
            group=clean(claim.get("group")) or (OUTLET if who == ARTICLE else who),
            content=content,
            article=article,
            other=tuple(one for one in other if one and one != days),
            announced=published is not None and days[0] > published,
            id=clean(record.get("id")),
            telling=bool(clean(claim.get("source"))) and text not in (clean(claim.get("content")) or ""),
        )
    )


class _Spoken:
    """The claims by article, to find the one around a date."""

    def __init__(self, claims: Sequence[Mapping[str, Any]]) -> None:
        self._of: dict[str | None, list[tuple[float, float, Mapping[str, Any]]]] = {}
        for claim in claims:
            start, end = number(claim.get("start_char")), number(claim.get("end_char"))
            if start is not None and end is not None and clean(claim.get("decision")) != "reject":
                self._of.setdefault(clean(claim.get("article")), []).append((start, end, claim))

    def around(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claim that a date belongs to, empty where there is none.

        The narrowest with a source that it lies in, or that begins right behind it ("On Sunday, the army said"); else
        the narrowest without a source.
        """
        start, end = number(record.get("start_char")), number(record.get("end_char"))
        if start is None or end is None:
            return {}
        some = self._of.get(clean(record.get("article")), [])
        around = [one for one in some if one[0] <= start and end <= one[1]]
        around += [one for one in some if end <= one[0] <= end + LEAD and clean(one[2].get("source"))]
        return min(around, key=lambda one: (not clean(one[2].get("source")), one[1] - one[0]), default=(0, 0, {}))[2]


def _day(published: str | None) -> date | None:
    days = stretch(published)
    return days[0] if days and days[0] == days[1] else None
