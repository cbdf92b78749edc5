"""The parts that read English, one by one and without weights: words, wordpieces, windows, lemmas, trees, roles."""

from __future__ import annotations

import itertools
import random
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language

from kit.english.decoding import find_entities, find_heads, find_roles, find_starts
from kit.english.encoding import FEATURES, GAPS, SHAPES, Encoded, Encoder, find_shape, find_windows
from kit.english.lemmas import Lexicon, apply_rule, find_lexicon, find_rule
from kit.english.links import link_roles, to_attribution
from kit.english.reading import Attribution
from kit.english.tokenizer import build_tokenizer
from kit.english.trees import find_tree

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "say", "##s", "rain", '"', "'", ".", "x"]
RULES = ["l0", "l1", "l3+y", "=be", "k0"]


@cache
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = build_tokenizer(nlp)
    return nlp


def find_words(text: str) -> list[tuple[int, int]]:
    return [(token.idx, token.idx + len(token)) for token in blank().make_doc(text) if not token.is_space]


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Stop!!! ---- Now?!", ["Stop", "!!!", "----", "Now", "?!"]),
        ("an e-mail re-sent to co-workers", ["an", "e-mail", "re-sent", "to", "co-workers"]),
        ("a well-known man", ["a", "well", "-", "known", "man"]),
        ("call 713-853-3989 and/or 500-1000", ["call", "713-853-3989", "and", "/", "or", "500", "-", "1000"]),
        ("Lt. Gen. Ann can't say “no”.", ["Lt.", "Gen.", "Ann", "ca", "n't", "say", "“", "no", "”", "."]),
    ],
)
def test_words_are_cut_as_in_universal_dependencies(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in find_words(text)] == words


@pytest.mark.parametrize("mark", ['"', "“", "(", ")", "%", "'", "🌊", "“(", "$!"])
def test_a_run_of_marks_without_a_space_is_cut_in_linear_time(mark: str) -> None:
    tokenizer = build_tokenizer(spacy.blank("en"))
    search, read = tokenizer.suffix_search, []
    tokenizer.suffix_search = lambda text: read.append(len(text)) or search(text)  # it reads what is left of a run
    costs = []
    for size in (500, 1000):
        read.clear()
        assert tokenizer(mark * size).text == mark * size
        costs.append(sum(read))
    assert costs[1] <= 2.2 * costs[0]


# Lemmas


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [
        ("studies", "study", "l3+y"),
        ("The", "the", "l0"),
        ("Reuters", "Reuters", "k0"),
        ("US", "US", "k0"),
        ("was", "be", "=be"),
        ("PARIS", "Paris", "t0"),
        ("characteristically", "characteristic", "l4"),
    ],
)
def test_a_lemma_rule_gives_the_lemma_back(word: str, lemma: str, rule: str) -> None:
    assert find_rule(word, lemma) == rule
    assert apply_rule(word, rule) == lemma


def test_a_rule_that_does_not_fit_gives_nothing() -> None:
    assert apply_rule("as", "l3+y") is None


@pytest.mark.parametrize(
    ("word", "scores", "lemma"),
    [
        ("Cities", [0, 3, 2, 0, 0], "city"),  # seen with one lemma
        ("saw", [2, 1, 0, 0, 0], "saw"),  # seen with two, of which the rules choose
        ("parties", [0, 3, 2, 0, 0], "party"),  # not seen, but its lemma is known
        ("zzies", [0, 3, 2, 0, 9], "zzies"),
        ("yes", [0.5, 0, 1, 3, 0], "yes"),  # no rule but the one for irregular words: never for a word not seen
        ("Bill", [1, 0, 0, 0, 2], "Bill"),  # a name, says the tagger
    ],
)
def test_the_lexicon_chooses_among_rules(word: str, scores: list[float], lemma: str) -> None:
    lexicon = Lexicon({"cities": ["city"], "saw": ["see", "saw"], "party": ["party"], "bill": ["bill"]})
    assert lexicon.choose(word, np.array(scores, dtype=float), RULES) == lemma


def test_slips_and_numbers_are_no_part_of_the_lexicon() -> None:
    pairs = [("I", "I")] * 99 + [("i", "i"), ("3", "3"), ("saw", "saw"), ("Saw", "see"), ("saw", "see")]
    assert find_lexicon(pairs).lemmas == {"i": ["I"], "saw": ["see", "saw"]}


