"""What a claim's words convey: stance of the cue, hedges, coloured words, and how certain source and outlet are.

Everything is looked up in ``lexicon/cues.toml`` and ``lexicon/attitudes.toml``. Certainty is in FactBank's values:
``CT+`` certain, ``PR+`` probable, ``PS+`` possible, with ``-`` for their opposites, ``Uu`` where nothing is asserted.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from kit.claims.drafts import PAPERS, find_runs
from kit.english.index import index_of
from kit.lexicon import load_lexicon, load_sets
from kit.records import ClaimKind, Factuality, Form, Hedge, Stance
from kit.segments import text_of

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
GIVEN = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your"})
STRENGTH = {"improbable": "PR-", "possible": "PS+", "probable": "PR+"}  # the strongest first
TABLES = ("hedges", "loaded")
WORD = re.compile(r"\w+|[^\w\s]")
SCARE = 3  # words of a quotation in the outlet's own voice that is no quotation of anybody


def find_lemma(head: Token | None) -> str:
    """The lemma of a cue, with its particle ("point out"); a mark stands for itself."""
    if head is None:
        return ""
    if head.lower_ == "according":
        return "according to"
    if head.is_punct:
        return head.text
    if head.lemma_ == "call" and head.i + 1 < len(head.doc) and head.nbor().lower_ in ("on", "for"):
        return f"call {head.nbor().lower_}"
    particle = next((child.lower_ for child in head.children if child.dep_ == "compound:prt"), None)
    return f"{head.lemma_} {particle}" if particle else head.lemma_


def find_stance(lemma: str) -> Stance:
    """neutral, endorsing or distancing; a word in no list is neutral."""
    cues = load_sets("cues")
    return next((stance for stance in ("endorsing", "distancing") if lemma in cues[stance]), "neutral")


def find_kind(
    doc: Doc, head: Token | None, words: Sequence[int], lemma: str, form: Form, source: Sequence[int] = ()
) -> ClaimKind:
    """Whether a claim states, asks, intends, feels, does or refuses something, by its cue and by what it reports."""
    cues = load_sets("cues")
    if head is not None and form == "indirect" and _refuses(head, lemma, cues["kinds"]["telling"]):
        return "refusal"
    bound = {child.dep_ for child in head.rights} if head is not None else set()
    hearers = bound | {child.dep_ for child in (head.lefts if head is not None else ())}
    told = not hearers.isdisjoint(("obj", "iobj", "nsubj:pass", "aux:pass"))
    if lemma in ("tell", "warn") and told and "xcomp" in bound and "ccomp" not in bound and form == "indirect":
        return "request"  # "were told to leave"
    if lemma in ("decide", "decision") and "ccomp" in bound and "xcomp" not in bound:
        return "statement"  # a court decides that it is so
    written = any(doc[word].lemma_.lower() in PAPERS for word in source)
    if lemma in ("find", "show", "identify", "indicate", "reveal", "estimate") and (written or _names(head)):
        return "statement"  # "a survey finds", "the media identified the dealer as"
    if form == "indirect" and lemma in cues["kinds"]["acts"] and bound.isdisjoint(("ccomp",)):
        return "action"
    if lemma == "agree" and "xcomp" not in bound:
        return "attitude"
    judged = "xcomp" in bound or any(child.dep_ == "aux:pass" for child in (head.lefts if head is not None else ()))
    if lemma == "consider" and judged:
        return "attitude"  # "she was considered a favourite", "they consider it odd"
    called = (
        lemma == "call"
        and "xcomp" not in bound
        and not {doc[word].lemma_ for word in words}.isdisjoint(cues["kinds"]["events"])
    )
    if form == "indirect" and (called or (lemma in cues["doing"] and bound.isdisjoint(("ccomp", "xcomp")))):
        return "action"
    listed = next((kind for kind in ("request", "intention", "attitude") if lemma in cues["kinds"][kind]), None)
    if listed is not None:
        return listed
    if form != "indirect" or any(lemma in cues[stance] for stance in ("neutral", "endorsing", "distancing")):
        return "statement"
    if "xcomp" in bound and head is not None and any(child.dep_ == "aux:pass" for child in head.lefts):
        return "statement"  # "it is known to contain", "is projected to rise"
    clause = any(child.dep_.startswith(("nsubj", "expl")) for word in words for child in doc[word].children)
    return "statement" if clause else "action"


def _names(head: Token | None) -> bool:
    """Whether a cue says what something is: "identified the man as a dealer"."""
    phrases = (child for child in head.rights if child.dep_ in ("obl", "xcomp")) if head is not None else ()
    return any(word.lower_ == "as" for phrase in phrases for word in phrase.lefts)


def _refuses(head: Token, lemma: str, telling: Sequence[str]) -> bool:
    """Whether somebody will not say: "did not respond", "declined to comment", "neither confirmed nor denied"."""
    if lemma in telling and is_negated(head):
        return True
    after = [child for child in head.children if child.dep_ in ("xcomp", "obj", "obl")]
    return lemma in ("decline", "refuse", "fail") and any(child.lemma_ in telling for child in after)


def find_hedges(doc: Doc, words: Sequence[int]) -> tuple[Hedge, ...]:
    """Hedges and estimative words; ``kind`` is their list."""
    return tuple(_match(doc, words, "hedges"))


def find_flags(doc: Doc, words: Sequence[int], *, quoted: set[int], own: bool) -> tuple[Hedge, ...]:
    """Loaded words, what is taken for granted, and, in the outlet's ``own`` voice, scare quotes."""
    found = [*_match(doc, words, "loaded"), *_presuppositions(doc, words)]
    found += _scare_quotes(doc, words, quoted) if own and not quoted.isdisjoint(words) else []
    return tuple(sorted(set(found), key=lambda flag: (flag.start_char, flag.end_char)))


