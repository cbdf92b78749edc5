"""Charts for contested figures: what is claimed, by whom, with which bound, when, through whom and how surely.

In: tables of :mod:`kit.tables`, or any ``DataFrame`` with the columns that a function names. Out: matplotlib ``Axes``
on a new figure or on those of the caller (``ax=``), alt text with the numbers, and images::

    figures ──> rows (cleaned, under a policy) ──> lines (measured) ──> quantities, by_source, confirmed ─┐
    dates, claims ──> moments (placed in the calendar) ──> lanes ─────> timeline ─────────────────────────┤
    sources ──> chain (who cites whom) ──> boxes ──> routes ──────────> network ──────────────────────────┼─> sheet
    claims, sources ──> grid ─────────────────────────────────────────> grades ───────────────────────────┘

Charts of one page take the same ``groups`` (:func:`source_groups`): a source group then looks the same on all of them.
:func:`page_image` draws a chart for a page and for a phone.

A chart prints its own caveats: the claimant in the title, unit, place, event date, article and report date, "not
independently confirmed (0 of N source groups)", what its marks mean, and the policy that reads words as numbers.
An open bound is an arrow that starts at the stated number, never a bar; what a policy does not read stays in words.
Nothing is averaged or estimated, and added up only where that is asked for, with the assumption. Nothing is read from
or kept in pyplot's state: a chart is shown through :func:`show_quantities` or :func:`as_image`.
"""

from __future__ import annotations

from kit.charts.by_source import alt_text_by_source, plot_by_source
from kit.charts.confirmed import alt_text_claimed_confirmed, plot_claimed_confirmed
from kit.charts.grades import alt_text_grades, plot_grades
from kit.charts.groups import source_groups
from kit.charts.images import ChartImage, as_image, chart_bytes, page_image, save_chart
from kit.charts.network import alt_text_source_network, plot_source_network
from kit.charts.places import Place, mark_places
from kit.charts.quantities import alt_text, plot_quantities, plot_quantity_panels, show_quantities
from kit.charts.timeline import alt_text_timeline, plot_timeline
from kit.charts.when import stretch

__all__ = [
    "ChartImage",
    "Place",
    "alt_text",
    "alt_text_by_source",
    "alt_text_claimed_confirmed",
    "alt_text_grades",
    "alt_text_source_network",
    "alt_text_timeline",
    "as_image",
    "chart_bytes",
    "mark_places",
    "page_image",
    "plot_by_source",
    "plot_claimed_confirmed",
    "plot_grades",
    "plot_quantities",
    "plot_quantity_panels",
    "plot_source_network",
    "plot_timeline",
    "save_chart",
    "show_quantities",
    "source_groups",
    "stretch",
]
