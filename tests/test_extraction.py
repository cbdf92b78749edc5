"""The first extraction: sentences, claims, sources, figures and dates on sentences of our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.analysis import analyse
from kit.articles import ArticleError, read_article
from kit.claims import extract_claims, extract_voices
from kit.dates import extract_dates
from kit.pipeline import load_pipeline
from kit.quantities import extract_quantities
from kit.segments import make_doc, read_sentences

SHARED = Path(__file__).parents[2] / "shared"
MONDAY = date(2023, 6, 5)


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in read_sentences(load_pipeline()(text))]


def claims(text: str) -> list[tuple]:
    """(source, cue, content) of the attributed claims of a plain text."""
    return [
        (claim.source.text, claim.cue.text, tuple(span.text for span in claim.content))
        for claim in extract_claims(load_pipeline()(text))
        if claim.voice == "attributed"
    ]


def figures(text: str) -> list[tuple]:
    return [(q.text, q.value, q.bound, q.unit) for q in extract_quantities(load_pipeline()(text))]


def dates(text: str, published: date | None = MONDAY) -> list[tuple]:
    return [(t.text, t.value, t.grain) for t in extract_dates(load_pipeline()(text), published)]


def test_sentences_end_at_stops_and_lines_but_not_inside_a_rank():
    text = 'Lt. Gen. Olmo Varga of the U.S. Army left. "It rained." Mr. Quill stayed!\nNo stop here\nThe end.'
    assert sentences(text) == [
        "Lt. Gen. Olmo Varga of the U.S. Army left.", '"It rained."', "Mr. Quill stayed!", "No stop here", "The end.",
    ]  # fmt: skip


def test_sentences_follow_the_segments_of_an_article_and_skip_boilerplate():
    article = read_article("Bridge closed\n\nThe river rose. It fell.\n\nRead next: Ten bridges\n\nThe end.")
    doc = make_doc(load_pipeline(), article)
    assert [s.text for s in read_sentences(doc)] == ["Bridge closed", "The river rose.", "It fell.", "The end."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Ada Quill said that the bridge is safe.", ("Mayor Ada Quill", "said", ("that the bridge is safe",))),
        ("The ministry also said the bridge fell.", ("The ministry", "also said", ("the bridge fell",))),
        ("According to Mayor Quill, the bridge is safe.", ("Mayor Quill", "According to", ("the bridge is safe",))),
        ("The bridge is safe, according to officials.", ("officials", "according to", ("The bridge is safe",))),
        ("“The bridge is safe,” said Mayor Quill.", ("Mayor Quill", "said", ("“The bridge is safe,”",))),
        ("“The bridge is safe,” Quill added.", ("Quill", "added", ("“The bridge is safe,”",))),
        ("“It is safe,” Quill said, “and dry.”", ("Quill", "said", ("“It is safe,”", "“and dry.”"))),
        ("The spokesman told reporters that it fell.", ("The spokesman", "told", ("that it fell",))),
        ("Lt. Gen. Olmo Varga pointed out that it fell.", ("Lt. Gen. Olmo Varga", "pointed out", ("that it fell",))),
    ],
)
def test_who_says_what(text, expected):
    assert claims(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["The bridge of Lauben is closed.", "Who said so?", "The said bridge fell.", "said", "…", "He said nothing."],
)
def test_nobody_is_cited_where_nobody_speaks(text):
    assert claims(text) == []


def test_a_headline_with_a_colon_cites_the_name_behind_it():
    article = read_article("The bridge will hold: Quill\n\nThe river rose.\n\nThe end.")
    claim = analyse(article).claims[0]
    assert (claim.source.text, claim.cue.text, claim.content[0].text) == ("Quill", ":", "The bridge will hold")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Quill said: “The bridge will hold.”", "direct"),
        ('"The bridge will hold," Quill said.', "direct"),
        ("Quill said the bridge “will hold”.", "mixed"),
        ("Quill said that the bridge's piers will hold.", "indirect"),
    ],
)
def test_the_form_follows_the_quotation_marks(text, form):
    (claim,) = extract_claims(load_pipeline()(text))
    assert claim.form == form


def test_the_choice_of_verb_gives_the_stance():
    doc = load_pipeline()("Quill said it fell. Quill noted it fell. Quill claimed it fell.")
    assert [claim.cue.stance for claim in extract_claims(doc)] == ["neutral", "endorsing", "distancing"]


def test_what_nobody_is_cited_for_is_the_outlets_or_a_question():
    doc = load_pipeline()("The bridge fell. Will it be rebuilt? Quill said that it will.")
    assert [claim.voice for claim in extract_claims(doc)] == ["outlet", "question", "attributed"]


def test_voices_cut_the_whole_text_without_gaps():
    doc = load_pipeline()("The bridge fell. “It was old,” Quill said, “and wet.” Will it be rebuilt?\n")
    voices = extract_voices(doc, extract_claims(doc))
    assert "".join(doc.text[v.start_char : v.end_char] for v in voices) == doc.text
    assert {voice.voice for voice in voices} == {"outlet", "attributed", "question"}


def test_mentions_of_one_source_are_joined_and_two_people_are_not():
    text = (
        "Defence Ministry spokesman Col. Olmo Varga said it fell. Mayor Ada Quill said it stood. Varga said it burned. "
        "The Defence Ministry said it sank. The ministry added that it hurt. Officials said it rained. "
        "The mayor said that nobody drowned."
    )
    sources = analyse(read_article(text)).sources
    assert [(s.name, s.type, [m.text for m in s.mentions]) for s in sources] == [
        (
            "Olmo Varga",
            "person",
            ["Defence Ministry spokesman Col. Olmo Varga", "Varga"],
        ),
        ("Ada Quill", "person", ["Mayor Ada Quill", "The mayor"]),
        ("Defence Ministry", "state", ["The Defence Ministry", "The ministry"]),
        ("Officials", "unnamed", ["Officials"]),
    ]
    assert sources[0].group == "Defence Ministry"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They lost 16 tanks there.", [("16 tanks", 16, "exact", "tank")]),
        ("It took more than 250 personnel.", [("more than 250 personnel", 250, "gt", "person")]),
        ("Some 40 houses were hit.", [("Some 40 houses", 40, "approx", "house")]),
        ("up to 1,500 people", [("up to 1,500 people", 1500, "le", "person")]),
        ("one hundred and fifty bridges", [("one hundred and fifty bridges", 150, "exact", "bridge")]),
        ("It cost $1.2bn in all.", [("$1.2bn", 1_200_000_000, "exact", "dollar")]),
        ("It rose by 4.5 percent.", [("4.5 percent", 4.5, "exact", "percent")]),
        ("3.2 million euros", [("3.2 million euros", 3_200_000, "exact", "euro")]),
        ("dozens of drones in the sky", [("dozens of drones", None, "vague", "drone")]),
        ("Not more than 20 people came.", [("Not more than 20 people", 20, "le", "person")]),
        ("Between 200 and 300 houses burned.", [("Between 200 and 300 houses", None, "range", "house")]),
        ("5 to 10 drones fell.", [("5 to 10 drones", None, "range", "drone")]),
        ("10-15 drones fell.", [("10-15 drones", None, "range", "drone")]),
        ("Half a million people left.", [("Half a million people", 500_000, "exact", "person")]),
        ("It cost £5m in all.", [("£5m", 5_000_000, "exact", "pound")]),
        ("more than two dozen planes fell", [("more than two dozen planes", 24, "gt", "plane")]),
        ("Close to 40 houses burned.", [("Close to 40 houses", 40, "approx", "house")]),
        ("at least three infantry fighting vehicles, and 21 trucks", [
            ("at least three infantry fighting vehicles", 3, "ge", "infantry fighting vehicle"),
            ("21 trucks", 21, "exact", "truck"),
        ]),
    ],
)  # fmt: skip
def test_figures_with_their_bound_and_what_they_count(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A T-72 burned.",
        "Resolution 2254 passed.",
        "the three-day visit",
        "at 9:30",
        "No one came.",
        "one of them",
        "nan",
        "1" * 1000,
        "The 000 acre base.",
        "It rose from 3 to 5 percent.",
        "They won 3-2.",
        "In the 2012 Summer Games",
        "now 61 so I really started",
        "at 35 pm CT",
        "He is 34 years old.",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text):
    assert figures(text) == []


def test_numbers_inside_dates_are_no_figures():
    analysis = analyse(read_article("On 4 June 2023 rain fell. It cost 12 lives on June 14.", published=MONDAY))
    assert [q.text for q in analysis.quantities] == ["12 lives"]


def test_a_list_of_losses_shares_who_lost_who_reports_and_the_inherited_date():
    text = (
        "The army of Freedonia attacked yesterday, Col. Olmo Varga said.\n\n"
        "The army lost more than 250 personnel, 16 tanks and three trucks, according to Varga.\n"
    )
    analysis = analyse(read_article(text, published=MONDAY))
    assert [(q.category, q.affected.text, q.measure, q.status) for q in analysis.quantities] == [
        ("personnel", "The army", "losses", "unspecified"), ("tanks", "The army", "losses", "unspecified"),
        ("vehicles", "The army", "losses", "unspecified"),
    ]  # fmt: skip
    assert {analysis.source(q.reporter).name for q in analysis.quantities} == {"Olmo Varga"}
    assert {(q.date.value, q.date.inherited) for q in analysis.quantities} == {("2023-06-04", True)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army lost 16 tanks and three trucks.", [("losses", "unspecified"), ("losses", "unspecified")]),
        ("Shells killed 34 civilians and wounded 12 children.", [("losses", "killed"), ("losses", "wounded")]),
        ("16 tanks and three trucks were destroyed.", [("losses", "destroyed"), ("losses", "destroyed")]),
        ("The minister denied that the army lost 200 soldiers.", [(None, "denied")]),
        ("The army has not lost 16 tanks, Quill said.", [(None, "denied")]),
        ("No shell killed 34 civilians.", [(None, "denied")]),
        ("He lost 12 pounds.", [(None, None)]),
        ("They lost 3 matches.", [(None, None)]),
        ("He lost his job after 20 years.", [(None, None)]),
        ("They lost control of 3 villages.", [(None, None)]),
        ("The bank lost $1.2bn.", [(None, None)]),
        ("The tanks fired on 34 civilians.", [(None, None)]),
    ],
)
def test_only_what_the_text_says_was_lost_counts_as_a_loss(text, expected):
    assert [(q.measure, q.status) for q in analyse(read_article(text)).quantities] == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The city-run health ministry said 34 people were hurt.", "The city-run health ministry"),
        ("Ada Quill, a former engineer, told reporters that it fell.", "Ada Quill, a former engineer,"),
    ],
)
def test_a_source_with_a_description_is_found_whole(text, source):
    assert claims(text)[0][0] == source


def test_it_said_is_the_ministry_that_spoke_before():
    analysis = analyse(read_article("The ministry said the bridge fell. In the end 16 tanks burned, it said."))
    (figure,) = analysis.quantities
    assert analysis.source(figure.reporter).name == "the ministry"


@pytest.mark.parametrize(
    "text", ["The report runs to forty pages.", "People write and edit articles.", "Quill found old bridges."]
)
def test_verbs_that_report_nothing_here_make_no_claim(text):
    assert claims(text) == []


def test_a_figure_that_nobody_is_cited_for_is_the_outlets():
    (quantity,) = analyse(read_article("The flood took 16 houses.")).quantities
    assert (quantity.reporter, quantity.claim_id) == ("outlet", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", ("2023-06-04", "day")),
        ("earlier on Sunday", ("2023-06-04", "day")),
        ("on Monday", ("2023-06-05", "day")),
        ("Last Thursday", ("2023-06-01", "day")),
        ("next Friday", ("2023-06-09", "day")),
        ("last month", ("2023-05", "month")),
        ("two weeks ago", ("2023-W21", "week")),
        ("on May 28", ("2023-05-28", "day")),
        ("on 30 December", ("2022-12-30", "day")),
        ("Friday, July 21, 2017", ("2017-07-21", "day")),
        ("in July 2017", ("2017-07", "month")),
        ("2017-07-21", ("2017-07-21", "day")),
    ],
)
def test_dates_count_from_the_publication_date(text, expected):
    ((_, *found),) = dates(f"It rained {text}.")
    assert tuple(found) == expected


def test_without_a_publication_date_nothing_relative_is_resolved():
    text = "It rained yesterday, on Sunday, last month, on May 28 and on 4 June 2023."
    assert [value for _, value, _ in dates(text, None)] == [None, None, None, None, "2023-06-04"]


def test_last_thursday_on_a_friday_keeps_both_readings():
    (found,) = extract_dates(load_pipeline()("It rained last Thursday."), date(2023, 6, 9))
    assert (found.value, found.alternatives) == ("2023-06-08", ("2023-06-01",))


def test_the_verb_may_is_no_month():
    assert dates("They may 4 times.") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB1 .,\"“”'\n\r\0é🌊said Quill2%$-:"), max_size=200))
def test_odd_text_is_read_without_an_error_and_every_span_fits(text):
    try:
        article = read_article(text.encode(), published=MONDAY)
    except ArticleError:  # nothing but white space, or too many NULs
        return
    analysis = analyse(article)
    assert "".join(article.text[v.start_char : v.end_char] for v in analysis.voices) == article.text


@pytest.mark.parametrize(
    "text", ["“" * 500, '"' + "word " * 4000, "said " * 2000, "1 " * 3000, "x" * 100_000, "9" * 20_000]
)
def test_long_odd_text_is_read_without_an_error(text):
    analyse(read_article(text))


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder of shared articles beside this checkout")
def test_the_real_article_gives_its_core_figures_dates_and_sources():
    analysis = analyse(read_article(SHARED / "articles" / "milley.txt", published=MONDAY))
    figures = {(q.category, q.value, q.bound) for q in analysis.quantities if q.status == "unspecified"}
    assert figures == {
        ("personnel", 250, "gt"), ("tanks", 16, "exact"), ("infantry fighting vehicles", 3, "exact"),
        ("armoured fighting vehicles", 21, "exact"),
    }  # fmt: skip
    assert [t.value for t in analysis.dates] == ["2023-06-04", "2023-06-04", "2023-06-01", "2023-05"]
    assert [len(source.mentions) for source in analysis.sources] == [7, 2, 2, 1]
    assert sum(claim.voice == "attributed" for claim in analysis.claims) == 12
