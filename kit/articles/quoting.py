"""What of a mail is its own text, and what belongs to the mail that it answers.

In: a mail's plain text, or its page. Out: blocks in which the quoted mail and the mail program's own lines are
furniture, or the page without them. Where the quoted part is the longer one, it is what the mail is about, and is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kit.articles.errors import ArticleError
from kit.articles.extracted import Block, clean
from kit.articles.markup_tree import parse_html
from kit.articles.segmentation import paragraphs_of

_SIGNATURE = re.compile(r"^-- ?\r?$", re.M)
_MARK = re.compile(r"\s*(>\s?)+")
_WROTE = re.compile(  # the mail program's line above what it quotes
    r"(on|am|le|el|il|op|den) \b .{5,200} \b (wrote|schrieb (\s .{1,80})?|écrit|escribió|scritto|schreef|skrev) \s* :",
    re.I | re.X | re.S,
)
_DIVIDER = re.compile(r"-{2,} ?(?P<kind>original|forwarded) message ?-{2,}|begin forwarded message:", re.I)
_HEADER = re.compile(
    r"\*?(from|sent|date|to|cc|bcc|subject|reply-to|von|gesendet|an|betreff|de|envoyé|à|objet)\*? ?:", re.I
)
_HEADER_CHARS = 800
_QUOTES = "contains(@class, 'gmail_quote') or contains(@class, 'yahoo_quoted') or @type = 'cite'"
_MOST_QUOTES = 200  # of a mail
_MARKS_QUOTE = re.compile(rb"gmail_quote|yahoo_quoted|type\s*=\s*[\"']?cite", re.I)


def mail_blocks(plain: str) -> list[Block]:
    """The paragraphs of a mail's plain text; signature, quoted mail and the lines that introduce it are furniture."""
    cut = _SIGNATURE.search(plain)
    body, signature = (plain[: cut.start()], plain[cut.end() :]) if cut else (plain, "")
    paragraphs = list(_paragraphs(body))
    machinery, answered = _machinery(paragraphs)
    quoted = {at for at, (_, is_quoted) in enumerate(paragraphs) if is_quoted or at >= answered} - machinery
    sizes = [len(text) for text, _ in paragraphs]
    own = sum(sizes) - sum(sizes[at] for at in quoted | machinery)
    if sum(sizes[at] for at in quoted) > own:
        quoted = set()
    aside = quoted | machinery
    blocks = [Block(text, "furniture" if at in aside else None) for at, (text, _) in enumerate(paragraphs)]
    return blocks + [Block(text, "furniture") for text in map(clean, paragraphs_of(signature)) if text]


def without_quoted(page: bytes, name: str) -> bytes:
    """A mail's page as UTF-8, without the mail that it answers, unless that is most of it."""
    from lxml import etree

    if not _MARKS_QUOTE.search(page):
        return page
    try:
        tree = parse_html(page.decode("utf-8", "replace"), name)
    except ArticleError:  # reading it says so
        return page
    quotes = [] if tree is None else tree.xpath(f"//*[{_QUOTES}][not(ancestor::*[{_QUOTES}])]")
    size = sum(len(quote.xpath("string()")) for quote in quotes)
    if not 0 < len(quotes) <= _MOST_QUOTES or 2 * size > len(tree.xpath("string()")):
        return page
    for quote in quotes:
        if quote is not tree:
            quote.drop_tree()  # the text behind it stays
    return etree.tostring(tree, encoding="utf-8", method="html")


def _paragraphs(body: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs without the marks of quoting, and whether each had them."""
    for is_quoted, lines in groupby(body.splitlines(), key=lambda line: line.startswith(">")):
        text = "\n".join(_MARK.sub("", line, count=1) if is_quoted else line for line in lines)
        yield from ((one, is_quoted) for one in map(clean, paragraphs_of(text)) if one)


def _machinery(paragraphs: list[tuple[str, bool]]) -> tuple[set[int], int]:
    """The lines that a mail program wrote around what is quoted, and where a mail that is answered whole begins."""
    found: set[int] = set()
    answered, in_header = len(paragraphs), False
    for at, (text, _) in enumerate(paragraphs):
        divider = _DIVIDER.match(text) if len(text) <= _HEADER_CHARS else None
        in_header = bool(divider) or (in_header and bool(_HEADER.match(text)) and len(text) <= _HEADER_CHARS)
        if divider and (divider["kind"] or "").lower() == "original":
            answered = min(answered, at)
        if in_header:
            found.add(at)
        for lines in (1, 2):  # it may be broken
            introduces = " ".join(one for one, _ in paragraphs[at : at + lines])
            below = paragraphs[at + lines : at + lines + 1]
            if _WROTE.fullmatch(introduces) and ("@" in introduces or (below and below[0][1])):
                found.update(range(at, at + lines))
    return found, answered
