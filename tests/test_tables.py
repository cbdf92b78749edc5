"""Tables: stable columns, reading order, and each row back to its characters."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from examples import TEXT, analysis, empty_analysis, span
from logs import Log

from kit import decisions as desk
from kit import tables
from kit.decisions import Decision
from kit.records import Anchor, Annotation
from kit.tables import annotations_table, claims_table, dates_table, quantities_table, sources_table

TABLES = {
    claims_table: tables.CLAIM_COLUMNS,
    quantities_table: tables.QUANTITY_COLUMNS,
    dates_table: tables.DATE_COLUMNS,
    sources_table: tables.SOURCE_COLUMNS,
}


def decided(target: str, record: str, answer: str | None = None, **fields: Any) -> dict[str, Decision]:
    made = Decision(target, record, answer, annotator="ana", created="2026-03-03T10:00:00+01:00", **fields)
    return {target: made}


def anchor_of(text: str) -> Anchor:
    at = span(text)
    return Anchor(at.start_char, at.end_char, at.text)


def id_of(text: str) -> str:
    found = quantities_table(analysis())
    return str(found.loc[found["text"] == text, "id"].item())


@pytest.mark.parametrize("table", TABLES)
def test_columns_and_dtypes_are_the_same_with_and_without_records(table: Any) -> None:
    full, empty = table(analysis()), table(empty_analysis())
    assert len(full) > 0 and len(empty) == 0
    assert list(full.columns) == list(empty.columns) == list(TABLES[table])
    assert full.dtypes.astype(str).to_dict() == empty.dtypes.astype(str).to_dict() == TABLES[table]


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_in_reading_order_and_lead_back_to_the_text(table: Any) -> None:
    found = table(analysis())
    assert found["start_char"].is_monotonic_increasing
    assert found["id"].is_unique
    assert (found["article"] == analysis().article.sha256).all()
    if "text" in found:
        assert [TEXT[row.start_char : row.end_char] for row in found.itertuples()] == list(found["text"])


def test_a_claim_is_numbered_and_shown_without_its_complementiser() -> None:
    first, second = claims_table(analysis()).to_dict("records")
    assert (first["n"], second["n"]) == (1, 2)
    assert first["content"] == ("Sylvania's army lost more than 250 personnel and 16 tanks … near Lakeview on Sunday")
    assert (first["source"], first["source_as_written"]) == ("Ana Reyes", "Colonel Ana Reyes of Freedonia")
    assert (first["factuality_source"], first["factuality_outlet"]) == ("CT+", "Uu")
    assert first["group"] == "freedonia" and first["credibility"] == "6"
    assert second["content"] == "about 40 soldiers were wounded"
    assert (second["cue"], second["stance"], second["hedges"]) == ("admitted", "endorsing", "about")
    assert second["group"] == "src-ministry"


def test_a_figure_carries_bound_reporter_group_and_its_sentence() -> None:
    found = quantities_table(analysis()).set_index("text")
    row = found.loc["more than 250 personnel"]
    assert (row["value"], row["low"], row["bound"]) == (250, 250, "gt") and pd.isna(row["high"])
    assert (row["reporter"], row["reporter_id"], row["group"]) == ("Ana Reyes", "src-reyes", "freedonia")
    assert (row["affected"], row["place"], row["date"]) == ("Sylvania's army", "Lakeview", "2026-03-01")
    assert bool(row["date_inherited"]) and row["status"] == "unspecified"
    assert row["sentence"].startswith("Sylvania's army lost") and row["sentence"].endswith("said.")
    assert (row["decision"], row["origin"]) == ("undecided", "machine") and pd.isna(row["decided_by"])


def test_a_figure_nobody_is_cited_for_is_the_outlets_and_stays_in_words() -> None:
    row = quantities_table(analysis()).iloc[0]
    assert (row["text"], row["reporter"], row["reporter_id"]) == ("dozens", "The Lakeview Post", "outlet")
    assert row[["value", "low", "high"]].isna().all()


def test_a_rejected_figure_stays_in_the_table_and_says_who_rejected_it() -> None:
    row = quantities_table(analysis(), decided(id_of("16 tanks"), "quantity", "reject")).iloc[2]
    assert (row["text"], row["decision"], row["decided_by"]) == ("16 tanks", "reject", "ana")
    assert row["decided_at"] == "2026-03-03T10:00:00+01:00"


def test_an_edit_overrides_fields_and_keeps_the_numbers_in_step() -> None:
    edit = {"value": "17", "category": "armour", "place": {"start_char": 0, "end_char": 9}, "date": "2026-02-28"}
    row = quantities_table(analysis(), decided(id_of("16 tanks"), "quantity", value=edit)).iloc[2]
    assert (row["value"], row["low"], row["high"], row["category"]) == (17, 17, 17, "armour")
    assert (row["place"], row["date"], row["text"]) == ("Freedonia", "2026-02-28", "16 tanks")
    assert not row["date_inherited"] and row["origin"] == "machine" and row["decision"] == "undecided"


def test_a_moved_span_is_quoted_anew_from_the_article() -> None:
    at = span("16 tanks near Lakeview")
    edit = {"start_char": at.start_char, "end_char": at.end_char, "text": "something else"}
    row = quantities_table(analysis(), decided(id_of("16 tanks"), "quantity", value=edit)).iloc[2]
    assert row["text"] == "16 tanks near Lakeview"


def test_an_edit_that_makes_no_record_is_warned_of_and_changes_nothing() -> None:
    decisions = decided(id_of("16 tanks"), "quantity", value={"value": "many"})
    with pytest.warns(UserWarning, match="the machine's reading stands"):
        row = quantities_table(analysis(), decisions).iloc[2]
    assert row["value"] == 16


def test_records_that_people_added_are_rows_in_their_place() -> None:
    value = {"value": 1, "bound": "exact", "reporter": "src-new", "unit": "cell"}
    decisions = decided("q-new", "quantity", "accept", added=True, value=value, anchor=anchor_of("=1+1"))
    decisions |= decided("src-new", "source", "accept", added=True, value={}, anchor=anchor_of("Freedonia"))
    decisions |= decided("c-new", "claim", "accept", added=True, value={}, anchor=anchor_of(TEXT[:9]))
    decisions |= decided("d-new", "date", "accept", added=True, value={"value": "2026"}, anchor=anchor_of("Lakeview"))
    figure = quantities_table(analysis(), decisions).iloc[-1]
    assert (figure["id"], figure["text"], figure["value"], figure["origin"]) == ("q-new", "=1+1", 1, "analyst")
    assert figure["reporter"] == "Freedonia"
    assert list(sources_table(analysis(), decisions)["id"]) == ["src-new", "src-reyes", "src-ministry"]
    assert list(claims_table(analysis(), decisions)["id"]) == ["c-new", "claim-reyes", "claim-ministry"]
    assert set(dates_table(analysis(), decisions)["origin"]) == {"machine", "analyst"}


def test_an_addition_without_a_place_is_warned_of_and_left_out() -> None:
    with pytest.warns(UserWarning, match="it is left out"):
        found = quantities_table(analysis(), decided("q-new", "quantity", "accept", added=True))
    assert "q-new" not in set(found["id"])


def test_grades_stand_on_the_source_and_on_the_claim() -> None:
    decisions = decided("src-reyes", "source", value={"grade": "C"})
    decisions |= decided("claim-reyes", "claim", value={"grade": 3})
    assert list(sources_table(analysis(), decisions)["reliability"]) == ["C", "F"]
    assert list(claims_table(analysis(), decisions)["credibility"]) == ["3", "6"]


def test_a_source_that_a_person_renamed_is_renamed_everywhere() -> None:
    decisions = decided("src-reyes", "source", value={"name": "A. Reyes"})
    assert "A. Reyes" in set(claims_table(analysis(), decisions)["source"])
    assert "A. Reyes" in set(quantities_table(analysis(), decisions)["reporter"])
    assert list(sources_table(analysis(), decisions)["claims"]) == [1, 1]


def test_the_log_is_a_table_with_what_was_undone() -> None:
    common = {"target": "a", "record": "claim", "article": "x", "annotator": "ana", "created": "t"}
    note = Annotation(id="1", action="note", value={"note": "é"}, anchor=Anchor(0, 1, "F"), **common)  # type: ignore[arg-type]
    undo = Annotation(id="2", action="undo", value={}, supersedes="1", **common)  # type: ignore[arg-type]
    found = annotations_table([note, undo])
    assert list(found["undone"]) == [True, False]
    assert found.loc[0, "value"] == '{"note": "é"}' and found.loc[0, "exact"] == "F"
    assert pd.isna(found.loc[1, "start_char"]) and found.loc[1, "supersedes"] == "1"
    assert annotations_table([]).dtypes.astype(str).to_dict() == tables.ANNOTATION_COLUMNS


def test_a_row_tells_the_machines_part_from_the_persons() -> None:
    log = Log()
    start = span("Ana Reyes").start_char
    log.do(desk.edit(log.view(), "claim-reyes", source=(start, start + 9), stance="distancing"))
    log.do(desk.label(log.view(), "claim-reyes", ["blame", "loss"]))
    log.do(desk.note(log.view(), "claim-reyes", "ask her"), by="bo")
    edited, other = claims_table(analysis(), log.view().decisions).to_dict("records")
    assert (edited["source_as_written"], edited["stance"]) == ("Ana Reyes", "distancing")
    assert (edited["edited"], edited["labels"], edited["note"]) == ("source; stance", "blame; loss", "ask her")
    assert (edited["origin"], edited["decision"], edited["decided_by"]) == ("machine", "undecided", "bo")
    assert pd.isna(other["edited"]) and pd.isna(other["note"])
    changed = tables.changes_table(analysis(), log.view().decisions).set_index("field")
    assert changed.loc["source", "machine"] == "Colonel Ana Reyes of Freedonia"
    assert changed.loc["source", "analyst"] == "Ana Reyes" and changed.loc["stance", "machine"] == "neutral"
    assert tables.changes_table(empty_analysis()).dtypes.astype(str).to_dict() == tables.CHANGE_COLUMNS


def test_the_number_of_a_claim_stays_whatever_people_decide() -> None:
    log = Log()
    late = span("is not a cell")
    log.do(desk.edit(log.view(), "claim-reyes", source=None, cue=None, content=(late.start_char, late.end_char)))
    found = claims_table(analysis(), log.view().decisions).set_index("id")
    assert found["n"].to_dict() == {"claim-reyes": 1, "claim-ministry": 2}
    assert list(found.index) == ["claim-ministry", "claim-reyes"]


def test_merged_sources_are_one_row_that_names_the_others() -> None:
    log = Log()
    log.do(desk.merge(log.view(), "src-reyes", ["src-ministry"]))
    (row,) = sources_table(analysis(), log.view().decisions).to_dict("records")
    assert (row["id"], row["claims"], row["mentions"], row["merged"]) == ("src-reyes", 2, 2, "src-ministry")
    assert set(quantities_table(analysis(), log.view().decisions)["reporter"]) == {"The Lakeview Post", "Ana Reyes"}


def test_tagged_words_are_a_row_without_a_voice_and_a_split_source_is_the_analysts() -> None:
    log = Log()
    at = span("river battle")
    log.do(desk.add_words(log.view(), at.start_char, at.end_char, "loaded word"))
    log.do(desk.merge(log.view(), "src-reyes", ["src-ministry"]))
    theirs = span("Sylvania's defence ministry")
    made = log.do(desk.split(log.view(), "src-reyes", [theirs]))
    claims = claims_table(analysis(), log.view().decisions)
    tag = claims[claims["label"] == "loaded word"].iloc[0]
    assert tag["content"] == "river battle" and pd.isna(tag["voice"]) and tag["origin"] == "analyst"
    found = sources_table(analysis(), log.view().decisions).set_index("id")
    assert found.loc[made.value["id"], "origin"] == "analyst" and found.loc["src-reyes", "origin"] == "machine"
