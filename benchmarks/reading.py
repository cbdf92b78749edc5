"""Time `analyse` on texts that double in length: the time must double too, whatever the text is made of.

Run it from the checkout: ``python benchmarks/reading.py``.
"""

from __future__ import annotations

import time

from kit.analysis import analyse
from kit.articles import read_article

SIZES = (20_000, 40_000, 80_000)
TEXTS = {
    "plain sentences": "Quill said that 16 tanks burned on Sunday. ",
    "one long sentence": "river bridge water ",
    "a table of figures": "16 tanks\n",
    "nothing but quotation marks": "“a” ",
    "nothing but verbs": "said ",
}


def main() -> None:
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
