"""Dates on MEANTIME's development half, the kit beside other readers in one run: spans, values, sentences a second.

Run it from the checkout: ``python benchmarks/dates.py [FOLDER]``; FOLDER holds MEANTIME's English articles (CAT XML,
CC BY 4.0, newsreader-project.eu) and is ``../shared/data/meantime/dev`` by default. The readers beside the kit are
dateparser, which the kit installs, and two that are used where they are installed:
``pip install recognizers-text-date-time`` and ``pip install timexy``.

MEANTIME marks the headline and the first sentences of an article: only those are read. The creation date is given and
not scored. *relaxed* F1 counts a span that overlaps a gold span, *strict* an equal one, value F1 a relaxed match
with an equal TIMEX3 value; *on gold* is the share of gold expressions whose value is right when the
reader is handed the expression itself.
"""

from __future__ import annotations

import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Doc

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "meantime" / "dev"
MARKED = ("EVENT_MENTION", "ENTITY_MENTION", "TIMEX3")


class Time(NamedTuple):
    """A time expression: half-open character offsets and its TIMEX3 value."""

    start: int
    end: int
    value: str | None


class Text(NamedTuple):
    """The marked part of an article, its creation date and its gold expressions."""

    text: str
    published: date | None
    gold: list[Time]


class Reader(NamedTuple):
    """A system under test; ``read`` finds expressions in a text, ``resolve`` gives the value of one."""

    name: str
    read: Callable[[Any, date | None], list[Time]]
    resolve: Callable[[Any, Time, date | None], str | None]


def load(path: Path) -> Text:
    """Read one CAT XML file: words joined by blanks, sentences by line breaks."""
    root = ET.parse(path).getroot()
    marks = list(root.find("Markables"))
    sentence = {token.get("t_id"): int(token.get("sentence")) for token in root.iter("token")}
    anchors = {id(mark): [anchor.get("t_id") for anchor in mark.iter("token_anchor")] for mark in marks}
    last = max(sentence[one] for mark in marks if mark.tag in MARKED for one in anchors[id(mark)])
    text, place, before = "", {}, 0
    for token in root.iter("token"):
        number = int(token.get("sentence"))
        if number > last:
            break
        text += ("" if not text else "\n" if number != before else " ") + (token.text or "")
        place[token.get("t_id")] = (len(text) - len(token.text or ""), len(text))
        before = number
    gold, published = [], None
    for mark in marks:
        spans = [place[one] for one in anchors[id(mark)] if one in place]
        if mark.tag != "TIMEX3" or not spans:
            continue
        if mark.get("functionInDocument") == "CREATION_TIME":
            published = date.fromisoformat(mark.get("value"))
            text = text[: spans[0][0]] + "-" * (spans[-1][1] - spans[0][0]) + text[spans[-1][1] :]  # given, not read
        else:
            gold.append(Time(spans[0][0], spans[-1][1], mark.get("value")))
    return Text(text, published, sorted(gold))


def readers() -> Iterator[Reader]:
    """The kit, dateparser, and whichever of the others is installed."""
    from kit.dates import extract_dates, resolve

    def kit_read(doc: Doc, published: date | None) -> list[Time]:
        return [Time(one.start_char, one.end_char, one.value) for one in extract_dates(doc, published)]

    def kit_resolve(doc: Doc, one: Time, published: date | None) -> str | None:
        reading = resolve(doc.char_span(one.start, one.end, alignment_mode="expand"), published)
        return reading.value if reading else None

    yield Reader("kit.dates", kit_read, kit_resolve)
    yield _dateparser()
    for make in (_recognizers, _timexy):
        try:
            yield make()
        except ImportError as error:
            print(f"not installed: {error.name}", file=sys.stderr)


def _dateparser() -> Reader:
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    parsers: dict[date | None, DateDataParser] = {}

    def settings(published: date | None) -> dict[str, Any]:
        base = {"RELATIVE_BASE": datetime.combine(published, datetime.min.time())} if published else {}
        return {"PREFER_DATES_FROM": "past"} | base

    def value(written: str, published: date | None) -> str | None:
        """Its date, cut to the period that it says it read."""
        if published not in parsers:
            parsers[published] = DateDataParser(languages=["en"], settings=settings(published))
        data = parsers[published].get_date_data(written)
        if data.date_obj is None:
            return None
        day = data.date_obj.date().isoformat()
        return {"year": day[:4], "month": day[:7], "time": data.date_obj.strftime("%Y-%m-%dT%H:%M")}.get(
            data.period, day
        )

    def read(doc: Doc, published: date | None) -> list[Time]:
        found, text, place = [], doc.text, 0
        for written, _ in search_dates(text, languages=["en"], settings=settings(published)) or ():
            start = text.find(written, place)
            if start >= 0:
                place = start + len(written)
                found.append(Time(start, place, value(written, published)))
        return found

    def resolve(doc: Doc, one: Time, published: date | None) -> str | None:
        return value(doc.text[one.start : one.end], published)

    return Reader("dateparser", read, resolve)


