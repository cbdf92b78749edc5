"""Sources on sentences of our own: who is who, what kind, whose voice, who cites whom.

In the texts ``{…}`` marks the source of a claim and ``[…]`` what it says: no test hangs on how claims are found.
"""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.claims import extract_claims
from kit.pipeline import load_pipeline
from kit.records import Claim, Cue, Source, SourceMention, Span
from kit.sources import extract_sources, link_sources


def read(marked: str) -> tuple[str, list[Claim]]:
    """The plain text and one claim per marked source; its cue is the next word, its content the next ``[…]``."""
    text, found, at = "", [], 0
    for match in re.finditer(r"[{\[]([^}\]]*)[}\]]", marked):
        text += marked[at : match.start()]
        found.append((match[0][0], len(text), match[1]))
        text += match[1]
        at = match.end()
    text += marked[at:]
    contents = [Span(start, start + len(words), words) for mark, start, words in found if mark == "["]
    sources = [SourceMention(start, start + len(words), words) for mark, start, words in found if mark == "{"]
    claims = []
    for number, source in enumerate(sources):
        cue = re.compile(r"\w+").search(text, source.end_char) or re.compile(r"\w+").search(text)
        content = contents[number] if number < len(contents) else Span(cue.start(), cue.end(), cue[0])
        word = Cue(cue.start(), cue.end(), cue[0], lemma=cue[0])
        claims.append(Claim(id=f"c{number}", content=(content,), source=source, cue=word))
    return text, claims


def sources(marked: str) -> list[Source]:
    text, claims = read(marked)
    found = extract_sources(load_pipeline()(text), claims)
    assert all(claim.source.source_id for claim in link_sources(claims, found))
    assert all(text[m.start_char : m.end_char] == m.text for source in found for m in source.mentions)
    return found


def mentions(marked: str) -> list[list[str]]:
    return [[mention.text for mention in source.mentions] for source in sources(marked)]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("He", "person"),
        ("General Ilse Varn", "person"),
        ("Smith, a former engineer,", "person"),
        ("The coroner", "person"),
        ("The prime minister", "person"),
        ("A nurse", "unnamed"),
        ("One delegate", "unnamed"),
        ("No minister", "unnamed"),
        ("A spokeswoman for Calder Rail", "unnamed"),
        ("Villagers", "unnamed"),
        ("Western officials", "unnamed"),
        ("Several people who left the city", "unnamed"),
        ("Others", "unnamed"),
        ("The health ministry", "state"),
        ("The police", "state"),
        ("The land registry", "state"),
        ("Moscow", "state"),
        ("The newspaper Dagen", "media"),
        ("State television", "media"),
        ("Brightwater Ferries plc", "organisation"),
        ("The airline", "organisation"),
        ("The rebels", "organisation"),
        ("The International Lake Commission", "organisation"),
        ("A report by the health ministry", "state"),
        ("A survey by the University of Lund", "organisation"),
        ("The city’s audited accounts", "state"),
        ("Reports", "unnamed"),
    ],
)
def test_the_kind_of_a_source_follows_its_head_word(source, kind):
    assert [found.type for found in sources(f"{{{source}}} said that the bridge fell.")] == [kind]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Defence ministry spokesman Karel Novy", "Karel Novy"),
        ("Greta Lund, who keeps sheep on an island,", "Greta Lund"),
        ("The agriculture minister, Viktor Hahn,", "Viktor Hahn"),
        ("Lund’s neighbour Peter Berg", "Peter Berg"),
        ("The energy ministry", "the energy ministry"),
        ("A nurse", "a nurse"),
        ("Villagers on Friday", "Villagers"),
        ("The state news agency ENA", "ENA"),
        ("The International Lake Commission (ILC)", "International Lake Commission"),
        ("The admiral’s", "the admiral"),
    ],
)
def test_a_name_has_no_title_no_description_and_no_day(source, name):
    assert [found.name for found in sources(f"{{{source}}} said that the bridge fell.")] == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Names: the surname, and no other person of that surname.
        (
            "{Ada Quill} said it fell. {Quill} said it stood. {Olmo Quill} said it burned.",
            [["Ada Quill", "Quill"], ["Olmo Quill"]],
        ),
        # Titles.
        (
            "{Brigadier Mads Holt} said it was clear. {The brigadier} said so.",
            [["Brigadier Mads Holt", "The brigadier"]],
        ),
        # Two of one rank.
        (
            "{The Danish general Anna Berg} said it held. {The Turkish general Ali Demir} said it fell. "
            "{The Danish general} said it stood. {The general} said she was sure.",
            [["The Danish general Anna Berg", "The Danish general", "The general"], ["The Turkish general Ali Demir"]],
        ),
        # Pronouns: the latest who fits.
        (
            "{Mrs Ada Quill} said it fell. {Mr Olmo Varga} said it stood. {She} said it burned. {He} said it sank.",
            [["Mrs Ada Quill", "She"], ["Mr Olmo Varga", "He"]],
        ),
        # Somebody the outlet speaks of, with the words that name her.
        ("Mayor Ada Quill came home on Monday. {She} said it fell.", [["Mayor Ada Quill", "She"]]),
        # Bodies.
        (
            "{The island council} said it fell. {It} said it rained. {The council} said it sank.",
            [["The island council", "It", "The council"]],
        ),
        # Abbreviations that the text explains.
        (
            "{The International Lake Commission (ILC)} said it fell. {The ILC} said it rained.",
            [["The International Lake Commission (ILC)", "The ILC"]],
        ),
        # Nobody in particular: two nurses are two.
        (
            "{Officials} said it fell. {Officials} said it rained. {The officials} said it sank.",
            [["Officials"], ["Officials", "The officials"]],
        ),
    ],
)
def test_mentions_of_one_source_are_one_source(text, expected):
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{The ambassador} said [that General Mark Brede had left]. {The general} said so.",
        "{The ambassador} said [that Mark Brede had left the town]. Ada Quill came home. {She} said so.",
    ],
)
def test_somebody_who_is_only_talked_about_is_nobodys_he_and_nobodys_general(text):
    assert all("Brede" not in source.name for source in sources(text))


