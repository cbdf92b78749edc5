"""Whom pronouns and nouns without a name mean, on sentences of our own: the notation is that of ``test_sources``."""

from __future__ import annotations

import pytest
from test_sources import mentions, sources

from kit.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Whose lawyer she is, and the lawyer: "her" is nobody whose name holds it.
        (
            "Grace Holm denied the charge. {Her lawyer, Wilson Kade,} said it fell. {He} said it stood. {She} said no.",
            [["Grace Holm", "She"], ["Her lawyer, Wilson Kade,", "He"]],
        ),
        # A colleague is somebody else, of whom the other pronoun tells.
        (
            "{Professor Nils Berg} thinks it will hold. {His colleague in Port Ash, Dr. Soo Lin Tan,} thinks it "
            "will not. {She} wrote that it was early.",
            [["Professor Nils Berg"], ["His colleague in Port Ash, Dr. Soo Lin Tan,", "She"]],
        ),
        # People whom only a common noun names.
        (
            "{The mayor, Olmo Varga,} said it fell. The Minister of Mines came to the town. {He} promised help.",
            [["The mayor, Olmo Varga,"], ["He"]],
        ),
        (
            "{Ada Quill} said it fell. The plan was rejected by a stoker at the plant. {He} said no.",
            [["Ada Quill"], ["He"]],
        ),
        (
            "{Ada Quill} said it fell. {Olmo Varga} was quoted as saying so. This was denied by the head of the post. "
            "{He} said no.",
            [["Ada Quill"], ["Olmo Varga"], ["He"]],
        ),
        ("Prosecutors had asked for ten years. {They} said that it burned.", [["They"]]),
        # Two bodies named together are neither of them.
        (
            "{A rebel group and a nurse} said it fell. The Free Reef Movement holds the port. {The group} said no.",
            [["A rebel group and a nurse"], ["The group"]],
        ),
        # A new name behind a noun is a new body; and a union is no company.
        (
            "{The league’s watchdog, the DNK,} said it fell. {The largest fan group, Brigade Azur,} said it stood.",
            [["The league’s watchdog, the DNK,"], ["The largest fan group, Brigade Azur,"]],
        ),
        (
            "{The state operator, Calder Railways,} offered more. {The Dock Workers’ Union (DWU)} said it fell. "
            "{The company} said it stood. {The union} said no.",
            [["The state operator, Calder Railways,", "The company"], ["The Dock Workers’ Union (DWU)", "The union"]],
        ),
        # The campaign of somebody is not that somebody; nor is a spokesman whom he is named before.
        ("{Ada Quill} said it fell. {The Quill campaign} said it stood.", [["Ada Quill"], ["The Quill campaign"]]),
        (
            "{Quill spokesman Tom Ade} said it fell. {Ada Quill} said it stood. {He} said no.",
            [["Quill spokesman Tom Ade", "He"], ["Ada Quill"]],
        ),
        # A subject before an object, and one who was just spoken of before one of long ago.
        ("{Ilse Varn} met Greta Lund on Monday. {She} said it fell.", [["Ilse Varn", "She"]]),
        (
            "{Tom Ade} said it fell. The bridge is old. It was built in 1931. It is closed. Paul Dorsey runs the "
            "yard. He has run it since May. {He} said no.",
            [["Tom Ade"], ["Paul Dorsey", "He"]],
        ),
        # What is written may say more; what it is about does not.
        ("{A report by two clinics} said it fell. {It} said it stood.", [["A report by two clinics", "It"]]),
        # A ruler of the same surname and another sex is another one.
        ("{Mr. Quill} said it fell. Ada Quill came home. {Mr. Quill} said no.", [["Mr. Quill", "Mr. Quill"]]),
        # A surname that may be a title.
        ("{Charlie King} said it fell. {Mr. King} said no.", [["Charlie King", "Mr. King"]]),
        # A body without a name is one too, and a group that is called by its noun.
        ("{A local doctors’ union} said it fell. {It} said it stood.", [["A local doctors’ union", "It"]]),
        (
            "{A group of hackers} said it fell. {The group} said no. {It} said yes.",
            [["A group of hackers", "The group", "It"]],
        ),
        # Somebody with his colleagues is not that somebody, and yet is known.
        (
            "{Ada Quill and her colleagues} said it fell. {Quill} said no.",
            [["Ada Quill and her colleagues"], ["Quill"]],
        ),
        # Each of a list of people is somebody.
        (
            "Three are standing: the owner Grant Tepe, the captain Lois Marr and the nurse Priya Nand. {Marr} said it "
            "fell. {She} said no.",
            [["Marr", "She"]],
        ),
        # A country or a seat before a title is no name.
        ("{A senior Norvian commander} said it fell. {He} said no.", [["A senior Norvian commander", "He"]]),
        # An owner may be a firm.
        ("{The owner, Calder Foods,} said it fell. {It} said no.", [["The owner, Calder Foods,", "It"]]),
        # The subject of what is said, where nobody else was named.
        ("{Ada Quill} said it fell. [The city would pay for all,] {it} said.", [["Ada Quill"], ["it"]]),
    ],
)
def test_a_pronoun_or_a_noun_means_the_one_who_is_most_present(text, expected):
    assert mentions(text) == expected


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("A doctor at the town’s only working clinic, who left,", "a doctor at the town’s only working clinic"),
        ("Bill de Marr", "Bill de Marr"),
        ("The Dock Workers’ Union", "Dock Workers’ Union"),
        ("Quill and her colleagues", "Quill and her colleagues"),
        ("Holm MP Patrick Sall", "Patrick Sall"),
        ("The owner, Calder Foods,", "Calder Foods"),
    ],
)
def test_a_name_is_whole(source, name):
    assert [found.name for found in sources(f"{{{source}}} said that the bridge fell.")] == [name]


def test_a_given_name_tells_the_gender_only_before_a_surname():
    text = "{Zeynep Aslan} said it fell. {Oleksandr Bondar} said it stood. {She} said no. {He} said yes."
    assert mentions(text) == [["Zeynep Aslan", "She"], ["Oleksandr Bondar", "He"]]


def test_the_given_names_are_of_one_sex_each():
    tables = load_lexicon("sources")["gender"]
    male, female = set(tables["male_names"]), set(tables["female_names"])
    assert not male & female
    assert min(len(male), len(female)) > 400
