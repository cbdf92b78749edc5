"""The same statement in several articles.

Statements are the attributed claims, and the sentences that an outlet says in its own voice where another article has
them from a source. Two say the same where they share ``SHARE`` of the shorter one's words, at least ``WORDS``, and have
one source group; without that, ``SHARE_APART`` and ``WORDS_APART``, and a number if both have any.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import pandas as pd

from kit.compare.groups import Groups
from kit.compare.readings import Compared, Reading, compared
from kit.compare.words import shared_words, stems
from kit.records import Claim, Source, Span
from kit.tables import content_text
from kit.tables.columns import frame, joined, text_columns

SHARE, WORDS = 0.5, 3
SHARE_APART, WORDS_APART = 0.6, 4
COMMON = 200  # statements: a word in so many of them tells none apart
CLAIM_COLUMNS = (
    text_columns("statement", "outlet", "group", "source", "cue", "stance", "content", "hedges", "voice", "why")
    | {"articles": "Int64"}
    | text_columns("case", "id")
    | {"start_char": "Int64", "end_char": "Int64"}
)
_SENTENCE = re.compile(r"(?<=[.!?][”\"’'])\s+|(?<=[.!?])\s+(?=[A-Z“\"‘'])")


@dataclass(frozen=True)
class Statement:
    """What one article says, or has somebody say; ``claim`` is missing for a sentence in the outlet's own voice."""

    article: Compared
    text: str
    start_char: int
    end_char: int
    claim: Claim | None = None
    source: Source | None = None

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of its words."""
        return frozenset(stems(self.text))


@dataclass
class SharedStatement:
    """The same statement, as articles have it, each with the reason why it stands here."""

    told: list[Statement] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """How many articles have it."""
        return len({one.article.index for one in self.told})

    @property
    def title(self) -> str:
        """The words of the first article that has it from a source."""
        return next((one.text for one in self.told if one.source), self.told[0].text)


def shared_claims_table(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per statement that two articles or more have, and article; columns as in ``CLAIM_COLUMNS``.

    ``statement`` is the same for rows that say the same, ``why`` what puts a row with those above it. ``group``,
    ``source`` and ``cue`` are missing where the outlet says so itself.
    """
    articles = compared(readings)
    groups = Groups(articles)
    rows = []
    for shared in find_statements(articles, groups):
        for one, why in zip(shared.told, shared.why, strict=True):
            claim, attributed = one.claim, one.source is not None
            rows.append(
                {
                    "statement": shared.title,
                    "outlet": one.article.outlet,
                    "group": groups.of(one.article, one.source),
                    "source": one.source.name if one.source else None,
                    "cue": claim.cue.text if claim and claim.cue else None,
                    "stance": claim.cue.stance if claim and claim.cue else None,
                    "content": one.text,
                    "hedges": joined(hedge.text for hedge in claim.hedges) if claim else None,
                    "voice": "attributed" if attributed else "outlet",
                    "why": why,
                    "articles": shared.articles,
                    "case": one.article.name,
                    "id": claim.id if claim else None,
                    "start_char": one.start_char,
                    "end_char": one.end_char,
                }
            )
    return frame(rows, CLAIM_COLUMNS)


def find_statements(articles: Sequence[Compared], groups: Groups) -> list[SharedStatement]:
    """The statements that two articles or more have, one of them at least from a source; in reading order."""
    found: list[SharedStatement] = []
    holding: dict[str, list[SharedStatement]] = defaultdict(list)  # stem → what has it
    cited = [statement for article in articles for statement in _cited(article)]
    own = [statement for article in articles for statement in _own(article)]
    for one in cited + own:  # what nobody is cited for joins others, and makes no statement of its own
        counts = Counter(id(shared) for stem in one.stems for shared in holding[stem][:COMMON])
        near = {
            id(shared): shared for stem in one.stems for shared in holding[stem][:COMMON] if counts[id(shared)] >= WORDS
        }
        matches = [
            (score, shared, why)
            for shared in near.values()
            if (fit := _match(one, shared, groups))
            for score, why in [fit]
        ]
        if matches:
            _, shared, why = max(matches, key=lambda match: match[0])
        elif one.source is None:
            continue
        else:
            shared, why = SharedStatement(), "the first to have it"
            found.append(shared)
        shared.told.append(one)
        shared.why.append(why)
        for stem in one.stems:
            if not holding[stem] or holding[stem][-1] is not shared:
                holding[stem].append(shared)
    return [shared for shared in found if shared.articles > 1]


def _match(one: Statement, shared: SharedStatement, groups: Groups) -> tuple[float, str] | None:
    fits = [fit for other in shared.told[:COMMON] if (fit := _fit(one, other, groups))]
    return max(fits, key=lambda fit: fit[0]) if fits else None


def _fit(one: Statement, other: Statement, groups: Groups) -> tuple[float, str] | None:
    if one.article is other.article:
        return None
    both = one.stems & other.stems
    share = len(both) / (min(len(one.stems), len(other.stems)) or 1)
    group = groups.of(one.article, one.source)
    same = group is not None and group == groups.of(other.article, other.source)
    if len(both) < (WORDS if same else WORDS_APART) or share < (SHARE if same else SHARE_APART):
        return None
    who = (
        f"same source group ({group})" if same else "another source" if one.source and other.source else "nobody cited"
    )
    return share + len(both) / 100 + same, f"{who}; shared words: {', '.join(shared_words(one.text, both))}"


def _cited(article: Compared) -> Iterator[Statement]:
    """What the article has from a source."""
    for claim in article.analysis.claims:
        source = article.source(claim.source.source_id) if claim.source else None
        if claim.voice == "attributed" and source is not None:
            start, end = min(span.start_char for span in claim.content), max(span.end_char for span in claim.content)
            yield Statement(article, content_text(claim), start, end, claim, source)


def _own(article: Compared) -> Iterator[Statement]:
    """What the outlet says itself, sentence by sentence."""
    claims = {claim.id: claim for claim in article.analysis.claims if claim.voice == "outlet"}
    for voice in article.analysis.voices:
        if voice.voice == "outlet":
            for span in sentences(article, voice.start_char, voice.end_char):
                yield Statement(article, span.text, span.start_char, span.end_char, claims.get(voice.claim_id or ""))


def sentences(article: Compared, start: int, end: int) -> Iterator[Span]:
    """The sentences between two offsets, roughly; page furniture has none."""
    text = article.analysis.article.text
    for segment in article.analysis.article.segments:
        a, b = max(start, segment.start_char), min(end, segment.end_char)
        if segment.kind != "boilerplate" and a < b:
            cuts = [a, *(a + cut.end() for cut in _SENTENCE.finditer(text[a:b])), b]
            for first, last in pairwise(cuts):
                words = text[first:last]
                if words.strip():
                    first += len(words) - len(words.lstrip())
                    yield article.analysis.article.span(first, first + len(words.strip()))
