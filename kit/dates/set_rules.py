"""Rules for sets, what recurs: "every Monday", "twice a week", "daily", "on Fridays"."""

from __future__ import annotations

from kit.dates.durations import count_of, each_weekday, set_of
from kit.dates.grammar import NUMBER, Phrase, rule
from kit.dates.meanings import Meaning, constant


@rule(
    "every (?:kept|ordinal|second){0,3} any_unit",
    f"every {NUMBER} any_unit",
    "per (?:unit|quarter|second)",
    f"(?:often|{NUMBER} times) (?:a|every|per) any_unit",
    "set_word",
)
def _set(phrase: Phrase) -> Meaning | None:
    if phrase.first == "set_word":
        return constant(phrase.words[0].value, "set", "set")
    words = [word for word in phrase.words[1:-1] if word.kind != "kept"] if phrase.first == "every" else []
    rank = phrase.rank if words and words[0].kind in ("second", "ordinal") else None
    other = any(word.text.lower() == "other" for word in phrase.words)
    count = rank or (2 if other else count_of(words) if words else 1)
    return set_of(count, phrase.unit) if count and count > 0 else None


@rule("every (?:weekday|part|month|season)", "every weekday part", "weekdays", "parts", "weekday parts")
def _each(phrase: Phrase) -> Meaning | None:
    day, part = phrase.get("weekday", "weekdays"), phrase.get("part", "parts")
    if part is None and day:
        return each_weekday(day.value)
    if part:
        if part.kind == "parts" and not day and phrase.prior not in ("in", "the", "most", "on", "at"):
            return None
        on = f"XXXX-WXX-{day.value + 1}" if day else "XXXX-XX-XX"
        return constant(f"{on}T{part.value}", "part", "set")
    word = phrase.words[-1]
    value = f"{word.value:02d}" if word.kind == "month" else word.value
    return constant(f"XXXX-{value}", word.kind, "set")
