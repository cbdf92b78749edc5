"""What one article has and another dropped, for the same figure or statement.

In: readings. Out: a row per thing dropped and article that dropped it:

- ``bound``: "more than 250" here, the bare 250 there;
- ``fate``: the article leaves open what "lost" means, another one says how it ended;
- ``source``: somebody is cited here, the other article says so itself, or has it from nobody it names;
- ``name``: a person is named here, and stands nowhere in the other article;
- ``stance``: "claimed" here, "said" or "pointed out" there;
- ``hedge``: "may" beside words that the other article has without any hedge;
- ``caveat``: a whole sentence that limits what is known, of a kind that the other article does not have.

It is a list of differences to look at. Whether leaving something out was wrong is for the reader to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from kit.compare.groups import Groups, is_named
from kit.compare.readings import Compared, Reading, compared
from kit.compare.same_figure import OPEN, SharedFigure, Told, find_figures
from kit.compare.statements import SharedStatement, Statement, find_statements, sentences
from kit.compare.words import stems
from kit.records import Hedge, Source, Span
from kit.tables.columns import frame, joined, text_columns

DROPPED_COLUMNS = text_columns("what", "kind", "words", "kept_by", "dropped_by", "instead", "case", "id") | {
    "start_char": "Int64",
    "end_char": "Int64",
}
KINDS = ("caveat", "bound", "hedge", "source", "name", "fate", "stance")  # what weighs most first
NOTHING_SAYS = "nothing that says: "
STANCES = {"distancing": 0, "neutral": 1, "endorsing": 2}
LONGEST = 2_000  # characters of a sentence in which a caveat is looked for
NEAR = 3  # words on each side of a hedge, of which the other article has one

_NOT = r"(?:\b(?:not|never|unable|impossible|hardly|no|nobody|none|cannot|nor|neither)|n['’]t)\b"
_CHECK = r"\b(?:verif|confirm|corroborat|authenticat|substantiat)"
_DID_NOT = r"\b(?:did|does|do|has|have|had)(?:\s+not|n['’]t)\s+(?:immediately\s+|yet\s+)?"
# Sentences that limit what is known, by what they say.
CAVEATS = {
    "not verified": re.compile(
        rf"{_NOT}[^.;]{{0,60}}{_CHECK}|{_NOT}[^.;]{{0,30}}\b(?:can|could|be|to)\s+check(?:ed)?\b|\bun(?:confirmed|verified)\b"
        rf"|{_CHECK}\w*[^.;]{{0,20}}\b(?:impossible|difficult)\b",
        re.IGNORECASE,
    ),
    "not specified": re.compile(
        rf"{_DID_NOT}(?:say|specify|give|provide|elaborate|disclose|clarify|name|offer)\b"
        r"|\bwithout\s+(?:giving|providing|offering|specifying|elaborating)\b|\b(?:is|was|remains?)\s+(?:not\s+|un)clear\b",
        re.IGNORECASE,
    ),
    "no answer": re.compile(
        rf"{_DID_NOT}(?:respond|comment|repl|answer|react)|\bdeclined\s+to\s+(?:comment|answer)\b"
        r"|\bcould\s+not\s+be\s+reached\b|\bno\s+(?:immediate\s+)?(?:comment|response|reaction)\b",
        re.IGNORECASE,
    ),
    "preliminary": re.compile(
        r"\b(?:preliminary|provisional)\b|\bearly\s+reports?\b|\bfigures?\s+(?:may|might|could)\s+(?:change|rise)\b",
        re.IGNORECASE,
    ),
}


def dropped_table(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per thing dropped, by outlet, and the gravest first; columns as in ``DROPPED_COLUMNS``.

    ``words`` is what ``kept_by`` has, with ``case``, ``id`` and offsets of where it stands; ``instead`` is what
    ``dropped_by`` has in its place. ``what`` is the figure or the statement that both have, and missing for a caveat
    that stands by itself.
    """
    articles = compared(readings)
    groups = Groups(articles)
    rows = [row for shared in find_figures(articles) if shared.articles > 1 for row in _of_figure(shared)]
    rows += [row for shared in find_statements(articles, groups) for row in _of_statement(shared)]
    rows += list(_caveats(articles))
    order = {one.outlet: one.index for one in articles}
    rows = sorted(_once(rows), key=lambda row: (order[row["dropped_by"]], KINDS.index(str(row["kind"]))))
    return frame(rows, DROPPED_COLUMNS)


def _of_figure(shared: SharedFigure) -> Iterator[dict[str, object]]:
    for kept, others in _pairs(shared.told):
        row = {"what": shared.title} | _place(
            kept.article, kept.figure.id, kept.figure.start_char, kept.figure.end_char
        )
        same = [one for one in others if one.numbers == kept.numbers]
        if same and kept.figure.bound not in ("exact", "vague") and all(one.figure.bound == "exact" for one in same):
            yield row | _drop("bound", kept.figure.text, others, same[0].figure.text)
        fates = [one.figure.status for one in same]
        if fates and kept.figure.status == "unspecified" and not any(fate in OPEN for fate in fates):
            words = f"{kept.figure.text}: what became of them is left open"
            yield row | _drop("fate", words, others, f"{same[0].figure.text}: {fates[0]}")
        if lost := _lost_source(kept.source, [one.source for one in others], others[0].article):
            yield row | _drop(lost[0], lost[1], others, lost[2])


