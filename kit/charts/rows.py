"""Rows of a chart: each figure of the table with the number to mark and the words to print.

In: a ``DataFrame`` of figures. Out: :class:`Row`s, cleaned for display, and what was left out. Nothing here draws, and
no number is made up: a figure without a usable number has ``low`` and ``high`` ``None`` and is shown in words. What a
named policy reads into words ("dozens") is marked as the policy's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.charts.cells import clean, ends_of, words_of
from kit.charts.kinds import UNCOUNTED, Kinds
from kit.policies import apply_policy

NEEDED = ("text", "value", "bound", "reporter")
FLOOR = "floor"  # a bound of our own: what the analyst entered as confirmed, at least
INHERITED = "(inherited)"
UNSPECIFIED = {
    "people": "lost (not specified whether killed, wounded or captured)",
    "things": "lost (not specified whether destroyed, damaged or captured)",
}
STATUSES = {"hypothetical": "hypothetical, not said to have happened", "denied": "denied"}


@dataclass(frozen=True)
class Row:
    """One figure as a chart shows it. ``low`` and ``high`` are the stated ends; an open end is ``None``.

    ``body`` is the group where the reporter's name does not say it: the ministry behind a spokesman. ``reading`` is
    what the active policy read into the article's words, ``None`` where the number is the article's own. ``heading`` is
    the thing that rows of several reporters are about; ``id`` is the record's, to find the row in a drawn chart.
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
    reading: str | None = None
    heading: str | None = None
    id: str | None = None

    @property
    def numbers(self) -> list[float]:
        """The stated numbers, none for a figure in words."""
        return [end for end in (self.low, self.high) if end is not None]


@dataclass(frozen=True)
class Figures:
    """The rows of a chart, the policy they follow (``None``: words stay words), and what is not among them.

    ``uncounted`` says how many figures of which kind count nothing (ages, ranks); ``answers`` counts people's decisions
    over all figures of the table, ``None`` where it has no such column; ``selection`` says by what a person chose the
    rows.
    """

    rows: list[Row]
    policy: str | None = None
    uncounted: Mapping[str, int] | None = None
    answers: Mapping[str, int] | None = None
    selection: str | None = None

    def only(self, rows: Sequence[Row]) -> Figures:
        """Some of the rows, under the same policy."""
        return Figures(list(rows), self.policy, self.uncounted, self.answers, self.selection)


def read_figures(data: pd.DataFrame, *, policy: str | None, every: bool = False) -> Figures:
    """The figures to draw, by reporter in the order of their first figure; rejected ones are left out.

    Args:
        data: figures as from :func:`kit.tables.quantities_table`, or a table that follows a policy already.
        policy: how to read numbers that are words; ``None`` leaves them in words.
        every: keep ages, durations, ranks and the like, which count nothing.

    Raises:
        ValueError: a column is missing without which a figure must not be shown; there is no such policy.
    """
    missing = [name for name in NEEDED if name not in data.columns]
    if missing:
        raise ValueError(f"the table lacks {', '.join(missing)}: a figure is never shown without bound and reporter")
    if policy is not None and "policy" not in data.columns:
        data = apply_policy(data, policy)
    records = data.to_dict("records")
    name = next((found for record in records if (found := clean(record.get("policy")))), None)
    kept = [record for record in records if clean(record.get("decision")) != "reject"]
    dropped = [] if every else [record for record in kept if clean(record.get("measure")) in UNCOUNTED]
    kinds, left = Kinds(), Counter(UNCOUNTED[str(clean(record["measure"]))] for record in dropped)
    gone = set(map(id, dropped))
    found = [_row(record, kinds) for record in kept if id(record) not in gone]
    order = list(dict.fromkeys((row.group, row.reporter) for row in found))
    groups = list(dict.fromkeys(group for group, _ in order))
    rows = sorted(found, key=lambda row: (groups.index(row.group), order.index((row.group, row.reporter))))
    answers = Counter(str(clean(record["decision"])) for record in records) if "decision" in data.columns else None
    return Figures(rows, name, left, answers, selection_of(records))


def selection_of(records: Iterable[Mapping[str, Any]]) -> str | None:
    """What the column ``selection`` says: by what the rows were chosen out of a larger table, and how many it has."""
    return next((found for record in records if (found := clean(record.get("selection")))), None)


def shared(values: Iterable[str | None]) -> str | None:
    """The one value that all have, or ``None``."""
    different = set(values)
    return different.pop() if len(different) == 1 else None


def article_of(record: Mapping[str, Any]) -> str:
    """The article that a row comes from, with its outlet and report date."""
    outlet, title, digest = (clean(record.get(name)) for name in ("outlet", "title", "article"))
    parts = [outlet or "outlet not known", f"“{title}”" if title else f"article {digest[:12]}" if digest else None]
    return ", ".join([part for part in parts if part] + [clean(record.get("published")) or "report date not given"])


def _row(record: Mapping[str, Any], kinds: Kinds) -> Row:
    unit, reporter = clean(record.get("unit")), clean(record["reporter"]) or "reporter not known"
    group, category, measure = (clean(record.get(name)) for name in ("group", "category", "measure"))
    panel, bound = kinds.of(unit, measure, category), clean(record["bound"]) or "unknown"
    low, high = ends_of(bound, record)
    reading, text = clean(record.get("policy_reading")), clean(record["text"]) or ""
    words = words_of(bound, low, high, text) if reading is None else f"{text} (read as {reading})"
    return Row(
        bound=bound,
        low=low,
        high=high,
        panel=panel,
        unit=unit,
        label=category or clean(record.get("counted")) or unit or "figure",
        words=f"{words}{_direction(clean(record.get('direction')))}",
        status=_status(clean(record.get("status")), measure, panel),
        reporter=reporter,
        body=group if group and group.lower() not in reporter.lower() else None,
        group=group or clean(record.get("reporter_id")) or reporter,
        measure=measure,
        affected=_in_sentence(clean(record.get("affected"))),
        place=clean(record.get("place")),
        date=_date(record),
        article=article_of(record),
        reading=reading,
        id=clean(record.get("id")),
    )


def _direction(direction: str | None) -> str:
    return {"up": ", an increase", "down": ", a decrease"}.get(direction or "", "")


def _in_sentence(name: str | None) -> str | None:
    """A name as it stands behind "of": "The army" began a sentence of the article, not one of the chart."""
    return "the " + name[4:] if name and name.startswith("The ") else name


def _status(status: str | None, measure: str | None, panel: str) -> str | None:
    if status != "unspecified":
        return STATUSES.get(status, status) if status else None
    if panel not in UNSPECIFIED:
        return None
    return UNSPECIFIED[panel] if measure and "loss" in measure.lower() else "state not specified"


def _date(record: Mapping[str, Any]) -> str | None:
    date, inherited = clean(record.get("date")), record.get("date_inherited")
    return f"{date} {INHERITED}" if date and not pd.isna(inherited) and inherited else date
