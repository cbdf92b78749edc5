"""What figures of one sentence share: the noun that a number leaves out, and the fate of a list.

In: figures in reading order, and what was read of each. Out: the same, completed. "Nine passengers were killed and a
further 38 were hurt": 38 passengers; "12 homes by sale and 87 by tender": 87 homes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.parse import Parse

_BETWEEN = frozenset(
    {",", "and", "or", "a", "another", "further", "some", "also", "as", "well", "including", "plus", "&"}
)
_LINKED = frozenset({"conj", "parataxis", "advcl", "appos", "list", "orphan", "dep"})
_LEVELS = frozenset({"at", "to", "from", "by"})
_NEAR = 4
_GIVING = frozenset({"count", "vague", "money", "percent", "measure"})


def share_nouns(parse: Parse, figures: Sequence[Figure]) -> list[Figure]:
    """Each number without a noun takes that of the figure before, where both stand in parallel."""
    found: list[Figure] = []
    for figure in figures:
        if figure.kind == "count" and figure.noun is None and figure.bound != "range":
            giver = next((one for one in reversed(found[-_NEAR:]) if _gives(parse, one, figure)), None)
            if giver is not None:
                per = f" {figure.unit}" if figure.unit and " per " not in (giver.unit or "") else ""
                noun = replace(giver.noun, of=True) if giver.noun else None
                kind = "count" if giver.kind == "vague" else giver.kind
                figure = replace(figure, kind=kind, unit=f"{giver.unit}{per}", noun=noun)
        found.append(figure)
    return found


def _gives(parse: Parse, giver: Figure, figure: Figure) -> bool:
    """Whether a number counts in the unit of an earlier figure."""
    if giver.unit is None or giver.kind not in _GIVING:
        return False
    if giver.kind in ("count", "vague"):
        told = giver.noun is not None and not giver.noun.of and isinstance(figure.value, int)
        return told and _is_parallel(parse, giver, figure)
    if parse.first_of_list(giver.anchor) == parse.first_of_list(figure.anchor):
        return True
    one, two = _governor(parse, giver.anchor), _governor(parse, figure.anchor)
    return "" != parse.case(figure.anchor) == parse.case(giver.anchor) and _linked(parse, one, two)


def _is_parallel(parse: Parse, giver: Figure, figure: Figure) -> bool:
    one, two = giver.anchor, figure.anchor
    if parse.first_of_list(two) == parse.first_of_list(one):
        return True
    case = parse.case(two)
    if parse.head[two] == one or (case == "with" and parse.lemma[parse.head[two]] in ("compare", "against")):
        return True
    if case in _LEVELS:
        return False
    return _governor(parse, two) == _governor(parse, one) or _linked(
        parse, _governor(parse, one), _governor(parse, two)
    )


def _governor(parse: Parse, word: int) -> int:
    return parse.head[parse.first_of_list(word)]


def _linked(parse: Parse, one: int, two: int) -> bool:
    """Whether two verbs stand side by side: one hangs on the other as its conjunct or an addition."""
    for low, high in ((one, two), (two, one)):
        for _ in range(3):
            if low == high:
                return True
            if parse.dep[low] not in _LINKED:
                break
            low = parse.head[low]
    return False


def share_fates(parse: Parse, figures: Sequence[Figure], fates: Sequence[Fate]) -> list[Fate]:
    """Members of a list that the parse cut apart share what befell their neighbours: "16 tanks, three … and 21 …"."""
    shared = list(fates)
    for index in range(1, len(figures)):
        if (
            shared[index].status is None
            and shared[index - 1].status
            and _only_list(parse, figures[index - 1], figures[index])
        ):
            shared[index] = shared[index - 1]
    for index in range(len(figures) - 2, -1, -1):
        after = shared[index + 1]
        if (
            shared[index].status is None
            and after.status
            and not after.named
            and figures[index + 1].unit
            and _only_list(parse, figures[index], figures[index + 1])
        ):
            shared[index] = after
    return shared


def _only_list(parse: Parse, before: Figure, after: Figure) -> bool:
    words = range(parse.at(before.end - 1) + 1, parse.at(after.start))
    return (
        len(words) <= 8
        and all(parse.lower[word] in _BETWEEN for word in words)
        and parse.text.find("\n", before.end, after.start) < 0
    )
