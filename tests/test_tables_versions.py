"""What changed between two versions: appeared, disappeared, reworded, and nothing more than that."""

from __future__ import annotations

import pandas as pd
import pytest
from examples import analysis, empty_analysis
from logs import Log

from kit.analysis import analyse
from kit.articles import read_article
from kit.decisions import answer, as_decided
from kit.records import Analysis
from kit.tables import VERSION_COLUMNS, versions_table

OLD = """Bridge closed

At least 16 people were hurt when the bridge gave way, Mayor Ada Quill said.

The old town was dark for hours.

Police said 40 houses were flooded. “We will rebuild it,” Quill told reporters.
"""
NEW = """Bridge closed

At least 23 people were hurt when the bridge gave way, Mayor Ada Quill said.

“We will rebuild it,” Quill told reporters. The army sent 120 soldiers, a spokesman said.

Police said 40 houses were flooded.
"""


def read(text: str, published: str | None = "2023-06-05") -> Analysis:
    return analyse(read_article(text.encode(), published=published))


def changes(old: str, new: str) -> set[tuple[str, str, str | None, str | None]]:
    found = versions_table(read(old), read(new)).astype(object)
    found = found.where(found.notna(), None)
    return {(row.change, row.record, row.before, row.after) for row in found.itertuples()}


def test_what_appeared_disappeared_and_was_reworded() -> None:
    hurt = "At least {} people were hurt when the bridge gave way"
    assert changes(OLD, NEW) == {
        ("reworded", "claim", hurt.format(16), hurt.format(23)),
        ("reworded", "quantity", "At least 16 people", "At least 23 people"),
        ("disappeared", "claim", "The old town was dark for hours", None),
        ("appeared", "claim", None, "The army sent 120 soldiers"),
        ("appeared", "quantity", None, "120 soldiers"),
    }


def test_a_row_says_what_differs_and_leads_to_both_texts() -> None:
    table = versions_table(read(OLD), read(NEW))
    figure = table[(table["record"] == "quantity") & (table["change"] == "reworded")].iloc[0]
    assert set(figure["what"].split("; ")) == {"text", "value", "low"}
    assert (figure["removed"], figure["added"]) == ("16", "23")
    assert OLD[figure["start_char_before"] : figure["end_char_before"]] == "At least 16 people"
    assert NEW[figure["start_char_after"] : figure["end_char_after"]] == "At least 23 people"
    places = table["start_char_after"].dropna()
    assert places.is_monotonic_increasing


def test_a_source_that_changed_and_a_caveat_that_was_dropped_are_seen() -> None:
    old = "Bridge closed\n\nAllegedly 40 houses were flooded in the old town, police said.\n"
    new = "Bridge closed\n\n40 houses were flooded in the old town, the mayor said.\n"
    row = versions_table(read(old), read(new)).query("record == 'claim'").iloc[0]
    assert row["change"] == "reworded" and {"source_as_written", "content"} <= set(row["what"].split("; "))
    assert row["removed"] == "Allegedly" and pd.isna(row["added"])
    assert (row["source_before"], row["source_after"]) == ("police", "the mayor")


def test_the_same_words_read_otherwise_are_no_rewording() -> None:
    text = "Bridge closed\n\nPolice said 40 houses were flooded yesterday.\n"
    table = versions_table(read(text, "2023-06-05"), read(text, "2023-06-06"))
    assert set(table["change"]) == {"reread"} and set(table["what"]) == {"date"}


def test_equal_texts_have_no_changes_and_all_records_can_be_asked_for() -> None:
    one = read(OLD)
    assert versions_table(one, one).empty
    table = versions_table(one, one, unchanged=True)
    assert set(table["change"]) == {"same"} and len(table) == len(one.claims) + len(one.quantities)


def test_what_people_rejected_is_left_out_and_what_they_decided_is_said() -> None:
    one = read(OLD)
    log, view = Log(one), as_decided(one, [])
    claims = {claim.content[0].text: claim.id for claim in one.claims}
    log.do(answer(view, claims["The old town was dark for hours"], "reject"))
    log.do(answer(view, claims["40 houses were flooded"], "accept"))
    table = versions_table(log.view(), read("Bridge closed\n"))
    decided = dict(zip(table["before"], table["decision_before"], strict=True))
    assert "The old town was dark for hours" not in decided
    assert decided["40 houses were flooded"] == "accept"


@pytest.mark.parametrize("pair", [(0, 0), (0, 1), (1, 0)])
def test_columns_and_dtypes_are_the_same_with_and_without_rows(pair: tuple[int, int]) -> None:
    sides = (empty_analysis(), analysis())
    table = versions_table(sides[pair[0]], sides[pair[1]])
    assert table.dtypes.astype(str).to_dict() == VERSION_COLUMNS
    assert set(table["change"]) == ({"appeared"} if pair == (0, 1) else {"disappeared"} if pair == (1, 0) else set())


def test_one_record_is_paired_once_however_often_its_words_stand_there() -> None:
    line = "Police said 40 houses were flooded.\n\n"
    table = versions_table(read("Bridge closed\n\n" + line * 3), read("Bridge closed\n\n" + line * 2))
    assert sorted(table["change"]) == ["disappeared", "disappeared"]


def test_two_different_articles_have_nothing_to_pair() -> None:
    other = "Ferry stopped\n\nCaptain Bo Hale said the storm sank 3 boats near Port Vela.\n"
    assert {change for change, *_ in changes(OLD, other)} == {"appeared", "disappeared"}
