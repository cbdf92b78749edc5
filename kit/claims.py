"""Claims: who says what. A ``Doc`` becomes :class:`~kit.records.Claim`s and the voices that cut the article.

In: a spaCy ``Doc`` (see :mod:`kit.segments`). Out: one claim per attribution in reading order, then what the
outlet says or asks in its own voice. This first extraction reads surface patterns (a reporting verb beside a
name, "according to", the colon of a headline); it neither parses nor decides who a source *is*.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kit import records
from kit.lexicon import load_lexicon
from kit.records import Claim, Cue, SourceMention, Voice, record_id
from kit.segments import read_sentences, segment_of

_OPENING, _CLOSING = "\"“„«‘'", "\"”“»’'"
_STRIPPED = frozenset(",;:.—–- \t\r\n\xa0")
_WITH_HEARER = frozenset({"tell", "inform", "warn", "ask", "urge"})
_BEFORE_TIME = frozenset(
    {"on", "in", "at", "to", "during", "late", "early", "earlier", "later", "last", "this", "yesterday"}
)
_CLAUSE_OPENERS = frozenset(
    "that if whether : it he she they we i you there its his her their our the a an this these no".split()
)
_DESCRIBING = frozenset({"the", "a", "an", "his", "her", "its", "their", "who"})
_SOURCE_TOKENS = 16
_NAME_WORDS = 5

Cues = dict[str, tuple[str, str, bool]]


def extract_claims(doc: Doc) -> list[Claim]:
    """Every claim of the article in reading order.

    A sentence in which nobody is cited gives one claim with the voice ``outlet``, or ``question``.
    """
    text, cues = doc.text, _cue_forms()
    return [claim for sentence in read_sentences(doc) for claim in _read_sentence(sentence, text, cues)]


def extract_voices(doc: Doc, claims: list[Claim]) -> list[Voice]:
    """Cut the whole article into voices, without gaps: the contents of claims, and the outlet between them."""
    spans = sorted(
        (span.start_char, span.end_char, claim.voice, claim.id) for claim in claims for span in claim.content
    )
    voices, at = [], 0
    for start, end, voice, claim_id in spans:
        if start < at:  # inside a content that is already taken
            continue
        if start > at:
            voices.append(Voice("outlet", None, at, start))
        voices.append(Voice(voice, claim_id, start, end))
        at = end
    length = len(doc.text)
    if at < length:
        voices.append(Voice("outlet", None, at, length))
    return voices


@dataclass(frozen=True)
class _Found:
    """Token spans of one attribution inside its sentence, and the rule that found it."""

    source: Span
    cue: Span
    lemma: str
    stance: str
    content: tuple[Span, ...]
    rule: str


def _cue_forms() -> Cues:
    """Form → (lemma, stance, whether it reports without "that") of every reporting verb."""
    tables = load_lexicon("cues")
    return {
        form: (lemma, stance, lemma in tables["free"])
        for stance in ("neutral", "endorsing", "distancing")
        for lemma, forms in tables[stance].items()
        for form in forms
    }


def _words(*tables: str) -> frozenset[str]:
    return _joined(tables, os.environ.get("KIT_LEXICON"))


def _role_words() -> frozenset[str]:
    return _words("person", "state", "media", "organisation", "unnamed", "pronouns")


@lru_cache(maxsize=32)
def _joined(tables: tuple[str, ...], folder: str | None) -> frozenset[str]:
    """The words of these tables; ``folder`` is the user's, so that another one is noticed."""
    return frozenset(word for table in tables for word in load_lexicon("sources")[table])


def _read_sentence(sentence: Span, text: str, cues: Cues) -> Iterator[Claim]:
    found = _according_to(sentence) or _verb(sentence, cues) or _colon(sentence)
    content = found.content if found else (_trim(sentence),)
    content = tuple(span for span in content if span is not None)
    if not content:
        return
    if found is None:
        voice = "question" if sentence.text.rstrip("\"'”’»)").endswith("?") else "outlet"
        id = record_id(text, f"claim:{voice}", content[0].start_char, content[-1].end_char)
        yield Claim(
            id=id, voice=voice, content=tuple(map(_record, content)), form=_form(content), why=("nobody is cited",)
        )
        return
    yield Claim(
        id=record_id(text, "claim", found.cue.start_char, found.cue.end_char),
        source=SourceMention(*_offsets(found.source)),
        cue=Cue(*_offsets(found.cue), lemma=found.lemma, stance=found.stance),
        content=tuple(map(_record, content)),
        form=_form(content),
        why=(found.rule,),
    )


