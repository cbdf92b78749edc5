"""The case folder: original bytes, what is known about them, a frozen reading, and people's decisions.

In: an article and a folder. Out: a :class:`Case` that every notebook opens. The article's bytes are copied
once and never touched again; ``analysis.json`` stays as it is until :meth:`Case.analyse_again`; the decisions
are the store's.

    cases/NAME/article.txt  case.toml  analysis.json  annotations.jsonl
"""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli_w

import kit
from kit.articles import ArticleError, Fetched, read_article, read_date, read_original, recognised_type, suffix_of
from kit.contract import analysis_from_json, analysis_to_json
from kit.decisions import Effective, as_decided
from kit.errors import KitError
from kit.records import Analysis, Article, RecordError, Segment
from kit.schemes import LABELS_FILE, Scheme, load_scheme
from kit.store import AnnotationStore, login_name

CASE_FILE, ANALYSIS_FILE, ANNOTATIONS_FILE = "case.toml", "analysis.json", "annotations.jsonl"
EXTRACTED_FILE = "extracted.json"  # the text of an article that is no plain text, as it was first read


class CaseError(KitError):
    """A folder that is no case, or a case whose files do not belong together."""


@dataclass(frozen=True)
class Case:
    """One article under work. ``info`` is ``case.toml``; make one with :func:`create_case` or :func:`open_case`."""

    folder: Path
    info: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.folder.name

    @cached_property
    def article(self) -> Article:
        """The article, read from the original bytes.

        Raises:
            CaseError: the bytes are not those that were collected.
        """
        path = self.folder / self.info["file"]
        try:
            article = read_article(
                path,
                published=self.info.get("published"),
                title=self.info.get("title"),
                outlet=self.info.get("outlet"),
                url=self.info.get("url"),
                encoding=self.info.get("encoding"),
                media_type=self.info.get("media_type"),
            )
        except ArticleError as error:
            raise CaseError(f"{self.folder / CASE_FILE}: {error}") from error
        if article.sha256 != self.info["sha256"]:
            raise CaseError(
                f"{path} was changed after it was collected (SHA-256 {article.sha256[:12]}…, {CASE_FILE} says "
                f"{self.info['sha256'][:12]}…): put the original back, or make a new case from the new text"
            )
        kept = self.folder / EXTRACTED_FILE
        if kept.exists():  # a later extractor may read another text out of the same bytes
            try:
                data = json.loads(kept.read_text(encoding="utf-8"))
                segments = tuple(Segment(*segment) for segment in data["segments"])
                article = replace(article, text=data["text"], segments=segments)
            except (ValueError, KeyError, TypeError, RecordError) as error:
                raise CaseError(f"{kept}: {error}. Move it away, and the text is extracted afresh") from error
        return article

    @cached_property
    def analysis(self) -> Analysis:
        """The frozen reading; made and frozen now if there is none yet.

        Raises:
            CaseError: ``analysis.json`` cannot be read against this article.
        """
        path = self.folder / ANALYSIS_FILE
        if not path.exists():
            return self._freeze()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(data, dict):
                raise RecordError("it is no JSON object")
            return analysis_from_json(data, replace(self.article, published=read_date(data.get("published"))))
        except (ValueError, RecordError, KeyError) as error:
            raise CaseError(f"{path}: {error}. Move it away, and the article is read afresh") from error

    def analyse_again(self) -> Analysis:
        """Read the article afresh and freeze that reading in place of the old one; decisions are kept."""
        self.__dict__.pop("analysis", None)  # the cached property
        return self._freeze()

    def store(self, annotator: str | None = None) -> AnnotationStore:
        """The event log of people's decisions."""
        return AnnotationStore(self.folder / ANNOTATIONS_FILE, article=self.article.sha256, annotator=annotator)

    def view(self, annotator: str | None = None) -> Effective:
        """The records as people decided them; with ``annotator`` only that one's decisions count (a blind view)."""
        return as_decided(self.analysis, self.store().read(), annotator=annotator)

    def labels(self) -> Scheme:
        """The labels that can be given here: the kit's own and those of ``labels.toml``.

        Raises:
            SchemeError: the file is no TOML, or a label in it is none.
        """
        return load_scheme(self.folder / LABELS_FILE)

    def verify(self) -> list[str]:
        """What is wrong with the case, in sentences: changed bytes, a broken log, decisions that lost their text."""
        try:
            store = self.store()
            strays = as_decided(self.analysis, store.read()).strays
        except (CaseError, OSError, ValueError) as error:
            return [str(error)]
        lost = [f"{ANNOTATIONS_FILE}: {stray.message}" for stray in strays if stray.kind in ("lost", "broken")]
        return [*store.problems, *lost]

    def notices(self) -> list[str]:
        """What an analyst should know before relying on the reading; empty where there is nothing to say."""
        found = list(self.article.warnings)
        if self.article.published is None:
            found.append(f"No publication date: relative dates stay open. Add `published = 2023-06-05` to {CASE_FILE}.")
        if self.analysis.article.published != self.article.published:
            found.append("The reading was made with another publication date: run case.analyse_again().")
        strays = [stray.message for stray in self.view().strays if stray.kind in ("vanished", "changed")]
        return found + self.verify() + strays

    def facts(self) -> dict[str, Any]:
        """What is known about the article, by name; ``None`` for what nobody said. No clock, no path."""
        article = self.article
        return {
            "Title": article.title,
            "Outlet": article.outlet,
            "Published": article.published,
            "URL": article.url,
            "Length": f"{len(article.text.split()):,} words",
            "File": f"{self.info['file']} ({article.media_type}, {article.encoding})",
            "SHA-256": article.sha256,
        }

    def method(self) -> dict[str, Any]:
        """How the reading was made and how much of it people have judged, by name."""
        answers = [decision.answer for decision in self.store().current().values()]
        pipeline = self.analysis.pipeline
        suggested = sum(claim.voice == "attributed" for claim in self.analysis.claims) + len(self.analysis.quantities)
        return {
            "Read by": f"{pipeline.name} {pipeline.version} (analyst-notebook-kit {kit.__version__})",
            "SHA-256 of its rules": pipeline.sha256,
            "Suggested": f"{suggested} claims and figures",
            "Decisions": ", ".join(f"{answers.count(name)} {name}" for name in ("accept", "reject", "ignore")),
            "Vague numbers": "shown as words, never as a number",
        }

    def _freeze(self) -> Analysis:
        from kit.analysis import analyse  # spaCy takes a second to import, and a frozen reading needs none

        analysis = analyse(self.article)
        data = json.dumps(analysis_to_json(analysis, id=self.name), ensure_ascii=False, indent=1)
        _write(self.folder / ANALYSIS_FILE, (data + "\n").encode())
        self.__dict__["analysis"] = analysis
        return analysis


