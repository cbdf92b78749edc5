"""Charts for contested figures: what is claimed, by whom, with which bound.

In: the table of :func:`kit.tables.quantities_table`, or any ``DataFrame`` with its columns (``text``, ``value``,
``bound`` and ``reporter`` must be there, the others may be missing). Out: matplotlib ``Axes`` and ``Figure``s, alt
text, and an image for a notebook page.

A chart prints its own caveats: the claimant in the title, unit, place, event date, article and report date, "not
independently confirmed (0 of N source groups)", and what its marks mean. An open bound is an arrow that starts
at the stated number, never a bar; a figure in words stays words. Nothing is added up, averaged or estimated, and
nothing is read from or kept in pyplot's state: a chart is shown through :func:`show_quantities` or :func:`as_image`.
"""

from __future__ import annotations

from kit.charts.images import ChartImage, as_image
from kit.charts.plots import plot_quantities, plot_quantity_panels, show_quantities
from kit.charts.words import alt_text

__all__ = ["ChartImage", "alt_text", "as_image", "plot_quantities", "plot_quantity_panels", "show_quantities"]
