"""The event log: nothing acknowledged is lost, nothing broken hides the rest, and the file says when it was changed."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

import kit.store
from kit.records import Anchor, Annotation
from kit.store import AnnotationStore, StoreError, login_name

ROOT = Path(__file__).parents[1]
ACCEPT = {"action": "accept", "target": "q1", "record": "quantity"}
REJECT = ACCEPT | {"action": "reject"}
ANCHOR = {"start_char": 3, "end_char": 6, "exact": "aé😀", "prefix": "x", "suffix": "y"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.jsonl"


def open_store(path: Path, annotator: str = "ana") -> AnnotationStore:
    return AnnotationStore(path, article="ab" * 32, annotator=annotator)


def run_python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A second Python that can import the kit."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Without the rights of an administrator, for whom no folder is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_an_event_is_filled_in_written_as_one_line_and_read_back(path: Path) -> None:
    store = open_store(path)
    event = store.append(ACCEPT | {"value": {"value": 3}, "anchor": ANCHOR})
    assert isinstance(event, Annotation)
    assert (event.schema, event.article, event.annotator) == (1, "ab" * 32, "ana")
    assert event.created[10] == "T" and event.created[-6] in "+-"
    assert event.anchor == Anchor(3, 6, "aé😀", "x", "y")
    assert path.read_bytes().count(b"\n") == 1 and path.read_bytes().endswith(b"\n")
    assert "aé😀" in path.read_text(encoding="utf-8")
    assert open_store(path).read() == [event]
    assert open_store(path).current()["q1"].answer == "accept"


def test_an_annotation_is_a_draft_too_and_gets_its_own_id(path: Path) -> None:
    store = open_store(path)
    first = store.append(ACCEPT)
    again = store.append(first)
    assert again.id != first.id and again.action == first.action
    assert store.problems == []


def test_half_a_surrogate_pair_is_kept(path: Path) -> None:
    event = open_store(path).append(ACCEPT | {"value": {"note": "\ud83d"}})
    assert open_store(path).read() == [event]


def test_without_a_login_name_the_annotator_is_unknown(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.delenv("KIT_ANNOTATOR", raising=False)
    monkeypatch.setattr(kit.store.annotations.getpass, "getuser", nobody)
    assert login_name() == AnnotationStore(path).annotator == "unknown"


def test_the_annotator_comes_from_the_environment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_ANNOTATOR", "eve")
    assert AnnotationStore(path).append(ACCEPT).annotator == "eve"
    monkeypatch.delenv("KIT_ANNOTATOR")
    monkeypatch.setattr(kit.store.annotations.getpass, "getuser", lambda: "login")
    assert AnnotationStore(path).annotator == "login"


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ({}, "action is missing"),
        (ACCEPT | {"action": "shrug"}, "expected one of accept"),
        (ACCEPT | {"record": "verb"}, "record is 'verb'"),
        (ACCEPT | {"target": ""}, "target is missing or empty"),
        (ACCEPT | {"colour": "red"}, "unknown colour"),
        (ACCEPT | {"value": [1]}, "value is not an object"),
        (ACCEPT | {"value": {"x": float("nan")}}, "not an annotation"),
        (ACCEPT | {"value": {"x": object()}}, "not an annotation"),
        (ACCEPT | {"anchor": {"start_char": 0, "end_char": 2, "exact": "abc"}}, "does not fit"),
        (ACCEPT | {"anchor": {"start_char": "0", "end_char": 2, "exact": "ab"}}, "whole numbers"),
        (ACCEPT | {"action": "undo"}, "names the event"),
        (ACCEPT | {"supersedes": "feed"}, "supersedes names no event"),
        (["accept"], "not list"),
    ],
)
def test_a_bad_draft_is_refused_before_anything_is_written(path: Path, draft: object, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        open_store(path).append(draft)  # type: ignore[arg-type]
    assert not path.exists()


def test_a_torn_last_line_is_named_and_hides_nothing(path: Path) -> None:
    store = open_store(path)
    first = store.append(ACCEPT)
    with path.open("ab") as file:
        file.write(b'{"schema": 1, "id": "dead')
    assert store.read() == [first]
    assert store.problems[0].startswith("annotations.jsonl, line 2: not an annotation: ")
    second = store.append(REJECT)
    assert store.read() == open_store(path).read() == [first, second]
    assert [line.split(":")[0] for line in store.problems] == ["annotations.jsonl, line 2"]
    assert path.read_bytes().split(b"\n")[1] == b'{"schema": 1, "id": "dead'


def test_a_whole_last_line_without_its_line_end_counts(path: Path) -> None:
    first = open_store(path).append(ACCEPT)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    store = open_store(path)
    assert store.read() == store.read() == [first]
    second = store.append(REJECT)
    assert open_store(path).read() == [first, second] and store.problems == []


def test_bad_lines_are_numbered_as_an_editor_numbers_them(path: Path) -> None:
    event = open_store(path).append(ACCEPT)
    good = path.read_bytes()
    path.write_bytes(b"\n[]\n" + b'{"schema": 2}\n\xff\xfe\n{"schema": 1, "id": "a"}\n\n' + good)
    store = open_store(path)
    assert store.read() == [event]
    assert [problem.split(": not an annotation: ")[0][-6:] for problem in store.problems] == [
        f"line {n}" for n in (2, 3, 4, 5)
    ]
    assert "schema 2" in store.problems[1] and "UTF-8" in store.problems[2] and "action is missing" in store.problems[3]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(path: Path) -> None:
    store = open_store(path)
    events = [store.append(ACCEPT), store.append(REJECT)]
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    fresh = open_store(path)
    assert fresh.read() == store.read() == events
    assert fresh.problems == store.problems == []


def test_a_changed_and_a_lost_line_break_the_chain(path: Path) -> None:
    store = open_store(path)
    for draft in (ACCEPT, REJECT, ACCEPT):
        store.append(draft)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"reject", b"ignore") + lines[2])
    changed = open_store(path)
    assert len(changed.read()) == 3
    assert ["line 2" in problem and "chain" in problem for problem in changed.problems] == [True]
    path.write_bytes(lines[0] + lines[2])
    lost = open_store(path)
    assert len(lost.read()) == 2
    assert ["line 2" in problem and "chain" in problem for problem in lost.problems] == [True]


def test_a_line_that_stands_twice_counts_once(path: Path) -> None:
    event = open_store(path).append(ACCEPT)
    path.write_bytes(path.read_bytes() * 2)
    store = open_store(path)
    assert store.read() == [event]
    assert "line 2: the event of line 1 again" in store.problems[0]


def test_a_replaced_file_is_read_anew(path: Path) -> None:
    store = open_store(path)
    store.append(ACCEPT)
    path.unlink()
    assert store.read() == [] and "has gone" in store.problems[0]
    other = open_store(path, "bo").append(REJECT)
    assert store.read() == [other] and len(store.problems) == 1


def test_undo_and_redo_are_events_and_survive_reopening(path: Path) -> None:
    open_store(path).append(ACCEPT)
    rejected = open_store(path).append(REJECT)
    assert open_store(path).undo().supersedes == rejected.id  # type: ignore[union-attr]
    assert open_store(path).current()["q1"].answer == "accept"
    assert open_store(path).redo() is not None
    assert open_store(path).current()["q1"].answer == "reject"
    assert open_store(path).redo() is None
    assert [event.action for event in open_store(path).read()] == ["accept", "reject", "undo", "undo"]


def test_undo_takes_back_only_what_this_annotator_decided(path: Path) -> None:
    ana, bo = open_store(path, "ana"), open_store(path, "bo")
    mine = ana.append(ACCEPT)
    bo.append(REJECT)
    assert ana.undo().supersedes == mine.id  # type: ignore[union-attr]
    assert ana.undo() is None
    assert bo.current()["q1"].answer == "reject"


def test_two_stores_in_one_process_see_each_other(path: Path) -> None:
    one, two = open_store(path), open_store(path, "bo")
    events = [one.append(ACCEPT), two.append(REJECT), one.append(ACCEPT)]
    assert one.read() == two.read() == events
    assert one.problems == two.problems == []


APPEND_MANY = """
import sys
from kit.store import AnnotationStore
store = AnnotationStore(sys.argv[1], annotator=sys.argv[2])
for i in range(int(sys.argv[3])):
    store.append({"action": "note", "target": f"{sys.argv[2]}-{i}", "record": "claim", "value": {"note": "x" * i}})
