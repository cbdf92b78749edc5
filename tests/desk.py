"""A tagging desk for the browser tests: an article of ours, a reading made by hand, and notebooks that show it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from browser import REPOSITORY, run_notebook

from kit.contract import analysis_to_json, from_json
from kit.records import (
    Analysis,
    Annotation,
    Article,
    Claim,
    Cue,
    Pipeline,
    Quantity,
    Segment,
    Source,
    SourceMention,
    Span,
    Voice,
    record_id,
)
from kit.store import AnnotationStore

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
Annotator(analysis, events=store.read, on_answer=store.append)
"""


@dataclass(frozen=True)
class Desk:
    """A folder made ready for JupyterLab: which notebook to open, where its log is, and the article's text."""

    folder: Path
    notebook: str
    log: Path
    text: str

    def path(self, root: Path) -> str:
        """Where the notebook is, seen from the root of the server."""
        return (self.folder / self.notebook).relative_to(root).as_posix()

    def store(self, annotator: str) -> AnnotationStore:
        """The log, as another person on another machine would open it."""
        return AnnotationStore(self.log, article=small_analysis().article.sha256, annotator=annotator)

    def events(self) -> list[Annotation]:
        """What stands on the disk now."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [from_json(Annotation, json.loads(line)) for line in lines]


def small_desk(folder: Path, analysis: Analysis | None = None, *, cell: str = CELL) -> Desk:
    """A notebook of one cell over a reading and the kit's store; by default the small one of ours."""
    analysis = analysis or small_analysis()
    folder.mkdir(parents=True)
    (folder / "article.txt").write_bytes(analysis.article.text.encode("utf-8"))
    data = analysis_to_json(analysis, id="bridge")
    (folder / "analysis.json").write_text(json.dumps(data), encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, id="desk")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "desk.ipynb")
    return Desk(folder, "desk.ipynb", folder / "annotations.jsonl", analysis.article.text)


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
    first = _claim(source, cue, (said, quoted), "s1")
    second = _claim(office, told, (night,), "s2")
    sources = (
        Source(id="s1", name="Ana Reyes", type="person", mentions=(source,)),
        Source(id="s2", name="the port office", type="organisation", mentions=(office,)),
    )
    quantity = Quantity(
        figure.start_char, figure.end_char, figure.text, id=record_id(TEXT, "quantity", figure.start_char),
        value=40, low=40, bound="ge", unit="lorry", counted="lorries", claim_id=first.id, reporter="s1",
    )  # fmt: skip
    segments, at = [], 0
    for kind, line in zip(("headline", "paragraph", "paragraph"), TEXT.split("\n\n"), strict=True):
        segments.append(Segment(kind, at, at + len(line)))
        at += len(line) + 2
    article = Article(TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), tuple(segments))
    voices = (Voice("outlet", None, 0, segments[0].end_char),)
    return Analysis(article, (first, second), sources, (quantity,), (), voices, Pipeline("by hand", "1", "0"))


def _claim(source: Span, cue: Span, content: tuple[Span, ...], who: str) -> Claim:
    return Claim(
        id=record_id(TEXT, "claim", content[0].start_char),
        source=SourceMention(source.start_char, source.end_char, source.text, who),
        cue=Cue(cue.start_char, cue.end_char, cue.text),
        content=content,
    )


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def open_desk(page: Any, url: str, notebook: str, *, at: str = "lab/tree") -> None:
    """Open the notebook, run all of it and wait for the widget."""
    run_notebook(page, url, notebook, at=at)
    page.locator(".kit-desk").wait_for()


def place(page: Any, first: str, last: str = "") -> list[float]:
    """Where words stand in the window: x and y of their start and of their end; each within one piece."""
    return page.evaluate(
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


def select_words(page: Any, first: str, last: str = "") -> None:
    """Drag the mouse over the words of the article, as a person does."""
    box = place(page, first, last)
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, steps=4)
    page.mouse.move(box[2], box[3], steps=4)
    page.mouse.up()


def choose(page: Any, name: str) -> None:
    """Click a suggestion in the queue, and go back to the article with the keyboard."""
    page.locator(".kit-list li button", has=page.get_by_text(name, exact=True)).click()
    page.get_by_role("document", name="Article").focus()


def shot(page: Any, name: str) -> None:
    """Keep a picture of the desk for whoever wants to look at it: set KIT_SHOTS to a folder."""
    folder = os.environ.get("KIT_SHOTS")
    if folder:
        page.screenshot(path=str(Path(folder, f"{name}.png")))


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
