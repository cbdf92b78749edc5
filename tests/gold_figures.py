"""The gold set of reported figures and dates: text with inline brackets becomes plain text, figures and dates.

In: the files of ``tests/gold/figures``, whose README gives the format. Out: :class:`Item`, whose offsets are code
points into ``item.text``. Nothing here reads the kit or judges it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from gold_claims import GoldError, GoldSpan

GOLD = Path(__file__).parent / "gold" / "figures"
SPLITS = ("tune", "check")
# Tags that a header states, and those that follow from what is marked.
STATED = tuple(
    """
    digits words mixed fraction ratio trailing-bound further scope false-bound from-to ordinal age score identifier
    designation date-number negative list passive nominalisation outlet-reporter absolute relative tense-weekday
    """.split()
)
DERIVED = tuple(
    """
    range lower-bound upper-bound approx vague percent money price rate change strength people equipment infrastructure
    shares cases events killed wounded captured destroyed damaged missing displaced unspecified denied hypothetical
    reporter affected actor place inherited weekday ambiguous clock daypart duration set week month season quarter
    year decade undated clues
    """.split()
)
PHENOMENA = STATED + DERIVED
ROLES = {"a": "affected", "x": "actor", "p": "place", "r": "reporter"}
VOCABULARY = {
    "direction": ("up", "down"),
    "measure": ("losses", "strength", "price", "rate", "change"),
    "status": ("killed", "wounded", "captured", "destroyed", "damaged", "missing", "displaced", "unspecified"),
    "category": ("people", "equipment", "infrastructure", "money", "shares", "cases", "events"),
    "polarity": ("denied", "hypothetical"),
}
FIELDS = (*VOCABULARY, *ROLES.values(), "found", "value", "bound", "unit", "counted", "span", "inherited")
TIME_KINDS = ("date", "time", "duration", "set")

_LABEL = r"[axpr]?\d+(?:,[axpr]\d+)*|d\d+|[no]"
_TOKEN = re.compile(rf"\\([\\{{}}])|\{{({_LABEL}):|([{{}}\\])")
_ITEM = re.compile(r"^=== (?P<header>.+)\n(?P<text>(?:.*\n)*?)---\n(?P<tail>(?:(?!=== ).*\n)*)", re.M)
_AMOUNT = r"(-?\d+(?:\.\d+)?(?:/\d+)?)"
_VALUE = re.compile(rf"(?:(>=|<=|>|<|~)?{_AMOUNT}|{_AMOUNT}\.\.{_AMOUNT}|vague)$")
_BOUNDS = {None: "exact", ">": "gt", ">=": "ge", "<": "lt", "<=": "le", "~": "approx"}
_BOUND_TAGS = {"gt": "lower-bound", "ge": "lower-bound", "lt": "upper-bound", "le": "upper-bound"}
_VALUE_TAGS = {
    "week": r"\d{4}-W\d\d.*",
    "month": r"\d{4}-\d\d",
    "season": r"\d{4}-(SP|SU|FA|AU|WI)",
    "quarter": r"\d{4}-[QH]\d",
    "year": r"\d{4}",
    "decade": r"\d{3}",
    "daypart": r".*T[A-Z]{2}",
    "clock": r".*T\d.*",
}
WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day", re.I)
_WORDS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half quarter
    quarters third thirds fifth fifths
""".split()
NUMBER = re.compile(rf"\d(?:[\d.,]*\d)?|\b(?:one|{'|'.join(_WORDS)})\b", re.I)
# What must never stand unmarked in an item: here "one", "half", "second" and the like are left to the reader's eye.
NUMBER_TO_MARK = re.compile(rf"\d+|\b(?:{'|'.join(_WORDS[:-7])}|two-thirds|dozens|scores|hundreds|thousands)\b", re.I)


