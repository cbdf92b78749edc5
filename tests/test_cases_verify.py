"""``kit verify``, ``kit new`` and ``kit add`` as a user runs them: every hash, every quotation, exit codes 0, 1, 2."""

from __future__ import annotations

import json
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from test_cases_versions import NEW, OLD
from test_cli import run

from kit.cases import Case, add_version, checks, create_case, open_case
from kit.decisions import answer


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(tmp_path / "cases" / "flood", OLD, published="2023-06-05")
    for claim in made.analysis.claims:
        made.store("ana").append(answer(made.view(), claim.id, "accept"))
    return made


def damaged(case: Case, how: str) -> None:
    """Change one thing behind the kit's back."""
    log, about = case.folder / "annotations.jsonl", case.folder / "case.toml"
    reading = case.folder / "analysis.json"
    edits = {
        "bytes": (case.folder / "article.txt", "16 people", "61 people"),
        "log": (log, '"accept"', '"reject"'),
        "size": (about, "size = ", "size = 1"),
        "reading": (reading, '"text": "40 houses"', '"text": "50 houses"'),
        "value in the reading": (reading, '"value": 40', '"value": 4'),
        "article of the log": (log, case.info["sha256"], "0" * 64),
    }
    if how in edits:
        path, old, new = edits[how]
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new), encoding="utf-8")
    elif how == "no reading":
        reading.unlink()
    elif how == "no bytes":
        (case.folder / "article.txt").unlink()
    elif how == "quotation":
        anchor = {"start_char": 0, "end_char": 6, "exact": "Tunnel", "prefix": "", "suffix": ""}
        draft = {"action": "add", "target": "x", "record": "claim", "value": {"label": "claim"}, "anchor": anchor}
        case.store("ana").append(draft)
    else:
        about.write_text("title = ", encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("bytes", "article.txt was changed after it was collected"),
        ("no bytes", "article.txt cannot be read"),
        ("size", "bytes"),
        ("reading", "analysis.json: characters"),
        ("value in the reading", "analysis.json was changed after it was made"),
        ("no reading", "analysis.json is missing"),
        ("log", "the chain is broken"),
        ("article of the log", "an article that is not in this case"),
        ("quotation", "“Tunnel”"),
        ("manifest", "not valid TOML"),
    ],
)
def test_whatever_is_changed_behind_the_kits_back_is_found(case: Case, how: str, said: str) -> None:
    whole = create_case(case.folder.parent / "whole", NEW)
    damaged(case, how)
    before = {path: path.read_bytes() for path in case.folder.parent.rglob("*") if path.is_file()}
    done = run("verify", case.folder.parent)
    assert done.returncode == 1, done.stdout
    assert said in done.stdout and done.stderr == ""
    assert f"{whole.folder}: whole" in done.stdout and "2 cases, 1 with problems" in done.stdout
    assert {path: path.read_bytes() for path in case.folder.parent.rglob("*") if path.is_file()} == before


def test_a_whole_case_is_listed_file_by_file_with_its_hash(case: Case) -> None:
    done = run("verify", case.folder)
    assert done.returncode == 0
    assert f"SHA-256 {case.article.sha256}" in done.stdout and "analysis.json" in done.stdout
    assert "5 quotations: each stands where it was taken from" in done.stdout
    assert run("verify", "flood", cwd=case.folder.parent).stdout.startswith("flood: whole")


def test_an_earlier_version_is_checked_like_the_current_one(case: Case) -> None:
    newer = add_version(case.folder, NEW, published="2023-06-05")
    found = checks(newer)
    assert not any(check.problem for check in found)
    (note,) = [check for check in found if check.note]
    assert "earlier version" in note.message
    (case.folder / "article.txt").write_text(OLD + " ", encoding="utf-8")
    assert any("article.txt was changed" in problem for problem in newer.verify())


@pytest.mark.parametrize("place", ["nowhere", "empty", "a-file"])
def test_where_there_is_no_case_nothing_can_start(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    done = run("verify", tmp_path / place)
    assert (done.returncode, done.stdout) == (2, "") and len(done.stderr.strip().splitlines()) == 1


def test_add_says_what_changed_and_which_decisions_to_look_at(case: Case, tmp_path: Path) -> None:
    (tmp_path / "newer.txt").write_text(NEW, encoding="utf-8")
    done = run("add", case.folder, tmp_path / "newer.txt")
    assert done.returncode == 0 and done.stdout.strip() == str(case.folder)
    assert "version 2 of flood: article-2.txt" in done.stderr
    assert "At least 16 people → At least 23 people" in done.stderr
    assert "give --published" in done.stderr
    assert "lost" in done.stderr and "“The old town was dark for hours”" in done.stderr
    again = run("add", case.folder, tmp_path / "newer.txt")
    assert again.returncode == 0 and "nothing to add" in again.stderr
    assert open_case(case.folder).version == 2


def test_new_and_add_refuse_with_one_line_and_exit_code_2(case: Case, tmp_path: Path) -> None:
    (tmp_path / "newer.txt").write_text(NEW, encoding="utf-8")
    other: list[subprocess.CompletedProcess[str]] = [
        run("new", case.folder, tmp_path / "newer.txt"),
        run("add", tmp_path / "nowhere", tmp_path / "newer.txt"),
        run("add", case.folder, tmp_path / "nowhere.txt"),
    ]
    assert [done.returncode for done in other] == [2, 2, 2]
    assert "kit add flood" in other[0].stderr and "is not a case" in other[1].stderr
    assert all(len(done.stderr.strip().splitlines()) == 1 and done.stdout == "" for done in other)


def test_a_page_is_collected_from_its_address_and_its_update_later(tmp_path: Path) -> None:
    page = "<html><head><title>Bridge closed</title></head><body><article><p>{}</p></article></body></html>"
    said = "Mayor Ada Quill said on Monday that {} houses were flooded in the old town of Lauben."
    served = tmp_path / "served"
    served.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(served))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/page.html"
        for command, houses in (("new", 40), ("add", 55)):
            (served / "page.html").write_text(page.format(said.format(houses)), encoding="utf-8")
            done = run(command, tmp_path / "flood", address, "--allow-private", "--published", "2023-06-05")
            assert done.returncode == 0, done.stderr
        refused = run("add", tmp_path / "flood", address)
        server.shutdown()
    assert refused.returncode == 2 and "127.0.0.1" in refused.stderr
    first, second = open_case(tmp_path / "flood").versions()
    assert [one.info["requested_url"] for one in (first, second)] == [address, address] == [first.article.url] * 2
    assert "40 houses" in first.article.text and "55 houses" in second.article.text
    assert "40 houses → 55 houses" in done.stderr and second.verify() == []


def test_a_page_without_its_kept_text_is_found(tmp_path: Path) -> None:
    page = (
        b"<html><body><article><p>The river rose by two metres on Monday, the mayor said.</p></article></body></html>"
    )
    case = create_case(tmp_path / "page", page)
    kept = case.folder / "extracted.json"
    data = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(data | {"text": data["text"].replace("two", "six")}), encoding="utf-8")
    assert any("another SHA-256" in problem for problem in open_case(case.folder).verify())
    kept.unlink()
    assert any("extracted.json is missing" in problem for problem in open_case(case.folder).verify())
