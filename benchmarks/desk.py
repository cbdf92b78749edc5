"""How long the tagging desk takes to answer: 100,000 characters, 1,000 spans, a real JupyterLab and a real Chromium.

    python benchmarks/desk.py [--decided 10000]

Prints, per action, the milliseconds from the key to the first frame that shows the answer as saved: the key, Python's
decision, the line on the disk, the redrawn card. Needs JupyterLab, Playwright and a Chromium.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import nbformat
from browser import browser_page, jupyterlab, run_notebook

from kit.contract import analysis_to_json
from kit.records import (
    Analysis,
    Article,
    Claim,
    Cue,
    Pipeline,
    Quantity,
    Segment,
    Source,
    SourceMention,
    Span,
    record_id,
)
from kit.store import AnnotationStore
from kit.widgets import Annotator

CELL = """\
import json
from pathlib import Path
from kit.contract import analysis_from_json, from_json
from kit.records import Article, Segment
from kit.store import AnnotationStore
from kit.widgets import Annotator
data = json.loads(Path("analysis.json").read_text(encoding="utf-8"))
text = Path("article.txt").read_text(encoding="utf-8")
segments = tuple(from_json(Segment, one) for one in data["segments"])
analysis = analysis_from_json(data, Article(text, data["sha256"], segments))
store = AnnotationStore("annotations.jsonl", article=data["sha256"], annotator="tester")
Annotator(analysis, events=store.read, on_answer=store.append)
"""
# Resolves with the milliseconds until the desk says that it is done and the browser has drawn it.
TIMED = """\
([key, words]) => new Promise((done) => {
  const live = document.querySelector('.kit-live'), region = document.querySelector('.kit-region');
  live.textContent = '';
  region.focus({ preventScroll: true });
  requestAnimationFrame(() => setTimeout(() => {
    const start = performance.now();
    const watch = new MutationObserver(() => {
      if (!live.textContent.includes(words)) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    watch.observe(live, { childList: true, characterData: true, subtree: true });
    const held = { shiftKey: key.includes('Shift'), ctrlKey: key.includes('Control') };
    region.dispatchEvent(new KeyboardEvent('keydown', { key: key.split('+').pop(), ...held, bubbles: true }));
  }));
})
"""


def long_analysis(length: int = 100_000, claims: int = 250) -> Analysis:
    """An article of this length: each claim has a source, a cue, a content and a figure in it, 1,000 spans in all."""
    filler = "The road along the river stayed open while crews cleared the snow from both of its lanes. "
    paragraphs = []
    for number in range(claims):
        said = f"Officer {number} of Port Vela said that at least {number + 2} boats were lost near pier {number}. "
        paragraphs.append((said + 20 * filler)[: length // claims - 3] + ".")
    text = "\n\n".join(paragraphs)
    article = Article(text, hashlib.sha256(text.encode()).hexdigest(), title="The long road")
    segments, found, figures, sources, at = [], [], [], [], 0
    for number, paragraph in enumerate(paragraphs):

        def span(words: str, start: int = at) -> Span:
            place = text.index(words, start)
            return article.span(place, place + len(words))

        who, cue = span(f"Officer {number} of Port Vela"), span("said")
        content = span(f"that at least {number + 2} boats were lost near pier {number}")
        boats = span(f"at least {number + 2} boats")
        source = Source(id=f"s{number}", name=who.text, type="person", mentions=(who,))
        claim = Claim(
            id=record_id(text, "claim", at),
            source=SourceMention(who.start_char, who.end_char, who.text, source.id),
            cue=Cue(cue.start_char, cue.end_char, cue.text, lemma="say"),
            content=(content,),
            confidence=0.5 + number / (2 * claims),
        )
        figure = {"id": record_id(text, "quantity", at), "claim_id": claim.id, "reporter": source.id, "bound": "ge"}
        figure |= {"value": number + 2, "low": number + 2, "unit": "boat", "counted": "boats"}
        figures.append(Quantity(boats.start_char, boats.end_char, boats.text, **figure))
        segments.append(Segment("paragraph", at, at + len(paragraph)))
        found.append(claim)
        sources.append(source)
        at += len(paragraph) + 2
    article = replace(article, segments=tuple(segments))
    return Analysis(article, tuple(found), tuple(sources), tuple(figures), (), (), Pipeline("by hand", "1", "0"))


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--decided", type=int, default=0, help="events that stand in the log before")
    asked.add_argument("--times", type=int, default=15)
    options = asked.parse_args()
    analysis = long_analysis()
    with tempfile.TemporaryDirectory() as folder:
        desk, home = Path(folder, "desk"), Path(folder, "home")
        desk.mkdir()
        home.mkdir()
        (desk / "article.txt").write_text(analysis.article.text, encoding="utf-8")
        (desk / "analysis.json").write_text(json.dumps(analysis_to_json(analysis, id="long")), encoding="utf-8")
        fill(analysis, desk / "annotations.jsonl", options.decided)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL, id="desk")])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, desk / "desk.ipynb")
        size = f"{len(analysis.article.text):,} characters, {4 * len(analysis.claims):,} spans"
        print(f"{size}, {options.decided:,} events before")
        with jupyterlab(desk, home) as url, browser_page() as (page, _):
            run_notebook(page, url, "desk.ipynb")
            page.locator(".kit-desk").wait_for()
            page.wait_for_timeout(1500)
            measure(page, options.times)


def fill(analysis: Analysis, path: Path, count: int) -> None:
    """Write this many answers, and print what one costs in Python alone."""
    store = AnnotationStore(path, article=analysis.article.sha256, annotator="before")
    ids = [claim.id for claim in analysis.claims]
    for number in range(count):
        target = ids[number % len(ids)]
        store.append({"action": ("accept", "reject")[number % 2], "target": target, "record": "claim", "value": {}})
    widget = Annotator(analysis, events=store.read)
    start = time.perf_counter()
    widget._handle_custom_msg({"type": "answer", "target": ids[0], "action": "accept", "view": "v"}, [])
    print(f"{'Python alone':>24}  {1000 * (time.perf_counter() - start):6.0f} ms")
    widget.close()


def measure(page: Any, times: int) -> None:
    """Press each key some times and print the median and the slowest."""
    saved = ", saved"
    keys = {"next suggestion": ("n", ""), "accept": ("a", saved), "undo": ("Control+z", saved)}
    keys |= {"redo": ("Control+Shift+z", saved), "reject": ("x", saved), "grade": ("3", saved)}
    keys |= {"move an edge": ("Enter", saved), "extend the selection": ("Shift+ArrowRight", "")}
    for name, (key, words) in keys.items():
        took = []
        for _ in range(times):
            if name == "move an edge":
                page.evaluate(TIMED, ["n", ""])
                choose_claim(page)
                page.keyboard.press("e")
                page.keyboard.press("Shift+ArrowLeft")
            if name == "grade":
                choose_claim(page)
                page.keyboard.press("g")
            took.append(page.evaluate(TIMED, [key, words]))
            if name in ("grade", "move an edge"):
                page.keyboard.press("Escape")
                page.evaluate(TIMED, ["n", ""])
        print(f"{name:>24}  {statistics.median(took):6.0f} ms in the middle, {max(took):6.0f} ms at worst of {times}")


def choose_claim(page: Any) -> None:
    """Walk on to a claim: figures have no grade and no content."""
    page.get_by_role("document", name="Article").focus()
    while not page.locator(".kit-card h3").inner_text().startswith("Claim"):
        page.keyboard.press("n")


if __name__ == "__main__":
    main()
