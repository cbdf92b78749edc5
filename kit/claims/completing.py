"""What belongs to a content and the network left out: the rest of a quotation, of a phrase, of a clause, of a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from kit.claims.contents import find_rival
from kit.claims.drafts import Draft, find_runs
from kit.claims.edges import CLOSING, NEAR
from kit.claims.quotations import Quotation
from kit.english.index import has_quote, index_of
from kit.english.subjects import find_tops
from kit.segments import segment_index

STEPS = 3  # from a content up to what the cue reports
HOLE = 15  # words at most that are missing between two fragments of a content
NAMED = frozenset({"compound", "flat", "nummod"})
MODIFIERS = frozenset("nummod det amod compound nmod:poss flat case".split())
REPORTED = frozenset("ccomp xcomp csubj obj obl parataxis advcl".split())  # what hangs so on a cue is what it reports


def is_whole(doc: Doc, draft: Draft) -> bool:
    """Whether a content lacks nothing: it is all of the clause under its cue, or one quotation from mark to mark."""
    content, head = draft.content, draft.head(doc)
    if not content or head is None or content[-1] - content[0] + 1 != len(content):
        return False
    quotes = index_of(doc).quotes
    if content[0] in quotes and content[-1] in quotes:
        return True
    clause = next((child for child in head.rights if child.dep_ == "ccomp"), None)
    return clause is not None and clause.left_edge.i == content[0] and clause.right_edge.i == content[-1]


def fill_quotations(doc: Doc, draft: Draft, quotations: Sequence[Quotation], barred: set[int]) -> None:
    """Extend a content over the quotations that most of which it covers."""
    content = set(draft.content)
    for quotation in quotations:
        if not content or quotation.end <= draft.content[0] or quotation.start > draft.content[-1]:
            continue
        inside = range(quotation.start, quotation.end)
        covered = sum(word in content for word in inside)
        if covered * 4 > len(inside) and covered < len(inside) and not any(word in barred for word in inside):
            content.update(inside)
    draft.content = sorted(content)


def share_quotations(doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> None:
    """Leave each quotation to one claim: the nearest with its cue in the same paragraph, or the nearest at all."""
    holders: dict[int, list[Draft]] = {}  # by word: a text may have as many quotations as drafts
    for draft in drafts:
        for word in draft.content if draft.cue else ():
            holders.setdefault(word, []).append(draft)
    for quotation in quotations:
        inside = range(quotation.start, quotation.end)
        found = {id(draft): draft for word in inside for draft in holders.get(word, ())}
        takers = [draft for draft in found.values() if draft.cue[0] not in inside]
        if len(takers) < 2:
            continue
        place = segment_index(doc, doc[inside[0]].idx)
        here = [draft for draft in takers if segment_index(doc, doc[draft.cue[0]].idx) == place]
        near = here or takers
        owner = min(near, key=lambda draft: min(abs(draft.cue[0] - inside[-1]), abs(inside[0] - draft.cue[-1])))
        for draft in takers:
            if draft is not owner:
                draft.content = [word for word in draft.content if word not in inside]


def continue_quotations(doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> None:
    """Give a speaker the next quotation of a paragraph too, where whoever is cited is cited inside it."""
    for first, second in pairwise(quotations):
        inside = range(second.start, second.end)
        place = segment_index(doc, doc[second.start].idx)
        inner = [draft for draft in drafts if draft.cue and draft.cue[0] in inside]
        opens = second.start and doc[second.start - 1].text in (".", "!", "?")
        if not inner or not opens or segment_index(doc, doc[first.start].idx) != place:
            continue
        outer = [d for d in drafts if d.cue and d.cue[0] not in inside and first.start in d.content]
        if len(outer) == 1 and outer[0].cue[0] < second.start and not {*inside} & {*outer[0].content}:
            taken = any({*inside} & {*d.content} for d in drafts if d.cue and d.cue[0] not in inside)
            outer[0].content += [] if taken else inside


def part_quotations(doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> None:
    """Where one quotation follows another without a word between them (” “), the two are of two speakers."""
    for first, second in pairwise(quotations):
        if not first.closed or any(not doc[word].is_space for word in range(first.end, second.start)):
            continue
        for draft in drafts:
            if not draft.cue or not {first.end - 1, second.start + 1} <= {*draft.content}:
                continue
            own = second.start <= draft.cue[0]
            draft.content = [word for word in draft.content if (word >= second.start) == own]


def fill_holes(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Fill what is missing between two fragments of one sentence, where nothing else claims it."""
    runs = list(find_runs(draft.content))
    for (_, end), (start, _) in pairwise(runs):
        gap = range(end, start)
        if len(gap) <= HOLE and not any(word in barred or doc[word].is_sent_start for word in (*gap, start)):
            draft.content = sorted({*draft.content, *gap})


