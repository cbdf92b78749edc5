"""The bound of a number: "more than", "up to", "some", "or more". Each reaches over its own number only.

In: a parse and where a number stands. Out: its bound and where the figure starts or ends with the bound's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_MOST_WORDS = 5
_SIGNS = {">": "gt", "<": "lt", "≥": "ge", "≤": "le", "~": "approx", "≈": "approx"}
_JOINED = {"sub": "lt", "under": "lt", "over": "gt"}
_LEADS = frozenset("ADP SCONJ ADV AUX PART CCONJ".split())
_BEFORE = frozenset("be cost worth reach total number average than weigh measure hit pass add last".split())
_TIED = frozenset({"plus", "+", "odd", "-ish", "ish"})
_ON = re.compile(r"[ \u00a0](?:than|to)\b|-?\d")
_LATER = ("at least", "at most", "at the least", "at the most")


@dataclass(frozen=True)
class Before:
    """The bound and where its words start."""

    bound: str
    start: int


def bound_before(parse: Parse, start: int, word: int, words: Vocabulary) -> Before:
    """The bound before characters; the outermost of several words counts ("at least some 40")."""
    bound, text = "exact", parse.text
    at = parse.at(start) if start < len(text) else len(parse.lower)
    if start and text[start - 1] in _SIGNS:
        return Before(_SIGNS[text[start - 1]], start - 1)
    if (
        start > 4
        and text[start - 1] == "-"
        and (joined := text[max(0, start - 6) : start - 1].split()[-1:])
        and joined[0].lower() in _JOINED
    ):
        return Before(_JOINED[joined[0].lower()], start - 1 - len(joined[0]))
    if parse.starts[at] < start:
        return Before(bound, start)
    for _ in range(3):
        found = _phrase(parse, at, words)
        if found is None:
            break
        size, kind = found
        at -= size
        bound = kind if kind != "exact" and (bound == "exact" or kind != "approx") else bound
        start = parse.starts[at]
    if bound == "exact":
        bound = _of_verb(parse, word, words)
    return Before(bound, start)


def _phrase(parse: Parse, at: int, words: Vocabulary) -> tuple[int, str] | None:
    """(number of words, bound) of the longest phrase that ends right before word ``at``."""
    for size in range(min(_MOST_WORDS, at), 0, -1):
        said = " ".join(parse.lower[at - size : at])
        if said in words.sets["exactly"]:
            return size, "exact"
        bound = words.bound_words.get(said)
        if (
            bound
            and (said not in words.sets["ambiguous"] or _is_bound(parse, at - 1, words))
            and not _is_idiom(parse, at - size, said)
        ):
            return size, bound
    return None


def _is_bound(parse: Parse, word: int, words: Vocabulary) -> bool:
    """Whether "over", "about", "around" before a number belong to it, and not to the verb or noun before."""
    if word and parse.lemma[word - 1] in words.sets["disputes"]:
        return False
    if parse.dep[word] != "case":
        return parse.pos[word] != "VERB" and parse.dep[word] not in ("compound:prt", "mark")
    before = word - 1
    return before >= 0 and (parse.pos[before] in _LEADS or parse.lemma[before] in _BEFORE)


def _is_idiom(parse: Parse, word: int, said: str) -> bool:
    return said == "up to" and parse.dep[word] == "compound:prt"


def _of_verb(parse: Parse, word: int, words: Vocabulary) -> str:
    """ "exceeded $40 million": the verb sets the bound."""
    if parse.dep[word] in ("obj", "obl", "dobj"):
        return words.verbs.get(parse.lemma[parse.head[word]], "exact")
    return "exact"


def bound_behind(text: str, end: int, words: Vocabulary) -> tuple[str, int] | None:
    """(bound, its end) of "or more", "-odd", "and counting" right behind characters."""
    match = words.patterns["behind"].match(text, end)
    if match is None:
        return None
    said = match["bound"].lower()
    joint = text[end : match.start("bound")]
    if said in _TIED and joint not in ("", "-"):
        return None
    if _ON.match(text, match.end()) or words.patterns["number"].match(text, match.end() + 1):
        return None  # "eight carriers and more than 300 men"
    if said in _LATER and (joint.startswith(",") or text[match.end() : match.end() + 2].strip()[:1].isalnum()):
        return None
    return words.bound_words[f"<{said}"], match.end()
