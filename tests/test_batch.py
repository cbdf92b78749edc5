"""Many articles: what is read, in which order, what a list may hold, and the folder that a run leaves."""

from __future__ import annotations

import csv
import gzip
import json
import math
import os
import sys
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from benchmarks.folders import make_article, write_articles
from kit.analysis import analyse
from kit.articles import read_article
from kit.batch import RECORD_KINDS, BatchError, Job, extract, extract_into, jobs, list_jobs, parts, write_tables
from kit.batch.tables import table_columns
from kit.contract import analysis_to_json

TEXT = "Bridge closed\n\nThe river rose by two metres yesterday, Mayor Ada Quill said.\n\nNobody was hurt.\n"


def read(found: list[Job]) -> list[dict]:
    return [json.loads(result.line) for result in extract(found)]


def files_of(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != parts.LOCK]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nine short articles, one of them empty."""
    path = tmp_path / "articles"
    for number in range(9):
        (path / "ab"[number % 2]).mkdir(parents=True, exist_ok=True)
        text = "" if number == 4 else make_article(number, paragraphs=2)
        (path / "ab"[number % 2] / f"{number}.txt").write_text(text, encoding="utf-8")
    return path


def test_a_folder_gives_its_articles_by_name_and_what_is_hidden_or_no_article_is_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/a.md", ".c.txt", ".git/d.txt", "e.png", "c.pdf", "f.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [Path(job.path).relative_to(tmp_path).as_posix() for job in list_jobs([tmp_path])]
    assert names == ["a/a.md", "a/z.html", "b.txt", "c.pdf"]


def test_several_paths_keep_their_order_and_may_name_an_article_twice(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(TEXT), other.write_text(TEXT)
    assert [Path(job.path).name for job in list_jobs([other, tmp_path, one])] == [
        "other.txt", "one.txt", "other.txt", "one.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere.jsonl"])
def test_a_path_that_is_not_there_and_a_folder_without_articles_stop_the_run(tmp_path: Path, name: str) -> None:
    with pytest.raises(BatchError, match="no such file"):
        list_jobs([tmp_path / name])
    with pytest.raises(BatchError, match="holds no articles"):
        list_jobs([tmp_path])


def test_a_list_says_per_line_what_is_wrong_and_what_it_knows_about_an_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LONGEST_LINE", 2000)
    good = {"id": 7, "text": TEXT, "published": "2023-06-05", "title": "T", "outlet": "O", "url": "https://o.example/"}
    lines = [
        b"\xef\xbb\xbf" + json.dumps(good).encode(),
        b"",
        b"[" * 1500,
        b'{"text": "' + b"x" * 5000 + b'"}',
        json.dumps({"id": "late", "text": TEXT, "published": "5 June"}).encode(),
        json.dumps({"text": "caf\ud800 \u00e9"}).encode(),
        b'{"text": "\xff\xfe says hello."}',
        b'{"id": "torn", "text": "It rai',
    ]
    path = tmp_path / "list.jsonl"
    path.write_bytes(b"\n".join(lines))
    results = read(list_jobs([path]))
    where = path.as_posix()
    assert [result["id"] for result in results] == [
        "7",
        f"{where}:3",
        f"{where}:4",
        "late",
        f"{where}:6",
        f"{where}:7",
        f"{where}:8",
    ]
    assert {name: results[0][name] for name in ("published", "title", "outlet", "url")} == {
        name: good[name] for name in ("published", "title", "outlet", "url")
    }
    assert [result.get("error", {}).get("kind") for result in results] == [
        None,
        "input",
        "input",
        "date",
        None,
        None,
        "input",
    ]
    assert "longer than" in results[2]["error"]["message"]


def test_a_list_and_a_file_that_change_or_go_while_articles_are_read_give_errors(tmp_path: Path) -> None:
    listed, file = tmp_path / "list.jsonl", tmp_path / "a.txt"
    listed.write_text("".join(json.dumps({"text": f"{n}: {TEXT}"}) + "\n" for n in range(2)))
    file.write_text(TEXT)
    found = list_jobs([listed, file])
    listed.write_text(json.dumps({"text": "Another text."}) + "\n")
    file.unlink()
    assert [result["error"]["kind"] for result in read(found)] == ["changed", "changed", "not_found"]


def test_an_article_reads_the_same_in_a_process_of_its_own_after_many_others(tmp_path: Path) -> None:
    write_articles(tmp_path, 12, paragraphs=3)
    found = list_jobs([tmp_path])
    for job, result in zip(found, read(found), strict=True):
        article = read_article(Path(job.path))
        assert result == json.loads(json.dumps(analysis_to_json(analyse(article), id=job.id)))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_file_whose_name_is_no_text_is_read_and_printed_and_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write(TEXT)
    for format in ("jsonl", "csv", "parquet"):
        assert extract_into(tmp_path / "out", list_jobs([tmp_path]), format=format).failed == 0
    line = (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8")
    assert os.fsencode(json.loads(line)["id"]) == path


def test_a_second_run_reads_nothing_and_an_interrupted_one_goes_on(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "ARTICLES", 2)
    found, out = list_jobs([folder], None), tmp_path / "out"
    first = extract_into(out, found)
    assert (first.articles, first.skipped, first.failed) == (9, 0, 1)
    whole = files_of(out)
    assert extract_into(out, found).skipped == 9
    assert files_of(out) == whole

    class Stop(Exception):
        pass

    def stop_after_five(articles: int, failed: bool) -> None:
        seen.append(articles)
        if len(seen) == 6:  # the first call tells how many were done before
            raise Stop

    seen: list[int] = []
    other = tmp_path / "other"
    with pytest.raises(Stop):
        extract_into(other, found, processes=2, progress=stop_after_five)
    assert len(list((other / "parts").glob("*.gz"))) == 2
    assert not (other / "claims.csv").exists()
    (other / "parts" / ".000002-abc.jsonl.gz.partial").write_bytes(b"half")
    assert extract_into(other, found).skipped == 4
    assert files_of(other) == whole


def test_what_was_changed_or_added_is_read_anew_and_nothing_else(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "ARTICLES", 2)
    out = tmp_path / "out"
    extract_into(out, list_jobs([folder]))
    changed = folder / "a" / "2.txt"
    changed.write_text(TEXT * 2)
    (folder / "b" / "9.txt").write_text(TEXT)
    outcome = extract_into(out, list_jobs([folder]), format="jsonl")
    assert (outcome.articles, outcome.skipped) == (10, 6)  # the first part and the last
    results = [json.loads(line) for line in (out / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [result["id"] for result in results] == [job.id for job in list_jobs([folder])]
    assert results[1]["text_length"] == len(TEXT * 2)
    assert len(list((out / "parts").glob("*.gz"))) == 5
    assert extract_into(out, list_jobs([folder], published="2023-06-05")).skipped == 0


def test_an_error_that_may_be_gone_next_time_is_tried_again(tmp_path: Path, folder: Path) -> None:
    out, found = tmp_path / "out", list_jobs([folder])[2:4]  # the second of them is empty
    assert extract_into(out, found, format="jsonl", seconds=0).failed == 2
    assert "timeout" in (out / "articles.jsonl").read_text(encoding="utf-8")
    outcome = extract_into(out, found, format="jsonl")
    assert (outcome.skipped, outcome.failed) == (0, 1)


def test_two_runs_do_not_work_in_one_folder(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "out" / "parts").mkdir(parents=True)
    with FileLock(tmp_path / "out" / "parts" / parts.LOCK), pytest.raises(BatchError, match="another run"):
        extract_into(tmp_path / "out", list_jobs([folder]))


def test_tables_have_the_columns_of_the_contract_also_without_a_row(tmp_path: Path) -> None:
    error = {"id": "x", "error": {"kind": "empty", "message": "=cmd()"}}
    for format in ("csv", "parquet"):
        paths = write_tables([error], tmp_path, format)
        assert [path.name for path in paths] == [f"{name}.{format}" for name in ("articles", *RECORD_KINDS)]
    columns = table_columns()
    for name in ("articles", *RECORD_KINDS):
        assert list(pd.read_parquet(tmp_path / f"{name}.parquet")) == list(columns[name])
        assert list(pd.read_csv(tmp_path / f"{name}.csv", encoding="utf-8-sig")) == list(columns[name])
    assert {"source.text", "source.source_id", "cue.stance", "content", "factuality.outlet"} <= set(columns["claims"])
    assert {"affected.text", "date.value", "date.inherited", "low", "bound"} <= set(columns["quantities"])
    with (tmp_path / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["error.kind"], row["error.message"], row["title"]) == ("empty", "'=cmd()", "")


def test_every_field_of_a_result_is_in_its_table(tmp_path: Path) -> None:
    result = json.loads(json.dumps(analysis_to_json(analyse(read_article(TEXT, published="2023-06-05")), id="flood")))
    write_tables([result], tmp_path, "parquet")
    figures = pd.read_parquet(tmp_path / "quantities.parquet")
    assert len(figures) == len(result["quantities"]) == 1
    figure = result["quantities"][0]
    assert figures["value"].dtype == "float64"
    assert (figures["article"][0], figures["text"][0], figures["value"][0]) == ("flood", figure["text"], 2.0)
    assert (figures["date.value"][0], figures["date.inherited"][0]) == tuple(figure["date"].values())
    claims = pd.read_parquet(tmp_path / "claims.parquet")
    assert [json.loads(cell) for cell in claims["content"]] == [claim["content"] for claim in result["claims"]]
    nested = {key for claim in result["claims"] for key, value in claim.items() if not isinstance(value, dict)}
    assert nested - {"source", "cue"} <= set(claims.columns)


def test_a_number_without_end_stops_no_table(tmp_path: Path) -> None:
    figure = {"id": "q1", "text": "9" * 400, "value": 10**400, "start_char": 0, "end_char": 400}
    for format in ("csv", "parquet"):
        write_tables([{"id": "x", "quantities": [figure]}], tmp_path, format)
    assert math.isinf(pd.read_parquet(tmp_path / "quantities.parquet")["value"][0])


def test_tables_are_replaced_together_or_not_at_all(tmp_path: Path) -> None:
    write_tables([{"id": "x"}], tmp_path, "csv")
    before = files_of(tmp_path)

    def broken():
        yield {"id": "y"}
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_tables(broken(), tmp_path, "csv")
    assert files_of(tmp_path) == before


def test_parts_are_the_lines_that_are_printed(tmp_path: Path, folder: Path) -> None:
    found = list_jobs([folder])
    extract_into(tmp_path / "out", found, format="jsonl")
    (part,) = (tmp_path / "out" / "parts").glob("*.gz")
    lines = "".join(result.line + "\n" for result in extract(found))
    assert gzip.decompress(part.read_bytes()).decode() == lines
    assert (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8") == lines
