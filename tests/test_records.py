"""Offsets that fit, ids that last, JSON that comes back as it went."""

from __future__ import annotations

import json

import pytest

from kit.analysis import analyse
from kit.articles import read_article
from kit.contract import analysis_from_json, analysis_to_json
from kit.records import Analysis, Claim, Pipeline, RecordError, Span, record_id

TEXT = "The river rose by two metres yesterday 🌊, Mayor Ada Quill said.\n"


@pytest.mark.parametrize(("start", "end", "text"), [(-1, 2, "abc"), (3, 3, ""), (5, 4, "x"), (0, 4, "abc")])
def test_a_span_that_cannot_be_is_refused(start, end, text):
    with pytest.raises(RecordError):
        Span(start, end, text)


def test_an_analysis_refuses_spans_that_say_something_else_than_the_text():
    article = read_article(TEXT)
    claim = Claim(id="x", content=(Span(4, 9, "ocean"),))
    with pytest.raises(RecordError, match="another version of the text"):
        Analysis(article, (claim,), (), (), (), (), Pipeline("p", "1", "0"))


def test_json_comes_back_as_the_same_analysis():
    analysis = analyse(read_article(TEXT, published="2023-06-05"))
    data = json.loads(json.dumps(analysis_to_json(analysis, id="flood")))
    assert analysis_from_json(data, analysis.article) == analysis


def test_json_of_other_bytes_or_with_parts_missing_is_refused():
    analysis = analyse(read_article(TEXT))
    data = analysis_to_json(analysis, id="flood")
    with pytest.raises(RecordError, match="other bytes"):
        analysis_from_json(data, read_article(TEXT + "!"))
    del data["claims"]
    with pytest.raises(RecordError, match="lacks claims"):
        analysis_from_json(data, analysis.article)


def test_the_json_holds_the_keys_of_the_contract():
    data = analysis_to_json(analyse(read_article(TEXT, published="2023-06-05")), id="flood")
    assert list(data)[:8] == ["id", "title", "published", "outlet", "url", "sha256", "text_length", "segments"]
    assert {"voices", "claims", "sources", "quantities", "dates", "pipeline"} <= set(data)
    claim, quantity = data["claims"][0], data["quantities"][0]
    assert set(claim) >= {
        "id",
        "voice",
        "form",
        "parent",
        "source",
        "cue",
        "content",
        "factuality",
        "hedges",
        "why",
        "confidence",
    }
    assert set(claim["source"]) == {"start_char", "end_char", "text", "source_id"}
    assert set(claim["cue"]) == {"start_char", "end_char", "text", "lemma", "stance"}
    assert set(quantity) == {
        "id", "start_char", "end_char", "text", "value", "low", "high", "best", "bound", "direction", "unit", "counted",
        "category", "measure", "status", "claim_id", "reporter", "affected", "actor", "place", "date",
    }  # fmt: skip
    assert quantity["date"] == {"value": "2023-06-04", "inherited": False}
    assert set(data["dates"][0]) == {"id", "start_char", "end_char", "text", "value", "grain", "kind", "alternatives"}
    assert set(data["pipeline"]) == {"name", "version", "sha256"}


def test_ids_depend_on_text_kind_and_offsets_only():
    assert record_id("abc", "claim", 0, 1) == record_id("abc", "claim", 0, 1)
    others = {record_id("abd", "claim", 0, 1), record_id("abc", "date", 0, 1), record_id("abc", "claim", 0, 2)}
    assert record_id("abc", "claim", 0, 1) not in others
    assert len(others) == 3
