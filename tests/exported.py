"""What a case holds, fact by fact, and the readers of each export that find the facts again.

The readers know the formats as another program would: nothing of the kit's writers is used in them.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from examples import TEXT
from examples import analysis as example
from logs import Log

from kit import decisions as desk
from kit.decisions import as_decided
from kit.exports.material import Material
from kit.records import Analysis, Annotation

Facts = set[tuple[Any, ...]]
WHEN = "2026-03-03T10:00:00+01:00"
SPREAD = ("value", "low", "high", "best", "bound", "direction", "unit", "counted", "category", "measure", "status")


def decided_log(analysis: Analysis | None = None) -> list[Annotation]:
    """Two people who answer, correct, add, tag, grade, label, note and link on the reading of the examples."""
    log = Log(analysis or example())
    found = {figure.text: figure.id for figure in log.analysis.quantities}
    log.do(desk.answer(log.view(), "claim-reyes", "accept"), by="ana")
    log.do(desk.answer(log.view(), "claim-ministry", "reject"), by="Boris K.")
    log.do(desk.answer(log.view(), "date-sunday", "ignore"), by="ana")
    log.do(desk.edit(log.view(), found["16 tanks"], value="17", category="armour"), by="Boris K.")
    log.do(desk.label(log.view(), found["16 tanks"], ["check", "=later"]), by="ana")
    log.do(desk.note(log.view(), "claim-reyes", "ask Boris K. <b>again</b>"), by="ana")
    log.do(desk.grade(log.view(), "src-reyes", "C"), by="Boris K.")
    log.do(desk.grade(log.view(), "claim-reyes", 3), by="Boris K.")
    at = TEXT.index("=1+1")
    log.do(desk.add_words(log.view(), at, at + 4, "loaded word"), by="Boris K.")
    log.do(desk.add_words(log.view(), at + 5, at + 7, "figure", record="quantity"), by="ana")
    log.do(desk.link(log.view(), found["dozens"], "claim-ministry"), by="ana")
    log.do(desk.merge(log.view(), "src-ministry", ["src-reyes"]), by="ana")
    log.undo(by="ana")
    log.do(desk.settle(desk.answer(log.view(), "claim-ministry", "reject"), events=["e1"]), by="ana")
    return [*log]


def material(analysis: Analysis | None = None, events: Iterable[Annotation] | None = None) -> Material:
    """The example as exports see it."""
    analysis, events = analysis or example(), tuple(decided_log() if events is None else events)
    return Material("flood", as_decided(analysis, events), events)


def facts(one: Material) -> Facts:
    """Everything that the records and people of a case say."""
    found: Facts = set()
    for item in one.items:
        found.add(("record", item.kind, item.id))
        found |= {("mark", item.id, m.role, m.span.start_char, m.span.end_char, m.detail) for m in item.marks}
        found |= {("value", item.id, name, plain(value)) for name, value in item.values.items()}
        found |= {("link", item.id, name, target) for name, ids in item.links.items() for target in ids}
        found |= said_by_people(item.id, item.people)
        found |= {("correction", item.id, name, *pair) for name, pair in item.corrections.items()}
    return found


def said_by_people(record: str, people: Any) -> Facts:
    """What people said, and who said which of it."""
    found: Facts = {("person", record, name, plain(value)) for name, value in people.items() if name != "by"}
    return found | {("by", record, name, *who) for name, who in people.get("by", {}).items()}


def counted(found: Facts) -> Counter[str]:
    """How much of each kind these facts are, counted on its own."""
    kinds: Counter[str] = Counter()
    for fact in found:
        if fact[0] == "record":
            kinds[fact[1]] += 1
        elif fact[0] == "mark" and fact[2] not in ("quantity", "date", "words"):
            kinds[fact[2]] += 1
        elif fact[0] == "link":
            kinds["merged" if fact[2] == "merged" else "link"] += 1
        elif fact[0] == "person" and fact[2] in ("answer", "note", "grade", "label"):
            kinds[fact[2]] += 1
        elif fact[0] == "person" and fact[2] == "labels":
            kinds["label"] += len(json.loads(fact[3]))
        elif fact[0] == "correction":
            kinds["correction"] += 1
    return kinds


def plain(value: Any) -> str:
    """A value as JSON text: hashable, and the same from each reader; 17.0 is 17."""
    if isinstance(value, dict):
        value = {name: one for name, one in value.items() if one is not None}
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def from_web_annotation(content: bytes) -> Facts:
    """The facts in a collection of annotations."""
    found: Facts = set()
    kinds = {"Claim": "claim", "Figure": "quantity", "Date": "date", "Source": "source", "Words": "words"}
    for one in json.loads(content)["first"]["items"]:
        if isinstance(one["target"], str) and "kit:record" not in one:
            _said_in_web_annotation(one, found)
            continue
        tag, body = one["body"]
        kind, record = kinds[body.pop("type").removeprefix("kit:")], one["kit:record"]
        found |= {("record", kind, record), ("person", record, "origin", plain(one["kit:origin"]))}
        for target in one["target"] if isinstance(one["target"][0], dict) else ():
            position, quote = target["selector"]
            assert len(quote["exact"]) == position["end"] - position["start"]
            place = (position["start"], position["end"])
            found.add(("mark", record, target["kit:role"], *place, target.get("kit:detail")))
        fixes = body.pop("kit:corrected", [])
        found |= {("correction", record, f["kit:field"], f.get("kit:machine"), f.get("kit:analyst")) for f in fixes}
        found |= {("person", record, "edited", plain([fix["kit:field"] for fix in fixes]))} if fixes else set()
        body.pop("kit:suggested_by", None)
        if one["kit:origin"] == "analyst":
            found |= {("person", record, "label", plain(tag["value"])), _by(record, "label", one)}
        if one["creator"]["type"] == "Person" and fixes:
            found.add(_by(record, "edited", one))
        for name, value in ((name.removeprefix("kit:"), value) for name, value in body.items()):
            if (name, value) == ("reporter", "outlet") or (isinstance(value, list) and isinstance(value[0], dict)):
                ids = [value] if value == "outlet" else [unquote(link["id"].rsplit(":", 1)[1]) for link in value]
                found |= {("link", record, name, target) for target in ids}
            elif isinstance(value, dict):
                found.add(("value", record, name, plain({key.removeprefix("kit:"): v for key, v in value.items()})))
            else:
                found.add(("value", record, name, plain(value)))
    return found


def _said_in_web_annotation(one: dict[str, Any], found: Facts) -> None:
    record, name = unquote(one["target"].rsplit(":", 1)[1]), one["id"].rsplit(":", 1)[1]
    values = [body["value"] for body in one["body"]]
    found.add(("person", record, name, plain(values if name == "labels" else values[0])))
    found.add(_by(record, name, one))
    if "kit:elsewhere" in one:
        found |= {("person", record, "elsewhere", plain(one["kit:elsewhere"])), _by(record, "elsewhere", one)}


def _by(record: str, name: str, one: dict[str, Any]) -> tuple[Any, ...]:
    return "by", record, name, one["creator"]["name"], one.get("created", one.get("kit:created"))


def from_prodigy(content: bytes) -> Facts:
    """The facts in tasks; spans count from the start of a task's text."""
    found: Facts = set()
    roles = {"SOURCE": "said by", "FIGURE": "quantity"}
    for line in content.decode().splitlines():
        task = json.loads(line)
        own, record = task["kit"], task["kit"]["id"]
        words = [token["text"] + " " * token["ws"] for token in task["tokens"]]
        assert "".join(words) == task["text"].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for span in task["spans"]:
            first, last = task["tokens"][span["token_start"]], task["tokens"][span["token_end"]]
            assert (first["start"], last["end"]) == (span["start"], span["end"])
            place = (span["start"] + own["start_char"], span["end"] + own["start_char"])
            role = roles.get(span["label"], span["label"].lower())
            found.add(("mark", record, role, *place, span.get("detail")))
        found |= {("record", own["kind"], record)} | _plain_facts(record, own)
        assert task.get("answer") == own["people"].get("answer")
        for relation in task.get("relations", ()):
            assert relation["head"] == relation["head_span"]["token_end"]
            assert relation["child"] == relation["child_span"]["token_end"]
    return found


