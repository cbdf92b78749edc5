"""Words to compare by: the first letters of the words that carry meaning."""

from __future__ import annotations

import re
from functools import lru_cache

LETTERS = 5
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"['’]s\b")
_EMPTY = frozenset(
    """
    a about above across after again against all almost along already also although among an and another any are as at
    be because been before behind being below between both but by can could did do does done down during each either
    else even ever every few for from further get had has have having he her here hers him his how however if in into
    is it its just least less many may me might more most much must my near nearly neither never no nor not nothing now
    of off on once one only onto or other others our out over own per perhaps rather same she should since so some such
    than that the their them then there these they this those though through thus to too toward towards under until up
    upon us very via was we were what when where whether which while who whom whose why will with within without would
    yet you your said says say told
    """.split()
)


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The beginnings of the words that carry meaning, in order; numbers whole."""
    words = _WORD.findall(_POSSESSIVE.sub("", text).lower())
    return tuple(
        word if word[0].isdigit() else _singular(word)[:LETTERS]
        for word in words
        if word not in _EMPTY and (len(word) > 1 or word.isdigit())
    )


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def shared_words(text: str, beginnings: frozenset[str]) -> list[str]:
    """The words of a text that begin so, as they are written, each once."""
    found: dict[str, str] = {}
    for word in _WORD.findall(_POSSESSIVE.sub("", text)):
        (stem,) = stems(word) or ("",)
        if stem in beginnings:
            found.setdefault(stem, word)
    return list(found.values())
