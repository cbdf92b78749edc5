"""A case that is open: its article, its reading, its decisions, and each of its versions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.articles import ArticleError, media_type_of, read_article, read_date
from kit.cases.manifest import (
    ANALYSIS_FILE,
    ANNOTATIONS_FILE,
    CASE_FILE,
    EXTRACTED_FILE,
    CaseError,
    read_manifest,
    write_manifest,
    write_whole,
)
from kit.contract import analysis_from_json, analysis_to_json
from kit.decisions import Effective, Stray, as_decided
from kit.records import Analysis, Article, RecordError, Segment
from kit.schemes import LABELS_FILE, Scheme, load_scheme
from kit.store import AnnotationStore


@dataclass(frozen=True)
class Case:
    """One article under work; make one with :func:`create_case` or :func:`open_case`.

    ``info`` is ``case.toml``: what it says is of the current version, ``info["earlier"]`` of those before it.
    """

    folder: Path
    info: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.folder.name

    @property
    def version(self) -> int:
        """The number of this version: 1 for the first that was collected."""
        return len(self.info.get("earlier", ())) + 1

    def versions(self) -> tuple[Case, ...]:
        """The case at each of its versions, oldest first, this one last.

        Each has its own article and reading; all share one log, whose decisions are found again in each text.
        """
        earlier = self.info.get("earlier", [])
        return (*(Case(self.folder, one | {"earlier": earlier[:n]}) for n, one in enumerate(earlier)), self)

    def path(self, key: str) -> Path | None:
        """Where a file of this version is: ``file``, ``extracted`` or ``analysis``; ``None`` where it has none."""
        first = {"analysis": ANALYSIS_FILE, "extracted": EXTRACTED_FILE} if self.version == 1 else {}
        name = self.info.get(key, first.get(key))
        return self.folder / name if name else None

    @cached_property
    def article(self) -> Article:
        """The article: the original bytes as they were read when they were collected.

        Raises:
            CaseError: the bytes are not those that were collected, or the text read out of them is not as it was.
        """
        path = self.folder / self.info["file"]
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise CaseError(f"{path} cannot be read ({error.strerror or error}): put the original back") from error
        sha256 = hashlib.sha256(raw).hexdigest()
        if sha256 != self.info["sha256"]:
            raise CaseError(
                f"{path} was changed after it was collected (SHA-256 {sha256[:12]}…, {CASE_FILE} says "
                f"{self.info['sha256'][:12]}…): put the original back, or make a new case from the new text"
            )
        facts = {key: self.info.get(key) for key in ("title", "outlet", "url")}
        media_type = self.info.get("media_type") or media_type_of(path)
        try:
            facts["published"] = read_date(self.info.get("published"))
            kept = self.path("extracted")
            if kept is None or not kept.exists():
                return read_article(raw, **facts, encoding=self.info.get("encoding"), media_type=media_type)
        except ArticleError as error:
            raise CaseError(f"{self.folder / CASE_FILE}: {error}") from error
        # A later extractor may read another text out of the same bytes.
        facts |= {"author": self.info.get("author"), "language": self.info.get("language"), "media_type": media_type}
        return self._extracted(kept, Article("", sha256, encoding=self.info.get("encoding", "utf-8"), **facts))

    def _extracted(self, path: Path, about: Article) -> Article:
        mend = "Put the original back, or move it away, and the text is extracted afresh"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            segments = tuple(Segment(*segment) for segment in data["segments"])
            warnings = tuple(map(str, data.get("warnings", ())))
            article = replace(about, text=data["text"], segments=segments, warnings=warnings)
            digest = text_sha256(article.text)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecordError) as error:
            raise CaseError(f"{path}: {error}. {mend}") from error
        if digest != self.info.get("text_sha256", digest):
            raise CaseError(f"{path} was changed after it was collected: its text has another SHA-256. {mend}")
        return article

    @cached_property
    def analysis(self) -> Analysis:
        """The frozen reading; made and frozen now if there is none yet.

        Raises:
            CaseError: ``analysis.json`` cannot be read against this article.
        """
        return self.frozen() or self.analyse_again()

    def frozen(self) -> Analysis | None:
        """The frozen reading, or ``None``; nothing is made or written.

        Raises:
            CaseError: as for :attr:`analysis`.
        """
        path = self.path("analysis")
        if path is None or not path.exists():
            return None
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(data, dict):
                raise RecordError("it is no JSON object")
            return analysis_from_json(data, replace(self.article, published=read_date(data.get("published"))))
        except CaseError:
            raise
        except (OSError, ValueError, RecordError, KeyError, TypeError) as error:
            raise CaseError(f"{path}: {error}. Move it away, and the article is read afresh") from error

    def analyse_again(self) -> Analysis:
        """Read the article afresh and freeze that reading in place of the old one; decisions are kept."""
        from kit.analysis import analyse  # spaCy takes a second to import, and a frozen reading needs none

        analysis = analyse(self.article)
        data = json.dumps(analysis_to_json(analysis, id=self.name), ensure_ascii=False, indent=1) + "\n"
        write_whole(self.path("analysis") or self.folder / ANALYSIS_FILE, data.encode())
        self._note(analysis_sha256=hashlib.sha256(data.encode()).hexdigest())
        self.__dict__["analysis"] = analysis  # the cached property
        return analysis

    def _note(self, **facts: Any) -> None:
        """Write down facts about this version in ``case.toml``, as it is now."""
        info = read_manifest(self.folder)
        earlier = info.get("earlier", [])
        own = earlier[self.version - 1] if self.version <= len(earlier) else info
        if own | facts != own:
            own.update(facts)
            write_manifest(self.folder, info)
        self.info.update(facts)

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
        """What is wrong with the case, in sentences: changed bytes, a broken log, decisions that lost their text.

        A decision on an earlier version whose words the current one no longer has is as it should be: see
        :meth:`notices`. Nothing is written.
        """
        from kit.cases.verifying import checks

        return [check.message for check in checks(self) if check.problem]

    def notices(self) -> list[str]:
        """What an analyst should know before relying on the reading; empty where there is nothing to say."""
        found = list(self.article.warnings)
        if self.article.published is None:
            found.append(f"No publication date: relative dates stay open. Add `published = 2023-06-05` to {CASE_FILE}.")
        if self.analysis.article.published != self.article.published:
            found.append("The reading was made with another publication date: run case.analyse_again().")
        problems = self.verify()
        known = "\n".join(problems)
        return found + problems + [stray.message for stray in self.strays() if stray.message not in known]

    def strays(self) -> tuple[Stray, ...]:
        """The decisions that do not stand as they were taken: to look at again."""
        return self.view().strays

    def facts(self) -> dict[str, Any]:
        """What is known about the article, by name; ``None`` for what nobody said. No clock, no path."""
        article = self.article
        version = {"Version": f"{self.version}, collected {self.info.get('collected_at')}"} if self.version > 1 else {}
        return {
            "Title": article.title,
            "Outlet": article.outlet,
            "Published": article.published,
            "URL": article.url,
            **version,
            "Length": f"{len(article.text.split()):,} words",
            "File": f"{self.info['file']} ({article.media_type}, {article.encoding})",
            "SHA-256": article.sha256,
        }


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_sha256(text: str) -> str:
    """SHA-256 of an extracted text in its UTF-8 form."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
