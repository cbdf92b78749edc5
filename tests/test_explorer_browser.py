"""The explorer in a real JupyterLab: choose, switch, read a figure in its paragraph, save a view, run headless.

Set ``KIT_SHOTS`` to a folder to keep a picture of each step.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from browser import LONG, REPOSITORY, browser_page, is_local, jupyterlab, playwright, run_notebook
from desk import cells, shot
from explorer_case import flood_case

from kit.views import read_views

pytestmark = pytest.mark.slow

expect = playwright.expect


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_figures_are_explored_with_the_keyboard_and_a_saved_view_is_drawn_headless(tmp_path: Path, theme: str) -> None:
    home, look = tmp_path / "home", theme.split()[-1].lower()
    home.mkdir()
    folder = flood_case(tmp_path / "root" / "flood")
    with jupyterlab(folder, home, theme=theme) as url, browser_page(viewport={"width": 1280, "height": 1500}) as found:
        page, asked = found
        run_notebook(page, url, "explorer.ipynb")
        explorer = page.get_by_role("group", name="Explore the figures")
        rows = explorer.get_by_role("option", name=";")
        expect(rows).to_have_count(4, timeout=LONG)
        before = cells(page)
        chosen_by_keyboard(page, explorer, rows, look)
        unhandled_keys_stay_here(page, explorer, before)
        assert violations(page) == []
        switched_and_saved(page, explorer, look)
        expect(explorer.get_by_role("status").filter(has_text="is saved")).to_be_visible()
        saved_as_files(page, explorer)
        assert [one for one in asked if not is_local(one)] == []
    (view,) = read_views(folder)
    assert (view["name"], view["chart"], view["measure"], view["policy"]) == ("Losses", "by-source", "losses", "ACLED")
    page_of_it = headless(folder)
    assert "<h3>Losses</h3>" in page_of_it and "<img alt=" in page_of_it and "dozens of lorries" in page_of_it


def chosen_by_keyboard(page: Any, explorer: Any, rows: Any, look: str) -> None:
    """A row by arrows and Enter: the sentence stands below the chart with the figure marked."""
    shot(page, f"explorer-{look}-first")
    rows.first.focus()
    page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    name = rows.first.get_attribute("aria-label")
    page.keyboard.press("Enter")
    passage = explorer.get_by_role("region", name="The chosen row in its paragraph")
    expect(passage).to_be_visible()
    expect(rows.first).to_have_attribute("aria-selected", "true")
    expect(rows.first).to_be_focused()
    figure = passage.locator("mark.kit-chosen")
    assert figure.first.inner_text() == name.split(";")[0]
    expect(passage.locator("mark.kit-source")).to_have_text("The port office")
    expect(passage).to_contain_text("told (neutral)")
    expect(explorer.get_by_role("status").filter(has_text="Chosen:")).to_be_visible()
    shot(page, f"explorer-{look}-chosen")


def unhandled_keys_stay_here(page: Any, explorer: Any, before: int) -> None:
    focusable = explorer.locator(":is(button, input, select, textarea, [tabindex])")
    assert focusable.evaluate_all("all => all.filter((one) => !one.dataset.lmSuppressShortcuts).length") == 0
    for key in "abdy":
        page.keyboard.press(key)
    explorer.get_by_role("button", name="Save PNG").focus()
    page.keyboard.press("b")
    assert cells(page) == before


def switched_and_saved(page: Any, explorer: Any, look: str) -> None:
    """Filters, grouping and policy through their labels; then the view by name."""
    rows = explorer.get_by_role("option", name=";")
    image = explorer.locator("img")
    explorer.get_by_label("Measure").select_option("losses")
    expect(rows).to_have_count(3)
    expect(explorer.get_by_role("region", name="The chosen row in its paragraph")).to_be_hidden()
    explorer.get_by_label("Vague numbers").select_option("ACLED's convention")
    explorer.get_by_label("Logarithmic axis").check()
    expect(image).to_have_attribute("alt", holds("Chosen: measure: losses"))
    explorer.get_by_label("Chart", exact=True).select_option("Timeline")
    expect(rows).to_have_count(2)
    expect(explorer.get_by_label("Vague numbers")).to_be_disabled()
    rows.last.click()
    expect(explorer.locator(".kit-passage mark.kit-chosen")).to_have_text("June 3")
    shot(page, f"explorer-{look}-timeline")
    explorer.get_by_label("Chart", exact=True).select_option("Claimed beside confirmed")
    explorer.get_by_label("At least").fill("5")
    explorer.get_by_role("button", name="Enter this floor").click()
    expect(explorer.get_by_role("alert").filter(has_text="needs its source and its date")).to_be_visible()
    explorer.get_by_label("Confirmed by").fill("harbour photographs")
    explorer.get_by_label("As of").fill("2023-06-09")
    explorer.get_by_role("button", name="Enter this floor").click()
    expect(explorer.get_by_role("button", name="Remove lorries: at least 5")).to_be_visible()
    expect(image).to_have_attribute("alt", holds("harbour photographs"))
    shot(page, f"explorer-{look}-confirmed")
    explorer.get_by_role("button", name="Remove lorries: at least 5").click()
    explorer.get_by_label("Chart", exact=True).select_option("By source group")
    expect(rows).to_have_count(2)
    explorer.get_by_label("Category").select_option("lorries")
    expect(rows).to_have_count(1)
    explorer.get_by_role("button", name="Save this view").click()
    expect(explorer.get_by_role("alert").filter(has_text="needs a name")).to_be_visible()
    explorer.get_by_label("Name", exact=True).fill("Losses")
    explorer.get_by_role("button", name="Save this view").click()
    expect(explorer.get_by_label("Saved view")).to_have_value("Losses")
    shot(page, f"explorer-{look}-saved")


def violations(page: Any) -> list[str]:
    """Rules that axe says the explorer breaks, with the first element that breaks each."""
    axe = pytest.importorskip("axe_playwright_python", reason="the check needs axe-playwright-python")
    page.evaluate(Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document.querySelector('.kit-explorer'), { resultTypes: ['violations'] })")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def saved_as_files(page: Any, explorer: Any) -> None:
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<?xml")):
        with page.expect_download() as download:
            explorer.get_by_role("button", name=f"Save {kind}").click()
        assert download.value.suggested_filename.endswith(f".{kind.lower()}")
        assert Path(download.value.path()).read_bytes().startswith(start)


def headless(folder: Path) -> str:
    """The notebook run by nbconvert, as a page."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "explorer.ipynb", "--output", "out.html"]
    where = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    subprocess.run(command, cwd=folder, env=where, check=True, capture_output=True)
    return (folder / "out.html").read_text(encoding="utf-8")


def holds(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))
