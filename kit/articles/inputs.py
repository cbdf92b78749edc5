"""The untouched bytes of an input, and what kind of input they are.

In: a path, bytes or a string. Out: bytes and a media type. Nothing is decoded here.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from kit.articles.errors import ArticleError

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
PDF, MAIL, WEB_ARCHIVE = "application/pdf", "message/rfc822", "multipart/related"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    **{".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN},
    **{".html": HTML, ".htm": HTML, ".xhtml": HTML, ".pdf": PDF, ".docx": DOCX},
    **{".eml": MAIL, ".mht": WEB_ARCHIVE, ".mhtml": WEB_ARCHIVE},
}
MAX_BYTES = 4_000_000  # of text
# Pictures and fonts travel inside these.
MAX_BYTES_OF = {HTML: 16_000_000, PDF: 64_000_000, DOCX: 64_000_000, MAIL: 64_000_000, WEB_ARCHIVE: 64_000_000}
_HTML_START = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_LINE_END = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_ADDRESS = re.compile(r"\s*(https?|ftp)://\S+\s*", re.I)


def read_original(source: str | Path | bytes) -> bytes:
    """The untouched bytes of an input; a pasted string gives its UTF-8 form.

    Raises:
        ArticleError: no such file, not a regular file, changed while it was read, or larger than ``MAX_BYTES`` or its
            kind's ``MAX_BYTES_OF``.
    """
    if isinstance(source, bytes):
        raw = source
    elif isinstance(source, str) and not names_a_file(source):
        if _ADDRESS.fullmatch(source):
            message = (
                f"{source.strip()[:80]} is an address: kit.fetch(…) fetches the page, and only when it is asked to"
            )
            raise ArticleError("address", message)
        raw = source.encode("utf-8", "replace")
    else:
        raw = _read_file(Path(source))
    limit = MAX_BYTES_OF.get(
        _sniffed(raw) or (media_type_of(source) if not isinstance(source, bytes) else TEXT), MAX_BYTES
    )
    if len(raw) > limit:
        raise ArticleError("too_large", f"the input has more than {limit:,} bytes: cut it into single articles")
    return raw


def recognise(raw: bytes, promised: str = TEXT) -> str:
    """The media type of these bytes: what they are where that shows, else what their name or sender promised."""
    return _sniffed(raw) or promised


def media_type_of(path: str | Path) -> str:
    """The media type that a file name promises; ``text/plain`` for names without an extension we know."""
    return MEDIA_TYPES.get(Path(path).suffix.lower(), TEXT) if names_a_file(path) else TEXT


def suffix_of(media_type: str) -> str:
    """The file name extension for bytes of a media type, e.g. ``.html``; ``.txt`` for types we do not know."""
    return next((suffix for suffix, known in MEDIA_TYPES.items() if known == media_type), ".txt")


def names_a_file(source: str | Path | bytes) -> bool:
    """Whether a string is a file's name: one line that ends as one, or names a file that exists."""
    if isinstance(source, Path):
        return True
    if isinstance(source, bytes) or not source.strip() or len(source) > 1024 or _LINE_END.search(source):
        return False
    if _ADDRESS.fullmatch(source):
        return False
    try:
        return Path(source).suffix.lower() in MEDIA_TYPES or Path(source).is_file()
    except (OSError, ValueError):  # a sentence is no file name: too long, a NUL inside
        return False


def _sniffed(raw: bytes) -> str | None:
    start = raw[:4096]
    if b"%PDF-" in start[:1024]:
        return PDF
    if start.startswith(b"PK\x03\x04") and b"word/" in raw:
        return DOCX
    return HTML if _HTML_START.match(start) else None


def _read_file(path: Path) -> bytes:
    """A file's bytes, all from one state of the file, and no more than any kind of article may have."""
    if not path.exists():
        raise ArticleError("not_found", f"{path}: no such file")
    if not path.is_file():
        raise ArticleError("not_a_file", f"{path} is not a file: name one article, or use `kit extract` for a folder")
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            raw = file.read(max(MAX_BYTES_OF.values()) + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise ArticleError("unreadable", f"{path} cannot be read: {error.strerror}") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ArticleError("changed", f"{path} was changed while it was read: try again when it is complete")
    return raw
