"""What was acknowledged is on the disk: processes killed at random moments, and two that write at once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kit.store import AnnotationStore

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow

# A parent that has imported the kit forks a writer for each round and kills it with SIGKILL when it likes; what the
# writer acknowledged through its pipe is what a desk would have shown as saved.
KILL_ROUNDS = """
import os, random, select, signal, sys, time
from kit.store import AnnotationStore

path, rounds, each, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
chance = random.Random(seed)
for number in range(rounds):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        store = AnnotationStore(path, annotator="ana")
        for n in range(10_000):
            value = {"note": "x" * chance.randrange(6_000)}
            draft = {"action": "note", "target": f"{number}-{n}", "record": "claim", "value": value}
            event = store.undo() if n % 5 == 4 else store.append(draft)
            os.write(writer, (event.id + "\\n").encode())
        os._exit(0)
    os.close(writer)
    heard = b""
    while heard.count(b"\\n") < each:
        heard += os.read(reader, 65_536)
    time.sleep(chance.random() * 0.004)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 65_536):
        heard += more
    os.close(reader)
    sys.stdout.write(heard.decode())
"""

WRITE_MANY = """
import sys
from kit.store import AnnotationStore

store, name, count = AnnotationStore(sys.argv[1], annotator=sys.argv[2]), sys.argv[2], int(sys.argv[3])
for n in range(count):
    if store.poll():
        store.read()
    event = store.append({"action": "note", "target": f"{name}-{n}", "record": "claim", "value": {"note": str(n)}})
    sys.stdout.write(event.id + "\\n")
others = {event.annotator for event in store.read()} - {name}
sys.stdout.write(f"saw {len(others)}\\n")
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_thousand_decisions_of_processes_killed_at_random_moments_are_all_there(tmp_path: Path) -> None:
    path, rounds, each = tmp_path / "annotations.jsonl", 100, 10
    process = start(KILL_ROUNDS, path, rounds, each, random.SystemRandom().randrange(2**32))
    shown, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    acknowledged = shown.split()
    assert len(acknowledged) >= rounds * each == 1_000

    store = AnnotationStore(path, annotator="bo")
    events = store.read()
    written = [event.id for event in events]
    assert len(set(written)) == len(written)
    assert [one for one in written if one in set(acknowledged)] == acknowledged
    # A writer that was killed before it could acknowledge leaves one event more, or one torn line.
    assert len(written) - len(acknowledged) + len(store.problems) <= rounds
    assert not [problem for problem in store.problems if "chain" in problem or "again" in problem]
    assert store.append({"action": "accept", "target": "q", "record": "quantity"}) == AnnotationStore(path).read()[-1]


def test_ten_thousand_decisions_of_two_processes_at_once_are_all_there_and_none_twice(tmp_path: Path) -> None:
    path, count = tmp_path / "annotations.jsonl", 5_000
    running = {name: start(WRITE_MANY, path, name, count) for name in ("ana", "bo")}
    shown = {name: process.communicate(timeout=300)[0].split("\n") for name, process in running.items()}
    assert [process.returncode for process in running.values()] == [0, 0]

    store = AnnotationStore(path)
    events = store.read()
    assert len(events) == len({event.id for event in events}) == 2 * count and store.problems == []
    for name, lines in shown.items():
        mine = [event for event in events if event.annotator == name]
        assert [event.id for event in mine] == lines[:count]
        assert [event.target for event in mine] == [f"{name}-{n}" for n in range(count)]
    assert "saw 1" in (*shown["ana"], *shown["bo"])
