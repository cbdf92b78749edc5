"""Attributions while they are being worked on: the network's roles and links, as words of a ``Doc``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kit.english.index import index_of
from kit.english.subjects import QUOTED, find_head

KEY = "attributions"  # of the spans that the pipeline sets
Words = list[int]  # indices of tokens, in order
SEGMENTS = "segments"
NEAR = 3  # words between two parts of one cue
PAPERS = frozenset(
    {"report", "study", "poll", "survey", "letter", "document", "statement", "paper", "article", "book", "video"}
)
WISHING = frozenset({"ask", "want", "wish", "request", "prefer", "insist", "demand", "speak", "decline", "refuse"})
NAMED, NAMELESS = frozenset({"named", "identified", "name", "names"}), frozenset({"anonymous", "anonymity"})
BRIEF = 9  # words in which somebody asks to stay unnamed


@dataclass
class Draft:
    """Who says what, as tokens of a ``Doc``; ``why`` names what found it and what was changed since."""

    source: Words = field(default_factory=list)
    cue: Words = field(default_factory=list)
    content: Words = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    confidence: float | None = None
    _head: tuple[Words, Token | None] | None = field(default=None, repr=False, compare=False)

    @property
    def words(self) -> Words:
        """All words, in order."""
        return sorted([*self.source, *self.cue, *self.content])

    def head(self, doc: Doc) -> Token | None:
        """The word of the cue that the others hang on."""
        if self._head is None or self._head[0] != self.cue:  # each step asks for it, and few change the cue
            self._head = [*self.cue], find_head(doc, self.cue)
        return self._head[1]


def read_drafts(doc: Doc) -> list[Draft]:
    """What the network found, in the order of the text."""
    drafts: dict[str, Draft] = {}
    group = doc.spans.get(KEY, ())
    confidence = group.attrs.get("confidence", {}) if group else {}
    furniture = [range(span.start, span.end) for span in doc.spans.get(SEGMENTS, ()) if span.label_ == "boilerplate"]
    skipped = {word for words in furniture for word in words}
    for span in group:
        draft = drafts.setdefault(span.id_, Draft(why=["network"], confidence=confidence.get(span.id_)))
        getattr(draft, span.label_).extend(word for word in range(span.start, span.end) if word not in skipped)
    return [draft for draft in drafts.values() if draft.cue and draft.content]


def find_runs(words: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring words as (first, end)."""
    words = sorted(words)
    if words and words[-1] - words[0] + 1 == len(words):  # as a rule
        yield words[0], words[-1] + 1
        return
    start = end = -1
    for word in words:
        if word != end:
            if start >= 0:
                yield start, end
            start = word
        end = word + 1
    if start >= 0:
        yield start, end


def split_cues(doc: Doc, draft: Draft, verbs: frozenset[str]) -> list[Draft]:
    """One draft per reporting verb with a subject of its own, where the network put two into one.

    Cues that nearly touch ("went on to say") are one. Of others that report nothing the one with most content is left.

    Args:
        doc: The text.
        draft: What the network found.
        verbs: Lemmas of the verbs that report.
    """
    runs = join_runs(doc, draft)
    if len(runs) > 1 and doc[runs[0][0]].lower_ == "according":  # "according to X, which cited Y, it fell"
        runs = [run for run in runs if not any(_is_own(doc[word]) for word in range(*run))]
    for run in [run for run in runs if is_anonymous(doc, find_head(doc, range(*run)))] if len(runs) > 1 else ():
        verb = find_head(doc, range(*run))
        draft.content = [w for w in draft.content if not verb.i <= w <= verb.right_edge.i]
        runs.remove(run)
    if len(runs) < 2:
        draft.cue = [word for run in runs for word in range(*run)] or draft.cue
        return [draft]
    parts = [
        Draft(cue=list(range(*run)), why=[*draft.why, "one of two cues"], confidence=draft.confidence) for run in runs
    ]
    for name in ("content", "source"):
        for first, end in find_runs(getattr(draft, name)):
            owner = min(parts, key=lambda part: _distance(doc, part, first, end))
            getattr(owner, name).extend(range(first, end))
    head = draft.head(doc)
    main = next((part for part in parts if reports(part.head(doc), verbs)), None)
    main = main or next((part for part in parts if head is not None and head.i in part.cue), parts[0])
    owner = next((part for part in parts if _speaks(part.head(doc), draft.source)), main)
    if owner is not main and not owner.content and reports(owner.head(doc), verbs):
        return [replace(draft, cue=owner.cue, content=sorted({*draft.content, *main.cue}))]
    others = [part for part in parts if part is not main and part.content and has_subject(part.head(doc))]
    others = [part for part in others if reports(part.head(doc), verbs)]
    for part in parts if main.source and not others else ():
        if part.content and part is not main and _goes_on(part.head(doc), main.head(doc)):
            part.source = [*main.source]  # "insisted that it was safe and blamed the weather"
            others.append(part)
    if not others or not reports(main.head(doc), verbs):
        return [replace(draft, cue=main.cue)]
    return [part for part in parts if part is main or part in others]


