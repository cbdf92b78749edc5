"""Rules for days and their parts: "yesterday", "last Friday", "Monday morning", "9 a.m."."""

from __future__ import annotations

from kit.dates import relative
from kit.dates.grammar import Phrase, near, rule
from kit.dates.meanings import Meaning, at_clock, with_part

_HOURS = 24


@rule("early? day_word part?", "later on? day_word part?")
def _day_word(phrase: Phrase) -> Meaning:
    word, part = phrase.get("day_word"), phrase.value("part")
    if word.text.lower() in ("tonight", "overnight"):
        part = "NI"
    meaning = relative.day_word(word.value)
    return with_part(meaning, part) if part else meaning


@rule("the single (?:before|after) day_word")
def _beyond(phrase: Phrase) -> Meaning | None:
    """ "the day before yesterday", "the day after tomorrow"."""
    if phrase.unit != "day":
        return None
    return relative.day_word(phrase.value("day_word") + (1 if phrase.get("after") else -1))


@rule(
    "(?:(?:the|this)? shift)? early? weekday (?:early? part)?",
    "early dash? on? weekday part?",
    "later on? weekday part?",
    "the early? weekday part?",
    "weekday comma? the nth",
)
def _weekday(phrase: Phrase) -> Meaning | None:
    if phrase.is_preposition():
        return None
    part = phrase.value("part")
    meaning = relative.weekday(phrase.value("weekday"), phrase.shift)
    return with_part(meaning, part) if part else meaning


@rule("the? shift early? part")
def _shifted_part(phrase: Phrase) -> Meaning | None:
    """ "this morning", "last night", "the next evening"."""
    part, shift = phrase.value("part"), phrase.shift
    if shift == "past" or phrase.is_preposition():
        return None
    return with_part(relative.day_word(-1) if shift == "last" else relative.shifted(shift, "day"), part)


@rule("the part (?:before|after)")
def _part_beside(phrase: Phrase) -> Meaning | None:
    """ "the night before", but not "the morning after the vote"."""
    if phrase.following.isalnum():
        return None
    day = relative.away(1 if phrase.get("after") else -1, "day", from_text=True)
    return with_part(day, phrase.value("part"))


@rule("the (?:early dash?|later)? part", "early dash? part", "part")
def _part(phrase: Phrase) -> Meaning | None:
    alone = len(phrase.words) == 1
    if alone and phrase.prior not in near("part_after"):
        return None
    of_a_day = phrase.following == "of" and not alone  # "the night of 3 March", not "the night of the flood"
    return with_part(relative.definite("day"), phrase.value("part"))._replace(fits=("day",), whole=not of_a_day)


@rule("(?:a? quarter|half) (?:past|to) (?:numword|hour)")
def _quarter_past(phrase: Phrase) -> Meaning | None:
    hour = phrase.words[-1].value
    if hour > 12 or (phrase.get("half") and phrase.get("to")):
        return None
    minutes = hour * 60 + (30 if phrase.get("half") else -15 if phrase.get("to") else 15)
    return at_clock(f"{minutes // 60:02d}:{minutes % 60:02d}", "")


@rule(
    "clock ampm? timezone?",
    "clock unit timezone?",
    "hour ampm timezone?",
    "fourdigit timezone",
    "(?:hour|numword) oclock",
    "clock_word",
)
def _clock(phrase: Phrase) -> Meaning | None:
    word, half = phrase.words[0], phrase.get("ampm")
    zone = "Z" if phrase.value("timezone") == "Z" else ""
    if word.kind == "clock_word":
        return at_clock(word.value, zone)
    digits = {"fourdigit": [word.text[:2], word.text[2:]], "clock": word.text.replace(".", ":").split(":")}
    hour, *rest = map(int, digits.get(word.kind, [str(word.value)]))
    if hour > _HOURS or any(number > 59 for number in rest) or (half and not 1 <= hour <= 12):
        return None
    if (phrase.get("unit") and phrase.unit != "hour") or (word.kind == "numword" and hour > 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.text.lower().startswith("p") else 0)
    return at_clock(":".join(f"{number:02d}" for number in (hour, *(rest or [0]))), zone)
