"""Cases are opened, made, and given newer versions of their article.

The manifest is written last: until then a folder is as it was, whatever happens on the way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from kit.articles import Fetched, read_article, read_date, read_original, recognised_type, suffix_of
from kit.articles.inputs import names_a_file
from kit.cases.case import Case, text_sha256
from kit.cases.manifest import CASE_FILE, CaseError, manifest_of, read_manifest, write_manifest, write_whole
from kit.records import Article

Source = str | Path | bytes | Fetched


def open_case(folder: str | Path) -> Case:
    """Open a case folder.

    Raises:
        CaseError: there is no ``case.toml``, or it is not one.
    """
    return Case(Path(folder), read_manifest(Path(folder)))


def create_case(
    folder: str | Path,
    source: Source,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    file_name: str | None = None,
) -> Case:
    """Make a case from an article: copy its bytes, write ``case.toml`` and freeze a first reading.

    A folder that already holds the case of the same bytes is opened again; what is said here about the
    article replaces what its ``case.toml`` said, and its decisions are kept.

    Args:
        folder: where to; made if needed.
        source: as for :func:`kit.read_article`.
        published: publication date; what the article states of itself where this is missing, never a guess.
        title: its title, where another than its headline is wanted.
        outlet: who published it.
        url: where it was published.
        file_name: the name that bytes had as a file, e.g. ``page.html``: it tells what they are where they do not.

    Raises:
        ArticleError: the source is not an article, or the date is none.
        CaseError: the folder holds something else.
    """
    folder = Path(folder)
    taken = take(source, file_name, published=published, title=title, outlet=outlet, url=url)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not (folder / CASE_FILE).is_file():
            raise CaseError(f"{folder} is not empty and not a case: name another folder")
        case = open_case(folder)
        if case.info["sha256"] != taken.article.sha256:
            raise CaseError(
                f"{folder} already holds the case of another article: give this one another name or folder, or add it "
                f"to the case as a newer version with `kit add {folder.name} ARTICLE`"
            )
        return _said_again(case, taken)
    folder.mkdir(parents=True, exist_ok=True)
    return _kept(folder, taken, 1, {})


def add_version(
    folder: str | Path,
    source: Source,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    file_name: str | None = None,
) -> Case:
    """Add a newer version of a case's article beside the older ones, and make it the current one.

    What was there stays as it is. Outlet and address are taken over where nothing else is said; the publication date is
    not: an update may be of another day. The decisions follow their words; :meth:`Case.strays` lists those to look at
    again. The bytes of the current version are no new version: what is said about them is noted.

    Args:
        folder: the case.
        source: as for :func:`kit.read_article`.
        published: publication date of this version.
        title: its title.
        outlet: who published it.
        url: where it was published.
        file_name: the name that bytes had as a file.

    Raises:
        ArticleError: the source is not an article, or the date is none.
        CaseError: the folder is no case, or its files were changed.
    """
    case = open_case(folder)
    taken = take(source, file_name, published=published, title=title, outlet=outlet, url=url)
    if case.info["sha256"] == taken.article.sha256:
        return _said_again(case, taken)
    _ = case.analysis  # nothing is built on a case that is not whole; its reading is frozen before it is history
    inherited = {key: case.info[key] for key in ("outlet", "url") if key in case.info}
    before = {key: value for key, value in case.info.items() if key != "earlier"}
    names = {key: path.name for key in ("extracted", "analysis") if (path := case.path(key)) and path.exists()}
    earlier = [*case.info.get("earlier", []), before | names]
    taken_names = {path.stem for path in case.folder.iterdir()}
    number = next(n for n in count(case.version + 1) if f"article-{n}" not in taken_names)
    return _kept(case.folder, taken, number, {"earlier": earlier}, inherited)


@dataclass(frozen=True)
class Taken:
    """An input, read once: its bytes and the article in them, and what was said about it."""

    source: Source
    raw: bytes
    article: Article
    said: dict[str, Any]
    original_name: str | None


def take(source: Source, file_name: str | None = None, **said: Any) -> Taken:
    """Read an input once: the file it came from may change.

    Raises:
        ArticleError: as for :func:`kit.read_article`.
    """
    said["published"] = read_date(said.get("published"))
    raw = source.content if isinstance(source, Fetched) else read_original(source)
    facts = {name: said.get(name) for name in ("published", "title", "outlet", "url")}
    media_type = recognised_type(source, raw)
    if isinstance(source, Fetched):
        facts |= {"url": facts["url"] or source.url, "encoding": source.encoding}
    elif isinstance(source, bytes) and file_name:
        media_type = recognised_type(Path(file_name), raw)
    elif names_a_file(source):
        file_name = Path(source).name  # type: ignore[arg-type]
    return Taken(source, raw, read_article(raw, **facts, media_type=media_type), said, file_name)


def _said_again(case: Case, taken: Taken) -> Case:
    """The case of the same bytes, with what is said about them now."""
    changed = {key: value for key, value in taken.said.items() if value is not None and case.info.get(key) != value}
    if not changed:
        return case
    case = Case(case.folder, write_manifest(case.folder, case.info | changed))
    case.analyse_again()
    return case


def _kept(
    folder: Path, taken: Taken, number: int, more: dict[str, Any], inherited: dict[str, Any] | None = None
) -> Case:
    """The files of one version, its manifest last, and its reading."""
    article, mark = taken.article, "" if number == 1 else f"-{number}"
    info = manifest_of(article, len(taken.raw), taken.source, taken.original_name)
    info |= {key: value for key, value in (inherited or {}).items() if info.get(key) is None}
    info["file"] = f"article{mark}{suffix_of(article.media_type)}"
    write_whole(folder / info["file"], taken.raw)
    if not article.media_type.startswith("text/") or article.media_type == "text/html":
        segments = [[segment.kind, segment.start_char, segment.end_char] for segment in article.segments]
        kept = {"text": article.text, "segments": segments, "warnings": list(article.warnings)}
        info |= {"extracted": f"extracted{mark}.json", "text_sha256": text_sha256(article.text)}
        write_whole(folder / info["extracted"], (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode())
    info["analysis"] = f"analysis{mark}.json"
    case = Case(folder, write_manifest(folder, info | more))
    _ = case.analysis  # reading it freezes it
    return case
