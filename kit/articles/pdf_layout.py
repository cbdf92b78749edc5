"""Where characters stand on a page becomes reading order: columns, lines, paragraphs.

In: for each page its runs of characters with their places in points, the origin at the lower left, and the page's size.
Out: paragraphs of the whole document, words at line ends put together again, running heads and page numbers left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kit.articles.extracted import clean

Page = tuple[list["Run"], float, float]  # runs, width, height
_MARGIN = 0.12  # of the page's height: where running heads and feet stand
_LEAST_LINES = 3  # a column has at least so many on either side of the gutter
_MOST_RUNS = 5_000  # of a page with columns; a broadsheet has some 2,000
_HEADING_CHARS = 80  # a longer paragraph without a stop is no heading: it goes on elsewhere
_COLUMN_LETTERS = 12  # letters of its middling line; a table's cells have fewer
_PAGE_NUMBERS = {"#", "page #", "page # of #", "#/#", "# / #", "# of #", "- # -", "– # –"}  # any digits for each "#"
_HYPHEN = "-\u2010\u00ad"
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_KEPT_HYPHEN = re.compile(  # the hyphen belongs to the word, wherever the line ends; "ex-" and "co-" may be syllables
    r"\b(\w*\d|(twen|thir|for|fif|six|seven|eigh|nine)ty|half|self|non|well|(north|south|east|west)(?=-(?!ern))"
    r"|(one|two|three|four|five|six|seven|eight|nine)(?=-(?!teen|een|ty|th\b|self)))-\w",
    re.I,
)


@dataclass(frozen=True)
class Run:
    """Characters that stand side by side."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float  # of the type, in points
    bold: bool = False  # from its first character to its last


@dataclass(frozen=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool


def blocks_of(pages: Sequence[Page]) -> tuple[list[str], int | None]:
    """The paragraphs of a document, and which of them is its headline, where the largest type of the first page is."""
    running = _running(pages)
    paragraphs: list[tuple[str, float]] = []  # text and size of type
    for runs, width, height in pages:
        kept = [run for run in runs if not (_in_margin(run, height) and _shape(run.text) in running)]
        for column in _columns(kept, width):
            for at, (text, size) in enumerate(_paragraphs(list(_lines(column)))):
                if at == 0 and paragraphs and _goes_on(paragraphs[-1], text, size):
                    before = paragraphs.pop()
                    paragraphs.append((_join([before[0], text]), before[1]))
                else:
                    paragraphs.append((text, size))
    blocks = [clean(text) for text, _ in paragraphs]
    return [text for text in blocks if text], _headline(paragraphs)


def _headline(paragraphs: Sequence[tuple[str, float]]) -> int | None:
    if len(paragraphs) < 2:
        return None
    body = Counter[float]()
    for text, size in paragraphs:
        body[round(size)] += len(text)
    usual = body.most_common(1)[0][0]
    first = paragraphs[:6]
    largest = max(range(len(first)), key=lambda at: (first[at][1], -at))
    return largest if first[largest][1] >= 1.2 * usual and len(first[largest][0]) <= 250 else None


def _running(pages: Sequence[Page]) -> set[str]:
    """The shapes (digits made equal) of what stands in the margin of half of the pages, and of bare page numbers."""
    seen = Counter(
        shape for runs, _, height in pages for shape in {_shape(run.text) for run in runs if _in_margin(run, height)}
    )
    return _PAGE_NUMBERS | {shape for shape, count in seen.items() if count >= max(2, len(pages) / 3)}


def _in_margin(run: Run, height: float) -> bool:
    return run.bottom > (1 - _MARGIN) * height or run.top < _MARGIN * height


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).casefold())


def _columns(runs: list[Run], width: float, depth: int = 0) -> Iterator[list[Run]]:
    """The runs in reading order of their columns: what crosses the gutter cuts the page into bands."""
    gutter = _gutter(runs) if depth < 3 else None
    if gutter is None:
        if runs:
            yield runs
        return
    bands: list[tuple[list[Run], list[Run], list[Run]]] = [([], [], [])]  # across, left, right
    for run in sorted(runs, key=lambda run: -run.top):
        crosses = run.left < gutter < run.right
        if crosses and (bands[-1][1] or bands[-1][2]):
            bands.append(([], [], []))
        bands[-1][0 if crosses else 1 if run.right <= gutter else 2].append(run)
    for across, left, right in bands:
        if across:
            yield across
        yield from _columns(left, width, depth + 1)
        yield from _columns(right, width, depth + 1)


