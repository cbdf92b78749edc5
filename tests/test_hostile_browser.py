"""Hostile text goes through the desk, the static page and the report in a real browser, and nothing of it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from browser import browser_page, is_local, jupyterlab, playwright
from desk import CELL, open_desk, saved, shot, small_desk
from hostile import LINES, hostile_analysis

from kit.cases import create_case
from kit.decisions import as_decided, label, note
from kit.markup import article_html, decisions_html
from kit.records import Annotation
from kit.report import write_report
from kit.store import AnnotationStore

pytestmark = pytest.mark.slow

expect = playwright.expect
CELL_WITH_LABELS = CELL.replace(
    "Annotator(analysis",
    "from kit.schemes import Label, Scheme\n"
    "names = [segment['start_char'] for segment in data['segments']]\n"
    "scheme = Scheme(tuple(Label(text[at:at + 60], key=str(n)) for n, at in enumerate(names[:9], start=1)))\n"
    "Annotator(analysis",
).replace("on_answer=", "labels=scheme, on_answer=")
# Nothing that the text names may have become an element of the page.
MADE = (
    "script, img, iframe, object, embed, a[href^='javascript'], svg:not(.kit-line), math, body, form, link, base, meta"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser that cannot leave this machine; each test opens pages of its own."""
    with browser_page(viewport={"width": 1280, "height": 1000}) as (page, _):
        yield page.context


class Watched:
    """A page, and everything that hostile text could have made happen in it."""

    def __init__(self, context: Any) -> None:
        self.page = context.new_page()
        self.dialogs: list[str] = []
        self.asked: list[str] = []
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def nothing_ran(self, inside: str) -> None:
        """Check the page; ``inside`` is where the hostile text stands."""
        self.page.wait_for_timeout(300)  # what a loaded image or a started animation would have done by now
        assert self.page.evaluate("window.kitRan ?? null") is None
        assert self.page.locator(inside).first.is_visible()
        found = self.page.locator(inside).evaluate_all(
            f"all => all.flatMap((one) => [...one.querySelectorAll({MADE!r})].map((bad) => bad.outerHTML))"
        )
        assert found == []
        assert self.dialogs == []
        assert [url for url in self.asked if not is_local(url)] == []


def judged(store: AnnotationStore) -> list[Annotation]:
    """The log of somebody whose notes, labels and name are hostile."""
    analysis = hostile_analysis()
    for number, claim in enumerate(analysis.claims):
        view = as_decided(analysis, store.read())
        store.append(note(view, claim.id, LINES[number]) if number % 2 else label(view, claim.id, [LINES[number]]))
    return store.read()


def test_nothing_of_a_hostile_article_runs_in_the_desk(browser: Any, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    desk = small_desk(tmp_path / "root" / "desk", hostile_analysis(), cell=CELL_WITH_LABELS)
    judged(AnnotationStore(desk.log, article=hostile_analysis().article.sha256, annotator=LINES[1]))
    watched = Watched(browser)
    page = watched.page
    with jupyterlab(tmp_path / "root", home) as url:
        open_desk(page, url, desk.path(tmp_path / "root"))
        page.get_by_role("document", name="Article").focus()
        for number in range(2 * len(LINES)):
            page.keyboard.press("n")
            if number % 9 == 0:
                for key in ("e", "Escape", "m", "Escape", "g", "Escape", "l", "Escape", "c", "Escape"):
                    page.keyboard.press(key)
        page.get_by_role("document", name="Article").focus()  # an Escape with nothing open leaves the desk
        saved(page, lambda: page.keyboard.press("a"))
        shot(page, "hostile-desk")
        watched.nothing_ran(".kit-desk")
        shown = page.locator(".kit-region .kit-text").evaluate(
            "one => [...one.querySelectorAll('[data-start]')].map((piece) => piece.textContent).join('')"
        )
        assert [line for line in LINES if line not in shown] == []
        page.close()


def test_nothing_of_a_hostile_article_runs_in_the_static_page(browser: Any, tmp_path: Path) -> None:
    events = judged(
        AnnotationStore(tmp_path / "annotations.jsonl", article=hostile_analysis().article.sha256, annotator=LINES[1])
    )
    view = as_decided(hostile_analysis(), events)
    html = (
        f'<!doctype html><meta charset="utf-8"><main>{article_html(view, rejected=True)}{decisions_html(view)}</main>'
    )
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    watched = Watched(browser)
    watched.page.goto((tmp_path / "page.html").as_uri())
    shot(watched.page, "hostile-static")
    watched.nothing_ran("main")
    watched.page.close()


def test_nothing_of_a_hostile_article_runs_in_the_report(browser: Any, tmp_path: Path) -> None:
    case = create_case(
        tmp_path / "case", hostile_analysis().article.text.replace("\x00", ""), title=LINES[2], outlet=LINES[1]
    )
    store = AnnotationStore(tmp_path / "case" / "annotations.jsonl", article=case.article.sha256, annotator=LINES[1])
    for claim, line in zip(case.analysis.claims, LINES, strict=False):
        store.append(note(case.view(), claim.id, line))
    with ThreadPoolExecutor(1) as aside:  # this thread has the browser's event loop
        report = aside.submit(write_report, case, tmp_path / "out").result().page
    html = report.read_text(encoding="utf-8")
    unguarded = tmp_path / "out" / "unguarded.html"  # the escaping has to hold without the page's own guard, too
    unguarded.write_text(re.sub(r"<meta[^>]*Content-Security-Policy[^>]*>", "", html), encoding="utf-8")
    for path in (report, unguarded):
        watched = Watched(browser)
        watched.page.goto(path.as_uri())
        shot(watched.page, f"hostile-{path.stem}")
        watched.nothing_ran(".kit-article")
        watched.page.close()
