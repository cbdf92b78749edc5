"""Who cites whom, laid out: outlets to the left, whom they cite to the right of them, and so on.

In: the table of sources. Out: nodes with their column and links between them. The layout depends on the table alone:
the same table gives the same picture. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kit.charts.cells import clean, number
from kit.charts.rows import article_of

NEEDED = ("id", "name")
NO_OUTLET = "outlet not known"
Key = tuple[str, str]


@dataclass
class Node:
    """A source, or an outlet (no ``group``); one for all articles that name it alike in the same group."""

    name: str
    group: str | None
    named: bool = True
    kind: str | None = None
    claims: int = 0
    reliability: str | None = None
    column: int = 0
    cites: list[Node] = field(default_factory=list)


@dataclass
class Chain:
    """The outlets and sources of a chart, the articles they come from, and how many sources were rejected."""

    outlets: list[Node]
    sources: list[Node]
    articles: list[str]
    rejected: int = 0


def read_chain(data: pd.DataFrame) -> Chain:
    """The network of a table: whoever nobody else in an article cites is cited by its outlet.

    Raises:
        ValueError: the columns ``id`` or ``name`` are missing.
    """
    missing = [name for name in NEEDED if name not in data.columns]
    if missing:
        raise ValueError(f"the table of sources lacks {', '.join(missing)}")
    every = data.to_dict("records")
    records = [record for record in every if clean(record.get("decision")) != "reject"]
    nodes: dict[Key, Node] = {}
    of_id: dict[tuple[str | None, str | None], Node] = {}
    for record in records:
        of_id[_id(record)] = _add(record, nodes)
    by_another: set[tuple[str | None, int]] = set()
    for record in records:
        citer, article = of_id[_id(record)], clean(record.get("article"))
        for cited in (clean(record.get("cites")) or "").split("; "):
            other = of_id.get((article, cited))
            if other is not None and other is not citer:
                by_another.add((article, id(other)))
                citer.cites += [] if other in citer.cites else [other]
    outlets: dict[str, Node] = {}
    roots = set(map(id, _set_columns(list(nodes.values()))))
    for record in records:
        name, node = clean(record.get("outlet")) or NO_OUTLET, of_id[_id(record)]
        outlet = outlets.setdefault(name, Node(name, None))
        direct = (clean(record.get("article")), id(node)) not in by_another
        if (direct or id(node) in roots) and node not in outlet.cites:
            outlet.cites.append(node)
    articles = list(dict.fromkeys(article_of(record) for record in records))
    citing = [outlet for outlet in outlets.values() if outlet.cites]
    return Chain(citing, list(nodes.values()), articles, len(every) - len(records))


def _id(record: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return clean(record.get("article")), clean(record["id"])


def _add(record: Mapping[str, Any], nodes: dict[Key, Node]) -> Node:
    name = clean(record["name"]) or "source not known"
    group = clean(record.get("group")) or name
    kind = clean(record.get("type"))
    new = Node(name, group, kind != "unnamed", kind)
    node = nodes.setdefault((name.casefold(), group), new)
    node.claims += int(number(record.get("claims")) or 0)
    node.reliability = node.reliability or clean(record.get("reliability"))
    return node


def _set_columns(nodes: list[Node]) -> list[Node]:
    """Put every source to the right of all that cite it; in a circle the first one named goes first. Out: the roots."""
    waiting = {id(node): 0 for node in nodes}
    for node in nodes:
        for cited in node.cites:
            waiting[id(cited)] += 1
    roots = [node for node in nodes if not waiting[id(node)]]
    ready, placed, order = list(roots), set[int](), iter(nodes)
    for node in roots:
        node.column = 1
    while len(placed) < len(nodes):
        if not ready:
            first = next(node for node in order if id(node) not in placed)
            if not first.column:
                first.column = 1
                roots.append(first)
            ready.append(first)
        node = ready.pop()
        if id(node) in placed:
            continue
        placed.add(id(node))
        for cited in node.cites:
            waiting[id(cited)] -= 1
            if id(cited) not in placed:
                cited.column = max(cited.column, node.column + 1)
                if waiting[id(cited)] <= 0:
                    ready.append(cited)
    return roots


def in_columns(nodes: Iterable[Node]) -> list[list[Node]]:
    """The sources by column, those of one group beside each other, groups in the order of the table."""
    nodes = list(nodes)
    groups = list(dict.fromkeys(node.group for node in nodes))
    most = max((node.column for node in nodes), default=0)
    columns = [[node for node in nodes if node.column == i] for i in range(1, most + 1)]
    return [sorted(column, key=lambda node: groups.index(node.group)) for column in columns if column]
