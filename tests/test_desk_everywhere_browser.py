"""The tagging desk for everybody and everywhere: spoken, checked by axe, in Notebook 7, without a kernel.

``tests/desk.aria.yml`` is what a screen reader is given; with ``KIT_RENEW=1`` it is written anew, to be read in a diff.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import browser_page, command, jupyterlab, playwright
from desk import cells, choose, open_desk, saved, select_words, shot, small_desk

pytestmark = pytest.mark.slow

expect = playwright.expect
SPOKEN = Path(__file__).with_name("desk.aria.yml")
# What has no text in it, and what only people with one kind of sight meet, is checked too: all rules of axe.
AXE = "axe.run(document.querySelector('.kit-desk'), { resultTypes: ['violations'] })"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """The small desk, opened once in JupyterLab for tests that leave it as it was: its page, and the desk."""
    root, home = tmp_path_factory.mktemp("spoken"), tmp_path_factory.mktemp("home")
    desk = small_desk(root / "desk")
    with jupyterlab(root, home) as url, browser_page(viewport={"width": 1280, "height": 1000}) as (page, _):
        open_desk(page, url, desk.path(root))
        yield page, desk


def test_a_screen_reader_is_given_the_desk_in_words(lab: tuple[Any, Any]) -> None:
    page, _ = lab
    if os.environ.get("KIT_RENEW"):
        SPOKEN.write_text(page.locator(".kit-desk").aria_snapshot() + "\n", encoding="utf-8")
    expect(page.locator(".kit-desk")).to_match_aria_snapshot(SPOKEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_wrong(lab: tuple[Any, Any], theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="the check needs axe-playwright-python")
    page, _ = lab
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    page.wait_for_function(
        """light => {
            const [red] = getComputedStyle(document.querySelector('.kit-desk')).backgroundColor.match(/[0-9]+/);
            return red > 127 === light && document.body.dataset.jpThemeLight === String(light);
        }""",
        arg="Light" in theme,
    )
    page.evaluate(Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    found = {}
    for name, key in (("Claim 1", "e"), ("Claim 1", "g"), ("Claim 1", "m"), ("Claim 1", "c"), ("Figure 1", "l"),
                      ("Figure 1", "e"), ("Figure 1", "f"), ("Claim 2", "?")):  # fmt: skip
        choose(page, name)
        page.keyboard.press(key)
        found[name, key] = violations(page)
        shot(page, f"axe-{theme.split()[-1]}-{name.replace(' ', '')}-{'help' if key == '?' else key}")
        page.keyboard.press("Escape")
    select_words(page, "horrific")
    found["selection", ""] = violations(page)
    shot(page, f"axe-{theme.split()[-1]}-selection")
    page.keyboard.press("Escape")
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def violations(page: Any) -> list[str]:
    """Rules that axe says are broken, with the first element that breaks each."""
    broken = page.evaluate(f"async () => (await {AXE}).violations")
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in broken]


def test_the_focus_is_always_in_sight(lab: tuple[Any, Any]) -> None:
    page, _ = lab
    page.get_by_role("document", name="Article").focus()
    page.keyboard.press("Tab")
    for _ in range(12):
        style, width = page.evaluate(
            "(({ outlineStyle, outlineWidth }) => [outlineStyle, outlineWidth])"
            "(getComputedStyle(document.activeElement))"
        )
        focused = page.evaluate("document.activeElement.outerHTML")
        assert (style != "none", float(width.removesuffix("px")) >= 2) == (True, True), focused
        page.keyboard.press("Tab")


def test_the_desk_works_in_notebook_7(lab: tuple[Any, Any], tmp_path: Path) -> None:
    pytest.importorskip("notebook", reason="the test needs Notebook 7")
    root, home = tmp_path / "root", tmp_path / "home"
    home.mkdir()
    desk = small_desk(root / "desk")
    page = lab[0].context.new_page()
    with jupyterlab(root, home, app="notebook") as url:
        open_desk(page, url, desk.path(root), at="notebooks")
        page.get_by_role("document", name="Article").focus()
        before = cells(page)
        saved(page, lambda: page.keyboard.press("a"))
        page.keyboard.press("b")
        select_words(page, "horrific")
        saved(page, page.get_by_role("button", name="Tag as loaded word").click)
        shot(page, "notebook-7")
        assert cells(page) == before
        page.close()
    assert [event.action for event in desk.events()] == ["accept", "add"]


def test_a_saved_notebook_shows_marks_and_a_table_without_a_kernel(lab: tuple[Any, Any], tmp_path: Path) -> None:
    page, desk = lab
    command(page, "docmanager:save")
    expect(page.locator(".kit-still")).to_be_hidden()  # the desk is there
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.reload()
    page.locator(".kit-still mark", has_text="The bridge was hit twice").wait_for()
    expect(page.locator(".jp-OutputArea").get_by_role("table")).to_contain_text("at least 40 lorries")
    missing = page.get_by_text("model not found")
    missing.wait_for(state="attached")
    expect(missing).to_be_hidden()
    shot(page, "reopened")
    nbconvert = pytest.importorskip("nbconvert", reason="the static page needs nbconvert")
    notebook = nbformat.read(desk.folder / desk.notebook, as_version=4)
    html, _ = nbconvert.HTMLExporter(mathjax_url="", require_js_url="").from_notebook_node(notebook)
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page, asked = page.context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.locator("mark", has_text="The bridge was hit twice")).to_be_visible()
    assert len(page.get_by_role("row").all()) == 1 + 3
    shot(page, "static")
    page.close()
    assert [one for one in asked if not one.startswith("file:")] == []
