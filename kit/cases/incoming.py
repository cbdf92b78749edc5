"""A case in two steps, for a person at a form: first read what was handed in and show it, then make the case of it.

In: an uploaded file, pasted text, a path or an address. Out: :class:`Incoming`, which holds the bytes as they were read
once, so that the case is made of what was shown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kit.articles import ArticleError, Fetched, fetch, read_original
from kit.cases.case import Case
from kit.cases.creating import Source, create_case, open_case, take
from kit.cases.manifest import CASE_FILE, CaseError
from kit.cases.naming import checked_name, suggested_name
from kit.records import Article

_ADDRESS = re.compile(r"https?://", re.I)


@dataclass(frozen=True)
class Incoming:
    """An article that was read and is no case yet; ``name`` is a name for it that is free in ``folder``."""

    article: Article
    name: str
    folder: Path
    source: Source
    file_name: str | None

    def make(
        self, name: str, *, published: date | None = None, title: str | None = None, outlet: str | None = None
    ) -> Case:
        """The case of the article, under a name in the folder.

        Raises:
            CaseError: the name cannot be a folder's, or the folder holds something else.
        """
        facts = {"published": published, "title": title or None, "outlet": outlet or None}
        return create_case(self.folder / checked_name(name), self.source, file_name=self.file_name, **facts)


def incoming(
    given: str | bytes,
    *,
    file_name: str | None = None,
    folder: str | Path = "cases",
    progress: Callable[[str], None] | None = None,
) -> Incoming:
    """Read what was handed in.

    Args:
        given: bytes of an uploaded file or a pasted text, or the path of a file or an address as a string. The page at
            an address is fetched now, and never from this computer or a private network.
        file_name: the name that bytes had as a file.
        folder: where the case will be made.
        progress: called with a line of text while a page is fetched.

    Raises:
        ArticleError: it cannot be found or fetched, or is no article.
    """
    source: bytes | Fetched = given if isinstance(given, bytes) else b""
    if isinstance(given, str):
        words = given.strip().strip("\"'")  # as a file manager copies a path
        if not words:
            raise ArticleError("empty", "nothing was given: name a file or an address")
        if _ADDRESS.match(words):
            source = fetch(words, progress=progress)
        else:
            path = Path(words).expanduser()
            source, file_name = read_original(path), path.name
    taken = take(source, file_name)
    folder = Path(folder)
    name = _same_case(folder, taken.article.sha256) or suggested_name(taken.article.title, folder)
    return Incoming(taken.article, name, folder, source, file_name)


def use_case(case: Case) -> None:
    """Make a case the one that notebooks open from now on in this kernel: ``KIT_CASE`` names it."""
    os.environ["KIT_CASE"] = case.folder.as_posix()


def _same_case(folder: Path, sha256: str) -> str | None:
    """The name of the case in this folder that holds the same bytes already."""
    for path in sorted(folder.glob(f"*/{CASE_FILE}")):
        try:
            if open_case(path.parent).info["sha256"] == sha256:
                return path.parent.name
        except CaseError:  # not for a newcomer to mend
            continue
    return None