def _of_statement(shared: SharedStatement) -> Iterator[dict[str, object]]:
    for kept, others in _pairs(shared.told):
        if kept.claim is None or kept.source is None:
            continue
        row = {"what": shared.title} | _place(kept.article, kept.claim.id, kept.start_char, kept.end_char)
        if lost := _lost_source(kept.source, [one.source for one in others], others[0].article):
            yield row | _drop(lost[0], lost[1], others, lost[2])
        for hedge in kept.claim.hedges:
            if hedge.kind != "approximate" and not _hedged(others, hedge) and _beside(kept, hedge, others):
                yield row | _drop("hedge", hedge.text, others, others[0].text)
        cues = [one.claim.cue for one in others if one.claim and one.claim.cue]
        if kept.claim.cue and cues:
            nearest = min(cues, key=lambda cue: STANCES[cue.stance])
            if STANCES[nearest.stance] > STANCES[kept.claim.cue.stance]:
                words = f"{kept.claim.cue.text} ({kept.claim.cue.stance})"
                yield row | _drop("stance", words, others, f"{nearest.text} ({nearest.stance})")


def _caveats(articles: Sequence[Compared]) -> Iterator[dict[str, object]]:
    """The first sentence of each kind that limits what is known, where another article has none of that kind."""
    found = {one.index: _limits(one) for one in articles}
    for one in articles:
        for kind, span in found[one.index].items():
            row = {"kind": "caveat", "words": span.text, "instead": f"{NOTHING_SAYS}{kind}"}
            row |= _place(one, None, span.start_char, span.end_char)
            yield from (row | {"dropped_by": other.outlet} for other in articles if kind not in found[other.index])


def _limits(article: Compared) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for span in sentences(article, 0, len(article.analysis.article.text)):
        for kind, pattern in CAVEATS.items():
            if pattern.search(span.text[:LONGEST]):
                found.setdefault(kind, span)
    return found


def _pairs(told: Sequence[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each telling with all of those of another article."""
    by_article: dict[int, list[Any]] = {}
    for one in told:
        by_article.setdefault(one.article.index, []).append(one)
    for one in told:
        yield from ((one, others) for index, others in by_article.items() if index != one.article.index)


def _lost_source(
    source: Source | None, others: Sequence[Source | None], article: Compared
) -> tuple[str, str, str] | None:
    """What became of a source in another article: kind, its name, and who stands there instead."""
    if source is None or not is_named(source):
        return None
    cited = [other for other in others if other is not None]
    named = [other for other in cited if is_named(other)]
    if not named:
        return "source", source.name, cited[0].name if cited else "nobody is cited"
    surname = source.name.split()[-1]
    if source.type == "person" and not re.search(rf"\b{re.escape(surname)}\b", article.analysis.article.text):
        return "name", source.name, named[0].name
    return None


def _hedged(others: Sequence[Statement], hedge: Hedge) -> bool:
    """Whether any of these statements is hedged, in whatever words; one without a claim by the same word."""
    word = re.compile(rf"\b{re.escape(hedge.text)}\b", re.I)
    return any((one.claim and one.claim.hedges) or word.search(one.text) for one in others)


def _beside(kept: Statement, hedge: Hedge, others: Sequence[Statement]) -> bool:
    """Whether what stands beside a hedge stands in the other statements too."""
    text = kept.article.analysis.article.text
    before, after = stems(text[kept.start_char : hedge.start_char]), stems(text[hedge.end_char : kept.end_char])
    return any({*before[-NEAR:], *after[:NEAR]} & one.stems for one in others)


def _drop(kind: str, words: str, others: Sequence[Told | Statement], instead: str) -> dict[str, object]:
    return {"kind": kind, "words": words, "dropped_by": others[0].article.outlet, "instead": instead}


def _place(article: Compared, id: str | None, start: int, end: int) -> dict[str, object]:
    return {"kept_by": article.outlet, "case": article.name, "id": id, "start_char": start, "end_char": end}


def _once(rows: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Rows that say the same, the first of them with all who have kept it."""
    found: dict[tuple[object, ...], dict[str, object]] = {}
    keepers: dict[tuple[object, ...], dict[object, None]] = {}
    for row in rows:
        said = "instead" if row["kind"] == "caveat" else "words"  # a caveat in other words is the same one
        key = tuple(row.get(name) for name in ("what", "kind", said, "dropped_by"))
        found.setdefault(key, row)
        keepers.setdefault(key, {})[row["kept_by"]] = None
    return [row | {"kept_by": joined(keepers[key])} for key, row in found.items()]
