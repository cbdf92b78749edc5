"""How many outlets, and how many origins: outlets that have something from one source group count as one.

In: readings. Out: a row per figure and per statement that two articles or more have. An origin is the source group that
stands at the end of "A reports, citing B". What an outlet says itself, and what "officials" say, has no known origin:
it counts for nothing, and is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from kit.compare.groups import Groups
from kit.compare.readings import Compared, Reading, compared
from kit.compare.same_figure import find_figures
from kit.compare.statements import find_statements
from kit.records import Source
from kit.tables.columns import frame, joined, text_columns

ORIGIN_COLUMNS = (
    text_columns("what", "kind")
    | {"outlets": "Int64", "origins": "Int64"}
    | text_columns("counts_as", "origin", "unnamed", "nobody_cited", "who")
)


def origins_table(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per shared figure or statement; columns as in ``ORIGIN_COLUMNS``.

    ``outlets`` counts the articles, ``origins`` the named source groups behind them; ``origin`` names these,
    ``unnamed`` the sources without a name, ``nobody_cited`` the outlets that cite nobody for it, ``who`` all outlets.
    """
    articles = compared(readings)
    groups = Groups(articles)
    rows = [
        _row(
            f"{shared.title}",
            "figure",
            [(one.article, one.source) for one in shared.told],
            groups,
        )
        for shared in find_figures(articles)
        if shared.articles > 1
    ]
    rows += [
        _row(shared.title, "claim", [(one.article, one.source) for one in shared.told], groups)
        for shared in find_statements(articles, groups)
    ]
    return frame(sorted(rows, key=lambda row: (row["kind"] != "figure", -row["outlets"])), ORIGIN_COLUMNS)


def _row(what: str, kind: str, told: Iterable[tuple[Compared, Source | None]], groups: Groups) -> dict[str, object]:
    named: dict[str, None] = {}
    unnamed: dict[str, None] = {}
    outlets: dict[str, bool] = {}  # outlet → whether it cites anybody
    for article, source in told:
        outlets[article.outlet] = outlets.get(article.outlet, False) or source is not None
        for origin, has_name in groups.origins(article, source).items():
            (named if has_name else unnamed).setdefault(origin)
    return {
        "what": what,
        "kind": kind,
        "outlets": len(outlets),
        "origins": len(named),
        "counts_as": _verdict(len(outlets), len(named)),
        "origin": joined(named),
        "unnamed": joined(unnamed),
        "nobody_cited": joined(outlet for outlet, cites in outlets.items() if not cites),
        "who": joined(outlets),
    }


def _verdict(outlets: int, origins: int) -> str:
    counts = {0: "no named origin: counts as none", 1: "one origin: counts as one"}
    return f"{outlets} outlets, {counts.get(origins, f'{origins} origins: counts as {origins}')}"
