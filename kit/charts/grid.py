"""The Admiralty code: its letters and digits, and which claim has which.

In: the tables of claims and of sources. Out: :class:`Graded` claims. The letter is the source's, the digit the claim's;
what nobody graded is F6.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kit.charts.cells import clean, number
from kit.charts.rows import article_of

RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
CREDIBILITY = {
    "1": "confirmed by other independent sources", "2": "probably true", "3": "possibly true", "4": "doubtful",
    "5": "improbable", "6": "truth cannot be judged",
}  # fmt: skip


@dataclass(frozen=True)
class Graded:
    """One claim: its number in the article, its source and the two grades."""

    number: str
    source: str
    group: str
    letter: str
    digit: str
    article: str


def read_grades(claims: pd.DataFrame, sources: pd.DataFrame | None) -> list[Graded]:
    """The claims that have a source, rejected ones left out.

    Raises:
        ValueError: the column ``source`` is missing.
    """
    if "source" not in claims.columns:
        raise ValueError("the table of claims lacks source: a grade is never shown without whose claim it is")
    letters = {}
    for record in [] if sources is None else sources.to_dict("records"):
        letters[clean(record.get("article")), clean(record.get("id"))] = clean(record.get("reliability"))
    found = []
    for record in claims.to_dict("records"):
        source = clean(record["source"])
        if source is None or clean(record.get("decision")) == "reject":
            continue
        letter = letters.get((clean(record.get("article")), clean(record.get("source_id")))) or "F"
        digit, count = clean(record.get("credibility")) or "6", number(record.get("n"))
        grade = letter if letter in RELIABILITY else "F", digit if digit in CREDIBILITY else "6"
        shown = "added" if count is None else str(int(count))
        found.append(Graded(shown, source, clean(record.get("group")) or source, *grade, article_of(record)))
    return found
