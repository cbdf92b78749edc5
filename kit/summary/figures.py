"""Reported losses as sentences: how many of what, as who says, with every bound as it was put.

In: the figures as decided. Out: one sentence for all figures of a reporter on the same party, fate, place and day.
Nothing is added up, nothing is concluded: what "lost" means is said to be open where the article leaves it open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kit.decisions import Effective
from kit.lexicon import load_lexicon
from kit.records import OUTLET, Quantity
from kit.summary.claims import cited, is_open
from kit.summary.names import is_plural, subject, verb
from kit.summary.sentences import Part, Sentence, listed, quoted, sentence

LOSSES = "losses"
# Of a status: what is said of the things lost.
FATES = {
    "unspecified": "were lost",
    "killed": "were killed",
    "wounded": "were wounded",
    "captured": "were captured",
    "destroyed": "were destroyed",
    "damaged": "were damaged",
    "abandoned": "were abandoned",
    "missing": "are missing",
    "displaced": "were displaced",
    "denied": "were lost",
}
OPEN_FATE = {
    "people": "whether killed, wounded or captured",
    "things": "whether destroyed, damaged or captured",
    "both": "whether killed, wounded, captured, destroyed or damaged",
}
MONTHS = "January February March April May June July August September October November December".split()
_PEOPLE = {"person", "people", "soldier", "civilian", "child", "man", "woman", "life"}
_PRONOUNS = {"it", "they", "them", "he", "she", "him", "her", "we", "us", "you", "i", "who", "which", "that", "both"}


def figure_sentences(view: Effective, labels: Mapping[str, str]) -> dict[str, list[tuple[Sentence, tuple[str, ...]]]]:
    """Sentences on losses by reporter (a source's id, or ``outlet``), each with the claims that it covers whole."""
    parts: dict[tuple, list[Quantity]] = {}
    for figure in sorted(view.analysis.quantities, key=lambda one: one.start_char):
        if figure.measure == LOSSES and view.answer(figure.id) != "reject":
            parts.setdefault(_same(figure), []).append(figure)
    found: dict[str, list[tuple[Sentence, tuple[str, ...]]]] = {}
    for some in parts.values():
        made = _sentence(view, some, labels)
        claims = tuple(dict.fromkeys(one.claim_id for one in some if one.claim_id))
        found.setdefault(some[0].reporter, []).append((made, claims))
    return found


def _same(figure: Quantity) -> tuple:
    affected = figure.affected.text.casefold().removeprefix("the ") if figure.affected else None
    place = figure.place.text.casefold() if figure.place else None
    return figure.reporter, figure.status, affected, place, figure.date and figure.date.value


def _sentence(view: Effective, figures: Sequence[Quantity], labels: Mapping[str, str]) -> Sentence:
    first = figures[0]
    source = None if first.reporter == OUTLET else view.record(first.reporter)
    plural = bool(source and is_plural(source))
    who = subject(source, first.claim_id or first.id) if first.reporter != OUTLET else outlet_subject(view)
    said, ending = _verbs(figures, plural=plural)
    shown = list({one.text.casefold(): one for one in reversed(figures)}.values())[::-1]
    listing = listed([quoted(_inside(view, one), one.id) for one in shown])
    notes = _notes(figures, labels)
    undecided = any(is_open(view, one.id) for one in figures)
    return sentence(who, said, listing, _of(first), ending, notes, undecided=undecided)


def outlet_subject(view: Effective) -> list[Part]:
    """The outlet, for what nobody is cited for."""
    outlet = view.analysis.article.outlet
    named = [quoted(outlet), Part(", the outlet itself, ")] if outlet else [Part("The article itself, ")]
    return [*named, Part("citing nobody,")]


def _verbs(figures: Sequence[Quantity], *, plural: bool) -> tuple[str, str]:
    """What stands before and behind the list of figures."""
    status = figures[0].status or "unspecified"
    said, told = verb("say", plural=plural), verb("report", plural=plural)
    if status == "hypothetical":
        return f" {verb('speak', plural=plural)} of ", ", as something that could be, not as something that happened"
    fate = FATES.get(status)
    if fate is None or any(_names_a_fate(one) for one in figures):
        return (f" {verb('deny', plural=plural)}: " if status == "denied" else f" {told} "), ""
    if len(figures) == 1 and figures[0].value == 1 and figures[0].bound == "exact":
        fate = fate.replace("were", "was").replace("are ", "is ")
    return f" {verb('deny', plural=plural) if status == 'denied' else said} that ", f" {fate}"


def _names_a_fate(figure: Quantity) -> bool:
    """Whether the words of a figure say already what became of them ("34 deaths", "250 dead")."""
    words = {word.strip("“”\"',.;") for word in figure.text.lower().split()}
    known = {"losses", "casualties", "casualty", "toll", "victims"}
    for table in load_lexicon("events")["statuses"].values():
        known |= {*table.get("states", ()), *table.get("nouns", ())}
    return bool(words & (known | {f"{word}s" for word in known} | {f"{word[:-1]}ies" for word in known}))


def _of(figure: Quantity) -> list[Part]:
    """Whose losses these are."""
    if figure.affected is None or figure.affected.text.lower() in _PRONOUNS:
        return []
    if figure.start_char <= figure.affected.start_char and figure.affected.end_char <= figure.end_char:
        return []
    text = figure.affected.text
    text = (
        text[0].lower() + text[1:] if text.startswith(("The ", "A ", "An ", "Its ", "Their ", "His ", "Her ")) else text
    )
    return [Part(" of "), quoted(text, figure.id)]


def _inside(view: Effective, figure: Quantity) -> str:
    """The words of a figure as they stand inside a sentence: without the capital letter of a sentence's first word."""
    start = figure.start_char
    before = view.analysis.article.text[max(0, start - 8) : start].rstrip(" \t\u00a0\"“'‘")
    opens = start == 0 or before[-1:] in tuple(".!?:\n\r")
    first = figure.text.split()[0]
    return figure.text[0].lower() + figure.text[1:] if opens and first.istitle() and first.isalpha() else figure.text


def _notes(figures: Sequence[Quantity], labels: Mapping[str, str]) -> list[Part]:
    """In brackets: the claims, the place, the day, and what is left open."""
    first = figures[0]
    notes: list[list[Part]] = []
    claims = cited(labels, [one.claim_id for one in figures if one.claim_id])
    notes += [claims] if claims else []
    if first.place:
        notes.append([Part("place: "), quoted(first.place.text)])
    if first.date:
        inherited = ", taken over from the text before" if first.date.inherited else ""
        notes.append([Part(f"date: {_day(first.date.value)}{inherited}")])
    if (first.status or "unspecified") == "unspecified":
        people = [one.unit in _PEOPLE for one in figures]
        open_fate = OPEN_FATE["people"] if all(people) else OPEN_FATE["both"] if any(people) else OPEN_FATE["things"]
        notes.append([Part(f"{open_fate} is not stated")])
    found: list[Part] = []
    for i, note in enumerate(notes):
        found += [Part("; " if i else " ("), *note]
    return [*found, Part(")")] if found else []


def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
