"""What is to be read: one :class:`Job` per article behind some paths, without its text.

In: paths of articles, folders and ``.jsonl`` lists. Out: jobs in order. A job is some 300 bytes, whatever its article
weighs; the text of a list's line stays in the list until :func:`read_entry` fetches it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from kit.articles import MAX_BYTES, MEDIA_TYPES
from kit.errors import KitError

LIST_SUFFIXES = frozenset({".jsonl", ".ndjson"})
LONGEST_LINE = 6 * MAX_BYTES + 100_000  # bytes of a list's line: JSON may write a character as six
_BOM = b"\xef\xbb\xbf"


class BatchError(KitError):
    """Nothing can start: an unknown path, a folder without articles, a format that is not there."""


@dataclass(frozen=True, slots=True)
class Job:
    """One article to come.

    Attributes:
        id: the ``id`` of its object: its path, or what its list says.
        path: its file, or the list that it is a line of.
        line: where it begins in its list, in bytes; ``None`` for a file.
        published: publication date, where its list says none.
        error: what is wrong with the line of the list.
        stamp: changes when the file or the line does: size and time of the file, a hash of the line.
    """

    id: str
    path: str
    line: int | None = None
    published: date | None = None
    error: str | None = None
    stamp: str = ""


def list_jobs(paths: Iterable[str | Path], published: date | None = None) -> list[Job]:
    """The articles behind these paths, in order; the files of a folder by name, its subfolders included.

    Raises:
        BatchError: a path that does not exist, or a folder without articles.
    """
    jobs: list[Job] = []
    for path in map(Path, paths):
        if path.is_dir():
            files = [file for file in sorted(path.rglob("*")) if _is_article(file, path)]
            if not files:
                raise BatchError(f"{path} holds no articles ({', '.join(sorted(MEDIA_TYPES))})")
            jobs += [_file_job(file, published) for file in files]
        elif not path.exists():
            raise BatchError(f"{path}: no such file or folder")
        elif path.suffix.lower() in LIST_SUFFIXES:
            jobs += _read_list(path, published)
        else:
            jobs.append(_file_job(path, published))
    return jobs


def read_entry(job: Job) -> dict[str, Any]:
    """The line of a list that a job is: its text, and what the list says about it.

    Raises:
        ValueError: the list was changed since its jobs were listed.
    """
    with open(job.path, "rb") as file:
        file.seek(job.line or 0)
        raw = file.readline(LONGEST_LINE)
    if _hash(raw) != job.stamp:
        raise ValueError(f"{job.path} was changed while its articles were read")
    return json.loads(raw.removeprefix(_BOM).decode("utf-8", "replace"))


def _is_article(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return not hidden and file.suffix.lower() in MEDIA_TYPES and file.is_file()


def _file_job(file: Path, published: date | None) -> Job:
    try:
        state = file.stat()
        stamp = f"{state.st_size}:{state.st_mtime_ns}"
    except OSError:  # gone since it was listed: reading it says so
        stamp = ""
    return Job(file.as_posix(), str(file), published=published, stamp=stamp)


def _read_list(path: Path, published: date | None) -> Iterator[Job]:
    """The articles of a ``.jsonl`` list: ``{"id": …, "text": …, "published": …}`` a line."""
    with path.open("rb") as file:
        for number, start, raw in _lines(file):
            text = raw.removeprefix(_BOM).decode("utf-8", "replace")
            if not text.strip():
                continue
            where, error = f"{path.as_posix()}:{number}", None
            try:
                entry = json.loads(text)
                if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
                    error = f'line {number} is not an object with a "text"'
                elif entry.get("id") is not None:
                    where = str(entry["id"])
            except (ValueError, RecursionError) as wrong:
                too_long = len(raw) == LONGEST_LINE and not raw.endswith(b"\n")
                reason = f"longer than {LONGEST_LINE:,} bytes" if too_long else f"not JSON: {wrong}"
                error = f"line {number} is {reason}"
            yield Job(where, str(path), start, published, error, _hash(raw))


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Number, offset and bytes of each line, at most ``LONGEST_LINE`` of them."""
    number = 0
    while True:
        start = file.tell()
        raw = file.readline(LONGEST_LINE)
        if not raw:
            return
        number += 1
        yield number, start, raw
        while raw and not raw.endswith(b"\n"):  # pass over the rest of a line that is too long
            raw = file.readline(LONGEST_LINE)


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]
