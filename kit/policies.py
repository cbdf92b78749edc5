"""Policies for numbers that are words: what "dozens" may stand for, and under whose name.

In: a table of figures as from :func:`kit.tables.quantities_table`. Out: a copy that follows one named policy of
``kit/lexicon/policies.toml``. Records and the tables of the kit keep the article's words; only a table that somebody
put a policy on has a number for them, and it carries the policy's name and what it changed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from kit.errors import KitError
from kit.lexicon import load_lexicon

LITERAL = "literal"
NEEDED = ("text", "value", "bound")
ADDED = ("policy", "policy_reading", "stated_bound")


class PolicyError(KitError, ValueError):
    """There is no such policy, or the table follows one already."""


def policy_names() -> dict[str, str]:
    """The policies: what to call each in code, and how a chart prints it."""
    return {key: str(policy.get("name", key)) for key, policy in load_lexicon("policies").items()}


def apply_policy(frame: pd.DataFrame, policy: str = LITERAL) -> pd.DataFrame:
    """A copy of the table in which numbers that are words have the number that a policy reads in them.

    Args:
        frame: figures with the columns ``text``, ``value`` and ``bound``, one row each.
        policy: "literal" (a plural is two at least: "dozens" is 24 or more) or "ACLED"; see :func:`policy_names`.

    Returns:
        The table with ``value``, ``low``, ``high`` and ``bound`` under the policy, and three columns more: ``policy``
        (its name as printed, on every row), ``policy_reading`` ("at least 24", "12"; missing where the policy changed
        nothing) and ``stated_bound`` (the article's own).

    Raises:
        PolicyError: no policy of this name; the table follows one already; a column is missing.
    """
    known = load_lexicon("policies")
    if policy not in known:
        raise PolicyError(f"there is no policy named {policy!r}: choose one of {', '.join(known)}")
    if "policy" in frame.columns:
        raise PolicyError(
            "the table follows a policy already: apply this one to the table as quantities_table gives it"
        )
    missing = [name for name in NEEDED if name not in frame.columns]
    if missing:
        raise PolicyError(f"the table lacks {', '.join(missing)}")
    rules = known[policy]
    pattern = _pattern(rules["words"])
    rows = [_read(record, rules, pattern) for record in frame.to_dict("records")]
    numbers = {name: pd.array([row[name] for row in rows], dtype="Float64") for name in ("value", "low", "high")}
    texts = {name: pd.array([row[name] for row in rows], dtype="string") for name in ("bound", *ADDED[1:])}
    name = pd.array([policy_names()[policy]] * len(rows), dtype="string")
    return frame.assign(**numbers, **texts, policy=name)


def _read(record: Mapping[str, Any], rules: Mapping[str, Any], pattern: re.Pattern[str]) -> dict[str, Any]:
    """The numbers of one figure under the policy."""
    value, low, high = (_number(record.get(name)) for name in ("value", "low", "high"))
    stated = record["bound"] if isinstance(record["bound"], str) else None
    same = {"value": value, "low": low, "high": high, "bound": stated, "stated_bound": stated, "policy_reading": None}
    if stated in rules["bounds"]:
        said = next((number for number in (value, low, high) if number is not None), None)
        return same if said is None else same | _as_number(said)
    if stated != "vague":
        return same
    found = pattern.search(" ".join(str(record["text"]).lower().split()))
    number = rules["words"][found[0]] if found else 0
    if not number:
        return same
    if rules["open"]:
        return same | {"value": number, "low": number, "bound": "ge", "policy_reading": f"at least {number:,}"}
    return same | _as_number(number)


def _as_number(number: float) -> dict[str, Any]:
    """A number that the policy puts there: never "exact", since nobody stated it."""
    shown = f"{int(number):,}" if float(number).is_integer() else f"{number:,.6g}"
    return {"value": number, "low": None, "high": None, "bound": "approx", "policy_reading": shown}


def _pattern(words: Mapping[str, float]) -> re.Pattern[str]:
    """Any of the words, the longest first: "tens of thousands" is not thousands."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def _number(value: Any) -> float | None:
    try:
        number = math.nan if value is None or pd.isna(value) else float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