def _according_to(sentence: Span) -> _Found | None:
    """ "According to SOURCE, CONTENT" and "CONTENT, according to SOURCE"."""
    for token in sentence:
        if token.lower_ == "according" and token.i + 1 < sentence.end and token.nbor().lower_ == "to":
            cue = sentence.doc[token.i : token.i + 2]
            source = _source_to_comma(cue.end, sentence) or _source_after(cue.end, sentence)
            if source is None:
                return None
            before, after = sentence.doc[sentence.start : cue.start], sentence.doc[source.end : sentence.end]
            content = _trim(after) if len(before) == 0 else _trim(before)
            return content and _Found(source, cue, "according to", "neutral", (content,), "according to")
    return None


def _verb(sentence: Span, cues: Cues) -> _Found | None:
    """ "SOURCE said (that) CONTENT", "CONTENT, SOURCE said", "CONTENT, said SOURCE", also interrupted."""
    quoted = _quoted(sentence)
    for cue, (lemma, stance, free) in _find_cues(sentence, cues):
        if cue.start in quoted:
            continue
        source = _source_before(cue.start, sentence)
        rule, rest = "source before the verb", cue.end
        if source is None:
            source = _source_after(cue.end, sentence)
            if source is None or not _follows_quote(cue, sentence):
                continue
            rule, rest = "source after the verb", source.end
        before = sentence.doc[sentence.start : min(source.start, cue.start)]
        after = _after_hearer(sentence.doc[rest : sentence.end], lemma)
        content = tuple(_contents(before, after))
        if content and (free or _opens_clause(after) or content[0].end <= source.start):
            return _Found(source, cue, lemma, stance, content, f"{rule} ({lemma})")
    return None


def _colon(sentence: Span) -> _Found | None:
    """A headline "CONTENT: NAME" or "NAME: CONTENT"."""
    if ":" not in sentence.text:
        return None
    segment = segment_of(sentence.doc, sentence.start_char)
    if segment is None or segment.label_ != "headline":
        return None
    for token in sentence:
        if token.text != ":" or token.i in (sentence.start, sentence.end - 1):
            continue
        cue = sentence.doc[token.i : token.i + 1]
        before, after = sentence.doc[sentence.start : token.i], sentence.doc[token.i + 1 : sentence.end]
        for source, content in ((after, before), (before, after)):
            if _is_name(source) and (trimmed := _trim(content)):
                return _Found(source, cue, ":", "neutral", (trimmed,), "colon of a headline")
    return None


def _find_cues(sentence: Span, cues: Cues) -> Iterator[tuple[Span, tuple[str, str, bool]]]:
    doc = sentence.doc
    for token in sentence:
        for size in (2, 1):
            cue = doc[token.i : min(token.i + size, sentence.end)]
            if len(cue) == size and cue.text in cues:
                yield cue, cues[cue.text]
                break


def _opens_clause(after: Span) -> bool:
    """Whether what stands behind a verb begins as a clause or a quotation does."""
    return len(after) > 0 and (after[0].lower_ in _CLAUSE_OPENERS or after[0].text in _OPENING)


def _source_before(end: int, sentence: Span) -> Span | None:
    """The noun phrase that ends right before a verb, over adverbs between them."""
    doc = sentence.doc
    while end > sentence.start and doc[end - 1].lower_ in _words("adverbs"):
        end -= 1
    if end > sentence.start and doc[end - 1].text == ",":
        return _source_with_clause(end - 1, sentence)
    start = end
    while start > sentence.start and end - start < _SOURCE_TOKENS and _may_stand_in_source(doc[start - 1]):
        start -= 1
    return _as_source(doc, _determiner_before(start, end, sentence), end)


def _source_with_clause(comma: int, sentence: Span) -> Span | None:
    """ "Ada Quill, a former engineer, said": a name and the description between two commas."""
    doc = sentence.doc
    earliest = max(sentence.start, comma - _SOURCE_TOKENS)
    first = next((i for i in range(comma - 2, earliest, -1) if doc[i].text == ","), None)
    if first is None or doc[first + 1].lower_ not in _DESCRIBING:
        return None
    name = _source_before(first, sentence)
    return doc[name.start : comma] if name is not None and name.end == first else None


def _determiner_before(start: int, end: int, sentence: Span) -> int:
    """Where "the city-run health ministry" begins: words between a determiner and a known noun belong to the name."""
    doc = sentence.doc
    if start == end or doc[end - 1].lower_ not in _role_words() or doc[start].lower_ in _DESCRIBING:
        return start
    for index in range(start - 1, max(sentence.start, start - 5) - 1, -1):
        if doc[index].lower_ in _DESCRIBING:
            return index
        if not (doc[index].is_alpha or doc[index].text == "-"):
            break
    return start


