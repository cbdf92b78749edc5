"""The fonts of a chart, and text of both directions: whatever script a name is in, it is shown, or said not to be.

In: text of an article. Out: the families to draw with, and what of the text no font of this computer has a form for.
DejaVu Sans, which comes with matplotlib, goes first: Latin, Greek, Cyrillic, Arabic and Hebrew look the same
everywhere. The fonts of other scripts are those that systems bring along; none is shipped.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from matplotlib import rc_context
from matplotlib.font_manager import FontProperties, fontManager, get_font

FIRST = "DejaVu Sans"
OTHERS = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei"),
    *("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS", "SimHei"),
    *("Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", "Noto Sans Thai", "Leelawadee UI", "Thonburi"),
    *("Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Ethiopic", "Ebrima", "FreeSans", "Segoe UI Symbol"),
)
SCRIPTLESS = ("Cf", "Cc", "Zs", "Mn")  # categories of characters that need no form of their own
_RIGHT = ("R", "AL")
_LETTERS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_WITHIN = "[\\s\\d\"'’.&/\u200c\u200d-]"  # between words of one name; a comma or a bracket begins something else
_RUN = re.compile(f"{_LETTERS}(?:{_WITHIN}*{_LETTERS})*(?: \\d+(?![\\d-]))?")


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """The families to draw with, in their order: the first that has a character gives its form."""
    known = set(fontManager.get_font_names())
    return (FIRST, *(name for name in OTHERS if name in known))


@contextmanager
def own_fonts() -> Iterator[None]:
    """Text that is made within has the kit's families, whatever the caller's settings of matplotlib say."""
    with rc_context({"font.family": list(families())}):
        yield


@contextmanager
def no_glyph_warnings() -> Iterator[None]:
    """A character without a form is said below the chart, once, and not warned of for each."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def without_form(texts: Iterable[str]) -> str | None:
    """A line that says so where no font here has a form for a character of the texts; else ``None``."""
    characters = {one for text in texts for one in text if ord(one) > 0x2FF}
    known = _known_characters()
    lacking = [one for one in characters if ord(one) not in known and unicodedata.category(one) not in SCRIPTLESS]
    if not lacking:
        return None
    return "A box stands for a character that no font of this computer has; the words of the chart have it."


@lru_cache(maxsize=1)
def _known_characters() -> frozenset[int]:
    found: set[int] = set()
    for name in families():
        found |= get_font(fontManager.findfont(FontProperties(family=[name]))).get_charmap().keys()
    return frozenset(found)


def left_to_right(text: str) -> str:
    """The text with each line set from left to right.

    A name in Arabic does not drag "says" to its left, and a date behind it keeps its year in front: each run of such
    words ends with a mark that sends what follows to the right.
    """
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if not any(unicodedata.bidirectional(one) in _RIGHT for one in line):
        return line
    return "\u200e" + _RUN.sub(lambda run: f"{run[0]}\u200e", line)
