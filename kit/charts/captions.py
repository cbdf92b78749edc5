"""What stands below a chart of figures: what its marks mean, the policy for numbers in words, who checked it.

In: the figures of a chart. Out: lines of text, not yet wrapped.
"""

from __future__ import annotations

from kit.charts.cells import listed
from kit.charts.rows import FLOOR, INHERITED, Figures
from kit.charts.words import unbroken
from kit.records import BOUND_WORDS

MARKS = {
    "exact": "●",
    "approx": "○",
    "gt": "○→",
    "ge": "●→",
    "lt": "←○",
    "le": "←●",
    "range": "●—●",
}


def captions(figures: Figures, *, total: bool = False, shapes: bool = False) -> list[str]:
    """All lines below a chart."""
    return [*legend(figures, total=total, shapes=shapes), policy_line(figures), *checked(figures)]


def legend(figures: Figures, *, total: bool = False, shapes: bool = False) -> list[str]:
    """What the marks on this chart mean, and how its rows are to be read; ``shapes``: a lone group has its own too."""
    rows = figures.rows
    used = {row.bound for row in rows if row.numbers}
    stated = {row.bound for row in rows if row.numbers and row.reading is None}
    marks = [f"{sign} {BOUND_WORDS[bound]}" for bound, sign in MARKS.items() if bound in stated]  # type: ignore[index]
    if any(row.reading is not None for row in rows):
        marks.append("◉ number put there by the policy below")
    if FLOOR in used:
        marks.append("┃→ confirmed, at least")
    if any(not row.numbers for row in rows):
        marks.append("words alone: no number to mark")
    lines = [unbroken("Marks:", *marks)]
    if used & {"gt", "ge", "lt", "le", FLOOR}:
        lines.append(
            "An arrow starts at the number given and points to where no end is given; its length has no meaning."
        )
    if any(row.date and row.date.endswith(INHERITED) for row in rows):
        lines.append("(inherited): the date was taken over from the text before the figure.")
    several = shapes or len({row.group for row in rows if row.bound != FLOOR and row.reporter}) > 1
    overlap = "the total says what it rests on." if total else "they are not added up."
    lines.append(f"{'One shape and colour per source group. ' * several}Rows may overlap: {overlap}")
    return lines


def policy_line(figures: Figures) -> str:
    """The active policy for numbers that are words, by name, and what it changed on this chart."""
    if figures.policy is None:
        return "Vague numbers: left in words, no policy applied."
    read = dict.fromkeys(row.words for row in figures.rows if row.reading is not None)
    changed = f"; {listed(list(read), 3)}" if read else "; it changes no figure here"
    return f"Vague numbers: {figures.policy}{changed}."


def checked(figures: Figures) -> list[str]:
    """How many figures a person has looked at, and what is not on the chart."""
    lines = [f"Chosen: {figures.selection}."] if figures.selection else []
    if figures.answers is not None:
        rejected, everything = figures.answers.get("reject", 0), sum(figures.answers.values())
        line = f"Checked by an analyst: {figures.answers.get('accept', 0)} of {everything - rejected} figures"
        lines.append(f"{line}; {rejected} rejected and not shown." if rejected else f"{line}.")
    if figures.uncounted:
        left = ", ".join(f"{count} {name}" for name, count in figures.uncounted.items())
        lines.append(f"Not shown, since they count nothing: {left}.")
    return lines
