"""What people decided, kept: an append-only event log in JSON Lines.

In: drafts of events (a mapping or an :class:`~kit.records.Annotation`). Out: the events of the file in
their order, the decisions in force, and a list of what is wrong with the file.

A line is written once and never changed: the file on disk is the only truth, the memory of a store is a
copy of it. The store does not know what an event means beyond its shape; :mod:`kit.decisions` folds.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kit.contract import from_json, to_json
from kit.decisions import Decision, fold, last_redoable, last_undoable
from kit.errors import KitError
from kit.records import Annotation, RecordError

SCHEMA = 1
LOCK_SECONDS = 10.0
DRAFT_KEYS = ("action", "target", "record", "value", "supersedes", "anchor")
FILLED_KEYS = ("schema", "id", "article", "annotator", "created")  # the store's own business in a draft
BOM = b"\xef\xbb\xbf"


class StoreError(KitError):
    """An event that cannot be an annotation, or a log that cannot be read or written."""


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
        self._log = _Log(self.path.name)
        self._guard = threading.RLock()

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
            return self._log.all_events()

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
        fields = _checked(draft)
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
            return self._append(_checked(draft))

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
        self._write(_encoded(event))
        self._catch_up()
        return self._log.all_events()[-1]

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
                    self._log = _Log(self.path.name)
                    file.seek(0)
                self._log.feed(file.read())
        except FileNotFoundError:
            gone = [f"{self.path.name}: the file has gone since it was read"] if self._log.offset else []
            self._log = _Log(self.path.name, problems=gone)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read: {_reason(error)}") from error


@dataclass
class _Log:
    """What was read so far: ``offset`` bytes of complete lines, and a ``tail`` without its line end."""

    name: str
    problems: list[str] = field(default_factory=list)
    events: list[Annotation] = field(default_factory=list)
    line_of: dict[str, int] = field(default_factory=dict)
    offset: int = 0
    lines: int = 0
    last_line: bytes = b""
    tail: bytes = b""
    tail_event: Annotation | None = None
    tail_problems: list[str] = field(default_factory=list)

    @property
    def last_id(self) -> str:
        last = self.tail_event or (self.events[-1] if self.events else None)
        return last.id if last else ""

    def all_events(self) -> list[Annotation]:
        return [*self.events, self.tail_event] if self.tail_event else list(self.events)

    def feed(self, data: bytes) -> None:
        """Take in the bytes from ``offset`` on; a last line without its end is looked at anew each time."""
        if self.tail_event:
            del self.line_of[self.tail_event.id]
        self.tail_event, self.tail_problems = None, []
        *complete, self.tail = data.split(b"\n")
        for line in complete:
            self.lines += 1
            self.offset += len(line) + 1
            self.last_line = line + b"\n"
            event = self._event(line, self.problems)
            if event:
                self.events.append(event)
        if self.tail:
            self.lines += 1
            self.tail_event = self._event(self.tail, self.tail_problems)
            self.lines -= 1

    def _event(self, line: bytes, problems: list[str]) -> Annotation | None:
        """The event of a line; what is wrong with it goes to ``problems``."""
        here = f"{self.name}, line {self.lines}"
        line = line.removeprefix(BOM) if self.lines == 1 else line
        if not line.strip():
            return None
        try:
            data, event = _parsed(line)
        except (RecordError, StoreError) as error:
            problems.append(f"{here}: not an annotation: {error}")
            return None
        if event.id in self.line_of:
            problems.append(f"{here}: the event of line {self.line_of[event.id]} again; it counts once")
            return None
        if event.id != event_id(data, previous=self.last_id):
            problems.append(f"{here}: the chain is broken: this line or one before it was changed or lost")
        self.line_of[event.id] = self.lines
        return event


def login_name() -> str:
    """The login name of whoever runs this, ``unknown`` where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return "unknown"


def event_id(event: Mapping[str, Any], *, previous: str) -> str:
    """The id of an event: an "e" and 15 hex digits, from the id of the event before it and its own content."""
    content = {key: item for key, item in event.items() if key != "id"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return "e" + hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()[:15]


def _parsed(line: bytes) -> tuple[dict[str, Any], Annotation]:
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise StoreError("bytes that are not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise StoreError(f"broken JSON, perhaps cut off while it was written ({str(error).split(':')[0]})") from None
    if not isinstance(data, dict):
        raise StoreError(f"an event is an object, not {type(data).__name__}")
    if data.get("schema", SCHEMA) != SCHEMA:
        raise StoreError(f"written in schema {data['schema']!r}, this kit reads schema {SCHEMA}; update the kit")
    for key in ("id", "action", "target", "record", "article", "annotator", "created"):
        if not isinstance(data.get(key), str):
            raise StoreError(f"{key} is missing" if key not in data else f"{key} is not text")
    _check_content(data)
    return data, from_json(Annotation, data)


def _checked(draft: Mapping[str, Any] | Annotation) -> dict[str, Any]:
    """The content of a draft as plain JSON values, or a :class:`StoreError`."""
    if not isinstance(draft, Mapping | Annotation):
        raise StoreError(f"not an annotation: an event is a mapping, not {type(draft).__name__}")
    data = to_json(draft)
    unknown = [str(key) for key in data if key not in DRAFT_KEYS + FILLED_KEYS]
    if unknown:
        raise StoreError(f"not an annotation: unknown {', '.join(unknown)}; a draft has {', '.join(DRAFT_KEYS)}")
    fields = {"value": {}, "supersedes": None, "anchor": None, "article": ""} | data
    try:
        for key in ("action", "target", "record"):
            if not isinstance(fields.get(key), str) or not fields[key]:
                raise StoreError(f"{key} is missing or empty")
        fields["value"] = {} if fields["value"] is None else fields["value"]
        _check_content(fields)
        if fields["action"] == "undo" and not fields["supersedes"]:
            raise StoreError("an undo names the event that it takes back in supersedes")
        filled = dict.fromkeys(FILLED_KEYS[1:], "") | {key: fields[key] for key in DRAFT_KEYS}
        json.dumps(fields["value"], allow_nan=False)
        checked = to_json(from_json(Annotation, filled | {"article": fields["article"]}))
    except (RecordError, StoreError, TypeError, ValueError) as error:
        raise StoreError(f"not an annotation: {error}") from None
    return json.loads(json.dumps({key: checked[key] for key in (*DRAFT_KEYS, "article")}))


def _check_content(data: Mapping[str, Any]) -> None:
    """The parts of an event that are not plain text: value, supersedes and anchor."""
    if not isinstance(data.get("value"), Mapping):
        raise StoreError("value is not an object")
    if not isinstance(data.get("supersedes"), str | None):
        raise StoreError("supersedes is neither an event id nor null")
    anchor = data.get("anchor")
    if anchor is None:
        return
    if not isinstance(anchor, Mapping):
        raise StoreError("anchor is neither an object nor null")
    start, end, exact = (anchor.get(key) for key in ("start_char", "end_char", "exact"))
    if type(start) is not int or type(end) is not int or not isinstance(exact, str):
        raise StoreError("an anchor has start_char and end_char (whole numbers) and exact (text)")
    if not 0 <= start < end or len(exact) != end - start:
        raise StoreError(f"the anchor {start}-{end} does not fit its quotation of {len(exact)} characters")


def _encoded(event: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(event, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8 form, only an escape
        return json.dumps(event).encode("ascii")


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
