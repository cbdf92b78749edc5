"""Reported figures: numbers, bounds, units, what they count, and who lost, did and reported what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.analysis import analyse
from kit.articles import ArticleError, read_article
from kit.lexicon import load_lexicon
from kit.pipeline import load_pipeline
from kit.quantities import extract_quantities
from kit.records import Quantity

SHARED = Path(__file__).parents[2] / "shared"
MONDAY = date(2023, 6, 5)


def read(text: str, published: date | None = None) -> list[Quantity]:
    return list(analyse(read_article(text, published=published)).quantities)


def figures(text: str) -> list[tuple]:
    return [(q.text, q.value, q.bound, q.unit) for q in extract_quantities(load_pipeline()(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They lost 16 tanks there.", [("16 tanks", 16, "exact", "tank")]),
        ("It took more than 250 personnel.", [("more than 250 personnel", 250, "gt", "person")]),
        ("Some 40 houses were hit.", [("Some 40 houses", 40, "approx", "house")]),
        ("up to 1,500 people", [("up to 1,500 people", 1500, "le", "person")]),
        ("one hundred and fifty bridges", [("one hundred and fifty bridges", 150, "exact", "bridge")]),
        ("It cost $1.2bn in all.", [("$1.2bn", 1_200_000_000, "exact", "dollar")]),
        ("The tax rose by 4.5 percent.", [("4.5 percent", 4.5, "exact", "percent")]),
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
        ("A third of the bridges are closed.", [("A third", 1 / 3, "exact", None)]),
        ("Two-thirds of voters agreed.", [("Two-thirds", 2 / 3, "exact", None)]),
        ("One in five miners was ill.", [("One in five miners", 0.2, "exact", None)]),
        ("They waited two and a half hours.", [("two and a half hours", 2.5, "exact", "hour")]),
        ("He bought 2½ tonnes of coal.", [("2½ tonnes", 2.5, "exact", "tonne")]),
        ("Forty or more divers are needed.", [("Forty or more divers", 40, "ge", "diver")]),
        ("Parishes with 500 residents or fewer", [("500 residents or fewer", 500, "le", "person")]),
        ("The dam holds well over 300 million litres.", [("well over 300 million litres", 300_000_000, "gt", "litre")]),
        ("No fewer than 30 ships sailed.", [("No fewer than 30 ships", 30, "ge", "ship")]),
        ("Nearly 90 sheep drowned.", [("Nearly 90 sheep", 90, "lt", "sheep")]),
        ("Losses exceeded $40 million.", [("$40 million", 40_000_000, "gt", "dollar")]),
        ("Oil stood at $82 a barrel.", [("$82 a barrel", 82, "exact", "dollar per barrel")]),
        ("They test three thousand cows per day.", [("three thousand cows per day", 3000, "exact", "cow per day")]),
        ("It fell to -12 degrees Celsius.", [("-12 degrees Celsius", -12, "exact", "degree Celsius")]),
        ("The ship moves at 30 km/h.", [("30 km/h", 30, "exact", "kilometre per hour")]),
        ("a 10-member council", [("10-member", 10, "exact", "member")]),
        ("at least three infantry fighting vehicles, and 21 trucks", [
            ("at least three infantry fighting vehicles", 3, "ge", "infantry fighting vehicle"),
            ("21 trucks", 21, "exact", "truck"),
        ]),
        ("Prices range from $5 to $9.", [("from $5 to $9", None, "range", "dollar")]),
    ],
)  # fmt: skip
def test_figures_with_their_bound_and_what_they_count(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A T-72 and two-faced Su-35 burned.",
        "Resolution 2254 passed.",
        "Articles 5 and 6 were cited.",
        "the three-day visit",
        "at 9:30",
        "at 35 pm CT",
        "No one came.",
        "one of them",
        "nan",
        "1" * 1000,
        "The 000 acre base.",
        "They won 3-2.",
        "In the 2012 Summer Games",
        "Call 0800 555 0142 now.",
        "Read Chapter 11 on page 7.",
        "Covid-19 closed the 5G plant.",
        "The S&P 500 and the FTSE 100 opened.",
        "She came 3rd in the 21st stage of the 1990s tour.",
        "He lives at 48 Mill Lane.",
        "version 1.2.3 of 16:9",
        "On the one hand it is late.",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text):
    assert figures(text) == []


@pytest.mark.parametrize("text", ["He is 34 years old.", "the 34-year-old", "a man aged 34", "Ada Quill, 34, left."])
def test_an_age_is_told_apart_by_its_measure(text):
    (age,) = extract_quantities(load_pipeline()(text))
    assert (age.value, age.unit, age.measure, age.category) == (34, "year", "age", None)


def test_numbers_inside_dates_are_no_figures_but_durations_are_under_their_own_measure():
    found = read("On 4 June 2023 rain fell. It cost 12 lives on June 14. It lasted three weeks.", MONDAY)
    assert [(q.text, q.measure) for q in found] == [("12 lives", "losses"), ("three weeks", "duration")]


def test_more_than_reaches_over_its_own_number_only():
    assert [q.bound for q in read("More than 300 goats and 14 dogs drowned.")] == ["gt", "exact"]


@pytest.mark.parametrize(
    "text", ["Talks over 12 islands ended.", "The path runs around 12 lakes.", "She spoke about 12 islands."]
)
def test_a_preposition_before_a_number_is_no_bound(text):
    (figure,) = read(text)
    assert (figure.value, figure.bound) == (12, "exact")


@pytest.mark.parametrize("text", ["nearly 40 ships", "about 40 ships", "up to 40 ships", "40 ships", "over 40 ships"])
def test_low_and_high_are_the_stated_number_where_the_bound_is_closed(text):
    (figure,) = read(f"They saw {text}.")
    closed = {"exact": (40, 40), "lt": (None, 40), "le": (None, 40), "gt": (40, None), "ge": (40, None)}
    assert (figure.low, figure.high) == closed.get(figure.bound, (None, None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exports rose 4.5 percent.", [(4.5, "up", "change")]),
        ("The index was down 2.1%.", [(2.1, "down", "change")]),
        ("Output shrank by 3 per cent.", [(3, "down", "change")]),
        ("A 60 basis point rise followed.", [(60, "up", "change")]),
        ("Shares fell 6% to $12.", [(6, "down", "change"), (12, None, None)]),
        ("The death toll rose by 12 to 300.", [(12, "up", "change"), (300, None, "losses")]),
        ("The bank lost $1.2bn.", [(1_200_000_000, None, None)]),
    ],
)
def test_the_amount_of_a_change_has_a_direction_and_its_level_has_none(text, expected):
    assert [(q.value, q.direction, q.measure) for q in read(text)] == expected


def test_from_one_level_to_another_is_one_figure_with_both_ends_and_a_direction():
    (figure,) = read("Inflation eased from 7.2 to 6.8 per cent.")
    assert (figure.low, figure.high, figure.value, figure.direction, figure.unit) == (6.8, 7.2, None, "down", "percent")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The new port will cost $2 billion.", ("price", "money")),
        ("Unemployment stood at 6 per cent.", ("rate", None)),
        ("Twelve per cent of farms have no road.", ("share", "shares")),
        ("Half of the flats stand empty.", ("share", "shares")),
        ("The fleet has eleven frigates.", ("strength", "ships")),
        ("Doctors confirmed 318 cases of dengue.", (None, "cases")),
        ("They carried out seven attacks.", (None, "attacks")),
        ("The new cars are four times faster.", ("ratio", None)),
    ],
)
def test_what_a_figure_measures(text, expected):
    (figure,) = read(text)
    assert (figure.measure, figure.category) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army lost 16 tanks and three trucks.", [("losses", "unspecified"), ("losses", "unspecified")]),
        ("Shells killed 34 civilians and wounded 12 children.", [("losses", "killed"), ("losses", "wounded")]),
        ("16 tanks and three trucks were destroyed.", [("losses", "destroyed"), ("losses", "destroyed")]),
        ("Eleven shepherds were shot dead.", [("losses", "killed")]),
        ("A total of 73 rebels had been taken prisoner.", [("losses", "captured")]),
        ("Two climbers are dead and four missing.", [("losses", "killed"), ("losses", "missing")]),
        ("A death toll of 34 was reported.", [("losses", "killed")]),
        ("He praised the destruction of nine drones.", [("losses", "destroyed")]),
        ("Losses of 12 aircraft were admitted.", [("losses", "unspecified")]),
        ("Two schools and over 60 houses were damaged.", [("damage", "damaged"), ("damage", "damaged")]),
        ("The ambush cost the battalion 19 men.", [("losses", "unspecified")]),
        ("Dozens were killed.", [("losses", "killed")]),
        ("About 6,000 people have fled the valley.", [(None, "displaced")]),
        ("He lost 12 pounds.", [(None, None)]),
        ("They lost 3 matches.", [(None, None)]),
        ("They lost control of 3 villages.", [(None, None)]),
        ("The tanks fired on 34 civilians.", [(None, None)]),
    ],
)
def test_only_what_the_text_says_was_lost_counts_as_a_loss(text, expected):
    assert [(q.measure, q.status) for q in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("The minister denied that the army lost 200 soldiers.", "denied"),
        ("The army denied losing 16 tanks.", "denied"),
        ("The army has not lost 16 tanks, Quill said.", "denied"),
        ("The navy did not lose 16 ships.", "denied"),
        ("No shell killed 34 civilians.", "denied"),
        ("The palace rejected reports that six helicopters had been lost.", "denied"),
        ("The blast could kill 30 people.", "hypothetical"),
        ("The army may have lost 16 tanks.", "hypothetical"),
        ("They threatened to destroy 16 bridges.", "hypothetical"),
        ("If the dike fails, 4,000 people could drown.", "hypothetical"),
    ],
)
def test_a_loss_that_is_denied_or_only_possible_is_no_loss(text, mark):
    assert [(q.measure, q.status) for q in read(text)] == [(None, mark)]


def test_people_who_died_are_counted_as_persons_and_those_at_work_as_what_they_are():
    assert [q.unit for q in read("Three miners were killed.")] == ["person"]
    assert [q.unit for q in read("The pit employs 300 miners.")] == ["miner"]


def roles(text: str) -> list[tuple]:
    spans = [(q.affected, q.actor, q.place) for q in read(text)]
    return [tuple(span.text if span else None for span in three) for three in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Norvian army lost 16 tanks near Lakeview.", ("The Norvian army", None, "Lakeview")),
        ("Eleven shepherds were killed by border guards.", (None, "border guards", None)),
        ("The marines captured five trucks.", (None, "The marines", None)),
        ("The destruction of nine drones by air defence crews was shown.", (None, "air defence crews", None)),
        ("The gunners destroyed two howitzers of the 4th brigade.", ("the 4th brigade", "The gunners", None)),
        ("The blast killed 14 people.", (None, None, None)),
        ("The army denied losing 16 tanks.", ("The army", None, None)),
        ("Hackers stole $9m from the Lenn Savings Bank.", ("the Lenn Savings Bank", "Hackers", None)),
    ],
)
def test_who_lost_who_did_it_and_where(text, expected):
    assert roles(text) == [expected]


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


def test_a_number_takes_the_noun_it_leaves_out_from_the_one_before():
    found = read("The builder offers 435 homes by sale and 187 by tender.")
    assert [(q.value, q.unit) for q in found] == [(435, "home"), (187, "home")]


def test_a_figure_that_nobody_is_cited_for_is_the_outlets():
    (quantity,) = read("The flood took 16 houses.")
    assert (quantity.reporter, quantity.claim_id) == ("outlet", None)


def test_figures_in_page_furniture_are_left_out():
    assert [q.value for q in read("It cost 12 lives.\n\nRead next: 40 ways to die\n\nThe end.")] == [12]


def test_lists_say_whether_their_categories_may_be_added_up():
    lists = load_lexicon("categories")
    assert {"people", "equipment", "infrastructure", "money", "shares", "cases", "events"} <= set(lists)
    assert all(isinstance(table["disjoint"], bool) and table["list"] for table in lists.values())


def test_the_crosswalk_covers_the_equipment_and_tells_three_meanings_apart():
    crosswalk, lists = load_lexicon("crosswalks"), load_lexicon("categories")
    assert crosswalk["oryx"]["disjoint"] is True
    assert set(crosswalk["oryx"]["covers"]) <= set(lists["equipment"]["categories"])
    meanings = crosswalk["armoured fighting vehicle"]
    assert len({tuple(covered) for covered in meanings.values()}) == 3
    assert "Tanks" in meanings["general English"] and "Tanks" not in meanings["Oryx"]


def test_a_users_list_adds_a_category(tmp_path, monkeypatch):
    (tmp_path / "categories.toml").write_text(
        '[livestock]\nlist = "ours"\ndisjoint = true\nlost = "losses"\n[livestock.categories]\ncattle = ["heifer"]\n',
        encoding="utf-8",
    )
    assert [q.category for q in read("They lost 12 heifers.")] == [None]
    monkeypatch.setenv("KIT_LEXICON", str(tmp_path))
    assert [(q.category, q.measure, q.status) for q in read("They lost 12 heifers.")] == [
        ("cattle", "losses", "unspecified")
    ]
    monkeypatch.delenv("KIT_LEXICON")
    assert [q.category for q in read("They lost 12 heifers.")] == [None]


ODD = "aB1 ,.-–/:%$€£½m\n\0٣🌊 two half million of the between and from to 16 tanks more than 5bn 3rd killed"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*ODD, *ODD.split()]), max_size=60).map(" ".join) | st.text(max_size=120))
def test_odd_text_gives_figures_whose_spans_fit_and_whose_numbers_agree_with_their_bound(text):
    try:
        article = read_article(text.encode("utf-8", "ignore"), published=MONDAY)
    except ArticleError:  # nothing but white space, or too many NULs
        return
    last = 0
    for q in analyse(article).quantities:
        assert article.text[q.start_char : q.end_char] == q.text and q.start_char >= last
        last = q.end_char
        assert (q.bound in ("vague", "range")) == (q.value is None)
        assert q.bound != "range" or q.low <= q.high


@pytest.mark.parametrize(
    "text",
    [
        *("9" * 20_000, "nan inf 1e999 NaN " * 500, "٣٤ tanks and ١٢ people " * 300, "from 1 to 2 to 3 and " * 500),
        *("one hundred and " * 1500, "two and a half " * 1500, "half a " * 3000, "1-" * 5000, "$" * 5000 + "5"),
    ],
)
def test_hostile_numbers_are_read_without_an_error(text):
    doc = load_pipeline()(text)
    assert all(q.text == text[q.start_char : q.end_char] for q in extract_quantities(doc))


def test_a_table_of_figures_is_read_row_by_row():
    table = "\n".join(f"{number} tanks" for number in range(2, 1000))
    assert [q.value for q in extract_quantities(load_pipeline()(table))] == list(range(2, 1000))


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder of shared articles beside this checkout")
def test_the_real_article_gives_its_figures_with_bound_roles_and_date():
    analysis = analyse(read_article(SHARED / "articles" / "milley.txt", published=MONDAY))
    losses = [q for q in analysis.quantities if q.measure == "losses"]
    assert [(q.category, q.value, q.bound, q.status) for q in losses] == [
        ("personnel", 250, "gt", "unspecified"),
        ("tanks", 16, "exact", "unspecified"),
        ("infantry fighting vehicles", 3, "exact", "unspecified"),
        ("armoured fighting vehicles", 21, "exact", "unspecified"),
    ]
    assert {q.affected.text for q in losses} == {"The Ukrainian armed forces"}
    assert {q.place.text for q in losses} == {"the South Donetsk direction"}
    assert {q.actor for q in losses} == {None}
    assert {(q.date.value, q.date.inherited) for q in losses} == {("2023-06-04", True)}
    assert all("Konashenkov" in analysis.source(q.reporter).name for q in losses)
    others = [(q.text, q.category, q.status) for q in analysis.quantities if q.measure != "losses"]
    assert others == [
        ("A surge in cross-border assaults", "attacks", None),
        ("five sectors", None, None),
        ("three Ukrainian cross-border attacks", "attacks", None),
        ("one administrative building", "buildings", "damaged"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 300 families lost their homes.", ["displaced"]),
        ("Some 300 families lost their savings.", [None]),
        ("A slide buried 31 workers, of whom 12 died.", [None, "killed"]),
        ("Shells killed or wounded 30 people.", ["unspecified"]),
        ("The guards eliminated 40 fighters.", ["unspecified"]),
        ("The crash claimed the lives of 19 pilgrims.", ["killed"]),
    ],
)
def test_a_status_is_that_of_the_things_counted_and_never_more_than_the_text_says(text, expected):
    assert [q.status for q in read(text)] == expected


def test_who_suffers_losses_is_affected_and_has_not_caused_them():
    assert roles("The army suffered 40 casualties in Lakeview.") == [("The army", None, "Lakeview")]
    assert roles("Rebels inflicted 40 casualties on the army.") == [("the army", "Rebels", None)]
    assert roles("Police reported 34 deaths.") == [(None, None, None)]
