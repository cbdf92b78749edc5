"""Tasks in processes of their own: order, deaths, and what is left behind. All processes are real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kit.batch import processes
from kit.batch.processes import AHEAD, TRIES, Lost, ProcessError, run_in_processes

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def prepare() -> Callable[[Any], Any]:
    """A worker that sleeps, dies, or doubles a number."""

    def work(task: Any) -> Any:
        if isinstance(task, float):
            time.sleep(task)
        if task == "die":
            os.kill(os.getpid(), KILL)
        if isinstance(task, Path) and not task.exists():
            task.touch()
            os.kill(os.getpid(), KILL)
        if task == "leave":
            os._exit(3)
        return os.getpid() if task == "who" else task * 2 if isinstance(task, int) else task

    return work


def prepare_nothing() -> Callable[[Any], Any]:
    raise FileNotFoundError("weights.bin is missing")


def prepare_death() -> Callable[[Any], Any]:
    os._exit(7)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def test_results_come_in_the_order_of_the_tasks_however_long_each_takes() -> None:
    tasks = [0.5, 1, 0.2, 2, 3, 0.0, 4]
    assert list(run_in_processes(tasks, prepare, processes=3)) == [0.5, 2, 0.2, 4, 6, 0.0, 8]


def test_no_task_no_process_and_no_more_processes_than_tasks() -> None:
    assert list(run_in_processes([], prepare, processes=4)) == []
    assert len(set(run_in_processes(["who"] * 2, prepare, processes=9))) <= 2


def test_one_process_reads_many_tasks_and_several_share_them() -> None:
    assert len(set(run_in_processes(["who"] * 20, prepare))) == 1
    assert len(set(run_in_processes(["who", 0.2, 0.2, "who", 0.2, "who"], prepare, processes=2)) - {0.2}) <= 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_task_that_kills_its_process_is_lost_and_takes_no_other_with_it(count: int) -> None:
    found = list(run_in_processes([1, "die", 2, "leave", 3], prepare, processes=count))
    assert [found[0], found[2], found[4]] == [2, 4, 6]
    assert [type(found[i]) for i in (1, 3)] == [Lost, Lost]
    assert [found[i].kind for i in (1, 3)] == ["crashed", "crashed"]
    assert f"{TRIES} times" in found[1].message
    assert "exit code 3" in found[3].message


def test_a_task_whose_process_was_killed_once_is_read_by_the_next(tmp_path: Path) -> None:
    flags = [tmp_path / "a", tmp_path / "b"]
    assert list(run_in_processes([1, *flags, 2], prepare, processes=2)) == [2, *flags, 4]


def test_all_tasks_may_kill_their_process() -> None:
    assert [result.kind for result in run_in_processes(["die"] * 4, prepare, processes=2)] == ["crashed"] * 4


def test_a_task_that_takes_too_long_is_stopped_and_not_tried_again() -> None:
    found = list(run_in_processes([1, 600.0, 2], prepare, seconds=1))
    assert (found[0], found[1].kind, found[2]) == (2, "timeout", 4)


def test_what_keeps_processes_from_starting_is_said() -> None:
    with pytest.raises(ProcessError, match=r"weights\.bin is missing"):
        list(run_in_processes([1], prepare_nothing))
    with pytest.raises(ProcessError, match="exit code 7"):
        list(run_in_processes([1, 2, 3], prepare_death, processes=2))


def test_closing_the_results_stops_the_processes() -> None:
    results = run_in_processes(["who", 600.0], prepare, processes=1)
    pid = next(results)
    assert is_running(pid)
    results.close()
    assert not is_running(pid)


def test_tasks_are_taken_only_as_far_as_results_are_kept_for_a_slow_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "AHEAD", 8)
    taken: list[int] = []

    def tasks() -> Iterator[Any]:
        yield 1.0  # the others overtake this one, up to a point
        for number in range(100):
            taken.append(number)
            yield number

    results = run_in_processes(tasks(), prepare, processes=2)
    assert next(results) == 1.0
    assert len(taken) <= 8
    assert list(results) == [number * 2 for number in range(100)]
    assert AHEAD > 8


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from kit.batch.processes import run_in_processes\n"
        "import test_batch_processes as tests\n"
        "if __name__ == '__main__':\n"
        "    for result in run_in_processes(['who', 'who', *[0.05] * 100000], tests.prepare, processes=2):\n"
        "        print(result, flush=True)\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pids = {int(parent.stdout.readline()) for _ in range(2)}
    parent.kill()
    parent.communicate(timeout=60)  # raises where a process lives on: each of them holds the pipe open
    assert len(pids) <= 2
