"""What the README says is so."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from kit import batch, tables
from kit.cli import build_parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


NOTEBOOKS_READ = {"KIT_CASE", "KIT_CASES", "KIT_POLICY"}


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
    assert {line.split()[1] for line in lines} == {
        "lab",
        "report",
        "new",
        "add",
        "verify",
        "chart",
        "extract",
        "export",
    }
    for line in lines:
        build_parser().parse_args(line.split()[1:])


@pytest.mark.parametrize("table", ["claims", "quantities", "dates", "sources", "annotations"])
def test_the_data_dictionary_names_every_column_of_a_table_and_no_other(table: str):
    frames = {
        "claims": tables.CLAIM_COLUMNS, "quantities": tables.QUANTITY_COLUMNS, "dates": tables.DATE_COLUMNS,
        "sources": tables.SOURCE_COLUMNS, "annotations": tables.ANNOTATION_COLUMNS,
    }  # fmt: skip
    section = README.split("## Data dictionary")[1].split("\n## ")[0]
    named: dict[str, set[str]] = {}
    current = ""
    for row in re.findall(r"^\|([^|]*)\| (`[^|]*) \|", section, re.M):
        current = row[0].strip() or current
        named.setdefault(current, set()).update(re.findall(r"`(\w+)`", row[1]))
    assert set(named) == {*frames, "every table", "all but annotations"}
    common = named["every table"] | (named["all but annotations"] if table != "annotations" else set())
    assert named[table] | common == set(frames[table])
    assert not named[table] & common


def test_tables_of_extract_have_dotted_names_and_lists_as_json(tmp_path: Path):
    claim = {"id": "c1", "source": {"text": "Quill"}, "content": [{"text": "It rained."}]}
    batch.write_tables([{"id": "quill.txt", "claims": [claim]}], tmp_path, "csv")
    table = pd.read_csv(tmp_path / "claims.csv", encoding="utf-8-sig")
    assert (table["article"][0], table["source.text"][0]) == ("quill.txt", "Quill")
    assert json.loads(table["content"][0]) == claim["content"]
    assert {path.stem for path in tmp_path.iterdir()} == {"articles", *batch.RECORD_KINDS}


def test_the_readme_names_every_environment_variable_that_the_package_reads_and_no_other():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "kit").rglob("*.py"))
    read = set(re.findall(r"""environ(?:\.get\(|\[)["'](KIT_\w+)["']""", code))
    assert set(re.findall(r"^\| `(KIT_\w+)` \|", README, re.M)) == read | NOTEBOOKS_READ


def test_the_contributing_guide_names_every_room_of_the_package():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = re.search(r"^\| a change to .*?\n\n", guide, re.M | re.S)
    rooms = {path.stem for path in (ROOT / "kit").glob("*.py")} | {
        path.parent.name for path in (ROOT / "kit").glob("*/__init__.py")
    }
    assert rooms - {"__init__"} <= set(re.findall(r"`(\w+)/?`", table[0] if table else ""))


def test_links_and_the_picture_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_readme_names_the_versions_of_python_that_the_project_takes():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11 to 3.13" in README
