"""The spaCy component ``kit_english``: a ``Doc`` of words becomes one with syntax, entities and attributions.

In: any ``Doc``; ``doc.spans["segments"]``, where there are some, say where lines end. Out: the same ``Doc`` with
``tag_ pos_ lemma_ dep_ head ents sents`` and ``doc.spans["attributions"]``: one ``Span`` per run of words with the
label ``source``, ``cue`` or ``content``, and in ``id_`` the number of its attribution, whose confidence is in the
group's ``attrs``. Each ``Doc`` is read by itself, so that no batch changes a reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kit.english.noun_phrases import noun_phrases
from kit.english.reading import Attribution, Reading
from kit.english.subjects import find_head, find_subject, span_words
from kit.english.weights import load_weights

NAME = "kit_english"
KEY = "attributions"
SEGMENTS = "segments"
FIRMS = frozenset({"Inc", "Ltd", "Corp", "LLC", "LLP", "plc", "PLC", "GmbH", "Co"})  # what a firm's name may end in
ROLES = ("source", "cue", "content")


@Language.factory(
    NAME,
    assigns=[
        *("token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "token.is_sent_start"),
        *("doc.ents", "doc.sents", "doc.spans"),
    ],
)
def make_component(nlp: Language, name: str) -> EnglishReader:
    """What ``nlp.add_pipe("kit_english")`` calls. It makes ``doc.noun_chunks`` right for Universal Dependencies too."""
    nlp.vocab.get_noun_chunks = noun_phrases
    return EnglishReader()


class EnglishReader:
    """Reads one ``Doc`` at a time with the weights that ship with the kit, which it shares with all others."""

    def __init__(self) -> None:
        self.decoder, self.network = load_weights()

    def __call__(self, doc: Doc) -> Doc:
        """Read a ``Doc`` and write on it what was read."""
        tokens = [token.i for token in doc if not token.is_space]
        words = [(token.idx, token.idx + len(token)) for token in doc if not token.is_space]
        reading = self.decoder.read(doc.text, words, self.network, find_lines(doc, tokens))
        write_syntax(doc, tokens, reading)
        places = {start: token for token, (start, _) in zip(tokens, words, strict=True)}
        ends = {end: token + 1 for token, (_, end) in zip(tokens, words, strict=True)}
        entities = [Span(doc, places[start], ends[end], label) for start, end, label in reading.entities]
        doc.set_ents(list(_join_names(doc, entities)))
        spans = list(_spans(doc, reading.attributions, places, ends))
        sure = {str(number): attribution.confidence for number, attribution in enumerate(reading.attributions)}
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans, attrs={"confidence": sure})
        return doc

    def __reduce__(self) -> tuple[type[EnglishReader], tuple[()]]:
        """Another process reads the weights anew."""
        return EnglishReader, ()

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Read a stream of ``Doc``s one by one; ``batch_size`` is spaCy's and changes nothing."""
        for doc in docs:
            yield self(doc)


def _join_names(doc: Doc, entities: Sequence[Span]) -> Iterator[Span]:
    """The entities, with what a hyphen or a comma parts from a name ("Jean-Luc Maret", "Orrin Mills, Inc.") as one."""
    last: Span | None = None
    for entity in entities:
        between = doc.text[last.end_char : entity.start_char] if last is not None else ""
        joined = between == "-" or (between in (" ", ", ") and entity.text.strip(".") in FIRMS)
        if last is not None and joined and last.label_ == entity.label_:
            last = Span(doc, last.start, entity.end, entity.label_)
            continue
        if last is not None:
            yield last
        last = entity
    if last is not None:
        yield last


def find_lines(doc: Doc, tokens: Sequence[int]) -> set[int] | None:
    """Which words start a line, as indices of ``tokens``; ``None``, for the line breaks to say, without segments."""
    if not doc.spans.get(SEGMENTS):
        return None
    edges = np.array(sorted({edge for span in doc.spans[SEGMENTS] for edge in (span.start, span.end)}))
    return set(np.searchsorted(tokens, edges).tolist())


def write_syntax(doc: Doc, tokens: Sequence[int], reading: Reading) -> None:
    """Tags, lemmas and trees, and with the trees the sentences. White space hangs on the word before it."""
    if not len(doc):
        return
    strings, syntax = doc.vocab.strings, reading.syntax
    table = np.zeros((len(doc), 5), dtype=np.uint64)
    table[:] = [strings.add("_SP"), strings.add("SPACE"), 0, strings.add("dep"), 0]
    owners = np.maximum(np.searchsorted(tokens, np.arange(len(doc)), side="right") - 1, 0)
    heads = np.asarray(tokens, dtype=np.int64)[owners] if tokens else np.zeros(len(doc), dtype=np.int64)
    for column, values in enumerate((syntax.xpos, syntax.upos, syntax.lemma, syntax.dep)):
        table[tokens, column] = [strings.add(value) for value in values]
    for token in doc:
        if token.is_space:
            table[token.i, 2] = token.orth
    heads[list(tokens)] = [tokens[head] for head in syntax.head]
    table[:, 4] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    doc.from_array([TAG, POS, LEMMA, DEP, HEAD], table)


def _spans(
    doc: Doc, attributions: Sequence[Attribution], places: dict[int, int], ends: dict[int, int]
) -> Iterator[Span]:
    """The words of attributions; one without a source has the subject of its cue, if that says nothing of it."""
    for number, attribution in enumerate(attributions):
        parts = {role: [(places[a], ends[b]) for a, b in getattr(attribution, role)] for role in ROLES}
        if not parts["source"]:
            parts["source"] = _subject(doc, parts["cue"], parts["content"])
        for role, runs in parts.items():
            for start, end in runs:
                yield Span(doc, start, end, label=role, span_id=str(number))


def _subject(doc: Doc, cue: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    reporting = [word for run in cue for word in range(*run)]
    taken = {*reporting, *(word for run in content for word in range(*run))}
    subject = find_subject(find_head(doc, reporting))
    if subject is None or subject.i in taken or subject.lower_ == "it":
        return []
    words = span_words(subject, taken)
    return [(words[0], words[-1] + 1)] if words and not taken.intersection(words) else []
