"""Files, bytes and pasted text become an :class:`~kit.records.Article`.

In: a path of a ``.txt`` or ``.md`` file, raw bytes, or a string. Out: the text exactly as decoded (line
ends, control characters and all), cut into headline, standfirst, paragraphs and boilerplate, with the
SHA-256 of the original bytes. Nothing is cleaned, and a missing publication date stays missing.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from pathlib import Path

from kit.articles.decoding import ArticleError, decode
from kit.articles.segmentation import LINE_END, segment_text
from kit.records import Article

MAX_BYTES = 4_000_000
MAX_CHARACTERS = 1_000_000  # spaCy refuses more in one text; some 160,000 words, far above any article
MEDIA_TYPES = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}


def read_article(
    source: str | Path | bytes,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
) -> Article:
    """Read one article.

    Args:
        source: a :class:`~pathlib.Path`, raw bytes, or a string. A string is the text itself, unless it is a
            single line that names an existing file or ends in ``.txt`` or ``.md``.
        published: publication date, a date or ``YYYY-MM-DD``. Without one nothing relative is resolved.
        title: the title where the text has no headline of its own, or another is wanted.
        outlet: who published it.
        url: where it was published.
        encoding: read the bytes as this encoding instead of recognising it.

    Raises:
        ArticleError: the input is missing, empty, too large (``MAX_BYTES``, ``MAX_CHARACTERS``), no text, or the
            date is none.
    """
    raw = read_original(source)
    if isinstance(source, str | bytes) and not _names_a_file(source):
        media_type, name = "text/plain", "the text"
    else:
        media_type, name = media_type_of(Path(source)), Path(source).name
    text, encoding, warnings = decode(raw, name, encoding)
    if not text.strip():
        raise ArticleError("empty", f"{name} is empty: there is nothing to read")
    if len(text) > MAX_CHARACTERS:
        message = f"{name} has more than {MAX_CHARACTERS:,} characters: cut it into single articles"
        raise ArticleError("too_large", message)
    segments = tuple(segment_text(text, markdown=media_type == "text/markdown"))
    headline = next((text[s.start_char : s.end_char] for s in segments if s.kind == "headline"), None)
    return Article(
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        segments=segments,
        title=title or headline,
        published=read_date(published),
        outlet=outlet,
        url=url,
        media_type=media_type,
        encoding=encoding,
        warnings=tuple(warnings),
    )


def read_original(source: str | Path | bytes) -> bytes:
    """The untouched bytes of an input; a pasted string gives its UTF-8 form.

    Raises:
        ArticleError: no such file, not a regular file, or more than ``MAX_BYTES``.
    """
    if isinstance(source, bytes):
        raw = source
    elif isinstance(source, str) and not _names_a_file(source):
        raw = source.encode("utf-8", "replace")
    else:
        path = Path(source)
        if not path.exists():
            raise ArticleError("not_found", f"{path}: no such file")
        if not path.is_file():
            raise ArticleError(
                "not_a_file", f"{path} is not a file: name one article, or use `kit extract` for a folder"
            )
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise ArticleError("unreadable", f"{path} cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise ArticleError("too_large", f"the input has more than {MAX_BYTES:,} bytes: cut it into single articles")
    return raw


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


def media_type_of(path: Path) -> str:
    """The media type that a file name promises; ``text/plain`` for names without an extension we know."""
    return MEDIA_TYPES.get(path.suffix.lower(), "text/plain")


def _names_a_file(source: str | bytes) -> bool:
    if isinstance(source, bytes) or not source.strip() or len(source) > 1024 or LINE_END.search(source):
        return False
    try:
        return Path(source).suffix.lower() in MEDIA_TYPES or Path(source).is_file()
    except (OSError, ValueError):  # a sentence is no file name: too long, a NUL inside
        return False
