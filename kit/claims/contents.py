"""How far a content goes: what the network ran on to is cut off, and one that says nothing is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from spacy.tokens import Doc

from kit.claims.drafts import Draft, Words, find_runs
from kit.claims.edges import NEAR, STOPS
from kit.claims.quotations import Quotation
from kit.english.index import has_quote, index_of
from kit.lexicon import load_sets

EMPTY = frozenset("nothing little much more so this that it anything everything hello goodbye".split())
OVERHANG = 2  # words
LONG = 12  # words of a content that says something in any case
SPANS = frozenset({"years", "months", "weeks", "days", "hours", "decades"})


def cut_overhang(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> None:
    """Cut off what stands behind a direct quotation and a comma, or one or two words, taken for more of it."""
    content, heads = set(draft.content), index_of(doc).heads
    for start, end in find_runs(draft.content):
        for quotation in quotations:
            behind = range(quotation.end, end)
            if not quotation.closed or start != quotation.start or not behind or end - start <= OVERHANG:
                continue
            if any(heads[word] in behind for word in range(quotation.start, quotation.end)):
                continue  # "around 20" arrests
            comma = doc[quotation.end].text in STOPS or doc[quotation.end - 2].text in STOPS
            if len(behind) <= OVERHANG or (comma and not has_quote(doc, behind)):
                content.difference_update(behind)
    draft.content = sorted(content)


def says_something(doc: Doc, draft: Draft) -> bool:
    """Whether a content is one: not "said nothing", "told no one", "has for years" of "has criticised for years"."""
    if len(draft.content) > LONG:
        return True
    words = [doc[word] for word in draft.content if not (doc[word].is_punct or doc[word].is_space)]
    if (
        words
        and words[0].pos_ == "AUX"
        and all(word.pos_ in ("AUX", "ADP", "ADV") or word.lower_ in SPANS for word in words)
    ):
        return False
    pronouns = all(word.tag_ in ("WP", "WDT") for word in words)
    return bool(words) and not pronouns and not (len(words) == 1 and words[0].lower_ in EMPTY)


def cut_content(doc: Doc, draft: Draft, quoted: Collection[int]) -> None:
    """Cut off what the network ran on to: another paragraph, words before "that", words behind a noun's clause."""
    kept: Words = []
    index = index_of(doc)
    for start, end in find_runs(draft.content):
        parts = list(_paragraphs(doc, start, end))
        if len(parts) > 1:
            nearest = min(parts, key=lambda part: min(abs(word - draft.cue[0]) for word in part) if draft.cue else 0)
            parts = [part for part in parts if part is nearest or part[0] in quoted]
        kept += [word for part in parts for word in part]
    last = draft.cue[-1] if draft.cue else 0
    if kept and kept[0] < last:  # "…, he warns; the losses are unconfirmed": what follows is said by somebody else
        semicolon = index.find(range(last, min(last + NEAR + 1, len(doc))), ";")
        kept = [word for word in kept if semicolon is None or word < semicolon or word in quoted]
    said = load_sets("cues")["speaking"]
    asides = (word for word in kept if index.lower[word] == "with" and word > last and _is_aside(doc, word, said))
    aside = next(asides, len(doc))
    kept = [word for word in kept if word < aside]
    if "network" in draft.why:
        rival = find_rival(doc, [word for word in kept if word > last and word not in quoted], kept)
        kept = [word for word in kept if rival is None or word < rival]
    head = draft.head(doc)
    for child in head.children if head is not None else ():
        mark = next((word for word in child.children if word.dep_ == "mark" and word.lower_ == "that"), None)
        if child.dep_ in ("ccomp", "acl", "csubj") and mark is not None and mark.i in kept:
            last = child.right_edge.i if head.pos_ == "NOUN" else len(doc)
            kept = [word for word in kept if not draft.cue[-1] < word < mark.i and word <= last]
    draft.content = kept


def _is_aside(doc: Doc, word: int, said: Collection[str]) -> bool:
    """Whether somebody else is cited from here: "…, with an analyst saying that …"."""
    verb = doc[word].head
    if doc[word].dep_ != "mark":
        return False
    if verb.tag_ != "VBG" or verb.lemma_ not in said:
        return False
    return any(child.dep_ == "nsubj" for child in verb.lefts)


def find_rival(doc: Doc, words: Iterable[int], kept: Sequence[int]) -> int | None:
    """The first of the words from which somebody else goes on: a semicolon, or ", but" with a subject of its own."""
    lower = index_of(doc).lower
    return next((w for w in words if lower[w] == ";" or (lower[w] == "but" and _goes_against(doc, w, kept))), None)


def _goes_against(doc: Doc, word: int, kept: Sequence[int]) -> bool:
    if doc[word - 1].text != "," or word == kept[0]:
        return False
    verb = doc[word].head
    if not any(child.dep_ == "nsubj" for child in verb.lefts):
        return False
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.i not in kept


def _paragraphs(doc: Doc, start: int, end: int) -> Iterator[Words]:
    part: Words = []
    spaces = index_of(doc).spaces
    for word in range(start, end):
        if word not in spaces:
            part.append(word)
        elif part and "\n" in doc[word].text:
            yield part
            part = []
    if part:
        yield part
