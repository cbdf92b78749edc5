"""The event log of a case on disk: read by many, written by one at a time.

In: drafts of events. Out: the events of the file in their order. What was appended is on the disk before it is
returned.
"""

from __future__ import annotations

import getpass
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kit.decisions import Decision, fold, last_redoable, last_undoable, undone_ids
from kit.records import Annotation
from kit.store.events import SCHEMA, StoreError, checked_draft, encoded, event_id
from kit.store.log import Log

LOCK_SECONDS = 10.0


class AnnotationStore:
    """The event log at ``path``; safe to open twice, in one process or in several.

    Args:
        path: the ``annotations.jsonl`` of a case; its folder must exist, the file need not.
        article: SHA-256 of the article that new events belong to.
        annotator: who decides; by default ``KIT_ANNOTATOR`` from the environment, else the login name.
    """

    def __init__(self, path: str | os.PathLike[str], *, article: str = "", annotator: str | None = None) -> None:
        self.path = Path(path)
        self.article = article
        self.annotator = annotator or os.environ.get("KIT_ANNOTATOR") or login_name()
        self._log = Log(self.path.name)
        self._guard = threading.RLock()
        self._handed = (self._log, 0)  # the log that read() saw last, and how long it was

    @property
    def problems(self) -> list[str]:
        """What was wrong with the file at the last read, one message per line of it."""
        return self._log.problems + self._log.tail_problems

    def read(self) -> list[Annotation]:
        """All valid events in order, those of other processes included; a bad line never hides the others.

        Raises:
            StoreError: the folder does not exist, or the file cannot be read.
        """
        with self._guard:
            self._catch_up()
            self._handed = self._log, len(self._log)
            return self._log.all_events()

    def poll(self) -> bool:
        """Whether there is anything that the last :meth:`read` did not give: cheap, for before each action.

        Raises:
            StoreError: as for :meth:`read`.
        """
        with self._guard:
            self._catch_up()
            log, length = self._handed
            return log is not self._log or length != len(log)

    def current(self) -> dict[str, Decision]:
        """The decisions in force, by the id of their record."""
        return fold(self.read())

    def append(self, draft: Mapping[str, Any] | Annotation) -> Annotation:
        """Check a draft, write it as one line and return the event; once returned, it is on the disk.

        Args:
            draft: ``action``, ``target``, ``record`` and, where they apply, ``value``, ``supersedes`` and
                ``anchor``. The store fills in the rest.

        Raises:
            StoreError: the draft is no annotation, or the log cannot be locked or written. Then no event
                was recorded.
        """
        fields = checked_draft(draft)
        with self._locked():
            return self._append(fields)

    def undo(self) -> Annotation | None:
        """Take back this annotator's last decision in force; ``None`` where there is none."""
        return self._take_back(last_undoable)

    def redo(self) -> Annotation | None:
        """Take back this annotator's last undo; ``None`` where there is none, or a decision came after it."""
        return self._take_back(last_redoable)

    def _take_back(self, choose: Callable[..., Annotation | None]) -> Annotation | None:
        with self._locked():
            event = choose(self._log.all_events(), annotator=self.annotator)
            if event is None:
                return None
            draft = {"action": "undo", "target": event.target, "record": event.record, "supersedes": event.id}
            return self._append(checked_draft(draft))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the log for writing, with everything that others appended taken in."""
        with self._guard:
            self._check_folder()  # FileLock would create it
            lock = FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS, poll_interval=0.01)
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreError(
                    f"{self.path}: another program has held {lock.lock_file} for {LOCK_SECONDS:g} s; "
                    "close it and try again"
                ) from error
            except OSError as error:
                raise StoreError(
                    f"{self.path.parent}: cannot write here ({_reason(error)}); "
                    "make the folder writable, or work on a copy of the case"
                ) from error
            try:
                self._catch_up()
                yield
            finally:
                lock.release()

    def _check_folder(self) -> None:
        if not self.path.parent.is_dir():
            raise StoreError(f"{self.path.parent}: no such folder; create the case before you annotate it")

    def _append(self, fields: dict[str, Any]) -> Annotation:
        before = fields["supersedes"]
        if before and before not in self._log.line_of:
            raise StoreError(f"not an annotation: supersedes names no event of {self.path.name}: {before}")
        if fields["action"] == "undo" and before in undone_ids(self._log.all_events()):
            raise StoreError("nothing was changed: this was taken back already, perhaps in another window")
        event = {
            "schema": SCHEMA,
            "id": "",
            "action": fields["action"],
            "target": fields["target"],
            "record": fields["record"],
            "value": fields["value"],
            "supersedes": fields["supersedes"],
            "article": self.article or fields["article"],
            "anchor": fields["anchor"],
            "annotator": self.annotator,
            "created": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        event["id"] = event_id(event, previous=self._log.last_id)
        self._write(encoded(event))
        self._catch_up()
        written = self._log.last
        if written is None or written.id != event["id"]:
            raise StoreError(f"{self.path}: what was written cannot be read back; is the disk full or failing?")
        return written

    def _write(self, line: bytes) -> None:
        new = not self.path.exists()
        # A line that a killed process left torn stays on a line of its own.
        data = (b"\n" if self._log.tail else b"") + line + b"\n"
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
            try:
                if os.write(handle, data) != len(data):
                    raise OSError("the disk took only a part of the line; is it full?")
                os.fsync(handle)
            finally:
                os.close(handle)
            if new:
                _sync_folder(self.path.parent)
        except OSError as error:
            raise StoreError(f"{self.path}: the decision was not saved: {_reason(error)}") from error

    def _catch_up(self) -> None:
        """Take in the bytes that were appended since the last look."""
        self._check_folder()
        try:
            with open(self.path, "rb") as file:
                file.seek(max(0, self._log.offset - len(self._log.last_line)))
                if file.read(len(self._log.last_line)) != self._log.last_line:  # replaced by another file
                    self._log = Log(self.path.name)
                    file.seek(0)
                self._log.feed(file.read())
        except FileNotFoundError:
            if self._log.offset or self._log.tail:
                self._log = Log(self.path.name, problems=[f"{self.path.name}: the file has gone since it was read"])
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read: {_reason(error)}") from error


def login_name() -> str:
    """The login name of whoever runs this, ``unknown`` where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return "unknown"


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content; Windows has no such call and no need of it."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
