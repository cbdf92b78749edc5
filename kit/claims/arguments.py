"""What the verb of a cue takes with it and the network left out: whom somebody asks, of whom something is said."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kit.claims.completing import HOLE, STEPS, is_edge
from kit.claims.drafts import Draft, find_runs
from kit.claims.strangers import TOLD
from kit.english.index import has_quote
from kit.english.subjects import QUOTED, find_tops, span_words

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ORDERS = frozenset({"call", "appeal", "ask", "urge", "order", "tell", "press", "direct", "instruct", "plead"})
AWAITED = frozenset({"expect", "estimate", "value", "schedule", "forecast", "predict", "believe", "think"})


def complete_orders(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in whom somebody asks to do something ("asked the council to wait"): without it the doer is lost.

    So is a judgement: "consider it odd that …".
    """
    head = draft.head(doc)
    gap = range(draft.cue[-1] + 1, draft.content[0]) if head is not None and draft.content else range(0)
    asked = head is not None and head.lemma_ in ORDERS and any(doc[word].lower_ == "to" for word in gap)
    judged = any(doc[word].dep_ == "xcomp" and doc[word].head.i == head.i and doc[word].pos_ == "ADJ" for word in gap)
    clear = barred.isdisjoint(gap) and not any(doc[word].is_punct or doc[word].is_space for word in gap)
    if 0 < len(gap) <= HOLE and (asked or judged) and clear:
        draft.content = [*gap, *draft.content]
    verb = next((c for c in head.rights if c.dep_ == "xcomp"), None) if head is not None and draft.content else None
    if verb is not None and verb.i not in draft.content:
        gap = range(draft.content[-1] + 1, verb.right_edge.i + 1)
        told = any(doc[word].dep_ in ("obj", "iobj") and doc[word].head.i == head.i for word in draft.content)
        if not told or any(word in barred or doc[word].is_quote or doc[word].is_space for word in gap):
            return
        draft.content = [*draft.content, *gap]
    people = [c for c in head.rights if c.dep_ in ("obj", "iobj") and c.i < verb.i] if verb is not None else []
    if not people or people[-1].pos_ == "PRON" or has_quote(doc, draft.content):
        return
    gap = range(people[0].left_edge.i, draft.content[0])
    if gap and people[-1].right_edge.i + 1 >= draft.content[0] and not any(word in barred for word in gap):
        draft.content = [*gap, *draft.content]


