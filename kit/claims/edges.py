"""Where source, cue and content begin and end: what the network took too much of is cut off."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft, Words, find_runs
from kit.claims.quotations import Quotation
from kit.lexicon import load_lexicon
from kit.segments import segment_index

OPENING = frozenset("“„«‘‹([{") | {'"', "'", "``"}
CLOSING = frozenset("”»’›)]}") | {'"', "'", "''"}
STOPS = frozenset({".", ",", ";", ":", "–", "—", "-", "--", "―", "…", "..."})
EMPTY = frozenset("nothing little much more so this that it anything everything hello goodbye".split())
OVERHANG = 2  # words
NEAR = 3  # words from a modifier to its noun
JOINING = frozenset({"and", "but", "or", "while", "as", "with"})


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
    while len(words) > 1 and doc[words[0]].pos_ == "ADP" and doc[words[0]].dep_ in ("case", "fixed"):
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
        dangling = last.lower_ in JOINING and last.dep_ in ("cc", "mark")
        dangling |= last.tag_ in ("WDT", "WP") and last.head.i >= end and last.i - start > 0
        if not (last.is_space or last.text in STOPS or dangling):
            break
        end -= 1
    return start, end


def cut_overhang(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> None:
    """Cut off what stands behind a direct quotation and a comma, or one or two words, taken for more of it."""
    content = set(draft.content)
    for start, end in find_runs(draft.content):
        for quotation in quotations:
            behind = range(quotation.end, end)
            if not quotation.closed or start != quotation.start or not behind or end - start <= OVERHANG:
                continue
            comma = doc[quotation.end].text in STOPS or doc[quotation.end - 2].text in STOPS
            if len(behind) <= OVERHANG or (comma and not any(doc[word].is_quote for word in behind)):
                content.difference_update(behind)
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
    said = frozenset(load_lexicon("cues")["speaking"])
    aside = next((word for word in kept if word > last and _is_aside(doc, word, said)), len(doc))
    kept = [word for word in kept if word < aside]
    if "network" in draft.why:
        rival = next(
            (word for word in kept if word > last and word not in quoted and goes_against(doc, word, kept)), None
        )
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
    if doc[word].lower_ != "with" or doc[word].dep_ != "mark" or verb.tag_ != "VBG" or verb.lemma_ not in said:
        return False
    return any(child.dep_ == "nsubj" for child in verb.lefts)


def goes_against(doc: Doc, word: int, kept: Sequence[int]) -> bool:
    """Whether somebody else goes on from here: behind a semicolon, or with ", but" and a subject of its own."""
    if doc[word].text == ";":
        return True
    against = doc[word].lower_ == "but" and any(child.dep_ == "nsubj" for child in doc[word].head.lefts)
    return against and doc[word - 1].text == "," and word != kept[0]


def cut_strays(doc: Doc, draft: Draft, quotations: Sequence[Quotation], cued: Mapping[int, int]) -> None:
    """Cut pieces of other sentences off a content: what is said there goes on only in quotation marks.

    Nor does it in a paragraph that has a cue of its own; ``cued`` counts them by the paragraph's number.
    """
    if "network" not in draft.why:
        return  # the layout knows how far a turn goes
    cue = doc[draft.cue[0]].sent
    quoted = {word for quotation in quotations for word in range(quotation.start, quotation.end)}
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
            spoken = any(word in quoted for word in inside) and (place == here or _opens(doc, inside, quotations))
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


def cut_loose(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> None:
    """Of several fragments without quotation marks leave those that hang on the cue, or that the cue hangs on.

    What hangs on such a fragment stays with it, and so does the other half of a clause that source and cue interrupt.
    """
    runs, head = list(find_runs(draft.content)), draft.head(doc)
    if len(runs) < 2 or head is None or "network" not in draft.why:
        return
    quoted = {word for quotation in quotations for word in range(quotation.start, quotation.end)}
    kept = [run for run in runs if _is_near(doc, range(*run), head)]
    for _ in runs if kept else ():
        held = {word for run in kept for word in range(*run)}
        kept = [run for run in runs if run in kept or _stays(doc, run, quoted) or _touches(doc, draft, run, held)]
    draft.content = [word for run in kept or runs for word in range(*run)]


def _stays(doc: Doc, run: tuple[int, int], quoted: set[int]) -> bool:
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
    tops = [doc[word] for word in words if doc[word].head.i not in words or doc[word].head.i == word]
    above = {head.i, head.head.i} if head.dep_ not in ("advcl", "acl", "acl:relcl") else {head.i}
    return any(top.i in above or top.head.i in above or head.is_ancestor(top) for top in tops if not top.is_punct)


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
