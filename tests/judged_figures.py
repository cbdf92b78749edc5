"""Judges a reading of the gold set of figures and dates: mark by mark, field by field, right or wrong.

In: an :class:`~gold_figures.Item` and what the kit made of its text. Out: :class:`Mark`s. A mark is a figure, a time
expression, a number that is no figure, a publication date of which the clues speak, or a figure or date that nobody
wrote; it is right where every field that the gold judges is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from gold_figures import VOCABULARY, GoldDate, GoldFigure, Item

from kit.dates import Clue
from kit.lexicon import load_lexicon
from kit.records import OUTLET, Analysis, Quantity, Span, TimeExpression

NOT_COUNTED = {"age", "score", "ordinal", "rank", "time", "date", "identifier", "designation", "name", "duration"}
GRAINS = {
    r"\d{4}": "year",
    r"\d{4}-\d\d": "month",
    r"\d{4}-\d\d-\d\d": "day",
    r"\d{4}-W\d\d": "week",
    r"\d{4}-Q\d": "quarter",
    r"\d{4}-(SP|SU|FA|AU|WI)": "season",
    r"\d{3}": "decade",
}
LOSSES = ("losses", "damage")  # of things that are neither people nor equipment, "damage" says the same
HARM = {*VOCABULARY["status"]} - {"unspecified"}
STOPWORDS = {"the", "a", "an", "of", "its", "his", "her", "their"}
SPELLINGS = (("metre", "meter"), ("litre", "liter"), ("armour", "armor"), ("-", " "))


@dataclass
class Mark:
    """One thing that the gold marks, and what a reading made of it: field by field, right or wrong."""

    text: str
    tags: set[str]
    fields: dict[str, bool] = field(default_factory=dict)
    read: object = None

    @property
    def right(self) -> bool:
        """Whether nothing about it is wrong."""
        return all(self.fields.values())


@dataclass(frozen=True)
class Read:
    """A reading of an item: its analysis, and the clues that contradict each publication date that the gold names."""

    analysis: Analysis
    contradicted: dict[str, tuple[Span | Clue, ...]]


def judge(item: Item, read: Read) -> list[Mark]:
    """Everything that is judged in an item, inventions included."""
    analysis = read.analysis
    marks = [*_judge_publication(item, read.contradicted)]
    quantities, dates = list(analysis.quantities), list(analysis.dates)
    marks += [_judge_figure(item, gold, _take(gold.core, quantities), analysis) for gold in item.figures]
    marks += [_judge_date(gold, _take(gold.span, dates)) for gold in item.dates]
    for span in item.not_figures:
        left = [quantity for quantity in analysis.quantities if _overlap(span, quantity)]
        countable = [q for q in left if q.measure not in NOT_COUNTED or q.category]
        marks.append(Mark(span.text, set(), {"no figure is made of it": not countable}, left))
    spans = [gold.span for gold in item.dates if gold.kind == "duration" or "kind" in gold.open]
    spans += [*item.undecided, *item.not_figures, *(f.span for f in item.figures if "found" in f.open)]
    for quantity in quantities:
        if not any(_overlap(span, quantity) for span in spans) and quantity.measure not in NOT_COUNTED:
            marks.append(Mark(quantity.text, set(), {"figures that are in the gold": False}, quantity))
    for found in dates:  # an age is a duration to some
        spans = [*item.undecided, *(gold.span for gold in item.dates)]
        spans += item.not_figures if found.kind == "duration" else ()
        if not any(_overlap(span, found) for span in spans):
            marks.append(Mark(found.text, set(), {"dates that are in the gold": False}, found))
    return [mark for mark in marks if mark.fields]


def _judge_publication(item: Item, contradicted: dict[str, tuple[Span | Clue, ...]]) -> Iterator[Mark]:
    for day in item.fits:
        yield Mark(day, {"clues"}, {"publication date that fits": not contradicted[day]}, contradicted[day])
    spans = {gold.key: gold.span for gold in item.dates}
    for day, keys in item.contradicts:
        right = any(_overlap(spans[key], clue) for key in keys for clue in contradicted[day])
        yield Mark(day, {"clues"}, {"clue that a publication date contradicts": right}, contradicted[day])


def _take(span: object, records: list) -> object:
    """The first record that overlaps the span, taken out of the list, or ``None``."""
    found = next((record for record in records if _overlap(span, record)), None)
    if found is not None:
        records.remove(found)
    return found


def _overlap(a, b) -> bool:
    return a.start_char < b.end_char and b.start_char < a.end_char


def _judge_figure(item: Item, gold: GoldFigure, read: Quantity | None, analysis: Analysis) -> Mark:
    mark = Mark(gold.span.text, gold.tags, read=read)
    if read is None:
        if "found" not in gold.open:
            mark.fields["figures found"] = False
        return mark

    def count(name: str, right: bool, *, of: str) -> None:
        if of not in gold.open:
            mark.fields[name] = bool(right)

    if "found" not in gold.open:
        mark.fields |= {"figures found": True, "figures that are in the gold": True}
    count("value", _equal(read.value, gold.value), of="value")
    count("bound", read.bound == gold.bound, of="bound")
    if not {"value", "bound"} & gold.open:
        limits = [(read.low, gold.low), (read.high, gold.high)]
        count("limits", all(_equal(*pair) or _is_loose(gold, pair[0]) for pair in limits), of="value")
    count("unit", _is_unit(read.unit, gold), of="unit")
    count("direction", read.direction == (*gold.direction, None)[0], of="direction")
    if gold.counted:
        count("counted noun", any(word in (read.counted or "").lower() for word in gold.counted), of="counted")
    if gold.category:
        count("category", bool(_lists_of(read.category) & {*gold.category}), of="category")
    harmed = read.measure in LOSSES
    if gold.polarity:
        count("denied or hypothetical", read.status in gold.polarity and not harmed, of="polarity")
    else:
        if gold.measure:
            is_thing = not {"people", "equipment"} & {*gold.category}
            measures = {*gold.measure} | ({"damage"} if is_thing and "losses" in gold.measure else set())
            count("measure", read.measure in measures, of="measure")
        if gold.status:
            count("status", read.status in gold.status, of="status")
        elif "losses" not in gold.measure and not {"measure", "status"} & gold.open:
            count("no loss is made of it", not harmed and read.status not in HARM, of="status")
    _judge_roles(item, gold, read, analysis, count)
    return mark


def _judge_roles(item: Item, gold: GoldFigure, read: Quantity, analysis: Analysis, count: Callable) -> None:
    wanted = gold.roles["reporter"]
    source = analysis.source(read.reporter)
    mentions = source.mentions if source else ()
    if wanted:
        right = any(_same_words(span, mention) for span in wanted for mention in mentions)
        count("reporter", right, of="reporter")
    else:
        count("the outlet as reporter", read.reporter == OUTLET, of="reporter")
    for role in ("affected", "actor", "place"):
        span = getattr(read, role)
        if gold.roles[role]:
            count(role, span is not None and any(_same_words(g, span) for g in gold.roles[role]), of=role)
        elif role in gold.absent:
            count(f"no {role}", span is None, of=role)
    if gold.on:
        when = next(found for found in item.dates if found.key == gold.on)
        value = read.date.value if read.date else None
        count("date of the figure", any(_same_date(value, option) for option in when.values or (None,)), of="date")
        if value:
            count("inherited or own date", read.date.inherited == gold.inherited, of="inherited")


def _judge_date(gold: GoldDate, read: TimeExpression | None) -> Mark:
    mark = Mark(gold.span.text, gold.tags, read=read)
    if read is None:
        if "found" not in gold.open:
            mark.fields["dates found"] = False
        return mark
    values = {read.value, *read.alternatives}
    if "found" not in gold.open:
        mark.fields |= {"dates found": True, "dates that are in the gold": True}
    if "span" not in gold.open:
        mark.fields["span of a date"] = _bare(read.text) == _bare(gold.span.text)
    if "kind" not in gold.open:
        mark.fields["kind of a date"] = read.kind == gold.kind
    if "value" in gold.open:
        return mark
    if gold.both:
        mark.fields["both readings"] = {*gold.values} <= values
    elif not gold.values:
        mark.fields["unresolved without a publication date"] = all(_is_unresolved(value) for value in values)
    else:
        mark.fields["value of a date"] = any(_same_value(read.value, value) for value in gold.values)
        if gold.kind == "date":
            spare = {v for v in read.alternatives if not any(_same_value(v, value) for value in gold.values)}
            mark.fields["one reading where there is one"] = not spare
            same = [value for value in gold.values if _same_value(read.value, value)] or gold.values
            grains = {name for form, name in GRAINS.items() for value in same if re.fullmatch(form, value)}
            if grains:
                mark.fields["grain"] = read.grain in grains
    return mark


def _equal(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=0.01 if 0 < b < 1 else 1e-9)


def _is_loose(gold: GoldFigure, limit: float | None) -> bool:
    """Whether an approximate figure may state this limit: its own number, or none."""
    return gold.bound == "approx" and (limit is None or _equal(limit, gold.value))


def _is_unit(unit: str | None, gold: GoldFigure) -> bool:
    options = (*gold.units, "person") if "people" in gold.category else gold.units
    if not unit:
        return "-" in options
    return any(f" {_spelled(unit)}".endswith(f" {_spelled(option)}") for option in options if option != "-")


def _spelled(word: str) -> str:
    word = word.lower()
    for british, american in SPELLINGS:
        word = word.replace(british, american)
    return word


@cache
def _lists_of(category: str | None) -> frozenset[str]:
    """The lists that a category is in, by the table's name and by whose list it is."""
    tables = load_lexicon("categories").items()
    return frozenset(
        listed for name, table in tables if category in (name, *table["categories"]) for listed in (name, table["list"])
    )


def _words(span: Span) -> set[str]:
    return {word.lower() for word in re.findall(r"\w+", span.text)} - STOPWORDS


def _same_words(gold, span: Span) -> bool:
    """Whether two spans overlap and share half of their words (F1), determiners apart."""
    mine, theirs = _words(gold), _words(span)
    if not mine or not theirs:
        return gold.text.lower() == span.text.lower()
    return _overlap(gold, span) and 2 * len(mine & theirs) >= 0.5 * (len(mine) + len(theirs))


def _same_date(value: str | None, option: str | None) -> bool:
    """Whether a figure's date is the expression's, at its grain or its day."""
    return value == option or bool(value and option and (_same_value(value, option) or value == option.split("T")[0]))


def _same_value(value: str | None, option: str) -> bool:
    return value is not None and re.sub(r"(T\d\d:\d\d):00$", r"\1", value) == option


def _is_unresolved(value: str | None) -> bool:
    return value is None or value.startswith("XXXX") or value.endswith("_REF") or not re.search(r"\d{4}", value)


def _bare(text: str) -> str:
    return re.sub(r"^(on|in|at|the|for|by|since|from|a|an) ", "", text.lower())
