"""What makes up a claim and what is none, on sentences of our own: who speaks, what is said, what is only done."""

from __future__ import annotations

import pytest

from kit.analysis import analyse
from kit.articles import read_article
from kit.records import Claim

# Source, cue and content of each claim of a sentence.
SAID = [
    (
        "At least 12 people died when shells hit the market in Port Ash on Sunday, a rebel group and a local doctor "
        "said.",
        [
            (
                "a rebel group and a local doctor",
                "said",
                "At least 12 people died when shells hit the market in Port Ash on Sunday",
            )
        ],
    ),
    (
        "The mill is considering a sale of its docks, two sources familiar with the plan told Reuters in March.",
        [("two sources familiar with the plan", "told", "The mill is considering a sale of its docks")],
    ),
    (
        "Without a repair, she told the council, the dam would break by 2035.",
        [("she", "told", "Without a repair // the dam would break by 2035")],
    ),
    (
        "Asked whether the firm would pay, she declined to comment.",
        [("she", "declined", "to comment")],
    ),
    (
        '"We heard it for a week," Varga was quoted as saying.',
        [("Varga", "was quoted as saying", '"We heard it for a week,"')],
    ),
    (
        "The company's lawyer, Dr. Ida Brandt, was quoted by the site Norwire as saying the ruling "
        '"surprised" her client.',
        [("The company's lawyer, Dr. Ida Brandt,", "was quoted", 'the ruling "surprised" her client')],
    ),
    (
        "According to the newspaper Norvia Kurier, which cited unnamed officials, two flights have been cancelled.",
        [
            (
                "the newspaper Norvia Kurier, which cited unnamed officials",
                "According to",
                "two flights have been cancelled",
            )
        ],
    ),
    (
        '"This is a bitter day," chief executive Olmo Varga told employees at a meeting, according to participants.',
        [("chief executive Olmo Varga", "told", '"This is a bitter day,"')],
    ),
    (
        "The business daily Kurier reported last week, citing two people familiar with the matter, that she would "
        "leave.",
        [("The business daily Kurier", "reported", "that she would leave")],
    ),
    (
        "An earthquake of magnitude 6.4 struck the coast yesterday, killing at least 23 people, according to the Civil "
        "Protection Office.",
        [
            (
                "the Civil Protection Office",
                "according to",
                "An earthquake of magnitude 6.4 struck the coast yesterday, killing at least 23 people",
            )
        ],
    ),
    (
        "The north launched 74 drones overnight, killing two people, Norvian officials said on Sunday, while the south "
        "claimed to have hit a depot.",
        [
            ("Norvian officials", "said", "The north launched 74 drones overnight, killing two people"),
            ("the south", "claimed", "to have hit a depot"),
        ],
    ),
    (
        "He said that conditions have improved greatly and invited the press to visit the camp.",
        [("He", "said", "that conditions have improved greatly")],
    ),
    (
        "He apologized to about 5,000 travellers who had to change their plans.",
        [("He", "apologized", "to about 5,000 travellers who had to change their plans")],
    ),
    (
        "It was too early to talk about pumps, its head, Ida Brandt, told broadcaster NRV.",
        [("its head, Ida Brandt,", "told", "It was too early to talk about pumps")],
    ),
    (
        '"She wants to sleep," Varga said when asked what she would do next.',
        [("Varga", "said", '"She wants to sleep,"')],
    ),
    (
        "The firm made an offer in May and was told that it was too low.",
        [(None, "was told", "that it was too low")],
    ),
    (
        "The ministry noted that three parties had been promised seats, something the government denies.",
        [("The ministry", "noted", "that three parties had been promised seats")],
    ),
    (
        "Dr Ida Brandt, a zoologist who was not involved in the work, said the results were sound.",
        [("Dr Ida Brandt, a zoologist who was not involved in the work,", "said", "the results were sound")],
    ),
    (
        "His lawyer, Ewan Ridd, said he would appeal and maintained that the gifts had been loans.",
        [
            ("His lawyer, Ewan Ridd,", "said", "he would appeal"),
            ("he", "maintained", "that the gifts had been loans"),
        ],
    ),
    (
        "Interior Minister Ada Quill insisted that 3,000 troops had been deployed and blamed blocked roads for the "
        "delays.",
        [
            ("Interior Minister Ada Quill", "insisted", "that 3,000 troops had been deployed"),
            ("Interior Minister Ada Quill", "blamed", "blocked roads for the delays"),
        ],
    ),
    (
        "A regional official put the number of dead at 34, including 11 civilians.",
        [("A regional official", "put", "the number of dead at 34, including 11 civilians")],
    ),
    (
        "According to a person briefed on their plans, they will propose a ten-day pause.",
        [("a person briefed on their plans", "According to", "they will propose a ten-day pause")],
    ),
    (
        "A report by the charity Health Line last month warned that gaps in funding could lead to 900 more deaths.",
        [
            (
                "A report by the charity Health Line",
                "warned",
                "that gaps in funding could lead to 900 more deaths",
            )
        ],
    ),
    (
        '"I heard him knocking," she said, still holding a blanket given to her by a nurse.',
        [("she", "said", '"I heard him knocking,"')],
    ),
    (
        "The costs of the court case, which are believed to exceed 900,000 dollars, are covered by the city.",
        [(None, "are believed", "The costs of the court case // to exceed 900,000 dollars")],
    ),
    (
        "Brandt said that he was ready to resume the talks, an offer Belgrave dismissed as propaganda.",
        [
            ("Brandt", "said", "that he was ready to resume the talks"),
            ("Belgrave", "dismissed", "an offer // as propaganda"),
        ],
    ),
    (
        '"We fled at night," said Aminata, an onion seller who asked that her family name not be used. "Nobody came."',
        [("Aminata, an onion seller", "said", '"We fled at night," // "Nobody came."')],
    ),
    (
        "She considers it unusual that the trace was still there.",
        [("She", "considers", "it unusual that the trace was still there")],
    ),
    (
        "Unions have called on the government of Norvia to release Timur Askar, a reporter who was arrested last week.",
        [("Unions", "have called on", "the government of Norvia to release Timur Askar")],
    ),
    (
        "They had been told in 2007, too, that it was safe, one elderly man recalled.",
        [("one elderly man", "recalled", "They had been told in 2007, too, that it was safe")],
    ),
    (
        "He did not say when the firm first learned of the complaints.",
        [("He", "did not say", "when the firm first learned of the complaints")],
    ),
]

