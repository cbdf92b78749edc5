"""What stands beside a content and is not of it: whom a source cites, the next speaker, the writer's own remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft, find_runs
from kit.english.index import has_quote, index_of
from kit.english.subjects import find_tops
from kit.lexicon import load_sets

ACTS = frozenset(
    """appeal demand urge ask call warn threaten accuse blame criticise criticize condemn praise apologise apologize
    reject dismiss vow""".split()
)
REMARKS = frozenset(
    """something offer claim charge allegation accusation remark suggestion demand promise proposal figure version
    assertion comment prediction denial""".split()
)
BESIDE = frozenset({"while", "whereas", "although", "though"})
FARTHEST = 15  # words at most that name whom a source cites


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
        if subject.i > verb.i or verb.lemma_ not in load_sets("cues")["speaking"] or not ahead:
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
        if clause.dep_ not in ("conj", "ccomp") or clause.i not in draft.content:
            continue
        if has_quote(doc, draft.content):
            break
        for deed in _deeds(head, clause) if draft.content[0] > head.i else ():
            cut.update(range(deed.left_edge.i, deed.right_edge.i + 1))
            cut.update(child.i for child in deed.lefts if child.dep_ == "cc")
    if not {*REMARKS}.isdisjoint(index_of(doc).lower[draft.content[0] : draft.content[-1] + 1]):
        cut.update(word for remark in _remarks(doc, draft.content) if draft.cue[0] not in remark for word in remark)
    if cut and not cut.issuperset(draft.content):
        draft.content = [word for word in draft.content if word not in cut]


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


def _deeds(head: Token, clause: Token) -> Iterator[Token]:
    """Verbs for what a source did besides: "said it has grown and left", "said he had stocks and appealed for more".

    The one is told by its tense, the other is an act of speech of its own.
    """
    if head.tag_ not in ("VBD", "VBZ"):
        return
    tense, beside = _tense(clause), clause.dep_ == "conj"
    own = any(child.dep_ == "nsubj" and child.tag_ == "PRP" for child in clause.lefts)
    grown = any(child.dep_ in ("aux", "aux:pass", "cop") for child in clause.lefts)
    if head.tag_ == "VBZ":  # "says the posts lie on its own soil and wants them back"
        unlike = tense == "VBP"
    else:
        unlike = tense in ("VBZ", "VBP", "MD")
    for verb in [clause] if beside else clause.rights:
        subject = next((child for child in verb.lefts if child.dep_.startswith("nsubj")), None)
        act = verb.lemma_ in ACTS and head.tag_ == "VBD" and (own or grown)
        same = subject is None or (subject.tag_ == "PRP" and act and not beside)
        if verb.dep_ != "conj" or verb.tag_ != head.tag_ or not same:
            continue
        if unlike or act if not beside else verb.lemma_ not in load_sets("cues")["speaking"]:
            yield verb


def _stands_beside(doc: Doc, words: range, head: Token) -> bool:
    """Whether words behind a cue belong to a clause with "while" and its own subject, or to "…, holding a rope"."""
    speaking = load_sets("cues")["speaking"]
    deeds = (top.head for top in find_tops(doc, words) if top.dep_ in ("obj", "obl"))
    said = head.tag_ == "VBD" and head.lemma_ in speaking and not has_quote(doc, words)
    if said and any(d.tag_ == "VBG" and d.head.i == head.i and d.lemma_ not in speaking for d in deeds):
        return True
    tops = [up for top in find_tops(doc, words) for up in (top, top.head) if up.dep_ == "advcl" and up.i != head.i]
    marked = (top for top in tops if any(c.dep_ == "mark" and c.lower_ in BESIDE for c in top.lefts))
    return any(child.dep_.startswith("nsubj") for top in marked for child in top.lefts)


def _remarks(doc: Doc, words: Sequence[int]) -> Iterator[range]:
    """What the writer adds behind a comma: "…, something the ministry denies", "…, an offer she rejected"."""
    for word in words:
        token = doc[word]
        start = word if token.lower_ == "something" else word - 1
        if token.lower_ not in REMARKS or doc[start - 1].text != "," or doc[start].lower_ not in (*REMARKS, "a", "an"):
            continue
        clause = next((child for child in token.rights if child.dep_ == "acl:relcl"), None)
        if clause is not None and any(child.dep_ == "nsubj" and child.tag_ != "WDT" for child in clause.lefts):
            yield range(start, token.right_edge.i + 1)


def _tense(verb: Token) -> str:
    """The tag of the finite word of a clause."""
    return next((child.tag_ for child in verb.lefts if child.dep_ in ("aux", "aux:pass", "cop")), verb.tag_)
