"""Quantities: the figures that an article reports, each with its bound, what it counts and who reports it.

In: a ``Doc``, its claims (with source ids) and dates. Out: :class:`~kit.records.Quantity`s in reading order.
This first extraction reads cardinal numbers in digits and words with the noun behind them and the bound before
them. It parses nothing, and its rule is: rather no figure, or no role, than a wrong one.

:mod:`kit.quantities.figures` finds number, bound, unit and noun; :mod:`kit.quantities.roles` who lost what, and when.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kit.quantities.figures import Figure, Tables, read_figures
from kit.quantities.roles import date_of, losses_of
from kit.records import OUTLET, Claim, Quantity, TimeExpression, record_id
from kit.segments import read_sentences

__all__ = ["extract_quantities"]


def extract_quantities(doc: Doc, claims: Sequence[Claim] = (), dates: Sequence[TimeExpression] = ()) -> list[Quantity]:
    """Every reported figure in reading order; numbers inside dates, times and designations are none.

    Args:
        doc: the article.
        claims: its claims, with source ids: the claim around a figure gives its reporter.
        dates: its time expressions: a figure takes the date of its sentence, else the one before it.
    """
    text, tables = doc.text, Tables.load()
    taken = {index for time in dates for index in range(time.start_char, time.end_char)}
    in_date = {token.i for token in doc if token.idx in taken}
    days = [time for time in dates if time.value and time.grain == "day"]
    contents = sorted(
        (
            (part.start_char, part.end_char, claim)
            for claim in claims
            if claim.voice == "attributed"
            for part in claim.content
        ),
        key=lambda content: content[:2],
    )
    found: list[Quantity] = []
    for sentence in read_sentences(doc):
        figures = read_figures(sentence, tables, in_date)
        own_days = [day for day in days if sentence.start_char <= day.start_char < sentence.end_char]
        for figure, loss in zip(figures, losses_of(sentence, figures, tables), strict=True):
            span = doc[figure.start : figure.end]
            claim = _around(contents, span)
            denied = loss.denied or (claim is not None and claim.cue is not None and claim.cue.lemma in tables.denying)
            found.append(
                Quantity(
                    id=record_id(text, "quantity", span.start_char, span.end_char),
                    start_char=span.start_char,
                    end_char=span.end_char,
                    text=span.text,
                    **_numbers(figure),
                    unit=figure.unit,
                    counted=doc[figure.noun[0] : figure.noun[1]].text if figure.noun else None,
                    category=figure.category,
                    measure=None if denied else loss.measure,
                    status="denied" if denied and loss.measure else loss.status,
                    claim_id=claim.id if claim else None,
                    reporter=(claim.source.source_id if claim and claim.source else None) or OUTLET,
                    affected=loss.affected,
                    date=date_of(doc, span, own_days, days),
                )
            )
    return found


def _around(contents: Sequence[tuple[int, int, Claim]], span: DocSpan) -> Claim | None:
    """The claim in whose content these words stand; ``contents`` are (start, end, claim) by start."""
    index = bisect_right(contents, span.start_char, key=lambda content: content[0])
    if index == 0:
        return None
    _, end, claim = contents[index - 1]
    return claim if span.end_char <= end else None


def _numbers(figure: Figure) -> dict[str, float | int | str | None]:
    value, bound = figure.value, figure.bound
    if bound == "range":
        return {"value": None, "low": figure.low, "high": figure.high, "bound": bound}
    low = value if bound in ("exact", "gt", "ge") else None
    high = value if bound in ("exact", "lt", "le") else None
    return {"value": value, "low": low, "high": high, "bound": bound}
