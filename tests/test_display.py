"""Tables for reading: words for codes, escaped text, links to the marks; the exported table keeps its codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pandas as pd
from examples import analysis, empty_analysis

from kit.display import CLAIMS, FIGURES, LOG, show_facts, show_table
from kit.exports import write_csv
from kit.records import BOUND_WORDS, Bound
from kit.tables import annotations_table, claims_table, quantities_table


def cells(html: str, heading: str) -> list[str]:
    """The text of each cell under a heading."""
    found = re.findall(rf'<td[^>]*data-label="{re.escape(heading)}"[^>]*>(.*?)</td>', html)
    return [re.sub("<[^>]*>", "", cell) for cell in found]


def test_every_bound_has_its_words_and_no_two_have_the_same() -> None:
    assert set(BOUND_WORDS) == set(get_args(Bound))
    assert len(set(BOUND_WORDS.values())) == len(BOUND_WORDS)


def test_a_reader_sees_the_bound_in_words_and_the_export_keeps_the_code(tmp_path: Path) -> None:
    figures = quantities_table(analysis())
    shown = show_table(figures, FIGURES)
    assert cells(shown._repr_html_(), "Bound") == ["no number given", "more than", "as stated", "about"]
    assert "more than" in repr(shown) and " gt " not in repr(shown)
    assert list(figures["bound"]) == ["vague", "gt", "exact", "approx"]
    path = write_csv(figures, tmp_path / "quantities.csv")
    assert list(pd.read_csv(path, encoding="utf-8-sig")["bound"]) == ["vague", "gt", "exact", "approx"]


def test_a_bound_that_is_missing_or_unknown_is_shown_as_it_is() -> None:
    figures = quantities_table(analysis())
    figures["bound"] = pd.Series([None, "perhaps", "gt", "gt"], dtype="string")
    shown = cells(show_table(figures, FIGURES)._repr_html_(), "Bound")
    assert shown == ["\u2013", "perhaps", "more than", "more than"]


def test_every_cell_carries_its_heading_for_a_narrow_page() -> None:
    claims = claims_table(analysis())
    html = show_table(claims, CLAIMS, link="id")._repr_html_()
    assert re.findall(r'data-label="(.*?)"', html) == list(CLAIMS.values()) * len(claims)
    assert cells(html, "Source") == ["Ana Reyes", "Defence Ministry of Sylvania"]


def test_text_is_escaped_and_the_first_cell_leads_to_its_mark() -> None:
    frame = pd.DataFrame({"id": ['"><script>'], "content": ["<b>&"], "n": [None]})
    html = show_table(frame, {"n": '"#"', "content": "<Says>"}, link="id")._repr_html_()
    assert '<a href="#m-&quot;&gt;&lt;script&gt;">\u2192</a>' in html
    assert "<script" not in html and "&lt;b&gt;&amp;" in html and 'data-label="&lt;Says&gt;"' in html


def test_an_empty_table_says_so_and_a_missing_fact_is_shown_as_missing() -> None:
    assert repr(show_table(claims_table(empty_analysis()), CLAIMS, empty="Nobody is cited.")) == "Nobody is cited."
    assert repr(show_table(annotations_table([]), LOG)) == "Nothing here."
    assert '<th scope="row">URL</th><td class="none">\u2013</td>' in show_facts({"URL": None})._repr_html_()


def test_every_cell_of_a_row_leads_to_its_mark_and_the_keyboard_stops_at_the_first() -> None:
    claims = claims_table(analysis())
    html = show_table(claims, CLAIMS, link="id", caption="Who says <what>")._repr_html_()
    assert html.count("<a href=") == len(CLAIMS) * len(claims) and html.count('tabindex="-1"') == 2 * (len(CLAIMS) - 1)
    assert "<caption>Who says &lt;what&gt;</caption>" in html


def test_a_record_without_a_mark_has_no_link_and_one_may_lead_to_anothers() -> None:
    claims = claims_table(analysis())
    html = show_table(claims, CLAIMS, link="id", marks={"claim-reyes": "elsewhere"})._repr_html_()
    assert html.count('href="#m-elsewhere"') == len(CLAIMS) and "claim-ministry" not in html


def test_a_range_shows_both_its_ends_and_the_table_keeps_its_numbers() -> None:
    figures = quantities_table(analysis()).assign(value=pd.NA, low=1000, high=2500.5)
    assert set(cells(show_table(figures, FIGURES)._repr_html_(), "Value")) == {"1,000 to 2,500.5"}
    assert figures["value"].isna().all()


def test_decisions_are_said_in_words() -> None:
    claims = claims_table(analysis()).assign(decision=["accept", "ignore"])
    assert cells(show_table(claims, CLAIMS)._repr_html_(), "Decision") == ["accepted", "left open"]
