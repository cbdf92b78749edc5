"""A log in memory for tests: drafts in, events out, and the view of them."""

from __future__ import annotations

from typing import Any

from examples import analysis as example

from kit.contract import from_json, to_json
from kit.decisions import Effective, as_decided, last_redoable, last_undoable, undo_draft
from kit.records import Analysis, Annotation


class Log(list[Annotation]):
    """Events with running ids, as a store would hand them out: through JSON and back."""

    def __init__(self, analysis: Analysis | None = None) -> None:
        super().__init__()
        self.analysis = analysis or example()

    def do(self, draft: dict[str, Any], by: str = "ana") -> Annotation:
        """Take a draft in."""
        filled = {"id": f"e{len(self)}", "article": self.analysis.article.sha256, "annotator": by, "created": "t"}
        event = from_json(Annotation, to_json(draft) | filled)
        self.append(event)
        return event

    def view(self, by: str | None = None, analysis: Analysis | None = None) -> Effective:
        """The records as decided so far, in the same reading or another one."""
        return as_decided(analysis or self.analysis, self, annotator=by)

    def undo(self, by: str | None = None) -> bool:
        """Take the last decision back."""
        return self._take_back(last_undoable(self, annotator=by), by)

    def redo(self, by: str | None = None) -> bool:
        """Take the last undo back."""
        return self._take_back(last_redoable(self, annotator=by), by)

    def _take_back(self, event: Annotation | None, by: str | None) -> bool:
        if event is not None:
            self.do(undo_draft(event), by or "ana")
        return event is not None
