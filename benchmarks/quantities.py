"""Figures of news on the development sets of NewsQuant and MEANTIME, beside two peers, in one run.

Run it from the checkout: ``python benchmarks/quantities.py DATA``, DATA the folder with ``newsquant/dev.json`` and
``meantime/dev``. Peers are left out with a line that says so where they are not installed::

    pip install quantulum3 recognizers-text-suite "emoji<2"

How figures are compared:

*NewsQuant* is scored greedily, sentence by sentence: each gold figure takes the first figure not yet taken that agrees
in value; for the second and third figure in value *and* bound, in value *and* unit. A range agrees where both ends do,
in either order. ``=`` stands for our exact and range (and for gold's up and down), ``~`` for approx, ``>`` for gt and
ge, ``<`` for lt and le. A figure without a value ("dozens") takes part in no comparison and gold's is missed: the kit
never puts a number there. A unit agrees with gold's ``unit`` or ``normalized_unit`` as a string after this:
lower case, no determiners, names of currencies, percent and measures by the list ``SAME``, each word in the singular;
else by its head noun ("European country" is "country"); an occupation agrees with "person" where the noun as written
does. Gold without a unit wants none. Peers get the same treatment; their "dimensionless" is no unit.

*MEANTIME*: spans of money, percent and quantity, in the sentences that were annotated (up to the last with any mark,
five at most behind the title). Found is a gold span that a prediction touches, right is a prediction that touches a
gold span. Predictions that touch a gold time expression and no gold span are left out, for all systems: durations are
times there.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kit.dates import extract_dates
from kit.pipeline import load_pipeline
from kit.quantities import extract_quantities, find_reports

Ends = tuple[float, float]


@dataclass(frozen=True)
class Found:
    """A figure as a system reads it: where, one or two numbers, bound (``= ~ > <`` or ``None``), names of its unit."""

    start: int
    end: int
    ends: Ends | None
    bound: str | None = "="
    units: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Gold:
    """A figure of NewsQuant."""

    ends: Ends
    bound: str
    units: tuple[str, ...]
    words: str = ""


Reader = Callable[[str], list[Found]]

# ---------------------------------------------------------------------------------------------------------- units

# Each name of a unit and its other spellings: single words by spaces, then phrases behind bars.
SAME = {
    "dollar": "$ usd us$|us dollar|united states dollar|$ us|dollar us",
    "euro": "€ eur", "pound": "£ gbp ps lbs lb|pound sterling|pound-mass|$ sterling|british pound",
    "yen": "¥ jpy|japanese yen", "yuan": "cny rmb|chinese yuan|renminbi", "canadian dollar": "c$ cad",
    "australian dollar": "a$ aud au$", "singapore dollar": "s$ sgd|s $|singaporean dollar",
    "hong kong dollar": "hk$ hkd|hk $", "ringgit": "rm myr|malaysian ringgit", "rand": "r zar|south african rand",
    "shekel": "nis ils", "penny": "p pence", "percent": "% percentage pc per_cent|per cent",
    "person": "people", "year": "year-old age yr|year of age|year old",
    "kilometre": "km kilometer", "metre": "m meter", "centimetre": "cm centimeter", "millimetre": "mm millimeter",
    "micrometre": "μm micrometer micron", "foot": "ft feet ft-long", "inch": "in", "mile": "mi",
    "kilogram": "kg kilo", "gram": "g gm", "milligram": "mg", "tonne": "t|metric ton", "litre": "l liter",
    "millilitre": "ml milliliter", "hertz": "hz", "watt": "w", "gigawatt": "gw", "megawatt": "mw",
    "gigawatt hour": "gwh gigawatt-hour", "gigabyte": "gb", "megabyte": "mb", "terabyte": "tb", "farad": "f",
    "volt": "v", "milliampere-hour": "mah|milliampere hour|milliamp hour", "mile per hour": "mph mile-per-hour",
    "kilometre per hour": "km/h kph kmh|kilometer per hour", "square metre": "m2 sqm m²|sq m|square meter",
    "square foot": "sqft|sq ft|square feet", "square mile": "sq mi", "horsepower": "hp horse",
    "revolution per minute": "rpm", "pound-foot": "lb-ft|pound-feet of torque|pound-feet|pound foot",
    "degree fahrenheit": "degf fahrenheit °f", "degree celsius": "degc celsius °c|degree c|deg c", "ounce": "oz",
    "fluid ounce": "ounce", "basis point": "bp bps",
}  # fmt: skip
_CANON: dict[str, str] = {}
for _name, _others in SAME.items():
    _single, *_phrases = _others.split("|")
    for _other in (*_single.split(), *_phrases):
        _CANON.setdefault(_other, _name)
    _CANON[_name] = _name
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "lives": "life"}


def singular(word: str) -> str:
    """A rough singular; the same for gold and all systems."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=10_000)
