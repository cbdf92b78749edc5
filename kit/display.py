"""Tables for reading: chosen columns of a ``DataFrame`` as escaped HTML whose rows lead to the marked text.

In: a frame of :mod:`kit.tables`. Out: an object that Jupyter shows as HTML. It computes nothing, and says a code such
as ``gt`` in words; the full frame with every column, codes as they are, is what gets exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd

from kit.records import BOUND_WORDS

# What a reader sees of each table: column → heading.
CLAIMS = {"n": "#", "source": "Source", "cue": "Cue", "stance": "Stance", "content": "Says", "decision": "Decision"}
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
SOURCES = {"name": "Source", "type": "Type", "group": "Group", "claims": "Claims", "as_written": "Called"}
LABELS = {"label": "Label", "content": "Words", "decided_by": "By"}
LOG = {
    "annotator": "Who",
    "created": "When",
    "action": "Action",
    "record": "Record",
    "exact": "Text",
    "undone": "Undone",
}

WORDS = {"bound": BOUND_WORDS}  # column → code → what a reader sees

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
    frame: pd.DataFrame, columns: Mapping[str, str], *, link: str | None = None, empty: str = "Nothing here."
) -> Html:
    """A frame as a table for reading.

    Args:
        frame: one row per record.
        columns: column of the frame → heading.
        link: the column with the id of a marked record, where the page shows the marked article too: the first
            cell then leads to the mark.
        empty: what to say instead of an empty table.
    """
    if frame.empty:
        return Html(f"<p><em>{escape(empty)}</em></p>", empty)
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in columns.values())
    shown = frame.assign(**{name: _in_words(frame[name], words) for name, words in WORDS.items() if name in columns})
    body = "\n".join(_row(row, columns, link) for row in shown.to_dict("records"))
    html = f'{_STYLE}<table class="kit-table">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
    return Html(html, shown[list(columns)].rename(columns=columns).to_string(index=False))


def show_facts(facts: Mapping[str, Any]) -> Html:
    """Names and values as a two-column table; a missing value is said to be missing."""
    rows = (
        f'<tr><th scope="row">{escape(name)}</th>{_cell(value if value is None else str(value))}</tr>'
        for name, value in facts.items()
    )
    html = f'{_STYLE}<table class="kit-facts">\n<tbody>\n{"".join(rows)}\n</tbody>\n</table>'
    return Html(html, "\n".join(f"{name}: {value}" for name, value in facts.items()))


def show_notices(notices: Iterable[str], *, empty: str = "") -> Html:
    """What a reader should know, as a list; ``empty`` is said where there is nothing."""
    notices = list(notices)
    if not notices:
        return Html(f"<p>{escape(empty)}</p>" if empty else "", empty)
    items = "".join(f"<li>{escape(notice)}</li>" for notice in notices)
    return Html(f'<ul class="kit-notices">{items}</ul>', "\n".join(notices))


def show_heading(title: str, facts: Mapping[str, Any]) -> Html:
    """The head of a report page: the article's title, and what is known about it in one line."""
    known = " · ".join(
        f"{escape(name)}: {escape(str(value))}" for name, value in facts.items() if name in _BYLINE and value
    )
    return Html(f'<h1>{escape(title)}</h1>\n<p class="kit-byline">{known}</p>', title)


def _in_words(codes: pd.Series, words: Mapping[Any, str]) -> pd.Series:
    """The codes of a column as words; what is no known code stays as it is."""
    return codes.map(lambda code: code if pd.isna(code) else words.get(code, code))


def _row(row: dict[str, Any], columns: Mapping[str, str], link: str | None) -> str:
    first, *rest = columns
    cells = [_cell(row[first], row.get(link), label=columns[first])]
    cells += [_cell(row[column], label=columns[column]) for column in rest]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(value: Any, target: Any = None, *, label: str = "") -> str:
    """One cell; its ``data-label`` is the heading, which a narrow page writes before the value."""
    kind, text = _shown(value)
    body = escape(text)
    if isinstance(target, str):
        body = f'<a href="#m-{escape(target)}">{"→" if kind == "none" else body}</a>'
    attributes = f' class="{kind}"' if kind else ""
    attributes += f' data-label="{escape(label)}"' if label else ""
    return f"<td{attributes}>{body}</td>"


def _shown(value: Any) -> tuple[str, str]:
    """(CSS class, text) of a value."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "none", "–"
    if isinstance(value, bool):
        return "", "yes" if value else "no"
    if isinstance(value, int | float):
        return "number", f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    if isinstance(value, str) and _TIME.fullmatch(value):
        return "time", value.replace("T", " ")[:16]
    return "", str(value)
