"""A PDF becomes blocks, read in a process of its own with limits on time and memory.

In: the file's bytes. Out: :class:`~kit.articles.extracted.Extracted`. PDFium (through pypdfium2, BSD and Apache
licences) gives the characters and where they stand, :mod:`kit.articles.pdf_layout` makes columns and paragraphs of
them. Scripts, forms and attachments are not run and not read. A hostile file can at worst end its own process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import kit
from kit.articles.errors import ArticleError
from kit.articles.extracted import Block, Extracted

MAX_SECONDS = 60
MAX_PAGES = 300
_HEAD_CHARS = 100
_MEMORY = 2_000_000_000  # bytes of address space of the process, where the system can limit it


def read_pdf(raw: bytes, *, name: str) -> Extracted:
    """Read a PDF.

    Raises:
        ArticleError: it is broken, locked with a password, has no text (scanned), has too many pages, or takes too
            long.
    """
    path = os.pathsep.join([str(Path(kit.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    command = [sys.executable, "-P", "-m", "kit.articles.pdf_process", str(MAX_PAGES), str(_MEMORY)]
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command, input=raw, capture_output=True, timeout=MAX_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ArticleError("too_slow", f"{name} took more than {MAX_SECONDS} seconds to read: given up") from None
    if done.returncode:
        why = (done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise ArticleError("broken", f"{name} is broken, or too large for this computer's memory ({why[:200]})")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise ArticleError(answer["error"], f"{name} {answer['message']}")
    blocks = tuple(_hinted(answer["blocks"], answer["headline"]))
    return Extracted(blocks, author=answer["author"], warnings=tuple(answer["warnings"]))


def _hinted(texts: list[str], headline: int | None) -> Iterator[Block]:
    """The blocks; what stands above the headline is the paper's head, a date, a section's name."""
    for at, text in enumerate(texts):
        above = headline is not None and at < headline and len(text) <= _HEAD_CHARS and text[-1] not in ".!?"
        yield Block(text, "headline" if at == headline else "furniture" if above else None)
