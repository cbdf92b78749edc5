"""What became of the things counted, whose they were, and when.

In: a sentence with its figures. Out: one :class:`Loss` per figure, and the date of a figure. "lost" stays
*unspecified*: it never becomes "killed". A negated or denied loss is marked as denied, so that nobody charts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kit.quantities.figures import Figure, Tables
from kit.records import ResolvedDate, Span, TimeExpression
from kit.segments import segment_index

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "without"})
_AUXILIARIES = frozenset(
    {"has", "have", "had", "also", "already", "reportedly", "allegedly", "did", "not", "n't", "n’t", "never"}
)
_BETWEEN = frozenset({",", "and", "or", "a", "another", "further", "some", "also", "as", "well", "including", "plus"})
_CLAUSE = frozenset({"that", "said", "says", "and", "but", "to", "because", "after", "when", "while", "which", "who"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "our", "we", "they", "he", "she", "it", "both"}
)
_OF_THINGS = ("people", "equipment", "infrastructure")
_WINDOW = 4


@dataclass(frozen=True)
class Loss:
    """What became of the things that a figure counts.

    ``measure`` is "losses" (of people and equipment) or "damage" (to buildings), ``status`` says which kind, and is
    "unspecified" where the text does not.
    """

    measure: str | None = None
    status: str | None = None
    affected: Span | None = None
    denied: bool = False


def losses_of(sentence: DocSpan, figures: Sequence[Figure], tables: Tables) -> list[Loss]:
    """One loss per figure, empty where it counts none; the members of a list share their verb and their roles."""
    found: list[Loss] = []
    for index, figure in enumerate(figures):
        group = _group(figure, tables)
        before = figures[index - 1] if index else None
        if group is None:
            loss = Loss()
        elif before and found[-1].measure and _only_list_between(sentence.doc, before, figure):
            loss = found[-1]
        else:
            loss = _loss_of(sentence, figure, tables)
        own = _status_behind(sentence, figure, tables)
        found.append(replace(loss, measure="losses", status=own[0], denied=own[1]) if own and group else loss)
    shared = _shared_backwards(sentence.doc, figures, found, tables)
    return [_named(loss, figure, tables) for loss, figure in zip(shared, figures, strict=True)]


def date_of(
    doc: Doc, span: DocSpan, own: Sequence[TimeExpression], days: Sequence[TimeExpression]
) -> ResolvedDate | None:
    """The date in the sentence of a figure, else the nearest day before it within two paragraphs (inherited)."""
    if own:
        return ResolvedDate(min(own, key=lambda day: abs(day.start_char - span.start_char)).value)
    before = next((day for day in reversed(days) if day.start_char < span.start_char), None)
    if before is None:
        return None
    crossed = segment_index(doc, span.start_char) - segment_index(doc, before.start_char)
    return ResolvedDate(before.value, inherited=True) if crossed <= 1 else None


def _group(figure: Figure, tables: Tables) -> str | None:
    """The list that a figure's category is of, if its things can be lost."""
    groups = {name: group for name, group, _ in tables.categories.values()}
    group = groups.get(figure.category or "")
    return group if group in _OF_THINGS else None


def _named(loss: Loss, figure: Figure, tables: Tables) -> Loss:
    """Buildings are damage: they are not the losses of an army, and do not belong on one chart with them."""
    return replace(loss, measure="damage") if loss.measure and _group(figure, tables) == "infrastructure" else loss


def _loss_of(sentence: DocSpan, figure: Figure, tables: Tables) -> Loss:
    """The loss that the verb right before a figure tells of: "lost 16 tanks", "killed 34 civilians"."""
    doc, at = sentence.doc, figure.start - 1
    while at > sentence.start and doc[at].lower_ in _BETWEEN - {",", "and", "or"}:
        at -= 1
    if at <= sentence.start:
        return Loss()
    verb = doc[at].lower_
    if verb in tables.numbers["losses"]["verbs"]:
        return _lost(sentence, at)
    status = _status(verb, tables)
    return Loss("losses", status, denied=_is_negated(sentence, at)) if status else Loss()


def _lost(sentence: DocSpan, verb: int) -> Loss:
    """X in "X lost …": everything from the clause's start to the verb, without auxiliaries."""
    doc, end = sentence.doc, verb
    while end > sentence.start and doc[end - 1].lower_ in _AUXILIARIES:
        end -= 1
    start = end
    while start > sentence.start and not doc[start - 1].is_punct and doc[start - 1].lower_ not in _CLAUSE:
        start -= 1
    denied = _is_negated(sentence, verb) or any(token.lower_ in _NEGATIONS for token in doc[start:end])
    span = doc[start:end]
    if not span.text or not (span.text[0].isupper() or doc[start].lower_ in _DETERMINERS):
        return Loss("losses", "unspecified", denied=denied)
    return Loss("losses", "unspecified", Span(span.start_char, span.end_char, span.text), denied)


def _status_behind(sentence: DocSpan, figure: Figure, tables: Tables) -> tuple[str, bool] | None:
    """(status, denied) of "34 civilians were killed", "16 tanks were lost": said right behind the figure."""
    words = []
    for token in sentence.doc[figure.end : min(figure.end + _WINDOW, sentence.end)]:
        if token.is_punct:
            break
        words.append(token.lower_)
        passive = len(words) == 1 or words[0] in ("were", "was", "are", "is", "have", "had", "has", "been")
        lost = token.lower_ == "lost" and words[0] in ("were", "was", "been")
        status = "unspecified" if lost else _status(token.lower_, tables)
        if passive and status:
            return status, any(word in _NEGATIONS for word in words)
    return None


def _status(word: str, tables: Tables) -> str | None:
    return next((status for status, forms in tables.numbers["status"].items() if word in forms), None)


def _is_negated(sentence: DocSpan, verb: int) -> bool:
    return any(token.lower_ in _NEGATIONS for token in sentence.doc[max(sentence.start, verb - 3) : verb])


def _only_list_between(doc: Doc, before: Figure, figure: Figure) -> bool:
    return all(token.lower_ in _BETWEEN for token in doc[before.end : figure.start])


def _shared_backwards(doc: Doc, figures: Sequence[Figure], losses: list[Loss], tables: Tables) -> list[Loss]:
    """ "16 tanks and three trucks were lost": the verb behind a list holds for all of it."""
    shared = list(losses)
    for index in range(len(figures) - 2, -1, -1):
        after = shared[index + 1]
        empty = shared[index].measure is None and _group(figures[index], tables)
        if empty and after.measure and _only_list_between(doc, figures[index], figures[index + 1]):
            shared[index] = after
    return shared
