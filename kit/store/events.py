"""What an event of the log looks like: checked on its way in and on its way out, and named by a hash.

In: drafts, or lines of the file. Out: annotations, or a :class:`StoreError` that says what is wrong. What a value means
is the business of :mod:`kit.decisions`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kit.contract import from_json, to_json
from kit.errors import KitError
from kit.records import Annotation, RecordError

SCHEMA = 1
DRAFT_KEYS = ("action", "target", "record", "value", "supersedes", "anchor")
FILLED_KEYS = ("schema", "id", "article", "annotator", "created")  # the store's own business in a draft


class StoreError(KitError):
    """An event that cannot be an annotation, or a log that cannot be read or written."""


def event_id(event: Mapping[str, Any], *, previous: str) -> str:
    """The id of an event: an "e" and 15 hex digits, from the id of the event before it and its own content."""
    content = {key: item for key, item in event.items() if key != "id"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return "e" + hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()[:15]


def parsed(line: bytes) -> tuple[dict[str, Any], Annotation]:
    """A line of the file as it stands there and as an annotation, or a :class:`StoreError`."""
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


def checked_draft(draft: Mapping[str, Any] | Annotation) -> dict[str, Any]:
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


def encoded(event: Mapping[str, Any]) -> bytes:
    """An event as one line, without its line end."""
    try:
        return json.dumps(event, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8 form, only an escape
        return json.dumps(event).encode("ascii")
