"""Quotation marks in pairs: what is quoted, and whether a claim is direct, mixed or indirect.

Marks are paired inside a paragraph, straight and curly ones, guillemets and single ones. A mark that has no partner is
not a reason to give up: what was opened and not closed runs to the end of its paragraph, what was closed and not opened
from the start of its sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from kit.english.index import index_of
from kit.records import Form

PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’", "``": "''", "‹": "›", "'": "'", "''": "''"}
CLOSING = frozenset("”»’›") | {"''", "'", '"'}
STRAIGHT = frozenset({'"', "'", "''"})
APOSTROPHES = frozenset({"'", "’"})
MARKS = STRAIGHT | CLOSING | {*PAIRS}
SEGMENTS = "segments"


@dataclass(frozen=True)
class Quotation:
    """Words ``start`` to ``end`` with their marks; ``opened`` and ``closed`` say which of the marks are there."""

    start: int
    end: int
    opened: bool = True
    closed: bool = True


def find_quotations(doc: Doc) -> list[Quotation]:
    """The outermost quotations of a text, in order; linear in its length."""
    marks = [word for word, form in enumerate(index_of(doc).lower) if form in MARKS]
    return [
        quotation
        for start, end in find_paragraphs(doc)
        for quotation in _pair(doc, start, end, marks[bisect_left(marks, start) : bisect_left(marks, end)])
    ]


def find_paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """The segments of a ``Doc``, or its lines where it has none, as words (first, end)."""
    spans = [(span.start, span.end) for span in doc.spans.get(SEGMENTS, ())]
    if spans:
        return spans
    edges = [0, *(token.i + 1 for token in doc if token.is_space and "\n" in token.text), len(doc)]
    return [(start, end) for start, end in pairwise(edges) if start < end]


def find_form(doc: Doc, content: Sequence[int], quoted_words: Set[int]) -> Form:
    """direct: all of a content stands between quotation marks; mixed: some of it; indirect: none."""
    if quoted_words.isdisjoint(content):
        return "indirect"
    marks = index_of(doc).marks
    words = [word for word in content if word not in marks]
    quoted = sum(word in quoted_words for word in words)
    loose = len(words) - quoted
    if not quoted:
        return "indirect"
    return "mixed" if loose else "direct"


def _pair(doc: Doc, start: int, end: int, marks: Sequence[int]) -> Iterator[Quotation]:
    """The outermost quotations of a paragraph; ``marks`` are the marks in it that may open or close one."""
    opened, mark, depth = -1, "", 0
    for word in marks:
        token = doc[word]
        text = token.text
        if opened < 0:
            if text in MARKS and _opens(token):
                opened, mark, depth = word, text, 1
            elif text in ("”", "»") and word > start:
                sentence = max(token.sent.start, start)
                if not any(doc[i].text in ("”", "»") for i in range(sentence, word)):
                    yield Quotation(sentence, word + 1, opened=False)
        elif text == mark and text not in STRAIGHT and _opens(token):
            depth += 1
        elif text in CLOSING and text in PAIRS.get(mark, mark) and _closes(token, mark):
            depth -= 1
            if not depth:
                yield Quotation(opened, word + 1)
                opened = -1
    if opened >= 0 and mark not in APOSTROPHES and mark != "‘":
        yield Quotation(opened, end, closed=False)


def _opens(token: Token) -> bool:
    """Whether a mark opens: curly ones say so, straight ones stand behind a space and before a word."""
    text = token.text
    if text in ("“", "„", "«", "``", "‹"):
        return True
    if text not in ("‘", "”", *STRAIGHT):
        return False
    before = token.nbor(-1) if token.i else None
    if text == "”" and before is not None and "\n" not in before.text + before.whitespace_:
        return False  # turned the wrong way it opens at the start of a paragraph
    free = before is None or bool(before.whitespace_) or before.is_space or before.text in '([{—–-“"'
    return free and not token.whitespace_ and token.i + 1 < len(token.doc)


def _closes(token: Token, mark: str) -> bool:
    """Whether a mark closes: a single one inside a word or behind a plural is an apostrophe as a rule."""
    if mark not in ("'", "‘"):
        return True
    before, after = token.nbor(-1), token.nbor(1) if token.i + 1 < len(token.doc) else None
    return not before.whitespace_ and (after is None or bool(token.whitespace_) or not after.is_alpha)


def quoted_words(quotations: Sequence[Quotation]) -> set[int]:
    """The words of quotations, marks included."""
    return {word for quotation in quotations for word in range(quotation.start, quotation.end)}
