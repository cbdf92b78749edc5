"""The ``kit`` command: ``kit lab``, ``kit report``, ``kit extract``, ``kit new``.

Parsing and messages only; the work is done by the modules. Exit code 2 with one line on standard error where
the command cannot start, 1 where the work failed in part.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import kit
from kit.errors import KitError, WorkFailed

DESCRIPTION = """\
Read a news article: who says what, on whose authority, and which figures are reported by whom.

  kit lab                            open the notebooks on the sample case
  kit lab article.txt                make a case of an article and open the notebooks on it
  kit report article.txt --published 2023-06-05
                                     run the notebooks headless; leaves report.html, which needs no network
  kit extract article.txt            the machine's reading as JSON
"""
PUBLISHED_HELP = 'publication date, YYYY-MM-DD; without it relative dates ("yesterday") stay open'


class CommandError(KitError):
    """What the user typed cannot be done; the message says what to do instead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    for stream in (
        sys.stdout,
        sys.stderr,
    ):  # a title or a path must not stop the work on a terminal of another encoding
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    cut = arguments.index("--") if arguments[:1] == ["lab"] and "--" in arguments else len(arguments)
    options = build_parser().parse_args(arguments[:cut])
    options.jupyter = arguments[cut + 1 :]
    try:
        return options.run(options)
    except BrokenPipeError:  # `kit extract … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except (KitError, OSError) as error:
        print(f"kit {options.command}: {error}", file=sys.stderr)
        return 1 if isinstance(error, WorkFailed) else 2


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="kit", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"kit {kit.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    lab = commands.add_parser(
        "lab",
        help="open JupyterLab on the first notebook",
        description=(
            "Open JupyterLab on the first notebook. Out of an installed wheel the notebooks are copied into the "
            "current folder first; files that are already there are left alone. What follows -- goes to JupyterLab: "
            "kit lab -- --allow-root"
        ),
    )
    _add_target(lab)
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    lab.add_argument("--port", type=int, help="port of the server (default: a free one from 8888)")
    lab.set_defaults(run=run_lab)

    report = commands.add_parser(
        "report",
        help="run the notebooks headless and write a report",
        description=(
            "Run the four notebooks through nbconvert without opening them. DIR then holds report.html (one page, "
            "no network), the executed notebooks, the tables as CSV, and the case of the article."
        ),
    )
    _add_target(report)
    report.add_argument("--out", type=Path, metavar="DIR", help="where to write (default: report-NAME)")
    report.set_defaults(run=run_report)

    extract = commands.add_parser(
        "extract",
        help="the machine's reading as JSON lines or tables",
        description=(
            "Read articles and print one JSON object per article, in input order. A bad article becomes an object "
            "with an error and never stops the others. Exit code 0; 1 where an article failed; 2 where nothing "
            "could start."
        ),
    )
    extract.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=('an article, a folder, or a .jsonl with {"id": …, "text": …, "published": …} a line'),
    )
    extract.add_argument("--published", metavar="D", help=PUBLISHED_HELP)
    extract.add_argument(
        "--format",
        choices=("jsonl", "json", "csv", "parquet"),
        help=("jsonl: an object a line (default); json: one array; with --out: csv (default) or parquet"),
    )
    extract.add_argument("--out", type=Path, metavar="DIR", help="write one table per kind of record into DIR")
    extract.set_defaults(run=run_extract)

    new = commands.add_parser(
        "new",
        help="make a case from an article",
        description=(
            "Make a case folder: the original bytes, case.toml, and the machine's reading. A bare name goes where "
            "cases live (notebooks/cases in a checkout, else cases), a path is taken as it is."
        ),
    )
    new.add_argument("case", metavar="CASE", help="a name or a path")
    new.add_argument("article", metavar="ARTICLE", type=Path, help="a .txt or .md file")
    _add_facts(new)
    new.set_defaults(run=run_new)
    return parser


def run_lab(options: argparse.Namespace) -> int:
    """Open JupyterLab on the first notebook, on the case that was asked for."""
    from kit.workspace import NOTEBOOKS, cases_folder, working_notebooks

    notebooks = working_notebooks()
    environment = dict(os.environ)
    if options.target is None:
        case = _own_sample(cases_folder() / "my-sample", options)
    else:
        case = _open_or_create(options, cases_folder() / _stem(options.target))
    environment["KIT_CASE"] = str(case.folder.resolve())
    print(f"case: {case.folder}", file=sys.stderr)
    print(f"notebooks: {notebooks}", file=sys.stderr)
    command = [sys.executable, "-m", "jupyterlab", str(notebooks / f"{NOTEBOOKS[0]}.ipynb")]
    command += ["--no-browser"] if options.no_browser else []
    command += [f"--ServerApp.port={options.port}"] if options.port else []
    command += options.jupyter
    if os.name == "posix":  # become JupyterLab, so that signals reach it and no server is left behind
        sys.stderr.flush()
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def run_report(options: argparse.Namespace) -> int:
    """Run the notebooks headless and say where the page is."""
    from kit.report import print_progress, write_report
    from kit.workspace import SAMPLE, sample_case

    target = options.target or sample_case()
    out = options.out or Path(f"report-{SAMPLE if options.target is None else _stem(target)}")
    if out.exists() and not out.is_dir():
        raise CommandError(f"{out} is a file: name a folder with --out")
    if (out / "case.toml").exists():
        raise CommandError(f"{out} is a case: name another folder with --out")
    if target.is_file() and out.resolve() in target.resolve().parents:
        raise CommandError(f"{target} lies inside {out} and could be overwritten: name another folder with --out")
    options.target = target
    case = _open_or_create(options, out / "case")
    print_progress(f"reading    {case.article.title or case.name}")
    report = write_report(case, out, progress=print_progress)
    print(report.page)
    return 0


