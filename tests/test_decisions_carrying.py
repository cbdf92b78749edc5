"""Decisions in a text or a reading that changed since: carried over by quotation, or listed with their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from examples import TEXT, analysis, article, span
from logs import Log

from kit import decisions as desk
from kit.records import Analysis, Quantity, Span, record_id

REYES = "claim-reyes"


def reading(text: str = TEXT) -> Analysis:
    """The example's reading of a changed text: every span where its words stand now, every id as the kit makes it."""
    old = analysis()
    ids: dict[str, str] = {"outlet": "outlet"}
    for kind, records in (
        ("claim", old.claims),
        ("quantity", old.quantities),
        ("source", old.sources),
        ("date", old.dates),
    ):
        for number, record in enumerate(records):
            ids[record.id] = record_id(text, kind, number)
    parts = {field.name: moved(getattr(old, field.name), text, ids) for field in fields(Analysis)[1:5]}
    return Analysis(article(text), **parts, voices=(), pipeline=old.pipeline)


def moved(value: Any, text: str, ids: dict[str, str]) -> Any:
    """A nest of records with its spans at the first place of their words in ``text``, and with other ids."""
    if isinstance(value, tuple):
        return tuple(moved(one, text, ids) for one in value)
    if isinstance(value, str):
        return ids.get(value, value)
    if not is_dataclass(value):
        return value
    found = {field.name: moved(getattr(value, field.name), text, ids) for field in fields(value)}
    if isinstance(value, Span):
        at = span(value.text if value.text in text else value.text.replace("'", "’"), within=text)
        found |= {"start_char": at.start_char, "end_char": at.end_char, "text": at.text}
    return type(value)(**found)


def place(text: str, within: str = TEXT) -> tuple[int, int]:
    at = span(text, within=within)
    return at.start_char, at.end_char


@pytest.fixture
def log() -> Log:
    return Log(reading())


LEAD = "By our correspondent 😀\n\n"
NEWER = LEAD + TEXT.replace("Sylvania's", "Sylvania’s").replace(" said.", " said\u00a0.")


def claim_of(view: Any, words: str) -> Any:
    return next(claim for claim in view.analysis.claims if any(words in one.text for one in claim.content))


DRAFTS: dict[str, Callable[[Any, Any, Any], dict[str, Any]]] = {
    "answer": lambda view, claim, figure: desk.answer(view, claim.id, "reject"),
    "edit": lambda view, claim, figure: desk.edit(view, claim.id, source=place("Ana Reyes"), content=place("16 tanks")),
    "figure": lambda view, claim, figure: desk.edit(view, figure.id, value=17, place=place("river")),
    "link": lambda view, claim, figure: desk.link(view, figure.id, claim_of(view, "soldiers").id),
    "merge": lambda view, claim, figure: desk.merge(view, *_sources(view)),
    "grade": lambda view, claim, figure: desk.grade(view, _sources(view)[0], "B"),
    "label": lambda view, claim, figure: desk.label(view, claim.id, ["blame"]),
    "words": lambda view, claim, figure: desk.add_words(view, *place("river battle"), "loaded word"),
    "claim": lambda view, claim, figure: desk.add_claim(view, place("dozens lost"), source=place("Freedonia")),
}


def _sources(view: Any) -> tuple[str, list[str]]:
    first, second = view.machine.sources
    return first.id, [second.id]


@pytest.mark.parametrize("kind", DRAFTS)
def test_every_kind_of_decision_is_carried_into_a_changed_text(kind: str) -> None:
    here, there = Log(reading()), Log(reading(NEWER))
    view = here.view()
    figure = next(one for one in view.analysis.quantities if one.text == "16 tanks")
    here.do(DRAFTS[kind](view, claim_of(view, "16 tanks"), figure))
    carried, before = here.view(analysis=there.analysis), here.view()
    assert carried.strays == ()
    told = [shape((view.analysis, *view.decisions.values()), names(view.machine)) for view in (carried, before)]
    assert told[0] == told[1]
    untouched = shape((there.analysis,), names(there.analysis))
    assert (told[0][0] == untouched[0]) == (kind in ("answer", "grade", "label", "words"))


def names(of: Analysis) -> dict[str, str]:
    """What each record is called, whatever its id."""
    kinds = (of.claims, of.quantities, of.sources, of.dates)
    return {one.id: f"the {type(one).__name__} {n}" for records in kinds for n, one in enumerate(records)}


def shape(value: Any, named: dict[str, str]) -> Any:
    """Records and decisions in words, without offsets, with plain quotation marks and names instead of ids."""
    if isinstance(value, str):
        made_here = len(value) == 12 and " " not in value and value[1:].isalnum()
        return named.get(value, "of people's making" if made_here else value.replace("’", "'").replace("\u00a0", ""))
    if isinstance(value, tuple | list):
        return [shape(one, named) for one in value]
    if isinstance(value, dict):
        return {key: shape(one, named) for key, one in value.items() if key not in ("start_char", "end_char")}
    if isinstance(value, Analysis):
        return [shape(getattr(value, name), named) for name in ("claims", "quantities", "sources", "dates")]
    if not is_dataclass(value):
        return value
    hidden = ("start_char", "end_char", "prefix", "suffix")
    return {field.name: shape(getattr(value, field.name), named) for field in fields(value) if field.name not in hidden}


