"""How an article tells what its sources say: a row per source, counts and quoted words, never a score."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pandas as pd

from kit.decisions import Effective
from kit.records import Analysis, Claim
from kit.tables.columns import (
    ARTICLE,
    OFFSETS,
    Decisions,
    about,
    frame,
    group_of,
    joined,
    offsets,
    reading_order,
    text_columns,
    view_of,
)

TOLD_COLUMNS = (
    text_columns("id", "source", "type", "group")
    | dict.fromkeys(("claims", "accepted", "rejected", "direct", "mixed", "indirect"), "Int64")
    | dict.fromkeys(("neutral", "endorsing", "distancing", "without_cue"), "Int64")
    | text_columns("cues")
    | dict.fromkeys(("hedged", "words", "quoted_words"), "Int64")
    | text_columns("quoted", "claim_ids")
    | OFFSETS
    | ARTICLE
)
# A quotation runs to its closing mark, or to the end of its fragment where a paragraph leaves it open.
_QUOTED = re.compile(r"“([^”]*)”?|„([^“”]*)[“”]?|«([^»]*)»?|(?<!\w)‘([^‘]*?)’(?!\w)")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")


def how_it_is_told(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per source that claims are attributed to, by its first claim; columns as in ``TOLD_COLUMNS``.

    ``claims`` is the n of the row: attributed claims that nobody rejected, ``accepted`` of them by a person;
    ``rejected`` ones count nowhere else. ``direct``, ``mixed`` and ``indirect`` count their forms; ``neutral``,
    ``endorsing``, ``distancing`` and ``without_cue`` what their reporting words convey; ``cues`` lists these words with
    how often each stands; ``hedged`` counts claims with a hedge. ``quoted_words`` of ``words`` are in quotation marks:
    ``quoted`` has them. ``id`` is missing where nobody is named; the outlet's own sentences are no row. Offsets go from
    the first to the last claim.
    """
    view = view_of(analysis, decisions, "claim")
    claims: dict[str | None, list[Claim]] = {}
    for claim in sorted((one for one in view.analysis.claims if one.voice == "attributed"), key=_start):
        claims.setdefault(claim.source.source_id if claim.source else None, []).append(claim)
    rows = [_row(view, source, some) | about(analysis.article) for source, some in claims.items()]
    return frame(sorted(rows, key=lambda row: reading_order(row | {"id": row["id"] or ""})), TOLD_COLUMNS)


def _row(view: Effective, source_id: str | None, claims: list[Claim]) -> dict[str, Any]:
    source = view.record(source_id or "")
    kept = [claim for claim in claims if view.answer(claim.id) != "reject"]
    forms = Counter(claim.form for claim in kept)
    stances = Counter(claim.cue.stance if claim.cue else "without_cue" for claim in kept)
    cues = Counter(claim.cue.text.lower() for claim in kept if claim.cue)
    quoted = [one for claim in kept for one in _quoted(claim)]
    return {
        "id": source_id,
        "source": source.name if source else next((claim.source.text for claim in claims if claim.source), None),
        "type": source.type if source else None,
        "group": group_of(source),
        "claims": len(kept),
        "accepted": sum(view.answer(claim.id) == "accept" for claim in kept),
        "rejected": len(claims) - len(kept),
        **{form: forms[form] for form in ("direct", "mixed", "indirect")},
        **{stance: stances[stance] for stance in ("neutral", "endorsing", "distancing", "without_cue")},
        "cues": joined(f"{cue} ({n})" for cue, n in sorted(cues.items(), key=lambda pair: (-pair[1], pair[0]))),
        "hedged": sum(bool(claim.hedges) for claim in kept),
        "words": sum(_count(span.text) for claim in kept for span in claim.content),
        "quoted_words": sum(map(_count, quoted)),
        "quoted": joined(quoted),
        "claim_ids": joined(claim.id for claim in kept),
    } | offsets(span for claim in claims for span in claim.content)


def _quoted(claim: Claim) -> list[str]:
    """What stands in quotation marks, without them; of a direct claim whose marks stand outside, the whole."""
    fragments = [span.text for span in sorted(claim.content, key=lambda span: span.start_char)]
    found = [match[match.lastindex or 0].strip() for text in fragments for match in _QUOTED.finditer(_opened(text))]
    if not found and claim.form == "direct":
        found = [text.strip() for text in fragments]
    return [text for text in found if text]


def _opened(text: str) -> str:
    """Straight marks paired off: each second one becomes a closing mark."""
    parts = text.split('"')
    return "".join(part + ("" if n == len(parts) - 1 else "”" if n % 2 else "“") for n, part in enumerate(parts))


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _start(claim: Claim) -> int:
    return min(span.start_char for span in claim.content)