def run_extract(options: argparse.Namespace) -> int:
    """Print or write the reading of every article."""
    from kit.articles import read_date
    from kit.batch import extract, list_jobs, write_tables

    format = options.format or ("csv" if options.out else "jsonl")
    if (options.out is not None) != (format in ("csv", "parquet")):
        raise CommandError("--out DIR goes with --format csv or parquet; JSON is written to standard output")
    if options.out is not None and options.out.exists() and not options.out.is_dir():
        raise CommandError(f"{options.out} is a file: name a folder with --out")
    jobs = list_jobs(options.paths, read_date(options.published))
    failed = 0

    def results():
        nonlocal failed
        for result in _with_progress(extract(jobs), len(jobs)):
            failed += "error" in result
            yield result

    if options.out is not None:
        for path in write_tables(results(), options.out, format):
            print(path)
    else:
        _print_json(results(), as_array=format == "json")
    return 1 if failed else 0


def run_new(options: argparse.Namespace) -> int:
    """Make a case and say where it is."""
    from kit.cases import create_case
    from kit.workspace import cases_folder

    if not options.case.strip():
        raise CommandError("a case needs a name")
    bare = Path(options.case).name == options.case
    folder = cases_folder() / options.case if bare else Path(options.case)
    case = create_case(folder, options.article, **_facts(options))
    print(case.folder)
    return 0


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target",
        nargs="?",
        type=Path,
        metavar="ARTICLE|CASE",
        help=("a .txt or .md file, a case folder, or the name of a case (default: the sample case)"),
    )
    _add_facts(parser)


def _add_facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--published", metavar="D", help=PUBLISHED_HELP)
    parser.add_argument("--title", metavar="T", help="title, where the text has no headline")
    parser.add_argument("--outlet", metavar="O", help="who published the article")
    parser.add_argument("--url", metavar="U", help="where it was published; it is noted, not fetched")


def _facts(options: argparse.Namespace) -> dict[str, str | None]:
    return {name: getattr(options, name) for name in ("published", "title", "outlet", "url")}


def _open_or_create(options: argparse.Namespace, folder: Path):
    """The case that the target is or names, or a new one of the article that it is."""
    from kit.cases import create_case, open_case
    from kit.workspace import cases_folder

    target: Path = options.target
    named = cases_folder() / target
    existing = target if target.is_dir() else named if not target.exists() and named.is_dir() else None
    if existing is not None:
        _refuse_facts(options, existing)
        return open_case(existing)
    if not target.exists():
        raise CommandError(f"{target}: no such article or case")
    return create_case(folder, target, **_facts(options))


def _own_sample(folder: Path, options: argparse.Namespace):
    """The user's own copy of the sample case: trying things out changes nothing that came with the kit."""
    from kit.cases import open_case
    from kit.workspace import sample_case

    _refuse_facts(options, folder)
    if not folder.exists():
        shutil.copytree(sample_case(), folder, ignore=shutil.ignore_patterns("*.lock"))
    return open_case(folder)


def _refuse_facts(options: argparse.Namespace, case: Path) -> None:
    given = [f"--{name}" for name, value in _facts(options).items() if value]
    if given:
        raise CommandError(f"{' and '.join(given)}: {case} has its own case.toml, change it there")


def _stem(target: Path) -> str:
    return target.resolve().stem if target.is_file() else target.resolve().name


def _with_progress(results, total: int):
    """A progress bar on standard error, where somebody is looking and there is something to wait for."""
    if total < 3 or not sys.stderr.isatty():
        return results
    from tqdm import tqdm

    return tqdm(results, total=total, unit="article", file=sys.stderr)


def _print_json(results, *, as_array: bool) -> None:
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    before, between, after = ("[", ",\n", "]\n") if as_array else ("", "\n", "\n")
    first = True
    for result in results:
        sys.stdout.write((before if first else between) + json.dumps(result, ensure_ascii=False))
        sys.stdout.flush()
        first = False
    sys.stdout.write(before + after if first and as_array else "" if first else after)


if __name__ == "__main__":
    sys.exit(main())
