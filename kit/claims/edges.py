"""Where source, cue and content begin and end: what the network took too much of is cut off."""

from __future__ import annotations

from itertools import zip_longest

from spacy.tokens import Doc

from kit.claims.drafts import Draft, Words, find_runs
from kit.english.subjects import QUOTED
from kit.lexicon import load_sets

OPENING = frozenset("“„«‘‹([{") | {'"', "'", "``"}
CLOSING = frozenset("”»’›)]}") | {'"', "'", "''"}
STOPS = frozenset({".", ",", ";", ":", "–", "—", "-", "--", "―", "…", "..."})
NEAR = 3  # words from a modifier to its noun
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
CLAUSAL = frozenset({"nsubj", "nsubj:pass", "acl", "acl:relcl"})
JOINING = frozenset({"and", "but", "or", "while", "as", "with"})


def trim_cue(doc: Doc, draft: Draft) -> None:
    """Leave the run of the cue that its verb stands in, without marks at its edges."""
    runs = list(find_runs(draft.cue))
    head = draft.head(doc)
    if not runs or head is None:
        return
    start, end = next((run for run in runs if run[0] <= head.i < run[1]), runs[0])
    while end - start > 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].tag_ == "WDT"):
        end -= 1
    while end - start > 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    last = doc[end - 1]
    if last.dep_ in ("det", "amod", "compound") and last.i < last.head.i <= last.i + NEAR and end - start > 1:
        gap = range(end, last.head.i + 1)  # "wrote in a note"
        end = gap.stop if not {*gap} & {*draft.source, *draft.content} else end
    clause = next((c for c in head.rights if c.dep_ in ("ccomp", "obj") and head.i < c.i < end), None)
    said = head.lemma_ in load_sets("cues")["speaking"]
    if clause is not None and said and any(c.dep_ in CLAUSAL and c.i < end for c in clause.children):
        draft.content = sorted({*draft.content, *range(head.i + 1, end)})  # "maintained the message concerned …"
        end = head.i + 1
    while start < head.i and doc[start].dep_ == "obl:unmarked" and doc[start].head.i == head.i:
        start += 1  # "month warned"
    draft.cue = list(range(start, end))


def take_auxiliaries(doc: Doc, draft: Draft) -> None:
    """Give a verb its "would not" that the content took, and "would not" its verb."""
    head = draft.head(doc)
    if head is None or not draft.content:
        return
    verb = head.head if head.dep_ in ("aux", "aux:pass") else head
    if verb is not head and (verb.lemma_ not in load_sets("cues")["speaking"] or verb.i != draft.content[0]):
        return
    own = {child.i for child in verb.children if child.dep_ in ("aux", "aux:pass") or child.lower_ in ("not", "n't")}
    own = {word for word in own | {verb.i} if word in draft.content}
    if own:
        draft.cue = sorted({*draft.cue, *own})
        draft.content = [word for word in draft.content if word not in own]


def take_preposition(doc: Doc, draft: Draft) -> None:
    """Leave "on" and "for" to the cue in "called on the firm to wait"."""
    if not draft.cue or not draft.content or draft.content[0] != draft.cue[-1] + 1:
        return
    if doc[draft.cue[-1]].lemma_ == "call" and doc[draft.content[0]].lower_ in ("on", "for"):
        draft.cue, draft.content = [*draft.cue, draft.content[0]], draft.content[1:]


