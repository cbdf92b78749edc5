"""The English that ships with the kit, on its real weights: what a ``Doc`` carries, and that nothing breaks it."""

from __future__ import annotations

import itertools
import pickle
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span, SpanGroup

from kit.english.component import EnglishReader
from kit.english.encoding import find_windows
from kit.english.index import index_of
from kit.english.noun_phrases import find_noun_phrases
from kit.english.weights import FOLDER, hash_files, load_weights, read_meta
from kit.pipeline import load_pipeline

ARTICLE = (
    "Bridge of Lauben closed\n\n"
    "The health ministry's spokesman, Lt. Gen. Igor Holm, said on Monday that more than 250 houses were lost.\n\n"
    "“We have seen nothing like it,” Mayor Ada Quill of Lauben told reporters in Berlin. The river rose again.\n"
)
TEXTS = [
    ARTICLE,
    "",
    "Quill denied that the city-run hospital was hit. Officials from NATO added: “It stood.”",
    "\n \n",
    "According to the Red Cross, 16 people drowned near Hamburg last week.",
    "the mayor said nothing " * 120,
    "x",
]
ODD = {
    "nothing": "",
    "one character": "x",
    "one mark": "“",
    "a space": " ",
    "white space": " \n\t \r\n\u3000 \n",
    "space around": "\n\n  The river rose. \n",
    "no space": "x" * 20_000,
    "one long number": "9" * 5_000,
    "control characters": "".join(map(chr, range(32))) + " Quill\x7f said\x85 so\u2028 now\x1c",
    "NUL": "Quill\x00 said \x00 so.",
    "joined emoji": "👩‍👩‍👧‍👦 said 🏳️‍🌈🏳️‍🌈 to the 🇩🇪.",
    "combining": "Z̴̢͓a̸l̵g̶o̷ said e\u0301.",
    "Arabic": "قال الوزير إن الجسر آمن. ولم يضف شيئا.",
    "Chinese": "部长说，桥是安全的。" * 30,
    "Thai": "รัฐมนตรีกล่าวว่าสะพานปลอดภัย" * 20,
    "Cyrillic": "Министр сказал, что мост цел. Река поднялась.",
    "mixed directions": "The minister said: \u202eالجسر\u202c fell.",
    "all capitals": "THE MINISTER SAID THAT THE BRIDGE WAS SAFE. " * 20,
    "no punctuation": "the minister said that the bridge was safe " * 60,
    "CRLF": "The river rose.\r\nIt fell\r\n\r\nQuill said so.\r\n",
    "500 quotation marks": '"' * 500,
    "500 curly quotation marks": "“" * 500,
    "half a byte order mark": "\ufeffThe river rose.",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(ARTICLE)


def parts(doc: Doc) -> list[tuple[str, str, str]]:
    return [(span.id_, span.label_, span.text) for span in doc.spans["attributions"]]


def in_bytes(doc: Doc) -> bytes:
    return DocBin(docs=[doc]).to_bytes()


def check_doc(doc: Doc, text: str) -> None:
    """Its tokens give back the text; each sentence is one tree; all that is marked lies in the text."""
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text
    for sentence in doc.sents:
        assert sum(token.head == token for token in sentence) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
        assert len(list(sentence.root.subtree)) == len(sentence)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)
    assert all(token.pos_ and token.tag_ and token.lemma_ and token.dep_ for token in doc)
    assert {span.label_ for span in doc.spans["attributions"]} <= {"source", "cue", "content"}
    assert {entity.label_ for entity in doc.ents} <= {"PERSON", "ORG", "LOC"}
    find_noun_phrases(doc)


# What a Doc carries


def test_a_doc_carries_tags_lemmas_trees_sentences_entities_and_who_says_what(doc: Doc) -> None:
    said = next(token for token in doc if token.text == "said")
    assert (said.tag_, said.pos_, said.lemma_) == ("VBD", "VERB", "say")
    assert {child.dep_ for child in said.children} >= {"nsubj", "ccomp"}
    assert ("Ada Quill", "PERSON") in [(entity.text, entity.label_) for entity in doc.ents]
    assert [sentence.text.strip()[:10] for sentence in doc.sents] == [
        "Bridge of ",
        "The health",
        "“We have s",
        "The river ",
    ]
    told = [part for part in parts(doc) if part[0] == next(i for i, _, text in parts(doc) if text == "told")]
    assert [part[1] for part in told if part[2].startswith("Mayor Ada Quill")] == ["source"]
    assert "We have seen nothing like it" in "".join(text for _, label, text in told if label == "content")
    check_doc(doc, ARTICLE)


def test_the_pipeline_names_the_weights_it_reads_with(nlp: Language) -> None:
    assert (nlp.meta["name"], nlp.meta["version"]) == (read_meta()["name"], read_meta()["version"])
    assert load_pipeline() is nlp