def unit_key(unit: str) -> str:
    """One spelling for all names of a unit."""
    text = re.sub(r"\s+", " ", unit.lower().replace("_", " ")).strip(" .")
    if text in ("", "-", "dimensionless"):
        return ""
    if text in _CANON:
        return _CANON[text]
    text = re.sub(r"^(?:of )?(?:the|a|an|these|those) ", "", text)
    parts = [part for part in re.split(r" per | an? (?=\w+$)|/| a-(?=\w+$)", text) if part]
    keys = []
    whole = " ".join(singular(word) for word in text.split(" "))
    if whole in _CANON:
        return _CANON[whole]
    for part in parts:
        words = " ".join(singular(word) for word in part.split(" "))
        keys.append(_CANON.get(part) or _CANON.get(words) or words)
    return " per ".join(keys)


def head_key(unit: str) -> str:
    """The head noun of a counted thing: what stands before "of", "in" and the like, its last word."""
    key = unit_key(unit)
    if " per " in key or key in SAME:
        return key
    words = re.split(r" (?:of|in|to|for|on|at|with|from|who|that) ", key)[0].split(" ")
    return _CANON.get(words[-1], words[-1]) if words[-1] in SAME else words[-1]


def same_unit(found: Sequence[str], gold: Sequence[str]) -> bool:
    """Whether one of a system's names for a unit is one of gold's."""
    theirs = {unit_key(name) for name in gold} - {""}
    ours = {unit_key(name) for name in found} - {""}
    if not theirs or not ours:
        return not theirs and not ours
    return bool(
        theirs & ours or {head_key(n) for n in gold if unit_key(n)} & {head_key(n) for n in found if unit_key(n)}
    )


# -------------------------------------------------------------------------------------------------------- systems


def kit_reader() -> Reader:
    """The kit: pipeline, dates, figures; no claims, since the sets know no reporters."""
    nlp = load_pipeline()
    bounds = {"exact": "=", "range": "=", "approx": "~", "gt": ">", "ge": ">", "lt": "<", "le": "<"}

    def read(text: str) -> list[Found]:
        doc = nlp(text)
        return [
            Found(
                q.start_char,
                q.end_char,
                ends_of(q.value, q.low, q.high, q.bound),
                bounds.get(q.bound),
                units_of(q),
                q.text,
            )
            for q in extract_quantities(doc, (), extract_dates(doc, None))
        ]

    return read


def ends_of(value: float | None, low: float | None, high: float | None, bound: str) -> Ends | None:
    """The numbers of a record; ``None`` for a vague one."""
    if bound == "range" and low is not None and high is not None:
        return float(low), float(high)
    return None if value is None else (float(value), float(value))


def units_of(quantity) -> tuple[str, ...]:
    """The unit of a record, and for persons the noun as written."""
    names = [quantity.unit or ""]
    if quantity.unit == "person" and quantity.counted:
        names.append(quantity.counted)
    return tuple(names)


def quantulum_reader() -> Reader:
    """quantulum3 without its classifier, whose pickle needs an older scikit-learn."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False

    def read(text: str) -> list[Found]:
        found = []
        for one in parser.parse(text):
            spread = one.uncertainty or 0
            found.append(Found(*one.span, (one.value - spread, one.value + spread), "=", (one.unit.name,), one.surface))
        return found

    return read


def recognizers_reader() -> Reader:
    """Microsoft's recognizers: units and percentages first, then the numbers outside of them."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import (
        recognize_age,
        recognize_currency,
        recognize_dimension,
        recognize_temperature,
    )

    measured = (recognize_currency, recognize_percentage, recognize_dimension, recognize_temperature, recognize_age)

    def read(text: str) -> list[Found]:
        found: list[Found] = []
        for kind in (*measured, recognize_number):
            for one in kind(text, "en-us"):
                number = _float(str(one.resolution["value"]).rstrip("%"))
                if number is None or any(one.start < other.end and other.start <= one.end for other in found):
                    continue
                unit = "percent" if kind is recognize_percentage else one.resolution.get("unit") or ""
                found.append(Found(one.start, one.end + 1, (number, number), "=", (unit,), one.text))
        return found

    return read


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


