"""What each command is called, says of itself, takes and runs."""

from __future__ import annotations

import argparse
from pathlib import Path

import kit
from kit.cli import cases, notebooks
from kit.cli.grammar import Command, Either, argument, flag, parser_of

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
CHARTS = ("quantities", "by-source", "timeline", "network", "grades")
EXPORT_FORMATS = ("csv", "xlsx", "parquet", "web-annotation", "schema-claim", "prodigy", "spacy", "zip")


_FACTS = (
    argument(
        "--published",
        'publication date, YYYY-MM-DD; without it relative dates ("yesterday") stay open',
        metavar="D",
    ),
    argument("--title", "title, where the text has no headline", metavar="T"),
    argument("--outlet", "who published the article", metavar="O"),
    argument("--url", "where it was published; it is noted, not fetched", metavar="U"),
)
_TARGET = (
    argument(
        "target",
        "an article's file, a case folder, or the name of a case (default: the sample case)",
        nargs="?",
        type=Path,
        metavar="ARTICLE|CASE",
    ),
    *_FACTS,
)
_INTO_CASE = (
    argument("case", "a name or a path", metavar="CASE"),
    argument(
        "article",
        "a text, Markdown, HTML, PDF, .docx, .eml or .mhtml file, or an address to fetch the page from",
        metavar="ARTICLE|URL",
    ),
    flag("--allow-private", "fetch also from this computer or a private network"),
    *_FACTS,
)
_CASE = argument("case", "a case folder, or the name of a case", metavar="CASE")

COMMANDS = (
    Command(
        "lab",
        notebooks.run_lab,
        "open JupyterLab on the first notebook",
        "Open JupyterLab on the first notebook. Out of an installed wheel the notebooks are copied into the current "
        "folder first; files that are already there are left alone. What follows -- goes to JupyterLab: "
        "kit lab -- --allow-root",
        (
            *_TARGET,
            flag("--no-browser", "print the address instead of opening a browser"),
            argument("--port", "port of the server (default: a free one from 8888)", type=int),
        ),
    ),
    Command(
        "report",
        notebooks.run_report,
        "run the notebooks headless and write a report",
        "Run the four notebooks through nbconvert without opening them. DIR then holds report.html (one page, no "
        "network), the executed notebooks, the tables as CSV, and the case of the article.",
        (
            *_TARGET,
            argument("--out", "where to write (default: report-NAME)", type=Path, metavar="DIR"),
            argument(
                "--policy",
                'how charts read numbers that are words ("dozens"): literal (default) or ACLED; its name is printed',
                default="literal",
                metavar="P",
            ),
        ),
    ),
    Command(
        "extract",
        cases.run_extract,
        "the machine's reading as JSON lines or tables",
        "Read articles and print one JSON object per article, in input order. A bad article becomes an object with an "
        "error and never stops the others. With --out DIR the results go into a folder: a run that was interrupted "
        "goes on where it stopped, and the same command over a folder that has grown reads only what is new. What is "
        "printed cannot be resumed. Exit code 0; 1 where an article failed; 2 where nothing could start.",
        (
            argument(
                "paths",
                'an article, a folder, or a .jsonl with {"id": …, "text": …, "published": …} a line',
                nargs="+",
                metavar="PATH",
            ),
            _FACTS[0],
            argument(
                "--format",
                "printed: jsonl, an object a line (default), or json, one array; with --out: csv (default) or "
                "parquet, a table per kind of record, or jsonl",
                choices=("jsonl", "json", "csv", "parquet"),
            ),
            argument(
                "--out", "write into DIR; what is done stays in DIR/parts for the next run", type=Path, metavar="DIR"
            ),
            argument(
                "--jobs",
                "read N articles at a time, each in its process (default: 1)",
                type=int,
                default=1,
                metavar="N",
            ),
        ),
    ),
    Command(
        "new",
        cases.run_new,
        "make a case from an article",
        "Make a case folder: the original bytes, case.toml, and the machine's reading. A bare name goes where cases "
        "live (notebooks/cases in a checkout, else cases), a path is taken as it is.",
        _INTO_CASE,
    ),
    Command(
        "add",
        cases.run_add,
        "add a newer version of its article to a case",
        "Keep a newer version of the article beside the older ones, whose bytes and readings stay as they are. It "
        "becomes the one that the notebooks work on; the decisions follow their words. What changed, and which "
        "decisions to look at again, is printed.",
        _INTO_CASE,
    ),
    Command(
        "verify",
        cases.run_verify,
        "check the hashes of cases and the quotations of their decisions",
        "Check that the bytes, texts and readings of cases are those that were collected, that the log of decisions "
        "is whole, and that each decision's words stand in the article. Nothing is changed. Exit code 0 where all is "
        "as it should be; 1 where anything is wrong; 2 where there is no case.",
        (
            argument(
                "cases",
                "a name, a case folder, or a folder of cases (default: where cases live)",
                nargs="*",
                metavar="CASE",
            ),
        ),
    ),
    Command(
        "export",
        cases.run_export,
        "write a case for other programs",
        "Write the records of a case as people decided them, and say what the format could not hold. Rejected "
        "suggestions are marked as such; schema-claim leaves them out. No file is replaced without --force.",
        (
            _CASE,
            argument("--format", "csv and parquet: a folder of tables", required=True, choices=EXPORT_FORMATS),
            argument("--out", "where to write (default: CASE.… in this folder)", type=Path, metavar="FILE"),
            flag("--pseudonyms", "replace the names of annotators, in the log as well"),
            flag("--force", "replace files that are there"),
        ),
    ),
    Command(
        "chart",
        cases.run_chart,
        "one chart of a case as a picture",
        "Draw one chart of a case as people decided it, or a view that was saved with it, as PNG or SVG with its "
        "numbers in words as the description. No file is replaced without --force.",
        (
            _CASE,
            Either(
                (
                    argument("--view", "a view that was saved with the case", metavar="NAME"),
                    argument("--chart", "a chart of the whole case", choices=CHARTS),
                )
            ),
            argument("--out", "a file that ends in .png or .svg", type=Path, required=True, metavar="FILE"),
            flag("--force", "replace a file that is there"),
        ),
    ),
)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    return parser_of(COMMANDS, prog="kit", description=DESCRIPTION, version=kit.__version__)
