"""What a figure measures, and in which direction it changed.

In: a parse, a figure, its fate. Out: one of ``losses damage strength price rate share change age duration ratio``, and
``None`` for a plain count.
"""

from __future__ import annotations

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.parse import Parse
from kit.quantities.parties import find_subject
from kit.quantities.vocabulary import Category, Vocabulary

_LEVELS = frozenset({"to", "at", "from", "above", "below", "than", "of"})
_CHANGED = ("obj", "obl", "obl:unmarked", "advmod", "xcomp", "ccomp", "nmod", "obl:npmod", "conj")
_BOOKED = frozenset({"loss", "gain", "cut", "growth"})


def direction_of(parse: Parse, figure: Figure, words: Vocabulary) -> str | None:
    """ "up" or "down" for the amount of a change, ``None`` for a level ("rose to 300")."""
    change, at = words.lists["events"]["change"], figure.anchor
    if figure.kind in ("age", "vague", "duration") or (figure.unit and " per " in figure.unit):
        return None
    before = parse.at(figure.start) - 1
    if before >= 0 and figure.start - parse.ends[before] <= 1:
        countable = figure.kind != "count" or figure.noun is None or _is_points(figure, words)
        for way in ("up", "down"):
            if parse.lower[before] in change[f"adverbs_{way}"] and parse.dep[before] != "compound:prt" and countable:
                return way
    first = (
        parse.first_of_list(at) if figure.kind in ("percent", "money", "measure") or _is_points(figure, words) else at
    )
    head, case = parse.head[first], parse.case(at) or parse.case(first)
    if head == first:
        return None
    for way in ("up", "down"):
        if (parse.lower[head] in change[f"adverbs_{way}"] and figure.kind != "count") or (
            _is_points(figure, words) and parse.lower[head] in change[f"adverbs_{way}"]
        ):
            return way
    spread = figure.bound == "range" and parse.text[figure.start : figure.start + 4].lower() == "from"
    if parse.dep[first] in _CHANGED and parse.pos[head] in ("VERB", "ADV", "ADJ") and (spread or case not in _LEVELS):
        for way in ("up", "down"):
            if parse.lemma[head] in change[way]:
                bare = case == "" and not spread
                if bare and not _measures_change(parse, figure, head, words):
                    return None
                return way
    if (
        parse.dep[first] in ("compound", "nmod", "nummod", "amod", "nmod:desc", "nmod:unmarked")
        and case in ("", "of")
        and figure.kind != "count"
    ):
        for way in ("up", "down"):
            if parse.lemma[head] in change[f"nouns_{way}"] and not (
                figure.kind == "money" and parse.lemma[head] in _BOOKED
            ):
                return way
    if figure.kind == "count" and case == "of" and figure.noun is None:
        return next((way for way in ("up", "down") if parse.lemma[head] in change[f"nouns_{way}"]), None)
    return None


def _measures_change(parse: Parse, figure: Figure, verb: int, words: Vocabulary) -> bool:
    """Whether the object of "lost", "raised", "cut" is a change: percent and points are, things and money are not."""
    change = words.lists["events"]["change"]
    if figure.kind == "percent" or _is_points(figure, words):
        return True
    if figure.kind == "money":
        return parse.lemma[verb] not in change["unpaid"]
    return (
        parse.lemma[verb] not in change["measured"]
        and (figure.noun is None or figure.kind == "measure")
        and parse.dep[figure.anchor] != "nsubj"
    )


def _is_points(figure: Figure, words: Vocabulary) -> bool:
    return figure.noun is not None and figure.noun.head in words.lists["events"]["change"]["percentages"]


def measure_of(
    parse: Parse, figure: Figure, fate: Fate, direction: str | None, category: Category | None, words: Vocabulary
) -> str | None:
    """What a figure measures; see the module's first lines."""
    if direction:
        return "change"
    if figure.kind in ("age", "duration", "ratio"):
        return figure.kind
    if fate.status and fate.counted and figure.kind in ("count", "vague"):
        if category is not None and category.lost:
            return category.lost
        if fate.living or fate.named:
            return "losses"
        if fate.status in ("destroyed", "damaged"):
            return "damage"
    events = words.lists["events"]
    near = _near(parse, figure, fate)
    if figure.kind == "fraction":
        return "share"
    if figure.kind == "percent":
        return "rate" if near & set(events["rate"]["nouns"]) else "share" if figure.noun is not None else None
    if figure.kind == "money":
        per = bool(figure.unit and " per " in figure.unit)
        return (
            "price"
            if per or near & {*events["price"]["verbs"], *events["price"]["nouns"], *events["price"]["worth"]}
            else None
        )
    if figure.kind in ("count", "vague") and category is not None and not fate.status:
        strength = events["strength"]
        fits = category.name in strength["categories"] or category.group in strength["groups"]
        if fits and near & {*strength["verbs"], *strength["nouns"]} and fate.role in ("object", "of"):
            return "strength"
    return None


def _near(parse: Parse, figure: Figure, fate: Fate) -> set[str]:
    """Lemmas around a figure: what it hangs on, the subject and object there, the noun with its modifiers."""
    first = parse.first_of_list(figure.anchor)
    around = [parse.head[first]] if parse.head[first] != first else [first]
    head = around[0]
    subject = find_subject(parse, head)
    around += [
        word
        for word in (subject, parse.child(head, "obj"), parse.head[head])
        if word is not None and word != figure.anchor
    ]
    if parse.pos[head] in ("NOUN", "SYM") and parse.dep[head] != "root":
        around += [c for c in parse.children[head] if parse.dep[c] == "compound"]
    around += [
        c
        for word in (subject, parse.child(head, "obj"))
        if word is not None
        for c in parse.children[word]
        if parse.dep[c] in ("compound", "amod", "nmod")
    ]
    around += [c for c in parse.children[first] if parse.dep[c] in ("nsubj", "case") or parse.lower[c] == "worth"]
    return {parse.lemma[word] for word in around if word != figure.word}
