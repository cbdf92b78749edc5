"""Units of a number: currencies before and behind it, percent, measures, and what they are counted by ("a day").

In: a parse and a number. Out: a :class:`Unit`, ``None`` where there is none, or :data:`NO_FIGURE` where the letters or
the hyphen behind the number make it a name ("T-72", "5G", "the three-day visit").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit.quantities.numerals import Numeral
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_GLUED_ONLY = frozenset({"p", "x", "C", "F", "V", "W", "R", "R$", "t", "°", "''", "pc", "MP", "ms"})
_NO_GAP = frozenset({"R", "PS", "RM", "S $", "A $"})
_OPEN = frozenset("NOUN PROPN SYM NUM X ADJ INTJ PUNCT ADV".split())
_LETTERS = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "b": 10**9, "B": 10**9}
_AMERICAN = re.compile(r"[ \u00a0]U\.?S\.?(?=[ ,;)]|$)")
_AGO = re.compile(r"-|[ \u00a0](?:ago|earlier|later|before|after)\b")
_POUNDS = "pound"


@dataclass(frozen=True)
class Sign:
    """What stands right before a number: a currency, a minus."""

    start: int
    unit: str | None
    minus: bool = False


@dataclass(frozen=True)
class Unit:
    """A unit with the characters from the first of sign and number to its end; ``factor`` goes with the number."""

    start: int
    end: int
    name: str | None
    kind: str
    factor: float = 1
    number_end: int = 0
    per: bool = False


NO_FIGURE = Unit(0, -1, None, "none")


def read_sign(text: str, numeral: Numeral, words: Vocabulary) -> Sign | None:
    """The currency and the minus before a number."""
    start = numeral.start
    before = text[max(0, start - 8) : start]
    if not before:
        return None
    match = words.patterns["sign"].search(before)
    if match and numeral.kind != "words":
        symbol = match.group()[: match.start("gap") - match.start()].replace("\u00a0", " ")
        if not (match["gap"] and symbol in _NO_GAP) and (
            match["gap"] or not symbol.isalpha() or numeral.kind == "digits"
        ):
            return Sign(
                start - len(before) + match.start(),
                words.signs.get(symbol, _by_last(symbol, words)),
                bool(match["minus"]),
            )
    if before[-1] in "-−–" and (len(before) == 1 or before[-2] in " (\u00a0\n\t") and numeral.kind == "digits":
        spaced = before[-1] == "–" and len(before) > 1 and before[-2] != "("
        return None if spaced else Sign(start - 1, None, True)
    if before.lower().endswith(("minus ", "minus-")):
        return Sign(start - 6, None, True)
    return None


def _by_last(symbol: str, words: Vocabulary) -> str | None:
    return words.signs.get(symbol[-1:])


def find_unit(parse: Parse, numeral: Numeral, sign: Sign | None, words: Vocabulary) -> Unit | None:
    """The unit of a number, from its sign or from what stands behind it."""
    text, end, factor = parse.text, numeral.end, -1 if sign and sign.minus else 1
    start = sign.start if sign else numeral.start
    if numeral.letter:
        scale = _letter(parse, numeral, sign, words)
        if scale:
            factor, end = factor * scale, end + 1
    number_end = end
    if sign and sign.unit:
        behind = _match(parse, end, words)
        if behind and (behind[0] in words.money) and behind[1] > end:
            end = behind[1]
        american = _AMERICAN.match(text, end) if sign.unit == "dollar" else None
        end, per = _per(text, american.end() if american else end, words, money=True)
        return Unit(start, end, sign.unit + per, "money", factor, number_end, bool(per))
    found = _match(parse, end, words)
    if found is None:
        glued = text[end : end + 1]
        if (glued.isalpha() or glued == "_") and numeral.kind != "fraction":
            return NO_FIGURE
        if factor != 1:
            return Unit(start, end, None, "count", factor, number_end)
        return None
    name, unit_end, join = found
    kind = _kind(name, numeral, words)
    if (
        kind == "duration"
        and (join == "-" or (text[unit_end - 1] != "s" and numeral.value != 1))
        and not _is_old(text, unit_end)
    ):
        return NO_FIGURE
    unit_end, per = _per(text, unit_end, words, money=kind == "money")
    return Unit(start, unit_end, name + per, kind, factor, number_end, bool(per))


def _is_old(text: str, end: int) -> bool:
    return text[end : end + 5].lower().lstrip("-s ").startswith("old")


def _kind(name: str, numeral: Numeral, words: Vocabulary) -> str:
    if name == _POUNDS:
        return "money" if (numeral.value or 0) >= 10**5 else "measure"
    if name in words.money:
        return "money"
    if name in ("percent", "percentage point", "basis point"):
        return "percent"
    return {"duration": "duration", "ratio": "ratio"}.get(words.measures.get(name, ""), "measure")


def _match(parse: Parse, end: int, words: Vocabulary) -> tuple[str, int, str] | None:
    """(unit, its end, what joins it to the number) of the unit that stands here."""
    text = parse.text
    match = words.patterns["unit"].match(text, end) or words.patterns["words_unit"].match(text, end)
    if match is None:
        return None
    said, join = match["unit"].replace("\u00a0", " "), match["join"] or ""
    name = words.units.get(said) or words.units.get(said.lower())
    if name is None or (join and said in _GLUED_ONLY and not (said == "pc" and join == " ")):
        return None
    word = parse.at(match.end() - 1)
    if said.isalpha() and len(said) > 2 and parse.starts[word] >= match.start("unit") and parse.pos[word] not in _OPEN:
        return None
    if said == "m" and join == " " and parse.pos[word] not in ("NOUN", "SYM", "NUM", "PROPN"):
        return None
    return name, match.end(), join


def _letter(parse: Parse, numeral: Numeral, sign: Sign | None, words: Vocabulary) -> int:
    """What a letter glued to a number is worth: "£5m", "1.2m people", but 0 for "a 100m race"."""
    letter, text, end = numeral.letter, parse.text, numeral.end + 1
    if sign and sign.unit:
        return _LETTERS[letter]
    if letter in "kK":
        return 0 if letter == "K" and (numeral.value or 0) < 10 else _LETTERS[letter]
    unit = _match(parse, end, words)
    if unit and unit[0] in words.money and unit[2] == " ":
        return _LETTERS[letter]
    at = parse.at(end + 1) if text[end : end + 1] in " \u00a0" else -1
    counts = at >= 0 and any(
        _is_plural(parse, i)
        for i in range(at, min(at + 4, len(parse.lower)))
        if parse.pos[i] in ("NOUN", "PROPN", "ADJ", "CCONJ")
    )
    if letter == "M":
        return _LETTERS[letter] if counts or at < 0 or (numeral.value or 0) >= 1 else 0
    return _LETTERS[letter] if counts and parse.pos[at] != "CCONJ" else 0


def _is_plural(parse: Parse, word: int) -> bool:
    return parse.pos[word] == "NOUN" and parse.lemma[word] != parse.lower[word]


def _per(text: str, end: int, words: Vocabulary, *, money: bool) -> tuple[int, str]:
    """(end, " per barrel") of "a barrel", "per barrel", "/barrel"."""
    match = words.patterns["per"].match(text, end)
    if match is None:
        return end, ""
    what = match["per"].lower()
    if what in ("cent", "cents", "capita") and what != "capita":
        return end, ""
    named = what in words.sets["per"]
    if not named and (
        match["a"] or "/" in match.group() or match.group().strip().lower().startswith(("each", "every"))
    ):
        return end, ""
    if match["a"] and _AGO.match(text, match.end()):
        return end, ""
    return match.end(), f" per {what}"


def read_per(text: str, end: int, words: Vocabulary) -> tuple[int, str]:
    """The same behind a noun: "three thousand tests per day"."""
    return _per(text, end, words, money=False)
