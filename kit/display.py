"""Tables for reading: chosen columns of a ``DataFrame`` as escaped HTML whose rows lead to the marked text.

In: a frame of :mod:`kit.tables`. Out: an object that Jupyter shows as HTML. It computes nothing, and says a code such
as ``gt`` in words, a range as both its ends; the full frame with every column, codes as they are, is what gets
exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from kit.markup import safe
from kit.records import BOUND_WORDS

# What a reader sees of each table: column → heading.
CLAIMS = {
    "n": "#",
    "source": "Source",
    "cue": "Cue",
    "kind": "Kind",
    "stance": "Stance",
    "content": "Says",
    "decision": "Decision",
}
FIGURES = {
    "text": "In the text",
    "value": "Value",
    "bound": "Bound",
    "affected": "Affects",
    "reporter": "Reported by",
    "date": "Date",
    "date_inherited": "Inherited",
    "decision": "Decision",
}
DATES = {"text": "In the text", "value": "Value", "grain": "Grain", "kind": "Kind", "alternatives": "Or"}
SOURCES = {
    "name": "Source",
    "type": "Type",
    "group": "Group",
    "claims": "Claims",
    "reliability": "Grade",
    "as_written": "Called",
}
CORROBORATION = {
    "text": "In the text",
    "affected": "Affects",
    "date": "Date",
    "bound": "Bound",
    "reporter": "Reported by",
    "groups": "Groups",
}
TOLD = {
    "source": "Source",
    "claims": "Claims",
    "neutral": "Neutral",
    "endorsing": "Endorsing",
    "distancing": "Distancing",
    "cues": "Cues",
    "quoted": "Quoted words",
}
LABELS = {"label": "Label", "content": "Words", "decided_by": "By"}
OPEN = {"words": "Words", "kind": "Kind", "n": "#", "left_open_by": "Left open by"}
DECIDERS = {"annotator": "Who", "decided": "What", "first": "From", "last": "To"}
CHANGES = {"record": "Record", "field": "What", "machine": "The machine", "analyst": "The analyst", "decided_by": "By"}
LOG = {
    "exact": "Text",
    "record": "Record",
    "action": "Action",
    "annotator": "Who",
    "created": "When",
    "undone": "Undone",
}

# Column → code → what a reader sees.
WORDS: dict[str, Mapping[str, str]] = {
    "bound": BOUND_WORDS,
    "decision": {"accept": "accepted", "reject": "rejected", "ignore": "left open"},
    "record": {"quantity": "figure"},
}

_TIME = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.+Z-]+)?")
_BYLINE = ("Outlet", "Published", "URL")


# JupyterLab centres tables, sets numbers and words flush right, and knows nothing of our columns.
_STYLE = """<style>
.kit-table, .kit-facts { border-collapse: collapse; margin: 0 !important; }
.kit-table :is(th, td), .kit-facts :is(th, td) { text-align: left !important; vertical-align: top !important; }
.kit-table td.number { text-align: right !important; font-variant-numeric: tabular-nums; }
.kit-table td.time { white-space: nowrap; }
</style>
"""


class Html:
    """A table that Jupyter, nbconvert and the report show as HTML, and a terminal as text."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return self._html


def show_table(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    link: str | None = None,
    marks: Mapping[str, str] | None = None,
    caption: str = "",
    empty: str = "Nothing here.",
) -> Html:
    """A frame as a table for reading.

    Args:
        frame: one row per record.
        columns: column of the frame → heading.
        link: the column with the id of a record, where the page shows the marked article too: every cell of the row
            then leads to its mark, and the keyboard stops at the first.
        marks: record id → id of its mark, for records that have another's or none; by default each has its own.
        caption: what the table is, said above it.
        empty: what to say instead of an empty table.
    """
    if frame.empty:
        return Html(f"<p><em>{safe(empty)}</em></p>" if empty else "", empty)
    head = "".join(f'<th scope="col">{safe(heading)}</th>' for heading in columns.values())
    shown = frame.assign(**{name: _in_words(frame[name], words) for name, words in WORDS.items() if name in columns})
    if {"value", "low", "high"} <= set(shown.columns):
        shown = shown.assign(value=[_value(row) for row in shown.to_dict("records")])
    body = "\n".join(_row(row, columns, _target(row, link, marks)) for row in shown.to_dict("records"))
    above = f"<caption>{safe(caption)}</caption>\n" if caption else ""
    html = (
        f'{_STYLE}<table class="kit-table">\n{above}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
    )
    return Html(html, shown[list(columns)].rename(columns=columns).to_string(index=False))


