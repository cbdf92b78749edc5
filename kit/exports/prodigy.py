"""Tasks for Prodigy as JSON lines: one for each record, with the answer that it was given.

A task has the blocks of the article that its record stands in as ``text``, ``tokens``, ``spans`` with a label per
role and, for a claim, ``relations`` from its cue to its source and its contents. ``answer`` is a person's; a task that
nobody answered has none, as Prodigy expects of what is still to do. ``meta`` is shown to who annotates; ``kit`` has
what the format knows no place for: ids, values, labels, notes, and where in the article the text stands.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from typing import Any

from kit.exports.files import json_bytes
from kit.exports.items import Item
from kit.exports.material import KINDS, Encoded, Material
from kit.exports.tokens import Token, covered, tokens
from kit.records import Article

REACH = 1_000  # characters around a record: a page that is one endless block makes no endless tasks
HOLDS = KINDS - {"event", "orphan", "voice", "segment", "text"}
LABELS = {"said by": "SOURCE", "quantity": "FIGURE", "words": "WORDS"}  # the others are their role in capitals


def encode(material: Material) -> Encoded:
    """The records of a case as tasks, a line each; of a source, the block of its first mention."""
    article = material.view.analysis.article
    starts = [segment.start_char for segment in article.segments]
    lines, mentions = [], 0
    for item in material.items:
        start, end = _around(article, starts, item)
        inside = [mark for mark in item.marks if start <= mark.span.start_char and mark.span.end_char <= end]
        mentions += len(item.marks) - len(inside)
        lines.append(json_bytes(_task(article, item, inside, start, end)) + b"\n")
    return Encoded({"": b"".join(lines)}, {"mention": mentions})


def _around(article: Article, starts: list[int], item: Item) -> tuple[int, int]:
    """The blocks that a record stands in, no further than ``REACH``; of a source only the first mention's."""
    if not item.marks:
        return 0, 0
    first, last = item.place if item.kind != "source" else (item.marks[0].span.start_char, item.marks[0].span.end_char)
    left = bisect_right(starts, first) - 1
    right = bisect_right(starts, last - 1) - 1
    start = article.segments[left].start_char if left >= 0 else first
    end = article.segments[right].end_char if right >= 0 else last
    return max(min(start, first), first - REACH), min(max(end, last), last + REACH)


def _task(article: Article, item: Item, marks: list[Any], start: int, end: int) -> dict[str, Any]:
    text = article.text[start:end]
    places = [(mark.span.start_char - start, mark.span.end_char - start) for mark in marks]
    found = tokens(text, places)
    spans = [_span(found, mark, *place) for mark, place in zip(marks, places, strict=True)]
    people = item.people
    task: dict[str, Any] = {
        "text": text,
        "tokens": [_token(number, token) for number, token in enumerate(found)],
        "spans": spans,
        "meta": {"kind": item.kind, "origin": people["origin"], "record": item.id},
    }
    if item.kind == "claim":
        task["relations"] = _relations(spans)
    if "answer" in people:
        who, when = people.get("by", {}).get("answer", ("", ""))
        stamp = _stamp(when)
        task |= {"answer": people["answer"], "_annotator_id": who} | ({"_timestamp": stamp} if stamp else {})
    head = {"article": article.sha256, "start_char": start, "id": item.id, "kind": item.kind}
    said = {"people": dict(people), "corrections": {name: list(pair) for name, pair in item.corrections.items()}}
    return task | {"kit": head | {"values": dict(item.values), "links": item.links} | said}


def _token(number: int, token: Token) -> dict[str, Any]:
    return {"text": token.text, "start": token.start, "end": token.end, "id": number, "ws": token.space}


def _span(found: list[Token], mark: Any, start: int, end: int) -> dict[str, Any]:
    first, last = covered(found, start, end)
    made = {"start": start, "end": end, "token_start": first, "token_end": last}
    made["label"] = LABELS.get(mark.role, mark.role.upper())
    return made | ({"detail": mark.detail} if mark.detail else {})


def _relations(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """From the cue to the source and to each fragment of the content; without a cue, from the source."""
    heads = [span for label in ("CUE", "SOURCE") for span in spans if span["label"] == label][:1]
    return [
        {
            "head": head["token_end"],
            "child": span["token_end"],
            "head_span": _plain(head),
            "child_span": _plain(span),
            "label": span["label"],
        }
        for head in heads
        for span in spans
        if span is not head and span["label"] in ("SOURCE", "CONTENT")
    ]


def _plain(span: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in span.items() if name != "detail"}


def _stamp(when: str) -> int | None:
    """Seconds since 1970, as Prodigy has it, of a time with its offset."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return None
    return int(moment.timestamp()) if moment.tzinfo else None
