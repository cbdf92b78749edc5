"""Roles and pointers in, attributions out: which source, cue and content belong together. numpy only.

A plain assembly: no word lists and no syntax. What joins or splits attributions by rule belongs to the kit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kit.english.reading import Attribution, Offsets


def link_roles(
    roles: Sequence[str], pointers: Sequence[tuple[int, np.ndarray]], starts: Sequence[bool]
) -> list[dict[str, list[int]]]:
    """Words with roles, each pointing to a cue, as attributions: three lists of words each.

    Neighbours with one role in one sentence decide together. Words that reach no cue are left out.
    """
    runs = _runs(roles, starts)
    cues = [run for run in runs if roles[run[0]] == "cue"]
    if not cues:
        return []
    places = np.array([word for run in cues for word in run])
    owners = np.array([number for number, run in enumerate(cues) for _ in run])
    chosen = {run[0]: _best_cue([pointers[word] for word in run], places, owners) for run in runs}
    target = [chosen[run[0]] for run in cues]
    leader = [_lead(number, target) for number in range(len(cues))]
    own = {run[0]: number for number, run in enumerate(cues)}
    groups = {number: {"source": [], "cue": [], "content": []} for number in sorted(set(leader))}
    for run in runs:
        number = own.get(run[0], chosen[run[0]])
        if number is not None:
            groups[leader[number]][roles[run[0]]] += run
    return [group for group in groups.values() if group["content"]]


def to_attribution(group: dict[str, list[int]], words: Sequence[Offsets]) -> Attribution:
    """Lists of words as offsets: one pair for each run of neighbours."""
    parts = {}
    for role, indices in group.items():
        spans: list[list[int]] = []
        for place, index in enumerate(indices):
            if place and indices[place - 1] == index - 1:
                spans[-1][1] = words[index][1]
            else:
                spans.append(list(words[index]))
        parts[role] = tuple((start, end) for start, end in spans)
    return Attribution(**parts)


def _runs(roles: Sequence[str], starts: Sequence[bool]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index, role in enumerate(roles):
        if role == "O":
            continue
        if runs and runs[-1][-1] == index - 1 and roles[index - 1] == role and not starts[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _best_cue(rows: Sequence[tuple[int, np.ndarray]], places: np.ndarray, owners: np.ndarray) -> int | None:
    """The number of the cue that the words of a run point to together; ``places`` and ``owners`` are of cue words."""
    totals = np.zeros(owners[-1] + 1)
    for offset, row in rows:
        low, high = np.searchsorted(places, (offset, offset + len(row)))
        if low < high:
            seen = row[places[low:high] - offset]
            weights = np.exp(seen - seen.max())
            np.add.at(totals, owners[low:high], weights / weights.sum())
    return int(totals.argmax()) if totals.any() else None


def _lead(number: int, target: Sequence[int | None]) -> int:
    """Follow a cue to the cue it points to, until one points to itself or the way turns back."""
    seen = {number}
    while (following := target[number]) is not None and following not in seen:
        number = following
        seen.add(number)
    return number if target[number] in (number, None) else min(seen)
