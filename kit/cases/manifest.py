"""``case.toml``: what is known about an article, where it came from, and about each earlier version of it.

In: a case folder, or an article and its bytes. Out: the manifest as a mapping. Every file of a case is written here,
whole or not at all.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import tomli_w

import kit
from kit.articles import Fetched
from kit.errors import KitError
from kit.records import Article
from kit.store import login_name

CASE_FILE, ANALYSIS_FILE, ANNOTATIONS_FILE = "case.toml", "analysis.json", "annotations.jsonl"
EXTRACTED_FILE = "extracted.json"  # the text of an article that is no plain text, as it was first read
FILES = ("file", "extracted", "analysis")  # keys that name a file of the folder
_TEXTS = (
    "title",
    "outlet",
    "url",
    "author",
    "language",
    "encoding",
    "media_type",
    "text_sha256",
    "analysis_sha256",
    *FILES,
)
# Whose work the text of an input is, beside the kit's own.
_EXTRACTORS = {
    **dict.fromkeys(("text/html", "message/rfc822", "multipart/related"), "trafilatura"),
    "application/pdf": "pypdfium2",
}


class CaseError(KitError):
    """A folder that is no case, or a case whose files do not belong together."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """``case.toml`` of a folder; ``earlier`` in it holds one such mapping for each earlier version, oldest first.

    Raises:
        CaseError: there is none, or it is not one.
    """
    path = folder / CASE_FILE
    if not path.is_file():
        raise CaseError(f"{folder} is not a case: it has no {CASE_FILE}. Make one with `kit new NAME ARTICLE`")
    try:
        info = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise CaseError(f"{path}: cannot be read: {error.strerror or error}") from error
    earlier = info.get("earlier", [])
    if not isinstance(earlier, list) or not all(isinstance(one, dict) for one in earlier):
        raise CaseError(f"{path}: `earlier` is a list of tables, one for each earlier version")
    for one in (info, *earlier):
        _check(path, one)
    return info


def _check(path: Path, info: Mapping[str, Any]) -> None:
    missing = [key for key in ("file", "sha256") if not isinstance(info.get(key), str)]
    if missing:
        raise CaseError(f"{path}: it lacks {' and '.join(missing)}")
    wrong = [key for key in _TEXTS if not isinstance(info.get(key, ""), str)]
    if wrong:
        raise CaseError(f"{path}: {' and '.join(wrong)} must be text in quotation marks")
    for key in FILES:
        name = info.get(key)
        if name is not None and (Path(name).name != name or "\\" in name):
            raise CaseError(f"{path}: `{key}` names a file of the case folder, not {name!r}")


def write_manifest(folder: Path, info: Mapping[str, Any]) -> dict[str, Any]:
    """Write ``case.toml``; what is ``None`` is left out. Returns what was written."""
    known = {key: value for key, value in info.items() if value is not None}
    earlier = known.pop("earlier", None)  # tables come after the values that they are not part of
    known |= {"earlier": earlier} if earlier else {}
    write_whole(folder / CASE_FILE, tomli_w.dumps(known).encode("utf-8", "replace"))
    return known


def manifest_of(article: Article, size: int, source: Any, original_name: str | None) -> dict[str, Any]:
    """What is known about an article now that it is collected: all of a manifest but the names of its files.

    Args:
        article: the article as it was read.
        size: of its original bytes.
        source: what it was read from; a fetched page tells when and from where.
        original_name: the name that its file had.
    """
    fetched = source if isinstance(source, Fetched) else None
    return {
        **{key: getattr(article, key) for key in ("title", "published", "outlet", "url", "author", "language")},
        **{key: getattr(article, key) for key in ("media_type", "encoding", "sha256")},
        "size": size,
        "original_name": "".join(char if char.isprintable() else "\ufffd" for char in original_name or "") or None,
        "requested_url": fetched.requested_url if fetched else None,
        "collected_at": fetched.fetched_at if fetched else datetime.now().astimezone().replace(microsecond=0),
        "collected_by": os.environ.get("KIT_ANNOTATOR") or login_name(),
        "extractor": "kit.articles",
        "extractor_version": kit.__version__,
        "extracted_with": _extracted_with(article.media_type),
    }


def _extracted_with(media_type: str) -> str | None:
    name = _EXTRACTORS.get(media_type)
    try:
        return f"{name} {version(name)}" if name else None
    except PackageNotFoundError:
        return name


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