# -------------------------------------------------------------------------------------------------------- scoring


def read_newsquant(file: Path) -> list[tuple[str, list[Gold]]]:
    """Sentences of NewsQuant with their figures."""
    return [
        (one["text"], [gold_of(q) for q in one["quantities"]]) for one in json.loads(file.read_text(encoding="utf-8"))
    ]


def gold_of(record: dict[str, str]) -> Gold:
    """A record of NewsQuant; "12-120" is a range, "-5.0" a number."""
    numbers = [float(part) for part in re.split(r"(?<=[\d.])-", record["value"])]
    bound = {"up": "=", "down": "="}.get(record["change"], record["change"])
    return Gold(
        (numbers[0], numbers[-1]),
        bound,
        (record["unit"], record["normalized_unit"]),
        f"{record['change']} {record['value']} {record['unit']}",
    )


def same_value(one: Ends | None, other: Ends) -> bool:
    """Both ends agree to four digits, whichever way round."""
    if one is None:
        return False
    return all(abs(a - b) <= 1e-4 * max(abs(b), 1e-12) for a, b in zip(sorted(one), sorted(other), strict=True))


def greedy(
    gold: Sequence[Gold], found: Sequence[Found], agree: Callable[[Found, Gold], bool]
) -> tuple[list[Gold], list[Found]]:
    """Gold that nothing agrees with, and figures that agree with nothing."""
    free, missed = [one for one in found if one.ends is not None], []
    for one in gold:
        taken = next((other for other in free if agree(other, one)), None)
        if taken is None:
            missed.append(one)
        else:
            free.remove(taken)
    return missed, free


AGREE: dict[str, Callable[[Found, Gold], bool]] = {
    "value": lambda found, gold: same_value(found.ends, gold.ends),
    "value + bound": lambda found, gold: same_value(found.ends, gold.ends) and found.bound == gold.bound,
    "value + unit": lambda found, gold: same_value(found.ends, gold.ends) and same_unit(found.units, gold.units),
}


def score_newsquant(sentences: Sequence[tuple[str, list[Gold]]], found: Sequence[Sequence[Found]]) -> dict[str, float]:
    """F1 in percent for value, value + bound, value + unit; precision and recall of the value."""
    figures: dict[str, float] = {}
    for name, agree in AGREE.items():
        missed = wrong = right = 0
        for (_, gold), mine in zip(sentences, found, strict=True):
            left, spare = greedy(gold, mine, agree)
            missed, wrong, right = missed + len(left), wrong + len(spare), right + len(gold) - len(left)
        figures[name] = 200 * right / max(1, 2 * right + missed + wrong)
        if name == "value":
            figures["precision"], figures["recall"] = (
                100 * right / max(1, right + wrong),
                100 * right / max(1, right + missed),
            )
    return figures


@dataclass(frozen=True)
class Spans:
    """An article of MEANTIME: its text, gold spans, spans of times, and how far it was annotated."""

    text: str
    gold: tuple[tuple[int, int], ...]
    times: tuple[tuple[int, int], ...]
    last: int


def read_meantime(folder: Path) -> list[Spans]:
    """The annotated articles; the text is put together from tokens, a line a sentence."""
    return [_article(file) for file in sorted(folder.glob("*.xml"))]


def _article(file: Path) -> Spans:
    root = ElementTree.parse(file).getroot()
    text, places, sentences = "", {}, {}
    sentence = 0
    for token in root.iter("token"):
        word, number = token.text or "", int(token.get("sentence", 0))
        word = {"``": "“", "''": "”"}.get(word, word)
        glued = word in (".", ",", "%", ")", ";", ":", "?", "!", "”", "'s", "n't", "’s", "'") or text.endswith(
            ("(", "$", "“", "#")
        )
        text += ("\n" if number != sentence else "" if glued or not text else " ") + word
        sentence = number
        places[token.get("t_id")] = (len(text) - len(word), len(text))
        sentences[token.get("t_id")] = number

    def spans(tag: str) -> tuple[tuple[tuple[int, int], ...], int]:
        found, last = [], -1
        for mark in root.iter(tag):
            anchors = [anchor.get("t_id") for anchor in mark.iter("token_anchor")]
            if anchors:
                found.append((min(places[a][0] for a in anchors), max(places[a][1] for a in anchors)))
                last = max(last, *(sentences[a] for a in anchors))
        return tuple(sorted(set(found))), last

    gold, last_gold = spans("VALUE")
    times, last_time = spans("TIMEX3")
    _, last_event = spans("EVENT_MENTION")
    last = min(5, max(last_gold, last_time, last_event))
    end = max((places[i][1] for i, n in sentences.items() if n <= last), default=0)
    return Spans(text, gold, times, end)


