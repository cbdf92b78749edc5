"""A web page becomes blocks: its headline, its paragraphs, and what it says about itself.

In: the page's bytes. Out: :class:`~kit.articles.extracted.Extracted`. trafilatura finds the article. Where it finds
next to nothing, or all of the page as one paragraph, the text that the page states for programs is taken, else every
visible block, and a warning says so. Hidden and template text never gets that far (:mod:`kit.articles.markup_tree`),
readers' comments are left out. Nothing is fetched and no script runs.
"""

from __future__ import annotations

import logging
from typing import Any

from kit.articles.decoding import decode_html
from kit.articles.embedded import find_embedded
from kit.articles.errors import ArticleError
from kit.articles.extracted import Block, Extracted, clean, letters, with_headline
from kit.articles.furniture import is_consent, is_paywall
from kit.articles.markup_tree import parse_html
from kit.articles.page_blocks import page_blocks
from kit.articles.page_facts import find_outlet, find_title, leads_on_to, original_address, stated_date

_LITTLE = 200  # characters; with fewer, trafilatura found next to nothing
_AROUND = frozenset("nav header footer aside form button select noscript script title".split())
_ALL_SHOWN = "the article was not recognised on the page: all of the page's text is shown"
_PAYWALL = "the page is for subscribers: this may be only the beginning of the article"
_CONSENT = (
    "this reads as a notice about cookies and not as an article: answer it in a browser and save the page from there"
)


def read_html(raw: bytes, *, name: str, encoding: str | None = None, url: str | None = None) -> Extracted:
    """Read a web page.

    Args:
        raw: the page's bytes.
        name: what to call the page in messages.
        encoding: the encoding that the server or the analyst named; otherwise the page's own word counts.
        url: where the page was fetched from.

    Raises:
        ArticleError: too many elements, or no text: the page is empty, made by scripts, or only leads to another.
    """
    text, encoding, warnings = decode_html(raw, name, encoding)
    tree = parse_html(text, name)
    if tree is None:
        raise ArticleError("no_text", f"{name} holds no text")
    title, onward, embedded = find_title(tree), leads_on_to(tree), find_embedded(tree)
    found = _article_of(tree, url)
    blocks = list(page_blocks(found.body)) if found is not None and found.body is not None else []
    if _size(blocks) < _LITTLE or len(blocks) == 1:
        blocks, warning = _instead(blocks, embedded.paragraphs, text, name)
        warnings += [warning] if warning else []
    if onward and _size(blocks) < _LITTLE:
        raise ArticleError("no_text", f"{name} holds no article, it only leads on to {onward}: read that page")
    if not blocks:
        raise ArticleError(
            "no_text", f"{name} holds no text: scripts make the page. Save it from the browser, or as PDF"
        )
    if embedded.for_subscribers or any(is_paywall(block.text) for block in blocks):
        warnings.append(_PAYWALL)
    elif is_consent([block.text for block in blocks]):
        warnings.append(_CONSENT)
    if found is None:
        found = _facts_of(parse_html(text, name), url)
    url = original_address(url or found.url)
    title = title or embedded.title or clean(found.title or "") or None
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


# Only a date that the page states, the first of several; the extensive search takes any date in the text.
_DATES = {"original_date": True, "extensive_search": False}


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
        date_extraction_params=_DATES,
    )


def _facts_of(tree: Any, url: str | None) -> Any:
    """What trafilatura finds out about a page in which it found no text."""
    from trafilatura.metadata import extract_metadata

    return extract_metadata(tree, url, _DATES)


def _instead(blocks: list[Block], embedded: list[Block], text: str, name: str) -> tuple[list[Block], str | None]:
    """What to take where trafilatura found next to nothing, or gave its last resort: a page as one paragraph."""
    found = "".join(letters(block.text) for block in blocks)
    if embedded and _size(embedded) >= 0.95 * _size(blocks):
        return embedded, None
    for skipped in (_AROUND, _AROUND - {"noscript"}):  # what stands there is for browsers without scripts
        visible = list(page_blocks(parse_html(text, name), skipped=skipped))  # trafilatura emptied the first tree
        if _size(blocks) < _LITTLE:
            better = _size(visible) > 1.5 * _size(blocks)
        else:  # a paragraph that the page has as one is one
            better = _size(visible) >= 0.8 * _size(blocks) and not any(found in letters(one.text) for one in visible)
        if better:
            return visible, _ALL_SHOWN
    return blocks, None


def _size(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)
