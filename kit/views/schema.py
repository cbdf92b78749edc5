"""What a view may say, checked: every key has its default and its type, and a message says which one is wrong."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kit.errors import KitError
from kit.policies import LITERAL, policy_names

CHARTS = {
    "quantities": "By affected party",
    "by-source": "By source group",
    "confirmed": "Claimed beside confirmed",
    "timeline": "Timeline",
    "network": "Who cites whom",
    "grades": "Grades",
}
FILTERS = {
    "measure": "Measure",
    "category": "Category",
    "reporter": "Reported by",
    "affected": "Affected party",
    "place": "Place",
}
NO_POLICY = "none"
LONGEST = 80  # characters of a name
DEFAULTS: dict[str, Any] = {
    "name": "",
    "chart": "quantities",
    **dict.fromkeys(FILTERS),
    "first": None,
    "last": None,
    "decided": False,
    "policy": LITERAL,
    "log": False,
    "total": False,
    "every": False,
    "floors": (),
}
_FLOOR = ("category", "value", "source", "date", "list")


class ViewError(KitError, ValueError):
    """A view that cannot be drawn or saved; the message says which one and why."""


def checked(view: Mapping[str, Any], *, named: bool = False) -> dict[str, Any]:
    """The view with every key, what it does not say as by default.

    Args:
        view: some of the keys of :data:`DEFAULTS`.
        named: it needs a name.

    Raises:
        ViewError: an unknown key, chart or policy; a value of the wrong type; no name.
    """
    if not isinstance(view, Mapping):
        raise ViewError("a view is a table of keys and values")
    name = view.get("name", "")
    if not isinstance(name, str):
        raise ViewError("the name of a view is text in quotation marks")
    name = " ".join("".join(" " if unicodedata.category(one)[0] == "C" else one for one in name).split())
    where = f"the view {name!r}" if name else "the view"
    if named and not name:
        raise ViewError("a view needs a name")
    if len(name) > LONGEST:
        raise ViewError(f"{where[:LONGEST]}…: a name has {LONGEST} characters at most")
    unknown = [str(key) for key in view if key not in DEFAULTS]
    if unknown:
        raise ViewError(f"{where}: unknown {' and '.join(unknown)}; a view has {', '.join(DEFAULTS)}")
    found = {key: _value(key, view.get(key, default), where) for key, default in DEFAULTS.items()} | {"name": name}
    if found["first"] and found["last"] and found["first"] > found["last"]:
        raise ViewError(f"{where}: its first day lies behind its last")
    return found


def changed(view: Mapping[str, Any]) -> dict[str, Any]:
    """What a checked view says beyond the defaults: its name, its chart and what else is to be written down."""
    return {key: one for key, one in view.items() if key in ("name", "chart") or (one != DEFAULTS[key] and one != [])}


def _value(key: str, value: Any, where: str) -> Any:
    if key in ("chart", "policy") and not isinstance(value, str):
        raise ViewError(f"{where}: {key} is text in quotation marks")
    if key == "chart" and value not in CHARTS:
        raise ViewError(f"{where}: there is no chart {value!r}: choose one of {', '.join(CHARTS)}")
    if key == "policy" and value != NO_POLICY and value not in policy_names():
        names = ", ".join([*policy_names(), NO_POLICY])
        raise ViewError(f"{where}: there is no policy {value!r} for vague numbers: choose one of {names}")
    if key in FILTERS and not (value is None or isinstance(value, str)):
        raise ViewError(f"{where}: {key} is text in quotation marks")
    if isinstance(DEFAULTS[key], bool) and not isinstance(value, bool):
        raise ViewError(f"{where}: {key} is true or false")
    if key in ("first", "last"):
        return _day(key, value, where)
    return [_floor(one, where) for one in _listed(value, where)] if key == "floors" else value


def _day(key: str, value: Any, where: str) -> date | None:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        value = value or 0
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    raise ViewError(f"{where}: {key} is a day such as 2023-06-04")


def _listed(value: Any, where: str) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    raise ViewError(f"{where}: floors is a list of tables")


def _floor(floor: Any, where: str) -> dict[str, Any]:
    """One confirmed floor: at least so many of a category, confirmed by whom, as of when."""
    known = {key: floor.get(key) for key in _FLOOR} if isinstance(floor, Mapping) else {}
    value = known.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise ViewError(f"{where}: a confirmed floor needs a number from 0 on as its value")
    day = _day("the date of a floor", known["date"], where)
    texts = {key: known[key].strip() if isinstance(known[key], str) else "" for key in ("category", "source", "list")}
    missing = [key for key in ("category", "source") if not texts[key]] + ([] if day else ["date"])
    if missing:
        raise ViewError(f"{where}: a confirmed floor needs its {' and its '.join(missing)}")
    found = {"category": texts["category"], "value": value, "source": texts["source"], "date": day}
    return found | ({"list": texts["list"]} if texts["list"] else {})
