"""The word lists of the sources, as sets, and small questions about words."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from functools import lru_cache
from types import SimpleNamespace

from spacy.attrs import IDX, LENGTH
from spacy.tokens import Doc, Span, Token

from kit.lexicon import load_sets

EDGES = frozenset({",", ";", ":", "(", ")", "[", "]", "–", "—", "--", "“", "”", '"'})
JOINING = frozenset(  # small words in names
    """of and for & the ( ) de del della di da do dos du des der den die das la las los les le el y e et und van
    von""".split()
)
GENITIVE = "POS"
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
STEM = 4  # letters that "Norvia" and "Norvian" have to share


def lists() -> SimpleNamespace:
    """The lexicon ``sources``: each list as a set, each table as it stands.

    It is asked for thousands of times in an article, so the user's folder is looked up by :func:`refresh_lists` alone.
    """
    return _current or refresh_lists()


def refresh_lists() -> SimpleNamespace:
    """Notice another user's folder; once an article."""
    global _current
    _current = _read_lists(os.environ.get("KIT_LEXICON"))
    return _current


_current: SimpleNamespace | None = None


@lru_cache(maxsize=4)
def _read_lists(_folder: str | None) -> SimpleNamespace:
    tables = SimpleNamespace(**load_sets("sources"))
    tables.people = tables.person | tables.callings | tables.gender["male"] | tables.gender["female"]
    tables.bodies = tables.state | tables.media | tables.organisation
    tables.called = tables.bodies | tables.capitals | tables.people | tables.documents
    return tables


def noun_of(token: Token) -> str:
    """The noun that a word is known by: singular, a rank in full, a title of two words whole ("prime minister")."""
    words, lower = lists(), token.lower_
    if lower in words.ranks:
        return words.ranks[lower]
    if lower not in words.titles or not token.i:
        return lower
    before = token.nbor(-1).lower_
    return f"{before} {lower}" if before in words.titles[lower] else lower


def singular(token: Token) -> str:
    """A noun in lower case, its plural ending removed."""
    return (is_plural(token) and token.lemma_.lower()) or token.lower_


def is_plural(token: Token) -> bool:
    """Whether a word is a common noun in the plural."""
    return token.tag_ == "NNS"


def are_related(one: str, other: str) -> bool:
    """Whether two words share their stem: "Norvia", "Norvian", "Norvia's"."""
    if one == other:
        return True
    endings = tuple(lists().sides["endings"])
    length = max(STEM, min(len(one), len(other)) - 2)
    return one[:length] == other[:length] and (one.endswith(endings) or other.endswith(endings))


def is_side(text: str) -> bool:
    """Whether a capitalised word is the adjective of a country."""
    sides, lower = lists().sides, text.lower()
    if not text[:1].isupper():
        return False
    return lower in sides["adjectives"] or (len(lower) > STEM + 1 and lower.endswith(tuple(sides["endings"])))


def is_capital(token: Token) -> bool:
    """Whether a word is written as a name."""
    return token.text[:1].isupper() or (token.text[:1].isdigit() and token.pos_ in ("PROPN", "NUM"))


def is_title(token: Token) -> bool:
    """Whether a word is a title, a rank, an office or a form of address."""
    tables = lists()
    return token.lower_ in tables.person or token.lower_ in tables.ranks or token.lower_ in tables.address


def span_at(doc: Doc, start_char: int, end_char: int) -> Span:
    """The tokens that these characters touch, none for white space between two."""
    edges = doc.user_data.get("token_edges")
    if edges is None:  # kept: asking each token anew is slow
        starts, lengths = (doc.to_array(name).tolist() for name in (IDX, LENGTH))
        edges = doc.user_data["token_edges"] = starts, [i + n for i, n in zip(starts, lengths, strict=True)]
    starts, ends = edges
    first = bisect_right(ends, start_char)
    return doc[first : max(first, bisect_left(starts, end_char))]
