"""``kit export`` as a user runs it: where it writes, what it says, what it never overwrites, and under which names."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import exported
import pytest

from kit import cli
from kit import decisions as desk
from kit.cases import Case, add_version, checks, create_case, open_case
from kit.exports import FORMATS, ExportError, export_case
from kit.exports.command import find_case, material_of
from kit.records import Analysis, Claim, Quantity
from kit.store import AnnotationStore

TEXT = (
    "Bridge closed\n\nThe river rose by two metres on Sunday, Mayor Ada Quill said. “We lost 16 boats,” "
    "the harbour master claimed.\n\nNobody was hurt.\n"
)
NAMES = ("Ana Reyes-Köhler", "Boris", "Curator C.")


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "flood"
    source = folder.parent / "flood.txt"
    source.write_text(TEXT, encoding="utf-8")
    create_case(folder, source, published="2023-06-05", outlet="The Lakeview Post")
    return folder


@pytest.fixture
def case(read_once: Path, tmp_path: Path) -> Case:
    """A case of its own for each test, with the decisions of two people and a third who collected it."""
    folder = Path(shutil.copytree(read_once, tmp_path / "flood"))
    toml = folder / "case.toml"
    lines = [
        f'collected_by = "{NAMES[2]}"' if line.startswith("collected_by") else line
        for line in toml.read_text(encoding="utf-8").splitlines()
    ]
    toml.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = open_case(folder)
    decide(made)
    return made


def decide(case: Case) -> None:
    ana, boris = case.store(NAMES[0]), case.store(NAMES[1])
    claims = [claim.id for claim in case.analysis.claims if claim.voice == "attributed"]
    first = ana.append(desk.answer(case.view(), claims[0], "accept"))
    second = boris.append(desk.answer(case.view(), claims[0], "reject"))
    ana.append(desk.adjudicate(case.view(), claims[0], "accept", events=[first.id, second.id]))
    ana.append(desk.note(case.view(), claims[0], "as boris said"))
    boris.append(desk.add_words(case.view(), 0, 6, "loaded word"))
    boris.undo()
    boris.redo()


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kit.cli", *map(str, arguments)],
        capture_output=True, encoding="utf-8", cwd=cwd, env={**os.environ, "OMP_NUM_THREADS": "1"}, timeout=300,
        check=False,
    )  # fmt: skip


def needs(format: str) -> None:
    for module in {"parquet": ["pyarrow"], "xlsx": ["xlsxwriter"]}.get(format, []):
        pytest.importorskip(module)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_the_command_offers_the_formats_that_there_are() -> None:
    assert tuple(FORMATS) == cli.EXPORT_FORMATS


def test_a_file_is_written_in_this_folder_and_the_message_counts_what_is_in_it_and_what_is_not(
    case: Case, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    before = contents(case.folder)
    done = run("export", case.folder, "--format", "web-annotation", cwd=here)
    assert (done.returncode, done.stdout) == (0, "flood.annotations.jsonld\n")
    assert [file.name for file in here.iterdir()] == ["flood.annotations.jsonld"]
    held, out = done.stderr.splitlines()
    assert " claims, " in held and held.endswith("1 tagged word and 2 answers: written.")
    assert out.startswith("7 events of the log, ") and out.endswith(" and the article's text do not fit this format.")

    again = run("export", case.folder, "--format", "web-annotation", cwd=here)
    assert again.returncode == 2 and "is there already" in again.stderr and "--force" in again.stderr
    (here / "flood.annotations.jsonld").write_text("mine", encoding="utf-8")
    forced = run("export", case.folder, "--format", "web-annotation", "--force", cwd=here)
    assert forced.returncode == 0 and json.loads((here / "flood.annotations.jsonld").read_text(encoding="utf-8"))
    assert contents(case.folder) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere", "--format", "zip"), "nowhere: no such case"),
        (("flood.txt", "--format", "zip"), "kit new NAME"),
        (("CASE", "--format", "doc"), "invalid choice"),
        (("CASE",), "--format"),
        (("CASE", "--format", "zip", "--out", "CASE/all.zip"), "lies inside the case"),
        (("CASE", "--format", "csv", "--out", "flood.txt"), "is a file"),
        (("CASE", "--format", "csv", "--out", "CASE", "--force"), "lies inside the case"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_reason(
    arguments: tuple[str, ...], message: str, case: Case, tmp_path: Path
) -> None:
    (tmp_path / "flood.txt").write_text(TEXT, encoding="utf-8")
    before = contents(tmp_path)
    done = run("export", *(one.replace("CASE", str(case.folder)) for one in arguments), cwd=tmp_path)
    assert done.returncode == 2 and message in done.stderr and not done.stdout
    assert contents(tmp_path) == before


def test_tables_go_into_a_folder_and_replace_only_their_own_files(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = export_case(case, "csv", out)
    assert made.path == out and {file.name for file in made.files} == {file.name for file in out.iterdir()}
    assert made.lost == {"text": 1} and made.held["words"] == 1
    (out / "mine.csv").write_text("kept", encoding="utf-8")
    with pytest.raises(ExportError, match="is there already"):
        export_case(case, "csv", out)
    export_case(case, "csv", out, force=True)
    assert (out / "mine.csv").read_text(encoding="utf-8") == "kept"


def test_a_folder_as_target_takes_the_file_under_its_usual_name(case: Case, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert export_case(case, "zip", tmp_path / "out").path == tmp_path / "out" / "flood.zip"


def test_a_case_is_found_by_its_name_and_the_sample_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_case("sample").article.text.startswith("Washington")


# The whole case


def unzipped(path: Path, folder: Path) -> Case:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return open_case(folder / "flood")


def test_a_zip_is_the_case_again_and_nothing_else(case: Case, tmp_path: Path) -> None:
    (case.folder / ".secret").write_text("x", encoding="utf-8")
    (case.folder / "annotations.jsonl.lock").write_text("", encoding="utf-8")
    (case.folder / "labels.toml").write_text('[[label]]\nname = "narrative"\n', encoding="utf-8")
    export = export_case(case, "zip", tmp_path / "case.zip")
    back = unzipped(export.path, tmp_path / "back")
    assert back.verify() == [] and back.view() == case.view()
    assert (export.lost, export.message.splitlines()[1]) == ({}, "Everything in the case fits this format.")
    names = {file.name for file in back.folder.iterdir()}
    assert names == {"article.txt", "case.toml", "analysis.json", "annotations.jsonl", "labels.toml", "SHA256SUMS"}
    for name in names - {"SHA256SUMS"}:
        assert (back.folder / name).read_bytes() == (case.folder / name).read_bytes()
    sums = [line.split("  ") for line in (back.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    assert {name: digest for digest, name in sums} == {
        name: hashlib.sha256((back.folder / name).read_bytes()).hexdigest() for name in names - {"SHA256SUMS"}
    }


def test_a_zip_holds_every_version_of_the_article_and_pseudonyms_reach_the_earlier_ones(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "newer.txt"
    newer.write_text(TEXT.replace("16 boats", "17 boats"), encoding="utf-8")
    monkeypatch.setenv("KIT_ANNOTATOR", NAMES[1])
    case = add_version(case.folder, newer, published="2023-06-06")
    export = export_case(case, "zip", tmp_path / "case.zip", use_pseudonyms=True)
    back = unzipped(export.path, tmp_path / "back")
    assert [version.info["collected_by"] for version in back.versions()] == ["annotator-3", "annotator-2"]
    assert [version.article.text for version in back.versions()] == [one.article.text for one in case.versions()]
    assert [check for check in checks(back) if check.problem] == [check for check in checks(case) if check.problem]
    assert not any(name.encode() in export.path.read_bytes() for name in NAMES)


def test_a_zip_has_the_same_bytes_whenever_and_wherever_the_case_lies(case: Case, tmp_path: Path) -> None:
    first = export_case(case, "zip", tmp_path / "one.zip").path.read_bytes()
    copy = Path(shutil.copytree(case.folder, tmp_path / "elsewhere" / "flood"))
    for file in copy.iterdir():
        os.utime(file, (1_000_000_000, 1_000_000_000))
        file.chmod(0o600)
    assert export_case(open_case(copy), "zip", tmp_path / "two.zip").path.read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert archive.testzip() is None


# Pseudonyms


@pytest.mark.parametrize("format", FORMATS)
def test_no_name_of_an_annotator_is_left_in_any_format(format: str, case: Case, tmp_path: Path) -> None:
    needs(format)
    export = export_case(case, format, tmp_path / "out", use_pseudonyms=True)
    assert any("3 names are pseudonyms now" in note for note in export.notes)
    assert any("1 event holds one of these names" in note for note in export.notes)
    told = b"".join(readable(file) for file in export.files)
    assert b"annotator-1" in told
    assert [name for name in (*NAMES, NAMES[0].split()[0]) if name.encode() in told] == []
    assert all(json.dumps(name).encode() not in told for name in NAMES)


def readable(file: Path) -> bytes:
    """The bytes of a file with everything in it unpacked."""
    content = file.read_bytes()
    if file.suffix == ".parquet":
        import pyarrow.parquet as parquet

        return json.dumps(parquet.read_table(io.BytesIO(content)).to_pylist(), ensure_ascii=False).encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if content.startswith(b"\x78"):  # zlib, of a DocBin
        import zlib

        return zlib.decompress(content)
    return content


def test_a_log_under_pseudonyms_is_a_sound_log_and_means_the_same(case: Case, tmp_path: Path) -> None:
    export = export_case(case, "zip", tmp_path / "case.zip", use_pseudonyms=True)
    back = unzipped(export.path, tmp_path / "back")
    assert back.verify() == [] and back.info["collected_by"] == "annotator-3"
    before, now = case.store().read(), back.store().read()
    assert [event.annotator for event in now] == [
        {NAMES[0]: "annotator-1", NAMES[1]: "annotator-2"}[event.annotator] for event in before
    ]
    assert not {event.id for event in before} & {event.id for event in now}
    place = {event.id: number for number, event in enumerate(before)}
    assert [event.supersedes and now[place[event.supersedes]].id for event in before] == [e.supersedes for e in now]
    assert now[2].value["adjudicates"] == [now[0].id, now[1].id]
    same = ("action", "target", "record", "article", "created", "anchor")
    assert [[getattr(event, name) for name in same] for event in before] == [
        [getattr(event, name) for name in same] for event in now
    ]
    assert outcome(case) == outcome(back)
    store = AnnotationStore(back.folder / "annotations.jsonl", article=back.article.sha256, annotator="new")
    store.append(desk.note(back.view(), now[0].target, "goes on"))
    assert back.verify() == []


def outcome(case: Case) -> tuple[Analysis, dict[str, tuple[object, ...]]]:
    view = case.view()
    return view.analysis, {target: (one.answer, one.added, len(one.events)) for target, one in view.decisions.items()}


def test_pseudonyms_are_the_same_in_every_format_and_a_bad_line_of_the_log_is_told(case: Case, tmp_path: Path) -> None:
    with open(case.folder / "annotations.jsonl", "a", encoding="utf-8") as log:
        log.write('{"annotator": "Boris", torn\n')
    material, notes = material_of(case, use_pseudonyms=True)
    assert any("1 line of the log is not in order" in note for note in notes)
    files = export_case(case, "zip", tmp_path / "case.zip", use_pseudonyms=True).path.read_bytes()
    assert b"Boris" not in files
    tasks = exported.from_prodigy(export_case(case, "prodigy", tmp_path / "p", use_pseudonyms=True).path.read_bytes())
    assert tasks >= {fact for fact in exported.facts(material) if fact[0] == "by"} != set()


def test_a_case_without_decisions_and_without_a_date_exports_in_every_format(tmp_path: Path) -> None:
    source = tmp_path / "odd.txt"
    source.write_text("😀 \u05e9\u05dc\u05d5\u05dd\n\n=1+1 said nobody.\n", encoding="utf-8")
    case = create_case(tmp_path / "odd case", source)
    for format in FORMATS:
        needs(format)
        made = export_case(case, format, tmp_path / "out" / format, use_pseudonyms=True)
        assert all(file.stat().st_size for file in made.files)
    assert {type(one) for one in (*case.analysis.claims, *case.analysis.quantities)} <= {Claim, Quantity}
