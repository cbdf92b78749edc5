"""Who is cited: one source for each cue, its whole noun phrase, by the parse where the network saw none."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft, find_runs
from kit.english.subjects import find_subject, span_words
from kit.segments import segment_index

NOMINAL = frozenset("PROPN NOUN PRON DET ADJ NUM".split())
BEFORE = 9  # words of a title that the network left out
BETWEEN, BEHIND = 14, 5  # words of a description before a cue, and behind a name that follows its cue
MARKS = frozenset(',;:"“”«»')
HEARSAY = frozenset({"reportedly", "allegedly", "purportedly"})
PIECES = frozenset({"det", "case", "amod", "compound", "nummod", "nmod", "nmod:poss", "flat", "appos"})
AMID = frozenset({"amid", "amidst", "among", "on", "over", "after", "despite"})
FELT = frozenset({"encourage", "concern", "worry", "please", "surprise", "alarm", "disappoint", "shock", "convince"})
BROKEN = frozenset({"det", "compound", "nmod:desc", "amod", "flat", "nummod"})
NAMING = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT", "CD"})
THOUGHT = frozenset({"expect", "believe", "think", "say", "know"})
QUOTED = frozenset({"quote", "cite", "report"})
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tomorrow week month year morning afternoon evening
    night""".split()
)
FARTHEST = 6  # steps from the first word of a noun phrase to its noun


def complete_source(doc: Doc, draft: Draft) -> None:
    """Leave one source: the fragment that the cue's verb has as its subject, or the one nearest to the cue."""
    if read_hearsay(doc, draft):
        return
    drop_stranger(doc, draft)
    drop_time(doc, draft)
    keep_pronoun(doc, draft)
    keep_subject(doc, draft)
    drop_hearer(doc, draft)
    if drop_bystander(doc, draft):
        return
    take_own_clause(doc, draft)
    widen_source(doc, draft)
    runs = list(find_runs(draft.source))
    subject = find_subject(draft.head(doc))
    taken = {*draft.cue, *draft.content}
    if not runs:
        subject = subject or _owner(draft.head(doc))
        if subject is not None and subject.i in draft.content and subject.dep_ == "nmod:poss":
            draft.content = [word for word in draft.content if word not in span_words(subject, set())]
            taken = {*draft.cue, *draft.content}
        if subject is not None and subject.i not in taken:
            draft.source = [word for word in span_words(subject, taken) if word not in taken]
            draft.why.append("subject of the cue")
        elif draft.cue and draft.content and draft.content[0] < draft.cue[0]:
            draft.source = find_behind(doc, draft)
            draft.content = [word for word in draft.content if word not in draft.source]
        return
    if subject is not None and _is_list(doc, draft, subject):
        draft.source = [word for word in span_words(subject, taken) if word not in taken]
    elif len(runs) > 1 and draft.cue:
        chosen = [run for run in runs if subject is not None and run[0] <= subject.i < run[1]]
        nearest = min(runs, key=lambda run: min(abs(run[0] - draft.cue[0]), abs(run[1] - draft.cue[0])))
        draft.source = list(range(*(chosen[0] if chosen else nearest)))
    if len(draft.source) == 1 and _is_expletive(doc[draft.source[0]]):
        draft.source = []  # "it is said": nobody is cited
    take_description(doc, draft)
    extend_source(doc, draft, {*draft.cue, *draft.content})
    mend_edges(doc, draft)


def read_hearsay(doc: Doc, draft: Draft) -> bool:
    """ "The ship reportedly sank": the clause is the content, and nobody is named who reports."""
    head = draft.head(doc)
    if head is None or head.lower_ not in HEARSAY or head.head.pos_ not in ("VERB", "AUX"):
        return False
    clause = range(head.head.left_edge.i, head.head.right_edge.i + 1)
    draft.cue, draft.source = [head.i], []
    draft.content = [word for word in clause if word != head.i and not doc[word].is_space]
    return True


def drop_stranger(doc: Doc, draft: Draft) -> None:
    """Leave no source of another paragraph, where the network joined a headline to what follows."""
    if draft.source and draft.cue:
        place = segment_index(doc, doc[draft.cue[0]].idx)
        draft.source = [word for word in draft.source if segment_index(doc, doc[word].idx) == place]


def drop_time(doc: Doc, draft: Draft) -> None:
    """ "A version announced last November": a time is no source."""
    words = [doc[word] for word in draft.source if doc[word].pos_ in ("NOUN", "PROPN")]
    if words and all(word.lower_ in TIMES for word in words):
        draft.source = []


def keep_subject(doc: Doc, draft: Draft) -> None:
    """Of a source that is a clause ("Orrin opens a mill", "announces a fair") leave the subject."""
    verb = next((doc[w] for w in draft.source if doc[w].tag_ in ("VBZ", "VBD") and doc[w].dep_ != "acl:relcl"), None)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None) if verb is not None else None
    head = draft.head(doc)
    if subject is not None and subject.i in draft.source and head is not None and verb.i in (head.head.i, head.i):
        draft.source = [word for word in span_words(subject, set()) if word in draft.source]


