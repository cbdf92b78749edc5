"""Records as JSON and back: the contract of ``kit extract``, of ``analysis.json`` and of the event log.

In: records of :mod:`kit.records`, or plain JSON values. Out: the other. Reading ignores keys it does not know, so that
a newer kit's files can be read, and checks everything else.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from kit.records import Analysis, Article, RecordError


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def to_json(value: Any) -> Any:
    """A record, or any nest of records, as plain JSON values (tuples become lists, dates ISO strings)."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: Any, data: Any) -> Any:
    """Read plain JSON values as ``kind``: a record class, or a type used in one. Unknown keys are ignored.

    Raises:
        RecordError: a missing key, or a value that does not fit its field.
    """
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else from_json(next(arg for arg in args if arg is not type(None)), data)
    if origin is tuple:
        return tuple(from_json(args[0], item) for item in data or ())
    if kind is date:
        return date.fromisoformat(data)
    if not is_dataclass(kind):
        return data
    if not isinstance(data, Mapping):
        raise RecordError(f"a {kind.__name__} is an object, not {data!r}")
    hints = _hints(kind)
    try:
        return kind(**{key: from_json(hints[key], item) for key, item in data.items() if key in hints})
    except TypeError as error:
        raise RecordError(f"not a {kind.__name__}: {str(error).split('() ')[-1]}") from None


def analysis_to_json(analysis: Analysis, *, id: str) -> dict[str, Any]:
    """One object of the ``kit extract`` contract."""
    article = analysis.article
    head = {
        "id": id,
        "title": article.title,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
        "sha256": article.sha256,
        "text_length": len(article.text),
        "segments": article.segments,
        "author": article.author,
        "language": article.language,
    }
    parts = ("voices", "claims", "sources", "quantities", "dates", "pipeline")
    return to_json(head | {name: getattr(analysis, name) for name in parts})


def analysis_from_json(data: Mapping[str, Any], article: Article) -> Analysis:
    """Read one object of the contract back, against its article.

    Raises:
        RecordError: the object belongs to other bytes, or its spans do not fit the text.
    """
    if data.get("sha256") != article.sha256:
        raise RecordError(f"the analysis belongs to other bytes ({data.get('sha256')}, not {article.sha256})")
    hints = _hints(Analysis)
    parts = ("claims", "sources", "quantities", "dates", "voices", "pipeline")
    missing = [name for name in parts if name not in data]
    if missing:
        raise RecordError(f"the analysis lacks {', '.join(missing)}")
    return Analysis(article, **{name: from_json(hints[name], data[name]) for name in parts})