@dataclass(frozen=True)
class GoldFigure:
    """One reported figure. A tuple holds every answer that counts as right; an empty one is not judged.

    Attributes:
        core: the first number in the span, by which a reading's figure is matched with this one.
        units: unit or singular of what is counted. ``counted`` are words that the noun as written contains.
        roles: the spans that were marked as reporter, affected, actor and place, any of which is right.
        absent: roles that must be empty. No marked reporter means that the outlet itself reports.
        on: the key of the :class:`GoldDate` that dates it, ``inherited`` where it stands in another clause.
        open: fields that reasonable people read differently; "found" where the figure itself is such.
    """

    number: int
    span: GoldSpan
    core: GoldSpan
    value: float | None
    low: float | None
    high: float | None
    bound: str
    units: tuple[str, ...]
    counted: tuple[str, ...]
    direction: tuple[str, ...]
    measure: tuple[str, ...]
    status: tuple[str, ...]
    category: tuple[str, ...]
    polarity: tuple[str, ...]
    roles: dict[str, tuple[GoldSpan, ...]]
    absent: frozenset[str]
    on: str | None
    inherited: bool
    open: frozenset[str]

    @property
    def tags(self) -> set[str]:
        """The phenomena that this figure shows by itself."""
        tags = {*self.measure, *self.status, *self.category, *self.polarity} | ({*self.units} & {"percent"})
        tags |= {role for role, spans in self.roles.items() if spans}
        return tags | {_BOUND_TAGS.get(self.bound, self.bound), "inherited" if self.inherited else ""}


@dataclass(frozen=True)
class GoldDate:
    """One time expression; ``values`` are the answers that count as right, or all those wanted where ``both``.

    No values: nothing may be resolved here.
    """

    key: str
    span: GoldSpan
    kind: str
    values: tuple[str, ...]
    both: bool
    open: frozenset[str]

    @property
    def tags(self) -> set[str]:
        """The phenomena that this expression shows by itself."""
        tags = {self.kind, "ambiguous" if self.both else "", "" if self.values else "undated"}
        tags |= {tag for tag, pattern in _VALUE_TAGS.items() if re.fullmatch(pattern, (*self.values, "")[0])}
        return tags | ({"weekday"} if WEEKDAY.search(self.span.text) else set())


@dataclass(frozen=True)
class Item:
    """A sentence or a short article: plain text and everything that is judged in it."""

    name: str
    kind: str
    split: str
    tags: tuple[str, ...]
    published: str | None
    text: str
    marked: str
    figures: tuple[GoldFigure, ...]
    dates: tuple[GoldDate, ...]
    not_figures: tuple[GoldSpan, ...]
    undecided: tuple[GoldSpan, ...]
    fits: tuple[str, ...]
    contradicts: tuple[tuple[str, tuple[str, ...]], ...]


def read_gold(folder: Path = GOLD, *, split: str | None = None) -> list[Item]:
    """Every item in the order of half, file and place, or those of one half."""
    return [
        item
        for half in SPLITS
        if split in (None, half)
        for path in sorted((folder / half).glob("*.txt"))
        for item in read_items(path.read_text(encoding="utf-8"), half)
    ]


def read_items(gold: str, split: str) -> list[Item]:
    """The items of one file's text; white space between them is the only thing outside an item."""
    outside = _ITEM.sub("", gold).strip()
    _check(not outside, f"not an item: {outside[:60]!r}")
    found = _ITEM.finditer(gold)
    return [_read_item(match["header"], match["text"].strip("\n"), match["tail"], split) for match in found]


def parse_markup(marked: str) -> tuple[str, list[tuple[str, GoldSpan]]]:
    """Inline brackets to plain text and (label, span) pairs in the order in which the spans open."""
    text, spans, opened, at = "", [], [], 0
    for match in _TOKEN.finditer(marked):
        literal, labels, bare = match.groups()
        text += marked[at : match.start()] + (literal or "")
        at = match.end()
        if labels:
            opened.append((len(spans), labels, len(text)))
            spans.append(None)
        elif bare:
            _check(bare == "}" and opened, f"stray {bare!r} in {marked[max(0, match.start() - 20) : at + 20]!r}")
            index, labels, start = opened.pop()
            spans[index] = (labels, start, len(text))
    _check(not opened, f"never closed: {[labels for _, labels, _ in opened]}")
    text += marked[at:]
    return text, [(label, GoldSpan(a, b, text[a:b])) for labels, a, b in spans for label in labels.split(",")]


