"""The analyst notebook kit: read an article, tag its claims, chart its figures.

How the data flows, room by room::

    a file, bytes, pasted text
        |  articles     decodes, hashes, cuts into segments
        v
    Article
        |  pipeline     a spaCy Doc over the same characters
        v
    claims, sources, quantities, dates      who says what; who that is; which figures; when
        |  analysis     all of these in one call
        v
    Analysis ----------------+
        |  widgets           |
        v                    v
    store ---------------> tables -------> charts -------> report
    people's decisions     rows that       a figure with   one page that
    as an append-only      lead back to    its bound and   opens without
    log of events          characters      its reporter    a network

What to read first: :mod:`kit.records`, the nouns, with every offset checked, and :mod:`kit.contract`, their JSON;
then :mod:`kit.decisions`, what the log of events amounts to. All else is verbs over these. :mod:`kit.analysis` is the
friendly call for the machine's reading, with the trained English in :mod:`kit.english`, its word lists in
:mod:`kit.lexicon` and its sentences in :mod:`kit.segments`; :mod:`kit.cases` keeps an article, its reading and its
decisions together in a folder, with the analyst's own labels (:mod:`kit.schemes`);
:mod:`kit.checkworthiness` orders what is to be judged. :mod:`kit.markup` turns text and records into escaped HTML,
:mod:`kit.display` shows tables, :mod:`kit.summary` says in sentences who claims what, :mod:`kit.wording` looks for
words of probability in them; :mod:`kit.policies` reads numbers that are words, under a named policy; :mod:`kit.gallery`
chooses the charts of a report, :mod:`kit.views` keeps those that an analyst chose, :mod:`kit.charting` saves them as
pictures. :mod:`kit.compare` puts several articles side by side; :mod:`kit.exports` writes for other programs;
:mod:`kit.workspace` knows where notebooks and cases are; :mod:`kit.batch`, :mod:`kit.report` and :mod:`kit.cli` are the
``kit`` command.

Extraction, :mod:`kit.widgets` and :mod:`kit.store` never import each other. A notebook joins them::

    case = kit.open_case("notebooks/cases/sample")
    store = case.store()
    kit.Annotator(case.analysis, on_answer=store.append)

Importing ``kit`` loads nothing else: each public name is fetched from its module when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Public name -> the module that holds it. Nothing is imported until the name is used, so that `import kit` and
# `kit --help` do not pay for spaCy, pandas and matplotlib.
_HOMES = {
    "AnnotationStore": "kit.store",
    "Annotator": "kit.widgets",
    "ArticleOpener": "kit.widgets",
    "FigureExplorer": "kit.widgets",
    "Fetched": "kit.articles",
    "add_version": "kit.cases",
    "agreement": "kit.tables",
    "analyse": "kit.analysis",
    "annotations_table": "kit.tables",
    "apply_policy": "kit.policies",
    "changes_table": "kit.tables",
    "check_publication": "kit.dates",
    "claims_table": "kit.tables",
    "corroboration": "kit.tables",
    "create_case": "kit.cases",
    "dates_table": "kit.tables",
    "differences_table": "kit.tables",
    "export_case": "kit.exports",
    "extract_claims": "kit.claims",
    "extract_dates": "kit.dates",
    "extract_quantities": "kit.quantities",
    "extract_sources": "kit.sources",
    "fetch": "kit.articles",
    "how_it_is_told": "kit.tables",
    "load_lexicon": "kit.lexicon",
    "load_pipeline": "kit.pipeline",
    "open_case": "kit.cases",
    "plot_by_source": "kit.charts",
    "plot_claimed_confirmed": "kit.charts",
    "plot_grades": "kit.charts",
    "plot_quantities": "kit.charts",
    "plot_quantity_panels": "kit.charts",
    "plot_source_network": "kit.charts",
    "plot_timeline": "kit.charts",
    "quantities_table": "kit.tables",
    "read_article": "kit.articles",
    "save_chart": "kit.charts",
    "read_views": "kit.views",
    "sources_table": "kit.tables",
    "versions_table": "kit.tables",
    "write_view": "kit.views",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    """Fetch a public name from its module on first use (PEP 562) and keep it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kit' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the lazy names too, so that completion in a notebook offers them."""
    return sorted({*globals(), *_HOMES})
