"""Time `analyse` and `read_article` on inputs that double in length: the time must double too, whatever it is.

Run it from the checkout: ``python benchmarks/reading.py``.
"""

from __future__ import annotations

import time
from contextlib import suppress

from kit.analysis import analyse
from kit.articles import ArticleError, read_article

SIZES = (20_000, 40_000, 80_000)
TEXTS = {
    "plain sentences": "Quill said that 16 tanks burned on Sunday. ",
    "one long sentence": "river bridge water ",
    "a table of figures": "16 tanks\n",
    "nothing but quotation marks": "“a” ",
    "nothing but verbs": "said ",
}


PAGE_SIZES = (200_000, 400_000, 800_000)
PAGES = {
    "paragraphs": "<p>Quill said that 16 tanks burned on Sunday.</p>",
    "paragraphs of one link": "<p><a href='/x'>Ten bridges</a></p>",
    "nested divs": "<div>",
    "nested tables": "<table><tr><td>x",
    "nested lists": "<ul><li>x",
    "phrases": "<b>x",
    "line breaks": "x<br>",
    "entities": "&amp;",
    "open comments": "<!--",
    "attributes": "<p a=1 b=2 c=3>x",
}


def main() -> None:
    """Print both tables."""
    print_analysis()
    print_pages()


def print_pages() -> None:
    """Print seconds per size of a page, and characters per second at the largest."""
    read_article(b"<html><body><p>Quill said that it rained.</p></body></html>")  # load everything once
    print(f"\n{'page':<30}" + "".join(f"{size:>10,}" for size in PAGE_SIZES) + f"{'chars/s':>12}")
    for name, unit in PAGES.items():
        seconds = []
        for size in PAGE_SIZES:
            raw = f"<html><body><p>It rained in Lauben.</p>{unit * (size // len(unit))}".encode()
            started = time.perf_counter()
            with suppress(ArticleError):  # a page of nothing but tags is refused at some size
                read_article(raw)
            seconds.append(time.perf_counter() - started)
        print(f"{name:<30}" + "".join(f"{one:>9.2f}s" for one in seconds) + f"{PAGE_SIZES[-1] / seconds[-1]:>12,.0f}")


def print_analysis() -> None:
    """Print seconds per size and characters per second at the largest."""
    analyse(read_article("Quill said that it rained."))  # load everything once
    print(f"{'text':<30}" + "".join(f"{size:>10,}" for size in SIZES) + f"{'chars/s':>12}")
    for name, unit in TEXTS.items():
        seconds = []
        for size in SIZES:
            article = read_article((unit * (size // len(unit))).encode(), published="2023-06-05")
            started = time.perf_counter()
            analyse(article)
            seconds.append(time.perf_counter() - started)
        print(f"{name:<30}" + "".join(f"{one:>9.2f}s" for one in seconds) + f"{SIZES[-1] / seconds[-1]:>12,.0f}")


if __name__ == "__main__":
    main()
