"""Source groups across articles: which ministry here is the ministry there, and who is cited by whom.

In: readings as decided. Out: :class:`Groups`. Two groups are one where their names and sides have the same words
("Russia's Defence Ministry", "the Russian Defence Ministry"); where all words of one, two at least, are in the other,
and in no third ("the Defence Ministry" is nobody's where two are cited); and where the same person, by first and last
name, belongs to both. Unnamed sources stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from kit.compare.readings import Compared, Reading, compared
from kit.compare.words import stems
from kit.records import Source
from kit.tables.columns import frame, joined, text_columns

CITED_COLUMNS = (
    text_columns("group", "name", "type", "outlet", "as_written") | {"claims": "Int64"} | text_columns("case")
)

Key = tuple[int, str]  # index of the article, name of the group in it


class Groups:
    """The group of each source, the same in all articles."""

    def __init__(self, articles: Sequence[Compared]) -> None:
        self._articles = articles
        self._members: dict[Key, list[Source]] = defaultdict(list)
        for one in articles:
            for source in one.analysis.sources:
                self._members[one.index, label_of(source)].append(source)
        self._parent = {key: key for key in self._members}
        for some in (*self._by_words(), *self._by_person()):
            for one, other in pairwise(some):
                self._parent[self._root(other)] = self._root(one)
        self._names = self._name_all()

    def of(self, article: Compared, source: Source | None) -> str | None:
        """The name of a source's group, no other group's; ``None`` where nobody is cited."""
        return self._names[self._root((article.index, label_of(source)))] if source else None

    def origins(self, article: Compared, source: Source | None) -> dict[str, bool]:
        """The groups that a source's words come from: those that it cites, else its own. Name → whether it has one."""
        return {self.of(article, origin) or "": is_named(origin) for origin in _origins(article, source, set())}

    def _root(self, key: Key) -> Key:
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def _by_words(self) -> Iterator[list[Key]]:
        """Groups whose names have the same words, or all those of just one fuller name."""
        called: dict[frozenset[str], list[Key]] = defaultdict(list)
        for key, sources in self._members.items():
            if any(map(is_named, sources)):
                called[frozenset(stems(key[1])).union(*(stems(source.side or "") for source in sources))].append(key)
        with_word: dict[str, list[frozenset[str]]] = defaultdict(list)
        for words in called:
            for word in words:
                with_word[word].append(words)
        for words, keys in called.items():
            yield keys
            if len(words) > 1:
                rarest = min(words, key=lambda word: len(with_word[word]))
                fuller = [others for others in with_word[rarest] if words < others]
                if len(fuller) == 1:
                    yield [keys[0], called[fuller[0]][0]]

    def _by_person(self) -> Iterator[list[Key]]:
        """Groups that the same person belongs to."""
        found: dict[tuple[str, ...], list[Key]] = defaultdict(list)
        for key, sources in self._members.items():
            for source in sources:
                name = stems(source.name)
                if source.type == "person" and is_named(source) and len(name) > 1:
                    found[name].append(key)
        yield from found.values()

    def _name_all(self) -> dict[Key, str]:
        """The fullest name of each group, and whose it is where two have the same."""
        labels: dict[Key, list[str]] = defaultdict(list)
        for key in self._parent:
            labels[self._root(key)].append(key[1])
        names = {root: max(some, key=lambda label: len(stems(label))) for root, some in labels.items()}
        count = Counter(names.values())
        return {
            root: f"{name} ({self._articles[root[0]].outlet})" if count[name] > 1 else name
            for root, name in names.items()
        }


def cited_table(readings: Sequence[Reading]) -> pd.DataFrame:
    """Who is cited: one row per source and article, groups together; columns as in ``CITED_COLUMNS``.

    ``claims`` counts the claims that the article attributes to the source, ``as_written`` has all that it calls it.
    """
    articles = compared(readings)
    groups = Groups(articles)
    rows: dict[str | None, list[dict[str, object]]] = defaultdict(list)
    for one in articles:
        count = Counter(claim.source.source_id for claim in one.analysis.claims if claim.source)
        for source in one.analysis.sources:
            row = {"name": source.name, "type": source.type, "outlet": one.outlet, "case": one.name}
            row["as_written"] = joined(dict.fromkeys(mention.text for mention in source.mentions))
            group = groups.of(one, source)
            rows[group].append(row | {"group": group, "claims": count[source.id]})
    return frame([row for some in rows.values() for row in some], CITED_COLUMNS)


def label_of(source: Source) -> str:
    """The name of a source's group; one without a group is its own."""
    return source.group or source.name


def is_named(source: Source) -> bool:
    """Whether a reader could find out who it is: "officials" has no name, nor has "the top general"."""
    return source.type != "unnamed" and (source.type != "person" or source.name[:1].isupper())


def _origins(article: Compared, source: Source | None, seen: set[str]) -> Iterator[Source]:
    if source is None or source.id in seen:
        return
    seen.add(source.id)
    cited = [other for other in map(article.source, source.cites) if other]
    if not cited:
        yield source
    for other in cited:
        yield from _origins(article, other, seen)
