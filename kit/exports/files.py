"""Files written whole or not at all, and JSON with the same bytes each time."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file at once: a reader sees the old one or the new one. Its folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)
    return path


def json_bytes(value: Any, *, indent: int | None = None) -> bytes:
    """JSON in UTF-8 that cannot end the script element of a page that it is pasted into: "<" is an escape.

    Half a surrogate pair has no UTF-8 form and becomes the escape that JSON has for it.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False).replace("<", "\\u003c")
    return text.encode("utf-8", "backslashreplace")