def test_decisions_in_the_old_text_and_in_the_new_one_are_one_decision(log: Log) -> None:
    target = claim_of(log.view(), "16 tanks").id
    log.do(desk.answer(log.view(), target, "reject"))
    log.do(desk.label(log.view(), target, ["blame"]))
    log.analysis = reading(NEWER)
    view = log.view()
    now = claim_of(view, "16 tanks").id
    assert now != target and view.answer(now) == "reject" and len(view.decisions) == 1
    log.do(desk.answer(view, now, "accept"))
    assert (log.view().answer(now), log.view().labels(now)) == ("accept", ("blame",))
    assert log.undo() and log.view().answer(now) == "reject"
    assert log.undo() and log.undo() and log.view().decisions == {}


def test_decisions_on_what_a_person_added_follow_it(log: Log) -> None:
    event = log.do(desk.add_claim(log.view(), place("dozens lost"), source=place("Freedonia")))
    log.do(desk.note(log.view(), event.target, "who counted?"))
    log.analysis = reading(NEWER)
    (decision,) = log.view().decisions.values()
    assert decision.added and log.view().note(decision.target) == "who counted?"
    again = desk.add_claim(log.view(), place("dozens lost", NEWER))
    assert again["target"] == decision.target


def test_words_that_are_gone_are_listed_and_nothing_is_put_elsewhere(log: Log) -> None:
    start, end = place("river battle")
    added = log.do(desk.add_words(log.view(), start, end, "loaded word"))
    log.analysis = reading(TEXT.replace("river battle", "clash at the river"))
    view = log.view()
    assert view.tags == () and view.analysis == log.analysis
    (stray,) = view.strays
    assert (stray.kind, stray.words, stray.events) == ("lost", "river battle", (added.id,))
    assert "“river battle”" in stray.message and stray.annotator == "ana"
    log.undo()
    assert log.view().strays == ()


def test_words_that_stand_twice_are_listed_and_not_guessed(log: Log) -> None:
    log.do(desk.add_words(log.view(), *place("river battle"), "loaded word"))
    log.analysis = reading(
        f"A river battle.\n\n{TEXT.replace('lost in river battle', 'lost in a war')}\n\nA river battle.\n"
    )
    assert [stray.kind for stray in log.view().strays] == ["lost"]


def test_of_an_edit_what_is_still_there_is_kept(log: Log) -> None:
    target = claim_of(log.view(), "16 tanks").id
    log.do(desk.edit(log.view(), target, cue=place("says"), content=place("16 tanks")))
    log.analysis = reading(TEXT.replace("Freedonia says dozens", "Freedonia: dozens"))
    view = log.view()
    claim = claim_of(view, "16 tanks")
    assert [one.text for one in claim.content] == ["16 tanks"] and claim.cue.text == "said"
    assert [(stray.kind, stray.words) for stray in view.strays] == [("lost", "says")]


def test_a_suggestion_that_is_no_longer_made_is_listed_with_what_stands_there_now(log: Log) -> None:
    target = next(one for one in log.analysis.quantities if one.text == "16 tanks").id
    log.do(desk.answer(log.view(), target, "accept"))
    at = span("16 tanks near")
    longer = Quantity(at.start_char, at.end_char, at.text, id="another")
    log.analysis = replace(log.analysis, quantities=(longer,))
    (stray,) = log.view().strays
    assert (stray.kind, stray.target, stray.candidate) == ("vanished", target, "another")
    assert stray.message == "accepted “16 tanks”: the reading has no such figure any more; another stands there now"
    assert log.view().answer(target) == "accept"
    log.analysis = replace(log.analysis, quantities=())
    assert log.view().strays[0].candidate is None


def test_a_suggestion_that_says_something_else_now_is_listed_with_both_readings(log: Log) -> None:
    figure = next(one for one in log.analysis.quantities if one.text == "16 tanks")
    log.do(desk.answer(log.view(), figure.id, "accept"))
    others = [one if one.id != figure.id else replace(one, value=160, unit="gun") for one in log.analysis.quantities]
    old, log.analysis = log.analysis, replace(log.analysis, quantities=tuple(others))
    (stray,) = log.view().strays
    assert (stray.kind, stray.candidate) == ("changed", figure.id)
    assert "value was “16”, is “160”; unit was “tank”, is “gun”" in stray.message
    log.do(desk.answer(log.view(), figure.id, "accept"))
    assert log.view().strays == ()
    log.analysis = old
    assert [stray.kind for stray in log.view().strays] == ["changed"]


def test_a_claim_read_with_other_edges_in_a_changed_text_keeps_its_answer_and_is_listed(log: Log) -> None:
    log.do(desk.answer(log.view(), claim_of(log.view(), "16 tanks").id, "accept"))
    there = reading(NEWER)
    shorter = replace(there.claims[1], content=there.claims[1].content[:1])
    no_source = replace(shorter, source=None)
    log.analysis = replace(there, claims=(there.claims[0], no_source))
    view = log.view()
    assert view.answer(no_source.id) == "accept"
    assert [stray.kind for stray in view.strays] == ["changed"] and "source was" in view.strays[0].message


def test_an_unchanged_text_is_not_searched(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    for make in DRAFTS.values():
        view = log.view()
        figure = next(one for one in view.analysis.quantities if one.text == "16 tanks")
        log.do(make(view, log.analysis.claims[1], figure))
    monkeypatch.setattr(desk.carrying, "locate", None)
    assert log.view().strays == ()


def test_an_anchor_without_its_surroundings_stays_where_it_is_in_the_same_text(log: Log) -> None:
    start, end = span("Freedonia", nth=1).start_char, span("Freedonia", nth=1).end_char
    value = {"label": "loaded word", "start_char": start, "end_char": end, "text": "Freedonia"}
    bare = {"start_char": start, "end_char": end, "exact": "Freedonia"}
    log.do({"action": "add", "target": "a1", "record": "claim", "value": value, "anchor": bare})
    assert [(tag.id, tag.span.start_char) for tag in log.view().tags] == [("a1", start)]
