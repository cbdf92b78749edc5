"""Files, bytes, pasted text and fetched pages become an :class:`~kit.records.Article`.

In: text, Markdown, HTML, PDF, ``.docx``, mail (``.eml``) and saved pages (``.mhtml``), as a path, bytes, a string or
what :func:`fetch` brought. Out: a text cut into headline, standfirst, paragraphs and boilerplate, with the SHA-256 of
the original bytes. Plain text stays exactly as decoded, line ends and all; of the others comes the text that a reader
sees, a blank line between two paragraphs. A publication date is what the input states of itself, or missing.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from pathlib import Path

from kit.articles.decoding import decode
from kit.articles.errors import ArticleError
from kit.articles.extracted import Extracted
from kit.articles.fetch import Fetched, fetch
from kit.articles.inputs import (
    DOCX,
    HTML,
    MAIL,
    MARKDOWN,
    MAX_BYTES,
    MEDIA_TYPES,
    PDF,
    WEB_ARCHIVE,
    media_type_of,
    names_a_file,
    read_original,
    recognise,
    suffix_of,
)
from kit.articles.languages import language_warning, none_found, recognise_language
from kit.articles.segmentation import join_blocks, segment_text
from kit.records import Article

__all__ = [
    "MAX_BYTES", "MAX_CHARACTERS", "MEDIA_TYPES", "ArticleError", "Fetched", "fetch", "media_type_of", "none_found",
    "read_article", "read_date", "read_original", "recognised_type", "suffix_of",
]  # fmt: skip
MAX_CHARACTERS = 1_000_000  # spaCy refuses more in one text; some 160,000 words, far above any article


def read_article(
    source: str | Path | bytes | Fetched,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
    media_type: str | None = None,
) -> Article:
    """Read one article. What is said here about it wins over what it says about itself.

    Args:
        source: a :class:`~pathlib.Path`, raw bytes, what :func:`fetch` returned, or a string. A string is the text
            itself, unless it is a single line that names an existing file or ends as an article's file does.
        published: publication date, a date or ``YYYY-MM-DD``. Without one nothing relative is resolved.
        title: the title where the text has no headline of its own, or another is wanted.
        outlet: who published it.
        url: where it was published.
        encoding: read the bytes as this encoding instead of recognising it.
        media_type: what bytes are, where they do not show it (mail, Markdown).

    Raises:
        ArticleError: the input is missing, empty, too large (``MAX_BYTES``, ``MAX_CHARACTERS``), no text, or the
            date is none.
    """
    if isinstance(source, Fetched):
        url, encoding, media_type = url or source.url, encoding or source.encoding, media_type or source.media_type
        source = source.content
    raw = read_original(source)
    name = Path(source).name if isinstance(source, Path) or names_a_file(source) else "the text"
    media_type = recognise(raw, media_type) if media_type else recognised_type(source, raw)
    published = read_date(published)
    if media_type in _READERS:
        found = _READERS[media_type](raw, name, encoding, url)
        text, segments = join_blocks(found.blocks)
    else:
        text, encoding, warnings = decode(raw, name, encoding)
        segments = list(segment_text(text, markdown=media_type == MARKDOWN))
        found = Extracted((), encoding=encoding, warnings=tuple(warnings))
    if not text.strip():
        raise ArticleError("empty", f"{name} is empty: there is nothing to read")
    if len(text) > MAX_CHARACTERS:
        message = f"{name} has more than {MAX_CHARACTERS:,} characters: cut it into single articles"
        raise ArticleError("too_large", message)
    language = recognise_language(text)
    headline = next((text[s.start_char : s.end_char] for s in segments if s.kind == "headline"), None)
    return Article(
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        segments=tuple(segments),
        title=title or found.title or headline,
        published=published or _stated_date(found.published),
        outlet=outlet or found.outlet,
        url=url or found.url,
        author=found.author,
        language=language,
        media_type=media_type,
        encoding=found.encoding,
        warnings=(*found.warnings, *language_warning(language)),
    )


def recognised_type(source: str | Path | bytes | Fetched, raw: bytes) -> str:
    """The media type of an input's bytes: what they are where that shows, else what its name or server promised."""
    promised = source.media_type if isinstance(source, Fetched) else None
    if promised is None:
        promised = "text/plain" if isinstance(source, bytes) else media_type_of(source)
    return recognise(raw, promised)


def read_date(value: date | str | None) -> date | None:
    """A publication date from a date or ``YYYY-MM-DD``; ``None`` stays ``None``.

    Raises:
        ArticleError: anything else.
    """
    if isinstance(value, datetime):  # as TOML reads 2023-06-05T10:00:00Z
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            pass  # falls through to the one message below
    raise ArticleError("date", f"{value!r} is not a publication date: write it as YYYY-MM-DD, e.g. 2023-06-05")


def _stated_date(value: str | None) -> date | None:
    try:
        return read_date(value)
    except ArticleError:  # an input that states nonsense of itself states nothing
        return None


# The readers are imported when an input needs them: trafilatura alone takes half a second.


def _read_html(raw: bytes, name: str, encoding: str | None, url: str | None) -> Extracted:
    from kit.articles.html import read_html

    return read_html(raw, name=name, encoding=encoding, url=url)


def _read_pdf(raw: bytes, name: str, encoding: str | None, url: str | None) -> Extracted:
    from kit.articles.pdf import read_pdf

    return read_pdf(raw, name=name)


def _read_docx(raw: bytes, name: str, encoding: str | None, url: str | None) -> Extracted:
    from kit.articles.docx import read_docx

    return read_docx(raw, name=name)


def _read_mail(raw: bytes, name: str, encoding: str | None, url: str | None) -> Extracted:
    from kit.articles.mail import read_mail

    return read_mail(raw, name=name)


_READERS = {HTML: _read_html, PDF: _read_pdf, DOCX: _read_docx, MAIL: _read_mail, WEB_ARCHIVE: _read_mail}