NOT_SAID = [
    "It is interesting to note that the mill has added a dock.",
    "It should be mentioned that the price of the dock doubled in May.",
    "Under the rules of the senate, members must declare any gift within 35 days.",
    "Ada Quill showed no emotion as the verdict was read.",
    "There was hype about the new dock.",
    "The leak was discovered by a customer.",
    "The law does not say until what time it must stay open.",
    "None of the authors reported a conflict of interest.",
    "The flood claimed nine lives in June.",
    "Varga was told of the decision on Sunday.",
    "What caused the fire is not yet known.",
    "Police questioned two men on Friday.",
    "If it concludes that the firm broke the law, a fine of up to 900 dollars can be imposed.",
    "He did not admit guilt.",
    'The singer, best known for the ballad "Salt on the Sill", died at home on Monday.',
    "The probe was meant to measure winds over the lake.",
    "Not all parents supported the walkout.",
    "A small group of guests applauded when the news reached them.",
    "Cycling: Brandt suspended after test",
]

KINDS = [
    ("The union called a strike for Friday.", "action"),
    ("A jury found the mayor guilty of fraud.", "action"),
    ("Scientists do not agree on what will happen next.", "attitude"),
    ("Residents were told to leave their homes.", "request"),
    ("The agency declined to say why it waited.", "refusal"),
    ("The court overturned a law that barred the paper from printing.", "action"),
    ("She was considered a favourite for the title.", "attitude"),
]


def claims(text: str) -> list[Claim]:
    return [claim for claim in analyse(read_article(text)).claims if claim.voice == "attributed"]


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text[:40] for text, _ in SAID])
def test_who_says_what(text, expected):
    found = [
        (c.source.text if c.source else None, c.cue.text, " // ".join(part.text for part in c.content))
        for c in claims(text)
    ]
    assert found == expected


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_nobody_says_is_no_claim(text):
    assert claims(text) == []


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_acts_requests_and_stands_are_told_apart(text, kind):
    assert [claim.kind for claim in claims(text)] == [kind]
