"""Numbers in a text, in digits and words, with their value: "3.2 million", "two and a half", "½", "1,500".

In: text. Out: :class:`Numeral`s in order. What a number means, and whether it is a figure at all, is decided elsewhere;
but what is surely no number ("9:30", "1.2.3", "007", more than fifteen digits) comes without a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import text_to_num

from kit.quantities.vocabulary import Vocabulary

Number = float | int

_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}|0|[1-9]\d{0,14}|(?=\.))(?:\.\d{1,10})?")
_POWER = re.compile(r"(?P<number>[\d.,]+)\s?×\s?10(?P<minus>[−-]?)(?P<power>\d{1,2})")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_BOTTOMS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 25, 32, 50, 64, 100, 128, 1000})
_MOST_WORDS = 20


@dataclass(frozen=True)
class Numeral:
    """A number as written. ``kind``: "digits", "words", "fraction" (a part of something), "other" (no number)."""

    start: int
    end: int
    value: Number | None
    kind: str = "digits"
    letter: str = ""  # an ambiguous "m" or "b" glued to it, not yet read: million or metres
    scaled: bool = False


def find_numerals(text: str, words: Vocabulary) -> Iterator[Numeral]:
    """Every number; digits that are glued to letters come with them left outside."""
    at, pattern = 0, words.patterns["number"]
    while (match := pattern.search(text, at)) is not None:
        if match["part"]:
            found = _part(text, match, words)
        else:
            found = _digits(text, match, words) if match["digits"] else _words(text, match, words)
        at = max(found.end, match.start() + 1)
        yield found


def _part(text: str, match: re.Match[str], words: Vocabulary) -> Numeral:
    """ "a third of", "two-thirds", "three quarters of", "half the", "a quarter of a million"."""
    start, said = match.start(), match["part"].lower()
    if said == "half":
        before = text[max(0, start - 10) : start].lower().split()
        counts = not before or before[-1] not in _HALVES
        return Numeral(start, match.end(), 0.5 if counts else None, "fraction" if counts else "other")
    parts = words.patterns["fraction"].match(text, start)
    if parts is None:
        return Numeral(start, match.end(), None, "other")
    top, bottom = parts["top"].lower(), parts["bottom"].lower()
    over, under = (1 if top in ("a", "an") else _small(top)), words.fractions[bottom]
    if parts["scale"]:
        return Numeral(
            start, parts.end(), whole(over / under * words.scale[parts["scale"].lower()]), "words", scaled=True
        )
    if 0 < over < under and _is_part(text, parts, over, bottom):
        return Numeral(start, parts.end(), over / under, "fraction")
    counts = top not in ("a", "an") and over
    return Numeral(start, start + len(top), over if counts else None, "words" if counts else "other")


_HALVES = frozenset("first second other latter former last the this that better next each".split())


def _is_part(text: str, match: re.Match[str], over: int, bottom: str) -> bool:
    """ "a third of" and "by a quarter." are parts, "a third man" and "three quarters" (of a year) are none."""
    plural, behind = text[match.end() - 1] == "s", text[match.end() : match.end() + 5].lower()
    of = behind[1:4] in ("of ", "the", "its")
    if over > 1:
        return plural and (bottom != "quarter" or of)
    one = match["top"].lower() == "one" or text[match.start() + len(match["top"])] == "-"
    return not plural and (
        of
        or one
        or (
            match["top"].lower() != "the"
            and not behind[1:2].isalpha()
            and not behind[:1].isalnum()
            and behind[:1] != "-"
        )
    )


def _small(word: str) -> int:
    try:
        return int(word) if word.isdigit() else int(text_to_num.text2num(word, "en"))
    except ValueError:
        return 0


def _digits(text: str, match: re.Match[str], words: Vocabulary) -> Numeral:
    raw, start, end = match["digits"], match.start(), match.end()
    power = _POWER.fullmatch(raw)
    vulgar = _VULGAR.get(raw[-1])
    plain = raw[:-1] if vulgar else raw
    if power and _PLAIN.fullmatch(power["number"]):
        exponent = int(power["power"]) * (-1 if power["minus"] else 1)
        return Numeral(start, end, float(f"{float(power['number'].replace(',', ''))}e{exponent}"))
    if "/" in plain or "⁄" in plain:
        return _slash(start, end, plain)
    if plain and not _PLAIN.fullmatch(plain):
        return Numeral(start, end, None, "other")
    value = (float(plain.replace(",", "")) if plain else 0.0) + (vulgar or 0.0)
    if vulgar and not plain:
        return Numeral(start, end, value, "fraction")
    half = re.compile(r"[ -](?:(?P<a>\d)[/⁄](?P<b>\d\d?)(?![\d/])|and a half\b)").match(text, end)
    if half and not vulgar and value < 1000:
        value += int(half["a"]) / max(1, int(half["b"])) if half["a"] else 0.5
        end = half.end()
    return _scaled(text, Numeral(start, end, whole(value)), words)


def _slash(start: int, end: int, raw: str) -> Numeral:
    top, _, bottom = raw.replace("⁄", "/").partition("/")
    if (
        top.isdigit()
        and bottom.isdigit()
        and int(top[:4]) < int(bottom[:5])
        and int(bottom[:5]) in _BOTTOMS
        and raw != "9/11"
    ):
        return Numeral(start, end, int(top) / int(bottom), "fraction")
    return Numeral(start, end, None, "other")


def _scaled(text: str, numeral: Numeral, words: Vocabulary) -> Numeral:
    """With the words behind it: "3.2 million", "4 hundred million", "5bn"; a glued "m" is left open."""
    value, end, found = numeral.value, numeral.end, False
    while value is not None and (match := words.patterns["scale"].match(text, end)) is not None:
        word = (match["scale"] or "").lower()
        if not word:
            glued = not found and match.start("letter") == end
            return replace(numeral, value=value, letter=match["letter"] if glued else "", scaled=found)
        if len(word) <= 3 and word != "mil" and match.start("scale") > end and text[end] == "-":
            break
        value, end, found = whole(value * words.scale[word]), match.end("scale"), True
    return replace(numeral, value=value, end=end, scaled=found)


def _words(text: str, match: re.Match[str], words: Vocabulary) -> Numeral:
    if match["of"]:
        half = "half" in (match["half"] or "").lower()
        value = words.scale[match["of"].lower()] * (0.5 if half else 1.5 if match["more"] else 1)
        return _scaled(text, Numeral(match.start(), match.end(), whole(value), "words", scaled=True), words)
    if match["words"] is None:
        return Numeral(match.start(), match.end(), None, "other")
    said = islice(re.finditer(r"[A-Za-z]+", match["words"]), _MOST_WORDS)
    pieces = [(piece.group().lower(), match.start() + piece.end()) for piece in said]
    for last in range(len(pieces), 0, -1):
        if pieces[last - 1][0] not in ("and", "a"):
            value = read_words([piece for piece, _ in pieces[:last]], words)
            if value is not None:
                return Numeral(
                    match.start(), pieces[last - 1][1], whole(value), "words", scaled=pieces[last - 1][0] in words.scale
                )
    return Numeral(match.start(), pieces[0][1], None, "other")


def read_words(said: list[str], words: Vocabulary) -> float | None:
    """The number that words say, or ``None``: "two hundred and six", "two and a half million", "three dozen"."""
    if "half" in said:
        at = said.index("half")
        if said[at - 2 : at] != ["and", "a"] or at < 3:
            return None
        before, behind = read_words(said[: at - 2], words), said[at + 1 :]
        if before is None or not all(word in words.scale for word in behind):
            return None
        value = before + 0.5 * (words.scale.get(said[at - 3], 1))
        for word in behind:
            value *= words.scale[word]
        return value
    if said[-1] == "dozen":
        before = read_words(said[:-1], words) if said[:-1] else 1
        return None if before is None else before * 12
    if "and" in said and (said[said.index("and") - 1] not in words.scale or said.count("and") > 3):
        return None
    try:
        return float(text_to_num.text2num(" ".join(said), "en"))
    except ValueError:
        return None


def whole(value: float) -> Number:
    """Without the noise of floating point, as a whole number where it is one: 1.2 * 1e6 is 1200000."""
    if abs(value) >= 1e18:
        return value
    value = float(f"{value:.12g}")
    return int(value) if value.is_integer() else value
