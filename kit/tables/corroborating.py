"""Which figures are reported by more than one independent source group, with the bounds of each: no mean, no total.

Two figures are on the same thing where measure, status, category, unit, affected party and date are all the same: a
wounded is no killed, and what the text leaves open equals nothing. The affected party is compared word by word, without
an article before it: "the Sylvanian army" and "Sylvania's army" stay apart, rather than confirm what nobody said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from kit.decisions import Effective
from kit.records import OUTLET, Analysis, Quantity
from kit.tables.columns import (
    ARTICLE,
    DECIDED,
    OFFSETS,
    Decisions,
    about,
    decided,
    frame,
    group_of,
    joined,
    offsets,
    text_columns,
    text_of,
    view_of,
)
from kit.tables.quantities import NO_OUTLET

CORROBORATION_COLUMNS = (
    {"subject": "Int64"}
    | text_columns("category", "affected", "date", "unit", "measure", "status")
    | {"groups": "Int64", "figures": "Int64"}
    | text_columns("open", "id", "text")
    | dict.fromkeys(("value", "low", "high"), "Float64")
    | text_columns("bound", "reporter", "reporter_id", "group", "rests_on")
    | DECIDED
    | OFFSETS
    | ARTICLE
)
_SAME = ("measure", "status", "category", "unit")
_NEEDED = ("category", "affected", "date")


def corroboration(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per reported figure, those on the same thing under each other; columns as in ``CORROBORATION_COLUMNS``.

    ``subject`` numbers the things in reading order; ``groups`` counts the independent source groups that report one and
    ``figures`` its rows. A source that relies on another is of the other's group (``rests_on``); an unnamed source and
    the outlet's own sentences count for none, since nobody can tell from whom they have it. A figure that lacks one of
    category, affected party and date is a thing of its own, and ``open`` names what it lacks. Rejected figures stay in
    the table, as things of their own that no group reports. ``groups`` of 2 says that two groups report on the same
    thing, not that they agree: read the bounds.
    """
    view = view_of(analysis, decisions, "quantity")
    subjects: dict[Any, list[Quantity]] = {}
    for figure in sorted(view.analysis.quantities, key=lambda one: (one.start_char, one.end_char, one.id)):
        subjects.setdefault(_subject(view, figure), []).append(figure)
    roots = _roots(view)
    rows = []
    for number, figures in enumerate(subjects.values(), start=1):
        kept = [one for one in figures if view.answer(one.id) != "reject"]
        n = _independent(roots[one.reporter] for one in kept if roots.get(one.reporter))
        for figure in figures:
            row = {"subject": number, "groups": n, "figures": len(figures)} | _row(view, figure, roots)
            rows.append(row | offsets([figure]) | decided(view, figure.id) | about(analysis.article))
    return frame(rows, CORROBORATION_COLUMNS)


def _subject(view: Effective, figure: Quantity) -> Any:
    """What a figure is about, or its id where it can be compared with nothing."""
    if _open(figure) or view.answer(figure.id) == "reject":
        return figure.id
    words = (text_of(figure.affected) or "").casefold().replace("’", "'").split()
    words = words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words
    date = figure.date.value if figure.date else None
    return (*(getattr(figure, name) for name in _SAME), " ".join(words), date)


def _open(figure: Quantity) -> list[str]:
    return [name for name in _NEEDED if not getattr(figure, name)]


def _row(view: Effective, figure: Quantity, roots: dict[str, frozenset[str]]) -> dict[str, Any]:
    source = view.record(figure.reporter)
    outlet = figure.reporter == OUTLET
    return {name: getattr(figure, name) for name in ("id", "text", "value", "low", "high", "bound", *_SAME)} | {
        "affected": text_of(figure.affected),
        "date": figure.date.value if figure.date else None,
        "open": joined(_open(figure)),
        "reporter": view.analysis.article.outlet or NO_OUTLET if outlet else source.name if source else figure.reporter,
        "reporter_id": figure.reporter,
        "group": OUTLET if outlet else group_of(source) or figure.reporter,
        "rests_on": joined(sorted(roots.get(figure.reporter, frozenset()))),
    }


def _roots(view: Effective) -> dict[str, frozenset[str]]:
    """The groups that each source has its word from in the end: its own, or those of whom it relies on."""
    sources = {source.id: source for source in view.analysis.sources}
    found: dict[str, frozenset[str]] = {}
    for start in sources:
        groups, waiting, seen = set(), [start], {start}
        while waiting:
            source = sources[waiting.pop()]
            cited = [one for one in source.cites if one in sources]
            if not cited and source.type != "unnamed":
                groups.add(group_of(source))
            waiting += [one for one in cited if one not in seen]
            seen.update(cited)
        if not groups and all(sources[one].type != "unnamed" for one in seen):  # they cite each other in a circle
            groups = {group_of(sources[min(seen)])}
        found[start] = frozenset(group for group in groups if group)
    return found


def _independent(reports: Iterable[frozenset[str]]) -> int:
    """How many of the reports share no group with each other, those that rest on few groups first."""
    taken: set[str] = set()
    n = 0
    for report in sorted(set(reports), key=lambda groups: (len(groups), sorted(groups))):
        if not report & taken:
            taken |= report
            n += 1
    return n
