"""A mail, or a page that a browser saved as one file, becomes blocks.

In: the bytes of an ``.eml`` or ``.mhtml``. Out: :class:`~kit.articles.extracted.Extracted`. The subject is the
headline, the sender the author. Of a mail in two forms the plain one is read, unless it holds little of what the other
does. What it answers is furniture (:mod:`kit.articles.quoting`), attachments are not read.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from kit.articles.decoding import decode, decode_html, is_encoding
from kit.articles.errors import ArticleError
from kit.articles.extracted import Extracted, clean, with_headline
from kit.articles.quoting import mail_blocks, without_quoted

MAX_PARTS = 200
MAX_HEADER = 200_000  # bytes
_FIELD_CHARS = 1_000  # of one field: the library's parsers grow faster than what they parse
_FORWARDED = re.compile(r"\s*(fwd?|wg|tr|rv|re|aw)\s*:\s*", re.I)
_LITTLE = 0.3  # of the other form's length
_PART = re.compile(rb"^content-type\s*:", re.I | re.M)
_HEADER_END = re.compile(rb"\r?\n\r?\n")


def read_mail(raw: bytes, *, name: str) -> Extracted:
    """Read a mail or a saved page.

    Raises:
        ArticleError: it is broken, has too many parts, or holds no text.
    """
    header = _HEADER_END.search(raw)
    if (header.start() if header else len(raw)) > MAX_HEADER or len(_PART.findall(raw)) > MAX_PARTS:
        raise ArticleError("broken", f"{name} has too long a header or more than {MAX_PARTS} parts: it is no article")
    message = message_from_bytes(raw, policy=policy.compat32)  # which parses nothing until it is asked for
    plain, page = _bodies(message, name)
    subject, sender, sent, address = (
        _field(message, key) for key in ("Subject", "From", "Date", "Snapshot-Content-Location")
    )
    found = _read_page(page if address else without_quoted(page, name), name, address)
    if address and found:  # a page saved by a browser: its own facts count, the date is when it was saved
        return found
    blocks = mail_blocks(plain)
    if found and sum(len(block.text) for block in blocks) < _LITTLE * sum(len(block.text) for block in found.blocks):
        blocks = [block for block in found.blocks if block.hint != "headline"]
    title = clean(_FORWARDED.sub("", subject)) or None
    if not blocks:
        raise ArticleError("no_text", f"{name} holds no text: what is attached to it is not read")
    published, warning = _sent_on(sent, subject)
    return Extracted(
        with_headline(blocks, title),
        title=title,
        author=clean(parseaddr(sender)[0]) or None,
        published=published,
        warnings=warning,
    )


def _field(message: Message, key: str) -> str:
    """A field of the header in plain letters; empty where it is missing."""
    value = str(message.get(key) or "")[:_FIELD_CHARS]
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):  # an encoding nobody knows
        return value


def _bodies(message: Message, name: str) -> tuple[str, bytes]:
    """The plain text of a mail, and its page as UTF-8; empty where it has none."""
    plain, page = "", b""
    for part in message.walk():
        fields = [str(part.get(key) or "") for key in ("Content-Type", "Content-Disposition")]
        if part.is_multipart() or max(map(len, fields)) > _FIELD_CHARS or "attachment" in fields[1].lower():
            continue
        kind, charset = part.get_content_type(), part.get_content_charset()
        content = part.get_payload(decode=True) or b""
        if kind == "text/plain" and not plain.strip() and content.strip():
            plain = decode(content, name, charset if is_encoding(charset) else None)[0]
        elif kind in ("text/html", "application/xhtml+xml") and not page:
            page = decode_html(content, name, charset if is_encoding(charset) else None)[0].encode("utf-8", "replace")
    return plain, page


def _read_page(page: bytes, name: str, url: str | None) -> Extracted | None:
    if not page.strip():
        return None
    from kit.articles.html import read_html

    try:
        return read_html(page, name=name, encoding="utf-8", url=url)
    except ArticleError:
        return None


def _sent_on(sent: str, subject: str) -> tuple[str | None, tuple[str, ...]]:
    """The day a mail was sent stands for its publication, unless it was passed on."""
    try:
        day = parsedate_to_datetime(sent).date().isoformat() if sent else None
    except ValueError:
        day = None
    if day is None:
        return None, ()
    if _FORWARDED.match(subject):
        return None, (f"the mail was passed on on {day}: when the article was published is not known",)
    return day, (f"the publication date is the day the mail was sent, {day}",)
