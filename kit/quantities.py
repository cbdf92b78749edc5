"""Quantities: the figures that an article reports, each with its bound, what it counts and who reports it.

In: a ``Doc``, its claims (with source ids) and dates. Out: :class:`~kit.records.Quantity`s in reading order.
This first extraction reads cardinal numbers in digits and words with the noun behind them and the bound before
them. It parses nothing, so that a noun phrase may swallow the verb behind it, and roles come from the claim
around a figure and from "X lost …" in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import text_to_num
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kit.lexicon import load_lexicon
from kit.records import OUTLET, Claim, Quantity, ResolvedDate, Span, TimeExpression, record_id
from kit.segments import read_sentences

_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?")
_SCALED = re.compile(r"(?P<number>\d[\d,.]*\d|\d)(?P<scale>[a-zA-Z]{1,2})")
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion".split()
)
_NOUN_TOKENS = 5


def extract_quantities(doc: Doc, claims: Sequence[Claim] = (), dates: Sequence[TimeExpression] = ()) -> list[Quantity]:
    """Every reported figure in reading order; numbers inside dates, times and designations are none.

    Args:
        doc: the article.
        claims: its claims, with source ids: the claim around a figure gives its reporter.
        dates: its time expressions: a figure takes the date of its sentence, else the one before it.
    """
    taken = {index for time in dates for index in range(time.start_char, time.end_char)}
    found = []
    for sentence in read_sentences(doc):
        at = sentence.start
        while at < sentence.end:
            stop = next((i for i in range(at, sentence.end) if doc[i].idx in taken), sentence.end)
            figure = _read_figure(doc, at, stop) if at < stop else None
            if figure is None:
                at += 1
                continue
            found.append(_quantity(doc, sentence, figure, claims, dates))
            at = figure.end
    return found


@dataclass(frozen=True)
class _Figure:
    """A number with its surroundings, as token offsets."""

    start: int
    end: int
    value: float | int | None
    bound: str
    unit: str | None
    noun: DocSpan | None


@lru_cache(maxsize=1)
def _numbers() -> dict:
    return dict(load_lexicon("numbers"))


@lru_cache(maxsize=1)
def _bounds() -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): bound for bound, phrases in _numbers()["bounds"].items() for phrase in phrases}


@lru_cache(maxsize=1)
def _categories() -> dict[tuple[str, ...], tuple[str, str | None]]:
    """Words → (category, unit of its list or None)."""
    return {
        tuple(words.split()): (category, table.get("unit"))
        for table in load_lexicon("categories").values()
        for category, phrases in table["categories"].items()
        for words in phrases
    }


def _read_figure(doc: Doc, at: int, stop: int) -> _Figure | None:
    """The figure whose number starts with token ``at``, if one does."""
    vague = _vague(doc, at, stop)
    if vague:
        noun = _noun(doc, vague, stop)
        return noun and _Figure(at, noun.end, None, "vague", None, noun)
    currency = _numbers()["currencies"].get(doc[at].text)
    first = at + 1 if currency and at + 1 < stop else at
    value, end = _number(doc, first, stop)
    if value is None or _is_part_of_a_name(doc, at, end):
        return None
    unit, end = (currency, end) if currency else _unit(doc, end, stop)
    noun = None if unit else _noun(doc, end, stop)
    if noun is None and unit is None:
        return None
    if value == 1 and doc[first].lower_ == "one" and noun is not None and _category(noun)[0] is None:
        return None  # "one national", "one made up of": a pronoun more often than a figure
    bound, start = _bound(doc, at)
    return _Figure(start, noun.end if noun else end, value, bound, unit, noun)


def _vague(doc: Doc, at: int, stop: int) -> int | None:
    """Where a vague number word that starts here ends, or ``None``."""
    for phrase in sorted(_numbers()["vague"]["words"], key=len, reverse=True):
        words = phrase.split()
        if [token.lower_ for token in doc[at : min(at + len(words), stop)]] == words:
            return at + len(words)
    return None


def _number(doc: Doc, at: int, stop: int) -> tuple[float | int | None, int]:
    """(value, end) of the number that starts here: digits with a scale, or number words."""
    if at >= stop:
        return None, at
    scales = _numbers()["scale"]
    text, end = doc[at].text, at + 1
    scaled = _SCALED.fullmatch(text)
    if scaled and scaled["scale"].lower() in scales and _DIGITS.fullmatch(scaled["number"]):
        value = float(scaled["number"].replace(",", "")) * scales[scaled["scale"].lower()]
    elif _DIGITS.fullmatch(text):
        value = float(text.replace(",", ""))
        if end < stop and doc[end].lower_ in scales and len(doc[end]) > 1:
            value, end = value * scales[doc[end].lower_], end + 1
    elif doc[at].lower_ in _NUMBER_WORDS:
        return _number_words(doc, at, stop)
    else:
        return None, at
    value = round(value, 6)  # 1.2 * 1e6 is 1200000, not 1199999.9999999998
    return (int(value) if value.is_integer() else value), end


def _number_words(doc: Doc, at: int, stop: int) -> tuple[int | None, int]:
    """The longest run of number words from here that is a number."""
    end = at
    while end < stop and (doc[end].lower_ in _NUMBER_WORDS or (end > at and doc[end].lower_ in ("and", "-"))):
        end += 1
    for last in range(end, at, -1):
        if doc[last - 1].lower_ in ("and", "-"):
            continue
        try:
            return int(text_to_num.text2num(" ".join(t.lower_ for t in doc[at:last] if t.text != "-"), "en")), last
        except ValueError:
            continue
    return None, at


def _is_part_of_a_name(doc: Doc, start: int, end: int) -> bool:
    """ "T-72", "No. 5", "Resolution 2254", "three-day": a number that counts nothing."""
    if start > 0:
        before = doc[start - 1]
        joined = not before.whitespace_ and not before.is_space and before.text not in "\"'“‘«([—–$€£¥₽"
        if joined or before.lower_ in ("no.", "number", "resolution", "article", "section", "age", "aged", "#"):
            return True
        if before.lower_ in ("no", "any", "every", "each") and doc[start].lower_ == "one":
            return True
    return end < len(doc) and not doc[end - 1].whitespace_ and doc[end].text in ("-", "/", ":")


def _unit(doc: Doc, at: int, stop: int) -> tuple[str | None, int]:
    for size in (2, 1):
        text = " ".join(token.lower_ for token in doc[at : min(at + size, stop)])
        if text in _numbers()["units"]:
            return _numbers()["units"][text], at + size
    return None, at


def _noun(doc: Doc, at: int, stop: int) -> DocSpan | None:
    """The noun phrase that starts here: words up to the next function word, verb of state or mark."""
    stops, end = set(_numbers()["stops"]["words"]), at
    while end < stop and end - at < _NOUN_TOKENS:
        token = doc[end]
        hyphen = token.text == "-" and end > at and not doc[end - 1].whitespace_
        if token.lower_ in stops or not (token.text.replace("-", "").isalpha() or hyphen):
            break
        end += 1
    while end > at and doc[end - 1].text == "-":
        end -= 1
    return doc[at:end] if end > at else None


def _bound(doc: Doc, start: int) -> tuple[str, int]:
    """(bound, where the figure starts) from the words before a number; the longest phrase wins."""
    for words in sorted(_bounds(), key=len, reverse=True):
        begin = start - len(words)
        if begin >= 0 and tuple(token.lower_ for token in doc[begin:start]) == words:
            return _bounds()[words], begin
    return "exact", start


def _quantity(
    doc: Doc, sentence: DocSpan, figure: _Figure, claims: Sequence[Claim], dates: Sequence[TimeExpression]
) -> Quantity:
    span = doc[figure.start : figure.end]
    category, unit = _category(figure.noun) if figure.noun is not None else (None, None)
    claim = next((c for c in claims if c.voice == "attributed" and _holds(c, span.start_char, span.end_char)), None)
    affected = _who_lost(doc, sentence, figure.start)
    low = figure.value if figure.bound in ("exact", "gt", "ge") else None
    high = figure.value if figure.bound in ("exact", "lt", "le") else None
    return Quantity(
        id=record_id(doc.text, "quantity", span.start_char, span.end_char),
        start_char=span.start_char,
        end_char=span.end_char,
        text=span.text,
        value=figure.value,
        low=low,
        high=high,
        bound=figure.bound,
        unit=figure.unit or unit or (_singular(figure.noun.text) if figure.noun is not None else None),
        counted=figure.noun.text if figure.noun is not None else None,
        category=category,
        measure="losses" if affected else None,
        status=_status(doc, figure.end) or ("unspecified" if affected else None),
        claim_id=claim.id if claim else None,
        reporter=(claim.source.source_id if claim and claim.source else None) or OUTLET,
        affected=affected,
        date=_date(doc, span.start_char, sentence, dates),
    )


def _holds(claim: Claim, start: int, end: int) -> bool:
    return any(part.start_char <= start and end <= part.end_char for part in claim.content)


def _category(noun: DocSpan) -> tuple[str | None, str | None]:
    words = tuple(token.lower_ for token in noun)
    for start in range(len(words)):
        if words[start:] in _categories():
            return _categories()[words[start:]]
    return None, None


def _status(doc: Doc, end: int) -> str | None:
    """killed, wounded …: said right behind the figure."""
    words = {token.lower_ for token in doc[end : end + 3] if not token.is_punct}
    return next((status for status, forms in _numbers()["status"].items() if words & set(forms)), None)


def _who_lost(doc: Doc, sentence: DocSpan, before: int) -> Span | None:
    """X in "X lost …, … and …": everything from the clause's start to the verb, without auxiliaries."""
    verbs = set(_numbers()["losses"]["verbs"])
    verb = next((i for i in range(before - 1, sentence.start, -1) if doc[i].lower_ in verbs), None)
    if verb is None:
        return None
    start, end = verb, verb
    while end > sentence.start and doc[end - 1].lower_ in ("has", "have", "had", "also", "already"):
        end -= 1
    start = end
    breaks = {"that", "said", "says", "and", "but", "to"}
    while start > sentence.start and not doc[start - 1].is_punct and doc[start - 1].lower_ not in breaks:
        start -= 1
    span = doc[start:end]
    return Span(span.start_char, span.end_char, span.text) if end > start else None


def _date(doc: Doc, at: int, sentence: DocSpan, dates: Sequence[TimeExpression]) -> ResolvedDate | None:
    """The date in the sentence of a figure, else the nearest day before it within two paragraphs (inherited)."""
    known = [time for time in dates if time.value and time.grain == "day"]
    own = [time for time in known if sentence.start_char <= time.start_char < sentence.end_char]
    if own:
        nearest = min(own, key=lambda time: abs(time.start_char - at))
        return ResolvedDate(nearest.value)
    earlier = [time for time in known if time.start_char < at]
    if not earlier:
        return None
    segments = [s for s in doc.spans.get("segments", ()) if earlier[-1].start_char < s.start_char <= at]
    return ResolvedDate(earlier[-1].value, inherited=True) if len(segments) <= 1 else None


def _singular(noun: str) -> str:
    *rest, last = noun.split(" ")
    known = _numbers()["singular"]
    if last.lower() in known:
        last = known[last.lower()]
    elif last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif re.search(r"(?:ss|sh|ch|x|z)es$", last):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return " ".join([*rest, last])
