"""Where source, cue and content begin and end: the small corrections that the network leaves to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from spacy.tokens import Doc

from kit.claims.drafts import Draft, Words, find_runs
from kit.claims.quotations import Quotation

OPENING = frozenset("“„«‘‹([{") | {'"', "'", "``"}
CLOSING = frozenset("”»’›)]}") | {'"', "'", "''"}
STOPS = frozenset({".", ",", ";", ":", "–", "—", "-", "--", "―", "…", "..."})
EMPTY = frozenset("nothing little much more so this that it anything everything hello goodbye".split())
HOLE = 15  # words at most that are missing between two fragments of a content
OVERHANG = 2  # words
NEAR = 3  # words from a modifier to its noun
MODIFIERS = frozenset("nummod det amod compound nmod:poss flat case".split())
REPORTED = frozenset({"ccomp", "xcomp", "csubj", "obj", "obl"})  # what hangs so on a cue is what it reports
JOINING = frozenset({"and", "but", "or", "while", "as"})


def trim_cue(doc: Doc, draft: Draft) -> None:
    """Leave the run of the cue that its verb stands in, without marks at its edges."""
    runs = list(find_runs(draft.cue))
    head = draft.head(doc)
    if not runs or head is None:
        return
    start, end = next((run for run in runs if run[0] <= head.i < run[1]), runs[0])
    while end - start > 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while end - start > 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    draft.cue = list(range(start, end))


def trim_source(doc: Doc, draft: Draft) -> None:
    """Cut marks off a source; the comma that closes an apposition stays, as annotators leave it."""
    words = draft.source
    while words and (doc[words[0]].is_space or (doc[words[0]].is_punct and doc[words[0]].text not in OPENING)):
        words = words[1:]
    commas = [word for word in words[:-1] if doc[word].text == ","]
    while words and (doc[words[-1]].is_space or doc[words[-1]].is_punct):
        if doc[words[-1]].text in CLOSING or (doc[words[-1]].text == "," and commas):
            break
        words = words[:-1]
    draft.source = words


def trim_content(doc: Doc, draft: Draft) -> None:
    """Cut stops, commas and loose conjunctions off the fragments of a content; what is no word is no fragment."""
    words: Words = []
    runs = list(find_runs(draft.content))
    for (start, end), following in zip_longest(runs, runs[1:]):
        if following and doc[start].text in OPENING and doc[following[0]].text in OPENING:
            end = end - 1 if doc[end - 1].is_space else end  # a quotation over paragraphs keeps the stop of each
        else:
            start, end = trim_fragment(doc, start, end)
        if any(doc[word].is_alpha or doc[word].like_num for word in range(start, end)):
            words += range(start, end)
    draft.content = words


def trim_fragment(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A fragment without the marks at its edges; "?" and "!" and closing marks stay."""
    while start < end and (doc[start].is_space or doc[start].text in STOPS):
        start += 1
    while start < end:
        last = doc[end - 1]
        if not (last.is_space or last.text in STOPS or (last.lower_ in JOINING and last.dep_ in ("cc", "mark"))):
            break
        end -= 1
    return start, end


def fill_quotations(doc: Doc, draft: Draft, quotations: Sequence[Quotation], barred: set[int]) -> None:
    """Extend a content over the quotations that most of which it covers."""
    content = set(draft.content)
    for quotation in quotations:
        if not content or quotation.end <= draft.content[0] or quotation.start > draft.content[-1]:
            continue
        inside = range(quotation.start, quotation.end)
        covered = sum(word in content for word in inside)
        if covered * 2 > len(inside) and covered < len(inside) and not any(word in barred for word in inside):
            content.update(inside)
    draft.content = sorted(content)


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
        first, last = min(lefts, default=start), end - 1
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
        for root in (doc[i] for i in range(start, end) if not start <= doc[i].head.i < end or doc[i].head.i == i):
            reported = root.head.i == head.i and root.dep_ in REPORTED
            if not reported and not (root.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and root.is_ancestor(head)):
                continue
            first, last = start, end - 1
            while last < root.right_edge.i and last + 1 not in barred and not doc[last + 1].is_space:
                last += 1
            while first > root.left_edge.i and first - 1 not in barred and not doc[first - 1].is_space:
                first -= 1
            content.update(range(first, last + 1))
    draft.content = sorted(content)


