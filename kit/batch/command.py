"""``kit extract``: what its options mean, the progress bar, the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from tqdm import tqdm

from kit.articles import read_date
from kit.batch.jobs import BatchError, list_jobs
from kit.batch.parts import Outcome, extract_into
from kit.batch.reading import Result, extract

FEW = 3  # articles: a bar for fewer is noise


def run(
    paths: Sequence[str], *, published: str | None, format: str | None, out: Path | None, processes: int = 1
) -> int:
    """Print or write the reading of every article; returns the exit code, 1 where an article failed.

    Raises:
        BatchError: nothing can start.
        ArticleError: ``published`` is no date.
    """
    format = format or ("csv" if out else "jsonl")
    if processes < 1:
        raise BatchError("--jobs takes a number from 1 on")
    if out is None and format in ("csv", "parquet"):
        raise BatchError(f"--format {format} needs --out DIR: it is one file per kind of record")
    if out is not None and format == "json":
        raise BatchError("--format json goes to standard output; with --out DIR use jsonl, csv or parquet")
    if out is not None and out.exists() and not out.is_dir():
        raise BatchError(f"{out} is a file: name a folder with --out")
    jobs = list_jobs(paths, read_date(published))
    with _Progress(len(jobs)) as progress:
        if out is None:
            with closing(extract(jobs, processes=processes)) as results:
                _print_json((progress.line_of(result) for result in results), as_array=format == "json")
            return 1 if progress.failed else 0
        outcome = extract_into(out, jobs, format=format, processes=processes, progress=progress)
    sys.stderr.write(_summary(outcome) + "\n")
    sys.stdout.write("".join(f"{path}\n" for path in outcome.files))
    return 1 if outcome.failed else 0


class _Progress:
    """A bar on standard error, where somebody is looking and there is something to wait for."""

    def __init__(self, total: int) -> None:
        self.failed = 0
        hidden = total < FEW or not sys.stderr.isatty()
        self.bar = tqdm(total=total, unit=" articles", file=sys.stderr, disable=hidden, dynamic_ncols=True)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.close()

    def __call__(self, articles: int, failed: bool) -> None:
        """Count articles: one that was read now, or all that an earlier run has read."""
        if failed:
            self.failed += 1
            self.bar.set_postfix(failed=self.failed, refresh=False)
        if articles != 1:
            self.bar.initial = articles  # or the time that is left would be reckoned from what took none
        self.bar.update(articles)

    def line_of(self, result: Result) -> str:
        """A result's line, counted."""
        self(1, result.error is not None)
        return result.line


def _print_json(lines: Iterable[str], *, as_array: bool) -> None:
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    before, between, after = ("[", ",\n", "]\n") if as_array else ("", "\n", "\n")
    first = True
    for line in lines:
        sys.stdout.write((before if first else between) + line)
        sys.stdout.flush()
        first = False
    sys.stdout.write(before + after if first and as_array else "" if first else after)


def _summary(outcome: Outcome) -> str:
    earlier = f" ({outcome.skipped:,} of them done by an earlier run)" if outcome.skipped else ""
    failed = f", {outcome.failed:,} failed: see {outcome.files[0]}" if outcome.failed else ""
    return f"{outcome.articles:,} articles{earlier}: {outcome.articles - outcome.failed:,} read{failed}"