def _source_after(start: int, sentence: Span) -> Span | None:
    """The noun phrase that starts right here."""
    doc, end = sentence.doc, start
    while end < sentence.end and end - start < _SOURCE_TOKENS and _may_stand_in_source(doc[end]):
        end += 1
    return _as_source(doc, start, end)


def _source_to_comma(start: int, sentence: Span) -> Span | None:
    """What stands between here and the next comma or stop, if it is short enough for a noun phrase."""
    doc, end = sentence.doc, start
    while end < sentence.end and doc[end].text not in {",", ".", ";", ":"} and end - start < _SOURCE_TOKENS:
        end += 1
    closed = end < sentence.end and doc[end].text in {",", ".", ";", ":"}
    return _as_source(doc, start, end) if closed else None


def _may_stand_in_source(token: Token) -> bool:
    word = token.lower_
    if word in _words("never"):
        return False
    return token.text[:1].isupper() or word in _words("inside") | _words("joining") | _role_words()


def _as_source(doc: Doc, start: int, end: int) -> Span | None:
    """The span without loose words at its edges, if it names or describes somebody."""
    loose = _words("inside") | _words("joining")
    while start < end and doc[start].lower_ in _words("joining"):
        start += 1
    while end > start and (doc[end - 1].lower_ in loose or doc[end - 1].is_punct):
        end -= 1
    span = doc[start:end]
    named = any(t.text[:1].isupper() and t.lower_ not in loose for t in span)
    return span if named or any(t.lower_ in _role_words() for t in span) else None


def _is_name(span: Span) -> bool:
    words = [token for token in span if not token.is_punct]
    inside = _words("inside") | _words("joining")
    return 0 < len(words) <= _NAME_WORDS and all(t.text[:1].isupper() or t.lower_ in inside for t in words)


def _after_hearer(span: Span, lemma: str) -> Span:
    """ "told reporters that …", "said on Monday that …": the content starts behind hearer and time."""
    if lemma not in _WITH_HEARER and (len(span) == 0 or span[0].lower_ not in _BEFORE_TIME):
        return span
    for offset, token in enumerate(span[:6]):
        if token.lower_ in ("that", "if", "whether") or (lemma in _WITH_HEARER and token.text in _OPENING):
            return span[offset:]
    return span


def _contents(before: Span, after: Span) -> Iterator[Span]:
    """What is said: behind the verb, and before the source too where the sentence is interrupted."""
    first, second = _trim(before), _trim(after)
    fronted = first is not None and (before[-1].text in ",?!" or before[-1].text in _CLOSING)
    quoted = first is not None and any(mark in first.text for mark in '"“«')
    if fronted and (second is None or quoted):
        yield first
    if second is not None and (len(second) > 1 or second.text[0] in _OPENING):
        yield second


def _follows_quote(cue: Span, sentence: Span) -> bool:
    before = sentence.doc[sentence.start : cue.start]
    return len(before) > 1 and (before[-1].text in _CLOSING or before[-1].text == ",")


def _quoted(sentence: Span) -> set[int]:
    """The tokens inside double quotation marks that were opened in this sentence."""
    quoted, straight, depth = set(), False, 0
    for token in sentence:
        if token.text == '"':
            straight = not straight
        elif token.text in "“«":
            depth += 1
        elif token.text in "”»":
            depth = max(0, depth - 1)
        if straight or depth:
            quoted.add(token.i)
    return quoted


def _trim(span: Span) -> Span | None:
    """The span without commas, stops and white space at its edges; a stop inside a closing mark stays."""
    start, end = span.start, span.end
    while start < end and set(span.doc[start].text) <= _STRIPPED:
        start += 1
    while end > start and set(span.doc[end - 1].text) <= _STRIPPED:
        end -= 1
    return span.doc[start:end] if start < end else None


def _form(content: tuple[Span, ...]) -> str:
    """direct: all of it between quotation marks; mixed: some of it; indirect: none."""
    text = " ".join(span.text for span in content)
    if not re.search("[\"“”«»„]|(?<!\\w)['‘]", text):
        return "indirect"
    quoted = all(
        span.text[0] in '"“«' and span.text[-1] in '"”»' and len(re.findall('["“”«»]', span.text)) == 2
        for span in content
    )
    return "direct" if quoted else "mixed"


def _offsets(span: Span) -> tuple[int, int, str]:
    return span.start_char, span.end_char, span.text


def _record(span: Span) -> records.Span:
    return records.Span(*_offsets(span))
