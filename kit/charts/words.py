"""What a chart says in words: its title, context, caveats, legend and alt text.

In: :class:`~kit.charts.rows.Row`s. Out: lines of text, not yet wrapped.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.charts.rows import Row, read_rows, shared
from kit.records import BOUND_WORDS, Bound

NOTHING = "no figures to chart"
MARKS: dict[Bound, str] = {
    "exact": "●",
    "approx": "○",
    "gt": "○→",
    "ge": "●→",
    "lt": "←○",
    "le": "←●",
    "range": "●—●",
}
NAMES_SHOWN = 2


def title(rows: Sequence[Row]) -> str:
    """Who says what about whom: "<reporter> (<group>) says: <measure> of <affected>"."""
    reporters = list(dict.fromkeys(row.reporter for row in rows))
    if len(reporters) == 1:
        body = f" ({rows[0].body})" if rows[0].body else ""
        who = f"{_capital(reporters[0])}{body} says"
    elif len(reporters) <= NAMES_SHOWN:
        who = f"{_capital(' and '.join(reporters))} say"
    else:
        who = f"{len(reporters)} reporters say"
    core = [row for row in rows if row.measure] or list(rows)
    measures = list(dict.fromkeys(row.measure or "figures" for row in core))
    what = ", ".join(measures) if len(measures) <= NAMES_SHOWN else "figures"
    affected = list(dict.fromkeys(row.affected for row in core if row.affected))
    named = affected if len(affected) <= NAMES_SHOWN else ["several parties"]
    unnamed = ["of parties not stated"] if affected and not all(row.affected for row in core) else []
    whom = f" of {' and '.join(named + unnamed)}" if affected else ""
    return f"{who}: {what}{whom}{' and other figures' if len(core) < len(rows) else ''}"


def confirmation(rows: Sequence[Row]) -> str:
    """The claim status: how many independent source groups there are, and that none confirms another."""
    return f"Claimed, not independently confirmed (0 of {len({row.group for row in rows})} source groups)"


def context(rows: Sequence[Row]) -> list[str]:
    """Unit, place, event date, and the articles with their report dates; several units stand on the rows only."""
    unit = shared(unit_text(row) for row in rows)
    facts = [f"Unit: {unit}"] if unit else []
    if not any(row.affected for row in rows):
        facts.append("Affected: not stated")
    facts.append(f"Place: {_one_or('place', rows)}")
    facts.append(f"Event date: {_one_or('date', rows)}")
    articles = list(dict.fromkeys(row.article for row in rows))
    more = f"; and {len(articles) - 3} more articles" if len(articles) > 3 else ""
    return [_unbroken(*facts), f"Reported in: {'; '.join(articles[:3])}{more}"]


def unit_text(row: Row) -> str:
    """The unit as the chart prints it."""
    return "people" if row.panel == "people" else row.unit or "number"


def row_note(row: Row, rows: Sequence[Row], *, status: bool) -> str | None:
    """What sets a row apart from the others of its chart: its status, affected party, place and date."""
    parts = [row.status] if status else []
    if shared(other.affected for other in rows) is None:
        parts.append(f"of {row.affected}" if row.affected else _unless_all_lack("affected", rows))
    for name in ("place", "date"):
        if shared(getattr(other, name) for other in rows) is None:
            parts.append(getattr(row, name) or _unless_all_lack(name, rows))
    return ", ".join(part for part in parts if part) or None


def legend(rows: Sequence[Row]) -> list[str]:
    """What the marks on this chart mean, and how its rows are to be read."""
    used = {row.bound for row in rows if row.numbers}
    marks = [f"{sign} {BOUND_WORDS[bound]}" for bound, sign in MARKS.items() if bound in used]
    if any(not row.numbers for row in rows):
        marks.append("words alone: no number to mark")
    lines = [_unbroken("Marks:", *marks)]
    if used & {"gt", "ge", "lt", "le"}:
        lines.append(
            "An arrow starts at the number stated and points to where no end is given; its length has no meaning."
        )
    if len({row.group for row in rows}) > 1:
        lines.append("One shape and colour per source group. Rows may overlap and are not added up.")
    else:
        lines.append("Rows may overlap and are not added up.")
    return lines


def caution(rows: Sequence[Row]) -> list[str]:
    """A warning where one axis carries what should stand on several."""
    panels = list(dict.fromkeys(row.panel for row in rows if row.numbers))
    if len(panels) < 2:
        return []
    return [f"One axis for {', '.join(panels)}: compare like with like only."]


def checked(data: pd.DataFrame) -> list[str]:
    """How many figures a person has looked at, where the table says so."""
    if "decision" not in data.columns:
        return []
    answers = [str(answer) for answer in data["decision"]]
    rejected, shown = answers.count("reject"), len(answers) - answers.count("reject")
    line = f"Checked by an analyst: {answers.count('accept')} of {shown} figures shown"
    return [f"{line}; {rejected} rejected and not shown." if rejected else f"{line}."]


def alt_text(data: pd.DataFrame) -> str:
    """The chart in one or two sentences for a screen reader: every reporter, figure, bound and caveat."""
    rows = read_rows(data)
    if not rows:
        return _capital(NOTHING) + "."
    told = []
    for reporter in dict.fromkeys(row.reporter for row in rows):
        figures = [_spoken(row, rows) for row in rows if row.reporter == reporter]
        told.append(f"{_capital(reporter)}: {'; '.join(figures)}.")
    head = [f"{title(rows)}.", f"{confirmation(rows)}."]
    return " ".join([*head, *told, *(line.replace("\u00a0", " ") + "." for line in context(rows))])


def _spoken(row: Row, rows: Sequence[Row]) -> str:
    about = [row.label if row.label.lower() not in row.words.lower() else None, row_note(row, rows, status=True)]
    about = [part for part in about if part]
    return ", ".join([row.words, *about])


def _one_or(name: str, rows: Sequence[Row]) -> str:
    if not any(getattr(row, name) for row in rows):
        return "not stated"
    return shared(getattr(row, name) for row in rows) or "see the rows"


def _unless_all_lack(name: str, rows: Sequence[Row]) -> str | None:
    return f"{name} not stated" if any(getattr(row, name) for row in rows) else None


def _unbroken(*items: str) -> str:
    """Items on one line that breaks between them only."""
    return "\u00a0\u00a0·\u00a0 ".join(item.replace(" ", "\u00a0") for item in items).replace(":\u00a0\u00a0·", ":")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