# Wordpieces and windows


def encoded(lengths: list[int], lines: object = (), stops: object = ()) -> Encoded:
    size = len(lengths)
    shapes = [SHAPES.index("stop" if index in stops else "lower") for index in range(size)]
    gaps = [GAPS.index("line" if index in lines else "space") for index in range(size)]
    return Encoded([[5] * length for length in lengths], {"shape": shapes, "gap": gaps, "quoted": [0] * size})


@pytest.mark.parametrize("seed", range(10))
def test_windows_own_each_word_once_and_keep_to_their_limit(seed: int) -> None:
    chance = random.Random(seed)
    lengths = [chance.randint(1, 8) for _ in range(500)]
    text = encoded(lengths, lines=chance.sample(range(500), 20), stops=chance.sample(range(500), 30))
    owned: list[int] = []
    for window in find_windows(text, most=64, overlap=16):
        owned += range(window.start + window.context, window.stop)
        assert sum(lengths[window.start : window.stop]) <= 64
        assert sum(lengths[window.start : window.start + window.context]) <= 16
    assert owned == list(range(500))


def test_a_window_ends_before_a_line_rather_than_after_a_sentence() -> None:
    text = encoded([1] * 100, lines=[0, 50], stops=[55])
    assert next(find_windows(text, most=60)).stop == 50
    text = encoded([1] * 100, stops=[55])
    assert next(find_windows(text, most=60)).stop == 56
    assert next(find_windows(encoded([1] * 100), most=60)).stop == 60


