import pytest

torch = pytest.importorskip("torch")

from kit.english.decoding import Decoder
from kit.english.encoding import Encoder
from kit.english.lemmas import Lexicon
from training.batches import MISSING, Corpus, Mixture, find_labels, make_example
from training.corpora import Document, find_words, label_roles
from training.evaluate import torch_network
from training.losses import find_losses
from training.model import Reader, Sizes
from training.score import Attribution

SMALL = Sizes(vocabulary=40, positions=64, hidden=24, inner=48, heads=2, layers=1, arc=16, label=8, pointer=16)
SETTINGS = {"most_pieces": 32, "batch_pieces": 64, "piece_dropout": 0.0, "case_dropout": 0.0, "line_breaks": 0.0}
TEXT = "Ann said rain comes. Bob sang."
SAID = Attribution(((0, 3),), ((4, 8),), ((9, 19),))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """An encoder that knows the words of the text."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = "[PAD] [UNK] [CLS] [SEP] [MASK] ann said rain comes . bob sang".split()
    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    path = tmp_path_factory.mktemp("encoder") / "tokenizer.json"
    tokenizer.save(str(path))
    return Encoder(path)


@pytest.fixture(scope="module")
def document():
    words = find_words(TEXT)
    labels = {
        "xpos": "NNP VBD NN VBZ . NNP VBD .".split(),
        "upos": "PROPN VERB NOUN VERB PUNCT PROPN VERB PUNCT".split(),
        "lemma": "k0 l2+y l0 l1 l0 k0 l3+ing l0".split(),
        "sent": [1, 0, 0, 0, 0, 1, 0, 0],
        "ent": "B-PERSON O O O O B-PERSON O O".split(),
        "head": [1, 1, 3, 1, 1, 6, 6, 6],
        "dep": "nsubj ROOT nsubj ccomp punct nsubj ROOT punct".split(),
    }
    return Document("a", TEXT, words, labels | label_roles(words, [SAID]), attributions=[SAID])


def mixture(encoder, document, labels, **settings):
    examples = [make_example(document, encoder, labels) for _ in range(4)]
    return Mixture([Corpus("all", examples, 1.0, False)], encoder, SETTINGS | settings, seed=1)


def test_a_small_network_learns_all_heads_by_heart(encoder, document):
    torch.manual_seed(1)
    labels = find_labels([document], 1)
    model = Reader(labels, [], SMALL, dropout=0.0)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for _, (_, inputs, targets) in zip(range(60), mixture(encoder, document, labels), strict=False):
        losses = find_losses(model, model(**inputs), targets, None)
        optimizer.zero_grad()
        sum(losses.values()).backward()
        optimizer.step()
    assert set(losses) == {"xpos", "upos", "lemma", "sent", "ent", "role", "arcs", "cue", "dep"}
    decoder = Decoder(encoder, labels, Lexicon({}), model.relations.detach().numpy(), most=32, overlap=8)
    reading = decoder.read(TEXT, document.words, torch_network(model.eval()))
    syntax = reading.syntax
    assert (syntax.head, syntax.dep) == (document.labels["head"], document.labels["dep"])
    assert syntax.lemma == "Ann say rain come . Bob sing .".split()
    assert syntax.starts == [bool(start) for start in document.labels["sent"]]
    assert reading.entities == [(0, 3, "PERSON"), (21, 24, "PERSON")]
    assert reading.attributions == [SAID]


def test_heads_outside_a_window_are_missing_and_the_others_are_counted_from_its_first_word(encoder, document):
    labels = find_labels([document], 1)
    stream = iter(mixture(encoder, document, labels, most_pieces=5, batch_pieces=8))
    seen = [next(stream)[2]["head"] for _ in range(12)]
    for heads in torch.cat([heads.flatten() for heads in seen]).tolist():
        assert heads == MISSING or 0 <= heads < 8
    assert any((heads == MISSING).any() for heads in seen)


def test_the_same_seed_gives_the_same_batches(encoder, document):
    labels = find_labels([document], 1)
    settings = {"piece_dropout": 0.3, "case_dropout": 0.5, "line_breaks": 1.0, "most_pieces": 6}
    one, other = (iter(mixture(encoder, document, labels, **settings)) for _ in range(2))
    for _ in range(5):
        assert torch.equal(next(one)[1]["ids"], next(other)[1]["ids"])


def test_padding_changes_no_score(encoder, document):
    torch.manual_seed(1)
    labels = find_labels([document], 1)
    model = Reader(labels, [], SMALL).eval()
    inputs = next(iter(mixture(encoder, document, labels)))[1]
    alone = {name: value[:1] for name, value in inputs.items()}
    padded = {name: torch.nn.functional.pad(value, (0, 5)) for name, value in alone.items()}
    words = alone["first"].shape[1]
    assert torch.allclose(model(**padded)["role"][:, :words], model(**alone)["role"], atol=1e-5)
