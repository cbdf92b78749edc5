"""Names for new cases: short, readable, and folder names on every system."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from pathlib import Path

from kit.cases.manifest import CaseError

_LENGTH = 40
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)  # devices on Windows
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def suggested_name(title: str | None, folder: Path) -> str:
    """A name made of a title's words that no case in the folder has yet."""
    plain = unicodedata.normalize("NFKC", title or "")[:500].casefold()
    words = re.findall(r"\w+", re.sub("['’]", "", plain))
    name = ""
    for word in words:
        if len(f"{name}-{word}") > _LENGTH and name:
            break
        name = f"{name}-{word}".strip("-_")[:_LENGTH]
    name = name if name and not _RESERVED.fullmatch(name) else "article"
    names = (name if n == 1 else f"{name}-{n}" for n in count(1))
    return next(one for one in names if not (folder / one).exists())


def checked_name(name: str) -> str:
    """A name that can be a folder's on every system.

    Raises:
        CaseError: it cannot; the message says why.
    """
    name = name.strip()
    if not name:
        raise CaseError("a case needs a name")
    if _FORBIDDEN.search(name) or name.startswith(".") or name.endswith("."):
        raise CaseError(f"{name!r} cannot be the name of a case: take letters, digits, hyphens and spaces")
    if len(name.encode("utf-8", "replace")) > 200 or _RESERVED.fullmatch(name):
        raise CaseError(f"{name[:40]!r} cannot be the name of a case: take a shorter or another one")
    return name
