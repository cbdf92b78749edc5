"""Several articles on the same event, side by side: what each of them kept, dropped and took from whom.

In: a :class:`Reading` per article. Out: ``DataFrame``s. What is put together is put together by rules that a reader can
check, and each row says why (``why``). Nothing is added up, and no outlet is called right or wrong.

    readings
      |  groups      source groups across articles: a ministry here is the ministry there
      |  same_figure the same thing counted: category, whom it befalls, date, number
      |  statements  the same thing said: shared words, and who says it
      v
    shared_figures_table, shared_claims_table     one row per article and source group
    dropped_table                                 a bound, a hedge, a source or a name that is here and not there
    brief_table                                   the same in one row per article
    origins_table                                 how many source groups stand behind how many outlets
    cited_table                                   who is cited by whom, under which name

Two words are the same here if their first five letters are, upper and lower case and a plural's "s" aside: "Ukraine"
and "Ukrainian", "attack" and "attacked". Unnamed sources ("officials") are never taken for one another.
"""

from __future__ import annotations

from kit.compare.brief import BRIEF_COLUMNS, brief_table
from kit.compare.dropped import DROPPED_COLUMNS, dropped_table
from kit.compare.figures import FIGURE_COLUMNS, shared_figures_table
from kit.compare.groups import CITED_COLUMNS, cited_table
from kit.compare.headings import BRIEF_SHOWN, CITED_SHOWN, CLAIMS_SHOWN, DROPPED_SHOWN, FIGURES_SHOWN, ORIGINS_SHOWN
from kit.compare.origins import ORIGIN_COLUMNS, origins_table
from kit.compare.readings import Reading
from kit.compare.statements import CLAIM_COLUMNS, shared_claims_table

__all__ = [
    "BRIEF_COLUMNS",
    "BRIEF_SHOWN",
    "CITED_COLUMNS",
    "CITED_SHOWN",
    "CLAIMS_SHOWN",
    "CLAIM_COLUMNS",
    "DROPPED_COLUMNS",
    "DROPPED_SHOWN",
    "FIGURES_SHOWN",
    "FIGURE_COLUMNS",
    "ORIGINS_SHOWN",
    "ORIGIN_COLUMNS",
    "Reading",
    "brief_table",
    "cited_table",
    "dropped_table",
    "origins_table",
    "shared_claims_table",
    "shared_figures_table",
]
