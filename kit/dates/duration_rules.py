"""Rules for durations: "five days", "two-year", "the past three weeks", "for months"."""

from __future__ import annotations

from kit.dates.classes import SETS
from kit.dates.durations import count_of, duration, set_of
from kit.dates.grammar import NUMBER, Phrase, near, rule
from kit.dates.meanings import Meaning, constant
from kit.dates.words import Word

_NUMBERS = (*SETS["digits"], "numword", "bignum")


def _numbers(phrase: Phrase) -> list[Word]:
    """The words of a phrase without its unit, "old", "last" and "first"."""
    others = ("unit", "units", "quarter", "old", "ordinal", *SETS["shift"])
    return [word for word in phrase.words if word.kind not in others]


@rule(
    f"(?:{NUMBER}(?:and a? half)?|a? vague of? bignum?|a bignum|a? half dash? a?) keep{{0,3}} any_unit (?:and a half)?"
    "(?:dash? old)?",
    f"(?:{NUMBER}|a|half|numword dash and dash a dash half) dash any_unit (?:dash? old)?",
    "a keep{0,3} any_unit (?:and a half)? old?",
)
def _duration(phrase: Phrase) -> Meaning | None:
    unit, hyphen = phrase.unit, phrase.get("dash")
    one = phrase.first == "a" and not phrase.get(*_NUMBERS, "vague")
    if (phrase.plural and one and not phrase.get("half")) or (phrase.first == "vague" and phrase.get("unit")):
        return None
    if unit == "second" and not phrase.plural and (one or not hyphen) and phrase.first not in SETS["digits"]:
        return None  # "a second term"
    if unit == "quarter" and (phrase.following == "of" or phrase.get("half") or not (hyphen or phrase.plural)):
        return None  # "three quarters of the seats"
    if one and not phrase.plural:
        if unit == "weekend" or (
            unit == "day" and any(word.text in ("which", "when", "that") for word in phrase.after[:2])
        ):
            return None  # "a day on which"
        if _is_rate(phrase):
            return set_of(1, unit)
    return duration(None if phrase.get("vague") else count_of(_numbers(phrase)), unit)


def _is_rate(phrase: Phrase) -> bool:
    """ "15 a year", "$5 a day", "40 hours a week": a figure stands right before, or one noun after it."""
    if not phrase.before:
        return False
    last = phrase.before[-1]
    if last.kind in (*_NUMBERS, "units") or last.text == "%":
        return True
    behind = phrase.before[-2].kind if len(phrase.before) > 1 else ""
    return last.kind == "other" and last.text.isalpha() and behind in _NUMBERS and behind != "fourdigit"


@rule(f"(?:{NUMBER}|a? vague of?) keep{{0,3}} parts", "numword part", "all (?:unit|part)")
def _nights(phrase: Phrase) -> Meaning | None:
    """ "two nights", "all day"."""
    if phrase.get("all"):
        return duration(1, phrase.unit or "day")
    if phrase.get("part") and phrase.words[0].value != 1:
        return None
    return duration(None if phrase.get("vague") else count_of(phrase.words[:-1]), "day")


@rule(f"(?:between {NUMBER} and|{NUMBER} (?:to|dash|or)) {NUMBER} keep{{0,3}} dash? any_unit (?:dash? old)?")
def _from_to(phrase: Phrase) -> Meaning | None:
    """ "five to seven years": no single number, both ends as alternatives."""
    words = _numbers(phrase)
    links = ("and",) if phrase.first == "between" else ("to", "or", "dash")
    middle = next(place for place, word in enumerate(words) if word.kind in links)
    ends = [count_of(words[:middle]), count_of(words[middle + 1 :])]
    if None in ends:
        return None
    open_ended = duration(None, phrase.unit).read(None)
    values = tuple(duration(end, phrase.unit).read(None).value for end in ends)
    return Meaning("duration", open_ended.grain, lambda _: open_ended._replace(alternatives=values))


@rule(
    f"the? (?:shift|ordinal|second) (?:{NUMBER}|a? vague of?|a bignum|half) keep{{0,3}} any_unit",
    "the? past keep{0,3} any_unit",
    "the (?:last|next) any_unit",
)
def _recent(phrase: Phrase) -> Meaning | None:
    """ "the past three weeks" is a duration; so is "the last year" after "in", "over" and their kin."""
    unit = phrase.unit
    if phrase.get("vague"):
        return duration(None, unit)
    if phrase.get(*_NUMBERS, "half"):
        return duration(count_of(_numbers(phrase)), unit)
    if phrase.plural:
        return (
            duration(None, unit)
            if phrase.get("past")
            else constant("PAST_REF" if phrase.get("last") else "FUTURE_REF", "vague")
        )
    if unit in ("second", "minute") or phrase.following == "of":
        return None  # "the last minute", "the last week of March"
    spanning = phrase.prior in near("spanning") and unit != "quarter" and phrase.get("last")
    return duration(1, unit) if spanning or phrase.get("past") or unit in ("decade", "century", "hour") else None


@rule("the? (?:very|kept)? recent units")
def _recent_units(phrase: Phrase) -> Meaning:
    """ "recent weeks"."""
    return constant("PAST_REF", "vague")


@rule("keep? units")
def _bare_units(phrase: Phrase) -> Meaning | None:
    """ "for years", "weeks of rain"; "decades" anywhere."""
    if (phrase.unit == "quarter" and phrase.following == "of") or (
        phrase.before and phrase.before[-1].kind in _NUMBERS
    ):
        return None
    if phrase.before and phrase.before[-1].kind == "early":
        return None  # "the early hours of Friday"
    company = not phrase.before or phrase.prior in near("length_after") or phrase.following in near("length_before")
    return duration(None, phrase.unit) if company or phrase.unit in ("decade", "century") else None


@rule("a? (?:units|unit) dash (?:kept|old)", "length", f"kept {NUMBER} units")
def _long(phrase: Phrase) -> Meaning | None:
    """ "month-long", "decades-old", "yearlong", "a full ten days"."""
    if phrase.first == "length":
        return constant(phrase.words[0].value, "day", "duration")
    if phrase.first == "kept":
        return duration(count_of(_numbers(phrase)), phrase.unit)
    if phrase.words[-1].text.lower() not in ("long", "old"):
        return None
    return duration(None if phrase.plural else 1, phrase.unit)
