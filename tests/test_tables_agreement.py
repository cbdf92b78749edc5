"""Two annotators: how far they agree, where they differ, and how a difference is settled."""

from __future__ import annotations

import math
import warnings

import pandas as pd
import pytest
from examples import analysis, span
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from logs import Log

from kit import decisions as desk
from kit import tables
from kit.tables import agreement, differences_table
from kit.tables.annotators import cohens_kappa, span_f1

REYES, MINISTRY = "claim-reyes", "claim-ministry"
answers = st.sampled_from(["accept", "reject", "ignore"])


def place(text: str) -> tuple[int, int]:
    at = span(text)
    return at.start_char, at.end_char


@pytest.fixture
def log() -> Log:
    """Ana and Bo judge two claims and four figures blindly; each adds words, and they label."""
    log = Log()
    targets = [REYES, MINISTRY, *(one.id for one in analysis().quantities)]
    given = {"ana": "accept accept reject accept reject accept", "bo": "accept reject reject accept accept accept"}
    for name, said in given.items():
        for target, answer in zip(targets, said.split(), strict=True):
            log.do(desk.answer(log.view(name), target, answer), by=name)
        log.do(desk.add_words(log.view(name), *place("river battle"), "loaded word"), by=name)
    log.do(desk.add_words(log.view("ana"), *place("not a cell"), "loaded word"), by="ana")
    log.do(desk.add_words(log.view("bo"), *place("a cell"), "loaded word"), by="bo")
    log.do(desk.add_words(log.view("bo"), *place("Lakeview"), "question"), by="bo")
    log.do(desk.label(log.view("ana"), REYES, ["blame", "loss"]), by="ana")
    log.do(desk.label(log.view("bo"), REYES, ["loss"]), by="bo")
    return log


def test_agreement_is_kappa_on_answers_and_labels_and_f1_on_what_was_added(log: Log) -> None:
    found = agreement(analysis(), log).set_index(["measure", "label"])
    assert set(found["a"]) == {"ana"} and set(found["b"]) == {"bo"}
    values = {(measure, None if pd.isna(label) else label): value for (measure, label), value in found["value"].items()}
    assert values[("answers, observed", None)] == pytest.approx(4 / 6)
    # ana: 4 accept, 2 reject; bo: 4 accept, 2 reject: by chance 16/36 + 4/36
    assert values[("answers, kappa", None)] == pytest.approx((4 / 6 - 20 / 36) / (1 - 20 / 36))
    assert values[("label, kappa", "loss")] == pytest.approx(1) and values[("label, kappa", "blame")] == 0
    assert values[("added, exact F1", None)] == pytest.approx(2 * 1 / 5)
    assert values[("added, overlap F1", None)] == pytest.approx(2 * 2 / 5)
    assert found["reason"].isna().all()


def test_without_anything_in_common_the_value_is_missing_and_the_reason_is_told() -> None:
    log = Log()
    log.do(desk.answer(log.view(), REYES, "accept"), by="ana")
    log.do(desk.answer(log.view(), MINISTRY, "accept"), by="bo")
    found = agreement(analysis(), log).set_index("measure")
    assert found["value"].isna().all()
    assert found.loc["answers, kappa", "reason"] == "nothing that both judged"
    assert found.loc["added, exact F1", "reason"] == "nobody added anything"
    log.do(desk.answer(log.view(), REYES, "accept"), by="bo")
    found = agreement(analysis(), log).set_index("measure")
    assert found.loc["answers, observed", "value"] == 1 and pd.isna(found.loc["answers, kappa", "value"])
    assert "one and the same answer" in found.loc["answers, kappa", "reason"]


@pytest.mark.parametrize("people", [[], ["ana"]])
def test_fewer_than_two_annotators_make_an_empty_table(people: list[str]) -> None:
    log = Log()
    for name in people:
        log.do(desk.answer(log.view(), REYES, "accept"), by=name)
    for table, columns in ((agreement, tables.AGREEMENT_COLUMNS), (differences_table, tables.DIFFERENCE_COLUMNS)):
        found = table(analysis(), log)
        assert len(found) == 0 and found.dtypes.astype(str).to_dict() == columns


def test_three_annotators_are_compared_in_pairs_and_names_can_be_chosen(log: Log) -> None:
    log.do(desk.answer(log.view("eve"), REYES, "ignore"), by="eve")
    found = agreement(analysis(), log)
    assert set(zip(found["a"], found["b"], strict=True)) == {("ana", "bo"), ("ana", "eve"), ("bo", "eve")}
    assert set(agreement(analysis(), log, annotators=["eve", "bo"])["a"]) == {"eve"}


