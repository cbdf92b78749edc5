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
from kit.pipeline import load_pipeline
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