def test_a_word_longer_than_a_window_is_read_all_the_same() -> None:
    assert [window.stop for window in find_windows(encoded([9, 9]), most=4, overlap=2)] == [1, 2]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """An encoder with a vocabulary of twelve."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path: Path = tmp_path_factory.mktemp("encoder") / "tokenizer.json"
    tokenizer.save(str(path))
    return Encoder(path)


def read(encoder: Encoder, text: str) -> tuple[list[str], Encoded]:
    words = find_words(text)
    return [text[start:end] for start, end in words], encoder.encode(text, words)


def test_each_word_has_its_pieces_and_a_curly_quotation_mark_reads_as_a_straight_one(encoder: Encoder) -> None:
    forms, found = read(encoder, "Says “rain”.")
    assert forms == ["Says", "“", "rain", "”", "."]
    pieces = [" ".join(VOCABULARY[piece] for piece in pieces) for pieces in found.pieces]
    assert pieces == ["say ##s", '"', "rain", '"', "."]
    assert [SHAPES[shape] for shape in found.features["shape"]] == ["title", "open", "lower", "close", "stop"]
    assert found.features["quoted"] == [0, 1, 1, 0, 0]


def test_straight_marks_open_and_close_by_the_space_around_and_a_new_line_starts_outside(encoder: Encoder) -> None:
    forms, found = read(encoder, 'say "rain" say "rain\nrain')
    shapes = [SHAPES[shape] for shape in found.features["shape"]]
    assert [shape for form, shape in zip(forms, shapes, strict=True) if form == '"'] == ["open", "close", "open"]
    assert found.features["quoted"] == [0, 1, 1, 0, 0, 1, 1, 0]
    assert [GAPS[gap] for gap in found.features["gap"]] == "line space none none space space none line".split()


def test_lines_that_are_given_replace_the_line_breaks(encoder: Encoder) -> None:
    text = "say\nrain say rain"
    found = encoder.encode(text, find_words(text), lines={2})
    assert [GAPS[gap] for gap in found.features["gap"]] == ["line", "space", "line", "space"]


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "🙂🙂", "مرحبا", "x" * 100_000, "!" * 100_000, "\n\n", "“", "e\u0301"]
)
def test_odd_text_has_at_least_a_piece_a_word_and_few_of_a_long_one(encoder: Encoder, text: str) -> None:
    words, found = read(encoder, text)
    assert [1 <= len(pieces) <= 8 for pieces in found.pieces] == [True] * len(words)
    assert all(0 <= value < FEATURES[name] for name, values in found.features.items() for value in values)


@pytest.mark.parametrize(
    ("form", "shape"),
    [("rain", "lower"), ("NATO", "upper"), ("I", "initial"), ("Ann", "title"), ("iPhone", "mixed"), ("250", "number"),
     ("1,000", "number"), ("2nd", "alnum"), ("F-16", "alnum"), ("U.S.", "title"), ("...", "stop"), ("(", "bracket"),
     (";", "comma"), ("—", "dash"), ("$", "other")],
)  # fmt: skip
def test_a_word_has_a_shape(form: str, shape: str) -> None:
    assert find_shape(form) == shape


# Sentences and trees


def best_total(scores: np.ndarray) -> float:
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
def test_the_tree_is_the_best_of_all_trees(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 4))
    np.fill_diagonal(scores, np.diag(scores) + (seed % 3) * np.array([1, -2, 0, 1]))
    heads = find_tree(scores)
    total = sum(scores[word, head] for word, head in enumerate(heads))
    assert sum(head == word for word, head in enumerate(heads)) == 1
    assert total == pytest.approx(best_total(scores))


def test_a_long_sentence_of_noise_still_gives_a_tree() -> None:
    heads = find_tree(np.random.default_rng(1).normal(size=(120, 120)))
    for word in range(120):
        for _ in range(120):
            word = heads[word]
        assert heads[word] == word


def test_heads_stay_inside_sentences_and_windows() -> None:
    row = np.array([0.0, 5.0, 0.0, 9.0])
    heads = find_heads([(0, row), (0, row), (0, row), (2, row[:2])], [True, False, True, False])
    assert heads[:2] == [1, 1]
    assert set(heads[2:]) <= {2, 3}


def test_a_line_starts_a_sentence_and_no_sentence_is_endless() -> None:
    starts = find_starts(np.full(1000, -1.0), [2, 0, 0, 2] + [1] * 996)
    assert starts[:4] == [True, False, False, True]
    edges = [*np.flatnonzero(starts), 1000]
    assert max(np.diff(edges)) <= 160


# Entities, roles, links


def test_an_inside_tag_never_opens_an_entity() -> None:
    labels = ["O", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
    scores = np.array([[0, 0, 3, 2, 0], [0, 0, 1, 0, 0.9], [2, 0, 0, 0, 0]], dtype=float)
    assert find_entities(scores, labels) == [(0, 2, "ORG")]


def test_roles_are_the_best_sequence_when_each_change_between_content_and_none_has_a_price() -> None:
    labels = ["O", "source", "cue", "content"]
    scores = np.random.default_rng(2).normal(size=(6, 4))
    table = scores - np.log(np.exp(scores).sum(-1, keepdims=True))

    def worth(path: tuple[int, ...]) -> float:
        changes = sum({one, other} == {0, 3} for one, other in itertools.pairwise(path))
        return sum(table[word, label] for word, label in enumerate(path)) - 1.5 * changes

    best = max(itertools.product(range(4), repeat=6), key=worth)
    assert find_roles(scores, labels, 1.5) == [labels[index] for index in best]


def pointers(*targets: int, size: int = 8) -> list[tuple[int, np.ndarray]]:
    return [(0, np.where(np.arange(size) == target, 5.0, 0.0)) for target in targets]


def test_words_with_roles_are_gathered_by_the_cue_they_point_to() -> None:
    roles = "source cue content content O content cue source".split()
    groups = link_roles(roles, pointers(1, 1, 1, 1, 0, 6, 6, 6), [True] + [False] * 7)
    assert groups == [
        {"source": [0], "cue": [1], "content": [2, 3]},
        {"source": [7], "cue": [6], "content": [5]},
    ]


def test_neighbours_in_a_sentence_decide_together_and_a_content_without_cue_is_left_out() -> None:
    roles = "cue content content content O cue O O".split()
    groups = link_roles(roles, pointers(0, 0, 5, 0, 0, 5, 0, 0), [True] + [False] * 7)
    assert groups == [{"source": [], "cue": [0], "content": [1, 2, 3]}]
    assert link_roles(["content"], pointers(0, size=1), [True]) == []


def test_an_attribution_has_one_span_per_run_of_words() -> None:
    words = [(0, 2), (3, 5), (6, 8), (9, 11)]
    group = {"source": [], "cue": [1], "content": [0, 2, 3]}
    assert to_attribution(group, words) == Attribution((), ((3, 5),), ((0, 2), (6, 11)))
