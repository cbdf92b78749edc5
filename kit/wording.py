"""Words of probability in what we and the analyst write, for the analyst to look at: a check, never a correction.

In: texts of our own by name. Out: one notice per word, with the range that ICD 203 gives it. What stands in quotation
marks is a speaker's and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kit.lexicon import load_lexicon

_QUOTED = re.compile(r"“[^”]*(?:”|$)|‘[^’]*(?:’|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)")


@dataclass(frozen=True)
class Estimate:
    """A word of probability in a text: what it is, where it stands, its range in per cent and its row of the list."""

    word: str
    start_char: int
    low: int
    high: int
    row: str


def find_estimates(text: str) -> list[Estimate]:
    """The words of probability in a text, outside quotation marks, in reading order."""
    words = {word: (table, row) for table in load_lexicon("probability")["range"] for word, row in _words(table)}
    if not words:
        return []
    longest = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    shown = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    found = []
    for match in re.finditer(rf"(?<![\w-])(?:{longest})(?![\w-])", shown, re.IGNORECASE):
        table, row = words[" ".join(match[0].lower().split())]
        found.append(Estimate(match[0], match.start(), table["low"], table["high"], row))
    return found


def check_wording(texts: Mapping[str, str]) -> list[str]:
    """One notice per word of probability.

    Args:
        texts: what we or an analyst wrote, by what to call it: "the note on claim 4".
    """
    notices, rows = [], set()
    for name, text in texts.items():
        for one in find_estimates(text):
            rows.add(one.row)
            notices.append(
                f"“{one.word}” in {name}: ICD 203 reads it as {one.low} to {one.high} per cent. "
                "If that is your estimate, say what it rests on; if a speaker says it, put it in quotation marks."
            )
    if len(rows) > 1:
        notices.append("Words of both rows of the ICD 203 list are used (likely, probable): keep to one of them.")
    return notices


def _words(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for row in ("likelihood", "probability"):
        for word in table.get(row, []):  # type: ignore[attr-defined]
            yield word, row
