"""What many steps ask of every word of a text, looked up once: a ``Token`` for each look would cost more than the step.

In: a ``Doc`` after the pipeline. Out: an :class:`Index`, kept with the ``Doc``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.attrs import HEAD, IS_PUNCT, IS_QUOTE, IS_SPACE, LOWER, SENT_START
from spacy.tokens import Doc

KEY = "index"


@dataclass(frozen=True)
class Index:
    """Words by their numbers.

    Attributes:
        lower: the form of each word in lower case.
        heads: the number of the word that each hangs on; its own for a root.
        spaces: the words that are white space.
        quotes: quotation marks.
        marks: white space and marks of all kinds.
        starts: the words that sentences begin with.
    """

    lower: list[str]
    heads: list[int]
    spaces: frozenset[int]
    quotes: frozenset[int]
    marks: frozenset[int]
    starts: frozenset[int]

    def where(self, form: str) -> list[int]:
        """All words that have this form in lower case."""
        return [word for word, lower in enumerate(self.lower) if lower == form]

    def find(self, words: Iterable[int], form: str) -> int | None:
        """The first of the words that has this form in lower case."""
        lower = self.lower
        return next((word for word in words if lower[word] == form), None)


def index_of(doc: Doc) -> Index:
    """The index of a text; made at the first look, after which the ``Doc`` must not be parsed anew."""
    known = doc.user_data.get(KEY)
    if known is None:
        known = doc.user_data[KEY] = _read(doc)
    return known


def _read(doc: Doc) -> Index:
    table = doc.to_array([LOWER, HEAD, IS_SPACE, IS_PUNCT, IS_QUOTE, SENT_START])
    forms = {form: doc.vocab.strings[form] for form in {*table[:, 0].tolist()}}
    heads = table[:, 1].astype("int64")  # as distances
    spaces, quotes = _where(table[:, 2] == 1), _where(table[:, 4] == 1)
    return Index(
        lower=[forms[form] for form in table[:, 0].tolist()],
        heads=[word + step for word, step in enumerate(heads.tolist())],
        spaces=spaces,
        quotes=quotes,
        marks=spaces | quotes | _where(table[:, 3] == 1),
        starts=_where(table[:, 5] == 1),
    )


def _where(column) -> frozenset[int]:
    return frozenset(column.nonzero()[0].tolist())


def has_quote(doc: Doc, words: Iterable[int]) -> bool:
    """Whether one of the words is a quotation mark."""
    return not index_of(doc).quotes.isdisjoint(words)
