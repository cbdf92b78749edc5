"""What a reader sees of each table: column → heading, for :func:`kit.display.show_table`."""

from __future__ import annotations

BRIEF_SHOWN = {
    "outlet": "Outlet",
    "caveats": "Caveats dropped",
    "bounds": "Bounds dropped",
    "hedges": "Hedges dropped",
    "sources": "Not cited (who stands there instead)",
    "other": "Put otherwise",
}
FIGURES_SHOWN = {
    "figure": "Figure",
    "outlet": "Outlet",
    "text": "As written",
    "bound": "Bound",
    "group": "Source group",
    "reporter": "Reported by",
    "date": "Date",
    "why": "Why it stands here",
}
CLAIMS_SHOWN = {
    "statement": "Statement",
    "outlet": "Outlet",
    "source": "Source",
    "cue": "Cue",
    "content": "As written",
    "hedges": "Hedges",
    "why": "Why it stands here",
}
DROPPED_SHOWN = {
    "dropped_by": "Dropped by",
    "kind": "What",
    "words": "The words",
    "kept_by": "Kept by",
    "instead": "Instead",
    "what": "About",
}
ORIGINS_SHOWN = {
    "what": "Figure or statement",
    "who": "Outlets",
    "origin": "Origin",
    "unnamed": "Unnamed",
    "nobody_cited": "Cites nobody",
    "counts_as": "Counts as",
}
CITED_SHOWN = {
    "group": "Source group",
    "name": "Source",
    "outlet": "Outlet",
    "as_written": "Called",
    "claims": "Claims",
}
