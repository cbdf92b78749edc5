"""The article as a reader's page: one HTML fragment with its own style sheet, its legend and its marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kit.decisions import Decision
from kit.markup.escaping import BIDI_CONTROLS, safe
from kit.markup.layout import Piece, blocks, pieces
from kit.markup.marks import Mark, answer_sign, marks, parts_of
from kit.records import Analysis

if TYPE_CHECKING:
    from kit.decisions import Effective

ANSWERED = {
    "✓": "✓ accepted by a person",
    "✗": "✗ rejected by a person",
    "\u2013": "\u2013 left open by a person",
    "+": "+ added by a person",
}
VOICES = {"outlet": "outlet", "question": "question"}  # attributed words are shaded, a paragraph of its own is named
FURNITURE = "page furniture, not read"
LEGEND = (
    ("kit-source", "source", "who is cited, with the number of the claim"),
    ("kit-cue", "cue", "the words that cite"),
    ("kit-content kit-content-start kit-content-end", "claim", "what is said, with its number"),
    ("kit-figure kit-figure-start kit-figure-end", "figure", "a reported number"),
    ("kit-date", "date", "a day or time"),
)


def article_html(
    reading: Analysis | Effective,
    decisions: Mapping[str, Decision] | None = None,
    *,
    title: bool = True,
    legend: bool = True,
    rejected: bool = False,
) -> str:
    """The article as one HTML fragment that needs no other file; the first piece of a record is ``#m-<id>``.

    Args:
        reading: the records as people decided them (:func:`kit.decisions.as_decided`), or as the machine gave them.
        decisions: answers to show with a machine's reading, by record id; a decided reading brings its own.
        title: show outlet and date above, and the headline as ``h1``; without it the headline is a paragraph.
        legend: explain the marks above the text.
        rejected: draw rejected suggestions too.
    """
    analysis = parts_of(reading)[0]
    found = [mark for mark in marks(reading, decisions) if rejected or mark.answer != "reject"]
    parts = [f"<style>\n{css()}</style>", '<article class="kit-article">']
    parts += [_byline(analysis)] if title else []
    parts += [_legend(found)] if legend else []
    parts += ['<div class="kit-text">', *_text_html(analysis, found, title=title), "</div></article>"]
    return "".join(parts)


@cache
def css() -> str:
    """The style sheet of the marks, for the static page and the widget alike."""
    return Path(__file__).with_name("article.css").read_text(encoding="utf-8")


def _text_html(analysis: Analysis, found: list[Mark], *, title: bool) -> Iterator[str]:
    outline = blocks(analysis)
    cut = pieces(analysis.article.text, found, cuts=[start for _, start, _, _ in outline])
    shown: set[str] = set()
    at, before = 0, ""
    for kind, _, end, voice in outline:
        inside = []
        while at < len(cut) and cut[at].end_char <= end:
            inside.append(cut[at])
            at += 1
        if kind == "gap" and all(piece.text.isspace() for piece in inside):
            yield safe("".join(piece.text for piece in inside))
            continue
        body = "".join(_piece_html(piece, shown) for piece in inside)
        yield _block_html(kind, voice, body, first=kind != before, title=title)
        before = kind


def _block_html(kind: str, voice: str, body: str, *, first: bool, title: bool) -> str:
    tag = "h1" if kind == "headline" and title else "p"
    label = FURNITURE if kind == "boilerplate" else VOICES.get(voice, "")
    attributes = f' class="kit-{kind}" dir="auto"' + (f' data-voice="{voice}"' if voice else "")
    if label and (first or kind != "boilerplate"):
        attributes += f' data-label="{label}"'
    return f"<{tag}{attributes}>{body}</{tag}>"


def _piece_html(piece: Piece, shown: set[str]) -> str:
    """One piece; a record's first piece is the target of ``#m-<id>``, further ids get an empty element in it."""
    if not piece.marks:
        text = safe(piece.text)
        return f"<bdi>{text}</bdi>" if BIDI_CONTROLS.intersection(piece.text) else text
    ids = list(dict.fromkeys(mark.id for mark in piece.marks))
    new = [one for one in ids if one not in shown]
    shown.update(new)
    anchors = "".join(f'<span id="m-{escape(one)}"></span>' for one in new[1:])
    attributes = f' id="m-{escape(new[0])}"' if new else ""
    attributes += f' class="{" ".join(_classes(piece))}" data-id="{escape(" ".join(ids))}"'
    attributes += f' data-start="{piece.start_char}" data-end="{piece.end_char}"'
    tags = [_tag(mark) for mark in piece.marks if mark.start_char == piece.start_char and _tag(mark)]
    attributes += f' data-tag="{safe(" ".join(tags))}"' if tags else ""
    signs = [_sign(mark) for mark in piece.marks if mark.end_char == piece.end_char and _sign(mark)]
    attributes += f' data-sign="{" ".join(signs)}"' if signs else ""
    notes = dict.fromkeys(mark.note for mark in piece.marks if mark.note)
    attributes += f' title="{safe("; ".join(notes))}"' if notes else ""
    return f"<mark{attributes}>{anchors}{safe(piece.text)}</mark>"


def _classes(piece: Piece) -> list[str]:
    found = []
    for mark in piece.marks:
        found.append(f"kit-{mark.role}")
        found += [f"kit-{mark.role}-start"] if mark.start_char == piece.start_char else []
        found += [f"kit-{mark.role}-end"] if mark.end_char == piece.end_char else []
        found += ["kit-added"] if mark.added else []
    if sum(mark.role == "content" for mark in piece.marks) > 1:
        found.append("kit-deep")
    return list(dict.fromkeys(found))


def _tag(mark: Mark) -> str:
    """What CSS writes before a mark: the number or label of a content, and the answer where there is one."""
    if mark.role != "content" and not mark.tagged:
        return ""
    return f"{mark.label}\u00a0{answer_sign(mark)}".rstrip("\u00a0")


def _sign(mark: Mark) -> str:
    """What CSS writes behind a mark: the answer to a figure or date, the claim's number behind its source and cue."""
    if mark.tagged or mark.role == "content":
        return ""
    return answer_sign(mark) if mark.role in ("figure", "date") else mark.label


def _byline(analysis: Analysis) -> str:
    article = analysis.article
    known = (article.outlet, article.published and article.published.isoformat())
    facts = [safe(one) for one in known if one]
    if article.title and not any(segment.kind == "headline" for segment in article.segments):
        return f'<header class="kit-byline"><h1 dir="auto">{safe(article.title)}</h1>{" · ".join(facts)}</header>'
    return f'<header class="kit-byline">{" · ".join(facts)}</header>' if facts else ""


def _legend(found: Sequence[Mark]) -> str:
    """Name what is in the text, drawn as it is drawn there."""
    roles = {mark.role for mark in found}
    shown = [one for one in LEGEND if one[0].split()[0].removeprefix("kit-") in roles]
    keys = [f'<mark class="{classes}"{_sample(classes)}>{name}</mark> {what}' for classes, name, what in shown]
    keys.append("unmarked: the outlet's own words")
    keys += [what for sign, what in ANSWERED.items() if any(_shows(mark, sign) for mark in found)]
    return f'<div class="kit-legend">{"".join(f"<span>{key}</span>" for key in keys)}</div>'


def _shows(mark: Mark, sign: str) -> bool:
    return mark.added and mark.answer != "reject" if sign == "+" else answer_sign(mark) == sign


def _sample(classes: str) -> str:
    return ' data-tag="1"' if "content" in classes else ' data-sign="1"' if classes == "kit-source" else ""
