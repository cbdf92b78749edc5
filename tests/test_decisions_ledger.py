"""The decisions kept up to date event by event are those that the whole log makes, in whatever order it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from examples import TEXT, analysis, span
from hypothesis import example, given, settings
from hypothesis import strategies as st
from logs import Log

from kit import decisions as desk
from kit.contract import from_json, to_json
from kit.decisions import DecisionError, Effective, Ledger, as_decided, effective, fold, undo_draft, undone_ids
from kit.decisions import ledger as room
from kit.decisions.carrying import Carrier
from kit.records import Analysis, Annotation, Article, Source, record_id

REYES, MINISTRY = "claim-reyes", "claim-ministry"
FIGURE = analysis().quantities[0].id
LEAD = "By our correspondent 😀\n\n"
NOTHING = {"action": "undo", "target": REYES, "record": "claim", "value": {}, "anchor": None, "supersedes": "nobody"}


def edges(words: str) -> tuple[int, int]:
    at = span(words)
    return at.start_char, at.end_char


def last_mention(view: Effective) -> dict[str, Any]:
    source = view.record("src-reyes")  # none once it is merged into another: the desk refuses then
    return desk.split(view, "src-reyes", source.mentions[-1:] if source is not None else ())


DRAFTS: tuple[Callable[[Effective], dict[str, Any]], ...] = (
    lambda view: desk.answer(view, REYES, "accept"),
    lambda view: desk.answer(view, MINISTRY, "reject"),
    lambda view: desk.answer(view, FIGURE, "ignore"),
    lambda view: desk.edit(view, REYES, source=edges("Ana Reyes")),
    lambda view: desk.edit(view, REYES, content=edges("16 tanks"), form="mixed"),
    lambda view: desk.edit(view, FIGURE, value=17),
    lambda view: desk.link(view, FIGURE, MINISTRY),
    lambda view: desk.link(view, FIGURE, None),
    lambda view: desk.merge(view, "src-reyes", ["src-ministry"]),
    lambda view: desk.merge(view, "src-ministry", ["src-reyes"]),
    lambda view: desk.unmerge(view, "src-reyes", ["src-ministry"]),
    last_mention,
    lambda view: desk.label(view, REYES, ["blame"]),
    lambda view: desk.note(view, MINISTRY, "ask the port"),
    lambda view: desk.grade(view, "src-reyes", "B"),
    lambda view: desk.grade(view, REYES, "3"),
    lambda view: desk.add_words(view, *edges("river battle"), "loaded word"),
    lambda view: desk.add_claim(view, edges("dozens lost"), source=edges("Freedonia")),
)
steps = st.one_of(
    st.sampled_from(range(len(DRAFTS))),
    st.sampled_from(["undo", "redo", "undo nothing"]),
    st.tuples(st.just("take back"), st.integers(0, 40)),
)


def two_mentions() -> Analysis:
    """The example, with a source that is named twice, so that it can be split."""
    read = analysis()
    first, *others = read.sources
    more: Source = replace(first, mentions=(*first.mentions, span("Freedonia")))
    return replace(read, sources=(more, *others))


def moved() -> Analysis:
    """The same reading of a text in which everything stands elsewhere and has other ids."""
    old = two_mentions()
    text = LEAD + TEXT
    ids = {one.id: record_id(text, "claim", n) for n, one in enumerate((*old.claims, *old.sources, *old.quantities))}

    def shifted(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shifted(one) for key, one in value.items()} | {
                key: value[key] + len(LEAD) for key in ("start_char", "end_char") if key in value
            }
        if isinstance(value, list):
            return [shifted(one) for one in value]
        return ids.get(value, value) if isinstance(value, str) else value

    def records(of: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(from_json(type(one), shifted(to_json(one))) for one in of)

    parts = {name: records(getattr(old, name)) for name in ("claims", "sources", "quantities", "dates")}
    return replace(old, article=Article(text, "1"), voices=(), **parts)


def plainly(read: Analysis, events: Iterable[Annotation], annotator: str | None) -> Effective:
    """What the whole log makes, step by step as the rooms say it: carry, fold, apply."""
    kept: list[Annotation] = []
    for event in events:
        mine = annotator in (None, event.annotator)
        if mine or (event.action == "undo" and event.supersedes in {one.id for one in kept}):
            kept.append(event)
    carrier = Carrier(read)
    carried = [one for event in kept if (one := carrier.moved(event)) is not None]
    view = effective(read, fold(carried))
    undone = undone_ids(kept)
    lost = tuple(stray for stray in carrier.strays if not undone.intersection(stray.events))
    return replace(view, strays=(*lost, *view.strays))


def same(one: Effective, other: Effective) -> None:
    assert one == other
    assert list(one.decisions) == list(other.decisions)  # in the same order


def do(log: Log, step: Any, by: str) -> None:
    """One thing that a person does; what is refused is not done."""
    if step in ("undo", "redo"):
        getattr(log, step)(by)
    elif step == "undo nothing":
        log.do(NOTHING, by=by)
    elif isinstance(step, tuple):
        if log:  # any event, an undo as well, by whomever
            log.do(undo_draft(log[step[1] % len(log)]), by=by)
    else:
        try:
            log.do(DRAFTS[step](log.view()), by=by)
        except DecisionError:
            return


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(steps, st.sampled_from(["ana", "bo"]), st.booleans()), max_size=25))
@example([(9, "ana", False), (11, "ana", False)])  # a source that is merged away is split
def test_event_by_event_is_what_the_whole_log_makes(script: list[tuple[Any, str, bool]]) -> None:
    log = Log(two_mentions())
    readings = (log.analysis, moved())
    ledgers = [(read, who, Ledger(read, annotator=who)) for read in readings for who in (None, "ana")]
    for step, by, look in (*script, ("undo", "ana", True)):
        do(log, step, by)
        for read, who, ledger in ledgers if look else ():  # not looking makes several events new at once
            same(ledger.view(log), plainly(read, log, who))
    whole = ledgers[0][2]
    assert whole.undone == undone_ids(log)
    for target, by_field in whole.said.items():
        for who, event in by_field.get("answer", {}).items():
            given_by = [one for one in log if one.annotator == who and one.target == target and one.action != "undo"]
            answers = [one for one in given_by if one.action in (*desk.ANSWERS, "add") and one.id not in whole.undone]
            assert answers[-1] == event


def test_what_annotators_say_differently_is_told_by_field() -> None:
    log = Log(two_mentions())
    ledger = Ledger(log.analysis)
    log.do(desk.answer(log.view(), REYES, "accept"), by="ana")
    log.do(desk.answer(log.view(), REYES, "accept"), by="bo")
    log.do(desk.edit(log.view(), REYES, source=edges("Ana Reyes"), form="mixed"), by="ana")
    log.do(desk.edit(log.view(), REYES, source=edges("Freedonia")), by="bo")
    log.do(desk.label(log.view(), REYES, ["loss", "blame"]), by="ana")
    ledger.view(log)
    found = ledger.differing(REYES)
    assert {what: [desk.said_by(what, one) for one in by.values()] for what, by in found.items()} == {
        "source": ["Ana Reyes", "Freedonia"]
    }
    log.do(desk.label(log.view(), REYES, ["loss"]), by="bo")
    log.do(desk.answer(log.view(), REYES, "reject"), by="bo")
    ledger.view(log)
    found = ledger.differing(REYES)
    assert set(found) == {"answer", "labels", "source"}
    assert [desk.said_by("labels", one) for one in found["labels"].values()] == ["blame, loss", "loss"]
    log.undo("bo")
    ledger.view(log)
    assert set(ledger.differing(REYES)) == {"labels", "source"}


def test_another_log_is_read_from_its_start() -> None:
    one, other = Log(two_mentions()), Log(two_mentions())
    ledger = Ledger(one.analysis)
    do(one, 0, "ana")
    do(one, 8, "ana")
    do(other, 1, "bo")
    same(ledger.view(one), one.view())
    same(ledger.view(other), other.view())
    same(ledger.view(one[:1]), as_decided(one.analysis, one[:1]))
    same(ledger.view([]), as_decided(one.analysis, []))


def test_one_more_answer_folds_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(two_mentions())
    for step in (0, 1, 2, 8, 12, 13, 14) * 5:
        do(log, step, "ana")
    ledger = Ledger(log.analysis)
    ledger.view(log)
    folded: list[str] = []
    decided = room.decided
    monkeypatch.setattr(room, "decided", lambda before, event: [folded.append(event.id), decided(before, event)][1])
    do(log, 0, "ana")
    folded.clear()  # the log's own view folds all
    ledger.view(log)
    assert folded == [log[-1].id]
    log.undo("ana")
    folded.clear()
    ledger.view(log)
    on_it = [event.id for event in log if event.target == REYES and event.action != "undo"]
    assert folded == on_it[:-1]  # of the record that the undo touches, and of no other
