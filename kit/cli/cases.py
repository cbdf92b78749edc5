"""``kit extract`` over many articles, and what works on a case: ``new``, ``add``, ``verify``, ``export``, ``chart``.

In: options as parsed. Out: exit codes. Names of cases become folders here; the work is done elsewhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kit.cli.errors import CommandError


def run_extract(options: argparse.Namespace) -> int:
    """Print or write the reading of every article."""
    from kit.batch.command import run

    return run(
        options.paths, published=options.published, format=options.format, out=options.out, processes=options.jobs
    )


def run_new(options: argparse.Namespace) -> int:
    """Make a case and say where it is."""
    from kit.cases.command import new

    folder = _new_folder(options.case)
    return new(folder, options.article, facts_of(options), allow_private=options.allow_private, say=say)


def run_add(options: argparse.Namespace) -> int:
    """Add a newer version of its article to a case and say what changed."""
    from kit.cases.command import add
    from kit.tables import versions_table

    return add(
        _old_folder(options.case),
        options.article,
        facts_of(options),
        allow_private=options.allow_private,
        say=say,
        compare=lambda before, after: versions_table(before, after).to_dict("records"),
    )


def run_verify(options: argparse.Namespace) -> int:
    """Check cases and list what was found."""
    from kit.cases.command import verify
    from kit.workspace import cases_folder

    return verify([_old_folder(name) for name in options.cases] or [cases_folder()])


def run_export(options: argparse.Namespace) -> int:
    """Write a case in one format and say what did not fit."""
    from kit.exports.command import run

    return run(options.case, options.format, options.out, use_pseudonyms=options.pseudonyms, force=options.force)


def run_chart(options: argparse.Namespace) -> int:
    """Draw one chart of a case into a file."""
    from kit.charting import run

    return run(options.case, options.view or {"chart": options.chart}, options.out, force=options.force)


def facts_of(options: argparse.Namespace) -> dict[str, str | None]:
    """What was said about the article."""
    return {name: getattr(options, name) for name in ("published", "title", "outlet", "url")}


def say(line: str) -> None:
    """A line of progress on standard error."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _new_folder(name: str) -> Path:
    """Where a case will be: a bare name goes where cases live."""
    from kit.workspace import cases_folder

    if not name.strip():
        raise CommandError("a case needs a name")
    return cases_folder() / name if Path(name).name == name else Path(name)


def _old_folder(name: str) -> Path:
    """Where a case is: at this path, else where cases live."""
    return Path(name) if name.strip() and Path(name).is_dir() else _new_folder(name)
