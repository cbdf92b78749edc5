"""When: the date of a figure, its own or one that it inherits.

In: the article's dates and where a figure stands. Out: a :class:`~kit.records.ResolvedDate`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from kit.records import ResolvedDate, TimeExpression
from kit.segments import segment_index

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CALENDAR = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d|Q[1-4]|H[12]))?")


class Calendar:
    """The dates of an article in reading order, ready for look-up."""

    def __init__(self, doc: Doc, dates: Sequence[TimeExpression]) -> None:
        self.doc = doc
        told = [time for time in dates if time.kind in ("date", "time") and time.value]
        self.dates = sorted(
            (time.start_char, match.group()) for time in told if (match := _CALENDAR.match(time.value or ""))
        )
        self.days = [(start, value) for start, value in self.dates if _DAY.fullmatch(value)]

    def date_of(self, start: int, sentence: tuple[int, int]) -> ResolvedDate | None:
        """The nearest date in the sentence of a figure, else the last one before it in its paragraph (a year is too
        coarse), else the last day in the paragraph before.
        """
        low, high = (bisect_left(self.dates, (edge, "")) for edge in sentence)
        own = [one for one in self.dates[low:high] if self.doc.text.find(";", *sorted((one[0], start))) < 0]
        if own:
            return ResolvedDate(min(own, key=lambda one: abs(one[0] - start))[1])
        index = bisect_left(self.dates, (start, ""))
        if (
            index
            and len(self.dates[index - 1][1]) > 4
            and segment_index(self.doc, start) == segment_index(self.doc, self.dates[index - 1][0])
        ):
            return ResolvedDate(self.dates[index - 1][1], inherited=True)
        index = bisect_left(self.days, (start, ""))
        if not index:
            return None
        before, value = self.days[index - 1]
        crossed = segment_index(self.doc, start) - segment_index(self.doc, before)
        return ResolvedDate(value, inherited=True) if crossed <= 1 else None
