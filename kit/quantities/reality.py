"""Whether a figure is said to be so: "denied", "hypothetical", or neither.

In: a parse, a figure, its fate. Out: the mark. Read on the way from the word that tells of the figure up to the main
verb: "did not lose 16 tanks", "denied losing", "no truth in reports that" deny; "could", "threatened to", "risk of",
"if" leave it open. Neither is ever a loss.
"""

from __future__ import annotations

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.outcomes import keys_of
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_CLAUSES = frozenset(
    "ccomp xcomp advcl acl acl:relcl conj obj nmod nsubj nsubj:pass csubj csubj:pass obl dislocated advmod".split()
)
_INSIDE = frozenset({"xcomp", "ccomp", "acl", "csubj", "csubj:pass"})
_SCOPE = frozenset({"advmod", "aux", "aux:pass", "mark", "det", "case"})
_REPORTED = frozenset({"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "obj", "nmod", "obl"})
_MOST_STEPS = 8


def reality_of(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> str | None:
    """ "denied" or "hypothetical" where the sentence does not say that it is so, else ``None``."""
    events, said = words.lists["events"], None
    denial, open_ = events["denial"], events["hypothetical"]
    word = fate.predicate if parse.child(figure.anchor, "cop") is None else figure.anchor
    if word is None:
        return None
    before, in_scope = figure.anchor, True  # whether a modal above still governs what is told of the figure
    for step in range(_MOST_STEPS):
        link = parse.dep[before] if step else ""
        lowers = {parse.lower[c] for c in parse.children[word] if parse.dep[c] in _SCOPE and c < word}
        if fate.role == "unseen" and step == 0:
            lowers -= {*denial["negations"]}
        elif _is_negated(parse, figure, fate, word, link, lowers, denial):
            return "denied"
        if (step or fate.named) and _denies(parse, word, link or "obj", denial):
            return "denied"
        if step == 0 and fate.role == "is" and parse.dep[word] in ("amod", "acl"):
            return said
        in_scope = in_scope and (step == 0 or _carries(parse, before, link))
        modals = _modals(figure, fate, open_["modals"], first=step == 0)
        if in_scope and lowers & modals:
            said = "hypothetical"
        if fate.status and _is_open(parse, fate, word, link, lowers, in_scope, open_):
            said = "hypothetical"
        if parse.head[word] == word or parse.dep[word] not in _CLAUSES:
            break
        before, word = word, parse.head[word]
    return said


def _modals(figure: Figure, fate: Fate, modals: list[str], *, first: bool) -> set[str]:
    """The modals that leave a figure open; the future does so of what befalls it, not of what it measures."""
    if fate.status is not None:
        return {*modals}
    if not first or (fate.role == "subject" and figure.kind != "count"):
        return set()
    return {*modals} - _FUTURE if fate.role != "subject" or figure.kind == "count" else set()


def _carries(parse: Parse, before: int, link: str) -> bool:
    """Whether a modal of the verb above holds here too: "could fall, killing 40", "could lead to a loss of 30 jobs"."""
    if link in ("xcomp", "obj", "nmod", "obl"):
        return True
    alone = not any(parse.dep[c] in ("aux", "nsubj", "nsubj:pass", "mark") for c in parse.children[before])
    if link == "conj":  # "could hit a school and kill 200"
        return alone
    return link == "advcl" and alone and parse.lower[before].endswith("ing") and parse.case(before) == ""


def _is_negated(
    parse: Parse, figure: Figure, fate: Fate, word: int, link: str, lowers: set[str], denial: dict[str, list[str]]
) -> bool:
    negations, first = {*denial["negations"]}, not link
    if first and fate.status is None and fate.role != "object":
        return False
    subject = parse.child(word, "nsubj", "nsubj:pass") if first else None
    if subject is not None and fate.status is not None:
        named = {parse.lower[c] for c in (subject, *parse.all(subject, "det"))}
        if named & negations:
            return True
    if not lowers & negations:
        return False
    if first or link in _INSIDE:
        return fate.status is not None or first or link in ("xcomp", "ccomp", "acl", "csubj")
    return parse.lemma[word] in denial["proof"] and link in ("nmod", "acl:relcl", "obl")


def _denies(parse: Parse, word: int, link: str, denial: dict[str, list[str]]) -> bool:
    lemma, keys = parse.lemma[word], {*keys_of(parse, word)}
    if lemma in denial["false"] or parse.lower[word] in denial["false"] or parse.lower[word] == "contrary":
        return True
    if link in _REPORTED and not keys.isdisjoint(denial["verbs"]):
        return True
    if link in ("xcomp", "advcl", "obl", "nmod") and lemma in denial["failed"]:
        return True
    called = [c for c in parse.all(word, "xcomp", "obl", "advmod") if link in ("obj", "nsubj", "nsubj:pass", "obl")]
    forms = {form for c in called for form in (parse.lemma[c], parse.lower[c])}
    forms |= {parse.lower[g] for c in called for g in parse.children[c] if parse.dep[g] in ("amod", "case")} - {"as"}
    return not forms.isdisjoint(denial["false"])  # "called the reports nonsense", "dismissed as false"


def _is_open(
    parse: Parse, fate: Fate, word: int, link: str, lowers: set[str], in_scope: bool, open_: dict[str, list[str]]
) -> bool:
    """A condition ("if", "unless"), or a verb or noun of what is only feared, planned or possible."""
    lemma = parse.lemma[word]
    if lowers & {*open_["marks"]}:
        return True
    marks = {parse.lower[m] for c in parse.all(word, "advcl") for m in parse.all(c, "mark")}
    if in_scope and marks & {*open_["marks"]}:
        return fate.named or link in ("obl", "obj", "nmod")
    if parse.pos[word] == "NOUN":
        return link in ("xcomp", "ccomp", "acl", "nmod", "acl:relcl", "obl") and lemma in open_["nouns"]
    return link in ("xcomp", "ccomp", "obj") and lemma in open_["verbs"]
