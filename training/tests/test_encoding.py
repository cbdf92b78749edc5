import random

import pytest

pytest.importorskip("tokenizers", reason="training has requirements of its own, see training/README.md")

from kit.english.encoding import FEATURES, GAPS, SHAPES, Encoded, Encoder, find_shape, find_windows
from training.corpora import find_words

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "say", "##s", "rain", '"', "'", ".", "x"]


def encoded(lengths, lines=(), stops=()):
    size = len(lengths)
    shapes = [SHAPES.index("stop" if index in stops else "lower") for index in range(size)]
    gaps = [GAPS.index("line" if index in lines else "space") for index in range(size)]
    return Encoded([[5] * length for length in lengths], {"shape": shapes, "gap": gaps, "quoted": [0] * size})


@pytest.mark.parametrize("seed", range(10))
def test_windows_own_each_word_once_and_keep_to_their_limit(seed):
    chance = random.Random(seed)
    lengths = [chance.randint(1, 8) for _ in range(500)]
    text = encoded(lengths, lines=chance.sample(range(500), 20), stops=chance.sample(range(500), 30))
    owned = []
    for window in find_windows(text, most=64, overlap=16):
        owned += range(window.start + window.context, window.stop)
        assert sum(lengths[window.start : window.stop]) <= 64
        assert sum(lengths[window.start : window.start + window.context]) <= 16
    assert owned == list(range(500))


def test_a_window_ends_before_a_line_rather_than_after_a_sentence():
    text = encoded([1] * 100, lines=[0, 50], stops=[55])
    assert next(find_windows(text, most=60)).stop == 50
    text = encoded([1] * 100, stops=[55])
    assert next(find_windows(text, most=60)).stop == 56
    assert next(find_windows(encoded([1] * 100), most=60)).stop == 60


def test_a_word_longer_than_a_window_is_read_all_the_same():
    assert [window.stop for window in find_windows(encoded([9, 9]), most=4, overlap=2)] == [1, 2]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """An encoder with a vocabulary of twelve."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = tmp_path_factory.mktemp("encoder") / "tokenizer.json"
    tokenizer.save(str(path))
    return Encoder(path)


def read(encoder, text):
    words = find_words(text)
    return [text[start:end] for start, end in words], encoder.encode(text, words)


def test_each_word_has_its_pieces_and_a_curly_quotation_mark_reads_as_a_straight_one(encoder):
    forms, found = read(encoder, "Says “rain”.")
    assert forms == ["Says", "“", "rain", "”", "."]
    pieces = [" ".join(VOCABULARY[piece] for piece in pieces) for pieces in found.pieces]
    assert pieces == ["say ##s", '"', "rain", '"', "."]
    assert [SHAPES[shape] for shape in found.features["shape"]] == ["title", "open", "lower", "close", "stop"]
    assert found.features["quoted"] == [0, 1, 1, 0, 0]


def test_straight_marks_open_and_close_by_the_space_around_and_a_new_line_starts_outside(encoder):
    forms, found = read(encoder, 'say "rain" say "rain\nrain')
    shapes = [SHAPES[shape] for shape in found.features["shape"]]
    assert [shape for form, shape in zip(forms, shapes, strict=True) if form == '"'] == ["open", "close", "open"]
    assert found.features["quoted"] == [0, 1, 1, 0, 0, 1, 1, 0]
    assert [GAPS[gap] for gap in found.features["gap"]] == "line space none none space space none line".split()


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "🙂🙂", "مرحبا", "x" * 100_000, "!" * 100_000, "\n\n", "“", "e\u0301"]
)
def test_odd_text_has_at_least_a_piece_a_word_and_few_of_a_long_one(encoder, text):
    words, found = read(encoder, text)
    assert [1 <= len(pieces) <= 8 for pieces in found.pieces] == [True] * len(words)
    assert all(0 <= value < FEATURES[name] for name, values in found.features.items() for value in values)


@pytest.mark.parametrize(
    ("form", "shape"),
    [("rain", "lower"), ("NATO", "upper"), ("I", "initial"), ("Ann", "title"), ("iPhone", "mixed"), ("250", "number"),
     ("1,000", "number"), ("2nd", "alnum"), ("F-16", "alnum"), ("U.S.", "title"), ("...", "stop"), ("(", "bracket"),
     (";", "comma"), ("—", "dash"), ("$", "other")],
)  # fmt: skip
def test_a_word_has_a_shape(form, shape):
    assert find_shape(form) == shape