def mend_edges(doc: Doc, draft: Draft) -> None:
    """Give a source that breaks off in the middle of a name or phrase the rest of it ("House Speaker" Ida Brandt)."""
    own = set(draft.source)
    if not own:
        return
    first, last = doc[draft.source[0]], doc[draft.source[-1]]
    while last.dep_ in BROKEN and last.i < last.head.i <= last.i + BEHIND and last.head.pos_ in ("NOUN", "PROPN"):
        last = last.head
    while last.i + 1 < len(doc) and doc[last.i + 1].dep_ == "flat" and doc[last.i + 1].head.i in {*own, last.i}:
        last = doc[last.i + 1]
    while first.i and doc[first.i - 1].dep_ in BROKEN and doc[first.i - 1].head.i in own:
        first = doc[first.i - 1].left_edge if first.i - doc[first.i - 1].left_edge.i <= BEHIND else doc[first.i - 1]
        own.add(first.i)
    gained = {*range(first.i, last.i + 1)} - {*range(draft.source[0], draft.source[-1] + 1)}
    if gained and not gained & {*draft.cue} and not any(doc[word].is_quote for word in gained):
        draft.source = sorted(own | gained)
        draft.content = [word for word in draft.content if word not in gained]


def keep_pronoun(doc: Doc, draft: Draft) -> None:
    """Of a source that runs on into a relative clause leave the pronoun ("…, who") told him."""
    last = draft.source[-1] if draft.source else 0
    if len(draft.source) > 1 and doc[last].tag_ in ("WP", "WDT") and last + 1 in draft.cue:
        draft.source = [last]
    elif doc[last].dep_ in ("aux", "cc", "mark") and doc[last].head.i in draft.cue:
        pronouns = [word for word in draft.source if doc[word].tag_ in ("WP", "WDT") and doc[word].dep_ == "nsubj"]
        draft.source = pronouns[-1:] or draft.source


def drop_hearer(doc: Doc, draft: Draft) -> None:
    """ "People were urged to leave": the subject of a passive is no source, unless it is quoted."""
    head = draft.head(doc)
    if head is None or head.lemma_ in QUOTED or not draft.source:
        return
    passive = next((child for child in head.children if child.dep_ == "nsubj:pass"), None)
    if passive is not None and head.lemma_ in FELT:  # "the council is alarmed by the delay": the council feels so
        reason = next((child for child in head.children if child.dep_ in ("obl:agent", "obl", "ccomp")), None)
        draft.source = span_words(passive, set(draft.cue))
        if reason is not None and reason.i > head.i:
            draft.content = [w for w in range(reason.left_edge.i, reason.right_edge.i + 1) if w not in draft.cue]
        return
    bare = head.tag_ == "VBN" and not any(child.dep_.startswith("aux") for child in head.children)
    if bare and (head.dep_ == "acl" or head.lemma_ in THOUGHT) and draft.source[0] < head.i:
        passive = doc[draft.source[0]]  # "laws expected next month"
    if passive is None and head.lemma_ in THOUGHT and any(child.dep_ == "aux:pass" for child in head.children):
        passive = doc[draft.source[0]]  # "… and is said to plan": the subject stands further off
        draft.content = sorted({*draft.source, *draft.content})
    if passive is not None and passive.i in draft.source:
        agent = next((child for child in head.children if child.dep_ == "obl:agent"), None)
        draft.source = span_words(agent, {*draft.cue, *draft.content}) if agent is not None else []


def drop_bystander(doc: Doc, draft: Draft) -> bool:
    """Leave no source whose shares fell "amid worries": nobody is named who worries."""
    head = draft.head(doc)
    if head is None or head.pos_ != "NOUN" or not any(child.lower_ in AMID for child in head.lefts):
        return False
    subject = find_subject(head.head)
    if subject is None or subject.i not in draft.source:
        return False
    draft.source = []
    return True


def take_own_clause(doc: Doc, draft: Draft) -> None:
    """Give a source its own relative clause ("the daily, which broke the news,"), where the content took it."""
    if not draft.source:
        return
    names = [doc[word] for word in draft.source if doc[word].head.i not in draft.source]
    clause = next((c for name in names for c in name.rights if c.dep_ == "acl:relcl" and c.i not in draft.cue), None)
    if (
        clause is None
        or clause.left_edge.i > draft.source[-1] + 2
        or {*draft.cue} & {*range(clause.left_edge.i, clause.right_edge.i + 1)}
    ):
        return
    own = [w for w in range(draft.source[0], clause.right_edge.i + 1)]
    if {*own} & {*draft.content} and not any(doc[word].is_quote for word in own):
        draft.source = own
        draft.content = [word for word in draft.content if word not in own]


