"""Drafts and what they do to the records: one view, every span quoted from the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from examples import TEXT, analysis, span
from logs import Log

from kit import decisions as desk
from kit.decisions import Decision, DecisionError, Effective, effective, fold
from kit.records import OUTLET, Analysis, Claim, Source

REYES, MINISTRY = "claim-reyes", "claim-ministry"


@pytest.fixture
def log() -> Log:
    return Log()


def edges(text: str, nth: int = 0) -> tuple[int, int]:
    at = span(text, nth=nth)
    return at.start_char, at.end_char


def figure(view: Effective, text: str) -> Any:
    return next(one for one in view.analysis.quantities if one.text == text)


def test_without_decisions_the_view_is_the_machines_reading() -> None:
    view = effective(analysis())
    assert view.analysis == view.machine == analysis()
    assert (view.tags, view.merged, view.strays) == ((), {}, ())
    assert (view.answer(REYES), view.reliability("src-reyes"), view.credibility(REYES)) == (None, "F", "6")


def test_an_answer_remembers_what_was_judged(log: Log) -> None:
    event = log.do(desk.answer(log.view(), REYES, "accept"))
    assert event.value["seen"]["source"] == "Colonel Ana Reyes of Freedonia"
    assert event.anchor is not None and event.anchor.exact == TEXT[event.anchor.start_char : event.anchor.end_char]
    assert log.view().answer(REYES) == "accept" and log.view().strays == ()
    again = log.do(desk.answer(log.view(), REYES, "reject"))
    assert again.supersedes == event.id and log.view().answer(REYES) == "reject"


@pytest.mark.parametrize("action", ["note", "", "Accept"])
def test_what_is_no_answer_is_refused(log: Log, action: str) -> None:
    with pytest.raises(DecisionError, match="no answer"):
        desk.answer(log.view(), REYES, action)
    with pytest.raises(DecisionError, match="no record 'nobody'"):
        desk.answer(log.view(), "nobody", "accept")


def test_spans_of_a_claim_are_corrected_and_the_machines_stay_beside_them(log: Log) -> None:
    view = log.view()
    log.do(desk.edit(view, REYES, source=edges("Ana Reyes"), content=[edges("16 tanks near Lakeview on Sunday")]))
    after = log.view()
    claim, before = after.record(REYES), after.suggested(REYES)
    assert (claim.source.text, claim.source.source_id) == ("Ana Reyes", "src-reyes")
    assert [one.text for one in claim.content] == ["16 tanks near Lakeview on Sunday"]
    assert before == view.record(REYES) and claim.cue == before.cue
    assert after.edited(REYES) == ("source", "content")
    assert after.answer(REYES) is None


def test_a_span_is_taken_without_the_blanks_around_it(log: Log) -> None:
    start, end = edges(" said.")
    log.do(desk.edit(log.view(), REYES, cue={"start_char": start, "end_char": end}))
    cue = log.view().record(REYES).cue
    assert (cue.text, cue.lemma, cue.stance) == ("said.", "said.", "neutral")


def test_null_deletes_a_span_but_no_content(log: Log) -> None:
    log.do(desk.edit(log.view(), REYES, source=None, cue=None))
    assert (log.view().record(REYES).source, log.view().record(REYES).cue) == (None, None)
    with pytest.raises(DecisionError):
        desk.edit(log.view(), REYES, content=[])


def test_form_voice_stance_and_factuality_are_chosen_from_their_lists(log: Log) -> None:
    changes = {"form": "mixed", "stance": "distancing", "factuality": {"source": "PR+"}}
    log.do(desk.edit(log.view(), REYES, **changes))
    claim = log.view().record(REYES)
    assert (claim.form, claim.cue.stance, claim.factuality.source, claim.factuality.outlet) == (
        *("mixed", "distancing", "PR+", "Uu"),
    )
    for wrong in ({"form": "sung"}, {"voice": "mine"}, {"stance": "angry"}, {"factuality": {"source": "true"}}):
        with pytest.raises(DecisionError):
            desk.edit(log.view(), REYES, **wrong)
    with pytest.raises(DecisionError, match="a claim has no colour"):
        desk.edit(log.view(), REYES, colour="red")
    with pytest.raises(DecisionError, match="nothing was changed"):
        desk.edit(log.view(), REYES, form="mixed", source=edges("Colonel Ana Reyes of Freedonia"))


def test_words_given_to_the_outlet_are_nobodys_and_their_figures_are_the_outlets(log: Log) -> None:
    log.do(desk.edit(log.view(), REYES, voice="outlet"))
    view = log.view()
    assert (view.record(REYES).source, view.record(REYES).cue) == (None, None)
    assert figure(view, "16 tanks").reporter == OUTLET


def test_a_source_that_nobody_named_before_is_a_new_one(log: Log) -> None:
    log.do(desk.edit(log.view(), MINISTRY, source=edges("=1+1")))
    view = log.view()
    made = view.record(view.record(MINISTRY).source.source_id)
    assert isinstance(made, Source) and made.name == "=1+1" and view.origin == {made.id: MINISTRY}
    assert figure(view, "about 40 soldiers").reporter == made.id
    log.do(desk.grade(view, made.id, "B"))
    assert log.view().reliability(made.id) == "B" and log.view().strays == ()


def test_numbers_of_a_figure_keep_in_step_and_odd_ones_are_refused(log: Log) -> None:
    target = figure(log.view(), "16 tanks").id
    log.do(desk.edit(log.view(), target, value="1,700", bound="ge", affected=None))
    found = log.view().record(target)
    assert (found.value, found.low, found.high, found.bound, found.affected) == (1700, 1700, None, "ge", None)
    for wrong in ({"value": "many"}, {"value": float("nan")}, {"value": True}, {"bound": "roughly"}, {"unit": 3}):
        with pytest.raises(DecisionError):
            desk.edit(log.view(), target, **wrong)
    log.do(desk.edit(log.view(), target, end_char=edges("16 tanks near")[1]))
    assert log.view().record(target).text == "16 tanks near"


def test_a_figure_linked_to_another_claim_is_reported_by_its_source(log: Log) -> None:
    target = figure(log.view(), "16 tanks").id
    log.do(desk.link(log.view(), target, MINISTRY))
    assert (log.view().record(target).claim_id, log.view().record(target).reporter) == (MINISTRY, "src-ministry")
    log.do(desk.link(log.view(), target, None))
    assert (log.view().record(target).claim_id, log.view().record(target).reporter) == (None, OUTLET)
    log.do(desk.edit(log.view(), target, reporter="src-ministry"))
    assert log.view().record(target).reporter == "src-ministry"
    for wrong in ((REYES, MINISTRY), (target, "src-reyes"), (target, "nothing")):
        with pytest.raises(DecisionError):
            desk.link(log.view(), *wrong)


def test_merged_sources_are_one_everywhere_and_can_be_taken_apart_again(log: Log) -> None:
    log.do(desk.grade(log.view(), "src-reyes", "C"))
    log.do(desk.merge(log.view(), "src-reyes", ["src-ministry"]))
    view = log.view()
    assert [source.id for source in view.analysis.sources] == ["src-reyes"]
    assert view.merged == {"src-ministry": "src-reyes"}
    assert len(view.record("src-reyes").mentions) == 2 and view.reliability("src-reyes") == "C"
    assert {claim.source.source_id for claim in view.analysis.claims} == {"src-reyes"}
    assert figure(view, "about 40 soldiers").reporter == "src-reyes"
    log.do(desk.unmerge(view, "src-reyes", ["src-ministry"]))
    assert log.view().analysis == log.view().machine
    with pytest.raises(DecisionError, match="nothing"):
        desk.unmerge(log.view(), "src-reyes", ["src-ministry"])


def test_merging_back_and_forth_ends_in_one_source(log: Log) -> None:
    view = log.view()
    log.do(desk.merge(view, "src-reyes", ["src-ministry"]))
    log.do(desk.merge(view, "src-ministry", ["src-reyes"]), by="bo")
    assert [source.id for source in log.view().analysis.sources] == ["src-reyes"]


def test_a_mention_split_off_is_a_source_of_its_own_and_can_be_merged_and_graded(log: Log) -> None:
    log.do(desk.merge(log.view(), "src-reyes", ["src-ministry"]))
    event = log.do(desk.split(log.view(), "src-reyes", [edges("Sylvania's defence ministry")], name="The other"))
    view = log.view()
    made = event.value["id"]
    assert view.record(made).name == "The other" and view.origin[made] == "src-reyes"
    assert view.record(MINISTRY).source.source_id == made and figure(view, "about 40 soldiers").reporter == made
    assert view.record(REYES).source.source_id == "src-reyes"
    log.do(desk.grade(view, made, "e"))
    assert log.view().reliability(made) == "E" and log.view().strays == ()
    log.do(desk.merge(log.view(), "src-reyes", [made]))
    assert len(log.view().record("src-reyes").mentions) == 2
    with pytest.raises(DecisionError, match="all mentions"):
        desk.split(log.view(), "src-reyes", log.view().record("src-reyes").mentions)


def test_a_claim_from_scratch_is_a_claim_with_its_parts(log: Log) -> None:
    parts = {"source": edges("Sylvania's army"), "cue": edges("lost"), "stance": "distancing"}
    event = log.do(desk.add_claim(log.view(), [edges("16 tanks"), edges("near Lakeview")], **parts))
    view = log.view()
    claim = view.record(event.target)
    assert isinstance(claim, Claim) and claim in view.analysis.claims
    assert [one.text for one in claim.content] == ["16 tanks", "near Lakeview"]
    assert (claim.source.text, claim.cue.text, claim.cue.stance) == ("Sylvania's army", "lost", "distancing")
    assert (claim.form, claim.voice, view.answer(claim.id)) == ("indirect", "attributed", "accept")
    assert view.suggested(claim.id) is None and view.edited(claim.id) == ()
    log.do(desk.edit(view, claim.id, content=edges("16 tanks near Lakeview")))
    assert [one.text for one in log.view().record(claim.id).content] == ["16 tanks near Lakeview"]
    with pytest.raises(DecisionError, match="overlap"):
        desk.add_claim(view, [edges("16 tanks"), edges("tanks near")])


def test_the_form_of_a_new_claim_is_read_off_its_quotation_marks() -> None:
    text = "“We won,” he said. He spoke of “a day”."
    whole = analysis().article
    log = Log(Analysis(replace(whole, text=text, segments=()), (), (), (), (), (), analysis().pipeline))
    forms = [desk.add_claim(log.view(), place)["value"]["form"] for place in ((0, 9), (22, 38), (10, 17))]
    assert forms == ["direct", "mixed", "indirect"]


def test_tagged_words_are_no_claim(log: Log) -> None:
    start, end = edges("admitted")
    event = log.do(desk.add_words(log.view(), start, end, "loaded word"))
    view = log.view()
    assert [(tag.label, tag.span.text) for tag in view.tags] == [("loaded word", "admitted")]
    assert view.analysis == view.machine and view.record(event.target) == view.tags[0]
    with pytest.raises(DecisionError, match="nothing to edit"):
        desk.edit(view, event.target, form="direct")
    with pytest.raises(DecisionError, match="nothing is selected"):
        desk.add_words(view, end, end, "loaded word")


def test_a_figure_added_inside_a_claim_is_that_claims(log: Log) -> None:
    event = log.do(desk.add_words(log.view(), *edges("Lakeview", 0), "figure", record="quantity"))
    assert (log.view().record(event.target).claim_id, log.view().record(event.target).reporter) == (REYES, "src-reyes")
    event = log.do(desk.add_words(log.view(), *edges("=1+1"), "figure", record="quantity"))
    assert (log.view().record(event.target).claim_id, log.view().record(event.target).reporter) == (None, OUTLET)


def test_labels_notes_and_grades_stand_apart(log: Log) -> None:
    log.do(desk.label(log.view(), REYES, ["blame", "loss", "blame"]))
    log.do(desk.note(log.view(), REYES, " ask the colonel\u2028"))
    log.do(desk.grade(log.view(), REYES, 2))
    log.do(desk.grade(log.view(), "src-reyes", "b"))
    view = log.view()
    assert view.labels(REYES) == ("blame", "loss") and view.note(REYES) == "ask the colonel"
    assert (view.credibility(REYES), view.reliability("src-reyes")) == ("2", "B")
    assert view.analysis == view.machine and view.edited(REYES) == () and view.answer(REYES) is None
    log.do(desk.label(view, REYES, []))
    log.do(desk.note(view, REYES, ""))
    assert (log.view().labels(REYES), log.view().note(REYES)) == ((), None)


@pytest.mark.parametrize(
    ("target", "given"), [(REYES, "B"), (REYES, 7), (REYES, 0), ("src-reyes", 1), ("src-reyes", "G")]
)
def test_the_letter_is_the_sources_and_the_digit_the_claims(log: Log, target: str, given: Any) -> None:
    with pytest.raises(DecisionError):
        desk.grade(log.view(), target, given)


def test_nothing_but_sources_and_claims_is_graded(log: Log) -> None:
    with pytest.raises(DecisionError, match="nothing else"):
        desk.grade(log.view(), "date-sunday", 2)


def test_one_means_confirmed_by_a_second_source_group(log: Log) -> None:
    with pytest.raises(DecisionError, match="only freedonia says so"):
        desk.grade(log.view(), REYES, 1)
    assert desk.grade(log.view(), REYES, 1, elsewhere="The Sylvanian Gazette, 3 March")["value"] == {
        "credibility": "1",
        "elsewhere": "The Sylvanian Gazette, 3 March",
    }
    log.do(desk.add_claim(log.view(), edges("16 tanks near Lakeview"), source=edges("Sylvania's defence ministry")))
    assert desk.can_confirm(log.view(), REYES)[0]
    assert log.do(desk.grade(log.view(), REYES, 1)).value == {"credibility": "1"}
    log.do(desk.merge(log.view(), "src-reyes", ["src-ministry"]))
    assert not desk.can_confirm(log.view(), REYES)[0]


def test_one_annotator_alone_sees_only_what_is_theirs(log: Log) -> None:
    log.do(desk.answer(log.view(), REYES, "accept"), by="ana")
    log.do(desk.answer(log.view(), REYES, "reject"), by="bo")
    log.do(desk.answer(log.view(), MINISTRY, "reject"), by="bo")
    assert (log.view("ana").answer(REYES), log.view("ana").answer(MINISTRY)) == ("accept", None)
    assert log.view().answer(REYES) == log.view("bo").answer(REYES) == "reject"
    log.undo("bo")
    assert log.view("bo").answer(MINISTRY) is None


def test_undo_and_redo_reach_every_kind_of_decision(log: Log) -> None:
    drafts = (
        lambda view: desk.answer(view, REYES, "accept"),
        lambda view: desk.edit(view, REYES, source=edges("Ana Reyes")),
        lambda view: desk.link(view, figure(view, "16 tanks").id, MINISTRY),
        lambda view: desk.merge(view, "src-reyes", ["src-ministry"]),
        lambda view: desk.split(view, "src-reyes", [edges("Sylvania's defence ministry")]),
        lambda view: desk.label(view, REYES, ["blame"]),
        lambda view: desk.add_claim(view, edges("16 tanks"), source=edges("Ana Reyes")),
        lambda view: desk.grade(view, REYES, 3),
    )
    states = [log.view()]
    for make in drafts:
        log.do(make(log.view()))
        states.append(log.view())
    for state in reversed(states[:-1]):
        assert log.undo() and log.view() == state
    assert not log.undo()
    for state in states[1:]:
        assert log.redo()
        assert log.view().analysis == state.analysis and log.view().strays == ()
    assert not log.redo()


def test_what_makes_no_record_is_listed_and_the_rest_stands() -> None:
    broken = {
        REYES: Decision(REYES, "claim", "accept", value={"content": [{"start_char": 5, "end_char": 9_999}]}),
        "date-sunday": Decision("date-sunday", "date", value={"kind": "feast"}),
        "src-reyes": Decision("src-reyes", "source", value={"merged": ("nobody",), "splits": ({"id": 3}, {})}),
        "new": Decision("new", "quantity", "accept", added=True),
        "new-claim": Decision("new-claim", "claim", "accept", added=True, value={"source": "Ana"}),
    }
    view = effective(analysis(), broken)
    assert view.analysis == view.machine and view.answer(REYES) == "accept"
    assert {stray.target for stray in view.strays} == set(broken)
    assert {stray.kind for stray in view.strays} == {"broken"} and len(view.strays) == 7


@pytest.mark.parametrize(
    "value",
    [
        *(
            {"content": [3, {}]},
            {"content": [{"start_char": 1, "end_char": 3}], "mentions": [4]},
            {"places": 3, "reporter": []},
        ),
        *({"merged": 3}, {"mentions": [{}]}, {"merged": [None], "mentions": "x"}, {"labels": 7, "note": []}),
        *({"source": []}, {"content": None}, {"content": "abc"}, {"start_char": "1", "end_char": 2}, {"claim_id": 4}),
        *({"seen": "x"}, {"seen": {"source": 3}}, {"adjudicates": {}}, {"factuality": "CT+"}, {"date": 4, "value": []}),
        {"source": {"start_char": 1, "end_char": 4, "source_id": {}}},
    ],
)
@pytest.mark.parametrize("action", ["accept", "add", "edit", "link", "merge", "split", "label", "note", "grade"])
def test_an_event_that_a_hand_wrote_never_raises(action: str, value: dict[str, Any]) -> None:
    log = Log()
    targets = {"claim": REYES, "quantity": analysis().quantities[0].id, "source": "src-reyes", "date": "date-sunday"}
    for kind, target in targets.items():
        for one in (target, "unknown"):
            log.do({"action": action, "target": one, "record": kind, "value": value})
    view = log.view()
    for target in (*targets.values(), "unknown"):
        view.edited(target), view.labels(target), view.note(target), view.credibility(target)
    assert all(
        TEXT[one.start_char : one.end_char] == one.text for claim in view.analysis.claims for one in claim.content
    )


def test_a_link_or_reporter_that_is_not_there_leaves_the_machines() -> None:
    target = figure(effective(analysis()), "16 tanks").id
    for value in ({"claim_id": "nobody"}, {"reporter": "nobody"}):
        view = effective(analysis(), {target: Decision(target, "quantity", value=value)})
        assert view.analysis == view.machine
        assert [stray.kind for stray in view.strays] == ["broken"] and "nobody" in view.strays[0].message


def test_old_events_mean_what_they_meant(log: Log) -> None:
    start, end = edges("Freedonia says")
    added = {"label": "claim", "start_char": start, "end_char": end, "text": "Freedonia says"}
    anchor = {"start_char": start, "end_char": end, "exact": "Freedonia says"}
    log.do({"action": "add", "target": "a1", "record": "claim", "value": added, "anchor": anchor})
    log.do({"action": "grade", "target": REYES, "record": "claim", "value": {"grade": 3}})
    log.do({"action": "accept", "target": REYES, "record": "claim", "value": {}})
    view = log.view()
    assert view.record("a1").content[0].text == "Freedonia says" and view.record("a1").source is None
    assert view.credibility(REYES) == "3" and view.strays == ()
    assert fold(log)[REYES].answer == "accept"
