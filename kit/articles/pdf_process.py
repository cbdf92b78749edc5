"""The process that reads one PDF: bytes on standard input, JSON on standard output.

It knows nothing of the kit but the layout rules; :mod:`kit.articles.pdf` starts it and ends it when it takes too long.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from kit.articles.extracted import clean
from kit.articles.pdf_layout import Run, blocks_of

_ENOUGH = 1_500_000  # characters: more is refused as an article later
_BOLD = 600  # of 100 to 900
_FEW = 20  # characters: a page with fewer has no text of its own


def main() -> None:
    """Read, answer, end."""
    max_pages, memory = int(sys.argv[1]), int(sys.argv[2])
    _limit_memory(memory)
    answer = json.dumps(_read(sys.stdin.buffer.read(), max_pages))
    sys.stdout.write(answer)


def _read(raw: bytes, max_pages: int) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return _error("locked", "is locked with a password: save a copy without one")
        return _error("broken", f"is no PDF that can be read ({error})")
    count = len(document)
    if count > max_pages:
        return _error("too_large", f"has {count:,} pages, more than {max_pages}: cut out the article's")
    pages, empty, size = [], [], 0
    for at in range(count):
        try:
            runs, width, height, letters = _page(document, at)
        except pypdfium2.PdfiumError:  # this page is broken; others may not be
            runs, width, height, letters = [], 0.0, 0.0, 0
        size += letters
        pages.append((runs, width, height))
        if sum(len(run.text) for run in runs) < _FEW:
            empty.append(at + 1)
        if size > _ENOUGH:
            return _error("too_large", f"has more than {_ENOUGH:,} characters: cut out the article's pages")
    if len(empty) == count:
        what = "page without text" if count == 1 else "pages without text"
        hint = "it is scanned or a picture. Recognise its text first, e.g. ocrmypdf IN.pdf OUT.pdf"
        return _error("scanned", f"has {count} {what}: {hint}")
    blocks, headline = blocks_of(pages)
    warnings = [f"no text on page {', '.join(map(str, empty[:20]))}: a picture or a scan"] if empty else []
    author = clean(document.get_metadata_dict().get("Author") or "") or None
    return {"blocks": blocks, "headline": headline, "author": author, "warnings": warnings}


def _page(document: Any, at: int) -> tuple[list[Run], float, float, int]:
    """The runs of one page: characters that stand on one line without a wide gap, in the file's order.

    With them the page's width and height in points and the number of its characters; a page with more than ``_ENOUGH``
    is not looked at further.
    """
    import pypdfium2.raw as pdfium

    page = document[at]
    text = page.get_textpage()
    runs: list[Run] = []
    letters: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]  # left, bottom, right, top
    font, bold = 0.0, False

    def end(last: int) -> None:
        joined = "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
        if joined:
            runs.append(Run(joined, *box, font, bold and is_bold(last)))
        letters.clear()

    def is_bold(index: int) -> bool:
        return pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD

    last = 0
    count = text.count_chars()
    for index in range(count if count <= _ENOUGH else 0):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter in "\r\n\0":
            end(last)
            continue
        if letter in "\x02\ufffe":  # PDFium's marks for a hyphen at the end of a line
            letter = "-"
        if letter.isspace():
            if letters:
                letters.append(" ")
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        height = max(top - bottom, 1.0)
        if letters and (left - box[2] > 1.2 * height or left < box[2] - height or abs(bottom - box[1]) > 0.6 * height):
            end(last)
        if not letters:
            box, font = [left, bottom, right, top], pdfium.FPDFText_GetFontSize(text, index) or height
            font, bold = height if font <= 1 else font, is_bold(index)
        letters.append(letter)
        box = [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]
        last = index
    end(last)
    width, height = page.get_size()
    text.close()
    page.close()
    return runs, width, height, count


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"error": kind, "message": message}


def _limit_memory(memory: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):  # Windows has none, macOS does not keep to it
        pass


if __name__ == "__main__":
    main()
