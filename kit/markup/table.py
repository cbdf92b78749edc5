"""A table of what was suggested and decided: it stands under the article where no widget can run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.decisions import Decision
from kit.markup.escaping import safe
from kit.markup.marks import Mark, answer_sign, marks, parts_of
from kit.records import Analysis

if TYPE_CHECKING:
    from kit.decisions import Effective

WORDS = {"accept": "accepted", "reject": "rejected", "ignore": "left open"}
CAPTION = "What is suggested, and what people decided"
COLUMNS = ("#", "What", "Who", "Words", "Decision", "By", "Note")


def decisions_html(reading: Analysis | Effective, *, caption: str = CAPTION) -> str:
    """One row for each claim, figure, date and tagged word, in reading order; each leads to its mark in the article."""
    analysis, decisions, _ = parts_of(reading)
    rows = "".join(_row(analysis, found, decisions.get(found[0].id)) for found in _records(reading))
    heads = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    if not rows:
        return '<p class="kit-decisions">Nothing is suggested in this article.</p>'
    head = f"<caption>{safe(caption)}</caption><thead><tr>{heads}</tr></thead>"
    return f'<table class="kit-decisions">{head}<tbody>{rows}</tbody></table>'


def _records(reading: Analysis | Effective) -> Iterator[list[Mark]]:
    """The marks of each record together, in the order of its first mark."""
    found: dict[str, list[Mark]] = {}
    for mark in marks(reading):
        found.setdefault(mark.id, []).append(mark)
    yield from found.values()


def _row(analysis: Analysis, found: list[Mark], decision: Decision | None) -> str:
    first, text = found[0], analysis.article.text

    def words(*roles: str) -> str:
        return " … ".join(text[mark.start_char : mark.end_char] for mark in found if mark.role in roles)

    numbered = first.record == "claim" and not first.tagged
    kind = "claim" if numbered else first.label
    said = words("content", "figure", "date", "source") if not numbered else words("content")
    answer = WORDS.get(first.answer or "", "open")
    signed = "+ added" if first.added and answer == "accepted" else f"{answer_sign(first)} {answer}".strip()
    note = decision.value.get("note") if decision else None
    who = decision.annotator if decision and decision.answer else ""
    cells = (first.label if numbered else "", kind, words("source") if numbered else "", said, signed, who, note or "")
    shown = "".join(f'<td dir="auto">{safe(str(cell))}</td>' for cell in cells[1:])
    link = f'<td><a href="#m-{safe(first.id)}">{safe(cells[0] or "→")}</a></td>'
    return f"<tr>{link}{shown}</tr>"