def complete_phrases(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in the modifiers before a fragment's first word and the noun behind its last: "three" of "three trucks"."""
    content = set(draft.content)
    for start, end in find_runs(draft.content):
        lefts = [child.left_edge.i for child in doc[start].lefts if child.dep_ in MODIFIERS]
        lefts = [] if doc[start].tag_ == "WP" else lefts  # "in front of what he said was a school"
        first, last = min(lefts, default=start), end - 1
        noun = doc[start].head.head
        if doc[start].lower_ == "of" and noun.i == start - 1 and noun.pos_ == "NOUN" and noun.i not in barred:
            first = noun.left_edge.i  # "a form" of "of medicine"
        while first and doc[first - 1].dep_ in NAMED and doc[first - 1].head.i in content and first - 1 not in barred:
            first -= 1  # "Kalund" of "Kalund Copper Mines"
        if doc[last].dep_ in MODIFIERS and last < doc[last].head.i <= last + NEAR:
            last = doc[last].head.i
        last = max(last, _end_of_list(doc, last))
        for gap in (range(first, start), range(end, last + 1)):
            if not any(word in barred or doc[word].is_sent_start for word in gap[1:] or gap):
                content.update(word for word in gap if word not in barred)
    draft.content = sorted(content)


def complete_clause(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Extend what a cue reports to the ends of its clauses, where the network left out what hangs on their verbs."""
    head, content = draft.head(doc), set(draft.content)
    for start, end in find_runs(draft.content) if head is not None else ():
        for root in find_tops(doc, range(start, end)):
            reported = root.head.i == head.i and root.dep_ in REPORTED
            reported |= head.pos_ == "NOUN" and root.head.i == head.i and root.dep_ == "acl"
            reported &= root.dep_ != "advcl" or root.i < head.i  # "if it rains, the roof leaks, he said"
            if not reported and not (root.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and root.is_ancestor(head)):
                root = _reported_above(doc, root, head, draft)
                if root is None:
                    continue
            first, last = start, end - 1
            stop = _end_of_clause(doc, root, last)
            while last < stop and last + 1 not in barred and not doc[last + 1].is_space:
                last += 1
            while first > root.left_edge.i and first - 1 not in barred and not is_edge(doc[first - 1]):
                first -= 1
            content.update(range(first, last + 1))
    draft.content = sorted(content)


def take_clause(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in all of a clause of which there is only the object: "ending" 19 years, "when it learned of" the leaks."""
    content = set(draft.content)
    for start, end in find_runs(draft.content):
        tops = find_tops(doc, range(start, end)) if start > draft.cue[-1] else []
        verb = tops[0].head if len(tops) == 1 else None
        if verb is None or verb.dep_ != "advcl" or verb.i in content:
            continue
        first = verb.left_edge.i
        asked = doc[first].tag_ == "WRB" and first - 1 == draft.cue[-1]
        words = range(first if asked else verb.i, verb.right_edge.i + 1)
        joined = verb.tag_ == "VBG" and verb.i + 1 == start and verb.head.i in content
        if (asked or joined) and barred.isdisjoint(words) and start in words:
            content.update(words)
    draft.content = sorted(content)


def is_edge(token: Token) -> bool:
    """White space, or the dash behind a dateline."""
    return token.is_space or (token.text in ("—", "–", "-", "--") and bool(token.whitespace_))


def _is_between(doc: Doc, draft: Draft) -> bool:
    """Whether source and cue stand between commas inside what they report: "could anyone, she asked, name one?"."""
    own = sorted({*draft.source, *draft.cue})
    whole = own == [*range(own[0], own[-1] + 1)] and own[0] > 0 and own[-1] + 1 < len(doc)
    return whole and doc[own[0] - 1].text == doc[own[-1] + 1].text == ","


def _reported_above(doc: Doc, root: Token, head: Token, draft: Draft) -> Token | None:
    """The verb that a cue behind it reports, where only what hangs on it is there ("…, killing two, he said")."""
    between = draft.content[-1] > draft.cue[0]
    if has_quote(doc, draft.content) or (between and not _is_between(doc, draft)):
        return None
    if head.tag_ == "VBN" and any(child.dep_ == "aux:pass" for child in head.children):
        return None  # "calls to wait were rejected"
    for _ in range(STEPS):
        if root.head.i == root.i or root.head.i in draft.cue or root.head.i in draft.source:
            return None
        root = root.head
        below = root.head.i == head.i and root.dep_ in ("ccomp", "parataxis") and not between
        if root.pos_ in ("VERB", "AUX") and (below or root.is_ancestor(head)):
            return root
    return None


def _end_of_clause(doc: Doc, root: Token, last: int) -> int:
    """The last word of a clause: before ";" or ", but" with a subject of its own, and at a closing quotation mark."""
    if doc[last].text in CLOSING:
        return last
    rival = find_rival(doc, range(last + 1, root.right_edge.i + 1), [0])
    return root.right_edge.i if rival is None else rival - 1


def _end_of_list(doc: Doc, last: int) -> int:
    """The last word of the list that a word stands in: "… and three trucks" belongs to "16 tanks"."""
    noun = doc[last].head if doc[last].dep_ == "conj" else doc[last]
    if noun.pos_ not in ("NOUN", "PROPN") or doc[last].pos_ not in ("NOUN", "PROPN"):
        return last
    items = [child for child in noun.rights if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN")]
    return max((item.right_edge.i for item in items if last < item.i <= last + HOLE), default=last)
