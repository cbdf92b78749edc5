"""Policies for numbers that are words: what each reads, what it leaves, and that it says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from charted import AT_MOST, DOZENS, MORE_THAN_250, RANGE, TANKS, figure_row, table
from examples import analysis, empty_analysis

from kit.policies import PolicyError, apply_policy, policy_names
from kit.tables import QUANTITY_COLUMNS, quantities_table


def read(text: str, policy: str, **fields: Any) -> dict[str, Any]:
    frame = apply_policy(table(figure_row(text, **({"bound": "vague"} | fields))), policy)
    return {name: None if pd.isna(value) else value for name, value in frame.iloc[0].items()}


@pytest.mark.parametrize(
    ("text", "literal", "acled"),
    [
        ("dozens", 24, 12),
        ("Dozens of soldiers", 24, 12),
        ("tens of\u00a0villages", 20, 10),
        ("scores of people", 40, None),
        ("hundreds of tanks", 200, 100),
        ("thousands more", 2000, 1000),
        ("tens of thousands of refugees", 20000, None),
        ("hundreds of thousands", 200000, None),
        ("several hundred people", 200, None),
        ("several", None, None),
        ("many people", None, None),
        ("a few villages", None, None),
        ("a surge in attacks", None, None),
    ],
)
def test_a_word_has_the_number_of_its_policy_or_none(text: str, literal: int | None, acled: int | None) -> None:
    row = read(text, "literal")
    assert (row["value"], row["low"], row["high"]) == (literal, literal, None)
    assert row["bound"] == ("ge" if literal else "vague")
    assert row["policy_reading"] == (f"at least {literal:,}" if literal else None)
    row = read(text, "ACLED")
    assert (row["value"], row["low"], row["high"]) == (acled, None, None)
    assert row["bound"] == ("approx" if acled else "vague")
    assert row["policy_reading"] == (f"{acled:,}" if acled else None)


def test_acled_drops_bounds_and_the_literal_reading_keeps_them() -> None:
    data = table(MORE_THAN_250, AT_MOST, RANGE, TANKS, figure_row("nearly 300", 300, "lt"))
    kept = apply_policy(data)
    assert list(kept["bound"]) == list(kept["stated_bound"]) == ["gt", "le", "range", "exact", "lt"]
    assert kept["policy_reading"].isna().all()
    dropped = apply_policy(data, "ACLED")
    assert list(dropped["bound"]) == ["approx", "approx", "range", "exact", "lt"]
    assert list(dropped["stated_bound"]) == ["gt", "le", "range", "exact", "lt"]
    assert list(dropped["policy_reading"].dropna()) == ["250", "100"]


def test_the_table_that_goes_in_is_left_as_it_is_and_its_columns_stay() -> None:
    data = quantities_table(analysis())
    before = data.copy(deep=True)
    found = apply_policy(data)
    pd.testing.assert_frame_equal(data, before)
    assert list(found.columns) == [*QUANTITY_COLUMNS, "policy_reading", "stated_bound", "policy"]
    assert set(found["policy"]) == {"literal reading"} and found["value"].dtype == "Float64"
    assert list(apply_policy(quantities_table(empty_analysis())).columns) == list(found.columns)


def test_every_policy_has_a_name_to_print() -> None:
    assert policy_names() == {"literal": "literal reading", "ACLED": "ACLED's convention"}


def test_a_policy_of_the_users_own_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policies.toml").write_text(
        '[desk]\nname = "our desk"\nopen = false\nbounds = []\n[desk.words]\n"several" = 3\n', encoding="utf-8"
    )
    monkeypatch.setenv("KIT_LEXICON", str(tmp_path))
    assert read("several", "desk")["value"] == 3 and policy_names()["desk"] == "our desk"


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(PolicyError, match="choose one of literal, ACLED"):
        apply_policy(table(DOZENS), "guess")
    with pytest.raises(PolicyError, match="follows a policy already"):
        apply_policy(apply_policy(table(DOZENS)))
    with pytest.raises(PolicyError, match="lacks bound"):
        apply_policy(table(DOZENS).drop(columns="bound"))


def test_odd_cells_change_nothing() -> None:
    data = table(figure_row("x", None, "vague") | {"text": None}, figure_row("dozens", float("inf"), "perhaps"), DOZENS)
    assert list(apply_policy(data)["policy_reading"].isna()) == [True, True, False]
