"""Annotators under other names: "annotator-1", "annotator-2", by their first event in the log.

In: the log, and what ``case.toml`` says about who collected the article. Out: the same with pseudonyms. What changes:

* the names, everywhere the kit writes them; free text such as a note is not touched, :func:`mentions` counts names in
  it;
* the id of every event, since an id is a hash over the name: the chain is computed anew, ``supersedes`` and
  ``adjudicates`` follow, and the new log passes :meth:`kit.cases.Case.verify` like the old one. No list of old and new
  ids is written anywhere: from an old id and a guessed name, anybody could compute that the guess is right.

Everything else stays, times of decisions included: they may still tell who sat there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kit.contract import to_json
from kit.records import Annotation
from kit.store.events import encoded, event_id


def pseudonyms(events: Iterable[Annotation], *others: str) -> dict[str, str]:
    """Name -> pseudonym, for the annotators of the log in their order and then for the others."""
    names = dict.fromkeys([*(event.annotator for event in events), *others])
    return {name: f"annotator-{number}" for number, name in enumerate(names, start=1)}


def renamed(events: Sequence[Annotation], names: dict[str, str]) -> list[Annotation]:
    """The events under pseudonyms, with the ids that this log has by right."""
    ids: dict[str, str] = {}
    found: list[Annotation] = []
    for event in events:
        value = dict(event.value)
        if isinstance(value.get("adjudicates"), list | tuple):
            value["adjudicates"] = [ids.get(one, one) if isinstance(one, str) else one for one in value["adjudicates"]]
        before = event.supersedes and ids.get(event.supersedes, event.supersedes)
        event_now = replace(event, annotator=names[event.annotator], value=value, supersedes=before)
        ids[event.id] = event_id(to_json(event_now), previous=found[-1].id if found else "")
        found.append(replace(event_now, id=ids[event.id]))
    return found


def log_lines(events: Iterable[Annotation]) -> bytes:
    """The events as the lines of a log."""
    return b"".join(encoded(to_json(event)) + b"\n" for event in events)


def mentions(events: Iterable[Annotation], names: Iterable[str]) -> int:
    """How many events hold an annotator's name in a text of their own, such as a note."""
    known = sorted((name for name in names if name.strip()), key=len, reverse=True)
    if not known:
        return 0
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", re.IGNORECASE)
    aside = ("seen", "places", "text", "content", "source", "cue")  # words of the article, not of an annotator
    own = (
        json.dumps([v for k, v in to_json(event.value).items() if k not in aside], ensure_ascii=False)
        for event in events
    )
    return sum(bool(pattern.search(text)) for text in own)
