"""Articles side by side: what stands together and why, what was dropped, and how many origins there are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kit.analysis import analyse
from kit.articles import read_article
from kit.compare import (
    BRIEF_COLUMNS,
    CITED_COLUMNS,
    CLAIM_COLUMNS,
    DROPPED_COLUMNS,
    FIGURE_COLUMNS,
    ORIGIN_COLUMNS,
    Reading,
    brief_table,
    cited_table,
    dropped_table,
    origins_table,
    shared_claims_table,
    shared_figures_table,
)
from kit.compare.dropped import KINDS
from kit.compare.groups import Groups
from kit.compare.readings import compared
from kit.compare.words import shared_words, stems
from kit.decisions import Decision
from kit.records import Analysis, Article, Pipeline, Source

ROOT = Path(__file__).parents[1]
TABLES = {
    shared_figures_table: FIGURE_COLUMNS,
    shared_claims_table: CLAIM_COLUMNS,
    dropped_table: DROPPED_COLUMNS,
    origins_table: ORIGIN_COLUMNS,
    cited_table: CITED_COLUMNS,
    brief_table: BRIEF_COLUMNS,
}
WIRE = (
    "Flood cuts off Tarrow\n\n"
    "Vessland's Interior Ministry said at least 40 people were killed in the flood near Tarrow on Sunday. The ministry "
    "did not say how many were missing.\n\n"
    "The dam of Orrin may fail within days, Interior Ministry spokeswoman Ada Quill said. The report could not be "
    "independently verified.\n"
)
DAILY = """Forty dead as dam bursts

In the flood near Tarrow 40 people were killed on Sunday, officials said.

The dam of Orrin will fail within days.
"""
OTHER = """Flood in the north

More than 55 people were killed in the flood near Tarrow on Sunday, according to the Vesslandic Red Cross.

