"""One claim as a sentence: who says what, in the article's words, never more than it says.

"Says" stands for every word of speaking that the article chose, neutral, endorsing or distancing, so that our sentence
takes no side. Another word, or one that would not fit ("defended", "did not say"), stands as the article has it, set as
the article's. What follows is the article's wording too: quotation marks in it are its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kit.decisions import Effective
from kit.lexicon import load_lexicon
from kit.records import Claim, Source
from kit.summary.names import SOMEBODY, is_plural, name_of, subject, verb
from kit.summary.sentences import Part, Sentence, cut, listed, quoted, sentence

MOST_WORDS = 40
_TRAILING = re.compile(r"[,;](?=[\"”’]?$)")  # "We were told nothing," said …
_NEGATED = ("not ", "never ", "no ", "without ")
_NO_CLAUSE = ("to ", "of ", "as a ", "as an ", "him ", "them ")
_NO_VERB = {":", "according to", "as per", "per", "in the words of", "reportedly", "allegedly"}
_SAYING = {"reveal", "quote", "recall", "observe", "estimate"}  # beside the lexicon's verbs of speaking


def claim_sentence(view: Effective, claim: Claim, labels: Mapping[str, str]) -> Sentence:
    """The sentence of an attributed claim; its words lead to their mark in the article.

    Args:
        view: the records as decided.
        claim: one of them.
        labels: what each claim is called (:func:`kit.markup.claim_labels`), made once for all sentences.
    """
    source = source_of(view, claim)
    content, that = _content(view, claim)
    base = verb_of(claim)
    if base is not None:
        said = [Part(f" {verb(base, plural=bool(source and is_plural(source)))}")]
    elif source is None or _is_noun(claim):
        said = [Part(", in the article’s words "), quoted(claim.cue.text, claim.id)]  # type: ignore[union-attr]
    else:
        said = [Part(" "), quoted(claim.cue.text, claim.id)]  # type: ignore[union-attr]
    told = _told_by(view, claim, labels)
    joint = (", that " if told else " that ") if that and base else ": "
    who = [*subject(source, claim.id), *said, *told, Part(joint)]
    return sentence(who, content, " (", cited(labels, [claim.id]), ")", undecided=is_open(view, claim.id))


def source_of(view: Effective, claim: Claim) -> Source | None:
    """The source of a claim as decided, or ``None`` where the article names nobody."""
    return view.record(claim.source.source_id or "") if claim.source else None


def is_open(view: Effective, record_id: str) -> bool:
    """Whether nobody has accepted or rejected a record."""
    return view.answer(record_id) in (None, "ignore")


def cited(labels: Mapping[str, str], claim_ids: list[str]) -> list[Part]:
    """The numbers of claims, each leading to its mark: "claims 5 and 6"; the first stays with its noun."""
    ids = [one for one in dict.fromkeys(claim_ids) if one in labels]
    if not ids:
        return []
    return [Part("claims\u00a0" if len(ids) > 1 else "claim\u00a0"), *listed([Part(labels[one], one) for one in ids])]


def verb_of(claim: Claim) -> str | None:
    """ "say" or "deny" where that is what the article's word comes to; ``None`` where its own word has to stand."""
    if claim.cue is None:
        return "say"
    written, lemma = f" {claim.cue.text.lower()} ", claim.cue.lemma.lower()
    content = min(claim.content, key=lambda one: one.start_char).text.lower()
    if any(f" {one}" in written for one in _NEGATED) or "n't " in written or "n’t " in written:
        return None
    if lemma in _NO_VERB or written.strip() in _NO_VERB:
        return "say"
    if content.startswith(_NO_CLAUSE):
        return None
    cues = load_lexicon("cues")
    if lemma in cues["denying"]:
        return "deny" if content.startswith("that ") else None
    speaks = lemma in cues["speaking"] or lemma in _SAYING
    return "say" if (speaks or claim.form == "direct") and not _is_noun(claim) else None


def _is_noun(claim: Claim) -> bool:
    """Whether the cue is a noun: "the claim that", "its assessment"."""
    if claim.cue is None:
        return False
    words, lemma = claim.cue.text.lower().split(), claim.cue.lemma.lower()
    verbs = load_lexicon("cues")["speaking"]
    return bool(words) and words[-1] in (lemma, f"{lemma}s") and lemma in _nouns() and lemma not in verbs


def _nouns() -> set[str]:
    """Nouns that report, but for those that are verbs of the same form."""
    cues = load_lexicon("cues")
    return set(cues["nouns"]) - set(cues["thinking"]) - set(cues["asking"])


def _content(view: Effective, claim: Claim) -> tuple[Part, bool]:
    """What is said, and whether "that" may stand before it. A long claim is cut, no figure in it ever."""
    text = " … ".join(" ".join(span.text.split()) for span in sorted(claim.content, key=lambda one: one.start_char))
    head, _, rest = text.partition(" ")
    that = head.lower() == "that" and bool(rest.strip())
    figures = [one.text for one in view.analysis.quantities if one.claim_id == claim.id]
    shown = cut(rest if that else text, MOST_WORDS, keep=figures)
    return quoted(_TRAILING.sub("", shown), claim.id), that


def _told_by(view: Effective, claim: Claim, labels: Mapping[str, str]) -> list[Part]:
    """Through whom a claim inside another claim came."""
    outer = view.record(claim.parent or "")
    if not isinstance(outer, Claim) or view.answer(outer.id) == "reject" or outer.id not in labels:
        return []
    source = source_of(view, outer)
    who = quoted(name_of(source)) if source else Part(SOMEBODY)
    return [Part(", as told by "), who, Part(" ("), *cited(labels, [outer.id]), Part(")")]