def _read_item(header: str, marked: str, tail: str, split: str) -> Item:
    name, tags, published = [*(part.strip() for part in header.split("|")), "", ""][:3]
    try:
        text, labelled = parse_markup(marked)
        tags = tuple(tags.split())
        _check({*tags} <= {*STATED}, f"no such tag: {sorted({*tags} - {*STATED})}")
        figures, dates, fits, contradicts = [], [], (), []
        for line in filter(None, map(str.strip, tail.splitlines())):
            first, *rest = line.split()
            if first == "fits":
                fits = tuple(rest)
            elif first == "contradicts":
                contradicts.append((rest[0], tuple(rest[1].split("|"))))
            elif first.startswith("d"):
                dates.append(_read_date(first, rest, labelled))
            else:
                figures.append(_read_figure(first, rest, labelled))
        keys = {str(figure.number) for figure in figures} | {date.key for date in dates} | {"n", "o"}
        wanted = {label if label[0] not in ROLES else label[1:] for label, _ in labelled}
        wanted |= {figure.on for figure in figures if figure.on} | {key for _, clues in contradicts for key in clues}
        _check(wanted <= keys, f"no line below the text for {sorted(wanted - keys)}")
        loose = {mark: tuple(span for label, span in labelled if label == mark) for mark in "no"}
        kind = "article" if "\n" in text else "sentence"
        derived = {tag for found in (*figures, *dates) for tag in found.tags} | ({"clues"} if fits else set())
        tags += tuple(tag for tag in DERIVED if tag in derived)
        lists = (tuple(figures), tuple(dates), loose["n"], loose["o"], fits, tuple(contradicts))
        return Item(name, kind, split, tags, published or None, text, marked, *lists)
    except (GoldError, ValueError, IndexError) as error:
        raise GoldError(f"{name}: {error}") from error


def _read_date(key: str, rest: list[str], labelled: list[tuple[str, GoldSpan]]) -> GoldDate:
    kind, value, *flags = rest
    _check(kind in TIME_KINDS, f"{key}: {kind!r} is none of {', '.join(TIME_KINDS)}")
    _check(all(flag[0] == "~" and flag[1:] in ("value", "span", "kind", "found") for flag in flags), f"{key}: {flags}")
    both = "&" in value
    values = () if value == "-" else tuple(value.split("&" if both else "|"))
    return GoldDate(key, _only_span(key, labelled), kind, values, both, frozenset(flag[1:] for flag in flags))


def _read_figure(number: str, rest: list[str], labelled: list[tuple[str, GoldSpan]]) -> GoldFigure:
    value, units, *tokens = rest
    span = _only_span(number, labelled)
    match = NUMBER.search(span.text)
    start, end = match.span() if match else (0, len(span.text))
    core = GoldSpan(span.start_char + start, span.start_char + end, span.text[start:end])
    found: dict[str, tuple[str, ...]] = dict.fromkeys((*VOCABULARY, "counted"), ())
    absent, undecided, on = set(), set(), ""
    for token in tokens:
        if token[0] in "!~":
            _check(token[1:] in FIELDS, f"figure {number}: {token!r} names no field")
            (absent if token[0] == "!" else undecided).add(token[1:])
        elif token.startswith("on="):
            on = token[3:]
        elif token.startswith("of="):
            found["counted"] = _words(token[3:])
        else:
            options = tuple(token.split("|"))
            field = next((name for name, words in VOCABULARY.items() if {*options} <= {*words}), None)
            _check(field and not found[field], f"figure {number}: {token!r} is no new field")
            found[field] = options
    roles = {
        role: tuple(span for label, span in labelled if label == letter + number) for letter, role in ROLES.items()
    }
    return GoldFigure(
        int(number),
        span,
        core,
        *read_value(value),
        units=() if units == "-" else _words(units),
        roles=roles,
        absent=frozenset(absent),
        on=on.removesuffix("+") or None,
        inherited=on.endswith("+"),
        open=frozenset(undecided | ({"reporter"} if "denied" in found["polarity"] else set())),
        **found,
    )


def read_value(written: str) -> tuple[float | None, float | None, float | None, str]:
    """Value, low, high and bound of the short form: ``16 >250 >=5 <5 <=5 ~5 10..15 vague``."""
    match = _VALUE.match(written)
    _check(match, f"not a value: {written!r}")
    sign, *amounts = match.groups()
    value, low, high = (float(Fraction(amount)) if amount else None for amount in amounts)
    if written == "vague":
        return None, None, None, "vague"
    if value is None:
        return None, low, high, "range"
    bound = _BOUNDS[sign]
    low = value if bound in ("exact", "gt", "ge") else None
    high = value if bound in ("exact", "lt", "le") else None
    return value, low, high, bound


def _words(written: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in written.split("|"))


def _only_span(key: str, labelled: Iterable[tuple[str, GoldSpan]]) -> GoldSpan:
    spans = [span for label, span in labelled if label == key]
    _check(len(spans) == 1, f"{key} is marked {len(spans)} times")
    return spans[0]


def _check(condition: object, message: str) -> None:
    if not condition:
        raise GoldError(message)
