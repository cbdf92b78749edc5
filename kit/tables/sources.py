"""Sources as a table: who is cited, how often, under which names."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from kit.records import Analysis
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
    view_of,
)

SOURCE_COLUMNS = (
    text_columns("id", "name", "type", "side", "group", "cites", "reliability")
    | {"claims": "Int64", "mentions": "Int64"}
    | text_columns("as_written", "merged")
    | DECIDED
    | OFFSETS
    | ARTICLE
)


def sources_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per source, by first mention; offsets are those of the first mention.

    ``claims`` counts the claims attributed to it, ``mentions`` how often it is named; ``reliability`` is the
    Admiralty letter that a person gave, "F" (cannot be judged) until then; ``merged`` lists the ids of the sources
    that a person said are this one.
    """
    view = view_of(analysis, decisions, "source")
    cited = Counter(claim.source.source_id for claim in view.analysis.claims if claim.source)
    rows = []
    for source in view.analysis.sources:
        row = {name: getattr(source, name) for name in ("id", "name", "type", "side")} | {
            "group": group_of(source),
            "cites": joined(source.cites),
            "reliability": view.reliability(source.id),
            "claims": cited[source.id],
            "mentions": len(source.mentions),
            "as_written": joined(dict.fromkeys(mention.text for mention in source.mentions)),
            "merged": joined(one for one, into in view.merged.items() if into == source.id),
        }
        first = sorted(source.mentions, key=lambda span: span.start_char)[:1]
        rows.append(row | offsets(first) | decided(view, source.id) | about(analysis.article))
    return frame(sorted(rows, key=reading_order), SOURCE_COLUMNS)
