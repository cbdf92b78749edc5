"""The time expressions of a ``Doc``, with their words, their sentence and their verb's tense, and resolved in order.

Text is read up to the next line break, since a parser may end a sentence inside "Sept. 30" or "12:00 UTC Monday".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kit.dates.finding import find
from kit.dates.meanings import Context, Meaning, Reading, evaluate
from kit.dates.tense import look_of
from kit.dates.words import Word
from kit.segments import read_sentences

_ALSO_NAMES = ("month", "weekday", "season", "holiday", "part", "day_word", "set_word")


class Expression(NamedTuple):
    """One time expression of a ``Doc``; ``sentence`` is where its sentence begins."""

    doc: Doc
    start_char: int
    end_char: int
    words: list[Word]
    meaning: Meaning
    sentence: int

    @property
    def span(self) -> Span:
        """Its tokens."""
        return self.doc.char_span(self.start_char, self.end_char, alignment_mode="expand")

    def look(self) -> int:
        """Which way its verb looks, see :func:`kit.dates.tense.look_of`."""
        return look_of(self.span.root)


def expressions(doc: Doc) -> Iterator[Expression]:
    """Every expression in reading order; boilerplate is left out."""
    text = doc.text  # built anew by spaCy at each look
    starts: list[int] = []
    end = 0
    for sentence in read_sentences(doc):
        if starts and "\n" in text[end : sentence.start_char]:
            yield from _read(doc, text[starts[0] : end], starts)
            starts = []
        starts.append(sentence.start_char)
        end = sentence.end_char
    if starts:
        yield from _read(doc, text[starts[0] : end], starts)


def read_dates(doc: Doc, published: date | None) -> Iterator[tuple[Expression, Reading]]:
    """Every expression with its reading; what the text spoke of before resolves "the same day" and its kin."""
    context, sentence = Context(published), None
    for one in expressions(doc):
        if one.sentence != sentence:  # what this sentence speaks of goes before older mentions
            context.mentions.extend(context.here)
            context.here, sentence = [], one.sentence
        context.look = one.look
        reading = evaluate(one.meaning, context)
        yield one, reading
        if reading.period:
            context.here.append(reading.period)


def sentence_expressions(doc: Doc, sentence: Span) -> Iterator[Expression]:
    """The expressions of one sentence."""
    return _read(doc, sentence.text, [sentence.start_char])


def _read(doc: Doc, text: str, sentences: list[int]) -> Iterator[Expression]:
    words, found = find(text)
    for one in found:
        mine = words[one.start : one.end]
        start, end = sentences[0] + mine[0].start, sentences[0] + mine[-1].end
        sentence = sentences[bisect_right(sentences, start) - 1]
        expression = Expression(doc, start, end, mine, one.meaning, sentence)
        if not _is_other(expression):
            yield expression


def _is_other(one: Expression) -> bool:
    """ "Ada May", "the Sunday Times", "USA Today", "may": a name's part, or a verb."""
    last = one.words[-1]
    if last.kind == "fourdigit" and len(one.words) == 1:  # "2000 soldiers"
        number = one.span.root
        counted = number.dep_ == "nummod" and number.head.i > number.i and number.head.tag_ == "NNS"
        return counted and number.head.text.islower() and not any(child.dep_ == "det" for child in number.head.children)
    if len(one.words) > 2 or last.kind not in _ALSO_NAMES:
        return False
    tokens = one.span
    token = tokens[-1]
    if token.pos_ in ("VERB", "AUX") or token.tag_ == "MD":
        return True
    beside = [one.doc[i] for i in (tokens.start - 1, tokens.end) if 0 <= i < len(one.doc)]
    if (
        last.kind in ("day_word", "set_word")
        and last.text.istitle()
        and token.i
        and one.doc[token.i - 1].pos_ == "PROPN"
    ):
        return True
    if any(child.dep_ == "flat" and child.i == token.i + 1 for child in token.children):
        return True
    return token.ent_type_ in ("PERSON", "ORG") and any(other.ent_type_ == token.ent_type_ for other in beside)