"""


def test_two_processes_append_at_once_and_nothing_is_lost_or_doubled(path: Path) -> None:
    count = 300
    running = [run_python(APPEND_MANY, path, name, count) for name in ("ana", "bo")]
    assert [process.wait(timeout=240) for process in running] == [0, 0]
    for process in running:
        process.communicate()
    store = open_store(path)
    events = store.read()
    for name in ("ana", "bo"):
        assert [event.target for event in events if event.annotator == name] == [f"{name}-{i}" for i in range(count)]
    assert len({event.id for event in events}) == 2 * count
    assert store.problems == []


APPEND_FOR_EVER = """
import sys
from kit.store import AnnotationStore
store = AnnotationStore(sys.argv[1], annotator="ana")
while True:
    event = store.append({"action": "note", "target": "c", "record": "claim", "value": {"note": "x" * 5000}})
    sys.stdout.write(event.id + "\\n")
    sys.stdout.flush()
"""


def test_a_killed_process_loses_no_acknowledged_event(path: Path) -> None:
    acknowledged: list[str] = []
    for i in range(10):
        process = run_python(APPEND_FOR_EVER, path)
        assert process.stdout is not None
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(0.01 * i)
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        acknowledged += [line for line in rest.split("\n") if len(line) == 16]
    store = open_store(path)
    written = [event.id for event in store.read()]
    assert len(acknowledged) >= 10 and set(acknowledged) <= set(written)
    assert [one for one in written if one in set(acknowledged)] == acknowledged
    assert not [problem for problem in store.problems if "chain" in problem]
    assert store.append(ACCEPT).id == open_store(path).read()[-1].id


def test_a_full_disk_is_an_error_and_the_torn_line_stays_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(path)
    first = store.append(ACCEPT)
    write = os.write
    monkeypatch.setattr(kit.store.annotations.os, "write", lambda handle, data: write(handle, data[:20]))
    with pytest.raises(StoreError, match=r"annotations\.jsonl: the decision was not saved: .*full"):
        store.append(REJECT)
    monkeypatch.undo()
    second = store.append(REJECT)
    assert open_store(path).read() == [first, second]


def test_a_read_only_folder_is_told_in_one_line_and_can_still_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        event = open_store(folder / "annotations.jsonl").append(ACCEPT)
        (folder / "annotations.jsonl.lock").unlink(missing_ok=True)
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
        try:
            with as_ordinary_user():
                store = open_store(folder / "annotations.jsonl")
                assert store.read() == [event]
                with pytest.raises(StoreError, match=r"cannot write here .*make the folder writable") as caught:
                    store.append(REJECT)
        finally:
            folder.chmod(0o700)
        assert "\n" not in str(caught.value) and str(folder) in str(caught.value)
        assert open_store(folder / "annotations.jsonl").read() == [event]


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    store = open_store(tmp_path / "nowhere" / "annotations.jsonl")
    for use in (store.read, store.undo, lambda: store.append(ACCEPT)):
        with pytest.raises(StoreError, match="nowhere: no such folder; create the case"):
            use()
    assert not (tmp_path / "nowhere").exists()


def test_a_lock_that_another_program_keeps_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit.store.annotations, "LOCK_SECONDS", 0.05)
    store = open_store(path)
    with FileLock(f"{path}.lock"), pytest.raises(StoreError, match=r"another program has held .*\.lock"):
        store.append(ACCEPT)
    assert store.append(ACCEPT).target == "q1"


def test_ids_are_derived_from_content_and_place(path: Path) -> None:
    open_store(path).append(ACCEPT)
    open_store(path).append(REJECT)
    first, second = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert first["id"] == kit.store.event_id(first, previous="")
    assert second["id"] == kit.store.event_id(second, previous=first["id"])


def test_poll_tells_whether_anything_came_since_the_last_read(path: Path) -> None:
    one, two = open_store(path), open_store(path, "bo")
    assert not one.poll() and one.read() == [] and not one.poll()
    two.append(ACCEPT)
    assert one.poll() and one.poll()
    assert len(one.read()) == 1 and not one.poll()
    one.append(REJECT)
    assert one.poll() and two.poll()
    one.read()
    path.write_bytes(path.read_bytes())
    assert not one.poll()
    path.unlink()
    assert one.poll() and one.read() == [] and not one.poll()


def test_what_was_taken_back_is_not_taken_back_again(path: Path) -> None:
    here, there = open_store(path), open_store(path)
    event = here.append(ACCEPT)
    undo = {"action": "undo", "target": "q1", "record": "quantity", "supersedes": event.id}
    taken = there.append(undo)
    with pytest.raises(StoreError, match="taken back already"):
        here.append(undo)
    here.append(undo | {"supersedes": taken.id})
    assert open_store(path).current()["q1"].answer == "accept"
    assert here.append(undo).supersedes == event.id
    assert open_store(path).current() == {}