def test_a_headline_means_the_one_source_below_it_that_fits():
    text = "{Ministry}: bridge will hold\n\n{The energy ministry} said on Monday that it would. {Ada Quill} said no."
    assert mentions(text) == [["Ministry", "The energy ministry"], ["Ada Quill"]]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("{Defence ministry spokesman Karel Novy} said it fell.", ["Defence ministry"]),
        (
            "{Defence ministry spokesman Karel Novy} said it fell. {The ministry} said it sank.",
            ["Defence ministry", "Defence ministry"],
        ),
        ("{A spokeswoman for Calder Rail} said it fell.", ["Calder Rail"]),
        ("{The water board} said it fell. {Its chief engineer, Paul Dorsey,} said so.", ["the water board"] * 2),
        ("{The court’s president} said it fell.", ["the court"]),
        ("{The agriculture minister, Viktor Hahn,} said it fell.", ["agriculture ministry"]),
        ("{A survey by the University of Lund} said it fell.", ["University of Lund"]),
        ("{Ada Quill} said it fell.", ["Ada Quill"]),
    ],
)
def test_a_voice_belongs_to_its_body(text, groups):
    assert [source.group.replace("the Defence", "Defence") for source in sources(text)] == groups


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("Russian Defense Ministry spokesman Igor Konev", "Russian"),
        ("Turkey’s foreign minister", "Turkey"),
        ("The Iranian army", "Iranian"),
        ("Mayor Ada Quill", None),
        ("Western officials", None),
    ],
)
def test_the_side_is_the_country_in_the_mention(source, side):
    assert [found.side for found in sources(f"{{{source}}} said that it fell.")] == [side]


def test_who_reports_citing_another_cites_the_other():
    doc = load_pipeline()("Reuters reported on Monday, citing the energy ministry, that the road was closed.")
    found = {source.name: source for source in extract_sources(doc, extract_claims(doc))}
    assert [found["the energy ministry"].id] == list(found["Reuters"].cites)


def test_a_paper_cites_whoever_told_it():
    found = sources("{Ada Quill} told the New York Times [that the bridge fell].")
    assert [(source.name, len(source.cites)) for source in found] == [("Ada Quill", 0), ("New York Times", 1)]


def test_a_claim_inside_a_claim_makes_the_outer_source_cite_the_inner_one():
    text, (outer, inner) = read("{The minister} said that {the mayor} warned of rain.")
    inner = Claim(id=inner.id, content=inner.content, source=inner.source, cue=inner.cue, parent=outer.id)
    first, second = extract_sources(load_pipeline()(text), [outer, inner])
    assert (first.cites, second.cites) == ((second.id,), ())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB .,'’()“\nQuill the HE"), min_size=1, max_size=60), st.data())
def test_odd_sources_raise_nothing(text, data):
    nlp = data.draw(st.sampled_from([load_pipeline(), load_pipeline().make_doc]))  # the second without a parse
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = (start, end, text[start:end])
    claim = Claim(id="c1", content=(Span(*span),), source=SourceMention(*span), cue=Cue(*span))
    link_sources([claim], extract_sources(nlp(text), [claim]))


def test_hundreds_of_sources_are_linked_in_little_time():
    text, claims = read("{Ada Quill} said it fell. {Officials} said it rose. {The Danish general} said so. " * 150)
    doc = load_pipeline()(text)
    start = time.perf_counter()
    assert len(extract_sources(doc, claims)) > 150
    assert time.perf_counter() - start < 3
