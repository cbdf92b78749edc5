"""A Word document becomes blocks: paragraphs, list items and table rows as they show.

In: the bytes of a ``.docx``. Out: :class:`~kit.articles.extracted.Extracted`. Deleted and hidden text, field codes,
notes, headers and feet are left out. The archive's parts are read with limits, since a few kilobytes can unpack to
gigabytes, and XML with a document type is refused: Word writes none, and entities are how XML grows.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from kit.articles.errors import ArticleError
from kit.articles.extracted import Block, Extracted, clean

MAX_PART = 30_000_000  # bytes of XML: a book has some 10 MB
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box a second time
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_SKIPPED = {
    _W + "del",
    _W + "moveFrom",
    _W + "instrText",
    _W + "delText",
    _W + "rPr",
    _W + "pPr",
    _W + "sectPr",
    _FALLBACK,
}
_TRACKED = {_W + name for name in ("del", "ins", "moveFrom", "moveTo")}
_NOTED = {_W + name for name in ("footnoteReference", "endnoteReference")}
_TITLE = re.compile(r"(title|heading ?1|headline)$", re.I)


def read_docx(raw: bytes, *, name: str) -> Extracted:
    """Read a Word document.

    Raises:
        ArticleError: it is broken, unpacks to more than ``MAX_PART``, or holds no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            body = _parse(_part(archive, "word/document.xml", name), name)
            core = "docProps/core.xml"
            facts = _parse(_part(archive, core, name), name) if core in archive.namelist() else None
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ArticleError("broken", f"{name} is no Word document that can be read ({error})") from error
    found = list(_blocks(body))
    if not found:
        raise ArticleError("no_text", f"{name} holds no text")
    headline = next((at for at, (_, style) in enumerate(found[:5]) if _TITLE.search(style)), None)
    blocks = tuple(Block(text, "headline" if at == headline else None) for at, (text, _) in enumerate(found))
    author = None if facts is None else clean(facts.findtext(_CREATOR) or "") or None
    return Extracted(blocks, author=author, warnings=tuple(_notes(body)))


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """One file of the archive; what it says about its own size is not believed."""
    with archive.open(part) as file:
        content = file.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise ArticleError("too_large", f"{name} unpacks to more than {MAX_PART:,} bytes: it is no article")
    return content


def _parse(content: bytes, name: str) -> Any:
    from lxml import etree

    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleError("broken", f"{name} holds XML that no word processor writes")
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:  # also nesting deeper than libxml2 allows
        raise ArticleError("broken", f"{name} is no Word document that can be read ({error})") from error


def _blocks(body: Any) -> Iterator[tuple[str, str]]:
    """Text and style of each paragraph outside tables, and of each table row."""
    from lxml import etree

    pieces: list[str] = []
    style, rows, skipped = "", 0, 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag, step = element.tag, 1 if event == "start" else -1
        if tag in _SKIPPED or (tag == _W + "r" and _is_hidden(element)):
            skipped += step
        if event == "start" and tag == _W + "pStyle":
            style = style if rows else element.get(_W + "val", "")
        if skipped:
            continue
        if tag == _W + "tr":
            rows += step
        if event == "start":
            pieces.append((element.text or "") if tag == _W + "t" else " " if tag in (_W + "tab", _W + "cr") else "")
        if event == "end" and tag == _W + "tc":
            pieces.append(" | ")
        elif event == "end" and tag == _W + "p" and rows:
            pieces.append(" ")
        if (tag == _W + "br" and event == "start" and not rows) or (
            event == "end" and not rows and tag in (_W + "p", _W + "tr")
        ):
            if text := clean("".join(pieces)).strip("| "):
                yield text, style
            pieces.clear()
            style = "" if tag == _W + "p" else style


def _notes(body: Any) -> Iterator[str]:
    """What a reader has to know: the text is one of several that the document holds."""
    tags = {element.tag for element in body.iter()}
    if tags & _TRACKED:
        yield "the document holds tracked changes: it is read as if all of them were accepted"
    if tags & _NOTED:
        yield "the document's footnotes and endnotes are left out"


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_W + "val", "1") not in ("0", "false")
