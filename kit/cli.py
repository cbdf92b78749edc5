"""The ``kit`` command: ``kit lab``, ``kit report``, ``kit extract``, ``kit new``, ``kit add``, ``kit verify`` and more.

Parsing and messages only; the work is done by the modules. Exit code 2 with one line on standard error where
the command cannot start, 1 where the work failed in part.
"""

from __future__ import annotations

import argparse
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
  kit export sample --format xlsx    a case as people decided it, for other programs
  kit chart sample --chart timeline --out timeline.png
                                     one chart as a picture
"""
PUBLISHED_HELP = 'publication date, YYYY-MM-DD; without it relative dates ("yesterday") stay open'
CHARTS = ("quantities", "by-source", "timeline", "network", "grades")
EXPORT_FORMATS = ("csv", "xlsx", "parquet", "web-annotation", "schema-claim", "prodigy", "spacy", "zip")


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
    report.add_argument(
        "--policy",
        default="literal",
        metavar="P",
        help='how charts read numbers that are words ("dozens"): literal (default) or ACLED; its name is printed',
    )
    report.set_defaults(run=run_report)

    extract = commands.add_parser(
        "extract",
        help="the machine's reading as JSON lines or tables",
        description=(
            "Read articles and print one JSON object per article, in input order. A bad article becomes an object "
            "with an error and never stops the others. With --out DIR the results go into a folder: a run that was "
            "interrupted goes on where it stopped, and the same command over a folder that has grown reads only what "
            "is new. What is printed cannot be resumed. Exit code 0; 1 where an article failed; 2 where nothing could "
            "start."
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
        help=(
            "printed: jsonl, an object a line (default), or json, one array; with --out: csv (default) or parquet, a "
            "table per kind of record, or jsonl"
        ),
    )
    extract.add_argument(
        "--out", type=Path, metavar="DIR", help="write into DIR; what is done stays in DIR/parts for the next run"
    )
    extract.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="read N articles at a time, each in its process (default: 1)"
    )
    extract.set_defaults(run=run_extract)

    new = commands.add_parser(
        "new",
        help="make a case from an article",
        description=(
            "Make a case folder: the original bytes, case.toml, and the machine's reading. A bare name goes where "
            "cases live (notebooks/cases in a checkout, else cases), a path is taken as it is."
        ),
    )
    _add_article(new)
    new.set_defaults(run=run_new)

    add = commands.add_parser(
        "add",
        help="add a newer version of its article to a case",
        description=(
            "Keep a newer version of the article beside the older ones, whose bytes and readings stay as they are. It "
            "becomes the one that the notebooks work on; the decisions follow their words. What changed, and which "
            "decisions to look at again, is printed."
        ),
    )
    _add_article(add)
    add.set_defaults(run=run_add)

    verify = commands.add_parser(
        "verify",
        help="check the hashes of cases and the quotations of their decisions",
        description=(
            "Check that the bytes, texts and readings of cases are those that were collected, that the log of "
            "decisions is whole, and that each decision's words stand in the article. Nothing is changed. Exit code 0 "
            "where all is as it should be; 1 where anything is wrong; 2 where there is no case."
        ),
    )
    verify.add_argument(
        "cases",
        nargs="*",
        metavar="CASE",
        help="a name, a case folder, or a folder of cases (default: where cases live)",
    )
    verify.set_defaults(run=run_verify)

    export = commands.add_parser(
        "export",
        help="write a case for other programs",
        description=(
            "Write the records of a case as people decided them, and say what the format could not hold. Rejected "
            "suggestions are marked as such; schema-claim leaves them out. No file is replaced without --force."
        ),
    )
    export.add_argument("case", metavar="CASE", help="a case folder, or the name of a case")
    export.add_argument("--format", required=True, choices=EXPORT_FORMATS, help="csv and parquet: a folder of tables")
    export.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: CASE.… in this folder)")
    export.add_argument("--pseudonyms", action="store_true", help="replace the names of annotators, in the log as well")
    export.add_argument("--force", action="store_true", help="replace files that are there")
    export.set_defaults(run=run_export)

    chart = commands.add_parser(
        "chart",
        help="one chart of a case as a picture",
        description=(
            "Draw one chart of a case as people decided it, or a view that was saved with it, as PNG or SVG with its "
            "numbers in words as the description. No file is replaced without --force."
        ),
    )
    chart.add_argument("case", metavar="CASE", help="a case folder, or the name of a case")
    what = chart.add_mutually_exclusive_group(required=True)
    what.add_argument("--view", metavar="NAME", help="a view that was saved with the case")
    what.add_argument("--chart", choices=CHARTS, help="a chart of the whole case")
    chart.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file that ends in .png or .svg")
    chart.add_argument("--force", action="store_true", help="replace a file that is there")
    chart.set_defaults(run=run_chart)
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
    from kit.policies import policy_names
    from kit.report import print_progress, write_report
    from kit.workspace import SAMPLE, sample_case

    if options.policy not in policy_names():
        raise CommandError(f"--policy {options.policy}: choose one of {', '.join(policy_names())}")
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
    report = write_report(case, out, policy=options.policy, progress=print_progress)
    print(report.page)
    return 0


def run_extract(options: argparse.Namespace) -> int:
    """Print or write the reading of every article."""
    from kit.batch.command import run

    return run(
        options.paths,
        published=options.published,
        format=options.format,
        out=options.out,
        processes=options.jobs,
    )


def run_new(options: argparse.Namespace) -> int:
    """Make a case and say where it is."""
    from kit.cases.command import new

    folder = _new_folder(options.case)
    return new(folder, options.article, _facts(options), allow_private=options.allow_private, say=_say)


def run_add(options: argparse.Namespace) -> int:
    """Add a newer version of its article to a case and say what changed."""
    from kit.cases.command import add
    from kit.tables import versions_table

    return add(
        _old_folder(options.case),
        options.article,
        _facts(options),
        allow_private=options.allow_private,
        say=_say,
        compare=lambda before, after: versions_table(before, after).to_dict("records"),
    )


def run_verify(options: argparse.Namespace) -> int:
    """Check cases and list what was found."""
    from kit.cases.command import verify
    from kit.workspace import cases_folder

    return verify([_old_folder(name) for name in options.cases] or [cases_folder()])


def _new_folder(name: str) -> Path:
    """Where a case will be: a bare name goes where cases live."""
    from kit.workspace import cases_folder

    if not name.strip():
        raise CommandError("a case needs a name")
    return cases_folder() / name if Path(name).name == name else Path(name)


def _old_folder(name: str) -> Path:
    """Where a case is: at this path, else where cases live."""
    return Path(name) if name.strip() and Path(name).is_dir() else _new_folder(name)


def _say(line: str) -> None:
    """A line of progress on standard error."""
    print(line, file=sys.stderr, flush=True)


def run_export(options: argparse.Namespace) -> int:
    """Write a case in one format and say what did not fit."""
    from kit.exports.command import run

    return run(options.case, options.format, options.out, use_pseudonyms=options.pseudonyms, force=options.force)


def run_chart(options: argparse.Namespace) -> int:
    """Draw one chart of a case into a file."""
    from kit.charting import run

    return run(options.case, options.view or {"chart": options.chart}, options.out, force=options.force)


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target",
        nargs="?",
        type=Path,
        metavar="ARTICLE|CASE",
        help=("a .txt or .md file, a case folder, or the name of a case (default: the sample case)"),
    )
    _add_facts(parser)


def _add_article(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help="a name or a path")
    parser.add_argument(
        "article",
        metavar="ARTICLE|URL",
        help="a text, Markdown, HTML, PDF, .docx or .eml file, or an address to fetch the page from",
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="fetch also from this computer or a private network"
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


if __name__ == "__main__":
    sys.exit(main())