def score_meantime(articles: Sequence[Spans], found: Sequence[Sequence[Found]]) -> dict[str, float]:
    """Recall and precision of spans in percent."""
    hit = total = right = said = 0
    for article, mine in zip(articles, found, strict=True):
        kept = counted(article, mine)
        total, said = total + len(article.gold), said + len(kept)
        hit += sum(any(_touch(gold, (one.start, one.end)) for one in kept) for gold in article.gold)
        right += sum(any(_touch(gold, (one.start, one.end)) for gold in article.gold) for one in kept)
    return {"span recall": 100 * hit / max(1, total), "span precision": 100 * right / max(1, said)}


def counted(article: Spans, found: Iterable[Found]) -> list[Found]:
    """The figures in annotated sentences, without those that touch a time expression and nothing else."""
    return [
        one
        for one in found
        if one.end <= article.last
        and (
            not any(_touch((one.start, one.end), time) for time in article.times)
            or any(_touch((one.start, one.end), gold) for gold in article.gold)
        )
    ]


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def show_errors(sentences: Sequence[tuple[str, list[Gold]]], found: Sequence[Sequence[Found]], name: str) -> None:
    """Print each sentence with a gold figure missed or one too many."""
    for (text, gold), mine in zip(sentences, found, strict=True):
        missed, spare = greedy(gold, mine, AGREE[name])
        if missed or spare:
            print(f"\n{text}")
            for one in missed:
                print(f"    missed  {one.words}   {one.units}")
            for one in spare:
                print(f"    spare   {one.bound} {one.ends} {one.units}   “{one.words}”")


def share_of_time(texts: Sequence[str]) -> str:
    """What reading dates and figures costs beside the pipeline, in percent of its time."""
    nlp, parsing, dating, counting = load_pipeline(), 0.0, 0.0, 0.0
    for text in texts:
        started = time.process_time()
        doc = nlp(text)
        parsed = time.process_time()
        dates = extract_dates(doc, None)
        dated = time.process_time()
        extract_quantities(doc, (), dates, find_reports(doc))
        parsing, dating, counting = (
            parsing + parsed - started, dating + dated - parsed, counting + time.process_time() - dated
        )  # fmt: skip
    return (
        f"share of the pipeline's time: figures {100 * counting / parsing:.1f} %, dates {100 * dating / parsing:.1f} %"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", choices=sorted(AGREE), help="print the kit's errors on NewsQuant instead")
    options = parser.parse_args()
    sentences, articles = (
        read_newsquant(options.data / "newsquant" / "dev.json"),
        read_meantime(options.data / "meantime" / "dev"),
    )
    if options.errors:
        read = kit_reader()
        show_errors(sentences, [read(text) for text, _ in sentences], options.errors)
        return
    figures_in_all = sum(len(gold) for _, gold in sentences)
    print(f"NewsQuant: {len(sentences)} sentences, {figures_in_all} figures; MEANTIME: {len(articles)} articles")
    print(share_of_time([article.text for article in articles]))
    for name, make in (("kit", kit_reader), ("quantulum3", quantulum_reader), ("recognizers", recognizers_reader)):
        try:
            read = make()
        except ImportError as error:
            print(f"{name:12} left out: {error}")
            continue
        read(sentences[0][0])
        started = time.perf_counter()
        found = [read(text) for text, _ in sentences]
        speed = len(sentences) / (time.perf_counter() - started)
        spans = [read(article.text) for article in articles]
        figures = score_newsquant(sentences, found) | score_meantime(articles, spans)
        print(
            f"{name:12}",
            " · ".join(f"{key} {value:.1f}" for key, value in figures.items()),
            f"· {speed:.0f} sentences/s",
        )


if __name__ == "__main__":
    main()