def _end_of_list(doc: Doc, last: int) -> int:
    """The last word of the list that a word stands in: "… and three trucks" belongs to "16 tanks"."""
    noun = doc[last].head if doc[last].dep_ == "conj" else doc[last]
    if noun.pos_ not in ("NOUN", "PROPN") or doc[last].pos_ not in ("NOUN", "PROPN"):
        return last
    items = [child for child in noun.rights if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN")]
    return max((item.right_edge.i for item in items if last < item.i <= last + HOLE), default=last)


def cut_overhang(draft: Draft, quotations: Sequence[Quotation]) -> None:
    """Cut off the word or two behind a direct quotation that the network took for more of it."""
    content = set(draft.content)
    for start, end in find_runs(draft.content):
        for quotation in quotations:
            if quotation.closed and start == quotation.start and 0 < end - quotation.end <= OVERHANG < end - start:
                content.difference_update(range(quotation.end, end))
    draft.content = sorted(content)


def says_something(doc: Doc, draft: Draft) -> bool:
    """Whether a content is one: not "said nothing", "told no one"."""
    words = [doc[word] for word in draft.content if not (doc[word].is_punct or doc[word].is_space)]
    return bool(words) and not (len(words) == 1 and words[0].lower_ in EMPTY)


def cut_content(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> None:
    """Cut off what the network ran on to: another paragraph, words before "that", words behind a noun's clause."""
    quoted = {word for quotation in quotations for word in range(quotation.start, quotation.end)}
    kept: Words = []
    for start, end in find_runs(draft.content):
        parts = list(_paragraphs(doc, start, end))
        if len(parts) > 1:
            nearest = min(parts, key=lambda part: min(abs(word - draft.cue[0]) for word in part) if draft.cue else 0)
            parts = [part for part in parts if part is nearest or part[0] in quoted]
        kept += [word for part in parts for word in part]
    last = draft.cue[-1] if draft.cue else 0
    if kept and kept[0] < last:  # "…, he warns; the losses are unconfirmed": what follows is said by somebody else
        semicolon = next((word for word in range(last, min(last + NEAR + 1, len(doc))) if doc[word].text == ";"), None)
        kept = [word for word in kept if semicolon is None or word < semicolon or word in quoted]
    head = draft.head(doc)
    for child in head.children if head is not None else ():
        mark = next((word for word in child.children if word.dep_ == "mark" and word.lower_ == "that"), None)
        if child.dep_ in ("ccomp", "acl", "csubj") and mark is not None and mark.i in kept:
            last = child.right_edge.i if head.pos_ == "NOUN" else len(doc)
            kept = [word for word in kept if not draft.cue[-1] < word < mark.i and word <= last]
    draft.content = kept


def cut_strays(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> None:
    """Cut pieces of other sentences off a content: what is said there goes on only in quotation marks."""
    if "network" not in draft.why:
        return  # the layout knows how far a turn goes
    cue = doc[draft.cue[0]].sent
    quoted = {word for quotation in quotations for word in range(quotation.start, quotation.end)}
    kept: Words = []
    for start, end in find_runs(draft.content):
        for first, last in _sentences(doc, start, end):
            inside = range(first, last)
            own = first < cue.end and last > cue.start
            cut_in_two = last - first <= NEAR and not any(doc[word].pos_ in ("VERB", "AUX") for word in inside)
            joined = first == cue.end or last == cue.start
            if own or any(word in quoted for word in inside) or (cut_in_two and joined):
                kept += inside
    draft.content = kept or draft.content


def _sentences(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    edges = [start, *(word for word in range(start + 1, end) if doc[word].is_sent_start), end]
    return pairwise(edges)


def _paragraphs(doc: Doc, start: int, end: int) -> Iterator[Words]:
    part: Words = []
    for word in range(start, end):
        if part and doc[word].is_space and "\n" in doc[word].text:
            yield part
            part = []
        elif not doc[word].is_space:
            part.append(word)
    if part:
        yield part
