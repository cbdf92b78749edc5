"""Claims as a table: who says what, in which words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.decisions import Effective, Tag
from kit.records import Analysis, Claim
from kit.tables.columns import (
    ARTICLE,
    DECIDED,
    OFFSETS,
    Decisions,
    about,
    decided,
    frame,
    group_of,
    joined,
    offsets,
    reading_order,
    text_columns,
    text_of,
    view_of,
)

CLAIM_COLUMNS = (
    {"n": "Int64"}
    | text_columns("id", "source", "source_as_written", "cue", "stance", "content", "form", "kind", "voice")
    | text_columns("factuality_source", "factuality_outlet", "hedges", "flags", "credibility")
    | text_columns("source_id", "group", "parent", "why")
    | {"confidence": "Float64"}
    | DECIDED
    | OFFSETS
    | ARTICLE
)


def claims_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per claim in reading order; columns as in ``CLAIM_COLUMNS``.

    ``n`` numbers the attributions that the machine found, as in the marked article; the outlet's own sentences
    and what people added have none. Words that a person tagged with a label of their own ("loaded word") stand
    here too, with that ``label`` and without a voice. ``content`` is shown without a leading "that", its fragments
    joined with " … "; ``credibility`` is the Admiralty digit that a person gave, "6" (cannot be judged) until then.
    """
    view = view_of(analysis, decisions, "claim")
    numbers = _numbers(analysis)
    rows = [_claim_row(view, claim, numbers) for claim in view.analysis.claims] + [_tag_row(tag) for tag in view.tags]
    rows = [row | decided(view, row["id"]) | about(analysis.article) for row in rows]
    return frame(sorted(rows, key=reading_order), CLAIM_COLUMNS)


def content_text(claim: Claim) -> str:
    """What is claimed, as shown: without a leading complementiser, fragments joined with " … "."""
    text = " … ".join(fragment.text for fragment in sorted(claim.content, key=lambda span: span.start_char))
    head, _, rest = text.partition(" ")
    return rest.lstrip() if head.lower() == "that" and rest.strip() else text


def _numbers(analysis: Analysis) -> dict[str, int]:
    """The machine's attributions by reading order: their numbers stay, whatever people decide."""
    attributed = [claim for claim in analysis.claims if claim.voice == "attributed"]
    attributed.sort(
        key=lambda claim: min(span.start_char for span in (claim.source, claim.cue, *claim.content) if span)
    )
    return {claim.id: number for number, claim in enumerate(attributed, start=1)}


def _claim_row(view: Effective, claim: Claim, numbers: dict[str, int]) -> dict[str, Any]:
    source = view.record(claim.source.source_id or "") if claim.source else None
    return {
        "n": numbers.get(claim.id) if claim.voice == "attributed" else None,
        "id": claim.id,
        "source": source.name if source else text_of(claim.source),
        "source_as_written": text_of(claim.source),
        "cue": text_of(claim.cue),
        "stance": claim.cue.stance if claim.cue else None,
        "content": content_text(claim),
        "form": claim.form,
        "kind": claim.kind,
        "voice": claim.voice,
        "factuality_source": claim.factuality.source,
        "factuality_outlet": claim.factuality.outlet,
        "hedges": joined(hedge.text for hedge in claim.hedges),
        "flags": joined(f"{flag.text} ({flag.kind})" for flag in claim.flags),
        "credibility": view.credibility(claim.id),
        "source_id": claim.source.source_id if claim.source else None,
        "group": group_of(source),
        "parent": claim.parent,
        "why": joined(claim.why),
        "confidence": claim.confidence,
    } | offsets(span for span in (claim.source, claim.cue, *claim.content) if span)


def _tag_row(tag: Tag) -> dict[str, Any]:
    return {"id": tag.id, "content": tag.span.text} | offsets([tag.span])
