"""What a reader sees: the report without a network, and every notebook in a real JupyterLab."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from browser import REPOSITORY, browser_page, is_local, jupyterlab, playwright, run_notebook

from kit.cases import create_case, open_case
from kit.report import write_report
from kit.workspace import NOTEBOOKS, sample_case

pytestmark = pytest.mark.slow

HOSTILE = """<script>document.title = "caught"</script> rules: Quill

Mayor Ada Quill said that <img src=x onerror="document.title='caught'"> the river took 12 houses.

<svg onload="document.title='caught'"><animate onbegin="document.title='caught'"/></svg> killed 12 people, Quill said.

Quill said that </style></mark></main><style>* { display: none !important }</style> 40 houses were destroyed.

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
        drawn = page.locator("figure img").evaluate_all("all => all.map(one => one.complete && one.naturalWidth > 500)")
        assert drawn and all(drawn)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert said == []


def test_the_first_screen_says_who_claims_what_and_what_is_not_confirmed(report: Path) -> None:
    for viewport in ({"width": 1280, "height": 900}, {"width": 390, "height": 844}):
        with browser_page(offline=True, viewport=viewport) as (page, _):
            page.goto(report.as_uri())
            for words in ("No claim is independently confirmed", "Russian Defence Ministry", "more than 250 personnel"):
                playwright.expect(page.get_by_text(words).first).to_be_in_viewport()
            playwright.expect(page.get_by_text("not independently confirmed (0 of 1").first).to_be_in_viewport()


def test_on_a_phone_nothing_scrolls_sideways_and_each_value_has_its_heading(report: Path) -> None:
    with browser_page(offline=True, viewport={"width": 390, "height": 844}) as (page, _):
        page.goto(report.as_uri())
        wide = """() => [...document.querySelectorAll('main, main *')]
            .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.kit-table thead'))
            .map(one => one.outerHTML.slice(0, 80))"""
        assert page.evaluate(wide) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        heading = "cell => getComputedStyle(cell, '::before').content"
        assert page.locator("td[data-label=Says]").first.evaluate(heading) == '"Says"'


def test_printed_the_report_keeps_its_charts_whole_and_says_on_each_page_that_a_claim_is_no_fact(
    report: Path, tmp_path: Path
) -> None:
    with browser_page(offline=True) as (page, _):
        page.goto(report.as_uri())
        charts = page.locator("figure img").count()
        page.pdf(path=tmp_path / "report.pdf", print_background=True)
    with pdfium.PdfDocument(tmp_path / "report.pdf") as document:
        pages = [printed(document[i]) for i in range(len(document))]
    assert 3 < len(pages) < 20
    assert all("A claim in this report is not a fact" in text for text, _ in pages)
    assert "No claim is independently confirmed" in pages[0][0] and "more than 250 personnel" in pages[0][0]
    assert "The chart in words" not in "".join(text for text, _ in pages)
    images = [image for _, found in pages for image in found]
    assert len(images) == charts  # each on one page: none is cut in two
    assert all(left >= 0 and bottom >= 0 and right <= 1 and top <= 1 for left, bottom, right, top in images)


def printed(page: pdfium.PdfPage) -> tuple[str, list[tuple[float, float, float, float]]]:
    """The text of a printed page, and where its images are: left, bottom, right, top as shares of the page."""
    width, height = page.get_size()
    images = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])
    places = [image.get_bounds() for image in images]
    return page.get_textpage().get_text_bounded(), [
        (left / width, bottom / height, right / width, top / height) for left, bottom, right, top in places
    ]


def test_the_article_lies_on_the_paper_of_the_page(report: Path) -> None:
    with browser_page(offline=True, color_scheme="dark") as (page, _):
        page.goto(report.as_uri())
        paper = page.locator(".kit-article").evaluate("article => getComputedStyle(article).backgroundColor")
        assert paper == "rgba(0, 0, 0, 0)"


def test_a_sentence_a_row_and_a_cell_of_the_report_lead_to_their_words(report: Path) -> None:
    with browser_page(offline=True) as (page, _):
        for place in (".kit-group", ".kit-table td:first-child", ".kit-table td"):
            page.goto(report.as_uri())
            page.locator(f"{place} a", has_text="more than 250 personnel").first.click()
            playwright.expect(page.locator("mark:target")).to_contain_text("more than 250 personnel")
            playwright.expect(page.locator("mark:target")).to_be_in_viewport()
        page.goto(report.as_uri())
        cells = page.locator(".kit-table:has(caption:text('Every figure')) tbody td")
        assert cells.locator("a").count() == cells.count() > 20
        told = page.locator(".kit-group li")
        assert told.count() == page.locator(".kit-group li:has(a)").count() > 5


def test_the_keyboard_stops_once_in_each_row(report: Path) -> None:
    with browser_page(offline=True) as (page, _):
        page.goto(report.as_uri())
        rows = page.locator(".kit-table:has(caption:text('Every figure')) tbody tr")
        stops = rows.evaluate_all(
            "all => all.map(row => [...row.querySelectorAll('a')].filter(a => a.tabIndex >= 0).length)"
        )
        assert stops and set(stops) == {1}


def test_hostile_text_runs_nothing_in_the_report(tmp_path: Path) -> None:
    page_file = write_report(create_case(tmp_path / "case", HOSTILE.encode()), tmp_path / "out").page
    with browser_page(offline=True, bypass_csp=True) as (page, asked):  # the escaping alone has to hold
        page.goto(page_file.as_uri())
        page.get_by_text("The end").first.click()
        assert page.locator("main").evaluate("one => one.querySelectorAll('script, svg, style, iframe').length") == 0
        assert page.locator("main img:not([src^='data:image/png'])").count() == 0
        playwright.expect(page.locator("h1")).to_be_visible()  # no style of the article hides the page
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