def test_the_weights_are_the_files_that_their_description_names() -> None:
    assert hash_files() == read_meta()["sha256"]
    data = {path.name for path in FOLDER.iterdir() if path.suffix in (".onnx", ".npy", ".json")}
    assert set(read_meta()["sha256"]) == data - {"meta.json"}


# Text of any kind


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_and_given_back_exactly(nlp: Language, name: str) -> None:
    check_doc(nlp(ODD[name]), ODD[name])


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=150))
def test_any_text_is_read_and_given_back_exactly(text: str) -> None:
    check_doc(load_pipeline()(text), text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["said", "Quill", "the", "bridge", "“", "”", '"', ".", ",", "\n", "\r\n", "-", "250"])))
def test_any_words_in_any_order_are_read_and_given_back_exactly(words: list[str]) -> None:
    check_doc(load_pipeline()(" ".join(words)), " ".join(words))


def test_half_a_surrogate_pair_is_refused_by_spacy_itself_before_it_is_read(nlp: Language) -> None:
    with pytest.raises(UnicodeEncodeError):
        spacy.blank("en")("a \ud800 b")
    with pytest.raises(UnicodeEncodeError):
        nlp("a \ud800 b")


@pytest.mark.parametrize("unit", ["word ", "The mayor said so. ", "“a” ", "16 tanks\n", '"', "word-word", "Ж", "!?"])
def test_windows_are_as_many_as_the_text_is_long_and_none_is_large(nlp: Language, unit: str) -> None:
    decoder, _ = load_weights()
    counts = []
    for size in (1000, 2000, 4000):
        text = unit * size
        words = [(token.idx, token.idx + len(token)) for token in nlp.make_doc(text) if not token.is_space]
        encoded = decoder.encoder.encode(text, words)
        windows = list(find_windows(encoded, most=decoder.most, overlap=decoder.overlap))
        assert max(sum(map(len, encoded.pieces[w.start : w.stop])) for w in windows) <= decoder.most
        counts.append(len(windows))
    assert counts[2] <= 2 * counts[1] + 1 <= 4 * counts[0] + 3


@pytest.mark.parametrize("unit", ["The mayor said so. ", "“a” ", "16 tanks\n", "word ", "it said "])
def test_twice_the_text_takes_twice_the_work(nlp: Language, unit: str) -> None:
    once, twice = (count_steps(nlp, unit * size) for size in (300, 600))
    assert twice <= 2.5 * once + 1000


def count_steps(nlp: Language, text: str) -> int:
    """How many lines of Python are run to read a text, which no busy machine changes."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal steps
        steps += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        nlp(text)
    finally:
        sys.settrace(before)
    return steps


# Documents in batches, in files, in other pipelines


@pytest.mark.parametrize("size", [1, 3, len(TEXTS)])
@pytest.mark.parametrize("backwards", [False, True])
def test_no_batch_and_no_order_changes_a_reading(nlp: Language, size: int, backwards: bool) -> None:
    alone = {text: in_bytes(nlp(text)) for text in TEXTS}
    texts = TEXTS[::-1] if backwards else TEXTS
    assert [in_bytes(doc) for doc in nlp.pipe(texts, batch_size=size)] == [alone[text] for text in texts]


def test_a_text_is_read_the_same_a_second_time_and_by_a_second_pipeline(nlp: Language, doc: Doc) -> None:
    assert in_bytes(nlp(ARTICLE)) == in_bytes(doc)
    assert in_bytes(make_pipeline()(ARTICLE)) == in_bytes(doc)


@pytest.mark.parametrize("user_data", [False, True])
def test_a_docbin_gives_back_all_that_was_read(doc: Doc, user_data: bool) -> None:
    data = DocBin(docs=[doc], store_user_data=user_data).to_bytes()
    (copy,) = DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab)
    assert copy.text == doc.text
    for token, other in zip(doc, copy, strict=True):
        for name in ("text", "tag_", "pos_", "lemma_", "dep_", "ent_type_", "ent_iob_", "is_sent_start"):
            assert getattr(token, name) == getattr(other, name)
        assert token.head.i == other.head.i
    assert [(e.start, e.end, e.label_) for e in copy.ents] == [(e.start, e.end, e.label_) for e in doc.ents]
    assert [(s.start, s.end) for s in copy.sents] == [(s.start, s.end) for s in doc.sents]
    assert parts(copy) == parts(doc) != []
    assert bounds(find_noun_phrases(copy)) == bounds(find_noun_phrases(doc)) == bounds(doc.noun_chunks) != []


def bounds(spans: Iterable[Span]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label_) for span in spans]


def test_a_pipeline_on_disk_is_loaded_and_reads_the_same(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded is not nlp
    assert in_bytes(loaded(ARTICLE)) == in_bytes(doc)
    assert bounds(loaded(ARTICLE).noun_chunks) == bounds(doc.noun_chunks)
    words = "an e-mail re-sent to 713-853-3989 by Lt. Gen. Ann Lee!!! ---- and/or not"
    assert [token.text for token in loaded(words)] == [token.text for token in nlp(words)]


def test_a_component_survives_pickle_as_pipes_of_several_processes_need_it_to(doc: Doc) -> None:
    reader = pickle.loads(pickle.dumps(EnglishReader()))
    assert in_bytes(reader(make_pipeline().make_doc(ARTICLE))) == in_bytes(doc)


def make_pipeline() -> Language:
    """What a user of spaCy writes, as the docstring of ``kit.english`` says."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kit.english.v1"}}})
    nlp.add_pipe("kit_english")
    return nlp


