"""Numbers that are no figures: names, times, addresses, telephone numbers, list numbering.

In: a parse and a number. Out: yes or no.
"""

from __future__ import annotations

import re

from kit.quantities.numerals import Numeral
from kit.quantities.parse import Parse
from kit.quantities.units import Sign
from kit.quantities.vocabulary import Vocabulary

_LINKS = frozenset({"and", "or", "to", "-", "–", ",", "&"})
_NUMBERING = re.compile(r"[.)](?:\s|$)")
_PAST = re.compile(r"\b(?:quarter|half|minutes?)[ \u00a0](?:past|to)[ \u00a0]$", re.I)


def is_named(parse: Parse, numeral: Numeral, sign: Sign | None, words: Vocabulary) -> bool:
    """Whether a number names something instead of counting it."""
    text, start, end = parse.text, numeral.start, numeral.end
    if sign and sign.unit:
        return False
    if _is_glued(text, sign.start if sign else start) or words.patterns["clock"].match(text, end):
        return True
    if _PAST.search(text, max(0, start - 14), start):
        return True
    if numeral.kind == "digits" and (_is_group(text, start, end) or _is_numbering(parse, start, end)):
        return True
    at = parse.at(start)
    if numeral.kind == "digits" and _is_index(parse, at, words):
        return True
    if _has_name_before(parse, at, numeral, words):
        return True
    if numeral.kind == "words" and at and text[start].isupper() and parse.pos[at - 1] == "PROPN":
        return parse.starts[at] - parse.ends[at - 1] == 1 and parse.head[at] <= at  # "World War Two"
    if numeral.kind != "digits" or numeral.scaled or "," in text[start:end] or "." in text[start:end]:
        return False
    _, first, last = parse.entity.get(at, ("", at, at + 1))
    if first < at < last and last - first > 1:
        return True
    return _is_part_of_name(parse, at) or _is_address(parse, at, words)


def _is_glued(text: str, start: int) -> bool:
    """ "T-72", "Su35", "Covid-19", "#1"; "sub-300" and "minus-130" are figures."""
    if not start:
        return False
    before = text[start - 1]
    if before.isalnum() or before in "_@#/\\=&.'’^":
        return not (before in ".'’=" and (start == 1 or not text[start - 2].isalnum()) and before != "'")
    if before in "-–" and start > 1 and text[start - 2].isalnum():
        lead = re.search(r"[^\W\d_]+$", text[max(0, start - 8) : start - 1])
        return not (lead and lead.group().lower() in ("sub", "minus", "under", "over"))
    return before == "+" and start > 1 and text[start - 2] != " "


def _is_group(text: str, start: int, end: int) -> bool:
    """Groups of digits side by side are a telephone number or another key, and "3-2-1" is no range."""
    return bool(re.match(r"[ \u00a0]\d|[-–]\d[\d]*[-–]\d|[-–]0\d", text[end : end + 12])) or bool(
        re.search(r"(?:\d[ \u00a0]|\d[-–])$", text[max(0, start - 2) : start])
        or re.search(r"\+$", text[max(0, start - 1) : start])
    )


def _is_numbering(parse: Parse, start: int, end: int) -> bool:
    """ "1. First" and "(2)" at the start of a sentence."""
    text = parse.text
    at = start - 1 if start and text[start - 1] == "(" else start
    opens = at == 0 or text[at - 1] == "\n"
    return opens and end - start <= 3 and bool(_NUMBERING.match(text, end))


def _has_name_before(parse: Parse, at: int, numeral: Numeral, words: Vocabulary) -> bool:
    """ "Resolution 2254", "Articles 5 and 6", "No. 3"."""
    before, steps = at - 1, 0
    while before >= 1 and parse.lower[before] in _LINKS and parse.pos[before - 1] == "NUM" and steps < 4:
        before, steps = before - 2, steps + 1
    if before < 0 or parse.starts[before + 1] - parse.ends[before] > 1:
        return False
    word = parse.lower[before]
    if word == "." and before:
        before -= 1
        word = parse.lower[before] + "."
    if word == "#":
        return True
    single = word.rstrip("s") if word not in words.sets["before"] else word
    if word not in words.sets["before"] and single not in words.sets["before"]:
        return False
    if word not in words.sets["strict"] and single not in words.sets["strict"] and _counts_plural(parse, at):
        return False
    if numeral.kind == "words":
        return parse.pos[before] in ("NOUN", "PROPN") and parse.head[at] == before and single not in words.sets["loose"]
    if single in words.sets["loose"] or word in words.sets["loose"]:
        return parse.head[at] == before or (
            parse.pos[before] in ("NOUN", "PROPN")
            and parse.head[at] < at
            and parse.dep[at] in ("nummod", "nmod", "appos", "flat", "dep")
        )
    return numeral.kind == "digits" and not numeral.scaled


def _is_index(parse: Parse, at: int, words: Vocabulary) -> bool:
    """ "S&P 500", "Standard & Poor's 500", "Boeing's 787", "the Top 40 club"."""
    before = at - 1
    if before < 0:
        return False
    if parse.lower[before] == "top":
        return not _counts_plural(parse, at)
    if parse.lower[before] in ("'s", "’s") and before:
        before -= 1
        if parse.pos[before] == "PROPN" and parse.dep[at] not in ("obj", "obl") and not parse.head[at] > at:
            return True
    return parse.lower[before] in words.sets["indices"]


def _counts_plural(parse: Parse, at: int) -> bool:
    """ "cost the battalion 19 men": the number belongs to the noun behind it."""
    head = parse.head[at]
    return (
        parse.dep[at] == "nummod"
        and at < head < at + 5
        and parse.pos[head] == "NOUN"
        and parse.lemma[head] != parse.lower[head]
    )


def _is_part_of_name(parse: Parse, at: int) -> bool:
    """ "FTSE 100", "Flight 200", "iPhone 12 Mini": tied to the name right before."""
    if not at or parse.starts[at] - parse.ends[at - 1] > 1:
        return False
    head, before = parse.head[at], at - 1
    if parse.pos[before] == "PROPN" and (
        head == before or parse.dep[at] in ("flat", "compound", "dep", "appos", "nmod", "nmod:desc")
    ):
        return True
    if (
        parse.pos[before] == "PROPN"
        and parse.dep[before] in ("compound", "flat", "nmod")
        and (parse.head[before] == at or parse.head[before] == head > at)
    ):
        return True
    return (
        head == before
        and parse.pos[before] in ("NOUN", "PROPN")
        and parse.dep[at] in ("nummod", "flat", "compound", "nmod", "appos", "dep", "nmod:desc")
    )


def _is_address(parse: Parse, at: int, words: Vocabulary) -> bool:
    """ "48 Mill Lane"."""
    after = range(at + 1, min(at + 4, len(parse.lower)))
    named = [i for i in after if parse.text[parse.starts[i]].isupper()]
    return bool(named) and named[0] == at + 1 and any(parse.lower[i] in words.sets["behind"] for i in named)
