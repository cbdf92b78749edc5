"""The grammar of time expressions: what a rule is, and the register of all rules.

A rule is an expression over the classes of :mod:`kit.dates.words` and a function from the matched words to a
:class:`~kit.dates.meanings.Meaning`, or ``None`` where these words are something else. The rules stand by what they
read, in the modules that end in ``_rules``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from kit.dates.classes import SETS
from kit.dates.meanings import Meaning
from kit.dates.words import Word
from kit.lexicon import load_lexicon

NUMBER = (
    "(?:(?:fourdigit|upto12|upto24|upto31|upto59|number)(?:digits slash digits|bignum)?"
    "|(?:numword|bignum)(?:(?:dash|and)?(?:numword|bignum)){0,5})"
)
_UNITS = ("unit", "units", "second", "quarter")


class Phrase(NamedTuple):
    """The words that a rule matched, and the words of the sentence before and after them."""

    words: list[Word]
    before: list[Word]
    after: list[Word]

    def get(self, *kinds: str) -> Word | None:
        """The first word of these classes."""
        return next((word for word in self.words if word.kind in kinds), None)

    def value(self, *kinds: str) -> Any:
        """What the first word of these classes stands for."""
        word = self.get(*kinds)
        return word and word.value

    @property
    def first(self) -> str:
        """The class of the first word."""
        return self.words[0].kind

    @property
    def unit(self) -> str | None:
        """The name of the last unit ("day", "quarter" …)."""
        word = next((word for word in reversed(self.words) if word.kind in _UNITS), None)
        return word and (word.kind if word.kind in ("second", "quarter") else word.value)

    @property
    def plural(self) -> bool:
        """Whether the unit is written as a plural."""
        return self.get("units") is not None

    @property
    def shift(self) -> str | None:
        """ "last", "next", "same" … where the words have one."""
        found = [word.kind for word in self.words if word.kind in SETS["shift"]]
        return "same" if "same" in found else found[-1] if found else None

    @property
    def rank(self) -> int | None:
        """The number of an ordinal; -1 for "last" and "final"."""
        word = self.get("ordinal", "second", "nth", "last")
        return word and {"second": 2, "last": -1}.get(word.kind, word.value)

    @property
    def prior(self) -> str:
        """The word right before, in lower case, or nothing."""
        return self.before[-1].text.lower() if self.before else ""

    @property
    def following(self) -> str:
        """The word right after, in lower case, or nothing."""
        return self.after[0].text.lower() if self.after else ""

    def is_preposition(self) -> bool:
        """ "following Monday's vote": no shift without an article."""
        return self.get("following") is not None and self.first != "the"


def near(name: str) -> list[str]:
    """A list of the lexicon's table of contexts."""
    return load_lexicon("dates")["context"][name]


class Rule(NamedTuple):
    """A pattern over classes of words, and what makes a meaning of a match."""

    pattern: str
    build: Callable[[Phrase], Meaning | None]


RULES: list[Rule] = []


def rule(*patterns: str) -> Callable[[Callable[[Phrase], Meaning | None]], Callable[[Phrase], Meaning | None]]:
    """Enter a function under its patterns."""

    def enter(build: Callable[[Phrase], Meaning | None]) -> Callable[[Phrase], Meaning | None]:
        RULES.extend(Rule(one, build) for one in patterns)
        return build

    return enter
