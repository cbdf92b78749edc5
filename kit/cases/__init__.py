"""The case folder: original bytes, what is known about them, a frozen reading, and people's decisions.

In: an article and a folder. Out: a :class:`Case` that every notebook opens. An article's bytes are copied once and
never touched again; its reading stays as it is until :meth:`Case.analyse_again`; the decisions are the store's.

    cases/NAME/article.html    the original bytes
               extracted.json  the text that was read out of them; plain text needs none
               analysis.json   the machine's reading
               case.toml       the manifest: what these files are, their SHA-256, when, by whom and with what
               annotations.jsonl

A newer version of the article lies beside the older one (``article-2.html``, ``extracted-2.json``, ``analysis-2.json``)
and ``case.toml`` describes it; what it said about the older one moves to a table of ``[[earlier]]``. No file is renamed
or rewritten for it, and the decisions follow their words (:mod:`kit.decisions`).

:mod:`~kit.cases.case` is the open case, :mod:`~kit.cases.manifest` its ``case.toml``, :mod:`~kit.cases.creating` makes
cases and adds versions, :mod:`~kit.cases.incoming` does it in two steps for a person at a form,
:mod:`~kit.cases.verifying` checks, :mod:`~kit.cases.command` is what ``kit new``, ``kit add`` and ``kit verify`` print.
"""

from __future__ import annotations

from kit.cases.case import Case
from kit.cases.creating import add_version, create_case, open_case
from kit.cases.incoming import Incoming, incoming, use_case
from kit.cases.manifest import ANALYSIS_FILE, ANNOTATIONS_FILE, CASE_FILE, EXTRACTED_FILE, CaseError
from kit.cases.verifying import Check, checks

__all__ = [
    "ANALYSIS_FILE",
    "ANNOTATIONS_FILE",
    "CASE_FILE",
    "EXTRACTED_FILE",
    "Case",
    "CaseError",
    "Check",
    "Incoming",
    "add_version",
    "checks",
    "create_case",
    "incoming",
    "open_case",
    "use_case",
]