@settings(deadline=None)  # the first import of the reference takes seconds
@given(st.lists(st.tuples(answers, answers), max_size=30))
def test_kappa_is_scikit_learns(pairs: list[tuple[str, str]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is the reference here, and not installed")
    ours, reason = cohens_kappa(pairs)
    if ours is None:
        assert reason
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = metrics.cohen_kappa_score(*zip(*pairs, strict=True))
    assert not math.isnan(theirs) and ours == pytest.approx(theirs)


places = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 20), st.integers(1, 5)), max_size=8, unique=True)


@given(places, places)
def test_f1_is_symmetric_between_nought_and_one_and_one_only_for_the_same(ours: list, theirs: list) -> None:
    ours, theirs = ([(label, start, start + length) for label, start, length in one] for one in (ours, theirs))
    assume(ours or theirs)
    exact, _ = span_f1(ours, theirs, overlap=False)
    loose, _ = span_f1(ours, theirs, overlap=True)
    assert exact is not None and loose is not None
    assert 0 <= exact <= loose <= 1 and (exact == 1) == (set(ours) == set(theirs))
    assert span_f1(theirs, ours, overlap=False)[0] == exact


@given(places, places)
def test_f1_is_twice_what_is_shared_over_what_there_is(ours: list, theirs: list) -> None:
    ours, theirs = ([(label, start, start + length) for label, start, length in one] for one in (ours, theirs))
    assume(ours or theirs)
    share = 2 * len({*ours} & {*theirs}) / (len({*ours}) + len({*theirs}))
    assert span_f1(ours, theirs, overlap=False)[0] == pytest.approx(share)


def test_what_only_one_added_agrees_with_nothing() -> None:
    assert span_f1([("a", 0, 3)], [], overlap=False) == (0.0, None)
    assert span_f1([], [("a", 0, 3)], overlap=True) == (0.0, None)
    assert span_f1([("a", 0, 5), ("a", 3, 9)], [("a", 3, 9)], overlap=True)[0] == pytest.approx(2 / 3)


def test_one_span_is_paired_with_one_span() -> None:
    assert span_f1([("a", 0, 10)], [("a", 0, 3), ("a", 4, 9)], overlap=True)[0] == pytest.approx(2 / 3)
    assert span_f1([("a", 0, 3)], [("b", 0, 3)], overlap=True)[0] == 0


def test_the_differences_are_listed_until_somebody_settles_them(log: Log) -> None:
    found = differences_table(analysis(), log)
    assert found["start_char"].is_monotonic_increasing and found["settled"].isna().all()
    answer = found[(found["id"] == MINISTRY) & (found["what"] == "answer")].iloc[0]
    assert answer["said"] == "ana: accept; bo: reject"
    assert set(found[found["id"] == REYES]["what"]) == {"labels"}
    added = found[found["what"] == "added"]
    assert list(added["words"]) == ["Lakeview", "not a cell", "a cell"]
    assert added.iloc[0]["said"] == "ana: not added; bo: added"

    before = agreement(analysis(), log)
    log.do(desk.adjudicate(log.view(), MINISTRY, "reject", events=answer["events"].split("; ")), by="ana")
    log.do(
        desk.adjudicate(log.view(), added.iloc[0]["id"], "reject", events=added.iloc[0]["events"].split("; ")), by="eve"
    )
    labels = found[found["id"] == REYES].iloc[0]
    log.do(desk.settle(desk.label(log.view(), REYES, ["blame"]), events=labels["events"].split("; ")), by="eve")
    after = differences_table(analysis(), log, annotators=["ana", "bo"])
    settled = after.dropna(subset="settled").set_index("what")
    assert settled["settled"].to_dict() == {"answer": "reject", "added": "reject", "labels": "blame"}
    assert settled["settled_by"].to_dict() == {"answer": "ana", "added": "eve", "labels": "eve"}
    assert agreement(analysis(), log, annotators=["ana", "bo"]).equals(before)
    assert log.view().answer(MINISTRY) == "reject"
    log.do(desk.answer(log.view(), MINISTRY, "accept"), by="bo")
    again = differences_table(analysis(), log, annotators=["ana", "bo"])
    assert not len(again[again["id"] == MINISTRY])


def test_corrections_that_differ_are_listed_by_field() -> None:
    log = Log()
    log.do(desk.edit(log.view("ana"), REYES, source=place("Ana Reyes")), by="ana")
    log.do(desk.edit(log.view("bo"), REYES, source=place("Freedonia"), form="direct"), by="bo")
    found = differences_table(analysis(), log).set_index("what")
    assert found.loc["source", "said"] == "ana: Ana Reyes; bo: Freedonia"
    assert found.loc["form", "said"] == "ana: indirect; bo: direct"
