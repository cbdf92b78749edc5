"""Scores of arcs in, the best tree out: Chu-Liu/Edmonds with one root. numpy only."""

from __future__ import annotations

import numpy as np

LOW = -1e9
ROOTS = 6  # that are tried, the likeliest first: noise would have all of them tried in vain


def find_tree(scores: np.ndarray) -> list[int]:
    """The heads of the best tree with one root, a likely one; ``scores[i, i]`` is the score of word i as the root."""
    greedy = scores.argmax(1)
    if _is_tree(greedy):
        return greedy.tolist()
    table = scores.copy()
    np.fill_diagonal(table, LOW * 10)
    gains = np.diag(scores) - table.max(1)  # of each word as the root, were there no cycles
    bounds = table.max(1).sum() + gains
    best, most = greedy, -np.inf
    for root in np.argsort(-bounds)[:ROOTS]:
        if bounds[root] <= most:
            break
        heads = _span(table, int(root))
        total = scores[np.arange(len(heads)), heads].sum()
        if total > most:
            best, most = heads, total
    return best.tolist()


def _is_tree(heads: np.ndarray) -> bool:
    """One root, and each word reaches it: pointers doubled until all ways are walked."""
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) != 1:
        return False
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((reached == roots[0]).all())


def _span(scores: np.ndarray, root: int) -> np.ndarray:
    """Chu-Liu/Edmonds: the best spanning tree below ``root``, as heads; ``scores[i, j]`` for j as the head of i."""
    heads = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    free = np.ones(len(heads), dtype=bool)
    free[cycle] = False
    inside, outside = np.array(cycle), np.flatnonzero(free)
    kept = scores[inside, heads[inside]]
    into = scores[np.ix_(inside, outside)] - kept[:, None]  # the gain of breaking the cycle at each of its words
    out = scores[np.ix_(outside, inside)]
    small = np.full((len(outside) + 1, len(outside) + 1), LOW * 10)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1], small[:-1, -1] = into.max(0), out.max(1)
    found = _span(small, int(np.flatnonzero(outside == root)[0]))
    result = heads.copy()
    for place, word in enumerate(outside):
        head = found[place]
        result[word] = inside[out[place].argmax()] if head == len(outside) else outside[head]
    broken = into[:, found[-1]].argmax()
    result[inside[broken]] = outside[found[-1]]
    return result


def _cycle(heads: np.ndarray, root: int) -> list[int] | None:
    """The words of a cycle that the root is no part of, if there is one."""
    colour = np.zeros(len(heads), dtype=int)
    colour[root] = -1
    for start in range(len(heads)):
        word = start
        while colour[word] == 0:
            colour[word] = start + 1
            word = int(heads[word])
        if colour[word] == start + 1:
            cycle = [word]
            while (following := int(heads[cycle[-1]])) != word:
                cycle.append(following)
            return cycle
    return None
