"""Inputs that are meant to break a reader: each ends in a clear error or an article, in bounded memory.

Each is read in a process that may have no more than ``MEMORY`` bytes of address space, and is ended when it hangs.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import zipfile
import zlib
from pathlib import Path

import pytest
from documents import WORD, docx, paragraph, pdf

from kit.articles import ArticleError, read_article

MEMORY = 1_200_000_000
SECONDS = 180  # a machine that does many things at once; none of them needs ten
READ = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from kit.articles import ArticleError, read_article
try:
    article = read_article(sys.argv[1])
    print("article", len(article.text))
except ArticleError as error:
    print(error.kind, str(error).count(chr(10)))
"""
SENTENCE = "The river rose by two metres, Mayor Ada Quill said. "
posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX systems limit the memory of a process")


def outcome(path: Path) -> str:
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()[0]


def zip_bomb() -> bytes:
    """A Word document of some 4 MB that unpacks to 1 GB."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as file,
    ):
        file.write(f'<w:document xmlns:w="{WORD}"><w:body>'.encode())
        for _ in range(1_000):
            file.write(b" " * 1_000_000)
    return buffer.getvalue()


def packed_pdf(drawing: bytes, *, repeated: int = 1) -> bytes:
    """A PDF whose page is drawn by this, packed."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(drawing) for _ in range(repeated)) + packer.flush()
    raw = pdf([[(72, 700, 20, "Bridge")]])
    start, end = raw.index(b"<< /Length"), raw.index(b"endstream")
    return raw[:start] + b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\n" + raw[end:]


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "ha"}">' for at in range(12))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<!DOCTYPE a [{entities}]><a>&e11;</a>")
    return buffer.getvalue()


def page(body: str) -> bytes:
    return f"<html><body>{body}".encode()


BOMBS = {
    "3,000 nested divs.html": (page("<div>" * 3_000 + f"<p>{SENTENCE * 9}</p>"), "article"),
    "90,000 nested divs.html": (page("<div>" * 90_000 + f"<p>{SENTENCE * 9}</p>"), "article"),
    "nested lists.html": (page("<ul><li>" * 20_000 + SENTENCE), "article"),
    "nested tables.html": (page("<table><tr><td>" * 20_000 + SENTENCE), "article"),
    "nested phrases.html": (page("<b><i>" * 20_000 + SENTENCE), "article"),
    "100 MB of tags.html": (b"<html><body>" + b"<p>x" * 25_000_000, "too_large"),
    "15 MB of tags.html": (b"<html><body>" + b"<b>" * 5_000_000, "too_large"),
    "nothing but brackets.html": (page("<" * 2_000_000), "too_large"),
    "open comments.html": (page(SENTENCE * 9 + "<!--" * 500_000), "article"),
    "entities.html": (page("&amp;" * 900_000), "article"),
    "nested JSON.html": (
        page(f'<script type="application/ld+json">{"[" * 100_000}</script><p>{SENTENCE * 9}'),
        "article",
    ),
    "long attribute.html": (page(f'<p class="{"a " * 1_000_000}">{SENTENCE * 9}'), "article"),
    "many attributes.html": (
        page("<p " + " ".join(f"a{at}=1" for at in range(100_000)) + f">{SENTENCE * 9}"),
        "article",
    ),
    "names.html": (page(f"<a:b c:d=e><\x01><o:p>{SENTENCE * 9}</o:p>"), "article"),
    "zip bomb.docx": (zip_bomb, "too_large"),
    "nested.docx": (docx("<w:p>" * 100_000 + "</w:p>" * 100_000), "broken"),
    "many paragraphs.docx": (docx(paragraph(SENTENCE) * 10_000), "article"),
    "billion laughs.docx": (laughs, "broken"),
    "packed spaces.pdf": (lambda: packed_pdf(b" " * 1_000_000, repeated=1_500), "broken"),
    "packed letters.pdf": (lambda: packed_pdf(b"BT /F1 2 Tf 72 700 Td " + b"(x)Tj " * 1_600_000 + b"ET"), "too_large"),
    "script.pdf": (pdf([[(72, 700, 12, SENTENCE)]], script="while (true) app.alert(1);"), "article"),
    "no end.pdf": (b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] /Type /Pages >> endobj\n" * 50_000, "broken"),
    "nested parts.eml": (
        b"Subject: x\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(5_000)),
        "broken",
    ),
    "header.eml": (b'Subject: x\nTo: ' + b'"((((((' * 100_000 + b"\n\nhello", "broken"),
    "quoted lines.eml": (b"Subject: x\n\n" + b"> a\nb\n" * 100_000, "article"),
    "objects for programs.html": (
        page(f'<script type="application/ld+json">[{"{}," * 1_000_000}{{}}]</script><p>{SENTENCE * 9}'),
        "article",
    ),
    "letters.txt": (b"a" * 4_000_001, "too_large"),
}  # fmt: skip


@posix
@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_an_article_or_a_clear_error(name, tmp_path: Path):
    content, expected = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(content() if callable(content) else content)
    assert outcome(path) == expected


def test_the_text_inside_deeply_nested_tags_is_not_lost():
    for depth in (200, 3_000, 30_000):
        article = read_article(page("<div>" * depth + f"<p>{SENTENCE}</p><p>Nobody was hurt.</p>"))
        assert article.text == f"{SENTENCE.strip()}\n\nNobody was hurt.\n"


def test_a_file_that_changes_while_it_is_read_is_refused_and_never_half_read(tmp_path: Path):
    path = tmp_path / "flood.html"
    whole = page("<p>It rained.</p>" * 900_000)
    path.write_bytes(whole)
    stop = threading.Event()

    def write() -> None:
        with path.open("r+b") as file:
            while not stop.is_set():
                file.seek(0)
                file.write(b"<html>")
                file.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        kinds = set()
        for _ in range(20):
            with pytest.raises(ArticleError) as caught:  # it is too large in any case
                read_article(path)
            kinds.add(caught.value.kind)
    finally:
        stop.set()
        writer.join()
    assert "changed" in kinds


def test_what_is_no_file_is_not_waited_for(tmp_path: Path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    pipe = tmp_path / "flood.html"
    os.mkfifo(pipe)
    with pytest.raises(ArticleError) as caught:
        read_article(pipe)
    assert caught.value.kind == "not_a_file"
