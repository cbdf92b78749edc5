import itertools

import numpy as np
import pytest

pytest.importorskip("tokenizers", reason="training has requirements of its own, see training/README.md")

from kit.english.decoding import find_entities, find_heads, find_starts
from kit.english.links import link_roles, to_attribution
from kit.english.trees import find_tree
from training.score import Attribution


def best_total(scores):
    """The best tree with one root, by trying them all."""
    size, best = len(scores), -np.inf
    for heads in itertools.product(range(size), repeat=size):
        if sum(head == word for word, head in enumerate(heads)) != 1:
            continue
        reached = list(heads)
        for _ in range(size):
            reached = [heads[word] for word in reached]
        if len(set(reached)) == 1:
            best = max(best, sum(scores[word, head] for word, head in enumerate(heads)))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_is_the_best_of_all_trees(seed):
    scores = np.random.default_rng(seed).normal(size=(4, 4))
    np.fill_diagonal(scores, np.diag(scores) + (seed % 3) * np.array([1, -2, 0, 1]))
    heads = find_tree(scores)
    total = sum(scores[word, head] for word, head in enumerate(heads))
    assert sum(head == word for word, head in enumerate(heads)) == 1
    assert total == pytest.approx(best_total(scores))


def test_a_long_sentence_of_noise_still_gives_a_tree():
    scores = np.random.default_rng(1).normal(size=(120, 120))
    heads = find_tree(scores)
    for word in range(120):
        for _ in range(120):
            word = heads[word]
        assert heads[word] == word


def test_heads_stay_inside_sentences_and_windows():
    row = np.array([0.0, 5.0, 0.0, 9.0])
    heads = find_heads([(0, row), (0, row), (0, row), (2, row[:2])], [True, False, True, False])
    assert heads[:2] == [1, 1]
    assert set(heads[2:]) <= {2, 3}


def test_a_line_starts_a_sentence_and_no_sentence_is_endless():
    starts = find_starts(np.full(1000, -1.0), [2, 0, 0, 2] + [1] * 996)
    assert starts[:4] == [True, False, False, True]
    edges = [*np.flatnonzero(starts), 1000]
    assert max(np.diff(edges)) <= 160


def test_an_inside_tag_never_opens_an_entity():
    labels = ["O", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
    scores = np.array([[0, 0, 3, 2, 0], [0, 0, 1, 0, 0.9], [2, 0, 0, 0, 0]], dtype=float)
    assert find_entities(scores, labels) == [(0, 2, "ORG")]


def pointers(*targets, size=8):
    return [(0, np.where(np.arange(size) == target, 5.0, 0.0)) for target in targets]


def test_words_with_roles_are_gathered_by_the_cue_they_point_to():
    roles = "source cue content content O content cue source".split()
    groups = link_roles(roles, pointers(1, 1, 1, 1, 0, 6, 6, 6), [True] + [False] * 7)
    assert groups == [
        {"source": [0], "cue": [1], "content": [2, 3]},
        {"source": [7], "cue": [6], "content": [5]},
    ]


def test_neighbours_in_a_sentence_decide_together_and_a_content_without_cue_is_left_out():
    roles = "cue content content content O cue O O".split()
    groups = link_roles(roles, pointers(0, 0, 5, 0, 0, 5, 0, 0), [True] + [False] * 7)
    assert groups == [{"source": [], "cue": [0], "content": [1, 2, 3]}]
    assert link_roles(["content"], pointers(0, size=1), [True]) == []


def test_an_attribution_has_one_span_per_run_of_words():
    words = [(0, 2), (3, 5), (6, 8), (9, 11)]
    group = {"source": [], "cue": [1], "content": [0, 2, 3]}
    assert to_attribution(group, words) == Attribution((), ((3, 5),), ((0, 2), (6, 11)))
