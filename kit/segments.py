"""An article's segments on a spaCy ``Doc``, and the sentences that the extractors read.

In: an :class:`~kit.records.Article` and a pipeline. Out: a ``Doc`` with ``doc.spans["segments"]`` (labels:
the segment kinds), so that whoever gets the ``Doc`` alone still knows headline from boilerplate.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from kit.records import Article

KEY = "segments"


def make_doc(nlp: Language, article: Article) -> Doc:
    """Run the pipeline over an article, its segments known from the start."""
    doc = nlp.make_doc(article.text)
    spans = (doc.char_span(s.start_char, s.end_char, label=s.kind, alignment_mode="expand") for s in article.segments)
    doc.spans[KEY] = [span for span in spans if span is not None]
    return nlp(doc)


def read_sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of a ``Doc`` without surrounding white space, in order; boilerplate is left out."""
    skipped = {
        i for span in doc.spans.get(KEY, ()) if span.label_ == "boilerplate" for i in range(span.start, span.end)
    }
    edges = [0, *(i for i in (doc.to_array("SENT_START") == 1).nonzero()[0].tolist() if i), len(doc)]
    for start, end in pairwise(edges):  # `doc.sents` asks every word for its sentence's start
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end and start not in skipped:
            yield doc[start:end]


def text_of(doc: Doc) -> str:
    """The text of a ``Doc``, kept: ``doc.text`` puts it together from its words at each look."""
    text = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text


def segment_index(doc: Doc, start_char: int) -> int:
    """How many segments start at or before this character: equal numbers mean the same segment."""
    starts = doc.user_data.get("segment_starts")
    if starts is None:  # kept, since a span group makes new spans at each look
        starts = doc.user_data["segment_starts"] = [span.start_char for span in doc.spans.get(KEY, ())]
    return bisect_right(starts, start_char)


def segment_of(doc: Doc, start_char: int) -> Span | None:
    """The segment that holds this character; ``None`` on a ``Doc`` without segments, or between two of them."""
    index = segment_index(doc, start_char)
    span = doc.spans[KEY][index - 1] if index else None
    return span if span is not None and start_char < span.end_char else None
