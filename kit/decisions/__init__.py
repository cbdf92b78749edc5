"""From the log of events to the records as people decided them.

In: an analysis and the events of ``annotations.jsonl`` in their order. Out: one view, :func:`as_decided`, that the
desk, the tables and the report share, and drafts of new events. Nothing here reads or writes a file.

    events --carry--> events in today's text --fold--> decisions --effective--> records as decided

:mod:`~kit.decisions.carrying` finds the words of each event again where the text or the reading changed,
:mod:`~kit.decisions.folding` says what is in force for each record, :mod:`~kit.decisions.effect` applies it,
:mod:`~kit.decisions.ledger` does all three as the log grows, :mod:`~kit.decisions.drafts` makes new events,
:mod:`~kit.decisions.spans` keeps offsets honest. What cannot be carried over is listed (:class:`Stray`), never dropped.

What stands in an event's ``value``, by action; SPAN is ``{"start_char", "end_char", "text"}``:

* ``accept``, ``reject``, ``ignore``: ``{"seen"}``, the judged fields in words, so that a later change of the suggestion
  is noticed; with ``"adjudicates": [event ids]`` where the answer settles a difference between annotators. In older
  logs ``{}``.
* ``add``: ``{"label", "start_char", "end_char", "text"}``; a claim from scratch has ``"content": [SPAN]``, ``"source"``
  and ``"cue"`` (SPAN or null), ``"form"``, ``"voice"``, ``"stance"`` as well, a figure inside a claim ``"claim_id"``.
* ``edit``: ``{field: new value, …, "seen"}`` with the fields of the record; ``stance`` is the cue's. ``null`` deletes a
  span. A claim's ``source`` is a SPAN with the ``source_id`` that it stands for.
* ``link`` on a quantity: ``{"claim_id": id or null}``; the reporter follows the claim's source.
* ``merge`` on a source: ``{"merged": [ids]}``.
* ``split`` on a source: ``{"id": of the new source, "name", "mentions": [SPAN]}``, or ``{"merged": [ids]}`` to take
  merged sources out again.
* ``label``: ``{"labels": [names]}``, the whole set. ``note``: ``{"note": text}``, empty to take it away.
* ``grade``: ``{"reliability": "A" to "F"}`` on a source, ``{"credibility": "1" to "6"}`` on a claim, with
  ``"elsewhere"`` where a 1 rests on a source outside the article; older logs have ``{"grade"}`` for either.
* Where a value names other records, ``"places": {id: SPAN}`` tells where they stood, to find them in a changed text.
* ``undo``: ``{}``; the event taken back stands in ``supersedes``. Undoing an undo is redo.
"""

from __future__ import annotations

from kit.decisions.drafts import (
    add_claim,
    add_words,
    adjudicate,
    answer,
    edit,
    grade,
    label,
    link,
    merge,
    note,
    settle,
    split,
    undo_draft,
    unmerge,
)
from kit.decisions.effect import effective
from kit.decisions.folding import (
    ANSWERS,
    Decision,
    fold,
    last_redoable,
    last_undoable,
    undone_ids,
)
from kit.decisions.grading import can_confirm
from kit.decisions.ledger import Ledger, as_decided, said_by
from kit.decisions.spans import DecisionError, anchor_at, moved_edge, settled
from kit.decisions.strays import Stray
from kit.decisions.view import Effective, Tag

__all__ = [
    "ANSWERS",
    "Decision",
    "DecisionError",
    "Effective",
    "Ledger",
    "Stray",
    "Tag",
    "add_claim",
    "add_words",
    "adjudicate",
    "anchor_at",
    "answer",
    "as_decided",
    "can_confirm",
    "edit",
    "effective",
    "fold",
    "grade",
    "label",
    "last_redoable",
    "last_undoable",
    "link",
    "merge",
    "moved_edge",
    "note",
    "said_by",
    "settle",
    "settled",
    "split",
    "undo_draft",
    "undone_ids",
    "unmerge",
]
