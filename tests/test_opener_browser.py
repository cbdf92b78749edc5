"""The first notebook takes an article: in a real JupyterLab, with the keyboard, as a new user would.

Set ``KIT_SHOTS`` to a folder to keep a picture of each step.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from browser import LONG, REPOSITORY, browser_page, command, is_local, jupyterlab, playwright, run_notebook
from desk import shot

from kit.cases import open_case

pytestmark = pytest.mark.slow

expect = playwright.expect
PASTED = "Bridge closed\n\nThe river rose by two metres yesterday, Mayor Ada Quill said.\n\nNobody was hurt.\n"
PAGE = (
    '<html><head><title>Ferry <img src=x onerror="document.title=1"> stopped</title>'
    '<meta property="article:published_time" content="2023-06-05T08:00:00Z"></head><body><article>'
    "<h1>Ferry stopped</h1><p>The ferry lost 12 lorries in the storm, Captain Bo Hale said on Monday in Port Vela. "
    "Nobody was hurt, and the port is open again.</p></article></body></html>"
)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_an_article_is_handed_in_and_the_notebook_works_on_it(tmp_path: Path, theme: str) -> None:
    folder, home = tmp_path / "desk", tmp_path / "home"
    ignored = shutil.ignore_patterns(".ipynb_checkpoints", "*.lock", "my-sample")
    shutil.copytree(REPOSITORY / "notebooks", folder, ignore=ignored)
    home.mkdir()
    (tmp_path / "ferry.html").write_text(PAGE, encoding="utf-8")
    look = theme.split()[-1].lower()
    with jupyterlab(folder, home, theme=theme) as url, browser_page(viewport={"width": 1280, "height": 1100}) as found:
        page, asked = found
        run_notebook(page, url, "01_read.ipynb")
        opener = page.locator(".kit-opener")
        opener.wait_for()
        pasted_by_keyboard(page, opener, look)
        case = open_case(folder / "cases" / "bridge-closed")
        assert case.article.text == PASTED and str(case.article.published) == "2023-06-05"
        uploaded(page, opener, tmp_path / "ferry.html", look)
        made = open_case(folder / "cases" / "the-ferry")
        assert str(made.article.published) == "2023-06-05" and made.info["original_name"] == "ferry.html"
        assert page.title() != "1" and [one for one in asked if not is_local(one)] == []


def pasted_by_keyboard(page: Any, opener: Any, look: str) -> None:
    """From the first control to the case without a mouse."""
    opener.get_by_role("radio", name="Upload a file").focus()
    page.keyboard.press("ArrowDown")
    expect(opener.get_by_role("radio", name="Paste the text")).to_be_checked()
    expect(opener.get_by_role("textbox", name="Text")).to_be_visible(timeout=LONG)  # the cells below still run
    page.keyboard.press("Tab")
    expect(opener.get_by_role("textbox", name="Text")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(opener.get_by_role("alert")).to_contain_text("Paste the text first")
    page.keyboard.press("Shift+Tab")
    page.keyboard.insert_text(PASTED)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(opener.get_by_role("textbox", name="Title")).to_have_value("Bridge closed", timeout=LONG)
    shot(page, f"opener-{look}-asked")
    expect(opener.get_by_role("status")).to_contain_text("words")
    expect(opener.get_by_text("none is guessed")).to_be_visible()
    opener.get_by_role("button", name="Make the case").focus()
    page.keyboard.press("Enter")
    expect(opener.get_by_role("alert")).to_contain_text("Choose the publication date")
    expect(opener.get_by_label("Published")).to_be_focused()
    shot(page, f"opener-{look}-refused")
    opener.get_by_label("Published").fill("2023-06-05")
    opener.get_by_role("button", name="Make the case").focus()
    page.keyboard.press("Enter")
    expect(opener.get_by_text('CASE = "cases/bridge-closed"')).to_be_visible(timeout=LONG)
    expect(opener.get_by_text('CASE = "cases/bridge-closed"')).to_be_in_viewport()
    shot(page, f"opener-{look}-made")
    assert page.evaluate("window.jupyterapp.shell.currentWidget.content.model.cells.length") == cells_of_the_notebook()
    command(page, "notebook:run-all-cells")
    expect(page.get_by_role("cell", name="Bridge closed", exact=True).first).to_be_visible(timeout=LONG)


def uploaded(page: Any, opener: Any, path: Path, look: str) -> None:
    """A page that states its date is not asked for one; its hostile title is text."""
    opener.get_by_role("radio", name="Upload a file").check()
    with page.expect_file_chooser() as chosen:
        opener.get_by_role("button", name="Choose a file").click()
    chosen.value.set_files(str(path))
    expect(opener.get_by_label("Published")).to_have_value("2023-06-05", timeout=LONG)
    expect(opener.get_by_text("states this publication date itself")).to_be_visible()
    expect(opener.get_by_role("checkbox")).to_be_hidden()
    opener.get_by_role("textbox", name="Name of the case").fill("the-ferry")
    shot(page, f"opener-{look}-uploaded")
    opener.get_by_role("button", name="Make the case").click()
    expect(opener.get_by_text('CASE = "cases/the-ferry"')).to_be_visible(timeout=LONG)


def cells_of_the_notebook() -> int:
    import nbformat

    return len(nbformat.read(REPOSITORY / "notebooks" / "01_read.ipynb", as_version=4).cells)
