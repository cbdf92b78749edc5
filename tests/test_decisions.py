"""The fold from events to decisions, and undo and redo as events."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kit.decisions import Decision, fold, last_redoable, last_undoable, undone_ids
from kit.records import Anchor, Annotation


class Log(list[Annotation]):
    """Events with running ids."""

    def add(self, action: str, target: str = "a", *, by: str = "ana", **fields: Any) -> Annotation:
        fields = {"value": {}, "record": "quantity", "article": "", "created": f"t{len(self)}"} | fields
        event = Annotation(id=f"e{len(self)}", action=action, target=target, annotator=by, **fields)  # type: ignore[arg-type]
        self.append(event)
        return event

    def undo(self, *, by: str | None = None) -> bool:
        return self._take_back(last_undoable(self, annotator=by), by)

    def redo(self, *, by: str | None = None) -> bool:
        return self._take_back(last_redoable(self, annotator=by), by)

    def _take_back(self, event: Annotation | None, by: str | None) -> bool:
        if event is not None:
            self.add("undo", event.target, by=by or "ana", supersedes=event.id)
        return event is not None


def test_no_events_make_no_decisions() -> None:
    assert fold([]) == {} and undone_ids([]) == set()
    assert last_undoable([]) is None and last_redoable([]) is None


def test_the_last_answer_stands_and_values_add_up() -> None:
    log = Log()
    log.add("accept", value={"unit": "tank"})
    log.add("edit", value={"value": 3})
    log.add("reject", by="bo", value={"value": 4})
    found = fold(log)["a"]
    assert (found.answer, found.annotator, found.created) == ("reject", "bo", "t2")
    assert found.value == {"unit": "tank", "value": 4} and found.events == ("e0", "e1", "e2")


def test_an_edit_alone_is_no_answer() -> None:
    log = Log()
    log.add("edit", value={"value": 3})
    assert fold(log)["a"].answer is None


def test_a_record_that_a_person_adds_is_accepted_and_keeps_its_anchor() -> None:
    log, anchor = Log(), Anchor(0, 3, "abc")
    log.add("add", anchor=anchor)
    log.add("note")
    assert fold(log) == {
        "a": Decision("a", "quantity", "accept", True, {}, anchor, annotator="ana", created="t1", events=("e0", "e1"))
    }


def test_undoing_an_addition_leaves_nothing() -> None:
    log = Log()
    log.add("add")
    assert log.undo() and fold(log) == {}


def test_redo_stops_at_a_new_decision() -> None:
    log = Log()
    log.add("accept")
    log.undo()
    log.add("reject")
    assert not log.redo()
    assert fold(log)["a"].answer == "reject"


def test_undo_over_two_annotators_takes_each_ones_own() -> None:
    log = Log()
    log.add("accept", by="ana")
    log.add("reject", by="bo")
    assert log.undo(by="ana") and not log.undo(by="ana")
    assert fold(log)["a"].answer == "reject"
    assert not log.redo(by="bo") and log.redo(by="ana")
    assert undone_ids(log) == {"e2"}
    assert last_undoable(log) == log[1]


events = st.tuples(st.sampled_from(["accept", "reject", "ignore", "add", "edit"]), st.sampled_from("abc"))
steps = st.lists(st.one_of(events, st.just("undo"), st.just("redo")), max_size=25)


def played(history: list[Any]) -> Log:
    log = Log()
    for n, step in enumerate(history):
        if isinstance(step, str):
            getattr(log, step)()
        else:
            log.add(*step, value={"n": n})
    return log


@given(steps, st.integers(min_value=1, max_value=30))
def test_n_undos_and_n_redos_change_nothing(history: list[Any], n: int) -> None:
    log = played(history)
    before, undone = fold(log), 0
    while undone < n and log.undo():
        undone += 1
    for _ in range(undone):
        assert log.redo()
    assert fold(log) == before


@given(steps)
def test_enough_undos_leave_no_decision(history: list[Any]) -> None:
    log = played(history)
    rounds = 0
    while log.undo():
        rounds += 1
    assert fold(log) == {} and rounds <= len(history)


@given(steps)
def test_undo_and_redo_agree_with_two_stacks(history: list[Any]) -> None:
    done: list[tuple[str, str, int]] = []
    undone: list[tuple[str, str, int]] = []
    for n, step in enumerate(history):
        if step == "undo":
            undone += [done.pop()] if done else []
        elif step == "redo":
            done += [undone.pop()] if undone else []
        else:
            done.append((*step, n))
            undone.clear()
    found = {target: dict(decision.value) for target, decision in fold(played(history)).items()}
    assert {target: value["n"] for target, value in found.items()} == {target: n for _, target, n in done}
