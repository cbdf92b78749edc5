"""What the README says is so."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from kit import tables
from kit.cli import build_parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_line_of_the_example_gives_what_its_comment_says(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.S)
    names: dict[str, object] = {}
    checked = 0
    for line in example.splitlines():
        code, _, said = line.partition("  # ")
        try:
            expected = ast.literal_eval(said)
        except (SyntaxError, ValueError):  # prose, or no comment
            exec(code, names)
            continue
        assert eval(code, names) == expected, line
        checked += 1
    assert checked >= 5


def test_every_command_of_the_readme_is_understood_by_the_parser():
    lines = [line.split("#")[0] for line in re.findall(r"^kit .*$", README, re.M)]
    assert {line.split()[1] for line in lines} == {"lab", "report", "new", "extract"}
    for line in lines:
        build_parser().parse_args(line.split()[1:])


@pytest.mark.parametrize("table", ["claims", "quantities", "dates", "sources", "annotations"])
def test_every_column_of_the_data_dictionary_exists(table: str):
    frames = {
        "claims": tables.CLAIM_COLUMNS, "quantities": tables.QUANTITY_COLUMNS, "dates": tables.DATE_COLUMNS,
        "sources": tables.SOURCE_COLUMNS, "annotations": tables.ANNOTATION_COLUMNS,
    }  # fmt: skip
    section = README.split("## Data dictionary")[1].split("\n## ")[0]
    named: dict[str, set[str]] = {}
    current = ""
    for row in re.findall(r"^\| ?(.*?) \| (`.*?) \|", section, re.M):
        current = row[0].strip() or current
        named.setdefault(current, set()).update(re.findall(r"`(\w+)`", row[1]))
    assert set(named) == set(frames)
    assert named[table] <= set(frames[table])


def test_links_and_the_picture_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_readme_names_the_versions_of_python_that_the_project_takes():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11 to 3.13" in README
