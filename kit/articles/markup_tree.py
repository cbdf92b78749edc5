"""A page's markup becomes the tree of what its reader sees.

In: the page as text. Out: an lxml tree without hidden parts, templates, scripts and styles. The page is parsed once, as
a stream, in time that grows as the page does: tags nested deeper than ``MAX_DEPTH`` are taken away around their text
(libxml2's own tree ends there and loses it), and ``MAX_ELEMENTS`` ends a page that is nothing but tags.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from kit.articles.errors import ArticleError

MAX_DEPTH = 120
MAX_ELEMENTS = 100_000  # the longest live blogs and encyclopaedia pages have some 50,000
_DROPPED = frozenset("template script style svg canvas iframe object embed dialog".split())
_WHOLE = frozenset("html body main article".split())  # hidden only for as long as a dialogue stands in front
_HIDING = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)\s*(!\s*important\s*)?(;|$)", re.I)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # no tree holds them
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,60}")
_CHUNK = 65_536  # bytes
_ATTRIBUTES = 50  # of one element
_ATTRIBUTE_CHARS = 2_000  # a style or data attribute of more says nothing about the article


def parse_html(text: str, name: str) -> Any:
    """The page as an lxml tree; ``None`` for a page without elements.

    Raises:
        ArticleError: more than ``MAX_ELEMENTS`` elements.
    """
    from lxml import etree

    # huge_tree: a single text of more than 10 MB is no error. The size of the page was checked before.
    parser = etree.HTMLParser(target=_Visible(name), encoding="utf-8", huge_tree=True)
    content = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(content), _CHUNK):  # in pieces: what the target raises would else come at the end
            parser.feed(content[start : start + _CHUNK])
        return parser.close()
    except etree.XMLSyntaxError:  # nothing that could be an element
        return None


class _Visible:
    """The target of the parser: it builds the tree."""

    def __init__(self, name: str) -> None:
        from lxml.html import Element

        self._make = Element
        self._name = name
        self._root: Any = None
        self._open: list[Any] = []  # for each open tag the element that gets its text; None inside what is hidden
        self._depth = 0  # of the tree
        self._made: list[bool] = []  # for each open tag, whether it is an element of the tree
        self._text: list[str] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element, or go on in its parent, or in nothing."""
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise ArticleError("too_large", f"{self._name} has more than {MAX_ELEMENTS:,} elements: it is no article")
        parent = self._open[-1] if self._open else self._root
        if (parent is None and self._open) or _is_hidden(tag, attributes):
            self._flush()
            self._push(None, made=False)
        elif self._depth >= (MAX_DEPTH if tag in ("div", "span", "section") else 2 * MAX_DEPTH) or not _NAME.fullmatch(
            tag
        ):
            self._text.append("\n")
            self._push(parent, made=False)
        else:
            self._flush()
            element = self._make(tag, _fit(attributes))
            if self._root is None:
                self._root = element
            else:
                parent.append(element)
            self._push(element, made=True)

    def end(self, tag: str) -> None:
        """Close an element."""
        if self._open:
            if self._made[-1]:
                self._flush()
            self._open.pop()
            self._depth -= self._made.pop()

    def data(self, text: str) -> None:
        """Take text; it comes in pieces."""
        if not self._open or self._open[-1] is not None:
            self._text.append(text)

    def close(self) -> Any:
        """The root of the tree."""
        self._flush()
        return self._root

    def _push(self, element: Any, *, made: bool) -> None:
        self._open.append(element)
        self._made.append(made)
        self._depth += made

    def _flush(self) -> None:
        element = self._open[-1] if self._open else self._root
        if self._text and element is not None:
            text = _UNFIT.sub("", "".join(self._text))
            try:
                last = element[-1]  # lxml counts the children for len(), one by one
                last.tail = (last.tail or "") + text
            except IndexError:
                element.text = (element.text or "") + text
        self._text.clear()


def _is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    if tag in _DROPPED:
        return not (tag == "script" and attributes.get("type", "").strip().lower() == "application/ld+json")
    if tag in _WHOLE:
        return False
    hiding = _HIDING.search(attributes.get("style", "")[:_ATTRIBUTE_CHARS])
    return "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true" or bool(hiding)


def _fit(attributes: dict[str, str]) -> dict[str, str]:
    """The first attributes, as far as a tree can hold them: libxml2 takes time that grows with their square."""
    return {
        key: value
        for key, value in islice(attributes.items(), _ATTRIBUTES)
        if len(value) <= _ATTRIBUTE_CHARS and _NAME.fullmatch(key) and not _UNFIT.search(value)
    }
