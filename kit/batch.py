"""Many articles to JSON lines or tables: the work behind ``kit extract``.

In: paths of articles, folders and ``.jsonl`` lists. Out: one JSON object per article in input order, as the
contract of ``kit extract`` has it. A bad article becomes an object with ``error``; it never stops the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kit.articles import MEDIA_TYPES, ArticleError, read_article
from kit.contract import analysis_to_json
from kit.errors import KitError

ARTICLE_SUFFIXES = frozenset(MEDIA_TYPES) | {".html", ".htm"}
LIST_SUFFIXES = frozenset({".jsonl", ".ndjson"})
RECORD_KINDS = ("segments", "voices", "claims", "sources", "quantities", "dates")


class BatchError(KitError):
    """Nothing can start: an unknown path, a folder without articles, a format that is not there."""


@dataclass(frozen=True)
class Job:
    """One article to come: its id, and where it stands. ``error`` is set where the list itself is wrong there."""

    id: str
    source: bytes | Path
    published: date | str | None = None
    error: str | None = None


def list_jobs(paths: Iterable[str | Path], published: date | str | None = None) -> list[Job]:
    """The articles behind these paths, in order; the files of a folder by name, its subfolders included.

    Raises:
        BatchError: a path that does not exist, or a folder without articles.
    """
    jobs: list[Job] = []
    for path in map(Path, paths):
        if path.is_dir():
            files = [file for file in sorted(path.rglob("*")) if _is_article(file, path)]
            if not files:
                raise BatchError(f"{path} holds no articles ({', '.join(sorted(ARTICLE_SUFFIXES))})")
            jobs += [Job(file.as_posix(), file, published) for file in files]
        elif not path.exists():
            raise BatchError(f"{path}: no such file or folder")
        elif path.suffix.lower() in LIST_SUFFIXES:
            jobs += _read_list(path, published)
        else:
            jobs.append(Job(path.as_posix(), path, published))
    return jobs


def extract(jobs: Iterable[Job]) -> Iterator[dict[str, Any]]:
    """One object of the contract per job, in order."""
    from kit.analysis import analyse  # spaCy takes a second to import; a wrong path should not wait for it

    for job in jobs:
        if job.error:
            yield _error(job.id, "input", job.error)
            continue
        try:
            article = read_article(job.source, published=job.published)
            yield analysis_to_json(analyse(article), id=job.id)
        except ArticleError as error:
            yield _error(job.id, error.kind, str(error))
        except Exception as error:  # one article that breaks an extractor must not stop a thousand others
            yield _error(job.id, "internal", f"{type(error).__name__}: {error}")


def write_tables(results: Iterable[dict[str, Any]], folder: str | Path, format: str) -> list[Path]:
    """Write one table per kind of record, and one of the articles; each row carries its article's ``id``.

    Nested fields become columns with dotted names (``source.text``), lists stay JSON.

    Raises:
        BatchError: Parquet is asked for and ``pyarrow`` is not installed.
    """
    import pandas as pd

    from kit.exports import write_csv

    if format == "parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise BatchError(
                "Parquet needs pyarrow: pip install 'analyst-notebook-kit[parquet]', or --format csv"
            ) from None
    rows: dict[str, list[dict[str, Any]]] = {"articles": [], **{kind: [] for kind in RECORD_KINDS}}
    for result in results:
        rows["articles"].append(_flat({key: value for key, value in result.items() if key not in RECORD_KINDS}))
        for kind in RECORD_KINDS:
            rows[kind] += [{"article": result["id"], **_flat(record)} for record in result.get(kind, ())]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, records in rows.items():
        path = folder / f"{kind}.{format}"
        frame = pd.DataFrame(records)
        frame.to_parquet(path, index=False) if format == "parquet" else write_csv(frame, path)
        written.append(path)
    return written


def _is_article(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return not hidden and file.suffix.lower() in ARTICLE_SUFFIXES and file.is_file()


def _read_list(path: Path, published: date | str | None) -> Iterator[Job]:
    """The articles of a ``.jsonl`` list: ``{"id": …, "text": …, "published": …}`` a line."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            where = f"{path.as_posix()}:{number}"
            try:
                entry = json.loads(line)
            except ValueError as error:
                yield Job(where, b"", error=f"line {number} is not JSON: {error}")
                continue
            if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
                yield Job(where, b"", error=f'line {number} is not an object with a "text"')
                continue
            yield Job(
                where if entry.get("id") is None else str(entry["id"]),
                entry["text"].encode("utf-8", "replace"),
                entry.get("published") or published,
            )


def _error(id: str, kind: str, message: str) -> dict[str, Any]:
    return {"id": id, "error": {"kind": kind, "message": message}}


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
    return flat
