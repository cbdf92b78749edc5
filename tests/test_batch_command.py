"""``kit extract`` as a user runs it: killed halfway, with a worker killed, on a terminal, into a pipe."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.folders import children, digest_of, write_articles
from kit.batch.command import run

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has neither SIGKILL nor terminals of this kind")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the processes of a process are looked up in /proc")
SMALL_PARTS = "import sys; from kit.batch import parts; parts.ARTICLES = 6; from kit.cli import main; sys.exit(main())"


def kit_extract(*arguments: object) -> list[str]:
    return [sys.executable, "-c", SMALL_PARTS, "extract", *map(str, arguments)]


def finished(out: Path) -> int:
    return len(list((out / "parts").glob("[0-9]*.gz")))


def wait_until(process: subprocess.Popen, condition: Callable[[], bool]) -> None:
    """Wait, for five minutes at most, until something holds while a process runs."""
    for _ in range(6000):
        if condition():
            return
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.05)
    raise TimeoutError


@pytest.mark.slow
@LINUX
def test_a_run_that_is_killed_and_a_worker_that_is_killed_leave_the_bytes_of_an_uninterrupted_run(tmp_path: Path):
    write_articles(tmp_path / "in", 48, paragraphs=3)
    done = subprocess.run(kit_extract(tmp_path / "in", "--out", tmp_path / "whole"), capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (
        1,
        f"48 articles: 46 read, 2 failed: see {tmp_path / 'whole' / 'articles.csv'}",
    )
    again = kit_extract(tmp_path / "in", "--out", tmp_path / "killed", "--jobs", 2)

    process = subprocess.Popen(again, stdout=subprocess.DEVNULL)
    wait_until(process, lambda: finished(tmp_path / "killed") >= 2)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    before = finished(tmp_path / "killed")
    assert 2 <= before < 8
    assert not (tmp_path / "killed" / "claims.csv").exists()

    process = subprocess.Popen(again, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wait_until(process, lambda: finished(tmp_path / "killed") > before)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 1
    assert f"({before * 6} of them done by an earlier run)" in said
    assert digest_of(tmp_path / "killed") == digest_of(tmp_path / "whole")


@POSIX
def test_a_terminal_sees_a_bar_and_standard_output_only_results(tmp_path: Path):
    import pty
    import termios

    write_articles(tmp_path / "in", 3, paragraphs=1)
    (tmp_path / "in" / "empty.txt").touch()
    here, there = pty.openpty()
    termios.tcsetwinsize(there, (24, 100))  # a new one has no columns, and no room for a bar
    command = kit_extract(tmp_path / "in", "--jobs", 2)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=there, env={**os.environ, "TERM": "xterm"})
    os.close(there)
    printed, _ = process.communicate(timeout=300)
    bar = b""
    while chunk := read_terminal(here):
        bar += chunk
    assert process.returncode == 1
    assert len([json.loads(line) for line in printed.splitlines()]) == 4
    assert b"4/4" in bar
    assert b"failed=1" in bar


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that nobody will write any more
        return b""


def test_no_terminal_no_bar(tmp_path: Path):
    write_articles(tmp_path, 3, paragraphs=1)
    done = subprocess.run(kit_extract(tmp_path), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@POSIX
def test_a_reader_that_has_seen_enough_ends_the_run(tmp_path: Path):
    write_articles(tmp_path, 12, paragraphs=1)
    process = subprocess.Popen(kit_extract(tmp_path, "--jobs", 2), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["id"].endswith("000000.txt")
    process.stdout.close()
    assert process.wait(timeout=300) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"processes": 0}, "--jobs"),
        ({"format": "json", "out": Path("out")}, "standard output"),
        ({"format": "parquet"}, "--out DIR"),
    ],
)
def test_options_that_do_not_go_together_say_so(options: dict, message: str):
    with pytest.raises(ValueError, match=message):
        run(["nowhere.txt"], **{"published": None, "format": None, "out": None} | options)
