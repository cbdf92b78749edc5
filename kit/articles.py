"""Files, bytes and pasted text become an :class:`~kit.records.Article`.

In: a path of a ``.txt`` or ``.md`` file, raw bytes, or a string. Out: the text exactly as decoded (line
ends, control characters and all), cut into headline, standfirst, paragraphs and boilerplate, with the
SHA-256 of the original bytes. Nothing is cleaned, and a missing publication date stays missing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import median

import charset_normalizer

from kit.errors import KitError
from kit.records import Article, Segment

MAX_BYTES = 4_000_000  # some 600,000 words; far above any article, far below what hurts
MEDIA_TYPES = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC = (
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
)
_HTML = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_BOILERPLATE = re.compile(
    r"""(
      (read|see|watch|listen) \s+ (next|more|also|now|this) \s* [:|–—-] .*
    | (related|recommended|also \s read|more \s (on|from) \s [^:]{1,40}) \s* : .*
    | (related|recommended) (\s+ (stories|articles|news|topics|content))?
    | advertisement | ad | sponsored (\s content)? | promoted (\s content)? | live
    | (story|article) \s continues \s below .*
    | (sign \s up|subscribe) \b .{0,120} (newsletter|inbox|updates|e-?mail|alerts|channel) s? .?
    | follow \s us \s on .{0,80} | share | share \s this .{0,60} | copy \s link | print | e-?mail
    | \d{1,2} [:.] \d{2} \s* (gmt|utc|am|pm|a\.m\.|p\.m\.|[a-z]{2,3}t)?  # the time stamp of a live blog's entry
    | click \s here .{0,80} | load \s more | skip \s to \s .{0,60}
    | © .* | copyright \s .{0,120} | all \s rights \s reserved \.?
    )""",
    re.I | re.X | re.S,
)
_HEADING = re.compile(r"#{1,6}[ \t]+")
_HEADLINE_CHARS = 200
_STANDFIRST_CHARS = 350
_STANDFIRST_OVERLAP = 0.4


class ArticleError(KitError):
    """An input that is not an article. ``kind`` names the trouble for programs, the message is for people."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


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
        ArticleError: the input is missing, empty, too large, no text, or the date is none.
    """
    raw = read_original(source)
    if isinstance(source, str | bytes) and not _names_a_file(source):
        media_type, name = "text/plain", "the text"
    else:
        media_type, name = media_type_of(Path(source)), Path(source).name
    text, encoding, warnings = _decode(raw, name, encoding)
    if not text.strip():
        raise ArticleError("empty", f"{name} is empty: there is nothing to read")
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


def segment_text(text: str, *, markdown: bool = False) -> Iterator[Segment]:
    """Cut a text into its segments, in order; white space between blocks belongs to none."""
    blocks = [block for block in _blocks(text) if block.text]
    body = [block for block in blocks if not _BOILERPLATE.fullmatch(block.text)]
    read = {block.start for block in body}
    headline = body[0] if _is_headline(body, markdown) else None
    standfirst = body[1] if headline and _is_standfirst(body) else None
    for block in blocks:
        marker = _HEADING.match(block.text) if markdown else None
        start = block.start + (marker.end() if marker else 0)
        if start == block.end:
            continue
        if block is headline:
            yield Segment("headline", start, block.end)
        elif block is standfirst:
            yield Segment("standfirst", start, block.end)
        else:
            yield Segment("paragraph" if block.start in read else "boilerplate", start, block.end)


@dataclass(frozen=True)
class _Block:
    start: int
    end: int
    text: str


def _names_a_file(source: str | bytes) -> bool:
    if isinstance(source, bytes) or not source.strip() or len(source) > 1024 or _LINE_END.search(source):
        return False
    try:
        return Path(source).suffix.lower() in MEDIA_TYPES or Path(source).is_file()
    except (OSError, ValueError):  # a sentence is no file name: too long, a NUL inside
        return False


def _decode(raw: bytes, name: str, encoding: str | None) -> tuple[str, str, list[str]]:
    """The text, the encoding that was used, and what the reader must know about it."""
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise ArticleError("binary", f"{name} is {what}, not text: save the article's text as a .txt file")
    if _HTML.match(raw[:4096]):
        raise ArticleError("unsupported", f"{name} is a web page: save the article's text as a .txt file, or paste it")
    if encoding is None:
        encoding = next((codec for bom, codec in _BOMS if raw.startswith(bom)), None) or _utf16_without_bom(raw)
    if encoding is None:
        return _decode_unmarked(raw, name)
    try:
        text = raw.decode(encoding)
        return text, encoding, _control_warnings(text)
    except LookupError:
        raise ArticleError("encoding", f"{encoding!r} is not an encoding that Python knows") from None
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
    _refuse_binary(text, name)
    return text, encoding, [f"some bytes are not valid {encoding}: shown as \ufffd", *_control_warnings(text)]


def _decode_unmarked(raw: bytes, name: str) -> tuple[str, str, list[str]]:
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        bad = 0
    if bad == 0:
        _refuse_binary(text, name)
        return text, "utf-8", _control_warnings(text)
    good = sum(char > "\x7f" for char in text) - bad
    if good > 4 * bad:  # UTF-8 with a few broken bytes: another codec would break everything else
        return text, "utf-8", [f"{bad} bytes are not valid UTF-8: shown as \ufffd", *_control_warnings(text)]
    encoding = _recognised(raw)
    if encoding is None:
        raise ArticleError("binary", f"{name} is not text in any encoding we know: save it as UTF-8")
    text = raw.decode(encoding)
    _refuse_binary(text, name)
    return text, encoding, [f"the encoding was recognised as {encoding}", *_control_warnings(text)]


def _recognised(raw: bytes) -> str | None:
    """The most plausible encoding; Windows-1252 where it is as plausible as a rarer neighbour of its."""
    guesses = list(charset_normalizer.from_bytes(raw))
    if not guesses:
        return None
    best = min((guess.chaos, -guess.coherence) for guess in guesses)
    likely = [guess for guess in guesses if (guess.chaos, -guess.coherence) == best]
    common = any("cp1252" in guess.could_be_from_charset for guess in likely)
    return "cp1252" if common else likely[0].encoding


def _utf16_without_bom(raw: bytes) -> str | None:
    """UTF-16 of a Latin text has a NUL in every other place."""
    sample = raw[:2000]
    if len(sample) < 4 or len(raw) % 2 or b"\x00" not in sample:
        return None
    for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = sample[offset::2], sample[1 - offset :: 2]
        if half.count(0) > 0.7 * len(half) and other.count(0) < 0.1 * len(other):
            return codec
    return None


def _controls(text: str) -> int:
    return sum(char < " " and char not in "\t\n\r\f\v" for char in text)


def _refuse_binary(text: str, name: str) -> None:
    if _controls(text) > 0.05 * len(text):
        raise ArticleError("binary", f"{name} is not text: too many control characters")


def _control_warnings(text: str) -> list[str]:
    count = _controls(text)
    return [f"{count} control characters stand in the text"] if count else []


def _blocks(text: str) -> Iterator[_Block]:
    """Paragraphs of a text: its lines, or what stands between blank lines where the lines are hard-wrapped."""
    separator = _BLANK_LINES if _is_hard_wrapped(text) else _LINE_END
    start = 0
    for match in [*separator.finditer(text), None]:
        end = match.start() if match else len(text)
        line = text[start:end]
        stripped = line.strip()
        begin = start + len(line) - len(line.lstrip())
        yield _Block(begin, begin + len(stripped), stripped)
        start = match.end() if match else end


def _is_hard_wrapped(text: str) -> bool:
    """Whether lines break at a column (mail, wire copy), so that blank lines separate the paragraphs."""
    blocks = [_LINE_END.split(block.strip()) for block in _BLANK_LINES.split(text) if block.strip()]
    inner = [len(line) for lines in blocks for line in lines[:-1]]
    if len(blocks) < 2 or len(inner) < 3:
        return False
    return 50 <= median(inner) <= 100 and max(inner) <= 110


def _is_headline(body: list[_Block], markdown: bool) -> bool:
    if len(body) < 2:
        return False
    first = body[0].text
    if markdown and _HEADING.match(first):
        return True
    return len(first) <= _HEADLINE_CHARS and not re.search(r"[.…:,;][\"'”’»)]*$", first)


def _is_standfirst(body: list[_Block]) -> bool:
    """A standfirst sums up the lead below it, so that most of its words come again there."""
    if len(body) < 3 or len(body[1].text) > _STANDFIRST_CHARS:
        return False
    words, lead = (set(re.findall(r"[^\W\d_]{4,}", block.text.lower())) for block in body[1:3])
    return len(words) >= 5 and len(words & lead) >= _STANDFIRST_OVERLAP * len(words)
