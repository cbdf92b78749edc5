"""One article and its reading, made by hand, for tests that need records without a pipeline."""

from __future__ import annotations

import hashlib
from datetime import date

from kit.records import (
    Analysis,
    Article,
    Claim,
    Cue,
    Factuality,
    Hedge,
    Pipeline,
    Quantity,
    ResolvedDate,
    Segment,
    Source,
    SourceMention,
    Span,
    TimeExpression,
    Voice,
    record_id,
)

HEADLINE = "Freedonia says dozens lost in river battle"
FIRST = (
    "Sylvania's army lost more than 250 personnel and 16 tanks near Lakeview on Sunday, "
    "Colonel Ana Reyes of Freedonia said."
)
SECOND = "Sylvania's defence ministry admitted that about 40 soldiers were wounded. =1+1 is not a cell."
TEXT = f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n"
PIPELINE = Pipeline("hand-made", "1", "0" * 64)


def article(text: str = TEXT) -> Article:
    """The article of the examples, or one of another text, cut into blocks at its line breaks."""
    segments, start = [], 0
    for line in text.split("\n"):
        if line:
            segments.append(Segment("paragraph" if segments else "headline", start, start + len(line)))
        start += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = text.split("\n")[0] or None
    return Article(text, digest, tuple(segments), title, published=date(2026, 3, 2), outlet="The Lakeview Post")


def empty_analysis() -> Analysis:
    """The reading of an article in which nothing was found."""
    return Analysis(article("Nothing happened.\n"), (), (), (), (), (), PIPELINE)


def span(text: str, *, within: str = TEXT, nth: int = 0) -> Span:
    """The ``nth`` place where ``text`` stands."""
    start = -1
    for _ in range(nth + 1):
        start = within.index(text, start + 1)
    return Span(start, start + len(text), text)


def quantity(text: str, **fields: object) -> Quantity:
    """A figure at the first place where ``text`` stands."""
    at = span(text)
    made = record_id(TEXT, "quantity", at.start_char, at.end_char)
    return Quantity(at.start_char, at.end_char, at.text, id=made, **fields)  # type: ignore[arg-type]


def analysis() -> Analysis:
    """The reading of :data:`TEXT`; its claims and figures are out of reading order on purpose."""
    reyes, ministry = sources()
    return Analysis(
        article(),
        claims=(ministry_claim(ministry), reyes_claim(reyes)),
        sources=(ministry, reyes),
        quantities=figures(reyes, ministry)[::-1],
        dates=dates(),
        voices=(Voice("attributed", None, 0, len(TEXT)),),
        pipeline=PIPELINE,
    )


def sources() -> tuple[Source, Source]:
    """A colonel whose group is her state, and a ministry without one."""
    name = span("Colonel Ana Reyes of Freedonia")
    reyes = Source(id="src-reyes", name="Ana Reyes", type="person", group="freedonia", mentions=(name,))
    theirs = span("Sylvania's defence ministry")
    ministry = Source(id="src-ministry", name="Defence Ministry of Sylvania", type="organisation", mentions=(theirs,))
    return reyes, ministry


def reyes_claim(source: Source) -> Claim:
    """An indirect claim before its source, in two fragments."""
    name, said = span("Colonel Ana Reyes of Freedonia"), span("said")
    return Claim(
        id="claim-reyes",
        content=(span("Sylvania's army lost more than 250 personnel and 16 tanks"), span("near Lakeview on Sunday")),
        source=SourceMention(name.start_char, name.end_char, name.text, source.id),
        cue=Cue(said.start_char, said.end_char, said.text, "say", "neutral"),
        factuality=Factuality("CT+", "Uu"),
        why=("cue: say",),
        confidence=0.9,
    )


def ministry_claim(source: Source) -> Claim:
    """A claim that opens with "that"."""
    name, cue, hedge = span("Sylvania's defence ministry"), span("admitted"), span("about", nth=0)
    return Claim(
        id="claim-ministry",
        content=(span("that about 40 soldiers were wounded"),),
        source=SourceMention(name.start_char, name.end_char, name.text, source.id),
        cue=Cue(cue.start_char, cue.end_char, cue.text, "admit", "endorsing"),
        hedges=(Hedge(hedge.start_char, hedge.end_char, hedge.text, "approximator"),),
    )


def figures(reyes: Source, ministry: Source) -> tuple[Quantity, ...]:
    """Four figures: one of the outlet in words, two of the colonel, one of the ministry."""
    army, place, sunday = span("Sylvania's army"), span("Lakeview"), ResolvedDate("2026-03-01", inherited=True)
    hers = {"measure": "losses", "claim_id": "claim-reyes", "reporter": reyes.id, "affected": army, "place": place}
    hers |= {"date": sunday, "status": "unspecified"}
    return (
        quantity("dozens", bound="vague", unit="person", category="personnel", measure="losses", status="unspecified"),
        quantity("more than 250 personnel", value=250, low=250, bound="gt", unit="person", counted="personnel",
                 category="personnel", **hers),
        quantity("16 tanks", value=16, low=16, high=16, unit="tank", counted="tanks", category="tanks", **hers),
        quantity("about 40 soldiers", value=40, bound="approx", unit="person", counted="soldiers",
                 category="personnel", measure="losses", status="wounded", claim_id="claim-ministry",
                 reporter=ministry.id),
    )  # fmt: skip


def dates() -> tuple[TimeExpression, ...]:
    """One day."""
    day = span("Sunday")
    return (TimeExpression(day.start_char, day.end_char, day.text, id="date-sunday", value="2026-03-01"),)
