"""Through whom: a directed network from those who are cited to those who cite, ending at the outlet.

In: the table of sources. Out: ``Axes``. Boxes stand where the table puts them, in columns; nothing is left to chance.
Lengths are points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from kit.charts import words
from kit.charts.boxes import INSIDE, Box, least_width, note, placed
from kit.charts.chain import NO_OUTLET, Chain, read_chain
from kit.charts.layout import block
from kit.charts.lines import GREY, INK, NOTE_SIZE, ROW_SIZE, SHAPES, SIGN, Line, Style, group_styles
from kit.charts.marks import BAND, FAINT, write
from kit.charts.routes import Routes
from kit.charts.sheet import MARGIN, Panel, Sheet, head_lines, nothing, width_of

NOTHING = "no sources to chart"
DASHED = (0, (4, 2.5))


def plot_source_network(data: pd.DataFrame, *, ax: Axes | None = None, groups: Sequence[str] = ()) -> Axes:
    """Draw who cites whom: outlets to the left, and to the right of each whom it cites.

    Sources of one group have one colour and sign, and a shaded frame where they stand in one column: they count once. A
    dashed box and arrow is a source without a name.

    Args:
        data: sources as from :func:`kit.tables.sources_table`, of one article or of several; those with ``decision``
            "reject" are left out.
        ax: where to draw. By default a new figure as high as its boxes need.
        groups: the source groups of the page (:func:`kit.charts.source_groups`): each looks the same on all its charts.

    Raises:
        ValueError: the columns ``id`` or ``name`` are missing.
    """
    chain = read_chain(data)
    return _sheet(chain, ax, groups).on(ax) if chain.sources else nothing(NOTHING, ax)


def alt_text_source_network(data: pd.DataFrame) -> str:
    """The chart of :func:`plot_source_network` in sentences: who cites whom, in which group, with how many claims."""
    chain = read_chain(data)
    if not chain.sources:
        return words.sentences(words.capital(NOTHING))
    told = []
    for node in [*chain.outlets, *(source for source in chain.sources if source.cites)]:
        cited = [f"{other.name} ({note(other)}; group {other.group})" for other in node.cites]
        told.append(f"{words.capital(node.name)} cites {', '.join(cited)}" if cited else "")
    return words.sentences(_title(chain), _status(chain), *told, words.reported_in(chain.articles), *_left_out(chain))


def _title(chain: Chain) -> str:
    names = [outlet.name for outlet in chain.outlets if outlet.name != NO_OUTLET]
    who = (
        words.named(names)
        if names
        else "the article"
        if len(chain.articles) == 1
        else f"{len(chain.articles)} articles"
    )
    return f"Through whom {who} {'report' if len(names) > 1 else 'reports'}"


def _status(chain: Chain) -> str:
    groups, unnamed = len({node.group for node in chain.sources}), sum(not node.named for node in chain.sources)
    sources = f"{len(chain.sources)} source{'s' * (len(chain.sources) != 1)}"
    return f"{sources} in {groups} source group{'s' * (groups != 1)}; {unnamed or 'none'} unnamed"


def _left_out(chain: Chain) -> list[str]:
    return [f"{chain.rejected} rejected by an analyst and not shown."] if chain.rejected else []


def _sheet(chain: Chain, ax: Axes | None, groups: Sequence[str]) -> Sheet:
    width = width_of(ax) if ax is not None else max(width_of(None), least_width(chain))
    styles = group_styles([str(node.group) for node in chain.sources], groups)
    boxes, height = placed(chain, width)

    def draw(ax: Axes) -> None:
        _draw(ax, boxes, styles, width, height)

    foot = [
        "An arrow runs from who is cited to who cites. Dashed: a source without a name.",
        "One shape and colour per source group; a shaded frame holds one group, which counts once.",
        *_left_out(chain),
    ]
    head = head_lines(_title(chain), _status(chain), [words.reported_in(chain.articles)])
    return Sheet(head, [Panel(draw, height)], [Line(text) for text in foot], 0.0, width + 2 * MARGIN)


def _draw(ax: Axes, boxes: Sequence[Box], styles: dict[str, Style], width: float, height: float) -> None:
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    at, routes = {id(box.node): box for box in boxes}, Routes(boxes)
    columns = Counter((box.x, box.node.group) for box in boxes if box.node.group)
    for (x, group), count in columns.items():
        if count > 1:
            _frame(ax, [box for box in boxes if (box.x, box.node.group) == (x, group)])
    for box in boxes:
        for cited in box.node.cites:
            _arrow(ax, at[id(cited)], box, routes)
        _draw_box(ax, box, styles.get(str(box.node.group)))


def _frame(ax: Axes, boxes: Sequence[Box]) -> None:
    """A shaded frame around the boxes of one group."""
    top, bottom = min(box.y for box in boxes), max(box.y + box.height for box in boxes)
    look = {
        "boxstyle": "round,pad=0,rounding_size=4",
        "fc": BAND,
        "ec": FAINT,
        "lw": 0.8,
        "zorder": 1,
        "clip_on": False,
    }
    size = (boxes[0].width + INSIDE, bottom - top + INSIDE)
    ax.add_patch(FancyBboxPatch((boxes[0].x - INSIDE / 2, top - INSIDE / 2), *size, gid="group", **look))


def _draw_box(ax: Axes, box: Box, style: Style | None) -> None:
    look = {
        "fc": "white" if style else BAND,
        "ec": style.colour if style else INK,
        "lw": 1.4,
        "zorder": 3,
        "clip_on": False,
    }
    line = "solid" if box.node.named else DASHED
    shape = "round,pad=0,rounding_size=4"
    ax.add_patch(FancyBboxPatch((box.x, box.y), box.width, box.height, boxstyle=shape, ls=line, gid="source", **look))
    left, where = INSIDE, ("data", "data")
    if style:
        write(ax, SHAPES[style.shape], (box.x, box.y), (INSIDE, -INSIDE), where, color=style.colour, zorder=4)
        left += SIGN
    write(ax, box.name, (box.x, box.y), (left, -INSIDE), where, weight="bold", zorder=4)
    down = INSIDE + block(box.name, ROW_SIZE, "bold")[1] + 2
    write(ax, box.note, (box.x, box.y), (left, -down), where, size=NOTE_SIZE, color=GREY, zorder=4)


def _arrow(ax: Axes, cited: Box, citer: Box, routes: Routes) -> None:
    """From who is cited to who cites."""
    arrow = FancyArrowPatch(
        path=routes.way(cited, citer), arrowstyle="-|>", mutation_scale=11, color=GREY, fill=False, lw=1.2, zorder=2,
        clip_on=False, ls="solid" if cited.node.named else DASHED, gid="cites",
    )  # fmt: skip
    ax.add_patch(arrow)
