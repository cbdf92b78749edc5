"""What a reader sees: the report without a network, and every notebook in a real JupyterLab."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browser import REPOSITORY, browser_page, is_local, jupyterlab, playwright, run_notebook

from kit.cases import create_case, open_case
from kit.report import write_report
from kit.workspace import NOTEBOOKS, sample_case

pytestmark = pytest.mark.slow

HOSTILE = """<script>document.title = "caught"</script> rules: Quill

Mayor Ada Quill said that <img src=x onerror="document.title='caught'"> the river took 12 houses.

<a href="javascript:alert(1)" onclick="document.title='caught'">The end</a> \u202egnihtyreve\u202c.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(open_case(sample_case()), tmp_path_factory.mktemp("report")).page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_shows_article_table_and_chart_and_asks_for_nothing(report: Path, scheme: str) -> None:
    with browser_page(offline=True, color_scheme=scheme) as (page, asked):
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(report.as_uri())
        playwright.expect(page.get_by_role("heading", level=1).first).to_contain_text("Washington follows the war")
        playwright.expect(page.get_by_role("cell", name="Konashenkov").first).to_be_visible()
        assert page.locator("mark").count() > 20
        assert page.locator("figure img").evaluate("image => image.complete && image.naturalWidth > 500")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert said == []


def test_on_a_phone_no_table_scrolls_sideways_and_each_value_has_its_heading(report: Path) -> None:
    with browser_page(offline=True, viewport={"width": 390, "height": 844}) as (page, _):
        page.goto(report.as_uri())
        wide = """() => [...document.querySelectorAll('.output_area')]
            .filter(area => area.scrollWidth > area.clientWidth).map(area => area.innerText.slice(0, 40))"""
        assert page.evaluate(wide) == []
        heading = "cell => getComputedStyle(cell, '::before').content"
        assert page.locator("td[data-label=Says]").first.evaluate(heading) == '"Says"'


def test_the_article_lies_on_the_paper_of_the_page(report: Path) -> None:
    with browser_page(offline=True, color_scheme="dark") as (page, _):
        page.goto(report.as_uri())
        paper = page.locator(".kit-article").evaluate("article => getComputedStyle(article).backgroundColor")
        assert paper == "rgba(0, 0, 0, 0)"


def test_a_row_of_the_report_leads_to_its_words(report: Path) -> None:
    with browser_page(offline=True) as (page, _):
        page.goto(report.as_uri())
        page.get_by_role("link", name="more than 250 personnel").click()
        playwright.expect(page.locator("mark:target")).to_contain_text("more than 250 personnel")
        playwright.expect(page.locator("mark:target")).to_be_in_viewport()


def test_hostile_text_runs_nothing_in_the_report(tmp_path: Path) -> None:
    page_file = write_report(create_case(tmp_path / "case", HOSTILE.encode()), tmp_path / "out").page
    with browser_page(offline=True) as (page, asked):
        page.goto(page_file.as_uri())
        page.get_by_text("The end").first.click()
        playwright.expect(page.locator("article, .kit-article").first).to_contain_text("onerror=")
        assert page.title() != "caught"
        assert len(asked) == 1 + sum(url.startswith("data:") for url in asked)


def test_every_notebook_runs_to_its_end_in_jupyterlab(tmp_path: Path) -> None:
    folder, home = tmp_path / "desk", tmp_path / "home"
    shutil.copytree(REPOSITORY / "notebooks", folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "*.lock"))
    home.mkdir()
    with jupyterlab(folder, home) as url, browser_page() as (page, asked):
        for name in NOTEBOOKS:
            run_notebook(page, url, f"{name}.ipynb")
            page.wait_for_function(
                "window.jupyterapp.shell.currentWidget.content.widgets.at(-1).model.executionCount > 0"
            )
            outputs = page.evaluate(
                """() => Array.from(window.jupyterapp.shell.currentWidget.content.model.cells)
                    .flatMap(cell => cell.outputs ? cell.outputs.toJSON() : [])"""
            )
            assert [output.get("evalue") for output in outputs if output["output_type"] == "error"] == [], name
            assert outputs, name
        assert [request for request in asked if not is_local(request)] == []
