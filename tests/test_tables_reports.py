"""How an article tells what is said, and who else reports a figure: counts with their n, bounds, never a score."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from examples import analysis, article, empty_analysis
from examples import span as at

from kit import tables
from kit.decisions import Decision
from kit.records import Analysis, Claim, Cue, Quantity, ResolvedDate, Source, SourceMention, Span
from kit.tables import corroboration, how_it_is_told

QUOTES = (
    "“We lost 16 boats,” Quill said. “It is far from over, and nobody helps",
    "He claimed the “so-called” harbour was 'closed'.",
    'Quill noted that "two" of the "three cranes" stand.',
)  # fmt: skip
STORY = "\n\n".join(QUOTES) + "\n"


def told(*claims: Claim, sources: tuple[Source, ...] = ()) -> Analysis:
    return replace(empty_analysis(), article=article(STORY), claims=claims, sources=sources)


def claim(
    id: str, words: str, *, cue: str | None = None, stance: str = "neutral", source: str | None = None, **fields: Any
) -> Claim:
    content = span(words)
    said = span(cue) if cue else None
    made = Cue(said.start_char, said.end_char, said.text, said.text, stance) if said else None  # type: ignore[arg-type]
    who = span("Quill")
    named = SourceMention(who.start_char, who.end_char, who.text, source) if source else None
    return Claim(id=id, content=(content,), cue=made, source=named, **fields)


def span(words: str) -> Span:
    return at(words, within=STORY)


QUILL = Source(id="s-quill", name="Ada Quill", type="person", group="harbour", mentions=())


def three() -> Analysis:
    said, mixed = {"source": "s-quill", "form": "direct"}, {"source": "s-quill", "form": "mixed"}
    return told(
        claim("c1", "“We lost 16 boats,”", cue="said", **said),
        claim("c2", "the “so-called” harbour was 'closed'", cue="claimed", stance="distancing", **mixed),
        claim("c3", 'that "two" of the "three cranes" stand', cue="noted", stance="endorsing", **mixed),
        claim("c4", "“It is far from over, and nobody helps", form="direct"),
        replace(claim("c5", "Quill noted"), voice="outlet"),
        sources=(QUILL,),
    )


@pytest.mark.parametrize(
    ("table", "columns"),
    [(how_it_is_told, tables.TOLD_COLUMNS), (corroboration, tables.CORROBORATION_COLUMNS)],
)
def test_columns_and_dtypes_are_the_same_with_and_without_records(table: Any, columns: dict[str, str]) -> None:
    full, empty = table(analysis()), table(empty_analysis())
    assert len(full) > 0 and len(empty) == 0
    assert full.dtypes.astype(str).to_dict() == empty.dtypes.astype(str).to_dict() == columns


def test_a_source_is_a_row_with_its_cues_and_its_quoted_words_counted() -> None:
    quill, nobody = how_it_is_told(three()).to_dict("records")
    assert (quill["id"], quill["source"], quill["group"], quill["claims"]) == ("s-quill", "Ada Quill", "harbour", 3)
    assert [quill[name] for name in ("neutral", "endorsing", "distancing", "without_cue")] == [1, 1, 1, 0]
    assert [quill[name] for name in ("direct", "mixed", "indirect")] == [1, 2, 0]
    assert quill["cues"] == "claimed (1); noted (1); said (1)"
    assert quill["quoted"] == "We lost 16 boats,; so-called; two; three cranes"
    assert (quill["quoted_words"], quill["words"]) == (4 + 1 + 1 + 2, 4 + 5 + 7)
    assert quill["claim_ids"] == "c1; c2; c3"
    assert pd.isna(nobody["id"]) and nobody["claims"] == nobody["without_cue"] == 1
    assert nobody["quoted"] == "It is far from over, and nobody helps"  # the paragraph never closes it
    assert STORY[quill["start_char"] : quill["end_char"]].startswith("“We lost")


def test_a_rejected_claim_counts_nowhere_but_among_the_rejected() -> None:
    decisions = {one: Decision(one, "claim", answer) for one, answer in (("c2", "reject"), ("c1", "accept"))}
    row = how_it_is_told(three(), decisions).iloc[0]
    assert (row["claims"], row["accepted"], row["rejected"], row["distancing"]) == (2, 1, 1, 0)
    assert "so-called" not in row["quoted"] and "c2" not in row["claim_ids"]


def test_there_is_no_score_and_every_share_can_be_computed_from_counts() -> None:
    assert not {"score", "sentiment", "tone", "share"} & set(tables.TOLD_COLUMNS)
    row = how_it_is_told(analysis()).iloc[0]
    assert row["claims"] == row["neutral"] + row["endorsing"] + row["distancing"] + row["without_cue"]


def figure(id: str, reporter: str, **fields: Any) -> Quantity:
    army = at("Sylvania's army")
    known = {"value": 16, "low": 16, "high": 16, "unit": "tank", "category": "tanks", "measure": "losses"}
    known |= {"status": "unspecified", "affected": army, "date": ResolvedDate("2026-03-01")}
    place = at("16 tanks")
    return Quantity(place.start_char, place.end_char, place.text, id=id, reporter=reporter, **known | fields)


def reported(*figures: Quantity, sources: tuple[Source, ...] = ()) -> pd.DataFrame:
    return corroboration(reading(*figures, sources=sources)).set_index("id")


def reading(*figures: Quantity, sources: tuple[Source, ...] = ()) -> Analysis:
    return replace(analysis(), quantities=figures, sources=sources or GROUPS, claims=())


def source(id: str, group: str | None = None, *, kind: str = "organisation", cites: tuple[str, ...] = ()) -> Source:
    return Source(id=id, name=id.title(), type=kind, group=group, cites=cites)  # type: ignore[arg-type]


GROUPS = (
    source("ministry", "freedonia"),
    source("spokesman", "freedonia", kind="person"),
    source("hospital", "hospital"),
    source("agency", "agency", kind="media", cites=("spokesman",)),
    source("officials", kind="unnamed"),
    source("paper", "paper", cites=("officials",)),
    source("desk", "desk", kind="media", cites=("ministry", "hospital")),
)


def test_two_groups_on_the_same_thing_are_two_with_the_bounds_of_each() -> None:
    found = reported(figure("q1", "ministry", bound="gt", high=None), figure("q2", "hospital", value=9, low=9, high=9))
    assert list(found["subject"]) == [1, 1] and list(found["groups"]) == [2, 2]
    assert found.loc["q1", ["bound", "low", "group"]].tolist() == ["gt", 16, "freedonia"]
    assert pd.isna(found.loc["q1", "high"]) and found.loc["q2", "high"] == 9


@pytest.mark.parametrize(
    ("reporters", "groups"),
    [
        (("ministry", "spokesman"), 1),  # one group
        (("ministry", "agency"), 1),  # the agency has it from the ministry's spokesman
        (("agency", "hospital"), 2),
        (("ministry", "officials"), 1),  # who they are nobody can tell
        (("officials", "paper"), 0),
        (("ministry", "outlet"), 1),  # the outlet does not say from whom it has it
        (("outlet", "outlet"), 0),
        (("ministry", "spokesman", "agency", "hospital", "paper"), 2),
        (("desk",), 1),  # one report, whoever it rests on
        (("desk", "ministry"), 1),
        (("desk", "ministry", "hospital"), 2),  # what repeats both makes them no fewer
    ],
)
def test_only_independent_groups_are_counted(reporters: tuple[str, ...], groups: int) -> None:
    found = reported(*(figure(f"q{n}", reporter) for n, reporter in enumerate(reporters)))
    assert set(found["subject"]) == {1} and set(found["groups"]) == {groups}
    assert set(found["figures"]) == {len(reporters)}


@pytest.mark.parametrize(
    "difference",
    [
        {"status": "killed"},
        {"measure": "equipment"},
        {"unit": "vehicle"},
        {"category": "vehicles"},
        {"affected": at("Sylvania's defence ministry")},
        {"date": ResolvedDate("2026-03-02")},
    ],
    ids=lambda difference: next(iter(difference)),
)
def test_another_thing_confirms_nothing(difference: dict[str, Any]) -> None:
    found = reported(figure("q1", "ministry"), figure("q2", "hospital", **difference))
    assert found["subject"].nunique() == 2 and set(found["groups"]) == {1}


@pytest.mark.parametrize("lacking", ["category", "affected", "date"])
def test_what_the_text_leaves_open_equals_nothing_and_is_named(lacking: str) -> None:
    found = reported(figure("q1", "ministry", **{lacking: None}), figure("q2", "hospital", **{lacking: None}))
    assert found["subject"].nunique() == 2 and set(found["groups"]) == {1} and set(found["open"]) == {lacking}


def test_an_article_before_the_party_and_the_shape_of_an_apostrophe_make_no_other_party() -> None:
    text = "Sylvania's army lost 16 tanks, and the Sylvania’s Army 16 tanks.\n"
    place, *parties = (at(words, within=text) for words in ("16 tanks", "Sylvania's army", "the Sylvania’s Army"))
    figures = [
        replace(figure(f"q{n}", reporter), **vars(place), affected=party)
        for n, (reporter, party) in enumerate(zip(("ministry", "hospital"), parties, strict=True))
    ]
    found = Analysis(article(text), (), GROUPS, tuple(figures), (), (), analysis().pipeline)
    assert set(corroboration(found)["groups"]) == {2}


def test_a_rejected_figure_stays_and_confirms_nothing() -> None:
    one = reading(figure("q1", "ministry"), figure("q2", "hospital"))
    found = corroboration(one, {"q2": Decision("q2", "quantity", "reject")}).set_index("id")
    assert found.loc["q1", "groups"] == 1 and found.loc["q2", "groups"] == 0
    assert list(found["decision"]) == ["undecided", "reject"]


def test_sources_that_cite_each_other_in_a_circle_are_one_group() -> None:
    circle = (source("a", "one", cites=("b",)), source("b", "two", cites=("a",)))
    found = reported(figure("q1", "a"), figure("q2", "b"), sources=circle)
    assert set(found["groups"]) == {1}
