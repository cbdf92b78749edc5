"""CSV files: what is written is what is read back, and no cell starts a formula."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from examples import analysis, empty_analysis

from kit.decisions import Decision
from kit.exports import safe_cell, write_csv, write_tables
from kit.records import Anchor, Annotation


def read_cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", "\n=", " =", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_starts_a_formula(lead: str, tmp_path: Path) -> None:
    evil = f'{lead}HYPERLINK("x")'
    path = write_csv(pd.DataFrame({evil: [evil]}), tmp_path / "evil.csv")
    for row in read_cells(path):
        assert "'" in row[0] and row[0].replace("'", "", 1) == evil
        assert row[0].lstrip(" \n").startswith("'")


def test_no_cell_starts_behind_a_separator_of_another_country() -> None:
    assert safe_cell("one;=1+1\t@x") == "one;'=1+1\t'@x"
    assert safe_cell("one; two = 2 - 1") == "one; two = 2 - 1"


@pytest.mark.parametrize("cell", ["-5", "+1,000.5", "2023-06-04", "a=b", "", "“-”"])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    assert safe_cell(cell) == cell


def test_no_control_character_reaches_the_file_and_each_stays_visible(tmp_path: Path) -> None:
    kept = "\t\n\r"
    controls = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
    assert safe_cell("a\x00b\x1fc\x7fd\x85") == "a\u2400b\u241fc\u2421d\\x85"
    written = write_csv(pd.DataFrame({f"x{controls}": [f"x{controls}"]}), tmp_path / "controls.csv").read_bytes()
    assert [c for c in controls if c in written.decode("utf-8-sig") and c not in kept] == []


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_text_around_is_written_as_an_escape(control: str) -> None:
    assert safe_cell(f"16 {control}sknat") == f"16 \\u{ord(control):04x}sknat"
    assert not safe_cell(f"{control}=1+1").startswith(("=", control))


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f")
def test_marks_that_right_to_left_text_needs_stay_and_open_no_way_to_a_formula(mark: str) -> None:
    assert safe_cell(f"\u0645\u0631\u062d\u0628\u0627 {mark}16") == f"\u0645\u0631\u062d\u0628\u0627 {mark}16"
    assert safe_cell(f"{mark}=1+1") == f"{mark}'=1+1"


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"n": pd.array([-5.0, 2.5, None], dtype="Float64"), "i": pd.array([1, None, -3], dtype="Int64")}
    )
    path = write_csv(frame, tmp_path / "numbers.csv")
    assert path.read_bytes().split(b"\r\n")[1] == b"-5,1"
    assert read_cells(path)[1:] == [["-5", "1"], ["2.5", ""], ["", "-3"]]


def test_text_survives_with_its_line_breaks_quotes_and_scripts(tmp_path: Path) -> None:
    texts = ['He said "no", twice', "two\nlines", "two\r\nlines", "Привет 😀 مرحبا"]
    path = write_csv(pd.DataFrame({"text": texts}), tmp_path / "deep" / "texts.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row[0] for row in read_cells(path)[1:]] == texts


def test_an_older_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for n in (100, 1):
        write_csv(pd.DataFrame({"n": range(n)}), tmp_path / "n.csv")
    assert read_cells(tmp_path / "n.csv") == [["n"], ["0"]]
    assert [path.name for path in tmp_path.iterdir()] == ["n.csv"]


def test_all_tables_are_written_with_decisions_bounds_and_reporters(tmp_path: Path) -> None:
    found = analysis()
    target = found.quantities[0].id
    event = Annotation(
        id="1", action="reject", target=target, record="quantity", article="x", annotator="=ana", created="t",
        value={}, anchor=Anchor(0, 1, "F"),
    )  # fmt: skip
    decisions = {target: Decision(target, "quantity", "reject", annotator="=ana")}
    paths = write_tables(found, decisions, [event], tmp_path / "out")
    names = ["claims.csv", "quantities.csv", "dates.csv", "sources.csv", "annotations.csv"]
    assert [path.name for path in paths] == names
    header, *rows = read_cells(paths[1])
    assert {"bound", "reporter", "article", "start_char", "decision"} <= set(header)
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    assert [cell["decision"] for cell in cells] == ["undecided", "undecided", "undecided", "reject"]
    assert cells[-1]["decided_by"] == "'=ana"
    assert (cells[1]["value"], cells[1]["bound"], cells[1]["high"]) == ("250", "gt", "")
    frame = pd.read_csv(paths[1], encoding="utf-8-sig")
    assert list(frame["start_char"]) == sorted(frame["start_char"])
    assert frame["value"].tolist()[1:] == [250, 16, 40]


def test_an_article_without_records_gives_tables_with_headers_only(tmp_path: Path) -> None:
    for path in write_tables(empty_analysis(), {}, [], tmp_path):
        assert len(read_cells(path)) == 1
