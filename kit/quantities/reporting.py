"""Who reports: the claim around a figure, and whoever tells a number as a plain object ("police counted 3,500").

In: a ``Doc`` and its claims. Out: attributions in the shape of :class:`~kit.records.Claim`, to be linked with the
sources and handed to ``extract_quantities``. They have no clause as content, so that nobody is shown them as claims.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from kit.quantities.parse import Parse
from kit.quantities.parties import acts, find_subject
from kit.quantities.vocabulary import Vocabulary, load_vocabulary
from kit.records import Claim, Cue, SourceMention, Span, record_id

_MOST_WORDS = 40
_PEOPLE = frozenset({"he", "she"})
_MEASURED = frozenset({"count", "tally", "record", "register", "log", "claim"})  # instruments do, too
_UNTOLD = frozenset({"life", "lives"})  # "claimed 40 lives"


def find_reports(doc: Doc, claims: Sequence[Claim] = ()) -> list[Claim]:
    """Attributions of numbers whose cue is none of the claims', in reading order."""
    words = load_vocabulary()
    told = {verb: preposition for preposition, verbs in words.lists["events"]["telling"].items() for verb in verbs}
    verbs = [token.i for token in doc if token.pos_ == "VERB" and _is_known(token.lemma_, token.lower_, told, words)]
    if not verbs:
        return []
    parse = Parse(doc, words.forms)
    cues = {char for claim in claims if claim.cue for char in range(claim.cue.start_char, claim.cue.end_char)}
    return [
        report
        for verb in verbs
        if parse.starts[verb] not in cues and (report := _report(parse, verb, words)) is not None
    ]


def _is_known(lemma: str, lower: str, told: dict[str, str], words: Vocabulary) -> bool:
    return lemma in told or words.forms.get(lower) in told


def _report(parse: Parse, verb: int, words: Vocabulary) -> Claim | None:
    subject = parse.child(verb, "nsubj")
    subject = find_subject(parse, verb) if subject is None and parse.dep[verb] in ("conj", "xcomp") else subject
    if subject is None or not (parse.lower[subject] in _PEOPLE or _tells(parse, subject, verb, words)):
        return None
    content = next(_numbers(parse, verb, words), None)
    who = parse.noun_phrase(subject)
    if content is None or who is None:
        return None
    start, end, said = parse.starts[verb], parse.ends[verb], parse.text[parse.starts[verb] : parse.ends[verb]]
    return Claim(
        id=record_id(parse.text, "report", start, end),
        content=(content,),
        source=SourceMention(who.start_char, who.end_char, who.text),
        cue=Cue(start, end, said, lemma=parse.lemma[verb]),
        why=("tells a number",),
    )


def _tells(parse: Parse, subject: int, verb: int, words: Vocabulary) -> bool:
    """Whether a noun can tell a number: whoever acts, and what is written, but no instrument or blast."""
    if acts(parse, subject, words):
        return True
    if parse.pos[subject] != "NOUN" or parse.lemma[verb] in _MEASURED:
        return False
    lemma = parse.lemma[subject]
    return words.sets["no_actors"].isdisjoint((lemma, parse.lower[subject])) and lemma not in words.sets["lifeless"]


def _numbers(parse: Parse, verb: int, words: Vocabulary) -> Iterator[Span]:
    """The phrase with the number: the object, or what stands behind "at", "of", "to" by the verb's list."""
    lists, lemma = words.lists["events"]["telling"], parse.lemma[verb]
    behind = {preposition for preposition, verbs in lists.items() if lemma in verbs}
    for child in parse.children[verb]:
        inner = [c for c in parse.all(child, "nmod") if child > verb]  # "put casualties at 80"
        if "object" in behind and parse.dep[child] == "obj" and parse.lemma[child] not in _UNTOLD:
            inner.append(child)
        if parse.dep[child].startswith("obl"):
            inner.append(child)
        for word in inner:
            if (word == child and parse.dep[child] == "obj") or parse.case(word) in behind:
                first, last = parse.edges(word)
                span = parse.span(first, last) if last - first < _MOST_WORDS else None
                if span is not None and _has_number(parse, first, last, words):
                    yield span


def _has_number(parse: Parse, first: int, last: int, words: Vocabulary) -> bool:
    said = parse.text[parse.starts[first] : parse.ends[last]]
    numbered = any(parse.pos[word] == "NUM" for word in range(first, last + 1))
    return numbered or words.patterns["vague"].search(said) is not None


class Contents:
    """The contents of attributed claims, to find the innermost one around a figure."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        parts = [
            (part.start_char, -part.end_char, claim)
            for claim in claims
            if claim.voice == "attributed"
            for part in claim.content
        ]
        self.parts = sorted(parts, key=lambda part: part[:2])
        self.starts = [part[0] for part in self.parts]

    def around(self, start: int, end: int) -> Claim | None:
        """The innermost claim in whose content these characters stand."""
        index = bisect_right(self.starts, start)
        for _, until, claim in reversed(self.parts[max(0, index - 8) : index]):
            if end <= -until:
                return claim
        return None
