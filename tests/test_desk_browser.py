"""The tagging widget in a real JupyterLab and a real browser: what a person does is what stands in the log."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import REPOSITORY, browser_page, command, is_local, jupyterlab, playwright, run_notebook

from kit.contract import analysis_to_json, from_json
from kit.decisions import fold
from kit.records import (
    Analysis,
    Annotation,
    Article,
    Claim,
    Cue,
    Pipeline,
    Quantity,
    Segment,
    SourceMention,
    Span,
    Voice,
    record_id,
)

pytestmark = pytest.mark.slow

NOTEBOOK = "02_tag.ipynb"  # of notebooks/
TEXT = (
    "Bridge at Port Vela closed 🚧\n\n"
    "😀 The bridge was hit twice, Colonel Ana Reyes of Freedonia said, and “at least 40 lorries were lost”.\n\n"
    "Nobody crossed on the horrific night 🌧️ that followed, the port office told reporters."
)
CELL = """\
import json
from pathlib import Path

from kit.contract import analysis_from_json, from_json
from kit.records import Article, Segment
from kit.store import AnnotationStore
from kit.widgets import Annotator

data = json.loads(Path("analysis.json").read_text(encoding="utf-8"))
text = Path("article.txt").read_bytes().decode("utf-8")
segments = tuple(from_json(Segment, one) for one in data["segments"])
analysis = analysis_from_json(data, Article(text, data["sha256"], segments))
store = AnnotationStore("annotations.jsonl", article=data["sha256"], annotator="tester")
Annotator(analysis, events=store.read(), on_answer=store.append)
"""


@dataclass(frozen=True)
class Desk:
    """A folder made ready for JupyterLab: which notebook to open, where its log is, and the article's text."""

    folder: Path
    notebook: str
    log: Path
    text: str

    def events(self) -> list[Annotation]:
        """What stands on the disk now."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [from_json(Annotation, json.loads(line)) for line in lines]


def small_desk(folder: Path) -> Desk:
    """A notebook of one cell over an article of ours and the kit's store; nothing else."""
    folder.mkdir(parents=True)
    (folder / "article.txt").write_bytes(TEXT.encode("utf-8"))
    data = analysis_to_json(small_analysis(), id="bridge")
    (folder / "analysis.json").write_text(json.dumps(data), encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL, id="desk")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "desk.ipynb")
    return Desk(folder, "desk.ipynb", folder / "annotations.jsonl", TEXT)


def tag_desk(folder: Path) -> Desk:
    """The kit's own notebooks over a case whose article is ours and has emoji in it."""
    shutil.copytree(REPOSITORY / "notebooks", folder, ignore=shutil.ignore_patterns("cases", ".ipynb_checkpoints"))
    case = folder / "cases" / "sample"
    case.mkdir(parents=True)
    (case / "article.txt").write_bytes(TEXT.encode("utf-8"))
    analysis = small_analysis()
    (case / "analysis.json").write_text(json.dumps(analysis_to_json(analysis, id="bridge")), encoding="utf-8")
    about = f'title = "Bridge"\nfile = "article.txt"\nencoding = "utf-8"\nsha256 = "{analysis.article.sha256}"\n'
    (case / "case.toml").write_text(about, encoding="utf-8")
    return Desk(folder, NOTEBOOK, case / "annotations.jsonl", TEXT)


def small_analysis() -> Analysis:
    source, cue = _span("Colonel Ana Reyes of Freedonia"), _span("said")
    said, quoted = _span("The bridge was hit twice"), _span("“at least 40 lorries were lost”")
    office, told = _span("the port office"), _span("told")
    night = _span("Nobody crossed on the horrific night 🌧️ that followed")
    figure = _span("at least 40 lorries")
    first = _claim(source, cue, (said, quoted))
    second = _claim(office, told, (night,))
    quantity = Quantity(
        figure.start_char, figure.end_char, figure.text, id=record_id(TEXT, "quantity", figure.start_char),
        value=40, low=40, bound="ge", unit="lorry", counted="lorries", claim_id=first.id,
    )  # fmt: skip
    segments, at = [], 0
    for kind, line in zip(("headline", "paragraph", "paragraph"), TEXT.split("\n\n"), strict=True):
        segments.append(Segment(kind, at, at + len(line)))
        at += len(line) + 2
    article = Article(TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), tuple(segments))
    voices = (Voice("outlet", None, 0, segments[0].end_char),)
    return Analysis(article, (first, second), (), (quantity,), (), voices, Pipeline("by hand", "1", "0"))


def _claim(source: Span, cue: Span, content: tuple[Span, ...]) -> Claim:
    return Claim(
        id=record_id(TEXT, "claim", content[0].start_char),
        source=SourceMention(source.start_char, source.end_char, source.text),
        cue=Cue(cue.start_char, cue.end_char, cue.text),
        content=content,
    )


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def open_desk(page: Any, url: str, notebook: str) -> None:
    """Open the notebook, run all of it and wait for the widget."""
    run_notebook(page, url, notebook)
    page.locator(".kit-desk").wait_for()


def select_words(page: Any, first: str, last: str = "") -> None:
    """Drag the mouse over the words of the article, as a person does."""
    box = page.evaluate(
        """([first, last]) => {
            const body = document.querySelector('.kit-desk .kit-text');
            const place = (words) => {
                const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const at = node.parentElement.closest('.kit-sr') ? -1 : node.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + words.length);
                    return range;
                }
                throw new Error(`not in one piece: ${words}`);
            };
            place(first).startContainer.parentElement.scrollIntoView({ block: 'center' });
            const start = place(first).getClientRects()[0], rects = place(last || first).getClientRects();
            const end = rects[rects.length - 1];
            return [start.left + 0.5, (start.top + start.bottom) / 2, end.right - 0.5, (end.top + end.bottom) / 2];
        }""",
        [first, last],
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, steps=4)
    page.mouse.move(box[2], box[3], steps=4)
    page.mouse.up()


