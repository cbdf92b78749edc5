"""Scorers of claims beyond linked F1: how many are exact, and how many of each form are found. Pure Python."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kit.english.reading import Attribution
from training.score import WORD, Tally, is_pair, word_sets

FORMS = ("direct", "mixed", "indirect")
_MARK = re.compile("[\"“”«»„]|``|''|(?<!\\w)['‘](?=\\w)")
_DIRECT = re.compile("\\s*(?:[\"“„«‘']|``).*(?:[\"”»’']|'')[\\s.,]*", re.DOTALL)


def score_claims(
    texts: Sequence[str], gold: Sequence[Sequence[Attribution]], predicted: Sequence[Sequence[Attribution]]
) -> dict[str, float]:
    """In percent: ``exact`` (F1 of claims with all words of source, cue and content right), recall by gold form."""
    exact, found, wanted = Tally(), dict.fromkeys(FORMS, 0), dict.fromkeys(FORMS, 0)
    for text, one, other in zip(texts, gold, predicted, strict=True):
        words = [match.span() for match in WORD.finditer(text)]
        mine, yours = ([word_sets(item, words) for item in side] for side in (one, other))
        exact.add(_count(mine, yours, lambda a, b: a == b), len(yours), len(mine))
        free = list(yours)
        for item, sets in zip(one, mine, strict=True):
            form = find_form(text, item)
            wanted[form] += 1
            match = next((candidate for candidate in free if is_pair(sets, candidate)), None)
            if match is not None:
                free.remove(match)
                found[form] += 1
    return {"exact": exact.f1} | {form: 100 * found[form] / max(wanted[form], 1) for form in FORMS}


def find_form(text: str, item: Attribution) -> str:
    """Direct where each fragment of a content stands between quotation marks, mixed where some of it does."""
    parts = [text[start:end] for start, end in item.content]
    if not any(_MARK.search(part) for part in parts):
        return "indirect"
    return "direct" if all(_DIRECT.fullmatch(part) for part in parts) else "mixed"


def _count(gold: list, found: list, fits) -> int:
    free, right = list(found), 0
    for one in gold:
        match = next((other for other in free if fits(one, other)), None)
        if match is not None:
            free.remove(match)
            right += 1
    return right