def trim_source(doc: Doc, draft: Draft) -> None:
    """Cut marks off a source; the comma that closes an apposition stays, as annotators leave it."""
    words = draft.source
    while words and (doc[words[0]].is_space or (doc[words[0]].is_punct and doc[words[0]].text not in OPENING)):
        words = words[1:]
    while len(words) > 1 and doc[words[0]].pos_ == "ADP" and doc[words[0]].dep_ in ("case", "fixed"):
        words = words[1:]
    if len(words) > 1 and doc[words[0]].tag_ == "WDT" and doc[words[1]].pos_ in ("DET", "NOUN", "PROPN"):
        words = words[1:]  # "recordings in which a man says"
    commas = [word for word in words[:-1] if doc[word].text == ","]
    while words and (doc[words[-1]].is_space or doc[words[-1]].is_punct):
        if doc[words[-1]].text in CLOSING or (doc[words[-1]].text == "," and commas):
            break
        words = words[:-1]
    while len(words) > 1 and doc[words[-1]].dep_ == "cc":
        words = words[:-1]
    while len(words) > 1 and doc[words[-1]].tag_ in ("WP", "WDT") and doc[words[-1]].head.i not in words:
        words = words[: -2 if doc[words[-2]].text == "," else -1]
    if words and doc[words[-1]].like_num and words[-1] + 1 < len(doc) and doc[words[-1] + 1].text == "%":
        words = [*words, words[-1] + 1]
    day = doc[words[-1]] if len(words) > NEAR else None
    if day is not None and day.lower_ in DAYS and day.head.i in draft.cue and doc[words[-2]].lower_ == "on":
        words = words[:-2]
    pronoun = next((word for word in words[1:] if doc[word].tag_ in ("WDT", "WP") and doc[word - 1].text == ","), None)
    if pronoun is not None and doc[words[-1]].dep_ in ("case", "mark", "det", "aux"):
        words = [word for word in words if word < pronoun - 1]  # a relative clause that breaks off
    draft.source = words


def trim_content(doc: Doc, draft: Draft) -> None:
    """Cut stops, commas and loose conjunctions off the fragments of a content; what is no word is no fragment."""
    words: Words = []
    runs = list(find_runs(draft.content))
    if len(runs) > 1:  # a lone "was" is left of what was cut off
        runs = [run for run in runs if any(doc[word].pos_ not in ("AUX", "PUNCT", "SPACE") for word in range(*run))]
    for (start, end), following in zip_longest(runs, runs[1:]):
        if following and doc[start].text in OPENING and doc[following[0]].text in OPENING:
            end = end - 1 if doc[end - 1].is_space else end  # a quotation over paragraphs keeps the stop of each
        else:
            start, end = trim_fragment(doc, start, end)
        if any(doc[word].tag_ != "POS" and any(map(str.isalnum, doc[word].text)) for word in range(start, end)):
            words += range(start, end)
    draft.content = words


def trim_fragment(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A fragment without the marks at its edges; "?" and "!" and closing marks stay."""
    while start < end and (doc[start].is_space or doc[start].text in STOPS):
        start += 1
    while start < end:
        last = doc[end - 1]
        dangling = last.lower_ in JOINING and last.dep_ in ("cc", "mark")
        stranded = doc[last.i - 1].dep_ == "case"  # "to which, she said, nobody replied"
        dangling |= last.tag_ in ("WDT", "WP") and last.head.i >= end and last.i - start > 0 and not stranded
        if not (last.is_space or last.text in STOPS or dangling):
            break
        end -= 1
    return start, end


def take_saying(doc: Doc, draft: Draft) -> None:
    """Give the cue "was quoted" the "as saying" that the content begins with, and "citing guests, that" its verb."""
    head, first = draft.head(doc), draft.content[0] if draft.content else 0
    if head is not None and head.lemma_ in QUOTED and head.tag_ == "VBG" and head.dep_ == "advcl":
        clause = next((c for c in head.rights if c.dep_ == "ccomp" and c.i in draft.content), None)
        verb, said = head.head, load_sets("cues")["speaking"]
        if clause is not None and verb.lemma_ in said and verb.i < head.i:
            draft.cue = [verb.i]
            draft.content = [word for word in draft.content if word >= clause.left_edge.i]
            return
    if head is None or head.lemma_ not in QUOTED or first <= head.i or first + 1 not in draft.content:
        return
    if doc[first].lower_ == "as" and doc[first + 1].tag_ == "VBG":
        draft.cue = [*draft.cue, *range(first, first + 2)] if first == draft.cue[-1] + 1 else draft.cue
        draft.content = [word for word in draft.content if word > first + 1]
