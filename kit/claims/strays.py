"""Pieces of a content that stand elsewhere: in other sentences, other paragraphs, other clauses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft, Words, find_runs
from kit.claims.edges import NEAR
from kit.claims.quotations import Quotation
from kit.english.subjects import find_tops
from kit.lexicon import load_lexicon
from kit.segments import segment_index

BESIDE = frozenset({"while", "whereas", "although", "though"})
FARTHEST = 15  # words at most that name whom a source cites


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


def cut_cited(doc: Doc, draft: Draft) -> None:
    """Cut whom a source cites off the content: "reported, citing two people, that …", "…, which cited officials, …"."""
    head = draft.head(doc)
    verbs = [child for child in head.children if child.tag_ == "VBG"] if head is not None else []
    verbs += [child for word in draft.source for child in doc[word].rights if child.dep_ == "acl:relcl"]
    for verb in verbs:
        cited = next((c for c in verb.rights if c.dep_ == "obj"), None) if verb.lemma_ in ("cite", "quote") else None
        if cited is None or cited.i not in draft.content or cited.right_edge.i - cited.left_edge.i > FARTHEST:
            continue
        own = {*range(verb.left_edge.i, cited.right_edge.i + 1)}
        left = [word for word in draft.content if word not in own]
        if any(doc[word].pos_ in ("VERB", "AUX") for word in left):
            draft.content = left


def cut_next_speaker(doc: Doc, draft: Draft) -> None:
    """Cut off what somebody else goes on to say beside the cue: "she accused them, and guests complained that …"."""
    head = draft.head(doc)
    for verb in head.rights if head is not None else ():
        if (
            verb.dep_ != "conj"
            or verb.i not in draft.content
            or not {"nsubj", "ccomp"} <= {c.dep_ for c in verb.children}
        ):
            continue
        subject = next(child for child in verb.children if child.dep_ == "nsubj")
        ahead = [w for w in draft.content if w < subject.left_edge.i]
        if subject.i > verb.i or verb.lemma_ not in load_lexicon("cues")["speaking"] or not ahead:
            continue
        while ahead and (doc[ahead[-1]].dep_ == "cc" or doc[ahead[-1]].is_punct):
            ahead.pop()
        draft.content = ahead or draft.content


def cut_asides(doc: Doc, draft: Draft) -> None:
    """Cut off what the writer sets beside what was said: "…, he said, while the north denied it".

    So is a remark (", something she denies"), and what the source did besides ("said it has grown and left").
    """
    head = draft.head(doc)
    if head is None or not draft.content or "network" not in draft.why:
        return
    cut: set[int] = set()
    for run in find_runs(draft.content):
        if draft.content[0] < draft.cue[0] < run[0] and _stands_beside(doc, range(*run), head):
            cut.update(range(*run))
    for clause in head.rights:
        started = clause.left_edge.i
        if clause.dep_ not in ("advcl", "conj", "ccomp") or clause.i not in draft.content:
            continue
        if any(doc[w].is_quote for w in draft.content):
            break
        subject = any(child.dep_.startswith("nsubj") for child in clause.lefts)
        done = clause.dep_ == "conj" and clause.tag_ == head.tag_ == "VBD" and not subject
        if done and draft.content[0] > head.i and clause.lemma_ not in load_lexicon("cues")["speaking"]:
            cut.update(range(started, clause.right_edge.i + 1))
            cut.update(child.i for child in clause.lefts if child.dep_ == "cc")
        bare = clause.dep_ == "ccomp" and _tense(clause) in ("VBZ", "VBP") and head.tag_ == "VBD"
        for other in clause.rights if bare else ():  # "said it has grown and invited the press"
            if (
                other.dep_ == "conj"
                and other.tag_ == "VBD"
                and not any(c.dep_.startswith("nsubj") for c in other.lefts)
            ):
                cut.update(range(other.left_edge.i, other.right_edge.i + 1))
                cut.update(child.i for child in other.lefts if child.dep_ == "cc")
    if "something" in doc[draft.content[0] : draft.content[-1] + 1].text:
        cut.update(word for remark in _remarks(doc, draft.content) for word in remark)
    if cut and not cut.issuperset(draft.content):
        draft.content = [word for word in draft.content if word not in cut]


def _stands_beside(doc: Doc, words: range, head: Token) -> bool:
    """Whether words behind a cue belong to a clause with "while" and a subject of its own."""
    tops = [up for top in find_tops(doc, words) for up in (top, top.head) if up.dep_ == "advcl" and up.i != head.i]
    marked = (top for top in tops if any(c.dep_ == "mark" and c.lower_ in BESIDE for c in top.lefts))
    return any(child.dep_.startswith("nsubj") for top in marked for child in top.lefts)


def _remarks(doc: Doc, words: Sequence[int]) -> Iterator[range]:
    """What the writer adds behind a comma: "…, something the ministry denies"."""
    for word in words:
        token = doc[word]
        added = token.lower_ == "something" and doc[word - 1].text == ","
        if added and any(child.dep_ == "acl:relcl" for child in token.rights):
            yield range(word, token.right_edge.i + 1)


def _tense(verb: Token) -> str:
    """The tag of the finite word of a clause."""
    return next((child.tag_ for child in verb.lefts if child.dep_ in ("aux", "aux:pass", "cop")), verb.tag_)


def cut_next_sources(doc: Doc, drafts: Sequence[Draft]) -> None:
    """Cut the source of the next claim off the end of a content ("… of lying, and employers" complaining that …)."""
    ends = {draft.source[-1]: draft for draft in drafts if draft.source and draft.cue and draft.content}
    for draft in drafts:
        other = ends.get(draft.content[-1]) if draft.content else None
        if other is None or other is draft or {*other.cue, *other.content} & {*draft.content}:
            continue
        left = [word for word in draft.content if word not in other.source]
        if left and doc[left[-1]].dep_ in ("cc", "mark", "punct"):
            while left and doc[left[-1]].dep_ in ("cc", "mark", "punct"):
                left.pop()
            draft.content = left


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
    edges = [start, *(word for word in range(start + 1, end) if doc[word].is_sent_start), end]
    return pairwise(edges)
