"""Claims: who says what. A ``Doc`` becomes :class:`~kit.records.Claim`s and the voices that cut the article.

In: a ``Doc`` of :func:`kit.pipeline.load_pipeline`, with its segments. Out: one claim per attribution in reading order,
and what the outlet says or asks in its own voice. What a claim goes through, file by file::

    attributions of the network
        |  drafts        one draft per cue
        |  layout        headlines, signed quotations, transcripts
        |  edges         where cue, source and content begin and end; contents: how far one goes;
        |                strays: pieces that stand elsewhere; asides: what stands beside
        |  completing    the rest of a quotation, a phrase, a clause; arguments: whom is asked, of whom it is said
        |  speakers      one source, by the parse where the network saw none; strangers: who is not cited;
        |                regrouping: one noun phrase dealt out to source and content; widening: all of its phrase
        |  verbs         claims inside claims
        |  phrases       claims without a reporting verb
        |  filters       what is no claim; deeds: what is done and not said
        |  quotations    marks in pairs; direct, mixed or indirect
        |  attitudes     kind, stance, hedges, certainty
        v
    Claim ──> voices     whose words are these?

Each step that changes something leaves a word in ``why``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kit import records
from kit.claims import arguments, asides, attitudes, completing, contents, edges, strays
from kit.claims.drafts import Draft, find_runs, is_anonymous, read_drafts, split_cues
from kit.claims.filters import is_claim, is_doubtful, is_twin
from kit.claims.layout import find_by_layout, give_way
from kit.claims.phrases import find_by_phrase
from kit.claims.quotations import Quotation, find_form, find_quotations, quoted_words
from kit.claims.speakers import complete_source
from kit.claims.verbs import find_by_verb
from kit.claims.voices import extract_voices, find_own_claims
from kit.lexicon import load_sets
from kit.records import Claim, Cue, SourceMention, record_id
from kit.segments import segment_index, text_of

__all__ = ["extract_claims", "extract_voices"]


def extract_claims(doc: Doc) -> list[Claim]:
    """Every claim of the article in reading order, those that nobody is cited for with the voice outlet or question."""
    quotations = find_quotations(doc)
    quoted = quoted_words(quotations)
    drafts = sorted(find_drafts(doc, quotations), key=lambda draft: (draft.words[0], -len(draft.content)))
    text = text_of(doc)
    found = [(draft, _claim(doc, text, draft, quoted)) for draft in drafts]
    cues = load_sets("cues")
    found = [(draft, claim) for draft, claim in found if not is_doubtful(doc, draft, claim.cue.lemma, claim.form, cues)]
    alike: dict[tuple[int, ...], list[Draft]] = {}
    for draft, _ in found:
        alike.setdefault(tuple(draft.content), []).append(draft)
    found = [one for one in found if not any(is_twin(doc, one[0], other, cues) for other in alike[(*one[0].content,)])]
    drafts, claims = [draft for draft, _ in found], [claim for _, claim in found]
    claims = [_with_parent(claim, claims) for claim in claims]
    claims += find_own_claims(doc, {word for draft in drafts for word in draft.words}, quoted)
    return sorted(claims, key=lambda claim: min(span.start_char for span in (*claim.content, claim.cue) if span))


def find_drafts(doc: Doc, quotations: Sequence[Quotation]) -> list[Draft]:
    """Every attribution of the text, its words in their final places."""
    quoted = quoted_words(quotations)
    cues = load_sets("cues")
    verbs = frozenset(verb for stance in ("neutral", "endorsing", "distancing") for verb in cues[stance])
    drafts = [part for draft in read_drafts(doc) for part in split_cues(doc, draft, verbs)]
    drafts = [draft for draft in drafts if not is_anonymous(doc, draft.head(doc))]
    for found in find_by_layout(doc, quotations):
        drafts = [*give_way(doc, drafts, found), found]
    for draft in drafts:
        edges.trim_cue(doc, draft)
        complete_source(doc, draft)
        edges.trim_source(doc, draft)
    completing.share_quotations(doc, drafts, quotations)
    completing.part_quotations(doc, drafts, quotations)
    completing.continue_quotations(doc, drafts, quotations)
    taken = {word for draft in drafts for word in (*draft.source, *draft.cue)}
    cued = Counter(segment_index(doc, doc[draft.cue[0]].idx) for draft in drafts if draft.cue)
    for draft in drafts:
        edges.take_saying(doc, draft)
        edges.take_auxiliaries(doc, draft)
        asides.cut_cited(doc, draft)
        asides.cut_next_speaker(doc, draft)
        contents.cut_content(doc, draft, quoted)
        strays.cut_strays(doc, draft, quotations, cued)
        strays.cut_loose(doc, draft, quoted)
        completing.fill_quotations(doc, draft, quotations, {*draft.source, *draft.cue})
        if not completing.is_whole(doc, draft):
            _complete(doc, draft, taken)
        arguments.complete_fronted(doc, draft, taken)
        asides.cut_asides(doc, draft)
        contents.cut_overhang(doc, draft, quotations)
        edges.take_preposition(doc, draft)
        edges.trim_content(doc, draft)
    asides.cut_next_sources(doc, drafts)
    drafts = [draft for draft in drafts if draft.cue and contents.says_something(doc, draft)]
    drafts += find_by_verb(doc, drafts, cues)
    drafts += find_by_phrase(doc, drafts, quotations, frozenset(cues["nouns"]))
    return [draft for draft in drafts if is_claim(doc, draft, cues)]


def _complete(doc: Doc, draft: Draft, taken: set[int]) -> None:
    """Take in what a content lacks; ``taken`` are the words of all sources and cues."""
    completing.complete_phrases(doc, draft, taken)
    completing.complete_clause(doc, draft, taken)
    completing.take_clause(doc, draft, taken)
    arguments.complete_orders(doc, draft, taken)
    arguments.complete_argument(doc, draft, taken)
    arguments.complete_pairs(doc, draft, taken)
    arguments.complete_raised(doc, draft)
    arguments.complete_time(doc, draft, taken)
    arguments.complete_subject(doc, draft, taken)
    arguments.complete_relatives(doc, draft)
    arguments.complete_antecedent(doc, draft, taken)
    completing.fill_holes(doc, draft, taken)


def _claim(doc: Doc, text: str, draft: Draft, quoted: set[int]) -> Claim:
    head = draft.head(doc)
    lemma = attitudes.find_lemma(head)
    stance = attitudes.find_stance(lemma)
    hedges = attitudes.find_hedges(doc, draft.content)
    form = "direct" if "turn of a transcript" in draft.why else find_form(doc, draft.content, quoted)
    cue = _span(doc, draft.cue)
    source = _span(doc, draft.source)
    return Claim(
        id=record_id(text, "claim", cue.start_char, cue.end_char),
        source=SourceMention(source.start_char, source.end_char, source.text) if source else None,
        cue=Cue(cue.start_char, cue.end_char, cue.text, lemma=lemma, stance=stance),
        content=tuple(_span(doc, range(*run)) for run in find_runs(draft.content)),
        form=form,
        kind=attitudes.find_kind(doc, head, draft.content, lemma, form, draft.source),
        factuality=attitudes.judge(head, lemma, stance, hedges),
        hedges=hedges,
        flags=attitudes.find_flags(doc, draft.content, quoted=quoted, own=False),
        why=(*draft.why, f"{stance} cue: {lemma}"),
        confidence=draft.confidence,
    )


def _span(doc: Doc, words: Sequence[int]) -> records.Span | None:
    if not words:
        return None
    start, end = doc[words[0]].idx, doc[words[-1]].idx + len(doc[words[-1]])
    return records.Span(start, end, text_of(doc)[start:end])


def _with_parent(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """The claim with the id of the smallest one whose content holds its cue and some of what it says."""
    start, end = claim.cue.start_char, claim.cue.end_char
    holders = [
        other
        for other in claims
        if other.content[0].start_char <= start <= other.content[-1].end_char
        and other is not claim
        and any(span.start_char <= start and end <= span.end_char for span in other.content)
    ]
    if not holders:
        return claim
    smallest = min(holders, key=lambda other: sum(len(span.text) for span in other.content))
    return replace(claim, parent=smallest.id)
