"""What people decided, kept: an append-only event log in JSON Lines.

In: drafts of events (a mapping or an :class:`~kit.records.Annotation`). Out: the events of the file in
their order, the decisions in force, and a list of what is wrong with the file.

A line is written once and never changed: the file on disk is the only truth, the memory of a store is a
copy of it. The store does not know what an event means beyond its shape; :mod:`kit.decisions` does.
"""

from __future__ import annotations

from kit.store.annotations import AnnotationStore, login_name
from kit.store.events import StoreError, event_id

__all__ = ["AnnotationStore", "StoreError", "event_id", "login_name"]