def test_spacy_finds_component_and_tokenizer_where_nobody_imported_the_kit() -> None:
    code = (
        "import sys, spacy\n"
        'nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kit.english.v1"}}})\n'
        'nlp.add_pipe("kit_english")\n'
        'doc = nlp("Lt. Gen. Igor Holm re-elected!!!")\n'
        'print([token.text for token in doc], doc[2].pos_, nlp.pipe_names, "kit.pipeline" in sys.modules)\n'
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == ("['Lt.', 'Gen.', 'Igor', 'Holm', 're-elected', '!!!'] PROPN ['kit_english'] False")


def test_the_component_says_what_it_assigns(nlp: Language) -> None:
    assigned = set(nlp.get_pipe_meta("kit_english").assigns)
    assert assigned >= {"token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "doc.ents", "doc.spans"}


@pytest.mark.parametrize("text", [*TEXTS, ODD["control characters"], ODD["CRLF"]])
def test_the_component_works_behind_the_tokenizer_of_spacy(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kit_english")
    check_doc(nlp(text), text)


def test_a_doc_of_words_alone_is_read_too(nlp: Language) -> None:
    doc = nlp(Doc(nlp.vocab, words=["Quill", "said", "so", "."], spaces=[True, True, False, False]))
    assert [token.pos_ for token in doc] == ["PROPN", "VERB", "ADV", "PUNCT"]
    check_doc(doc, "Quill said so.")


def test_a_doc_is_read_again_without_a_trace_of_the_first_time(nlp: Language, doc: Doc) -> None:
    again = nlp(ARTICLE)
    again.spans["mine"] = [again[0:2]]
    nlp.get_pipe("kit_english")(again)
    assert list(again.spans) == ["attributions", "mine"]
    assert (parts(again), bounds(again.ents)) == (parts(doc), bounds(doc.ents))


# Segments and lines


WRAPPED = "The mayor of Lauben said that the old bridge\nof the town will be closed for\nrepairs next week. It rained."


def read_segments(nlp: Language, text: str, *edges: int) -> list[str]:
    """The sentences of a text whose segments are cut at these tokens."""
    doc = nlp.make_doc(text)
    places = [0, *edges, len(doc)]
    spans = [Span(doc, start, end, label="paragraph") for start, end in itertools.pairwise(places)]
    doc.spans["segments"] = SpanGroup(doc, spans=spans)
    return [sentence.text for sentence in nlp(doc).sents]


def test_a_line_break_starts_a_sentence_where_nobody_knows_of_segments(nlp: Language) -> None:
    assert [sentence.text.strip() for sentence in nlp(WRAPPED).sents] == [*WRAPPED[:-11].splitlines(), "It rained."]


def test_a_wrapped_line_inside_a_segment_starts_no_sentence(nlp: Language) -> None:
    assert read_segments(nlp, WRAPPED) == [WRAPPED[:-11], "It rained."]


def test_the_edge_of_a_segment_starts_a_sentence_even_within_a_line(nlp: Language) -> None:
    text = "Bridge of Lauben closed the river rose again"
    assert read_segments(nlp, text, 4) == ["Bridge of Lauben closed", "the river rose again"]
    assert read_segments(nlp, text, 2) == ["Bridge of", "Lauben closed the river rose again"]


def test_an_empty_list_of_segments_is_none(nlp: Language) -> None:
    doc = nlp.make_doc(WRAPPED)
    doc.spans["segments"] = []
    assert len(list(nlp(doc).sents)) == 4


def test_the_index_of_a_text_says_what_its_tokens_say():
    doc = load_pipeline()("“It rained,” Ada Quill said.\n\nThe dam, which is old, held.")
    index = index_of(doc)
    assert index.lower == [token.lower_ for token in doc]
    assert index.heads == [token.head.i for token in doc]
    assert index.starts == {token.i for token in doc if token.is_sent_start}
    assert index.quotes == {token.i for token in doc if token.is_quote}
    assert index.marks == {token.i for token in doc if token.is_punct or token.is_space or token.is_quote}
    assert index.where("the") == [token.i for token in doc if token.lower_ == "the"]
    assert index is index_of(doc)