def widen_source(doc: Doc, draft: Draft) -> None:
    """Take a source that is a piece of a noun phrase ("the", "of the panel") to all of it, also from the content."""
    words = [doc[word] for word in draft.source]
    if not words or (words[0].pos_ != "ADP" and any(word.tag_ in NAMING for word in words)):
        return
    top = words[0]
    for _ in range(FARTHEST):
        if top.head.i in draft.cue or top.head.pos_ not in ("NOUN", "PROPN") or top.dep_ not in PIECES:
            break
        top = top.head
    whole = span_words(top, set(draft.cue))
    if top.i in whole and set(draft.source) < set(whole):
        draft.source = whole
        draft.content = [word for word in draft.content if word not in whole]
        draft.why.append("whole noun phrase")


def take_description(doc: Doc, draft: Draft) -> None:
    """Give the source what hangs on it before the cue, and the content took: "a study documenting X" has found Y."""
    subject = find_subject(draft.head(doc))
    if subject is None or subject.i not in draft.source or subject.i > draft.cue[0]:
        return
    moved = [w for w in draft.content if subject.i < w < draft.cue[0] and subject.is_ancestor(doc[w])]
    if moved and not any(doc[word].is_quote for word in moved):
        draft.source = sorted({*draft.source, *moved})
        draft.content = [word for word in draft.content if word not in moved]


def extend_source(doc: Doc, draft: Draft, taken: set[int]) -> None:
    """Take in what hangs on the name between it and the cue (", the mayor of Holm,"), and behind it a few words."""
    if not draft.source or not draft.cue:
        return
    inside = set(draft.source)
    head = next((doc[word] for word in draft.source if doc[word].head.i not in inside), doc[draft.source[0]])
    gap = range(head.left_edge.i, draft.source[0])
    while gap and (
        doc[gap[0]].dep_ in ("case", "cc", "mark", "advmod") or doc[gap[0]].is_punct or doc[gap[0]].is_space
    ):
        gap = gap[1:]
    loose = len(gap) == 1 and doc[gap[0]].dep_ == "det"  # "The" of "The president", which the content took
    marks = sum(doc[word].text in MARKS for word in gap)
    whole = marks == 2 and all(doc[word].is_quote for word in gap if doc[word].text in MARKS)  # The "News" section
    if 0 < len(gap) <= BEFORE and (loose or (not any(word in taken for word in gap) and (whole or not marks))):
        draft.source = [*gap, *draft.source]
        draft.content = [word for word in draft.content if word not in gap]
    end = draft.source[-1] + 1
    limit = draft.cue[0] if draft.cue[0] >= end else min(head.right_edge.i + 1, end + BEHIND)
    gap = range(end, limit)
    while gap and (doc[gap[-1]].head.i in draft.cue or not head.is_ancestor(doc[gap[-1]])) and doc[gap[-1]].text != ",":
        gap = gap[:-1]
    if 0 < len(gap) <= BETWEEN and all(head.is_ancestor(doc[word]) and word not in taken for word in gap):
        draft.source = [*draft.source, *gap]


def find_behind(doc: Doc, draft: Draft) -> list[int]:
    """The noun phrase right behind a cue that follows what was said: "… ," shouted a nurse."""
    start = draft.cue[-1] + 1
    if start >= len(doc) or doc[start].is_sent_start or doc[start].pos_ not in NOMINAL:
        return []
    before = doc[draft.cue[0] - 1]
    if not (before.is_punct or before.is_quote):
        return []
    head = doc[start]
    for _ in range(FARTHEST):
        if head.pos_ in ("NOUN", "PROPN", "PRON") and head.head.i < start:
            break
        head = head.head
    if head.i < start or head.pos_ not in ("NOUN", "PROPN", "PRON"):
        return []
    draft.why.append("noun phrase behind the cue")
    return [word for word in span_words(head, set()) if word >= start]


def _owner(head: Token | None) -> Token | None:
    """Whose claim it is: "the mayor's claim that ...", "their warning"."""
    if head is None or head.pos_ != "NOUN":
        return None
    return next((child for child in head.lefts if child.dep_ == "nmod:poss"), None)


def _is_list(doc: Doc, draft: Draft, subject: Token) -> bool:
    """Whether a source is pieces of a list that the cue has as its subject."""
    tops = [doc[word] for word in draft.source if doc[word].head.i not in draft.source]
    listed = [top for top in tops if top.dep_ in ("conj", "appos") and top.head.i not in draft.source]
    return bool(listed) and all(subject.is_ancestor(top) or top.i == subject.i for top in tops if not top.is_punct)


def _is_expletive(word: Token) -> bool:
    return word.dep_ == "expl" or (word.lower_ == "it" and word.dep_ == "nsubj:pass")
