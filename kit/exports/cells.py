"""What a spreadsheet may see of a text: no formula, no hidden character.

Article text is hostile: a cell that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP
advises (https://owasp.org/www-community/attacks/CSV_Injection). Numbers are left alone. Control characters become
visible: a NUL ends a file for some readers, and a right-to-left override makes a cell read as something else.
"""

from __future__ import annotations

import re
from numbers import Real
from typing import Any

import pandas as pd

# What starts a formula, in its full-width forms too, also behind blanks that an import may strip, and behind
# a semicolon or tab, which starts a cell where the local list separator is one.
FORMULA = re.compile(r"(?:\A[ \u00a0\n\u061c\u200e\u200f\ufeff]*|(?<=[;\t]))(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
# Control characters as their pictures, like :func:`kit.markup.safe`; those without one, and what overrides, embeds or
# isolates the direction of text, as an escape. The marks U+061C, U+200E and U+200F stay: they turn no letter around,
# and Arabic and Hebrew text needs them.
VISIBLE = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
VISIBLE |= {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
VISIBLE |= {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*")


def safe_cell(value: Any) -> Any:
    """A value as a spreadsheet may see it: no formula, no hidden character, nothing for what is missing."""
    if isinstance(value, str):
        shown = value.translate(VISIBLE)
        return shown if NUMBER.fullmatch(shown) else FORMULA.sub(lambda found: found[0] + "'", shown)
    if pd.isna(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, Real):
        return safe_cell(str(value))
    return int(value) if float(value).is_integer() else float(value)
