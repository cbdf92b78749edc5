"""Draw the picture of the README: the sample article with its marks beside the chart of its figures.

Needs the ``test`` extra and Chromium. Run it from the checkout: ``python benchmarks/picture.py``.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from kit.cases import open_case
from kit.charts import show_quantities
from kit.markup import article_html
from kit.tables import quantities_table
from kit.workspace import sample_case

PICTURE = Path(__file__).parents[1] / "notebooks" / "images" / "overview.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 24px 32px; background: #fff; font-family: "DejaVu Sans", sans-serif; }}
main {{ display: grid; grid-template-columns: 640px 760px; gap: 40px; align-items: start; }}
main {{ height: 700px; overflow: hidden; }}
figure {{ margin: 0; }} img {{ width: 100%; }}
</style><main><div>{article}</div><div>{chart}</div></main>"""


def main() -> None:
    """Render the page and keep its picture."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit("picture.py: no Chromium found; install it (apt-get install chromium), or name one in KIT_CHROMIUM")
    case = open_case(sample_case())
    decisions = case.store().current()
    figures = quantities_table(case.analysis, decisions)
    losses = figures[figures["measure"] == "losses"]
    chart = show_quantities(losses)._repr_html_()
    PICTURE.parent.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1504, "height": 748})
        page.set_content(PAGE.format(article=article_html(case.analysis, decisions), chart=chart))
        page.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE, f"{PICTURE.stat().st_size // 1024} kB")


def find_chromium() -> str | None:
    """The browser to draw with: the one named in ``KIT_CHROMIUM``, else the first on the path."""
    named = os.environ.get("KIT_CHROMIUM")
    return next(filter(None, map(shutil.which, filter(None, [named, *BROWSERS]))), None)


if __name__ == "__main__":
    main()
