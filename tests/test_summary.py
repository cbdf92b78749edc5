"""The sentences of a report: plain grammar, every bound kept, nothing that the records do not say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import analysis, article, empty_analysis, quantity, span
from hostile import LINES, hostile_analysis
from logs import Log

from kit import decisions as desk
from kit.decisions import Effective, effective
from kit.markup import claim_labels
from kit.records import Analysis, Claim, Cue, Source, SourceMention
from kit.summary import (
    Sentence,
    analysts_notes,
    deciders,
    mark_targets,
    open_suggestions,
    show_sentences,
    show_summary,
    source_statement,
    summarise,
    undecided_sentence,
)
from kit.summary.claims import claim_sentence as sentence_of
from kit.summary.names import is_plural, name_of, verb
from kit.summary.sentences import cut
from kit.wording import find_estimates

REYES, MINISTRY = "claim-reyes", "claim-ministry"


def claim_sentence(view: Effective, claim: Claim) -> Sentence:
    """The sentence of a claim."""
    return sentence_of(view, claim, claim_labels(view))


def told(view: Effective) -> list[str]:
    """Every sentence of the summary."""
    return [one.text for one in summarise(view).sentences()]


def with_claim(**fields: object) -> Analysis:
    """The example with its claims changed in some fields."""
    reading = analysis()
    return replace(reading, claims=tuple(replace(one, **fields) for one in reading.claims))


def test_losses_are_told_by_reporter_with_every_bound_and_what_is_left_open() -> None:
    sentences = told(effective(analysis()))
    assert (
        "Ana Reyes (freedonia) says that more than 250 personnel and 16 tanks of Sylvania's army were lost "
        "(claim\u00a01; place: Lakeview; date: 1 March 2026, taken over from the text before; whether killed, wounded, "
        "captured, destroyed or damaged is not stated)." in sentences
    )
    assert any("about 40 soldiers were wounded (claim\u00a02)." in one for one in sentences)
    outlet = next(one for one in sentences if one.startswith("The Lakeview Post"))
    assert outlet.startswith("The Lakeview Post, the outlet itself, citing nobody, says that dozens were lost (whether")


def test_lost_never_becomes_killed_and_figures_of_different_fates_never_share_a_sentence() -> None:
    reading = analysis()
    killed = tuple(replace(one, status="killed") if one.text == "16 tanks" else one for one in reading.quantities)
    sentences = told(effective(replace(reading, quantities=killed)))
    assert any("more than 250 personnel of Sylvania's army were lost" in one for one in sentences)
    assert any("16 tanks of Sylvania's army were killed" in one and "not stated" not in one for one in sentences)
    assert not any("killed" in one for one in told(effective(reading)) if "whether" not in one)


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("16 tanks", {"status": "destroyed", "value": 16}, "says that 16 tanks were destroyed"),
        ("16 tanks", {"status": "denied", "value": 16}, "denies that 16 tanks were lost"),
        ("16 tanks", {"status": "hypothetical"}, "speaks of 16 tanks, as something that could be, not as something"),
        ("16 tanks", {"status": "a user's own fate"}, "reports 16 tanks"),
        ("about 40 soldiers were wounded", {"status": "wounded"}, "reports about 40 soldiers were wounded"),
    ],
)
def test_the_fate_of_figures_has_its_verb(text: str, fields: dict, said: str) -> None:
    figure = quantity(text, bound="exact", unit="tank", measure="losses", reporter="src-reyes", **fields)
    view = effective(replace(analysis(), quantities=(figure,)))
    assert any(said in one for one in told(view))


def test_one_is_a_singular() -> None:
    reading = analysis()
    figure = replace(quantity("16 tanks", measure="losses", reporter="src-reyes", status="missing"), value=1)
    assert any("is missing" in one for one in told(effective(replace(reading, quantities=(figure,)))))


@pytest.mark.parametrize(
    ("lemma", "text", "start"),
    [
        ("say", "said", "Ana Reyes (freedonia) says: "),
        ("admit", "admitted", "Ana Reyes (freedonia) says: "),
        ("according to", "according to", "Ana Reyes (freedonia) says: "),
        ("deny", "denied", "Ana Reyes (freedonia) denied: "),
        ("fear", "feared", "Ana Reyes (freedonia) feared: "),
        ("defend", "defended", "Ana Reyes (freedonia) defended: "),
        ("say", "did not say", "Ana Reyes (freedonia) did not say: "),
        ("assessment", "assessment", "Ana Reyes (freedonia), in the article’s words assessment: "),
    ],
)
def test_our_verb_takes_no_side_and_a_denial_stays_one(lemma: str, text: str, start: str) -> None:
    at = span("said")
    reading = analysis()
    claim = next(one for one in reading.claims if one.id == REYES)
    claim = replace(claim, cue=Cue(at.start_char, at.end_char, at.text, lemma))
    object.__setattr__(claim.cue, "text", text)
    made = claim_sentence(effective(reading), claim)
    assert made.text.startswith(start)
    assert ("says" in start) == ("says" in made.own) and text not in made.own  # a word of the article is set as its own


@pytest.mark.parametrize("content", ["to attack the river", "of hiding its losses", "as a mess"])
def test_what_is_no_clause_keeps_the_word_of_the_article(content: str) -> None:
    claim = next(one for one in analysis().claims if one.id == REYES)
    object.__setattr__(claim.content[0], "text", content)
    assert claim_sentence(effective(analysis()), claim).text.startswith(f"Ana Reyes (freedonia) said: {content}")


def test_who_denies_that_something_is_so_denies_it() -> None:
    claim = next(one for one in analysis().claims if one.id == MINISTRY)
    claim = replace(claim, cue=replace(claim.cue, lemma="deny"))
    made = claim_sentence(effective(analysis()), claim).text
    assert made.startswith("Defence Ministry of Sylvania denies that about 40 soldiers were wounded")


def test_that_stands_where_the_article_has_it_and_fragments_are_joined() -> None:
    view = effective(analysis())
    by_id = {claim.id: claim_sentence(view, claim).text for claim in view.analysis.claims}
    assert by_id[MINISTRY] == ("Defence Ministry of Sylvania says that about 40 soldiers were wounded (claim\u00a02).")
    assert "16 tanks … near Lakeview on Sunday (claim\u00a01)." in by_id[REYES]


def test_a_claim_inside_a_claim_says_through_whom_it_came() -> None:
    reading = analysis()
    claims = tuple(replace(one, parent=REYES) if one.id == MINISTRY else one for one in reading.claims)
    view = effective(replace(reading, claims=claims))
    text = claim_sentence(view, view.record(MINISTRY)).text
    assert text.startswith("Defence Ministry of Sylvania says, as told by Ana Reyes (claim\u00a01), that about 40")


def test_a_claim_without_a_source_names_nobody() -> None:
    view = effective(with_claim(source=None))
    assert claim_sentence(view, view.record(MINISTRY)).text.startswith("Somebody whom the article does not name says")
    assert any(group.unnamed and group.name == "Nobody named" for group in summarise(view).groups)
    assert any("no source at all" in one.text for one in source_statement(view))


def test_every_sentence_about_a_record_leads_to_a_mark_that_is_drawn() -> None:
    for reading in (analysis(), hostile_analysis()):
        view = effective(reading)
        drawn = set(mark_targets(view).values())
        summary = summarise(view)
        for group in summary.groups:
            assert all(one.targets and set(one.targets) <= drawn for one in group.sentences)
        assert {target for one in source_statement(view) for target in one.targets} <= drawn


def test_every_claim_is_told_or_cited() -> None:
    view = effective(hostile_analysis())
    cited = {target for one in summarise(view).sentences() for target in one.targets}
    assert {claim.id for claim in view.analysis.claims} <= cited


def test_what_is_not_confirmed_is_said_and_a_grade_by_a_person_is_told_as_theirs() -> None:
    log = Log()
    summary = summarise(log.view())
    assert "No claim is independently confirmed (0 of 2 source groups)." in [one.text for one in summary.lead]
    assert {group.status for group in summary.groups if group.name != "The Lakeview Post"} == {
        "not independently confirmed (0 of 1 source groups)"
    }
    event = {"action": "grade", "target": MINISTRY, "record": "claim", "value": {"credibility": "1"}, "anchor": None}
    log.do(event | {"supersedes": None}, by="ana")
    lead = [one.text for one in summarise(log.view()).lead]
    assert any("1 of 2 claims graded 1 (confirmed by other independent sources) by ana" in one for one in lead)


def test_rejected_records_are_in_no_sentence_and_judged_ones_are_told_from_the_others() -> None:
    log = Log()
    assert any("Nobody has judged them yet" in one.text for one in summarise(log.view()).lead)
    log.do(desk.answer(log.view(), MINISTRY, "reject"))
    log.do(desk.answer(log.view(), REYES, "accept"))
    for figure in log.analysis.quantities:
        if figure.text != "16 tanks":
            log.do(desk.answer(log.view(), figure.id, "reject"))
    view = log.view()
    sentences = told(view)
    assert not any("40 soldiers" in one or "250" in one or "dozens" in one for one in sentences)
    assert any("16 tanks" in one for one in sentences)
    assert "People judged every claim." in sentences
    flagged = show_summary(summarise(view))._repr_html_()
    assert flagged.count("not judged yet") == 1  # the figure, which nobody judged


def test_nobody_cited_is_said_plainly() -> None:
    summary = summarise(effective(empty_analysis()))
    assert [one.text for one in summary.lead] == [
        "Nobody is cited: what the article says, it says in its own voice, and none of it is confirmed here."
    ]
    assert summary.groups == ()
    assert "It cites nobody." in [one.text for one in source_statement(effective(empty_analysis()))]


def test_the_source_statement_counts_groups_unnamed_sources_and_what_was_not_there() -> None:
    statement = [one.text for one in source_statement(effective(analysis()))]
    assert statement[0] == (
        "Everything on this page rests on one article, “Freedonia says dozens lost in river battle”, "
        "by The Lakeview Post, published on 2026-03-02."
    )
    assert "It cites 2 sources in 2 source groups: 1 person and 1 organisation." in statement
    assert "4 figures on losses come from 3 source groups." in statement
    assert any(one.startswith("No source has a grade") for one in statement)
    assert "Not known of the article: its author and address." in statement
    assert statement[-1].startswith("Not available: the statements that it cites as they were first made")
    unnamed = replace(analysis(), sources=tuple(replace(one, type="unnamed") for one in analysis().sources))
    assert any(one.text.startswith("Unnamed: “") for one in source_statement(effective(unnamed)))


def test_our_own_words_hold_no_estimate_and_a_speakers_are_not_read() -> None:
    reading = with_claim(content=(span("near Lakeview on Sunday"),))
    for view in (effective(reading), effective(hostile_analysis()), effective(empty_analysis())):
        for one in [*summarise(view).sentences(), *source_statement(view)]:
            assert find_estimates(one.own) == []
    claim = reading.claims[0]
    object.__setattr__(claim.content[0], "text", "it is almost certain to rain")
    made = claim_sentence(effective(analysis()), claim)
    assert "almost certain" in made.text and "almost certain" not in made.own


def test_what_nobody_decided_is_counted_and_listed_with_who_left_it_open() -> None:
    log = Log()
    log.do(desk.answer(log.view(), REYES, "accept"))
    log.do(desk.answer(log.view(), MINISTRY, "ignore"), by="ben")
    view = log.view()
    assert undecided_sentence(view).text == (
        "Nobody accepted or rejected 1 of 2 claims, 4 of 4 figures and 1 of 1 date; "
        "what nobody judged stands as the machine suggested it."
    )
    table = open_suggestions(view)
    assert list(table["kind"]) == ["figure", "figure", "figure", "date", "claim", "figure"]
    assert table.set_index("id").loc[MINISTRY, "left_open_by"] == "ben"
    for one in [*log.analysis.claims, *log.analysis.quantities, *log.analysis.dates]:
        log.do(desk.answer(log.view(), one.id, "accept"))
    assert undecided_sentence(log.view()).text == "Nothing: all 7 suggestions were accepted or rejected."
    assert undecided_sentence(effective(empty_analysis())).text == "The machine suggested nothing."


def test_who_decided_what_counts_what_is_in_force_by_person() -> None:
    log = Log()
    log.do(desk.answer(log.view(), REYES, "reject"), by="ben")
    log.undo(by="ben")
    log.do(desk.answer(log.view(), REYES, "accept"), by="ana")
    log.do(desk.note(log.view(), REYES, "It is likely so."), by="ana")
    table = deciders(log)
    assert table.to_dict("records") == [
        {"annotator": "ana", "decided": "1 accepted, 1 noted", "first": "t", "last": "t"}
    ]
    assert analysts_notes(log.view()) == {"ana’s note on claim 1": "It is likely so."}
    assert deciders([]).empty


def test_sources_and_merged_sources_lead_to_the_first_claim_that_names_them() -> None:
    targets = mark_targets(effective(analysis()))
    assert targets["src-reyes"] == REYES and targets[REYES] == REYES
    log = Log()
    log.do(desk.answer(log.view(), REYES, "reject"))
    after = mark_targets(log.view())
    assert REYES not in after
    assert after["src-reyes"] == "date-sunday"  # the nearest mark in the paragraph that names her
    nothing = replace(analysis(), claims=(), quantities=(), dates=())
    assert mark_targets(effective(nothing)) == {}


def test_a_note_is_named_by_the_claim_or_the_words_that_it_is_on() -> None:
    log = Log()
    log.do(desk.note(log.view(), "src-ministry", "Probably right."), by="ben")
    log.do(desk.note(log.view(), log.analysis.quantities[0].id, "No."), by="ben")
    words = log.analysis.quantities[0].text
    assert analysts_notes(log.view()) == {
        "ben’s note on “Defence Ministry of Sylvania”": "Probably right.",
        f"ben’s note on “{words}”": "No.",
    }


def test_hostile_words_stay_words_in_the_summary() -> None:
    view = effective(hostile_analysis())
    html = show_summary(summarise(view))._repr_html_() + show_sentences(source_statement(view))._repr_html_()
    assert "<script" not in html and "<img" not in html and "<svg" not in html and "<style" not in html
    assert "&lt;script&gt;" in html
    assert not any(control in html for control in "\u202e\u2066\u2069\u200f")
    assert len(LINES) > 20


@pytest.mark.parametrize(
    ("name", "kind", "plural"),
    [
        ("officials", "unnamed", True),
        ("Union leaders", "unnamed", True),
        ("two people familiar with the plans", "unnamed", True),
        ("one of the residents", "unnamed", False),
        ("some of the residents", "unnamed", True),
        ("hospital staff", "organisation", True),
        ("the press", "unnamed", False),
        ("a survey by Coastal Bank", "unnamed", False),
        ("the mayor and her deputy", "unnamed", True),
        ("Amnesty International", "organisation", False),
        ("Freedonia and Sylvania", "state", True),
        ("Ministry of Health and Sport", "state", False),
        ("United Nations", "organisation", False),
        ("James Rivers", "person", False),
        ("", "unnamed", False),
    ],
)
def test_officials_say_and_a_body_says(name: str, kind: str, plural: bool) -> None:
    assert is_plural(Source(id="s", name=name, type=kind)) is plural  # type: ignore[arg-type]


def test_a_name_takes_the_article_that_the_text_gives_it() -> None:
    text = "The Red Cross spoke; later the Red Cross's office and Reuters."
    red = Source(id="s", name="Red Cross", type="organisation", mentions=(span("The Red Cross", within=text),))
    assert name_of(red) == "the Red Cross"
    assert name_of(replace(red, mentions=(span("the Red Cross's", within=text),))) == "the Red Cross"
    assert name_of(Source(id="s", name="Reuters", type="media", mentions=(span("Reuters", within=text),))) == "Reuters"
    assert name_of(Source(id="s", name="Officials", type="unnamed")) == "officials"


def test_verbs_are_in_the_present_and_agree() -> None:
    assert [verb(one, plural=False) for one in ("say", "deny", "wish", "urge")] == ["says", "denies", "wishes", "urges"]
    assert verb("deny", plural=True) == "deny"


def test_a_long_claim_is_cut_between_words_and_never_in_a_figure() -> None:
    text = " ".join(f"word{i}" for i in range(30)) + " more than 250 personnel and so on and on and on"
    assert cut(text, 32, keep=["more than 250 personnel"]).endswith("more than 250 personnel …")
    assert cut(text, 10) == f"{' '.join(text.split()[:10])} …"
    assert cut("one two three", 2) == "one two three"


def test_a_summary_is_as_long_as_it_has_to_be_and_no_longer() -> None:
    text = "\n\n".join(f"Person{i} Name said that it rained {i} times." for i in range(300))
    whole = article(text)
    claims, sources = [], []
    for i, segment in enumerate(whole.segments):
        who = whole.span(segment.start_char, whole.text.index(" said", segment.start_char))
        sources.append(Source(id=f"s{i}", name=who.text, type="person", mentions=(who,)))
        mention = SourceMention(who.start_char, who.end_char, who.text, f"s{i}")
        claims.append(Claim(id=f"c{i}", source=mention, content=(whole.span(who.end_char + 6, segment.end_char - 1),)))
    reading = replace(analysis(), article=whole, claims=tuple(claims), sources=tuple(sources), quantities=(), dates=())
    summary = summarise(effective(replace(reading, voices=())))
    assert len(summary.groups) == 8 and summary.others is not None
    assert summary.others.text.startswith("292 more source groups with fewer claims: ")
    assert summary.others.text.endswith("; and 252 more, in the table of claims.")


def test_a_group_tells_some_sentences_on_losses_and_cites_the_other_claims() -> None:
    reading = analysis()
    figures = tuple(
        replace(quantity("16 tanks", measure="losses", reporter="src-reyes"), id=f"q{i}", status=f"fate {i}")
        for i in range(20)
    )
    summary = summarise(effective(replace(reading, quantities=figures)))
    assert max(len(group.sentences) for group in summary.groups) == 7  # and the claim most worth checking
