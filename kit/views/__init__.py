"""Chart views: which figures an analyst chose to see, how they are drawn, and what of that is saved with the case.

In: the tables of an article as decided, and a view: a mapping of the keys below. Out: the chosen rows, a chart with its
alt text, and ``views.toml`` beside the case. A chart of chosen rows says what they were chosen by and how many rows the
table has, so that a picture taken out of the kit cannot pass a part for the whole.

    name       what the view is called; the only key that has to be there
    chart      quantities (the default), by-source, confirmed, timeline, network or grades
    measure, category, reporter, affected, place
               keep the figures of which this is so, as the table writes it; "" is "not stated"
    first, last
               days: keep what may have happened between them; what has no date is left out
    decided    true: keep only what an analyst accepted
    policy     how numbers that are words are read (:mod:`kit.policies`); "none" leaves them in words
    log, total, every
               a logarithmic axis; the sum, with its assumption; ages, ranks and the like as well
    floors     for the chart "confirmed": tables with category, value, source, date, and list where there is one

:mod:`~kit.views.files` reads and writes ``views.toml``, :mod:`~kit.views.choosing` chooses rows,
:mod:`~kit.views.drawing` draws.
"""

from __future__ import annotations

from kit.views.choosing import NOT_STATED, apply_view, filter_values
from kit.views.drawing import NEEDS, Drawn, draw_view, view_charts
from kit.views.files import VIEWS_FILE, read_views, write_view
from kit.views.schema import CHARTS, DEFAULTS, FILTERS, NO_POLICY, ViewError, checked

__all__ = [
    "CHARTS",
    "DEFAULTS",
    "FILTERS",
    "NEEDS",
    "NOT_STATED",
    "NO_POLICY",
    "VIEWS_FILE",
    "Drawn",
    "ViewError",
    "apply_view",
    "checked",
    "draw_view",
    "filter_values",
    "read_views",
    "view_charts",
    "write_view",
]