def open_case(folder: str | Path) -> Case:
    """Open a case folder.

    Raises:
        CaseError: there is no ``case.toml``, or it is not one.
    """
    folder = Path(folder)
    path = folder / CASE_FILE
    if not path.is_file():
        raise CaseError(f"{folder} is not a case: it has no {CASE_FILE}. Make one with `kit new NAME ARTICLE`")
    try:
        info = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: not valid TOML: {error}") from error
    missing = [key for key in ("file", "sha256") if not isinstance(info.get(key), str)]
    if missing:
        raise CaseError(f"{path}: it lacks {' and '.join(missing)}")
    wrong = [key for key in ("title", "outlet", "url", "encoding") if not isinstance(info.get(key, ""), str)]
    if wrong:
        raise CaseError(f"{path}: {' and '.join(wrong)} must be text in quotation marks")
    if Path(info["file"]).name != info["file"]:
        raise CaseError(f"{path}: `file` names a file of the case folder, not {info['file']!r}")
    return Case(folder, info)


def create_case(
    folder: str | Path,
    source: str | Path | bytes | Fetched,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Case:
    """Make a case from an article: copy its bytes, write ``case.toml`` and freeze a first reading.

    A folder that already holds the case of the same bytes is opened again; what is said here about the
    article replaces what its ``case.toml`` said, and its decisions are kept.

    Raises:
        ArticleError: the source is not an article, or the date is none.
        CaseError: the folder holds something else.
    """
    folder = Path(folder)
    raw = source.content if isinstance(source, Fetched) else read_original(source)  # once: the file may change
    given = {"published": read_date(published), "title": title, "outlet": outlet, "url": url}
    fetched = {"url": url or source.url, "encoding": source.encoding} if isinstance(source, Fetched) else {}
    article = read_article(raw, **given | fetched, media_type=recognised_type(source, raw))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return _update(folder, article, given)
    folder.mkdir(parents=True, exist_ok=True)
    info = {
        "title": article.title,
        **{key: getattr(article, key) for key in ("published", "outlet", "url", "author", "language")},
        "file": f"article{suffix_of(article.media_type)}",
        "media_type": article.media_type,
        "encoding": article.encoding,
        "sha256": article.sha256,
        "size": len(raw),
        "requested_url": source.requested_url if isinstance(source, Fetched) else None,
        "collected_at": source.fetched_at if isinstance(source, Fetched) else _now(),
        "collected_by": os.environ.get("KIT_ANNOTATOR") or login_name(),
        "extractor": "kit.articles",
        "extractor_version": kit.__version__,
    }
    _write(folder / info["file"], raw)
    if not article.media_type.startswith("text/") or article.media_type == "text/html":
        segments = [[segment.kind, segment.start_char, segment.end_char] for segment in article.segments]
        kept = json.dumps({"text": article.text, "segments": segments}, ensure_ascii=False, indent=1)
        _write(folder / EXTRACTED_FILE, (kept + "\n").encode())
    return _save(folder, info)


def _now() -> datetime:
    return datetime.now().astimezone().replace(microsecond=0)


def _update(folder: Path, article: Article, given: dict[str, Any]) -> Case:
    """Open the case again that this folder holds, if it is of the same bytes."""
    if not (folder / CASE_FILE).is_file():
        raise CaseError(f"{folder} is not empty and not a case: name another folder")
    case = open_case(folder)
    if case.info["sha256"] != article.sha256:
        raise CaseError(f"{folder} already holds the case of another article: give this one another name or folder")
    changed = {key: value for key, value in given.items() if value is not None and case.info.get(key) != value}
    if not changed:
        return case
    case = _save(folder, case.info | changed, freeze=False)
    case.analyse_again()
    return case


def _save(folder: Path, info: dict[str, Any], *, freeze: bool = True) -> Case:
    known = {key: value for key, value in info.items() if value is not None}
    _write(folder / CASE_FILE, tomli_w.dumps(known).encode())
    case = Case(folder, known)
    if freeze:
        _ = case.analysis  # reading it freezes it
    return case


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)
