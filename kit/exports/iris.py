"""Names for records that are valid in JSON-LD whatever a log says: ``urn:analyst-notebook-kit:SHA256:kind:id``.

An id in a log may have been written by hand, and an address in a case too. An id is percent-encoded, so that nothing in
it can end the name or begin another; an address is used only where it is an absolute one of the web.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from kit.records import Article

PREFIX = "urn:analyst-notebook-kit:"
TERMS = f"{PREFIX}terms:"
_IN_A_URL = "%:/?#[]@!$&'()*+,;=~-._"  # what a URL may have; anything else is escaped


def record_iri(article: Article, kind: str, record_id: str) -> str:
    """The name of a record of this article."""
    return f"{PREFIX}{escaped(article.sha256)}:{kind}:{escaped(record_id)}"


def text_iri(article: Article) -> str:
    """The name of the article's text as decoded: what offsets point into. Its page on the web is another text."""
    return f"{PREFIX}{escaped(article.sha256)}:text"


def agent_iri(name: str) -> str:
    """The name of a person or program."""
    return f"{PREFIX}agent:{escaped(name)}"


def escaped(text: str) -> str:
    """A text as one part of a URN."""
    return quote(text, safe="", errors="backslashreplace") or "-"


def web_address(url: str | None) -> str | None:
    """The address, escaped where it must be, or ``None`` where it is none of the web."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return quote(parts.geturl(), safe=_IN_A_URL, errors="backslashreplace")
