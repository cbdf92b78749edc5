"""Pieces of a content that stand elsewhere: in other sentences, other paragraphs, other clauses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft, Words, find_runs
from kit.claims.edges import NEAR
from kit.claims.quotations import Quotation
from kit.english.index import index_of
from kit.english.subjects import find_tops
from kit.segments import segment_index


def cut_strays(doc: Doc, draft: Draft, quotations: Sequence[Quotation], cued: Mapping[int, int]) -> None:
    """Cut pieces of other sentences off a content: what is said there goes on only in quotation marks.

    Nor does it in a paragraph that has a cue of its own; ``cued`` counts them by the paragraph's number.
    """
    if "network" not in draft.why:
        return  # the layout knows how far a turn goes
    cue = doc[draft.cue[0]].sent
    here = segment_index(doc, doc[draft.cue[0]].idx)
    kept: Words = []
    for start, end in find_runs(draft.content):
        for first, last in _sentences(doc, start, end):
            inside = range(first, last)
            place = segment_index(doc, doc[first].idx)
            if place != here and cued.get(place):
                continue
            own = first < cue.end and last > cue.start
            cut_in_two = last - first <= NEAR and not any(doc[word].pos_ in ("VERB", "AUX") for word in inside)
            joined = place == here and (first == cue.end or last == cue.start)
            spoken = any(q.start < last and first < q.end for q in quotations)
            spoken &= place == here or _opens(doc, inside, quotations)
            spoken &= bool(draft.source)  # "sales are predicted to fall": what is quoted next somebody else says
            if own or spoken or (cut_in_two and joined):
                kept += inside
    draft.content = kept or draft.content


def _opens(doc: Doc, words: range, quotations: Sequence[Quotation]) -> bool:
    """Whether words of another paragraph stand in a quotation that opens it, or that runs on from before."""
    around = [q for q in quotations if q.start < words[-1] + 1 and q.end > words[0]]
    for quotation in around:
        before = next((i for i in range(quotation.start - 1, 0, -1) if not doc[i].is_space), 0)
        places = {segment_index(doc, doc[word].idx) for word in (before, quotation.start, quotation.end - 1)}
        if len(places) > 1 or quotation.start == 0 or not quotation.closed:
            return True
    return False


def cut_loose(doc: Doc, draft: Draft, quoted: Collection[int]) -> None:
    """Of several fragments without quotation marks leave those that hang on the cue, or that the cue hangs on.

    What hangs on such a fragment stays with it, and so does the other half of a clause that source and cue interrupt.
    """
    runs, head = list(find_runs(draft.content)), draft.head(doc)
    if len(runs) < 2 or head is None or "network" not in draft.why:
        return
    kept = [run for run in runs if _is_near(doc, range(*run), head)]
    for _ in runs if kept else ():
        held = {word for run in kept for word in range(*run)}
        kept = [run for run in runs if run in kept or _stays(doc, run, quoted) or _touches(doc, draft, run, held)]
    draft.content = [word for run in kept or runs for word in range(*run)]


def _stays(doc: Doc, run: tuple[int, int], quoted: Collection[int]) -> bool:
    return not any(doc[word].is_alpha for word in range(*run)) or any(word in quoted for word in range(*run))


def _touches(doc: Doc, draft: Draft, run: tuple[int, int], held: set[int]) -> bool:
    """Whether a word of a fragment hangs on one of another or the other way round, or only source and cue part them."""
    words = range(*run)
    if any(doc[word].head.i in held for word in words) or any(doc[word].head.i in words for word in held):
        return True
    own = {*draft.source, *draft.cue, *words, *held}
    after = min((word for word in held if word > run[0]), default=0)
    before = max((word for word in held if word < run[0]), default=len(doc))
    gaps = [gap for gap in (range(run[1], after), range(before, run[0])) if draft.cue[0] in gap]
    return any(all(word in own or doc[word].is_punct for word in gap) for gap in gaps)


def _is_near(doc: Doc, words: range, head: Token) -> bool:
    """Whether the words hang on a cue, or hold the verb that the cue hangs on or its subject."""
    tops = find_tops(doc, words)
    above = {head.i, head.head.i} if head.dep_ not in ("advcl", "acl", "acl:relcl") else {head.i}
    return any(top.i in above or top.head.i in above or head.is_ancestor(top) for top in tops if not top.is_punct)


def _sentences(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    starts = index_of(doc).starts
    return pairwise([start, *(word for word in range(start + 1, end) if word in starts), end])
