"""What ``kit new``, ``kit add`` and ``kit verify`` do and print.

In: what was typed, with names of cases turned into folders. Out: exit codes; what a script goes on with is printed on
standard output, what a person reads beside it goes to ``say``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from kit.articles import Fetched, fetch
from kit.cases.case import Case
from kit.cases.creating import add_version, create_case, open_case
from kit.cases.manifest import CASE_FILE, CaseError
from kit.cases.verifying import Check, checks
from kit.decisions import Effective
from kit.errors import KitError

Say = Callable[[str], None]
Change = dict[str, Any]  # a row of the table of versions


def new(folder: Path, article: str, facts: dict[str, Any], *, allow_private: bool, say: Say) -> int:
    """Make a case and print where it is."""
    case = create_case(folder, _source(article, allow_private, say), **facts)
    _warn(case, say)
    _put(case.folder)
    return 0


def add(
    folder: Path,
    article: str,
    facts: dict[str, Any],
    *,
    allow_private: bool,
    say: Say,
    compare: Callable[[Effective, Effective], Iterable[Change]],
) -> int:
    """Add a newer version to a case, say what changed and which decisions to look at again, print where the case is."""
    before = open_case(folder)
    old = before.view()
    case = add_version(folder, _source(article, allow_private, say), **facts)
    if case.version == before.version:
        say(f"the same bytes as version {before.version}: nothing to add")
    else:
        say(f"version {case.version} of {case.name}: {case.path('file').name}, SHA-256 {case.article.sha256}")
        _warn(case, say)
        view = case.view()
        _say_changes(list(compare(old, view)), say)
        _say_strays(view, say)
    _put(case.folder)
    return 0


def verify(folders: Sequence[Path]) -> int:
    """Check cases and print what was found; 1 where anything is wrong.

    Raises:
        CaseError: a folder is no case and holds none.
    """
    wrong = 0
    found = [case for folder in folders for case in cases_in(folder)]
    for folder in dict.fromkeys(found):
        try:
            results = checks(open_case(folder))
        except (KitError, OSError) as error:
            results = [Check(CASE_FILE, str(error), True)]
        problems = sum(check.problem for check in results)
        wrong += bool(problems)
        _put(f"{folder}: {'whole' if not problems else f'{problems} problem' + 's' * (problems > 1)}")
        width = max(len(check.file) for check in results)
        for check in results:
            mark = "WRONG" if check.problem else "note" if check.note else "ok"
            _put(f"  {mark:<5}  {check.file:<{width}}  {check.message}")
    if len(found) > 1:
        _put(f"{len(found)} cases, {wrong or 'none'} with problems")
    return 1 if wrong else 0


def cases_in(folder: Path) -> list[Path]:
    """The folder itself where it is a case, else every case in it, by name.

    Raises:
        CaseError: there is none.
    """
    if (folder / CASE_FILE).is_file():
        return [folder]
    if not folder.is_dir():
        raise CaseError(f"{folder}: no such case or folder of cases")
    found = sorted(path.parent for path in folder.rglob(CASE_FILE))
    if not found:
        raise CaseError(f"{folder} is no case and holds none: it has no {CASE_FILE}")
    return found


def _put(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _source(article: str, allow_private: bool, say: Say) -> Path | Fetched:
    if re.match(r"https?://", article, re.I):
        return fetch(article, allow_private=allow_private, progress=say)
    return Path(article)


def _warn(case: Case, say: Say) -> None:
    for warning in case.article.warnings:
        say(f"note: {warning}")
    if case.article.published is None:
        say("note: it states no publication date, so relative dates stay open: give --published YYYY-MM-DD")


def _say_changes(changes: list[Change], say: Say) -> None:
    if not changes:
        say("the same claims and figures as before")
    for change in changes:
        noun = "figure" if change["record"] == "quantity" else "statement"
        words = [_short(change[key]) for key in ("before", "after") if isinstance(change[key], str)]
        shown = f"{words[-1]} ({change['what']})" if change["change"] == "reread" else " → ".join(words)
        say(f"  {change['change']:<11}  {noun:<9}  {shown}")


def _say_strays(view: Effective, say: Say) -> None:
    astray = {stray.target for stray in view.strays}
    decided = astray | view.decisions.keys()
    if decided:
        say(f"decisions: {len(decided - astray)} of {len(decided)} stand, {len(astray)} to look at again")
    for stray in view.strays:
        say(f"  {stray.kind:<11}  {stray.message}")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 100 else line[:99].rstrip() + "…"
