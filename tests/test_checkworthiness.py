"""Check-worthiness: every point of a score can be seen, and edited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from examples import analysis, article, span
from logs import Log

from kit import decisions as desk
from kit.checkworthiness import CHECKS, CriteriaError, checkworthiness, load_criteria
from kit.decisions import effective
from kit.records import Analysis, Claim, Cue, Hedge, Pipeline, Span

REYES, MINISTRY = "claim-reyes", "claim-ministry"


@pytest.fixture(autouse=True)
def no_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIT_LEXICON", raising=False)


def fired(target: str = REYES, log: Log | None = None) -> dict[str, tuple[str, ...]]:
    return {one.name: one.words for one in checkworthiness((Log() if log is None else log).view())[target].fired}


def outlet(text: str) -> dict[str, tuple[str, ...]]:
    """What fires for the outlet's own sentence."""
    claim = Claim(id="c", content=(Span(0, len(text), text),), voice="outlet")
    read = Analysis(article(text), (claim,), (), (), (), (), Pipeline("t", "1", ""))
    return {one.name: one.words for one in checkworthiness(effective(read))["c"].fired}


def test_each_criterion_names_the_words_that_fired_it() -> None:
    assert fired() == {
        "quantity": ("16 tanks", "more than 250 personnel"),
        "named_and_dated": ("Lakeview", "Sunday"),
        "past_event": ("lost",),
        "harm": ("lost",),
        "single_source": ("freedonia",),
    }
    assert set(fired(MINISTRY)) == {"quantity", "past_event", "harm", "single_source"}
    assert "Lakeview" not in fired(MINISTRY)


def test_the_score_is_the_share_of_the_weights_that_fired() -> None:
    total = sum(one.weight for one in load_criteria())
    worth = checkworthiness(Log().view())[REYES]
    assert worth.score == pytest.approx(sum(one.weight for one in worth.fired) / total)
    assert {one.name for one in load_criteria()} == set(CHECKS)


def test_a_distancing_cue_or_word_counts() -> None:
    log = Log()
    log.do(desk.edit(log.view(), REYES, stance="distancing"))
    assert fired(REYES, log)["distancing_cue"] == ("said",)
    ministry, reyes = analysis().claims
    flag = span("Sunday")
    flagged = replace(reyes, flags=(Hedge(flag.start_char, flag.end_char, flag.text, "distancing"),))
    assert fired(REYES, Log(replace(analysis(), claims=(ministry, flagged))))["distancing_cue"] == ("Sunday",)
    assert isinstance(reyes.cue, Cue)


def test_a_second_source_group_that_says_so_ends_the_single_source() -> None:
    log = Log()
    at, theirs = span("16 tanks near Lakeview"), span("Sylvania's defence ministry")
    added = log.do(desk.add_claim(log.view(), at, source=theirs))
    assert "single_source" not in fired(REYES, log)
    log.do(desk.answer(log.view(), added.target, "reject"))
    assert "single_source" in fired(REYES, log)


def test_a_rejected_figure_or_date_counts_for_nothing() -> None:
    log = Log()
    for figure in analysis().quantities:
        log.do(desk.answer(log.view(), figure.id, "reject"))
    log.do(desk.answer(log.view(), "date-sunday", "reject"))
    assert {"quantity", "named_and_dated"} & set(fired(REYES, log)) == set()


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("The bridge collapsed.", ("collapsed",)),
        ("The bridge will be closed.", None),
        ("It was open, but may be closed.", ("was",)),
        ("Armoured vehicles need unmanned spares.", None),
        ("Prices rise.", None),
    ],
)
def test_what_is_to_come_is_no_past_event(text: str, past: tuple[str, ...] | None) -> None:
    assert outlet(text).get("past_event") == past


def test_a_question_asserts_nothing_and_an_outlets_sentence_has_no_source() -> None:
    assert "single_source" not in outlet("Three people were killed.")
    question = Claim(id="c", content=(Span(0, 4, "Why?"),), voice="question")
    read = Analysis(article("Why?"), (question,), (), (), (), (), Pipeline("t", "1", ""))
    assert checkworthiness(effective(read)) == {}


def test_a_case_and_the_user_change_weights_and_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "checkworthiness.toml").write_text(
        '[harm]\nweight = 5\nwords = ["tickled"]\n', encoding="utf-8"
    )
    (tmp_path / "checkworthiness.toml").write_text("[harm]\nweight = 0.5\n[quantity]\nweight = 0\n", encoding="utf-8")
    monkeypatch.setenv("KIT_LEXICON", str(tmp_path / "user"))
    harm = {one.name: one for one in load_criteria()}["harm"]
    assert harm.weight == 5 and {"tickled", "killed"} <= set(harm.words)
    criteria = {one.name: one for one in load_criteria(tmp_path)}
    assert criteria["harm"].weight == 0.5 and "tickled" in criteria["harm"].words
    worth = checkworthiness(Log().view(), list(criteria.values()))[REYES]
    assert "quantity" not in {one.name for one in worth.fired}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[harm", "not valid TOML"),
        ("[luck]\nweight = 1", "no criterion 'luck'"),
        ("[harm]\nweight = -1", "expected a number"),
        ("[harm]\nweight = 'much'", "expected a number"),
        ("[harm]\nweight = nan", "expected a number"),
        ("harm = 3", "expected a number"),
        ("[harm]\nwords = 'killed'", "a list of texts"),
    ],
)
def test_a_bad_file_is_told(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "checkworthiness.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CriteriaError, match=words):
        load_criteria(tmp_path)
