"""The lines of a log as they were read: events in their order, and what is wrong with the file.

In: bytes as they are appended. Out: events and problems. No file is opened here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kit.records import Annotation, RecordError
from kit.store.events import StoreError, event_id, parsed

BOM = b"\xef\xbb\xbf"


@dataclass
class Log:
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
    def last(self) -> Annotation | None:
        """The last event, one without its line end included."""
        return self.tail_event or (self.events[-1] if self.events else None)

    @property
    def last_id(self) -> str:
        """Its id, empty for an empty log."""
        return self.last.id if self.last else ""

    def __len__(self) -> int:
        return len(self.events) + (self.tail_event is not None)

    def all_events(self) -> list[Annotation]:
        """All events in order."""
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
            data, event = parsed(line)
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
