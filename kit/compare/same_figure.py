"""Which figures of several articles count the same thing, and why.

Two figures count the same thing where they have one category (or unit) and measure, neither is denied, nothing that
both articles say of whom, when and where differs, and either

- they are the same number, and whom, when or where is the same, or else some words around them, or
- they are different ones with one fate ("killed"), and befall the same party, or have the same date and place.

Where the fates differ ("lost" here, "killed" there), the number has to be the same. A place may differ where party and
number are the same, and a date that was only inherited from the text before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kit.compare.readings import Compared
from kit.compare.words import shared_words, stems
from kit.records import Quantity, Source, Span

AROUND = 200  # characters on each side of a figure
WORDS = 4  # that two figures share around them, where the articles leave open whom, when and where
NEAR = 200  # figures and clusters to compare with, the last ones: a table of a thousand numbers stays quick
OPEN = (None, "unspecified")  # a fate that the article leaves open


@dataclass(frozen=True)
class Told:
    """A figure as one article has it."""

    article: Compared
    figure: Quantity

    @property
    def source(self) -> Source | None:
        """Who reports it; ``None`` where nobody is cited."""
        return self.article.source(self.figure.reporter)

    @property
    def thing(self) -> str:
        """What is counted."""
        return self.figure.category or (self.figure.unit or self.figure.counted or "").lower()

    @cached_property
    def around(self) -> frozenset[str]:
        """The words around it."""
        text, figure = self.article.analysis.article.text, self.figure
        return frozenset(stems(text[max(0, figure.start_char - AROUND) : figure.end_char + AROUND]))

    @property
    def numbers(self) -> tuple[float | None, float | None, float | None]:
        """The stated numbers, whatever the bound."""
        low, high = self.figure.low, self.figure.high
        stated = self.figure.value if self.figure.value is not None else low if low is not None else high
        return (stated, None, None) if self.figure.bound != "range" else (stated, low, high)


@dataclass
class SharedFigure:
    """The same figure, as articles have it, each with the reason why it stands here."""

    told: list[Told] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    title: str = ""

    @property
    def articles(self) -> int:
        """How many articles have it."""
        return len({one.article.index for one in self.told})

    def name(self) -> str:
        """What is counted, what became of it, whom it befalls, where and when, as far as any article says so."""
        figures = [one.figure for one in self.told]
        fates = {figure.status for figure in figures} - set(OPEN)
        thing = f"{self.told[0].thing} {fates.pop()}" if len(fates) == 1 and not self._open else self.told[0].thing
        whom = next((figure.affected.text for figure in figures if figure.affected), None)
        place = next((figure.place.text for figure in figures if figure.place), None)
        date = next((figure.date.value for figure in figures if figure.date), None)
        return ", ".join(part for part in (thing, whom, place, date) if part)

    @property
    def _open(self) -> bool:
        return any(one.figure.status in OPEN for one in self.told)


def find_figures(articles: Sequence[Compared]) -> list[SharedFigure]:
    """The figures of all articles, those that count the same thing together, in reading order."""
    found: list[SharedFigure] = []
    by_thing: dict[tuple[str, str | None], list[SharedFigure]] = defaultdict(list)
    for article in articles:
        for figure in sorted(article.analysis.quantities, key=lambda figure: figure.start_char):
            one = Told(article, figure)
            if figure.status == "denied" or not one.thing:
                continue
            near = by_thing[one.thing, figure.measure]
            matches = [
                (score, shared, why)
                for shared in near[-NEAR:]
                if (match := _match(one, shared))
                for score, why in [match]
            ]
            if matches:
                _, shared, why = max(matches, key=lambda match: match[0])
            else:
                shared, why = SharedFigure(), "the first to have it"
                near.append(shared)
                found.append(shared)
            shared.told.append(one)
            shared.why.append(why)
    names = Counter(shared.name() for shared in found)
    for shared in found:  # two things of one name are told apart by the words of the first figure
        name = shared.name()
        shared.title = f"{name} (“{shared.told[0].figure.text}”)" if names[name] > 1 else name
    return found


def _match(one: Told, shared: SharedFigure) -> tuple[int, str] | None:
    """How well a figure fits those of a cluster, and why; ``None`` where it does not."""
    own = [other for other in shared.told[-NEAR:] if other.article is one.article]
    if any(other.figure.reporter == one.figure.reporter and other.numbers != one.numbers for other in own):
        return None  # one source that gives two numbers in one article counts two things
    fits = [fit for other in shared.told[-NEAR:] if (fit := _fit(one, other))]
    return max(fits, key=lambda fit: fit[0]) if fits else None


def _fit(one: Told, other: Told) -> tuple[int, str] | None:
    here, there = one.figure, other.figure
    number = one.numbers == other.numbers and one.numbers[0] is not None
    whom, when = _words(here.affected, there.affected), _date(here, there)
    where = _words(here.place, there.place)
    fates = {here.status, there.status}
    if whom is False or when is False or (where is False and not (number and whom)):
        return None
    if not number and (len(fates) > 1 or not (whom or (when and where))):
        return None
    words = one.around & other.around
    if not (whom or when or where) and len(words) < WORDS:
        return None
    said = (("whom", whom, here.affected), ("where", where, here.place))
    reasons = [one.thing, "same number" if number else "another number"]
    reasons += [f"{name}: “{span.text}”" for name, same, span in said if same and span]
    reasons += [f"when: {here.date.value}"] if when and here.date else []
    if not (whom or when or where):
        text = one.article.analysis.article.text[max(0, here.start_char - AROUND) : here.end_char + AROUND]
        reasons.append(f"words around: {', '.join(shared_words(text, words))}")
    return 4 * number + 2 * bool(whom) + 2 * bool(when) + bool(where) + (len(fates) == 1), "; ".join(reasons)


def _words(one: Span | None, other: Span | None) -> bool | None:
    """Whether two parties or places are the same: they share a word; ``None`` where one article does not say."""
    if one is None or other is None:
        return None
    return bool(set(stems(one.text)) & set(stems(other.text)))


def _date(one: Quantity, other: Quantity) -> bool | None:
    """Whether two figures have the same date, as far as both say it; one that was only inherited may differ."""
    if one.date is None or other.date is None:
        return None
    here, there = one.date.value, other.date.value
    if here.startswith(there) or there.startswith(here):
        return True
    return None if one.date.inherited or other.date.inherited else False
