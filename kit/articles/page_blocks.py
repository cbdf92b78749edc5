"""A tree of a page becomes blocks: one per paragraph, heading, list item or table row.

In: an lxml tree. Out: :class:`~kit.articles.extracted.Block`s in reading order. Nothing is recursive, so that no depth
of tags ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from kit.articles.extracted import Block, clean

_LINK_WORDS = 25  # a longer paragraph that is one link is a paragraph
_HEADINGS = frozenset("head h1 h2 h3 h4 h5 h6".split())
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u "
    "var wbr hi ref".split()
)
_BREAKS = frozenset("p br lb div".split())
_LAYOUT_BREAKS, _LAYOUT_CHARS = 3, 400  # a cell of a real table has fewer of either
_LAYOUT_ELEMENTS = 500  # that are looked at


def page_blocks(tree: Any, skipped: frozenset[str] = frozenset()) -> Iterator[Block]:
    """The tree's text, cut wherever a block element begins or ends; a row of a table is one block.

    Args:
        tree: of lxml, of a page or of what trafilatura made of it.
        skipped: names of elements that are left out.
    """
    pieces: list[str] = []
    linked = 0  # characters of the pieces that stand in a link
    inside = {"link": 0, "heading": 0, "row": 0, "skipped": 0}
    layout: set[Any] = set()  # rows that lay out a page and are no table's

    def cut() -> Iterator[Block]:
        nonlocal linked
        text = clean("".join(pieces)).strip("| ")
        if text:
            promotes = linked >= len(text) - 2 and len(text.split()) <= _LINK_WORDS and text[-1] not in ".!"
            yield Block(text, "furniture" if promotes and not inside["heading"] else None)
        pieces.clear()
        linked = 0

    def add(text: str | None) -> None:
        nonlocal linked
        if text and not inside["skipped"]:
            pieces.append(text)
            linked += len(clean(text)) if inside["link"] else 0

    for event, element, tag in _walk(tree):
        step = 1 if event == "start" else -1
        if tag in skipped:
            inside["skipped"] += step
        if tag in ("a", "ref"):
            inside["link"] += step
        if tag in ("br", "lb"):
            if event == "start":
                if _ends_sentence(
                    next((piece for piece in reversed(pieces) if piece.strip()), "")
                ) or not _starts_small(element.tail):
                    yield from cut()
                else:
                    add(" ")
        elif tag in ("row", "tr"):
            if event == "start" and not inside["row"] and _is_layout(element):
                layout.add(element)
            if element in layout:
                yield from cut()
            else:
                inside["row"] += step
                if inside["row"] <= 1:
                    yield from cut()
        elif tag in ("cell", "td", "th") and inside["row"]:
            if event == "end":
                add(" | ")
        elif tag not in _INLINE:
            if inside["row"]:
                add(" ")
            else:
                yield from cut()
        if tag in _HEADINGS:
            inside["heading"] += step
        add(element.text if event == "start" else element.tail if element is not tree else None)
    yield from cut()


def _is_layout(row: Any) -> bool:
    """Whether a cell holds several paragraphs: old pages put their columns into the cells of one table."""
    for cell in row:
        breaks, size = 0, len(cell.text or "")
        for element in islice(cell.iterdescendants(), _LAYOUT_ELEMENTS):
            breaks += element.tag in _BREAKS
            size += len(element.text or "") + len(element.tail or "")
            if breaks >= _LAYOUT_BREAKS and size >= _LAYOUT_CHARS:
                return True
    return False


def _walk(tree: Any) -> Iterator[tuple[str, Any, str]]:
    """Start and end of each element in document order, without recursion."""
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        yield event, element, element.tag if isinstance(element.tag, str) else "comment"


def _ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?:…][\"'”’»)\]]*\s*$", text)) or not text.strip()


def _starts_small(text: str | None) -> bool:
    return bool(re.match(r"\s*[a-zß-ÿ]", text or ""))
