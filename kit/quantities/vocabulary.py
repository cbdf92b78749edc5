"""The word lists of figures, ready for look-up, and the patterns that find numbers.

In: the lexicons ``numbers units designations categories events cues``. Out: one :class:`Vocabulary`, made anew only
where a list has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kit.lexicon import load_lexicon

NAMES = ("numbers", "units", "designations", "categories", "events", "cues")
_CLASSES = (
    "recording suffering inflicting tolling helping depriving accusing striking controlling".split()
)  # of verbs in `events`
GAP = "[ \u00a0\u202f]"  # between the words of a figure; a line break ends it


@dataclass(frozen=True)
class Category:
    """What a counted noun belongs to: an entry of a list, the list, and how the list counts and loses."""

    name: str
    group: str
    unit: str | None
    lost: str | None


@dataclass
class Vocabulary:
    """All lists of the kit's and the user's; see the lexicon files for what each is."""

    lists: dict[str, Mapping[str, Any]]
    plain: frozenset[str] = frozenset()
    scale: dict[str, int] = field(default_factory=dict)
    fractions: dict[str, int] = field(default_factory=dict)
    singular: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    money: frozenset[str] = frozenset()
    measures: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    bound_words: dict[str, str] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    human: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    sets: dict[str, frozenset[str]] = field(default_factory=dict)


_kept: list[tuple[tuple[Any, ...], Vocabulary]] = []


def load_vocabulary() -> Vocabulary:
    """The lists as they stand now: call it once per article."""
    lists = tuple(load_lexicon(name) for name in NAMES)
    if not _kept or any(new is not old for new, old in zip(lists, _kept[0][0], strict=True)):
        _kept[:] = [(lists, _compile(dict(zip(NAMES, lists, strict=True))))]
    return _kept[0][1]


def _compile(lists: dict[str, Mapping[str, Any]]) -> Vocabulary:
    numbers, units, names = lists["numbers"], lists["units"], lists["designations"]
    made = Vocabulary(lists)
    made.plain = frozenset(numbers["words"]["plain"])
    made.scale, made.fractions, made.singular = numbers["scale"], numbers["fractions"], numbers["singular"]
    made.signs = {word: unit for unit, words in units["currency_signs"].items() for word in words}
    measured = {word: unit for unit, words in units["units"].items() for word in words}
    coins = {word: unit for unit, words in units["currency_words"].items() for word in words}
    made.units = measured | coins
    made.money = frozenset({*units["currency_words"], *units["currency_signs"]})
    made.measures = {unit: measure for measure, unit_names in units["measures"].items() for unit in unit_names}
    made.categories = {
        word: Category(name, group, table.get("unit"), table.get("lost"))
        for group, table in lists["categories"].items()
        for name, words in table["categories"].items()
        for word in words
    }
    made.bound_words = {words: bound for bound, phrases in numbers["bounds"].items() for words in phrases}
    made.verbs = {verb: bound for bound, verbs in numbers["bounds_verbs"].items() for verb in verbs}
    made.sets = {name: frozenset(table["words"]) for name, table in numbers.items() if "words" in table}
    made.sets |= {name: frozenset(words) for name, words in names.items()}
    made.sets |= {"weak": frozenset(numbers["vague"]["weak"]), "alone": frozenset(numbers["vague"]["alone"])}
    made.sets |= {"per": frozenset(units["per"]["words"]), "denying": frozenset(lists["cues"]["denying"])}
    events, cues = lists["events"], lists["cues"]
    made.sets |= {"no_actors": frozenset(events["no_actors"]["nouns"]), "bodies": frozenset(events["bodies"]["nouns"])}
    made.sets |= {"where": frozenset(events["places"]["prepositions"]), "places": frozenset(events["places"]["nouns"])}
    made.sets["disputes"] = frozenset(numbers["ambiguous"]["disputes"])
    made.sets |= {name: frozenset(events[name]["verbs"]) for name in (*_CLASSES, "still")}
    made.sets["indices"] = frozenset(names["indices"])
    made.sets["cues"] = frozenset(
        word for name in ("speaking", "thinking", "endorsing", "distancing") for word in cues[name]
    )
    made.statuses = {
        status: {key: frozenset(value) if isinstance(value, list) else value for key, value in table.items()}
        for status, table in events["statuses"].items()
    }
    made.sets["controlling"] |= made.sets["accusing"]
    made.sets["deeds"] = frozenset(events["deeds"]["nouns"])
    made.sets["lifeless"] = frozenset(events["lifeless"]["nouns"])
    made.localities = tuple(events["places"]["endings"])
    made.human = tuple(events["human"]["endings"])
    made.forms = {form: verb for verb in _verbs(events) for form in inflect(verb)} | events["forms"]
    made.patterns = _patterns(made, numbers, measured, coins)
    return made


def _verbs(events: Mapping[str, Any]) -> set[str]:
    """Every verb of the lists, without its particle."""
    names = ("verbs", "passives", "happens", "losers", "costs", "unseen")
    found = [verb for table in events["statuses"].values() for name in names for verb in table.get(name, ())]
    change, told = events["change"], events["telling"].values()
    found += [*change["up"], *change["down"], *events["denial"]["failed"], *(verb for some in told for verb in some)]
    found += [
        verb for name in (*_CLASSES, "strength", "price", "denial", "hypothetical") for verb in events[name]["verbs"]
    ]
    return {verb.split()[0] for verb in found} - {"up", "down", "have", "be", "see", "go"}


def inflect(verb: str) -> Iterable[str]:
    """The regular forms of a verb; doubled consonants with and without."""
    stem = verb[:-1] if verb.endswith("e") else verb
    yield from (
        verb,
        f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s",
        f"{stem}ed",
        f"{stem}ing",
    )
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")
    if verb[-1] not in "aeiouwxy" and verb[-2:-1] in ("a", "e", "i", "o", "u"):
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")


def _patterns(
    made: Vocabulary, numbers: Mapping[str, Any], measured: Iterable[str], coins: Iterable[str]
) -> dict[str, re.Pattern[str]]:
    word, scales = _any(made.plain), _any(numbers["words"]["scales"])
    links = rf"(?:{GAP}(?:and{GAP}(?:a{GAP})?)?|-(?:and-)?)"
    behind = {words: bound for bound, phrases in numbers["bounds_behind"].items() for words in phrases}
    made.bound_words |= {f"<{words}": bound for words, bound in behind.items()}
    flags = re.IGNORECASE
    long = [name for name in {*measured, *coins} if len(name) > 4 and name.isalpha()]  # with a capital, too
    return {
        "number": re.compile(
            rf"(?<![\w-])(?P<part>(?:an?|{word}|\d{{1,2}})(?:{GAP}|-){_any(made.fractions)}s?(?![\w])|half(?={GAP}(?:of|the|its|their|his|her|our|all|those|these)\b))"
            rf"|(?P<digits>(?:\d(?:[\d.,:/⁄]*\d)?|(?<![\w.])\.\d+)(?:{GAP}?×{GAP}?10[−-]?\d+)?[½¼¾⅓⅔⅛]?|[½¼¾⅓⅔⅛])"
            rf"|(?<![\w-])(?P<half>half(?:-|{GAP})an?(?:-|{GAP})|half[-]?(?=dozen\b)|an?{GAP}(?={scales}\b))(?P<of>{scales})(?:{links}(?P<more>half)\b)?(?!\w)"
            rf"|(?<![\w-])(?P<words>{word}(?:{links}(?:{word}|{scales}|half)){{0,19}})(?!\w)",
            flags,
        ),
        "scale": re.compile(
            rf"(?:{GAP}|-)?(?P<scale>{scales}|mln|mil|mn|bln|bn|tn|trn|lakh|crore)\.?(?!\w)|(?P<letter>[kKmMbB])(?![\w])",
            flags,
        ),
        "fraction": re.compile(
            rf"(?P<top>an?|{word}|\d{{1,2}})(?:{GAP}|-)(?P<bottom>{_any(made.fractions)})s?(?!\w)(?:{GAP}of{GAP}an?{GAP}(?P<scale>{scales})\b)?",
            flags,
        ),
        "ratio": re.compile(
            rf"{GAP}(?:in|out{GAP}of)(?:{GAP}every)?{GAP}(?P<bottom>{word}|a{GAP}hundred|\d[\d,]*)(?![\w.,]*\d)(?!\w)",
            flags,
        ),
        "sign": re.compile(rf"(?:(?<!\w)(?:{_any(made.signs)})|(?<=\w)[$€£¥])(?P<gap>{GAP}?)(?P<minus>[-−–])?$"),
        "unit": re.compile(rf"(?P<join>{GAP}|-)?(?P<unit>{_any({*measured, *coins})})(?![\w²³])"),
        "words_unit": re.compile(
            rf"(?P<join>{GAP}|-)?(?P<unit>{_any(long)})(?![\w²³])",
            flags,
        ),
        "behind": re.compile(rf",?(?:{GAP}|-)?(?P<bound>{_any(behind)})(?!\w)", flags),
        "per": re.compile(
            rf"{GAP}?(?:(?:per|each|every){GAP}|/|per-|(?P<a>an?)(?:{GAP}|-))(?P<per>[^\W\d_]+(?:{GAP}(?:foot|metre|meter|mile|inch)\b)?)",
            flags,
        ),
        "vague": re.compile(rf"(?<![\w-])(?:{_any(numbers['vague']['words'])})(?![\w-])", flags),
        "clock": re.compile(rf"{GAP}?(?:{_any(made.sets['clock'])})(?!\w)", flags),
    }


def _any(words: Iterable[str]) -> str:
    """One of these words, the longest first; a space matches any gap."""
    found = sorted(words, key=lambda one: (-len(one), one))
    return "(?:" + "|".join(re.escape(one).replace(r"\ ", GAP) for one in found) + ")"
