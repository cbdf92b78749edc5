"""The ``kit`` command, run as a user runs it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kit

TEXT = "Bridge closed\n\nThe river rose by two metres yesterday, Mayor Ada Quill said.\n\nNobody was hurt.\n"
SHARED = Path(__file__).parents[2] / "shared"


def run(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kit.cli", *map(str, arguments)],
        capture_output=True, encoding="utf-8", cwd=cwd, env={**os.environ, **environment}, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "flood.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_help_and_version_say_what_there_is():
    help = run("--help")
    assert help.returncode == 0
    assert all(f"kit {command}" in help.stdout for command in ("lab", "report", "extract"))
    assert run("--version").stdout.strip() == f"kit {kit.__version__}"
    for command in ("lab", "report", "extract", "new"):
        assert "usage: kit" in run(command, "--help").stdout


def test_extract_prints_one_object_per_article_in_input_order_and_goes_on_after_a_bad_one(
    tmp_path: Path, article: Path
):
    empty, other = tmp_path / "empty.txt", tmp_path / "other.md"
    empty.write_bytes(b"")
    other.write_text("# Nothing\n\nIt rained.\n", encoding="utf-8")
    done = run("extract", article, empty, other, "--published", "2023-06-05")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [Path(result["id"]).name for result in results] == ["flood.txt", "empty.txt", "other.md"]
    assert results[1]["error"]["kind"] == "empty"
    assert results[0]["dates"][0]["value"] == "2023-06-04"


def test_extract_reads_a_folder_by_name_and_a_list_line_by_line(tmp_path: Path, article: Path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [Path(json.loads(line)["id"]).name for line in run("extract", tmp_path).stdout.splitlines()] == [
        "flood.txt",
        "a.txt",
    ]

    lines = [
        {"id": "one", "text": TEXT, "published": "2023-06-05"},
        "nonsense",
        {"id": "two"},
        {"id": "three", "text": "notes.txt"},
    ]
    list_file = tmp_path / "list.jsonl"
    list_file.write_text("\n".join(json.dumps(line) for line in lines) + "\n{torn", encoding="utf-8")
    done = run("extract", list_file)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [result["id"].rsplit("/", 1)[-1] for result in results] == [
        "one",
        "list.jsonl:2",
        "list.jsonl:3",
        "three",
        "list.jsonl:5",
    ]
    assert ["error" in result for result in results] == [False, True, True, False, True]
    assert results[0]["published"] == "2023-06-05"


def test_extract_writes_tables_of_every_kind_of_record(tmp_path: Path, article: Path):
    done = run("extract", article, "--published", "2023-06-05", "--out", tmp_path / "tables", "--format", "csv")
    assert done.returncode == 0
    with (tmp_path / "tables" / "quantities.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["text"], row["value"], row["date.value"]) == ("two metres", "2", "2023-06-04")
    assert {path.stem for path in (tmp_path / "tables").iterdir() if path.is_file()} == {
        "articles", "segments", "voices", "claims", "sources", "quantities", "dates",
    }  # fmt: skip


def test_extract_as_json_is_one_array(article: Path):
    assert len(json.loads(run("extract", article, article, "--format", "json").stdout)) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("extract", "nowhere.txt"), "no such file"),
        (("extract", "EMPTY"), "holds no articles"),
        (("extract", "ARTICLE", "--published", "5 June"), "YYYY-MM-DD"),
        (("extract", "ARTICLE", "--format", "csv"), "--out"),
        (("report", "nowhere.txt"), "no such article or case"),
        (("report", "ARTICLE", "--published", "2023-02-30", "--out", "OUT"), "YYYY-MM-DD"),
        (("report", "EMPTY", "--out", "OUT"), "not a case"),
        (("report", "--out", "ARTICLE"), "is a file"),
        (("report", "ARTICLE", "--out", "HERE"), "lies inside"),
        (("extract", "ARTICLE", "--out", "ARTICLE"), "is a file"),
        (("new", "", "ARTICLE"), "needs a name"),
        (("new", "OUT", "nowhere.txt"), "no such file"),
        (("lab", "nowhere.txt"), "no such article or case"),
    ],
)
def test_what_cannot_start_gives_one_line_and_exit_code_2(tmp_path: Path, article: Path, arguments, message):
    (tmp_path / "empty").mkdir()
    places = {"ARTICLE": article, "EMPTY": tmp_path / "empty", "OUT": tmp_path / "out", "HERE": tmp_path}
    done = run(*(places.get(argument, argument) for argument in arguments), cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_new_makes_a_case_at_a_path_and_says_where(tmp_path: Path, article: Path):
    done = run("new", tmp_path / "cases" / "flood", article, "--published", "2023-06-05")
    assert done.returncode == 0
    folder = Path(done.stdout.strip())
    assert {path.name for path in folder.iterdir()} == {"article.txt", "case.toml", "analysis.json"}


def test_a_terminal_of_another_encoding_stops_nothing(tmp_path: Path, article: Path):
    done = run("new", tmp_path / "洪水", article, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "洪水" / "case.toml").exists()


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder of shared articles beside this checkout")
def test_every_hard_input_gives_a_result_or_one_clear_error():
    done = run("extract", SHARED / "articles" / "hard")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    files = [path for path in (SHARED / "articles" / "hard").iterdir() if path.suffix in (".txt", ".html")]
    assert len(results) == len(files)
    assert "Traceback" not in done.stderr
    errors = {Path(result["id"]).name: result["error"]["kind"] for result in results if "error" in result}
    assert "internal" not in errors.values()
    assert {name for name in errors if name.endswith(".txt")} == {"bom_only.txt", "empty.txt", "gzip_bytes.txt"}
