"""Tasks to some processes, results back in order; a process that dies takes one task with it and nothing else.

In: tasks, and a function that each new process calls once to get what it does with a task. Out: per task what that
returned, or :class:`Lost`. Each process has a pipe of its own and one task at a time, so it is known which task a
process died of, and only that process is started again; the shared queue of
:class:`concurrent.futures.ProcessPoolExecutor` breaks for all of them and does not say whose fault it was. When the
parent is killed, the pipes close and the processes end.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from kit.errors import WorkFailed

AHEAD = 256  # results that wait for a slow one before them: enough to keep all busy, few enough to hold in memory
TRIES = 2  # a process may be killed for the memory that another one took
LOADING = 180.0  # seconds that a process has for its start
STARTS = 3  # processes in a row that end before they have started

Prepare = Callable[[], Callable[[Any], Any]]


class ProcessError(WorkFailed):
    """No process can be started."""


@dataclass(frozen=True)
class Lost:
    """A task without a result: each process that tried it died (``crashed``), or it took too long (``timeout``)."""

    kind: str
    message: str


@dataclass
class _Task:
    index: int
    value: Any
    deaths: int = 0


def run_in_processes(
    tasks: Iterable[Any], prepare: Prepare, *, processes: int = 1, seconds: float = 900
) -> Iterator[Any]:
    """Yield one result per task, in order; closing the iterator stops the processes.

    Args:
        tasks: what is pickled and sent, taken only as far as it is needed.
        prepare: called once in each process, by its import path; it returns what each task is given to.
        processes: how many at most; one is started when there is a task for it.
        seconds: a task that takes longer is stopped and lost.

    Raises:
        ProcessError: ``prepare`` raises, or the processes end before they have started.
    """
    crew = _Crew(tasks, prepare, processes, seconds)
    try:
        yield from crew.results()
    finally:
        for worker in crew.workers:
            worker.stop()


class _Crew:
    """The processes, and the tasks on their way through them."""

    def __init__(self, tasks: Iterable[Any], prepare: Prepare, processes: int, seconds: float) -> None:
        self.tasks = enumerate(tasks)
        self.prepare, self.processes, self.seconds = prepare, processes, seconds
        self.workers: list[_Worker] = []
        self.again: deque[_Task] = deque()
        self.done: dict[int, Any] = {}
        self.taken = 0  # tasks taken so far
        self.failed_starts = 0

    def results(self) -> Iterator[Any]:
        """The results in the order of the tasks."""
        following = 0
        while True:
            self._hand_out(following + AHEAD)
            while following in self.done:
                yield self.done.pop(following)
                following += 1
            busy = [worker for worker in self.workers if worker.task]
            if busy:
                self._wait(busy)
            elif not self.again and following == self.taken and not self._hand_out(following + AHEAD):
                return

    def _hand_out(self, before: int) -> bool:
        """Give each idle process a task; start processes while there are tasks for more. Whether one was given."""
        given = False
        while True:
            worker = next((worker for worker in self.workers if worker.task is None), None)
            if worker is None and len(self.workers) == self.processes:
                return given
            task = self._next(before)
            if task is None:
                return given
            if worker is None:
                worker = _Worker(self.prepare)
                self.workers.append(worker)
            worker.give(task, self.seconds)
            given = True

    def _next(self, before: int) -> _Task | None:
        if self.again:
            return self.again.popleft()
        if self.taken >= before:
            return None
        for index, value in self.tasks:
            self.taken = index + 1
            return _Task(index, value)
        return None

    def _wait(self, busy: list[_Worker]) -> None:
        """Wait until a process says something, dies or has had its time."""
        soonest = min(worker.deadline for worker in busy)
        ready = wait([worker.pipe for worker in busy], max(0.0, soonest - time.monotonic()))
        for worker in busy:
            if worker.pipe in ready:
                self._receive(worker)
            elif worker.deadline <= time.monotonic():
                self._remove(worker, Lost("timeout", f"reading it took more than {self.seconds:g} seconds"))

    def _receive(self, worker: _Worker) -> None:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            return self._remove(worker)
        if kind == "broken":
            raise ProcessError(f"a process cannot start: {value}")
        if kind == "ready":
            self.failed_starts = 0
            return worker.begin(self.seconds)
        self.done[worker.task.index] = value
        worker.task = None

    def _remove(self, worker: _Worker, lost: Lost | None = None) -> None:
        """Take leave of a process; its task is lost, or tried again."""
        self.workers.remove(worker)
        task, end = worker.task, worker.stop(wait_for=5 if lost is None else 0)
        if not worker.started:
            end = end if lost is None else f"not ready after {LOADING:g} seconds"
            self.failed_starts += 1
            if self.failed_starts == STARTS:
                raise ProcessError(f"{STARTS} processes in a row ended before they had started: {end}")
            self.again.append(task)
            return
        task.deaths += 1
        if lost is None and task.deaths < TRIES:
            self.again.append(task)
        else:
            self.done[task.index] = lost or Lost("crashed", f"the process that read it died, {TRIES} times: {end}")


class _Worker:
    """One process, its end of the pipe, and the task that it has."""

    def __init__(self, prepare: Prepare) -> None:
        context = multiprocessing.get_context("spawn")  # the same on each system, and no threads are copied
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(other, prepare), name="kit-extract")
        self.process.start()
        other.close()  # or the end of the process would not close the pipe
        self.task: _Task | None = None
        self.started = False
        self.deadline = 0.0

    def give(self, task: _Task, seconds: float) -> None:
        """Send a task; a process that has just died is noticed when its answer is read."""
        self.task, self.deadline = task, time.monotonic() + (seconds if self.started else LOADING)
        with suppress(OSError):
            self.pipe.send(task.value)

    def begin(self, seconds: float) -> None:
        """The process has loaded what it needs: from now on its time counts."""
        self.started, self.deadline = True, time.monotonic() + seconds

    def stop(self, wait_for: float = 0) -> str:
        """End the process, if it does not end by itself within some seconds; returns how it ended."""
        self.process.join(wait_for)
        code = self.process.exitcode
        if code is None:
            self.process.kill()
            self.process.join()
        self.pipe.close()
        self.process.close()
        return _how(code)


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return f"{name}, as when memory runs out" if name == "SIGKILL" else name
    return f"exit code {code}"


def _serve(pipe: Connection, prepare: Prepare) -> None:
    """What a process does: prepare once, then one task after the other until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends its processes
    sys.stdout = sys.stderr  # standard output is the parent's, for results alone
    try:
        work = prepare()
    except Exception as error:
        pipe.send(("broken", f"{type(error).__name__}: {error}"))
        return
    answer = ("ready", None)
    while True:
        try:
            pipe.send(answer)
            task = pipe.recv()
        except (EOFError, OSError):  # the parent has closed its end, or is gone
            return
        answer = ("done", work(task))
