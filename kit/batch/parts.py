"""Results in a folder, so that an interrupted run goes on where it stopped.

In: jobs and a folder. Out: ``articles.jsonl`` or tables in it. What is read goes first into ``parts/``: one file per
``ARTICLES`` jobs, written whole or not at all, and named after everything that decides what is in it: the jobs, the
state of their files and the kit's rules. A part that is there is done, whoever wrote it; what was changed, added or
moved gives another name and is read anew. The results are put together from the parts, so they are the same bytes
however often a run was interrupted. The parts stay: the next run over a folder that has grown reads what is new.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

import kit
from kit.batch.jobs import BatchError, Job
from kit.batch.reading import extract
from kit.batch.tables import write_tables

ARTICLES = 25  # of a part: what a killed run has to read again, besides those that waited for a slow one
FOLDER, LOCK = "parts", ".lock"
RETRIED = frozenset({"crashed", "timeout", "unreadable"})  # errors that may be gone in the next run

Format = Literal["jsonl", "csv", "parquet"]


@dataclass(frozen=True)
class Part:
    """Some jobs that follow each other, and the file that holds their results when they are done."""

    path: Path
    jobs: Sequence[Job]


@dataclass(frozen=True)
class Outcome:
    """What a run left: the files, and how many articles there are, were read by an earlier run, and have an error."""

    files: list[Path]
    articles: int
    skipped: int
    failed: int


def extract_into(
    folder: str | Path,
    jobs: Sequence[Job],
    *,
    format: Format = "csv",
    processes: int = 1,
    seconds: float = 900,
    progress: Callable[[int, bool], None] = lambda articles, failed: None,
) -> Outcome:
    """Read what is not read yet, and write all results into a folder.

    Args:
        folder: made if needed; ``parts`` in it holds what is done.
        jobs: from :func:`kit.batch.jobs.list_jobs`.
        format: ``jsonl`` for ``articles.jsonl``, ``csv`` or ``parquet`` for one table per kind of record.
        processes: how many articles are read at the same time.
        seconds: an article that takes longer gets an error.
        progress: gets a number of articles that are done, and whether they failed.

    Raises:
        BatchError: another run works in this folder, or Parquet needs ``pyarrow``.
        ProcessError: no process can be started.
    """
    folder = Path(folder)
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / FOLDER / LOCK, timeout=0):
            return _extract_into(folder, jobs, format, processes, seconds, progress)
    except Timeout:
        raise BatchError(f"another run works in {folder}: wait for it, or name another folder") from None


def _extract_into(
    folder: Path,
    jobs: Sequence[Job],
    format: Format,
    processes: int,
    seconds: float,
    progress: Callable[[int, bool], None],
) -> Outcome:
    parts = plan_parts(jobs, folder / FOLDER)
    missing = [part for part in parts if not part.path.exists()]
    skipped = len(jobs) - sum(len(part.jobs) for part in missing)
    progress(skipped, False)
    wanted = chain.from_iterable(part.jobs for part in missing)
    with closing(extract(wanted, processes=processes, seconds=seconds)) as results:
        for part in missing:
            lines = []
            for result in islice(results, len(part.jobs)):
                lines.append(result.line)
                progress(1, result.error is not None)
            write_part(part.path, lines)
    _remove_others(folder / FOLDER, parts)
    tally = _Tally()
    files = _put_together(tally.through(parts), folder, format)
    for path in tally.retried:  # put together for now, to be read again by the next run
        path.unlink()
    return Outcome(files, len(jobs), skipped, tally.failed)


def plan_parts(jobs: Sequence[Job], folder: Path) -> list[Part]:
    """The parts that these jobs make, and the file of each."""
    from kit.analysis import rules_sha256  # imports spaCy

    rules = json.dumps([kit.__version__, rules_sha256()])
    parts = []
    for start in range(0, len(jobs), ARTICLES):
        some = jobs[start : start + ARTICLES]
        digest = hashlib.sha256(rules.encode())
        for job in some:
            known = (job.id, job.stamp, job.error, str(job.published))
            digest.update(json.dumps(known).encode())
        parts.append(Part(folder / f"{start // ARTICLES:06d}-{digest.hexdigest()[:16]}.jsonl.gz", some))
    return parts


def write_part(path: Path, lines: Sequence[str]) -> None:
    """Write a part whole or not at all, also when the power fails."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            packed.writelines(f"{line}\n".encode("utf-8", "backslashreplace") for line in lines)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


class _Tally:
    """What goes by on the way from the parts to the files."""

    def __init__(self) -> None:
        self.failed = 0
        self.retried: set[Path] = set()

    def through(self, parts: Sequence[Part]) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Each result as its line and as an object."""
        for part in parts:
            with gzip.open(part.path) as file:
                for line in file:
                    result = json.loads(line)
                    if "error" in result:
                        self.failed += 1
                        if result["error"]["kind"] in RETRIED:
                            self.retried.add(part.path)
                    yield line, result


def _put_together(results: Iterator[tuple[bytes, dict[str, Any]]], folder: Path, format: Format) -> list[Path]:
    if format != "jsonl":
        return write_tables((result for _, result in results), folder, format)
    path, partial = folder / "articles.jsonl", folder / ".articles.jsonl.part"
    with partial.open("wb") as file:
        file.writelines(line for line, _ in results)
    return [partial.replace(path)]


def _remove_others(folder: Path, parts: Sequence[Part]) -> None:
    """Remove parts of files that have changed since, and what a killed run left half written."""
    kept = {part.path.name for part in parts} | {LOCK}
    for path in folder.iterdir():
        if path.name not in kept and path.name.endswith((".jsonl.gz", ".partial")):
            path.unlink(missing_ok=True)