def from_docbin(content: bytes) -> tuple[Facts, Any]:
    """The facts in a DocBin, and its ``Doc``."""
    import spacy
    from spacy.tokens import DocBin

    (doc,) = DocBin().from_bytes(content).get_docs(spacy.blank("en").vocab)
    roles = {"source": "said by", "hedges": "hedge", "loaded_words": "flag", "quantities": "quantity", "dates": "date"}
    roles |= {"mentions": "mention"}
    found: Facts = set()
    for name, group in doc.spans.items():
        for span in group if name not in ("voices", "segments") else ():
            detail = None if span.label_ == name else span.label_
            found.add(("mark", span.id_, roles.get(name, name), span.start_char, span.end_char, detail))
    for record, own in doc.user_data["kit"]["records"].items():
        found |= {("record", own["kind"], record)} | _plain_facts(record, own)
    return found, doc


def _plain_facts(record: str, own: dict[str, Any]) -> Facts:
    found: Facts = {("value", record, name, plain(value)) for name, value in own["values"].items()}
    found |= {("link", record, name, target) for name, ids in own["links"].items() for target in ids}
    found |= said_by_people(record, own["people"])
    return found | {("correction", record, name, *pair) for name, pair in own["corrections"].items()}


Rows = dict[str, list[dict[str, Any]]]