def _recognizers() -> Reader:
    from recognizers_date_time import recognize_datetime

    def value(result: Any) -> str | None:
        values = (result.resolution or {}).get("values") or [{}]
        timex, day = values[0].get("timex", ""), values[0].get("value") or values[0].get("start") or ""
        if timex.startswith("XXXX-WXX") or timex.count("-") == 2:  # of two readings the past one comes first
            return day or timex
        return timex.replace("XXXX", day[:4]) or None

    def read(doc: Doc, published: date | None) -> list[Time]:
        base = datetime.combine(published, datetime.min.time()) if published else None
        return [
            Time(one.start, one.end + 1, value(one)) for one in recognize_datetime(doc.text, "en-us", reference=base)
        ]

    def resolve(doc: Doc, one: Time, published: date | None) -> str | None:
        base = datetime.combine(published, datetime.min.time()) if published else None
        found = recognize_datetime(doc.text[one.start : one.end], "en-us", reference=base)
        return value(found[0]) if found else None

    return Reader("recognizers-text", read, resolve)


def _timexy() -> Reader:
    import spacy
    import timexy  # noqa: F401 - registers its component

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})

    def value(written: str) -> str | None:
        return written.partition('value="')[2].partition('"')[0] or None

    def read(doc: Doc, published: date | None) -> list[Time]:
        return [Time(one.start_char, one.end_char, value(one.kb_id_)) for one in nlp(doc.text).ents]

    def resolve(doc: Doc, one: Time, published: date | None) -> str | None:
        found = nlp(doc.text[one.start : one.end]).ents
        return value(found[0].kb_id_) if found else None

    return Reader("timexy", read, resolve)


def measure(reader: Reader, docs: list[Doc], texts: list[Text]) -> dict[str, float]:
    """The figures of one reader: percentages, and sentences a second."""
    started = time.perf_counter()
    read = [reader.read(doc, text.published) for doc, text in zip(docs, texts, strict=True)]
    seconds = time.perf_counter() - started
    relaxed = strict = values = right = 0
    for doc, text, found in zip(docs, texts, read, strict=True):
        free = list(found)
        for one in text.gold:
            over = [other for other in free if other.start < one.end and one.start < other.end]
            if over:
                best = max(over, key=lambda other: (min(one.end, other.end) - max(one.start, other.start), -other.end))
                free.remove(best)
                relaxed += 1
                strict += best[:2] == one[:2]
                values += best.value == one.value
            right += reader.resolve(doc, one, text.published) == one.value
    gold, predicted = sum(len(text.gold) for text in texts), sum(map(len, read))
    sentences = sum(len(text.text.splitlines()) for text in texts)
    shares = {"P": relaxed / max(predicted, 1), "R": relaxed / gold}
    counts = {"relaxed": relaxed, "strict": strict, "value F1": values}
    shares |= {name: 2 * count / (gold + predicted) for name, count in counts.items()} | {"on gold": right / gold}
    return {name: 100 * share for name, share in shares.items()} | {"sentences/s": sentences / seconds}


def main() -> None:
    """Print the table, and what dates cost beside the pipeline."""
    from kit.pipeline import load_pipeline

    texts = [load(path) for path in sorted(Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER).glob("*.xml"))]
    nlp = load_pipeline()
    started = time.perf_counter()
    docs = [nlp(text.text) for text in texts]
    pipeline = time.perf_counter() - started
    print(f"{len(texts)} articles, {sum(len(text.gold) for text in texts)} expressions, {sum(map(len, docs))} words")
    for number, reader in enumerate(readers()):
        reader.read(docs[0], texts[0].published)  # load everything once
        figures = measure(reader, docs, texts)
        if not number:
            print(" " * 18 + "".join(f"{name:>12}" for name in figures))
        print(f"{reader.name:<18}" + "".join(f"{figure:>12,.1f}" for figure in figures.values()))
    started = time.perf_counter()
    kit = next(readers())
    for doc, text in zip(docs, texts, strict=True):
        kit.read(doc, text.published)
    print(f"kit.dates takes {(time.perf_counter() - started) / pipeline:.1%} of the pipeline's time")


if __name__ == "__main__":
    main()
