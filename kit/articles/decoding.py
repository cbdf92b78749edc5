"""Bytes become text: recognise the encoding, refuse what is no text.

In: the untouched bytes of an article. Out: the text exactly as decoded, the encoding, and what a reader has to know
about it. Nothing is cleaned: line ends and control characters stay.
"""

from __future__ import annotations

import re

import charset_normalizer

from kit.articles.errors import ArticleError

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
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_WEB_CODECS = re.compile(  # of Python's codecs only those of the web: punycode, utf-7 and the like are attacks there
    r"utf-?8|windows-?125\d|cp125\d|iso-?8859-?\d+|latin-?\d|us-ascii|ascii|koi8-[ru]|gb2312|gbk|gb18030|big5(-hkscs)?"
    r"|shift[_-]jis|euc-(jp|kr)|iso-2022-jp|ks_c_5601-1987|tis-620|windows-874|cp874|macintosh"
)
# What pages call by these names is Windows-1252, and what declares UTF-16 in ASCII letters is none (WHATWG Encoding).
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def decode(raw: bytes, name: str, encoding: str | None) -> tuple[str, str, list[str]]:
    """The text, the encoding that was used, and what the reader must know about it."""
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise ArticleError("binary", f"{name} is {what}, not text: save the article's text as a .txt file")
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


def decode_html(raw: bytes, name: str, encoding: str | None) -> tuple[str, str, list[str]]:
    """As :func:`decode`, for a page: a byte order mark counts first, then ``encoding``, then its own word."""
    if any(raw.startswith(bom) for bom, _ in _BOMS):
        return decode(raw, name, None)
    declared = _DECLARED.search(raw[:4096])
    word = declared.group(1).decode("ascii").lower() if declared else ""
    encoding = encoding or (word if is_encoding(word) else None)
    encoding = _WEB_NAMES.get((encoding or "").lower(), encoding)
    try:
        raw.decode(encoding or "utf-8")
    except (LookupError, UnicodeDecodeError):  # the page is wrong about itself
        return decode(raw, name, None)
    return decode(raw, name, encoding or "utf-8")


def is_encoding(word: str | None) -> bool:
    """Whether a word names an encoding that pages and mails are written in."""
    return bool(word and _WEB_CODECS.fullmatch(word.lower()))


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
