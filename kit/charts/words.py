"""What a chart of figures says in words: its title, claim status and context, the notes on its rows.

In: :class:`~kit.charts.rows.Row`s. Out: lines of text, not yet wrapped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kit.charts.cells import listed
from kit.charts.groups import OUTLET
from kit.charts.kinds import heading
from kit.charts.rows import Row, shared

NOTHING = "no figures to chart"
NAMES_SHOWN = 2


def title(rows: Sequence[Row]) -> str:
    """Who says what about whom: "<reporter> (<group>) says: <measure> of <affected>"."""
    return f"{who(rows)}: {what(rows)}"


def what(rows: Sequence[Row]) -> str:
    """What is claimed: the measures, and whom they befall where that is stated for all of them."""
    core = [row for row in rows if row.measure] or list(rows)
    measures = list(dict.fromkeys(row.measure or "figures" for row in core))
    others = len(core) < len(rows)
    said = (", " if others else " and ").join(measures) if len(measures) <= NAMES_SHOWN else "figures"
    affected = list(dict.fromkeys(row.affected for row in core))
    whom = " and ".join(name for name in affected if name) if len(affected) <= NAMES_SHOWN else "several parties"
    of = f" of {whom}" if all(affected) else ""
    return f"{said}{of}{' and other figures' if others and said != 'figures' else ''}"


def who(rows: Sequence[Row]) -> str:
    """The claimants, with the verb: "Igor Konashenkov (Russian Defence Ministry) says"; most figures first."""
    reporters = [name for name, _ in Counter(row.reporter for row in rows).most_common()]
    if len(reporters) == 1:
        body = f" ({rows[0].body})" if rows[0].body and rows[0].body != OUTLET else ""
        return f"{capital(reporters[0])}{body} {_verb(reporters[0])}"
    return f"{capital(named(reporters))} say"


def named(names: Sequence[str]) -> str:
    """Up to three names, or the first two and how many more there are."""
    if len(names) > NAMES_SHOWN + 1:
        return f"{', '.join(names[:NAMES_SHOWN])} and {len(names) - NAMES_SHOWN} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _verb(name: str) -> str:
    """Sources without a name are written small, and as a plural where there are several: "officials say"."""
    return "say" if name == name.lower() and name.endswith("s") else "says"


def confirmation(rows: Sequence[Row]) -> str:
    """The claim status: how many independent source groups there are, and that none confirms another."""
    return f"Claimed, not independently confirmed (0 of {len({row.group for row in rows})} source groups)"


def context(rows: Sequence[Row]) -> list[str]:
    """Unit, place, event date, and the articles with their report dates; what is not shared stands further below."""
    unit = shared(unit_text(row) for row in rows)
    facts = [f"Unit: {unit}"] if unit else []
    if not any(row.affected for row in rows):
        facts.append("Affected: not stated")
    facts.append(f"Place: {_one_or('place', rows)}")
    facts.append(f"Event date: {_one_or('date', rows)}")
    return [unbroken(*facts), reported_in(list(dict.fromkeys(row.article for row in rows)))]


def reported_in(articles: Sequence[str]) -> str:
    """The articles, each with its report date."""
    return f"Reported in: {listed(list(articles), 3, 'more articles')}"


def panel_facts(rows: Sequence[Row], every: Sequence[Row]) -> str:
    """What all rows of a panel share, where those of the whole chart do not."""
    facts = []
    for name, said in (("affected", "Affected"), ("place", "Place"), ("date", "Event date")):
        if shared(getattr(row, name) for row in every) is None and _all_same(name, rows) and _any(name, every):
            facts.append(f"{said}: {getattr(rows[0], name) or 'not stated'}")
    return unbroken(*facts)


def unit_text(row: Row) -> str:
    """The unit as the chart prints it."""
    return "people" if row.panel == "people" else row.unit or "number"


def axis_text(rows: Sequence[Row], *, log: bool) -> str:
    """What the numbers below an axis are, and that it starts at zero."""
    counted = "number" if rows[0].panel == "things" else None
    unit = counted or shared(unit_text(row) for row in rows) or "number"
    return f"{unit}, logarithmic axis: equal distances multiply the number" if log else f"{unit}, axis from zero"


def row_note(row: Row, rows: Sequence[Row], *, every: Sequence[Row] = ()) -> str | None:
    """What sets a row apart from the others of its panel: its status or measure, affected party, place and date.

    Args:
        row: the row.
        rows: those of its panel.
        every: those of the chart, where they are more: what none of them states is said once for all.
    """
    parts = [row.status] if shared(other.status for other in rows) is None else []
    if row.status is None and row.measure and shared(other.measure for other in rows) is None:
        parts.append(row.measure)
    if not _all_same("affected", rows):
        parts.append(f"of {row.affected}" if row.affected else _unless_all_lack("affected", every or rows))
    for name in ("place", "date"):
        if not _all_same(name, rows):
            parts.append(getattr(row, name) or _unless_all_lack(name, every or rows))
    return ", ".join(part for part in parts if part) or None


def panel_title(rows: Sequence[Row]) -> str:
    """The kind of a panel, and the status that its rows share."""
    status = shared(row.status for row in rows)
    return f"{heading(rows[0].panel)}: {status}" if status else heading(rows[0].panel)


def spoken(row: Row, rows: Sequence[Row], *, status: bool = True) -> str:
    """A figure in a sentence: its words, what is counted unless they say so, and what sets it apart."""
    notes = [row_note(row, rows), row.status if status and shared(other.status for other in rows) else None]
    about = [row.label if row.label.lower() not in row.words.lower() else None, *notes]
    return ", ".join([row.words, *(part for part in about if part)])


def sentences(*lines: str) -> str:
    """Lines of a chart as running text."""
    ended = (line.replace("\u00a0", " ").strip() for line in lines if line)
    return " ".join(line if line.endswith((".", "!", "?", ":")) else f"{line}." for line in ended)


def unbroken(*items: str) -> str:
    """Items on one line that breaks between them only."""
    return "\u00a0\u00a0·\u00a0 ".join(item.replace(" ", "\u00a0") for item in items).replace(":\u00a0\u00a0·", ":")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _one_or(name: str, rows: Sequence[Row]) -> str:
    if not _any(name, rows):
        return "not stated"
    return shared(getattr(row, name) for row in rows) or "see below"


def _any(name: str, rows: Sequence[Row]) -> bool:
    return any(getattr(row, name) for row in rows)


def _all_same(name: str, rows: Sequence[Row]) -> bool:
    return len({getattr(row, name) for row in rows}) == 1


def _unless_all_lack(name: str, rows: Sequence[Row]) -> str | None:
    return f"{name} not stated" if _any(name, rows) else None
