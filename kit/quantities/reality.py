"""Whether a figure is said to be so: "denied", "hypothetical", or neither.

In: a parse, a figure, its fate. Out: the mark. "did not lose 16 tanks", "denied losing", "rejected reports that" deny;
"could", "threatened to", "if" leave it open. Neither is ever a loss.
"""

from __future__ import annotations

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_CLAUSES = frozenset(
    "ccomp xcomp advcl acl acl:relcl conj obj nmod nsubj nsubj:pass csubj csubj:pass obl dislocated".split()
)


def reality_of(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> str | None:
    """ "denied" or "hypothetical" where the sentence does not say that it is so, else ``None``."""
    events, said = words.lists["events"], None
    word = fate.predicate if parse.child(figure.anchor, "cop") is None else figure.anchor
    if word is None:
        return None
    negations, modals = set(events["denial"]["negations"]), set(events["hypothetical"]["modals"])
    if fate.status is None:
        modals = modals - _FUTURE if fate.role != "subject" or figure.kind == "count" else set()
    before = word
    for step in range(6):
        lowers = {
            parse.lower[c]
            for c in parse.children[word]
            if parse.dep[c] in ("advmod", "aux", "aux:pass", "mark", "det", "case") and c < word
        }
        subject = parse.child(word, "nsubj", "nsubj:pass") if step == 0 else None
        if (
            subject is not None
            and fate.status is not None
            and (
                parse.lower[subject] in negations
                or any(parse.lower[c] in ("no", "neither") for c in parse.all(subject, "det"))
            )
        ):
            lowers.add("no")
        if step == 0 and fate.status is None and fate.role != "object":
            lowers -= negations
        told = step == 0 or (fate.status is not None and parse.dep[before] != "conj")
        if lowers & negations and told and (step == 0 or parse.dep[before] in ("xcomp", "ccomp", "acl")):
            return "denied"
        lemma = parse.lemma[word]
        if (
            step
            and parse.dep[before] in ("xcomp", "ccomp", "advcl", "acl", "obj", "nmod", "obl")
            and lemma in events["denial"]["verbs"]
        ):
            return "denied"
        if step and (lemma in events["denial"]["false"] or parse.lower[word] in events["denial"]["false"]):
            return "denied"
        if step and parse.dep[before] in ("xcomp", "advcl", "obl", "nmod") and lemma in events["denial"]["failed"]:
            return "denied"
        if step == 0 and fate.role == "is" and parse.dep[word] in ("amod", "acl"):
            return said
        if (lowers & modals and step == 0) or (fate.status and lowers & set(events["hypothetical"]["marks"])):
            said = "hypothetical"
        if (
            step
            and fate.status
            and parse.dep[before] in ("xcomp", "ccomp")
            and lemma in events["hypothetical"]["verbs"]
        ):
            said = "hypothetical"
        if parse.head[word] == word or parse.dep[word] not in _CLAUSES:
            break
        before, word = word, parse.head[word]
    return said
