"""How sure: the Admiralty grades of claims, letter of the source by digit of the claim.

In: the tables of claims and of sources. Out: ``Axes``. Letter and digit are judged apart and never made into one score.
F and 6 say "cannot be judged": they stand apart from the scale, not at its bottom. Lengths are points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kit.charts import words
from kit.charts.cells import shortened
from kit.charts.grid import CREDIBILITY, RELIABILITY, Graded, read_grades
from kit.charts.layout import block, text_width, wrap
from kit.charts.lines import GREY, INK, NOTE_SIZE, ROW_SIZE, SHAPES, SIGN, Line, Style, group_styles
from kit.charts.marks import BAND, FAINT, ZERO, write
from kit.charts.sheet import MARGIN, Panel, Sheet, head_lines, nothing, width_of

NOTHING = "no claims to grade"
LABELS, APART, INSIDE, LOWEST = 116.0, 10.0, 6.0, 34.0
LEAST, NARROWEST = 72.0, 86.0  # a column, and the labels, on a phone
KEY, LONGEST = 16.0, 48  # a line of the legend, and characters of a name in it
MOST_NUMBERS, MOST_GROUPS = 24, 5


@dataclass(frozen=True)
class _Cell:
    """The claims with one grade: how many, and a line for each source group."""

    count: int
    lines: list[tuple[str, str]]

    @property
    def height(self) -> float:
        return (
            block("1", ROW_SIZE, "bold")[1] + sum(block(text, NOTE_SIZE)[1] + 3 for _, text in self.lines) + 2 * INSIDE
        )


def plot_grades(
    claims: pd.DataFrame,
    sources: pd.DataFrame | None = None,
    *,
    ax: Axes | None = None,
    groups: Sequence[str] = (),
) -> Axes:
    """Draw a grid of the grades that people gave: a row for each letter, a column for each digit.

    Args:
        claims: as from :func:`kit.tables.claims_table`, with ``credibility``; claims without a source are left out.
        sources: as from :func:`kit.tables.sources_table`, with ``reliability``; what is not there is F.
        ax: where to draw. By default a new figure.
        groups: the source groups of the page (:func:`kit.charts.source_groups`): each looks the same on all its charts.

    Raises:
        ValueError: the column ``source`` is missing.
    """
    found = read_grades(claims, sources)
    return _sheet(found, ax, groups).on(ax) if found else nothing(NOTHING, ax)


def alt_text_grades(claims: pd.DataFrame, sources: pd.DataFrame | None = None) -> str:
    """The chart of :func:`plot_grades` in sentences: how many claims have which grade, and whose they are."""
    found = read_grades(claims, sources)
    if not found:
        return words.sentences(words.capital(NOTHING))
    told = []
    for (letter, digit), count in sorted(Counter((one.letter, one.digit) for one in found).items()):
        names = Counter(one.source for one in found if (one.letter, one.digit) == (letter, digit))
        who = ", ".join(f"{name} {times}" for name, times in names.items())
        said = f"{RELIABILITY[letter]}, {CREDIBILITY[digit]}"
        told.append(f"{letter}{digit} ({said}): {count} claim{'s' * (count != 1)} ({who})")
    articles = list(dict.fromkeys(one.article for one in found))
    return words.sentences(_title(found), _status(found), *told, *_cautions(found), words.reported_in(articles))


def _title(found: Sequence[Graded]) -> str:
    names = [name for name, _ in Counter(one.source for one in found).most_common()]
    return f"How sure are the claims of {words.named(names)}?"


def _status(found: Sequence[Graded]) -> str:
    judged, groups = sum((one.letter, one.digit) != ("F", "6") for one in found), len({one.group for one in found})
    return f"{judged} of {len(found)} claims have a grade by an analyst; {groups} source group{'s' * (groups != 1)}"


def _cautions(found: Sequence[Graded]) -> list[str]:
    if any(one.digit == "1" for one in found) and len({one.group for one in found}) < 2:
        return ["Caution: 1 means confirmed by other independent sources, and here is only one source group."]
    return []


def _sheet(found: Sequence[Graded], ax: Axes | None, groups: Sequence[str]) -> Sheet:
    styles = group_styles([one.group for one in found], groups)
    labels = min(LABELS, max(NARROWEST, width_of(ax) / 4))
    width = width_of(ax, labels) if ax else max(width_of(ax, labels), LEAST * len(CREDIBILITY))
    wide = (width - APART) / len(CREDIBILITY)
    cells = {
        (a, b): _cell([one for one in found if (one.letter, one.digit) == (a, b)], wide)
        for a in RELIABILITY
        for b in CREDIBILITY
    }
    heads = {digit: wrap(text, wide - INSIDE, NOTE_SIZE) for digit, text in CREDIBILITY.items()}
    names = {letter: wrap(text, labels - SIGN - INSIDE, NOTE_SIZE) for letter, text in RELIABILITY.items()}
    top = max(block(text, NOTE_SIZE)[1] for text in heads.values()) + block("1", ROW_SIZE, "bold")[1] + 2 * INSIDE
    rows = {
        letter: max(
            LOWEST, block(names[letter], NOTE_SIZE)[1] + INSIDE, *(cells[letter, digit].height for digit in CREDIBILITY)
        )
        for letter in RELIABILITY
    }
    legend = _legend(styles, labels + width)
    grid = top + sum(rows.values()) + APART
    height = grid + KEY * (1 + max(line for _, line, _, _ in legend))

    def draw(ax: Axes) -> None:
        ax.set(xlim=(0, width), ylim=(height, 0))
        ax.set_axis_off()
        for i, digit in enumerate(CREDIBILITY):
            x = i * wide + APART * (digit == "6")
            write(ax, digit, (x + INSIDE, INSIDE), (0, 0), ("data", "data"), weight="bold")
            write(ax, heads[digit], (x + INSIDE, INSIDE + 14), (0, 0), ("data", "data"), size=NOTE_SIZE, color=GREY)
        y = top
        for letter, high in rows.items():
            y += APART * (letter == "F")
            write(ax, letter, (0, y + INSIDE), (-labels, 0), ("data", "data"), weight="bold")
            write(ax, names[letter], (0, y + INSIDE), (SIGN - labels, 0), ("data", "data"), size=NOTE_SIZE, color=GREY)
            for i, digit in enumerate(CREDIBILITY):
                x = i * wide + APART * (digit == "6")
                _draw_cell(ax, cells[letter, digit], (x, y, wide, high), styles)
            y += high
        for x, line, sign, name in legend:
            at, look = (0, grid + KEY * (line + 0.5)), {"size": NOTE_SIZE, "va": "center"}
            write(ax, SHAPES[sign.shape], at, (x - labels, 0), ("data", "data"), color=sign.colour, **look)
            write(ax, name, at, (x - labels + SIGN - 4, 0), ("data", "data"), color=GREY, **look)

    foot = [
        *_cautions(found),
        "One shape and colour per source group.",
        "In each cell: how many claims, and their numbers in the marked article. Letter and digit are judged apart.",
        "F and 6 stand apart: not judged, or not to be judged. They are no bad grades.",
        "The outlet's own sentences have no grade.",
    ]
    articles = list(dict.fromkeys(one.article for one in found))
    head = head_lines(_title(found), _status(found), [words.reported_in(articles)])
    return Sheet(head, [Panel(draw, height)], [Line(text) for text in foot], labels, labels + width + 2 * MARGIN)


def _legend(styles: Mapping[str, Style], width: float) -> list[tuple[float, int, Style, str]]:
    """The source groups behind each other: where each begins, on which line, its sign and its name."""
    found, x, line = [], 0.0, 0
    for group, style in styles.items():
        name = shortened(group, LONGEST)
        wide = SIGN + text_width(name, NOTE_SIZE) + 8
        if x and x + wide > width:
            x, line = 0.0, line + 1
        found.append((x, line, style, name))
        x += wide
    return found


def _cell(some: Sequence[Graded], width: float) -> _Cell:
    """The claims of a cell by group, their numbers broken to fit; a long list is cut and says so."""
    groups = list(dict.fromkeys(one.group for one in some))
    lines = []
    for group in groups[:MOST_GROUPS]:
        numbers = [one.number for one in some if one.group == group]
        more = f" and {len(numbers) - MOST_NUMBERS} more" if len(numbers) > MOST_NUMBERS else ""
        lines.append((group, wrap(", ".join(numbers[:MOST_NUMBERS]) + more, width - SIGN - 2 * INSIDE, NOTE_SIZE)))
    if len(groups) > MOST_GROUPS:
        lines.append(
            ("", wrap(f"and {len(groups) - MOST_GROUPS} more source groups", width - SIGN - 2 * INSIDE, NOTE_SIZE))
        )
    return _Cell(len(some), lines)


def _draw_cell(ax: Axes, cell: _Cell, box: tuple[float, float, float, float], styles: dict[str, Style]) -> None:
    x, y, width, height = box
    look = {
        "fc": BAND if cell.count else "white",
        "ec": ZERO if cell.count else FAINT,
        "lw": 0.8,
        "zorder": 2 if cell.count else 1,
    }
    ax.add_patch(Rectangle((x, y), width, height, clip_on=False, **look))
    if not cell.count:
        return
    where = ("data", "data")
    write(ax, str(cell.count), (x + INSIDE, y + INSIDE), (0, 0), where, weight="bold", color=INK)
    down = y + INSIDE + block("1", ROW_SIZE, "bold")[1] + 3
    for group, text in cell.lines:
        if group:
            style = styles[group]
            write(ax, SHAPES[style.shape], (x + INSIDE, down), (0, 0), where, size=NOTE_SIZE, color=style.colour)
        write(ax, text, (x + INSIDE + SIGN - 4, down), (0, 0), where, size=NOTE_SIZE, color=GREY)
        down += block(text, NOTE_SIZE)[1] + 3
