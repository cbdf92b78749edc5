"""A web page becomes blocks: its headline, its paragraphs, and what it says about itself.

In: the page's bytes. Out: :class:`~kit.articles.extracted.Extracted`. trafilatura finds the article; where it finds
next to nothing, every visible block is taken and a warning says so. Hidden and template text never gets that far
(:mod:`kit.articles.markup_tree`), readers' comments are left out. Nothing is fetched and no script runs.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from kit.articles.decoding import decode_html
from kit.articles.errors import ArticleError
from kit.articles.extracted import Block, Extracted, clean, with_headline
from kit.articles.markup_tree import parse_html
from kit.articles.page_facts import find_outlet, find_title, original_address, stated_date

_LITTLE = 200  # characters; with fewer, trafilatura found next to nothing
_LINK_WORDS = 25  # a longer paragraph that is one link is a paragraph
_AROUND = frozenset("nav header footer aside form button select noscript script title".split())
_HEADINGS = frozenset("head h1 h2 h3 h4 h5 h6".split())
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u "
    "var wbr hi ref".split()
)


def read_html(raw: bytes, *, name: str, encoding: str | None = None, url: str | None = None) -> Extracted:
    """Read a web page.

    Args:
        raw: the page's bytes.
        name: what to call the page in messages.
        encoding: the encoding that the server or the analyst named; otherwise the page's own word counts.
        url: where the page was fetched from.

    Raises:
        ArticleError: too many elements, or no text: the page is empty or made by scripts.
    """
    text, encoding, warnings = decode_html(raw, name, encoding)
    tree = parse_html(text, name)
    if tree is None:
        raise ArticleError("no_text", f"{name} holds no text")
    title = find_title(tree)
    found = _article_of(tree, url)
    blocks = list(_blocks(found.body)) if found is not None and found.body is not None else []
    if _size(blocks) < _LITTLE:
        visible = list(_blocks(parse_html(text, name), skipped=_AROUND))  # trafilatura emptied the first tree
        if _size(visible) > 1.5 * _size(blocks):
            blocks = visible
            warnings.append("the article was not recognised on the page: all of the page's text is shown")
    if not blocks:
        raise ArticleError(
            "no_text", f"{name} holds no text: scripts make the page. Save it from the browser, or as PDF"
        )
    if found is None:
        return Extracted(
            with_headline(blocks, title), title=title, url=url, encoding=encoding, warnings=tuple(warnings)
        )
    url = original_address(url or found.url)
    title = title or clean(found.title or "") or None
    published, doubts = stated_date(text, url, found.date)
    return Extracted(
        with_headline(blocks, title),
        title=title,
        author=clean(found.author or "") or None,
        outlet=find_outlet(found.sitename),
        published=published,
        url=url,
        encoding=encoding,
        warnings=(*warnings, *doubts),
    )


def _article_of(tree: Any, url: str | None) -> Any:
    """What trafilatura finds: a document with ``body`` and metadata, or ``None``."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text gets our own message
    return bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_links=True,  # to know a paragraph that is nothing but a link
        with_metadata=True,
        # Only a date that the page states, the first of several; the extensive search takes any date in the text.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _size(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _blocks(tree: Any, skipped: frozenset[str] = frozenset()) -> Iterator[Block]:
    """The tree's text, cut wherever a block element begins or ends; a table row is one block."""
    pieces: list[str] = []
    linked = 0  # characters of the pieces that stand in a link
    inside = {"link": 0, "heading": 0, "row": 0, "skipped": 0}

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


def _walk(tree: Any) -> Iterator[tuple[str, Any, str]]:
    """Start and end of each element in document order, without recursion."""
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        yield event, element, element.tag if isinstance(element.tag, str) else "comment"


def _ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?:…][\"'”’»)\]]*\s*$", text)) or not text.strip()


def _starts_small(text: str | None) -> bool:
    return bool(re.match(r"\s*[a-zß-ÿ]", text or ""))