def judge(head: Token | None, lemma: str, stance: Stance, hedges: Sequence[Hedge]) -> Factuality:
    """How certain a source puts a claim, and how certain the outlet is of it in passing it on."""
    cues = load_sets("cues")
    kinds = {hedge.kind for hedge in hedges}
    source = next((value for kind, value in STRENGTH.items() if kind in kinds), "CT+")
    if source == "CT+" and lemma in cues["thinking"]:
        source = "PR+"
    if lemma in cues["denying"]:
        source = "CT-"
    if lemma in cues["asking"] or (head is not None and is_negated(head)):
        source = "Uu"
    return Factuality(source, source if stance == "endorsing" else "Uu")


def judge_outlet(hedges: Sequence[Hedge]) -> Factuality:
    """How certain the outlet is of what it says in its own voice."""
    kinds = {hedge.kind for hedge in hedges}
    return Factuality(None, next((value for kind, value in STRENGTH.items() if kind in kinds), "CT+"))


def is_negated(verb: Token) -> bool:
    """Whether nobody reports: "did not say", "no minister has confirmed"."""
    for child in verb.children:
        if child.lower_ in NEGATIONS:
            return True
        if child.dep_.startswith("nsubj") and (child.lower_ in NOBODY or any(c.lower_ in NOBODY for c in child.lefts)):
            return True
    return False


def _match(doc: Doc, words: Sequence[int], name: str) -> Iterator[Hedge]:
    """The words and phrases of a table that lie in ``words``, the longest where two begin together."""
    pattern, kinds, starts = _look_up(doc)[name]
    for start, end in find_runs(words):
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        at = first
        for begin in starts[bisect_left(starts, first) : bisect_left(starts, last)]:
            match = pattern.match(text_of(doc), begin, last) if begin >= at else None
            if match is None or (match[0] == "May" and begin > first):
                continue  # inside of another, or the month
            at = match.end()
            yield Hedge(begin, at, match[0], kinds[" ".join(match[0].lower().split())])


def _look_up(doc: Doc) -> dict[str, tuple[re.Pattern[str], dict[str, str], list[int]]]:
    """For each table its pattern, its kinds and where its phrases begin, in one pass: most runs of words hold none."""
    known = doc.user_data.get("phrases")
    if known is None:
        text, folder = text_of(doc), os.environ.get("KIT_LEXICON")
        tables = {name: _phrases(name, folder) for name in TABLES}
        firsts = frozenset().union(*(firsts for _, _, firsts in tables.values()))
        parts = firsts | {first[:end] for first in firsts for end in range(2, len(first))}  # "can" of "cannot"
        words = zip(index_of(doc).lower, doc.to_array(IDX).tolist(), strict=True)
        starts = [at for form, at in words if form in parts or (not form.isalnum() and _first(form) in firsts)]
        known = doc.user_data["phrases"] = {
            name: (pattern, kinds, [start for start in starts if pattern.match(text, start)])
            for name, (pattern, kinds, _) in tables.items()
        }
    return known


def _first(form: str) -> str:
    """The first word in a token: "so" of "so-called"."""
    found = WORD.match(form)
    return found[0] if found else ""


@lru_cache(maxsize=8)
def _phrases(name: str, folder: str | None) -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """One pattern for all phrases of a table, their kinds, and the words that they begin with.

    ``folder`` is the user's, so that another is noticed.
    """
    kinds = {phrase.lower(): kind for kind, phrases in load_lexicon("attitudes")[name].items() for phrase in phrases}
    longest = sorted(kinds, key=lambda phrase: (-len(phrase), phrase))
    choices = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest)
    firsts = frozenset(found[0] for phrase in kinds if (found := WORD.match(phrase.strip())))
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])", re.IGNORECASE), kinds, firsts


def _presuppositions(doc: Doc, words: Sequence[int]) -> Iterator[Hedge]:
    inside = set(words)
    for word in inside.intersection(_presupposing(doc)):
        token = doc[word]
        noun = token.head
        if token.dep_ != "amod" or noun.i < word:
            continue
        first = next((child for child in noun.lefts if child.dep_ in ("det", "nmod:poss")), None)
        if first is None or (first.dep_ == "det" and first.lower_ not in GIVEN):
            continue
        start = first.left_edge.i
        if all(i in inside or doc[i].is_space for i in range(start, noun.i + 1)):
            span = doc[start : noun.i + 1]
            yield Hedge(span.start_char, span.end_char, span.text, "presupposition")


def _presupposing(doc: Doc) -> list[int]:
    """Where the adjectives of the lexicon stand that take something for granted, looked up once for a text."""
    found = doc.user_data.get("presupposing")
    if found is None:
        adjectives = load_sets("attitudes")["presupposing"]["adjectives"]
        forms = enumerate(index_of(doc).lower)
        found = doc.user_data["presupposing"] = [word for word, form in forms if form in adjectives]
    return found


def _scare_quotes(doc: Doc, words: Sequence[int], quoted: set[int]) -> Iterator[Hedge]:
    run: list[int] = []
    for word in [*words, -1]:
        if word in quoted and (not run or word == run[-1] + 1):
            run.append(word)
            continue
        names = [i for i in run if not doc[i].is_punct]
        if 0 < len(names) <= SCARE and not any(doc[i].pos_ in ("PROPN", "VERB", "AUX") for i in names):
            span = doc[run[0] : run[-1] + 1]
            yield Hedge(span.start_char, span.end_char, span.text, "scare quotes")
        run = [word] if word in quoted else []