def saved(page: Any, done: Callable[[], Any]) -> None:
    """Do something and wait until Python has answered it and the widget says so."""
    page.evaluate("document.querySelector('.kit-live').textContent = ''")
    done()
    page.wait_for_function("document.querySelector('.kit-live').textContent.includes(', saved')")


def marked(page: Any, words: str) -> Any:
    """The marks in the article that hold these words."""
    return page.locator(".kit-region mark", has_text=words)


def cells(page: Any) -> int:
    return page.evaluate("window.jupyterapp.shell.currentWidget.content.model.cells.length")


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """Where the notebooks will be, and a home for the server's own files."""
    (tmp_path / "home").mkdir()
    return tmp_path / "desk", tmp_path / "home"


def test_what_a_person_does_at_the_desk_is_what_stands_in_the_log(place: tuple[Path, Path]) -> None:
    folder, home = place
    desk = tag_desk(folder)
    with jupyterlab(folder, home) as url, browser_page() as (page, asked):
        open_desk(page, url, desk.notebook)
        article = page.get_by_role("document", name="Article")
        article.focus()
        before = cells(page)
        saved(page, lambda: page.keyboard.press("a"))
        page.keyboard.press("b")
        select_words(page, "horrific")
        saved(page, page.get_by_role("button", name="Tag as loaded word").click)
        page.keyboard.press("b")
        saved(page, page.get_by_role("button", name="Reject", exact=True).click)
        page.keyboard.press("b")
        page.locator(".kit-card h3").click()  # a place that takes no focus of its own
        page.keyboard.press("b")
        saved(page, lambda: page.keyboard.press("Control+z"))
        assert cells(page) == before
        command(page, "docmanager:save")
        page.reload()
        page.locator(".kit-desk").wait_for()
        playwright.expect(page.locator(".kit-left")).to_have_text("2 of 3 left")
        playwright.expect(marked(page, "The bridge was hit twice")).to_have_attribute("data-tag", "1\u00a0✓")
        playwright.expect(marked(page, "horrific").last).to_have_attribute("data-tag", "loaded word\u00a0+")
    accepted, added, rejected, undone = desk.events()
    start = TEXT.index("horrific")
    assert (accepted.action, accepted.target) == ("accept", small_analysis().claims[0].id)
    assert (added.action, added.anchor.start_char, added.anchor.end_char) == ("add", start, start + len("horrific"))
    assert added.anchor.exact == TEXT[added.anchor.start_char : added.anchor.end_char] == "horrific"
    assert (rejected.action, undone.action, undone.supersedes) == ("reject", "undo", rejected.id)
    assert {one.target: one.answer for one in fold(desk.events()).values()} == {
        accepted.target: "accept",
        added.target: "accept",
    }
    assert {event.annotator for event in desk.events()} == {"tester"}
    assert [request for request in asked if not is_local(request)] == []


def test_the_whole_desk_works_from_the_keyboard_and_is_spoken(place: tuple[Path, Path]) -> None:
    folder, home = place
    desk = small_desk(folder)
    with jupyterlab(folder, home) as url, browser_page(viewport={"width": 900, "height": 900}) as (page, _):
        open_desk(page, url, desk.notebook)
        spoken = page.locator(".kit-desk").aria_snapshot()
        for words in ('document "Article"', "claim 1 source:", "(end of claim 1 cue)", 'button "Accept"'):
            assert words in spoken
        assert "Figure 1, open: at least 40 lorries" in spoken
        article = page.get_by_role("document", name="Article")
        article.focus()
        page.keyboard.press("f")
        page.keyboard.type("NIGHT 🌧️")
        playwright.expect(page.locator(".kit-hits")).to_have_text("1 of 1")
        page.keyboard.press("Escape")
        for _ in range(2):
            page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("3")
        saved(page, lambda: page.keyboard.press("Enter"))
        page.keyboard.press("p")
        saved(page, lambda: page.keyboard.press(" "))
        saved(page, lambda: page.keyboard.press("Control+z"))
        saved(page, lambda: page.keyboard.press("Control+Shift+Z"))
        page.keyboard.press("?")
        playwright.expect(page.get_by_role("region", name="Keys")).to_be_visible()
        assert cells(page) == 1
        for _ in range(60):  # Tab walks on, and out: the desk is no trap
            page.keyboard.press("Tab")
        assert not page.evaluate("document.querySelector('.kit-desk').contains(document.activeElement)")
    added, ignored, undone, redone = desk.events()
    assert added.value["label"] == "loaded word"
    assert TEXT[added.anchor.start_char : added.anchor.end_char] == added.anchor.exact
    assert (ignored.action, undone.supersedes, redone.supersedes) == ("ignore", ignored.id, undone.id)


def test_a_log_that_cannot_be_written_is_told_in_the_widget(place: tuple[Path, Path]) -> None:
    folder, home = place
    desk = small_desk(folder)
    with jupyterlab(folder, home) as url, browser_page() as (page, _):
        open_desk(page, url, desk.notebook)
        desk.log.mkdir()  # a folder stands where the file should be
        page.get_by_role("document", name="Article").focus()
        page.keyboard.press("a")
        playwright.expect(page.locator(".kit-desk").get_by_role("alert")).to_contain_text("Not saved")
        playwright.expect(page.locator(".kit-left")).to_have_text("3 of 3 left")
