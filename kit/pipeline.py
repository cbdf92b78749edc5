"""``load_pipeline()``: the English that ships with the kit, as a spaCy pipeline.

In: nothing to choose. Out: a :class:`spacy.language.Language` whose ``Doc``s carry spaCy's English tokens and
sentences. Sentences end where segments or lines end, never inside a rank or title ("Lt. Gen."). This first
pipeline holds rules only; it finds no claims, quantities or dates: those have modules of their own.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokens import Doc, Token

NAME = "kit_english_rules"
VERSION = "0.1.0"

_TITLES = "Lt. Col. Maj. Capt. Cpl. Sgt. Brig. Cmdr. Cdr. Pvt. Pres. Supt. Insp. Amb. Dept. Govt. approx."
_FINAL = frozenset(".!?…")
_CLOSING = frozenset("\"'”’»)]")
_OPENING = frozenset("\"'“‘«([")


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """The pipeline, made once per process and shared."""
    nlp = spacy.blank("en")
    for title in _TITLES.split():
        nlp.tokenizer.add_special_case(title, [{ORTH: title}])
    nlp.add_pipe("kit_sentences")
    nlp.meta["name"], nlp.meta["version"] = NAME, VERSION
    return nlp


@Language.component("kit_sentences", assigns=["token.is_sent_start", "doc.sents"])
def split_sentences(doc: Doc) -> Doc:
    """Set the sentence starts, honouring ``doc.spans["segments"]`` where there are any."""
    edges = {edge for span in doc.spans.get("segments", ()) for edge in (span.start, span.end)}
    at_lines = not edges
    starts = [token.i == 0 or token.i in edges or _starts_after(token, at_lines) for token in doc]
    # Token.is_sent_start walks the whole Doc at each assignment, which makes a long article quadratic.
    return doc.from_array([SENT_START], np.array([1 if start else -1 for start in starts]).astype("uint64"))


def _starts_after(token: Token, at_lines: bool) -> bool:
    """Whether a sentence starts with this token, judged by what stands before it."""
    before = token.nbor(-1)
    if before.is_space:
        broken = "\n" in before.text or "\r" in before.text
        return (at_lines and broken) or (before.i > 0 and not token.is_space and _is_end(before.i - 1, token))
    return not token.is_space and bool(before.whitespace_) and _is_end(before.i, token)


def _is_end(index: int, following: Token) -> bool:
    """Whether the sentence ends with token ``index``: a final stop, perhaps inside closing marks."""
    doc = following.doc
    closed = False
    while index > 0 and doc[index].text in _CLOSING:
        index, closed = index - 1, True
    if doc[index].text[-1] not in _FINAL or (len(doc[index]) > 1 and not set(doc[index].text) <= _FINAL):
        return False
    first = following.text[0]
    starts = first.isupper() or first.isdigit() or following.text in _OPENING or not first.isascii()
    return starts or (not closed and not first.islower())