The Vesslandic Interior Ministry said that the dam of Orrin may fail within days.
"""


def reading(name: str, text: str, outlet: str | None = None) -> Reading:
    return Reading(name, analyse(read_article(text, published="2023-06-05", outlet=outlet)))


def source(name: str, *, at: int = 0, **facts: object) -> Source:
    return Source(id=f"s{name}{at}", name=name, **{"type": "organisation"} | facts)


def sources_only(name: str, *sources: Source) -> Reading:
    return Reading(name, Analysis(Article("x", name), (), sources, (), (), (), Pipeline("p", "1", "0")))


def united(*readings: Reading) -> list[set[str]]:
    """The names of the groups that are taken for one."""
    articles = compared(readings)
    groups = Groups(articles)
    found: dict[str | None, set[str]] = {}
    for one in articles:
        for each in one.analysis.sources:
            found.setdefault(groups.of(one, each), set()).add(each.id)
    return list(found.values())


@pytest.fixture(scope="module")
def three() -> list[Reading]:
    return [reading("a", WIRE, "Wire"), reading("b", DAILY, "Daily"), reading("c", OTHER, "Other")]


def test_the_same_figure_stands_together_with_each_bound_and_each_number(three: list[Reading]):
    figures = shared_figures_table(three)
    killed = figures[(figures["articles"] == 3) & (figures["status"] == "killed")]
    assert set(zip(killed["outlet"], killed["bound"], killed["value"], strict=True)) >= {
        ("Wire", "ge", 40.0),
        ("Daily", "exact", 40.0),
        ("Other", "gt", 55.0),
    }
    assert killed["figure"].nunique() == 1
    assert killed["why"].notna().all()


def test_what_was_dropped_is_listed_with_who_kept_it_and_what_stands_instead(three: list[Reading]):
    dropped = dropped_table(three)
    daily = dropped[dropped["dropped_by"] == "Daily"]
    found = {(row["kind"], row["words"]) for row in daily.to_dict("records")}
    assert ("bound", "at least 40 people") in found
    assert ("hedge", "may") in found
    assert {"source", "bound", "hedge", "caveat"} <= set(daily["kind"])
    assert "could not be independently verified" in " ".join(
        " ".join(daily[daily["kind"] == "caveat"]["words"]).split()
    )
    hedges = daily[daily["kind"] == "hedge"]
    assert set(hedges["instead"]) == {"The dam of Orrin will fail within days"}
    assert not ((dropped["dropped_by"] == "Other") & (dropped["kind"] == "hedge")).any()
    assert "Ada Quill" in set(dropped[(dropped["dropped_by"] == "Other") & (dropped["kind"] == "name")]["words"])


def test_the_gravest_stands_first_and_one_row_per_outlet_says_it_all(three: list[Reading]):
    dropped = dropped_table(three)
    for kinds in (list(rows["kind"]) for _, rows in dropped.groupby("dropped_by")):
        assert kinds == sorted(kinds, key=KINDS.index)
    brief = brief_table(three).set_index("outlet")
    assert list(brief.index) == ["Wire", "Daily", "Other"]
    assert brief.loc["Daily", "caveats"] == "not specified; not verified"
    assert brief.loc["Daily", "hedges"] == "“may”" and "became “40 people”" in brief.loc["Daily", "bounds"]
    assert brief.loc["Wire"].isna().all()


def test_one_caveat_in_two_outlets_words_is_dropped_once():
    said = ("The figure could not be verified.", "This agency was unable to confirm it.", "")
    texts = [f"Flood\n\nForty people were killed, officials said on Sunday. {one}\n" for one in said]
    dropped = dropped_table([reading(f"c{at}", text, f"Outlet {at}") for at, text in enumerate(texts)])
    (row,) = dropped[dropped["kind"] == "caveat"].to_dict("records")
    assert (row["kept_by"], row["dropped_by"]) == ("Outlet 0; Outlet 1", "Outlet 2")


def test_rows_lead_back_to_the_text(three: list[Reading]):
    texts = {one.name: one.analysis.article.text for one in three}
    figures, dropped = shared_figures_table(three), dropped_table(three)
    for row in figures.to_dict("records"):
        assert texts[row["case"]][row["start_char"] : row["end_char"]] == row["text"]
    for row in dropped[dropped["kind"].isin(["caveat", "bound"])].to_dict("records"):
        assert texts[row["case"]][row["start_char"] : row["end_char"]] == row["words"]


def test_outlets_with_one_origin_count_as_one_and_officials_for_nothing(three: list[Reading]):
    origins = origins_table(three)
    dam = origins[origins["what"].str.startswith("The dam of Orrin")].iloc[0]
    assert (dam["outlets"], dam["origins"], dam["nobody_cited"]) == (3, 1, "Daily")
    assert dam["counts_as"] == "3 outlets, one origin: counts as one"
    killed = origins[(origins["kind"] == "figure") & (origins["outlets"] == 3)].iloc[0]
    assert killed["origins"] == 2
    assert killed["unnamed"] == "officials"


def test_five_outlets_that_cite_one_ministry_under_five_names_are_one_origin():
    names = [
        "Vessland's Interior Ministry",
        "the Vesslandic Interior Ministry",
        "Interior Ministry spokeswoman Ada Quill",
        "the Interior Ministry of Vessland",
        "Ada Quill of the Vesslandic Interior Ministry",
    ]
    text = "Flood\n\n{} said 40 people were killed in Tarrow on Sunday.\n"
    readings = [reading(str(n), text.format(name)) for n, name in enumerate(names)]
    rows = origins_table(readings)
    figure = rows[rows["kind"] == "figure"].iloc[0]
    assert (figure["outlets"], figure["origins"]) == (5, 1)


def test_a_small_number_of_people_elsewhere_is_another_figure():
    texts = ["One person was hurt at the harbour of Tarrow.", "In Orrin, one person was hurt when a choir sang."]
    figures = shared_figures_table([reading(str(n), text) for n, text in enumerate(texts)])
    assert len(figures) == 2
    assert set(figures["articles"]) == {1}


def test_groups_are_one_by_words_by_side_and_by_person_and_unnamed_ones_never():
    russia, ukraine = source("Defence Ministry", side="Russia"), source("Ukrainian Defence Ministry", side="Ukraine")
    full, bare = source("Russian Defence Ministry"), source("Defence Ministry", at=1)
    assert united(sources_only("a", russia), sources_only("b", full)) == [{russia.id, full.id}]
    assert len(united(sources_only("a", full), sources_only("b", ukraine), sources_only("c", bare))) == 3
    assert united(sources_only("a", full), sources_only("c", bare)) == [{full.id, bare.id}]
    officials = [source("officials", at=n, type="unnamed") for n in range(2)]
    assert len(united(*(sources_only(str(n), one) for n, one in enumerate(officials)))) == 2
    chiefs = source("Ada Quill", type="person", group="Harbour Board")
    alone = source("Ada Quill", at=1, type="person")
    assert len(united(sources_only("a", chiefs), sources_only("b", alone))) == 1
    assert len(united(sources_only("a", source("Quill")), sources_only("b", source("Quill Bank")))) == 2


def test_what_cites_another_source_has_that_ones_origin_also_in_a_circle():
    ministry = source("Interior Ministry")
    agency = source("Wire", cites=(ministry.id,), type="media")
    ring = [source("One", cites=("sTwo0",)), source("Two", cites=("sOne0",))]
    (article,) = compared([sources_only("a", ministry, agency, *ring)])
    groups = Groups([article])
    assert groups.origins(article, agency) == {"Interior Ministry": True}
    assert groups.origins(article, ring[0]) == {}


def test_decisions_count_and_rejected_figures_are_gone():
    one = reading("a", WIRE)
    figure = next(q for q in one.analysis.quantities if q.value == 40)
    no = Decision(
        target=figure.id, record="quantity", answer="reject", annotator="me", created="", events=("e",), value={}
    )
    rejected = Reading("a", one.analysis, {figure.id: no})
    assert figure.id in set(shared_figures_table([one])["id"])
    assert figure.id not in set(shared_figures_table([rejected])["id"])


def test_articles_of_one_outlet_are_told_apart_and_of_one_name_refused():
    twice = [reading("a", WIRE, "Wire"), reading("b", DAILY, "Wire")]
    assert set(cited_table(twice)["outlet"]) == {"Wire (a)", "Wire (b)"}
    with pytest.raises(ValueError, match="called 'a'"):
        cited_table([twice[0], twice[0]])


@pytest.mark.parametrize("texts", [[], [""], ["x", "It rained."], [WIRE], ["=cmd()|'!A1' said <b>16</b> tanks."] * 2])
def test_tables_have_their_columns_whatever_is_compared(texts: list[str]):
    readings = [reading(str(n), text or "x") for n, text in enumerate(texts)]
    for table, columns in TABLES.items():
        assert list(table(readings)) == list(columns)


def test_words_are_the_same_by_their_first_letters_and_numbers_as_a_whole():
    assert stems("The Ukrainians' attack") == stems("Ukraine attacked")
    assert stems("16 tanks") != stems("160 tanks")
    assert stems("Russia’s ministry") == stems("Russian Ministry")
    assert shared_words("Tanks attacked; tanks fell.", frozenset(stems("tank attack"))) == ["Tanks", "attacked"]
    assert shared_words("Tanks attacked; tanks fell.", frozenset(stems("tanks attack"))) == ["Tanks", "attacked"]


@pytest.mark.slow
def test_the_notebook_runs_headless_on_the_cases_that_it_is_given(tmp_path: Path):
    for name, text in {"a": WIRE, "b": DAILY, "c": OTHER}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        command = [
            "new",
            tmp_path / "cases" / name,
            tmp_path / f"{name}.txt",
            "--published",
            "2023-06-05",
            "--outlet",
            f"Outlet {name}",
        ]
        subprocess.run([sys.executable, "-m", "kit.cli", *map(str, command)], check=True, capture_output=True)
    folders = os.pathsep.join(str(tmp_path / "cases" / name) for name in "abc")
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--output-dir", str(tmp_path)]
    done = subprocess.run(
        [*command, "notebooks/05_compare.ipynb"], cwd=ROOT, env={**os.environ, "KIT_CASES": folders},
        capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "05_compare.html").read_text(encoding="utf-8")
    for words in ("at least 40 people", "counts as one", "Ada Quill", "Outlet c"):
        assert words in html
