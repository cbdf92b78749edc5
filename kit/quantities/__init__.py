"""Quantities: the figures that an article reports, each with its bound, what it counts and who reports it.

In: a parsed ``Doc``, its claims (with source ids) and dates. Out: :class:`~kit.records.Quantity`s in reading order.
A grammar over the parse with its words in ``lexicon/*.toml``. The flow, file by file::

    text ─ numerals ─> numbers ─ designations, units, ranges, bounds, nouns ─> figures ─┐
    text ─ vague ──> "dozens of …" ─────────────────────────────────────────────────────┤
      parse (plain lists of the Doc's tree), vocabulary (the word lists)                │
                                                                    sharing (ellipsis) ─┤
    fates (what became of them) ─ measures, reality, roles, reporting, places, dating ─> Quantity <┘

Articles in other languages than English are read by :mod:`kit.quantities.digits` alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kit.quantities.dating import Calendar
from kit.quantities.fates import Fate, find_fate
from kit.quantities.figure import Figure
from kit.quantities.figures import read_figures
from kit.quantities.measures import direction_of, measure_of
from kit.quantities.numerals import find_numerals
from kit.quantities.parse import Parse
from kit.quantities.places import find_place
from kit.quantities.reality import reality_of
from kit.quantities.reporting import Contents, find_reports
from kit.quantities.roles import find_actor, find_affected
from kit.quantities.sharing import share_fates, share_nouns
from kit.quantities.vague import read_vague
from kit.quantities.vocabulary import Category, Vocabulary, load_vocabulary
from kit.records import OUTLET, Claim, Quantity, ResolvedDate, TimeExpression, record_id
from kit.segments import read_sentences

__all__ = ["extract_quantities", "find_reports"]


def extract_quantities(
    doc: Doc,
    claims: Sequence[Claim] = (),
    dates: Sequence[TimeExpression] = (),
    reports: Sequence[Claim] = (),
) -> list[Quantity]:
    """Every reported figure in reading order; numbers inside dates, times and designations are none.

    Args:
        doc: the article, with a parse.
        claims: its claims, with source ids: the claim around a figure gives its reporter.
        dates: its time expressions: a figure takes the date of its sentence, else the one before it.
        reports: attributions of single numbers ("police counted 3,500") with source ids: see :func:`find_reports`.
    """
    words = load_vocabulary()
    numerals = list(find_numerals(doc.text, words))
    vague = words.patterns["vague"].search(doc.text)
    if not numerals and not vague:
        return []
    parse = Parse(doc, words.forms)
    free = _free(dates)
    figures = sorted(
        [*read_figures(parse, numerals, words, free), *read_vague(parse, words, free)], key=lambda one: one.start
    )
    calendar, contents, told = Calendar(doc, dates), Contents(claims), Contents(reports)
    found: list[Quantity] = []
    for start, end, some in _by_sentence(doc, figures):
        some = share_nouns(parse, some)
        fates = share_fates(parse, some, [find_fate(parse, figure, words) for figure in some])
        for figure, fate in zip(some, fates, strict=True):
            if _is_somebody(parse, figure, fate):
                continue
            claim = contents.around(figure.start, figure.end)
            said = told.around(figure.start, figure.end) or claim
            source = said.source.source_id if said and said.source else None
            when = calendar.date_of(figure.start, (start, end))
            found.append(_quantity(parse, figure, fate, claim, source or OUTLET, when, words))
    return found


def _quantity(
    parse: Parse,
    figure: Figure,
    fate: Fate,
    claim: Claim | None,
    reporter: str,
    when: ResolvedDate | None,
    words: Vocabulary,
) -> Quantity:
    category = _category(figure, fate, words)
    direction = direction_of(parse, figure, words)
    fate = (
        replace(fate, status=None) if direction and not (fate.living or fate.named) else fate
    )  # "the index lost 26 points"
    measure = measure_of(parse, figure, fate, direction, category, words)
    reality = reality_of(parse, figure, fate, words)
    if claim is not None and claim.cue is not None and claim.cue.lemma in words.sets["denying"]:
        reality = "denied"
    status = fate.status if measure or fate.status in ("missing", "displaced", "captured") else None
    if reality and (status or reality == "denied" or measure != "change"):
        measure = None if status or reality == "denied" else measure
        status = reality
    noun, text = figure.noun, parse.text
    unit = _unit(figure, fate, category, measure)
    return Quantity(
        id=record_id(text, "quantity", figure.start, figure.end),
        start_char=figure.start,
        end_char=figure.end,
        text=text[figure.start : figure.end],
        **_numbers(figure),
        direction=direction,
        unit=unit,
        counted=text[noun.start : noun.end] if noun else None,
        category=category.name if category else None,
        measure=measure,
        status=status,
        claim_id=claim.id if claim else None,
        reporter=reporter,
        affected=find_affected(parse, figure, fate, words),
        actor=find_actor(parse, figure, fate, words),
        place=find_place(parse, figure, fate, words),
        date=when,
    )


def _is_somebody(parse: Parse, figure: Figure, fate: Fate) -> bool:
    """ "says one lawyer": one person of whom nothing befell is no count."""
    category = figure.noun.category if figure.noun else None
    people = category is not None and category.group in ("people", "occupations")
    alone = figure.kind == "count" and figure.value == 1 and parse.lower[figure.word] == "one"
    return people and alone and fate.status is None and not figure.noun.of


_PERSONS = Category("people", "people", "person", "losses")
_MONEY = Category("money", "money", None, None)
_SHARES = Category("shares", "shares", None, None)


def _category(figure: Figure, fate: Fate, words: Vocabulary) -> Category | None:
    """The category of what is counted; people for a death toll, money for a currency, shares for a part."""
    if figure.kind == "money":
        return _MONEY
    if figure.kind == "fraction" or (figure.kind == "percent" and figure.noun is not None):
        return _SHARES
    if figure.kind not in ("count", "vague"):
        return None
    if figure.noun is not None and figure.noun.category is not None:
        return figure.noun.category
    return _PERSONS if fate.named and fate.of_people else None


def _unit(figure: Figure, fate: Fate, category: Category | None, measure: str | None) -> str | None:
    """Whoever was killed, wounded or lost is counted in persons, whatever they did for a living."""
    if figure.unit and "per " in figure.unit:
        return figure.unit
    if category is not None and measure == "losses" and category.group in ("people", "occupations"):
        return "person"
    return figure.unit


def _numbers(figure: Figure) -> dict[str, float | int | str | None]:
    value, bound = figure.value, figure.bound
    if bound == "range":
        return {"value": None, "low": figure.low, "high": figure.high, "bound": bound}
    low = value if bound in ("exact", "gt", "ge") else None
    high = value if bound in ("exact", "lt", "le") else None
    return {"value": value, "low": low, "high": high, "bound": bound}


def _free(dates: Iterable[TimeExpression]):
    """Whether characters lie outside of dates and clock times; durations are figures too."""
    taken = sorted((time.start_char, time.end_char) for time in dates if time.kind in ("date", "time"))
    starts = [start for start, _ in taken]

    def is_free(start: int, end: int) -> bool:
        index = bisect_right(starts, end - 1)
        return not (index and taken[index - 1][1] > start)

    return is_free


def _by_sentence(doc: Doc, figures: Sequence[Figure]) -> Iterator[tuple[int, int, list[Figure]]]:
    """Figures by sentence, with its first and last character; those in boilerplate are left out."""
    at = 0
    for sentence in read_sentences(doc):
        start, end, some = sentence.start_char, sentence.end_char, []
        while at < len(figures) and figures[at].start < end:
            if figures[at].start >= start:
                some.append(figures[at])
            at += 1
        if some:
            yield start, end, some