def _gutter(runs: list[Run]) -> float | None:
    """The middle of the widest white strip between two columns; few runs may cross it (headlines, feet)."""
    if not 2 * _LEAST_LINES <= len(runs) <= _MOST_RUNS:
        return None
    leftmost, rightmost = min(run.left for run in runs), max(run.right for run in runs)
    size = median(run.size for run in runs)
    step = max(2.0, size / 4)
    places = [leftmost + step * at for at in range(1, min(400, int((rightmost - leftmost) / step)))]
    best: tuple[int, float, float] | None = None
    strip: list[float] = []
    for place in [*places, None]:
        sides = None if place is None else _sides(runs, place)
        if sides is not None:
            strip.append(place)
            continue
        if strip and strip[-1] - strip[0] + step >= 0.6 * size:
            middle = (strip[0] + strip[-1]) / 2
            balance = _sides(runs, middle) or 0
            if best is None or balance > best[0]:
                best = (balance, strip[-1] - strip[0], middle)
        strip = []
    return best[2] if best else None


def _sides(runs: list[Run], place: float) -> int | None:
    """How many lines stand on the emptier side of a strip; ``None`` where it parts no columns."""
    left = [run for run in runs if run.right <= place]
    right = [run for run in runs if run.left >= place]
    crossing = len(runs) - len(left) - len(right)
    fewer = min(len(left), len(right))
    if fewer < _LEAST_LINES or crossing > fewer:
        return None
    if min(median(len(run.text) for run in side) for side in (left, right)) < _COLUMN_LETTERS:
        return None
    return fewer


def _lines(runs: list[Run]) -> Iterator[_Line]:
    """Runs at one height as lines, from top to bottom; cells of a table's row are kept apart by a bar."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-(run.top + run.bottom), run.left)):
        middle = (run.top + run.bottom) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.left)
        text = row[0].text
        for before, run in pairwise(row):
            gap = run.left - before.right
            text += (" | " if gap > 1.2 * run.size else " " if gap > 0.1 * run.size else "") + run.text
        yield _Line(
            text,
            row[0].left,
            max(run.right for run in row),
            min(run.bottom for run in row),
            max(run.size for run in row),
            all(run.bold for run in row),
        )


def _paragraphs(lines: list[_Line]) -> Iterator[tuple[str, float]]:
    """Lines as paragraphs, each with its type's size: a gap, an indent, other type or a short last line ends one."""
    if not lines:
        return
    leading = _leading(lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    held = [lines[0]]
    for before, line in pairwise(lines):
        step = before.bottom - line.bottom
        indented = line.left - left > 0.8 * line.size and before.left - left < 0.5 * line.size
        short = before.right < left + 0.85 * (right - left) and bool(_ENDS.search(before.text))
        other = abs(before.size - line.size) > 0.15 * line.size or before.bold != line.bold
        row = " | " in line.text or " | " in before.text
        if step > 1.25 * leading or other or short or (indented and _ENDS.search(before.text)) or row:
            yield _join([one.text for one in held]), held[0].size
            held = []
        held.append(line)
    yield _join([one.text for one in held]), held[0].size


def _leading(lines: list[_Line]) -> float:
    """The usual distance of two lines: the most common one, since paragraphs of one line have wider ones."""
    steps = Counter(round(above.bottom - below.bottom) for above, below in pairwise(lines))
    usual = [step for step in steps if step > 0 and steps[step] >= 0.3 * max(steps.values())]
    return float(min(usual, default=1.2 * lines[0].size))


def _join(lines: Sequence[str]) -> str:
    """Lines as one, a word that was broken at a line's end as one word."""
    text = lines[0]
    for line in lines[1:]:
        if text and text[-1] in _HYPHEN and text[-2:-1].isalpha() and line[:1].islower():
            broken = f"{text[:-1].rpartition(' ')[2]}-{line.partition(' ')[0]}"
            text = text + line if _KEPT_HYPHEN.match(broken) else text[:-1] + line
        elif text and text[-1] in _HYPHEN + "/" and text[-2:-1].isalnum():
            text += line
        else:
            text += " " + line
    return text


def _goes_on(before: tuple[str, float], text: str, size: float) -> bool:
    """Whether a column's first paragraph goes on with the last one of the column before."""
    same = abs(before[1] - size) <= 0.1 * size and " | " not in text
    return same and not _ENDS.search(before[0]) and (text[:1].islower() or len(before[0]) >= _HEADING_CHARS)