def csv_rows(files: dict[str, bytes]) -> Rows:
    """The tables in CSV files; an empty cell is missing."""
    found = {}
    for name, content in files.items():
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        found[name.removesuffix(".csv")] = [{key: cell or None for key, cell in row.items()} for row in rows]
    return found


def xlsx_rows(content: bytes) -> Rows:
    """The tables in a workbook, read by another library than the one that wrote it."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def parquet_rows(files: dict[str, bytes]) -> Rows:
    """The tables in Parquet files."""
    import pyarrow.parquet as parquet

    return {Path(name).stem: parquet.read_table(io.BytesIO(content)).to_pylist() for name, content in files.items()}


def from_tables(tables: Rows) -> Facts:
    """The facts in the tables; a number may have become text on the way, an answer is a column."""
    found: Facts = set()
    for name, kind in (("claims", "claim"), ("quantities", "quantity"), ("dates", "date"), ("sources", "source")):
        for row in tables[name]:
            record = row["id"]
            tagged = kind == "claim" and row["voice"] is None
            found.add(("record", "words" if tagged else kind, record))
            found |= {("person", record, key, plain(value)) for key, value in _people(row).items()}
            for column, link in (("source_id", "source"), ("parent", "parent"), ("claim_id", "claim")):
                found |= {("link", record, link, row[column])} if row.get(column) else set()
            found |= {("link", record, "reporter", row["reporter_id"])} if row.get("reporter_id") else set()
            for link in ("cites", "merged"):
                found |= {("link", record, link, one) for one in (row.get(link) or "").split("; ") if one}
            values = SPREAD if kind == "quantity" else ("value", "grain", "kind") if kind == "date" else ()
            values = ("voice", "form", "kind", "confidence") if kind == "claim" else values or ("name", "type", "side")
            for column in values:
                if row.get(column) is not None:
                    found.add(("value", record, column, plain(_number(column, row[column]))))
    for row in tables["spans"]:
        if row["kind"] not in ("voice", "segment"):
            place = (int(row["start_char"]), int(row["end_char"]))
            found.add(("mark", row["record"], row["role"], *place, row["detail"]))
    for row in tables["changes"]:
        found.add(("correction", row["id"], row["field"], _text(row["machine"]), _text(row["analyst"])))
    return found


def _people(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: row[name] for name in ("decided_by", "decided_at", "origin", "label", "note") if row[name]}
    found |= {"answer": row["decision"]} if row["decision"] != "undecided" else {}
    found |= {name: row[name].split("; ") for name in ("labels", "edited") if row[name]}
    grade = row.get("credibility") or row.get("reliability")
    return found | ({"grade": str(grade)} if grade and str(grade) not in "F6" else {})


def _number(column: str, value: Any) -> Any:
    return float(value) if column in (*SPREAD[:4], "confidence") and _is_number(value) else value


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
