"""Hostile text to safe HTML: nothing of it becomes markup, and no control in it reorders what stands around it."""

from __future__ import annotations

from html import escape

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(text: str) -> str:
    """Escape text for HTML; what HTML cannot hold becomes a picture of it, one character for one."""
    return escape("".join(map(_showable, text)) if not text.isprintable() else text).replace("\r", "&#13;")


def unturned(text: str) -> str:
    """The text without bidirectional controls, for a tooltip or a label, where nothing could isolate them."""
    return (
        text
        if text.isascii() or BIDI_CONTROLS.isdisjoint(text)
        else "".join(one for one in text if one not in BIDI_CONTROLS)
    )


def _showable(character: str) -> str:
    code = ord(character)
    if (code < 0x20 and character not in "\t\n\f\r") or code == 0x7F:
        return chr(0x2421 if code == 0x7F else 0x2400 + code)
    broken = 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return "\ufffd" if broken else character
