"""What a process does with one job: read the article, analyse it, write it as a line of JSON.

In: a :class:`~kit.batch.jobs.Job`. Out: a :class:`Result`, whatever goes wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from kit.articles import ArticleError, read_article
from kit.batch.jobs import Job, read_entry
from kit.batch.processes import Lost, run_in_processes
from kit.contract import analysis_to_json
from kit.records import Article

_FACTS = ("title", "outlet", "url")  # what a list may say about an article besides its date


class Result(NamedTuple):
    """One article's object of the contract as a line of JSON without line end, and its error's kind if it has one."""

    line: str
    error: str | None


def extract(jobs: Iterable[Job], *, processes: int = 1, seconds: float = 900) -> Iterator[Result]:
    """One result per job, in order; see :func:`kit.batch.processes.run_in_processes`.

    An article whose process dies twice, or that takes more than ``seconds``, gets an error like any other.

    Raises:
        ProcessError: no process can be started.
    """
    waiting: dict[int, str] = {}

    def noted() -> Iterator[Job]:
        for index, job in enumerate(jobs):
            waiting[index] = job.id
            yield job

    with closing(run_in_processes(noted(), make_reader, processes=processes, seconds=seconds)) as results:
        for index, result in enumerate(results):
            id = waiting.pop(index)
            yield _failure(id, result.kind, result.message) if isinstance(result, Lost) else result


def make_reader() -> Callable[[Job], Result]:
    """Load the pipeline, and return what reads a job with it."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # as many processes as were asked for, and no threads
        os.environ.setdefault(name, "1")
    from kit.analysis import analyse  # spaCy takes seconds to import: here, not in the command
    from kit.pipeline import load_pipeline

    nlp = load_pipeline()

    def read(job: Job) -> Result:
        if job.error:
            return _failure(job.id, "input", job.error)
        try:
            article = read_job(job)
            with nlp.memory_zone():  # words of this article are forgotten after it
                return Result(_line(analysis_to_json(analyse(article, nlp), id=job.id)), None)
        except ArticleError as error:
            return _failure(job.id, error.kind, str(error))
        except Exception as error:  # one article that breaks an extractor must not stop a thousand others
            return _failure(job.id, "internal", f"{type(error).__name__}: {error}")

    return read


def read_job(job: Job) -> Article:
    """The article of a job.

    Raises:
        ArticleError: there is none, or the list was changed.
    """
    if job.line is None:
        return read_article(Path(job.path), published=job.published)
    try:
        entry = read_entry(job)
    except OSError as error:
        raise ArticleError("unreadable", f"{job.path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ArticleError("changed", str(error)) from error
    facts = {name: entry[name] for name in _FACTS if isinstance(entry.get(name), str)}
    text = entry["text"].encode("utf-8", "replace")  # bytes, since a short text could be taken for a file's name
    return read_article(text, published=entry.get("published") or job.published, encoding="utf-8", **facts)


def _failure(id: str, kind: str, message: str) -> Result:
    return Result(_line({"id": id, "error": {"kind": kind, "message": message}}), kind)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
