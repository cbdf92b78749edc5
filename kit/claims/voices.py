"""Whose words: what nobody is cited for is the outlet's own, asserted or asked; the voices cut the whole article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc, Span

from kit import records
from kit.claims import attitudes
from kit.claims.edges import trim_fragment
from kit.records import Claim, Voice, record_id
from kit.segments import read_sentences, text_of

CLOSING = "\"'”’»)]"


def find_own_claims(doc: Doc, attributed: Collection[int], quoted: set[int]) -> list[Claim]:
    """One claim for each sentence in which nobody is cited, with the voice outlet or question."""
    found, text = [], text_of(doc)
    for sentence in read_sentences(doc):
        start, end = trim_fragment(doc, sentence.start, sentence.end)
        words = range(start, end)
        if start == end or any(word in attributed for word in words):
            continue
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        voice = "question" if is_question(sentence) else "outlet"
        hedges = attitudes.find_hedges(doc, words)
        found.append(
            Claim(
                id=record_id(text, f"claim:{voice}", first, last),
                voice=voice,
                content=(records.Span(first, last, text[first:last]),),
                form="indirect",
                factuality=records.Factuality(None, "Uu") if voice == "question" else attitudes.judge_outlet(hedges),
                hedges=hedges,
                flags=attitudes.find_flags(doc, words, quoted=quoted, own=True),
                why=("nobody is cited",),
            )
        )
    return found


def is_question(sentence: Span) -> bool:
    """Whether a sentence asks."""
    return text_of(sentence.doc)[sentence.start_char : sentence.end_char].rstrip(CLOSING).endswith("?")


def extract_voices(doc: Doc, claims: Sequence[Claim]) -> list[Voice]:
    """Cut the whole article into voices, without gaps: the contents of claims, and the outlet between them."""
    spans = sorted(
        (span.start_char, -span.end_char, claim.voice, claim.id) for claim in claims for span in claim.content
    )
    voices, at = [], 0
    for start, end, voice, claim_id in spans:
        if start < at:  # inside a content that is already taken
            continue
        if start > at:
            voices.append(Voice("outlet", None, at, start))
        voices.append(Voice(voice, claim_id, start, -end))
        at = -end
    length = len(text_of(doc))
    if at < length:
        voices.append(Voice("outlet", None, at, length))
    return voices