def complete_fronted(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in what stands before "…, she said, …" for the clause behind: "Without rain", she said, it fails."""
    if not draft.source or not draft.content or draft.content[0] < draft.cue[-1] or draft.source[-1] > draft.cue[0]:
        return
    start, opens = draft.source[0], doc[draft.cue[0]].sent.start
    before, behind = doc[start - 1] if start else None, doc[draft.content[0] - 1]
    if before is None or before.text != "," or behind.text != "," or not opens < before.i:
        return
    if has_quote(doc, draft.content):
        return
    words = [word for word in range(opens, before.i) if not is_edge(doc[word])]
    top = next((doc[word] for word in words if doc[word].head.i not in words), None)
    loose = (
        top is None
        or top.dep_ not in ("obl", "nmod", "advcl")
        or top.tag_ in ("VBG", "VBN")
        or top.ent_type_ == "PERSON"
    )
    if loose or any(word in barred or doc[word].is_quote for word in words) or words != [*range(words[0], before.i)]:
        return
    if any(child.dep_ == "case" and child.lower_ in ("according", "per") for child in top.lefts):
        return
    draft.content = [*words, *draft.content]


def complete_raised(doc: Doc, draft: Draft) -> None:
    """Take in of whom something is said: "the dam" in "the dam was expected to hold"."""
    head = draft.head(doc)
    if head is None or head.tag_ != "VBN" or not draft.content or draft.content[0] < head.i:
        return
    if head.lemma_ in QUOTED:
        return
    told = head.lemma_ in TOLD and any(child.dep_ == "ccomp" for child in head.rights)
    if told or not any(child.dep_ == "aux:pass" for child in head.lefts):
        return  # "the firm was told that": of it nothing is said
    verbs = (head, head.head) if head.dep_ == "conj" else (head,)  # "it was lent and is said to be lost"
    subject = next((c for verb in verbs for c in verb.lefts if c.dep_ in ("nsubj:pass", "nsubj")), None)
    words = span_words(subject, {*draft.cue}) if subject is not None else []
    if words and words[-1] < draft.cue[0] and not {*words} & {*draft.source, *draft.content}:
        draft.content = [*words, *draft.content]


def complete_time(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in when and where what is expected is to be: "a vote is not expected" before autumn."""
    head = draft.head(doc)
    if head is None or head.tag_ != "VBN" or head.lemma_ not in AWAITED or not draft.content:
        return
    told = any(doc[word].pos_ in ("NOUN", "PROPN") for word in draft.content)
    if not told or draft.content[-1] > draft.cue[0] or draft.cue[-1] != head.i or head.i + 1 == len(doc):
        return
    phrases = [child for child in head.rights if child.dep_ in ("obl", "obl:unmarked", "advmod")]
    if not phrases or phrases[0].left_edge.i != head.i + 1:
        return
    words = range(head.i + 1, phrases[0].right_edge.i + 1)
    if not any(word in barred or doc[word].is_quote for word in words):
        draft.content = [*draft.content, *words]


def complete_subject(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in the subject before source and cue: "This, he explained, could fail", "a raid that, she says, failed"."""
    if not draft.content or not draft.source or draft.content[0] < draft.cue[0]:
        return
    verbs = (top for top in find_tops(doc, draft.content) if top.pos_ in ("VERB", "AUX", "ADJ", "NOUN"))
    subject = next((c for verb in verbs for c in verb.lefts if c.dep_.startswith("nsubj") and c.i < draft.cue[0]), None)
    before = doc[draft.source[0] - 1]
    if subject is None or (before.text != "," and before.i != subject.i) or has_quote(doc, draft.content):
        return
    own = {*draft.source, *draft.cue}
    words = [word for word in span_words(subject, own) if word not in own]
    noun = subject.head.head
    if subject.tag_ == "WDT" and subject.head.dep_ in ("acl", "acl:relcl") and subject.i - noun.left_edge.i <= HOLE:
        words = [word for word in range(noun.left_edge.i, subject.i + 1) if not doc[word].is_space]
    if words and words[-1] < draft.source[0] and not barred & {*words} - own:
        draft.content = [*words, *draft.content]


def complete_argument(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in the noun or verb that a content hangs on, where that is what the cue reports.

    "noted [the continued role that] the council plays", "said the number of boats [now totals 62]".
    """
    head = draft.head(doc)
    if head is None or not draft.content or has_quote(doc, draft.content):
        return
    inside = {*draft.content}
    tops = [top for top in find_tops(doc, draft.content) if top.head.i != top.i and not top.is_punct]
    top = tops[0].head if tops else head
    for _ in range(STEPS):
        if top.head.i == head.i or top.head.i == top.i:
            break
        top = top.head
    hearers = ("obl",) if tops and tops[0].dep_ == "acl:relcl" else ()
    if len(tops) != 1 or top.i == head.i or top.head.i != head.i or top.dep_ not in ("obj", "ccomp", *hearers):
        return
    start, end = min(top.left_edge.i, draft.content[0]), max(top.right_edge.i, draft.content[-1]) + 1
    gained = [word for word in range(start, end) if word not in inside]
    if start > draft.cue[-1] and len(gained) <= HOLE and not any(w in barred or doc[w].is_space for w in gained):
        draft.content = list(range(start, end))


def complete_pairs(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in the first of two clauses where the network saw only the second ("that A fell and that B rose")."""
    head = draft.head(doc)
    if head is None or not draft.content:
        return
    clauses = [c for c in head.rights if c.dep_ == "ccomp"]
    clauses += [c for clause in clauses for c in clause.rights if c.dep_ == "conj"]
    first = next((c for c in clauses if c.i not in draft.content), None)
    if first is None or not any(c.i in draft.content for c in clauses) or first.left_edge.i > draft.content[0]:
        return
    gap = range(first.left_edge.i, draft.content[0])
    if gap and gap[0] > head.i and not any(word in barred or doc[word].is_quote for word in gap):
        draft.content = [*gap, *draft.content]


def complete_antecedent(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in what a lone "which" means ("fees which they say rose"), or none ("an offer she called late")."""
    first, head = draft.content[0] if draft.content else -1, draft.head(doc)
    noun: Token | None = None
    relative = head is not None and head.dep_ == "acl:relcl"
    finite = first > 0 and doc[first].tag_ in FINITE and first == draft.cue[-1] + 1
    if relative and finite and draft.source and doc[draft.source[0] - 1].tag_ == "WDT":
        noun = head.head if head.head.i < first else None  # "a move that analysts said opened the door"
    elif first > 0 and doc[first].lower_ == "as" and relative:
        bare = not any(child.dep_ in ("obj", "ccomp") or child.tag_ in ("WDT", "WP") for child in head.children)
        noun = head.head if bare and head.head.i < head.i else None
    elif first > 0 and (pronoun := _relative(doc, first)) and pronoun + 1 not in draft.content:
        verbs = (word for word in (doc[first], *doc[first].ancestors) if word.dep_ == "acl:relcl")
        noun = next((verb.head for verb in verbs if verb.head.i < first), None)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return
    words = [word for word in span_words(noun, {noun.i + 1, first}) if word < first]
    if 0 < len(words) <= HOLE and not any(word in barred or doc[word].is_quote for word in words):
        draft.content = [*words, *draft.content]


def _relative(doc: Doc, first: int) -> int | None:
    """Where "which" stands that a content begins with, also behind "to" or "of"."""
    word = doc[first].head if doc[first].dep_ == "case" and doc[first].head.i == first + 1 else doc[first]
    return word.i if word.tag_ == "WDT" or word.lower_ == "who" else None


def complete_relatives(doc: Doc, draft: Draft) -> None:
    """Extend a content over the rest of a relative clause at its end, also where another claim stands in it."""
    content, own = set(draft.content), {*draft.source, *draft.cue}
    for _, end in list(find_runs(draft.content)):
        last = doc[end - 1]
        nouns = [last, *(word for word in last.ancestors if word.i in content)]
        clauses = [child for noun in nouns for child in noun.rights if child.dep_ == "acl:relcl"]
        for clause in clauses:
            rest = range(end, clause.right_edge.i + 1)
            if clause.left_edge.i <= end + 1 and rest and not own.intersection(rest):
                content.update(word for word in rest if not doc[word].is_space)
    draft.content = sorted(content)
