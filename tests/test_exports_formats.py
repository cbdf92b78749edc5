"""Each format read back: what it says it holds is there, what is not there is counted, and nothing in it acts."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import exported
import pytest
from examples import TEXT, article, empty_analysis
from examples import analysis as example
from exported import Facts, counted, facts, material

from kit.cases import open_case
from kit.decisions import as_decided
from kit.exports import FORMATS, ExportError
from kit.exports.material import KINDS, Encoded, Material, counts, lost, said
from kit.exports.web_annotation import CONTEXT
from kit.records import Analysis, Anchor, Annotation, Claim, Quantity, Span
from kit.workspace import sample_case

CONTEXTS = Path(__file__).parent / "contexts"
EVIL = '=cmd|"/c" 😀\u202e\u0645\u0631\u062d\u0628\u0627</script>\x00\x0b"}],"@id":"javascript:x'
EVIL_ID = 'c1"},\n{"@id": "http://elsewhere/"} \u202e#?:%41/..😀'


def encoded(format: str, one: Material) -> Encoded:
    if format == "xlsx":
        pytest.importorskip("openpyxl", reason="reads the workbook back")
    if format == "parquet":
        pytest.importorskip("pyarrow")
    return import_module(f"kit.exports.{FORMATS[format].module}").encode(one)


def holds(format: str) -> frozenset[str]:
    return import_module(f"kit.exports.{FORMATS[format].module}").HOLDS


def hostile() -> Material:
    """An article, a reading and a log that attack every format."""
    text = f"😀 {EVIL} said\r\nSylvania's \u05e9\u05dc\u05d5\u05dd _x0041_ 3 tanks\n\n{'x' * 3}\n"
    told = replace(article(text), title=EVIL, outlet=EVIL, url='http://h/"><script>\n', published=None)
    at = text.index(EVIL)
    whole = Span(at, at + len(EVIL), EVIL)
    three = text.index("3 tanks")
    reading = Analysis(
        told,
        claims=(Claim(id="c-evil", content=(whole, Span(0, 1, "😀"))),),
        sources=(),
        quantities=(Quantity(three, three + 7, "3 tanks", id="q-evil", value=3, unit=EVIL, affected=Span(0, 1, "😀")),),
        dates=(),
        voices=(),
        pipeline=replace(example().pipeline, name=EVIL),
    )
    inside = text.index("lvania's")  # in the middle of a word
    shared = {"article": told.sha256, "annotator": EVIL, "record": "claim"}
    added = Annotation(id="e1", action="add", target=EVIL_ID, value={"label": EVIL}, created="not a time",
                       anchor=Anchor(inside, inside + 3, text[inside : inside + 3]), **shared)  # fmt: skip
    noted = Annotation(id="e2", action="note", target="c-evil", value={"note": EVIL}, created=exported.WHEN, **shared)
    gone = Annotation(id="e3", action="accept", target="nothing", value={}, created=exported.WHEN, **shared)
    events = (added, noted, gone)
    return Material("evil", as_decided(reading, events), events)


def of_sample() -> Material:
    case = open_case(sample_case())
    return Material("sample", case.view(), tuple(case.store().read()))


def crowded() -> Material:
    """The example with what it lacks: links between claims, other readings, a loaded word, who relies on whom."""
    plain = example()
    claims = (replace(plain.claims[0], parent="claim-reyes", flags=(*_flag("wounded"),)), plain.claims[1])
    sources = (replace(plain.sources[0], cites=("src-reyes",)), plain.sources[1])
    reading = replace(plain, claims=claims, sources=sources)
    return material(reading, exported.decided_log(reading))


def _flag(word: str) -> tuple[Any, ...]:
    from kit.records import Hedge

    at = TEXT.index(word)
    return (Hedge(at, at + len(word), word, "loaded"),)


CASES = {
    "decided": cache(material),
    "crowded": cache(crowded),
    "empty": cache(lambda: material(empty_analysis(), [])),
    "hostile": cache(hostile),
    "sample": cache(of_sample),
}


@pytest.fixture(params=CASES)
def one(request: pytest.FixtureRequest) -> Material:
    return CASES[request.param]()


def test_the_crowded_example_has_something_of_every_kind_that_can_be_lost() -> None:
    assert KINDS - set(counts(crowded())) == {"merged", "actor", "orphan"}


@pytest.mark.parametrize("format", ["web-annotation", "prodigy", "spacy"])
def test_every_fact_comes_back_and_what_does_not_is_counted(format: str, one: Material) -> None:
    made = encoded(format, one)
    read: Any = getattr(exported, f"from_{FORMATS[format].module}")(made.files[""])
    found: Facts = read[0] if format == "spacy" else read
    wanted = facts(one)
    if format == "web-annotation":  # each answer, grade, label and note has its own creator and time
        wanted = {fact for fact in wanted if fact[2] not in ("decided_by", "decided_at")}
    missing = wanted - found
    assert found - wanted == set()
    assert Counter(fact[2] for fact in missing) == Counter(made.lost)  # marks: the role is the kind
    assert all(fact[0] == "mark" for fact in missing)
    there = counted(found) + Counter({kind: counts(one)[kind] for kind in ("voice", "segment", "text")})
    there = Counter({kind: n for kind, n in there.items() if kind in holds(format)})
    assert there + Counter(lost(one, holds(format), made)) == counts(one)


@pytest.mark.parametrize("format", ["csv", "parquet", "xlsx"])
def test_tables_hold_every_fact_in_words_and_numbers(format: str, one: Material) -> None:
    files = encoded(format, one).files
    read = getattr(exported, f"{format}_rows")
    tables = read(files[""] if format == "xlsx" else files)
    found, wanted = exported.from_tables(tables), {fact for fact in facts(one) if fact[0] != "by"}  # in the log's table
    if one.name == "evil" and format != "parquet":  # apostrophes and escapes stand before what would act
        found, wanted = {fact[:3] for fact in found if fact[0] == "record"}, set()
        assert len(found) == len(one.items)
    held = {name for name in (*exported.SPREAD, *"name type side voice form confidence grain kind".split())}
    kept = {fact for fact in wanted if fact[0] != "value" or fact[2] in held}
    kept = {fact for fact in kept if fact[:3:2] != ("person", "elsewhere")}
    if wanted:
        assert found == kept - {fact for fact in kept if fact[0] == "value" and ("record", "words", fact[1]) in kept}
        assert lost(one, holds(format), Encoded({})) == {"text": 1}
    assert len(tables["annotations"]) == len(one.events)
    assert len([row for row in tables["spans"] if row["kind"] == "voice"]) == len(one.view.analysis.voices)


def test_a_doc_has_the_text_its_blocks_and_its_voices(one: Material) -> None:
    analysis = one.view.analysis
    _, doc = exported.from_docbin(encoded("spacy", one).files[""])
    assert doc.text == analysis.article.text
    blocks = [(span.start_char, span.end_char, span.label_) for span in doc.spans["segments"]]
    assert blocks == [(block.start_char, block.end_char, block.kind) for block in analysis.article.segments]
    voices = [(span.start_char, span.end_char, span.label_, span.id_ or None) for span in doc.spans["voices"]]
    assert voices == [(one.start_char, one.end_char, one.voice, one.claim_id) for one in analysis.voices]
    assert doc.user_data["kit"]["article"]["sha256"] == analysis.article.sha256


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "zip"])
def test_two_exports_of_the_same_case_are_the_same_bytes(format: str, one: Material) -> None:
    assert encoded(format, one).files == encoded(format, one).files


# JSON-LD


def offline(url: str, options: Any) -> dict[str, Any]:
    """The two contexts that exports name, from this folder; nothing else is asked for."""
    known = {"http://www.w3.org/ns/anno.jsonld": "anno.jsonld", "https://schema.org": "schemaorg.jsonld"}
    document = json.loads((CONTEXTS / known[url.rstrip("/")]).read_text(encoding="utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}


def normal(value: Any) -> Any:
    """JSON-LD without what means nothing: lists of one, the order of a set."""
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key != "@context" and item not in (None, [])}
        return {{"@id": "id", "@type": "type"}.get(key, key): normal(item) for key, item in kept.items()}
    if isinstance(value, list):
        found = sorted((normal(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
        return found[0] if len(found) == 1 else found
    return value


def ids(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for item in value for one in ids(item)]
    if not isinstance(value, dict):
        return []
    return [one for key, item in value.items() for one in ([item] if key == "@id" else ids(item))]


@pytest.mark.parametrize(("format", "context"), [("web-annotation", CONTEXT), ("schema-claim", "https://schema.org")])
def test_a_json_ld_processor_keeps_every_term_and_every_name_is_an_iri(
    format: str, context: Any, one: Material
) -> None:
    jsonld = pytest.importorskip("pyld.jsonld")
    content = encoded(format, one).files[""]
    assert b"<" not in content  # it can stand in a page's script element
    data, options = json.loads(content), {"documentLoader": offline}
    expanded = jsonld.expand(data, options)
    back = jsonld.compact(expanded, context, {**options, "graph": True})
    wanted = data.get("@graph", [data])
    assert normal(back["@graph"]) == normal(wanted)
    named = ids(expanded)
    assert named and all(name.startswith(("urn:analyst-notebook-kit:", "http")) for name in named)
    assert [name for name in named if not name.isascii() or any(sign in name for sign in ' "<>\n\\')] == []
    assert all(name.startswith(("urn:", "http://www.w3.org/ns/", "http://h/")) for name in named)
    assert "^^" in jsonld.normalize(data, {**options, "format": "application/n-quads"}) or format == "schema-claim"


def test_an_annotation_quotes_what_stands_at_its_offsets_and_says_who_made_it() -> None:
    one = material()
    items = json.loads(encoded("web-annotation", one).files[""])["first"]["items"]
    selectors = [
        target["selector"] for item in items if isinstance(item["target"], list) for target in item["target"]
    ]  # fmt: skip
    assert len(selectors) > 10
    for position, quote in selectors:
        start, end = position["start"], position["end"]
        assert TEXT[start:end] == quote["exact"]
        assert TEXT[:start].endswith(quote["prefix"]) and TEXT[end:].startswith(quote["suffix"])
    assert {item["motivation"] for item in items} == {"classifying", "tagging", "assessing", "commenting"}
    by = {item["kit:record"]: item["creator"]["type"] for item in items if "kit:record" in item}
    tanks = next(figure.id for figure in example().quantities if figure.text == "16 tanks")
    assert (by["claim-reyes"], by[tanks]) == ("Software", "Person")
    (edited,) = [item for item in items if item.get("kit:record") == tanks]
    fixed = {fix["kit:field"]: (fix["kit:machine"], fix["kit:analyst"]) for fix in edited["body"][1]["kit:corrected"]}
    assert fixed["value"] == ("16", "17")


def test_offsets_are_code_points_behind_an_emoji() -> None:
    one = hostile()
    (claim,) = [item for item in one.items if item.id == "c-evil"]
    items = json.loads(encoded("web-annotation", one).files[""])["first"]["items"]
    (made,) = [item for item in items if item.get("kit:record") == "c-evil"]
    position, quote = made["target"][1]["selector"]
    assert quote["exact"] == EVIL and (position["start"], position["end"]) == (2, 2 + len(EVIL))
    assert claim.marks[1].span.text == EVIL


def test_claims_for_others_have_an_author_and_a_status_and_never_a_rating(one: Material) -> None:
    content = encoded("schema-claim", one).files[""]
    told, *claims = json.loads(content)["@graph"]
    wanted = [
        item
        for item in one.items
        if item.kind == "claim" and item.people.get("answer") != "reject" and item.values["voice"] != "question"
    ]
    assert told["@type"] == "Article" and len(claims) == len(wanted)
    published = one.view.analysis.article.published
    for claim, item in zip(claims, wanted, strict=True):
        assert claim["@type"] == "Claim" and claim["text"]
        assert claim["appearance"] == claim["firstAppearance"] == {"@id": told["@id"]}
        assert claim.get("datePublished") == (published.isoformat() if published else None)
        assert ("claimInterpreter" in claim) == ("answer" in item.people or "edited" in item.people)
        assert claim["creativeWorkStatus"].startswith(
            "suggested by analyst-notebook-kit" if item.people["origin"] == "machine" else "added by a person"
        )
    found = {word for word in ("ClaimReview", "reviewRating", "ratingValue", "Rating") if word.encode() in content}
    assert found == set()


def test_what_schema_org_has_no_place_for_is_counted() -> None:
    one = crowded()
    made = encoded("schema-claim", one)
    missing = lost(one, holds("schema-claim"), made)
    assert (missing["claim"], missing["quantity"], missing["grade"], missing["hedge"]) == (1, 5, 2, 1)
    (claim,) = json.loads(made.files[""])["@graph"][1:]
    assert claim["author"]["name"] == "Ana Reyes" and claim["author"]["@type"] == "Person"
    assert missing["source"] == 1 and missing["link"] == counts(one)["link"] - 1
    assert "isPartOf" not in claim and claim["comment"]["text"] == "ask Boris K. <b>again</b>"
    assert missing["note"] == 0 if "note" in missing else True
    there = counts(one)
    assert missing["answer"] == there["answer"] - 1


# Spreadsheets


@pytest.mark.parametrize("case", ["decided", "hostile"])
def test_no_cell_of_a_workbook_is_or_starts_a_formula_and_no_control_character_is_in_it(case: str) -> None:
    pytest.importorskip("openpyxl")
    import io

    import openpyxl

    content = encoded("xlsx", CASES[case]()).files[""]
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert any(text.startswith("'=") for text in texts)
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"} and not any(cell.hyperlink for cell in cells)
    assert [text for text in texts if text.lstrip().startswith(("=", "+", "@", "-"))] == []
    assert [text for text in texts if any(ord(sign) < 32 and sign not in "\n\t" for sign in text)] == []
    if case == "hostile":
        assert any("_x0041_" in text for text in texts)  # as it stands in the article, not as Excel's escape for A
        assert any("\u0645\u0631\u062d\u0628\u0627" in text and "😀" in text for text in texts)


def test_a_text_longer_than_a_cell_is_cut_between_characters_and_counted() -> None:
    pytest.importorskip("openpyxl")
    long = "😀" * 20_000
    told = article(f"{long}\n")
    reading = replace(empty_analysis(), article=told, claims=(Claim(id="c", content=(Span(0, 20_000, long),)),))
    made = encoded("xlsx", material(reading, []))
    (row,) = exported.xlsx_rows(made.files[""])["claims"]
    assert row["content"] == "😀" * 16_383 + "…"
    assert any("texts were cut at 32,767 characters" in note for note in made.notes)


def test_a_missing_library_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for format, module in (("parquet", "pyarrow"), ("xlsx", "xlsxwriter")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(ExportError, match=r"pip install .*--format csv"):
            import_module(f"kit.exports.{format}").encode(material())


# Prodigy


def test_a_task_has_an_answer_where_a_person_gave_one_and_only_there() -> None:
    tasks = [json.loads(line) for line in encoded("prodigy", material()).files[""].decode().splitlines()]
    answers = {task["kit"]["id"]: task.get("answer") for task in tasks}
    assert (answers["claim-reyes"], answers["claim-ministry"]) == ("accept", "reject")
    assert (answers["date-sunday"], answers["src-ministry"]) == ("ignore", None)
    (claim,) = [task for task in tasks if task["kit"]["id"] == "claim-reyes"]
    assert claim["_annotator_id"] == "ana"
    ends = {relation["label"]: task_text(claim, relation["child_span"]) for relation in claim["relations"]}
    assert ends["SOURCE"] == "Colonel Ana Reyes of Freedonia"
    assert {task_text(claim, relation["head_span"]) for relation in claim["relations"]} == {"said"}
    assert {relation["label"] for relation in claim["relations"]} == {"SOURCE", "CONTENT"}


def task_text(task: dict[str, Any], span: dict[str, Any]) -> str:
    return task["text"][span["start"] : span["end"]]


def test_a_page_that_is_one_endless_block_makes_no_endless_tasks() -> None:
    text = "They said no. " * 5_000
    said = [Span(at, at + 12, "They said no") for at in range(0, len(text), 14 * 50)]
    claims = tuple(Claim(id=f"c{span.start_char}", content=(span,)) for span in said)
    long = material(replace(empty_analysis(), article=article(text), claims=claims), [])
    tasks = [json.loads(line) for line in encoded("prodigy", long).files[""].decode().splitlines()]
    assert len(tasks) == 100 and max(len(task["text"]) for task in tasks) <= 12 + 2_000
    assert exported.from_prodigy(encoded("prodigy", long).files[""]) == facts(long)


def test_counts_are_told_in_words() -> None:
    assert said({"hedge": 12, "link": 1, "note": 3}) == "12 hedges, 1 link and 3 notes"
    assert said({"text": 1}) == "the article's text" and said({}) == ""
