"""Bytes become text: recognise the encoding, refuse what is no text.

In: the untouched bytes of an article. Out: the text exactly as decoded, the encoding, and what a reader has to know
about it. Nothing is cleaned: line ends and control characters stay.
"""

from __future__ import annotations

import re

import charset_normalizer

from kit.errors import KitError

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


class ArticleError(KitError):
    """An input that is not an article. ``kind`` names the trouble for programs, the message is for people."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def decode(raw: bytes, name: str, encoding: str | None) -> tuple[str, str, list[str]]:
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
