"""What a page states for programs: the article in its JSON-LD, and whether it is for subscribers only.

In: the page's tree. Out: :class:`Embedded`. A page that scripts make often holds its article nowhere else. Broken,
deeply nested and oversized JSON states nothing.
"""

from __future__ import annotations

import html
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kit.articles.errors import ArticleError
from kit.articles.extracted import Block, clean
from kit.articles.markup_tree import parse_html
from kit.articles.page_blocks import page_blocks

_MOST_OBJECTS = 5_000  # of a page
_LARGEST = 4_000_000  # characters of one script


@dataclass(frozen=True)
class Embedded:
    """``paragraphs`` are the article's as the page states them, empty where it does not; ``title`` is theirs."""

    paragraphs: list[Block] = field(default_factory=list)
    title: str | None = None
    for_subscribers: bool = False


def find_embedded(tree: Any) -> Embedded:
    """What the JSON-LD of a page (schema.org's ``articleBody``, ``isAccessibleForFree``) says about its article."""
    texts: list[str] = []
    title, for_subscribers = None, False
    for one in _objects(tree):
        body, entries = one.get("articleBody"), one.get("liveBlogUpdate")
        if not texts:
            texts += [body] if isinstance(body, str) and body.strip() else []
            if isinstance(entries, list):  # a live blog: its entries, as they stand
                texts += [text for entry in entries if isinstance(entry, dict) for text in _entry(entry)]
            title = one["headline"] if texts and isinstance(one.get("headline"), str) else title
        is_article = "Article" in str(one.get("@type", "")) or body is not None
        for_subscribers |= is_article and str(one.get("isAccessibleForFree", "")).lower() == "false"
    paragraphs = [block for text in texts for block in _paragraphs(text)]
    return Embedded(paragraphs, clean(html.unescape(title or "")) or None, for_subscribers)


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first."""
    waiting = deque[Any]()
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = script.text or ""
        if len(text) <= _LARGEST:
            try:
                found = json.loads(text, strict=False)  # line ends inside strings are common
            except (ValueError, RecursionError):
                continue
            waiting += [found] if isinstance(found, dict | list) else []
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.popleft()
        if isinstance(one, dict):
            yield one
        inner = one.values() if isinstance(one, dict) else one
        waiting += [value for value in inner if isinstance(value, dict | list)]


def _entry(entry: dict[str, Any]) -> Iterator[str]:
    yield from (value for key in ("headline", "articleBody") if isinstance(value := entry.get(key), str))


def _paragraphs(text: str) -> list[Block]:
    """The paragraphs of a text that is plain or markup; a text without either is one."""
    if "</" not in text and "&lt;/" in text:  # escaped once more than it should be
        text = html.unescape(text)
    if "</" in text or "<br" in text:
        try:
            tree = parse_html(f"<body>{text}", "the page")
        except ArticleError:
            return []
        return list(page_blocks(tree)) if tree is not None else []
    lines = (clean(line) for line in html.unescape(text).splitlines())
    return [Block(line) for line in lines if line]
