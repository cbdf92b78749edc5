"""The two-part Admiralty grade: a letter for the source, a digit for what it says, never one for both.

In: a view and a grade. Out: the value of a ``grade`` event, and whether "1, confirmed" can be said at all. F and 6 mean
"cannot be judged"; they are what stands until somebody judges, not the bottom of a scale.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from kit.decisions.spans import DecisionError
from kit.decisions.view import Effective
from kit.records import Claim, Span

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
COMMON = 50  # claims; a word in more of them tells nothing
MUCH = 0.5  # of the content words of the shorter claim, in both: they say much the same
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "a an the of in on at to for from by with and or but as that this these those it its his her their they he she "
    "we is are was were be been being has have had will would not no said says say than more less over".split()
)


def checked_grade(view: Effective, kind: str, target: str, given: Any, elsewhere: str = "") -> dict[str, str]:
    """The value of a ``grade`` event.

    Raises:
        DecisionError: no such letter or digit for this kind of record, or a 1 that nothing supports.
    """
    grade = str(given).strip().upper()
    if kind == "source" and grade in RELIABILITY:
        return {"reliability": grade}
    if kind == "claim" and grade in CREDIBILITY:
        confirmed = {"elsewhere": elsewhere.strip()} if grade == "1" and elsewhere.strip() else {}
        possible, why = can_confirm(view, target) if grade == "1" and not confirmed else (True, "")
        if not possible:
            raise DecisionError(why)
        return {"credibility": grade} | confirmed
    if kind in ("source", "claim"):
        allowed = "a letter, A to F" if kind == "source" else "a digit, 1 to 6"
        raise DecisionError(f"the grade of a {kind} is {allowed}, not {given!r}")
    raise DecisionError("a source has a letter and a claim a digit; nothing else is graded")


def can_confirm(view: Effective, claim_id: str) -> tuple[bool, str]:
    """Whether a claim can be graded 1 here, and why: at least two source groups have to say it.

    Within one article that is the claim's own group and each group with a claim that says much the same: half of the
    words, or the same figure.
    """
    claim = view.record(claim_id)
    if not isinstance(claim, Claim):
        raise DecisionError(f"{claim_id!r} is no claim")
    groups = groups_saying(view, claim)
    if len(groups) > 1:
        return True, f"{len(groups)} source groups say so: {', '.join(sorted(groups))}"
    told = f"only {next(iter(groups))} says so" if groups else "nobody is cited for it"
    return False, f"1 means confirmed by an independent source, and here {told}; name the one elsewhere, or give 2"


def groups_saying(view: Effective, claim: Claim) -> set[str]:
    """The source groups that say what this claim says; rejected claims count for nothing."""
    return groups_by_claim(view, only=claim)[claim.id]


def groups_by_claim(view: Effective, *, only: Claim | None = None) -> dict[str, set[str]]:
    """For each attributed claim (or ``only`` one) the source groups that say much the same.

    Claims meet over the words they share: those in more than ``COMMON`` claims meet nobody, so that the work stays in
    proportion to the article.
    """
    told = [one for one in view.analysis.claims if one.voice == "attributed" and view.answer(one.id) != "reject"]
    words = {one.id: content_words(one.content) for one in told}
    groups = {one.id: group_of(view, one) for one in told}
    holding: dict[Any, list[str]] = {}
    for one in told:
        for word in words[one.id]:
            holding.setdefault(word, []).append(one.id)
    for figure in view.analysis.quantities:
        if figure.claim_id in words and figure.value is not None and figure.category is not None:
            holding.setdefault((figure.value, figure.unit, figure.category), []).append(figure.claim_id)
    keys: dict[str, list[Any]] = {}
    for key, ids in holding.items():
        for one in ids if len(ids) <= COMMON else ():
            keys.setdefault(one, []).append(key)
    found = {}
    for claim in [only] if only else told:
        mine = words.get(claim.id, set())
        shared = Counter(other for key in keys.get(claim.id, ()) for other in holding[key] if isinstance(key, str))
        same = {other for other, n in shared.items() if n > 1 and n >= MUCH * min(len(mine), len(words[other]))}
        same |= {other for key in keys.get(claim.id, ()) for other in holding[key] if isinstance(key, tuple)}
        said = {groups.get(other) for other in same | {claim.id}} | {group_of(view, claim)}
        found[claim.id] = {group for group in said if group}
    return found


def group_of(view: Effective, claim: Claim) -> str | None:
    """The source group of a claim; a source without one is a group of its own, an unnamed one is none."""
    source = view.record(claim.source.source_id or "") if claim.source else None
    if source is None:
        return claim.source.text if claim.source else None
    return source.group or source.name


def content_words(spans: Iterable[Span]) -> set[str]:
    """The words that carry a content, in small letters."""
    return {word for span in spans for word in _WORD.findall(span.text.lower())} - _SMALL
