"""Read the web pages of a folder: the passages that have to be kept, those that have to go, title and date.

Each page is read twice in the same run, by ``read_article`` and by trafilatura as it comes. A folder holds
``NAME.html`` and ``NAME.gold.json`` (``with_``, ``without``, ``title``, ``date``). Kept by the kit is what stands in a
segment that is read (headline, standfirst, paragraph); "shown" also counts what it marks as furniture.

Then a page made here is read with one thing added to it at a time that is not to be read, by both again.

Run it from the checkout: ``python benchmarks/pages.py FOLDER``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kit.articles import ArticleError, read_article

PARAGRAPHS = (
    "The river rose by two metres in the night to Monday, and the old bridge was closed, Mayor Ada Quill said.",
    "Some 1,200 people had to leave their homes, the fire brigade of Lauben told reporters in the afternoon.",
    "Engineers will look at the pillars on Wednesday; the ministry of transport expects repairs until the spring.",
)
UNWANTED = "Nine hundred soldiers fell on the bridge on Sunday night"
ADDED = {
    "hidden paragraph": "<p hidden>{}</p>",
    "template": "<template><p>{}</p></template>",
    "display: none": "<div style='display:none'><p>{}</p></div>",
    "aria-hidden": "<p aria-hidden='true'>{}</p>",
    "Read next:": "<p>Read next: {}</p>",
    "Also read | with link": "<p><strong>Also read |</strong> <a href='/x'>{}</a></p>",
    "paragraph that is a link": "<p><a href='/x'>{}</a></p>",
    "photo credit": "<p>Photo: {}</p>",
    "newsletter": "<p>Sign up for our daily newsletter: {}</p>",
    "contact": "<p>Media contact: {}</p>",
    "tags": "<p>Tags: {}</p>",
    "comment of a reader": "<div class='comments'><p>{}</p></div>",
    "footer": "<footer><p>{}</p></footer>",
    "3,000 nested divs": "<div>" * 3_000 + "{}" + "</div>" * 3_000,
}


def main(folder: Path) -> None:
    """Print a line per page and the sums."""
    print_pages(folder)
    print_additions()


def print_additions() -> None:
    """Print what both make of a page with one unwanted thing; of nested divs the paragraphs inside are wanted."""
    import trafilatura

    print(f"\n{'added to a page':<28}{'kit: kept dropped':>20}{'trafilatura: kept dropped':>28}")
    for name, markup in ADDED.items():
        nested = "nested" in name
        body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
        first, rest = body.split("</p>", 1)
        inside = markup.format(body) if nested else f"{first}</p>{markup.format(UNWANTED)}{rest}"
        raw = f"<html><head><title>Bridge closed</title></head><body><article>{inside}</article></body></html>".encode()
        article = read_article(raw)
        read = "\n".join(article.text[s.start_char : s.end_char] for s in article.segments if s.kind != "boilerplate")
        cells = []
        for text in (read, trafilatura.extract(raw) or ""):
            cells.append(f"{_count(list(PARAGRAPHS), text)}/3 {'-' if nested else 'no' if UNWANTED in text else 'yes'}")
        print(f"{name:<28}{cells[0]:>20}{cells[1]:>28}")


def print_pages(folder: Path) -> None:
    """Print a line per page of the folder and the sums."""
    import trafilatura

    sums: dict[str, list[int]] = {}
    print(f"{'page':<44}{'kit: kept dropped s':>24}{'trafilatura: kept dropped s':>30}  title date")
    for gold_file in sorted(folder.glob("*.gold.json")):
        page = gold_file.with_name(gold_file.name.replace(".gold.json", ".html"))
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        if not page.exists():
            continue
        raw = page.read_bytes()
        ours, ours_seconds = _timed(lambda raw=raw: read_article(raw))
        plain, plain_seconds = _timed(lambda raw=raw: trafilatura.extract(raw, with_metadata=False) or "")
        read = "\n".join(ours.text[s.start_char : s.end_char] for s in ours.segments if s.kind != "boilerplate")
        cells = []
        for reader, text in (("kit", read), ("kit, shown", ours.text), ("trafilatura", plain)):
            kept, dropped = _count(gold["with_"], text), len(gold["without"]) - _count(gold["without"], text)
            sums.setdefault(reader, [0, 0, 0, 0])
            for at, value in enumerate((kept, len(gold["with_"]), dropped, len(gold["without"]))):
                sums[reader][at] += value
            cells.append(f"{kept}/{len(gold['with_'])} {dropped}/{len(gold['without'])}")
        title = "title" if _same(ours.title or "", gold["title"]) else "-"
        date = "date" if str(ours.published) == gold["date"] else str(ours.published)
        print(
            f"{page.stem[:43]:<44}{cells[0] + f' {ours_seconds:.2f}':>24}{cells[2] + f' {plain_seconds:.2f}':>30}"
            f"  {title} {date}"
        )
    for reader, (kept, wanted, dropped, unwanted) in sums.items():
        print(f"{reader:<14} kept {kept} of {wanted}, dropped {dropped} of {unwanted}")


def _count(snippets: list[str], text: str) -> int:
    text = _flat(text)
    return sum(_flat(snippet) in text for snippet in snippets)


def _same(ours: str, gold: str) -> bool:
    return _flat(ours).casefold() == _flat(gold).casefold()


def _flat(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _timed(call):
    started = time.perf_counter()
    try:
        return call(), time.perf_counter() - started
    except ArticleError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