def show_facts(facts: Mapping[str, Any]) -> Html:
    """Names and values as a two-column table; a missing value is said to be missing."""
    rows = (
        f'<tr><th scope="row">{safe(name)}</th>{_cell(value if value is None else str(value))}</tr>'
        for name, value in facts.items()
    )
    html = f'{_STYLE}<table class="kit-facts">\n<tbody>\n{"".join(rows)}\n</tbody>\n</table>'
    return Html(html, "\n".join(f"{name}: {value}" for name, value in facts.items()))


def show_notices(notices: Iterable[str], *, empty: str = "") -> Html:
    """What a reader should know, as a list; ``empty`` is said where there is nothing."""
    notices = list(notices)
    if not notices:
        return Html(f"<p>{safe(empty)}</p>" if empty else "", empty)
    items = "".join(f"<li>{safe(notice)}</li>" for notice in notices)
    return Html(f'<ul class="kit-notices">{items}</ul>', "\n".join(notices))


def show_heading(title: str, facts: Mapping[str, Any]) -> Html:
    """The head of a report page: the article's title, and what is known about it in one line."""
    known = (f"<span>{safe(name)}: <bdi>{safe(str(facts[name] or 'not known'))}</bdi></span>" for name in _BYLINE)
    return Html(f'<h1><bdi>{safe(title)}</bdi></h1>\n<p class="kit-byline">{" ".join(known)}</p>', title)


def _in_words(codes: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """The codes of a column as words; what is no known code stays as it is."""
    return codes.map(lambda code: code if pd.isna(code) else words.get(code, code))


def _value(row: Mapping[str, Any]) -> Any:
    """The number of a figure; both ends of a range, which has no number of its own."""
    ends = (row["low"], row["high"])
    if not _missing(row["value"]) or any(map(_missing, ends)):
        return row["value"]
    return " to ".join(_shown(end)[1] for end in ends)


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value))


def _target(row: Mapping[str, Any], link: str | None, marks: Mapping[str, str] | None) -> str | None:
    """The mark that a row leads to."""
    found = row.get(link) if link else None
    if not isinstance(found, str):
        return None
    return found if marks is None else marks.get(found)


def _row(row: dict[str, Any], columns: Mapping[str, str], target: str | None) -> str:
    cells = (_cell(row[name], target, label=columns[name], first=i == 0) for i, name in enumerate(columns))
    return f"<tr>{''.join(cells)}</tr>"


def _cell(value: Any, target: str | None = None, *, label: str = "", first: bool = False) -> str:
    """One cell; its ``data-label`` is the heading, which a narrow page writes before the value."""
    kind, text = _shown(value)
    body = safe(text) if kind in ("none", "number", "time") else f"<bdi>{safe(text)}</bdi>"
    if target:
        stop = "" if first else ' tabindex="-1"'
        body = f'<a href="#m-{safe(target)}"{stop}>{"→" if first and kind == "none" else body}</a>'
    attributes = f' class="{kind}"' if kind else ""
    attributes += f' data-label="{safe(label)}"' if label else ""
    return f"<td{attributes}>{body}</td>"


def _shown(value: Any) -> tuple[str, str]:
    """(CSS class, text) of a value."""
    if _missing(value):
        return "none", "–"
    if isinstance(value, bool):
        return "", "yes" if value else "no"
    if isinstance(value, int | float):
        return "number", f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    if isinstance(value, str) and _TIME.fullmatch(value):
        return "time", value.replace("T", " ")[:16]
    return "", str(value)
