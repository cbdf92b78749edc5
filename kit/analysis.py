"""``analyse(article)``: the one friendly call over the extractors.

In: an :class:`~kit.records.Article`. Out: an :class:`~kit.records.Analysis` with claims, sources, quantities,
dates and voices, every span checked against the text. It keeps nothing: :mod:`kit.cases` freezes a reading.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from kit.claims import extract_claims, extract_voices
from kit.dates import extract_dates
from kit.english.weights import hash_files
from kit.pipeline import load_pipeline
from kit.quantities import extract_quantities, find_reports
from kit.quantities.digits import extract_digits
from kit.records import Analysis, Article, Pipeline, Voice
from kit.segments import make_doc
from kit.sources import extract_sources, link_sources

_RULES = ("articles", "pipeline", "english", "segments", "claims", "sources", "dates", "quantities")
_DECIDES_NOTHING = {"checkworthiness", "policies", "probability"}  # lists for the desk and the tables, not for reading


def analyse(article: Article, nlp: Language | None = None) -> Analysis:
    """Read an article: who says what, which figures, which dates.

    Args:
        article: from :func:`kit.articles.read_article`.
        nlp: another pipeline than the kit's own; it has to set what ``kit_english`` sets (see :mod:`kit.english`).
    """
    nlp = nlp or load_pipeline()
    if article.language not in (None, "en"):  # shown with its figures in digits: the rest is English only
        voices = (Voice("outlet", None, 0, len(article.text)),) if article.text else ()
        pipeline = Pipeline(nlp.meta["name"], nlp.meta["version"], rules_sha256())
        return Analysis(article, (), (), tuple(extract_digits(article)), (), voices, pipeline)
    doc = make_doc(nlp, article)
    claims = extract_claims(doc)
    reports = find_reports(doc, claims)  # "police counted 3,500": who reports a figure, and no claim
    sources = extract_sources(doc, [*claims, *reports])
    claims = link_sources(claims, sources)
    dates = extract_dates(doc, article.published)
    return Analysis(
        article=article,
        claims=tuple(claims),
        sources=tuple(sources),
        quantities=tuple(extract_quantities(doc, claims, dates, link_sources(reports, sources))),
        dates=tuple(dates),
        voices=tuple(extract_voices(doc, claims)),
        pipeline=Pipeline(nlp.meta["name"], nlp.meta["version"], rules_sha256()),
    )


def rules_sha256() -> str:
    """SHA-256 of everything that decides how an article is read: the extractors' code, the weights, the word lists."""
    return _rules_sha256(os.environ.get("KIT_LEXICON"))


@lru_cache(maxsize=4)
def _rules_sha256(user_lexicon: str | None) -> str:
    package = Path(__file__).parent
    rules = [file for name in _RULES for file in (sorted((package / name).glob("*.py")) or [package / f"{name}.py"])]
    lists = sorted((package / "lexicon").glob("*.toml"))
    lists += sorted(Path(user_lexicon).glob("*.toml")) if user_lexicon else []
    lists = [file for file in lists if file.stem not in _DECIDES_NOTHING]
    digest = hashlib.sha256()
    digest.update(json.dumps(hash_files(), sort_keys=True).encode())
    for file in rules + lists:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