def join_runs(doc: Doc, draft: Draft) -> list[tuple[int, int]]:
    """The runs of a cue that hold a word, those with little between them joined."""
    taken, joined = {*draft.source, *draft.content}, []
    for start, end in find_runs(draft.cue):
        if all(doc[word].is_punct for word in range(start, end)):
            continue
        gap = range(joined[-1][1], start) if joined else range(0)
        if joined and len(gap) <= NEAR and not any(word in taken or doc[word].is_punct for word in gap):
            start = joined.pop()[0]
        joined.append((start, end))
    return joined


def _is_own(word: Token) -> bool:
    """Whether a verb tells what a source did: "according to X, which cited Y", "to the group that claimed it"."""
    return word.lemma_ in QUOTED or word.dep_ == "acl:relcl"


def is_anonymous(doc: Doc, verb: Token | None) -> bool:
    """Whether a verb tells how somebody wants to be cited: "who asked not to be named"."""
    if verb is None or verb.lemma_ not in WISHING:
        return False
    behind = index_of(doc).lower[verb.i : verb.i + BRIEF]
    named = not NAMED.isdisjoint(behind) and ("not" in behind or verb.lemma_ in ("decline", "refuse"))
    return named or not NAMELESS.isdisjoint(behind)


def reports(head: Token | None, verbs: frozenset[str]) -> bool:
    """Whether a cue is one that the lexicon knows."""
    return head is not None and (head.lemma_ in verbs or head.lower_ == "according")


def has_subject(head: Token | None) -> bool:
    """Whether a verb has a subject of its own, or is the "according" of "according to"."""
    if head is not None and head.lower_ == "according":
        return True
    return head is not None and any(child.dep_ in ("nsubj", "obl:agent", "nmod:poss") for child in head.children)


def _speaks(verb: Token | None, source: Words) -> bool:
    """Whether a source is the subject of a verb: "they had been told so, an old man recalled"."""
    return verb is not None and any(child.dep_ == "nsubj" and child.i in source for child in verb.children)


def _goes_on(verb: Token | None, main: Token | None) -> bool:
    """Whether a verb tells what the same speaker did next, whichever clause the parse hangs it on."""
    if (
        verb is None
        or main is None
        or verb.dep_ != "conj"
        or verb.i < main.i
        or verb.head.dep_ not in ("ccomp", "ROOT")
    ):
        return False
    return verb.tag_ == main.tag_ == "VBD" and any(child.dep_ in ("obj", "ccomp", "xcomp") for child in verb.rights)


def _distance(doc: Doc, draft: Draft, first: int, end: int) -> tuple[int, int]:
    """How far a run of words is from a cue: first those below the cue's verb in the parse, then by words."""
    head = draft.head(doc)
    below = head is not None and any(doc[word].head.i == head.i for word in range(first, end))
    gap = first - draft.cue[-1] if first > draft.cue[-1] else draft.cue[0] - end + 1
    return (0 if below else 1, abs(gap))
