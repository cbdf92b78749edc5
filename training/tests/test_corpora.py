import spacy
from spacy.tokens import Doc, DocBin

from kit.english.lemmas import apply_rule
from training.corpora import find_words, label_roles, parse_standoff, read_docbin, read_polnear
from training.score import Attribution

STANDOFF = (
    "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 13;18 22\tthat\nwith a raw newline\n"
    "T4\tAttribution 4 8\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    "T5\tContent 24 28\tmore\nE2\tAttribution-no-source:T4 Cue:T2 Content:T5 Content2:T3"
)


def test_standoff_with_fragments_raw_newlines_and_no_source_is_read():
    first, second = parse_standoff(STANDOFF)
    assert first == Attribution(((0, 3),), ((4, 8),), ((9, 13), (18, 22)))
    assert second == Attribution((), ((4, 8),), ((9, 13), (18, 22), (24, 28)))


def test_the_first_annotator_counts(tmp_path):
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "a_1.txt").write_text("Ann said so.", encoding="utf-8")
    (tmp_path / "attributions" / "a_1_beef.ann").write_text("", encoding="utf-8")
    (tmp_path / "attributions" / "a_1_abcd.ann").write_text(STANDOFF, encoding="utf-8")
    (tmp_path / "attributions" / "a_1_more_abcd.ann").write_text("", encoding="utf-8")
    (document,) = read_polnear(tmp_path)
    assert len(document.attributions) == 2


def test_roles_win_over_content_and_point_to_the_first_word_of_their_cue():
    text = "Ann has said it"
    labels = label_roles(find_words(text), [Attribution(((0, 3),), ((4, 12),), ((0, 15),))])
    assert labels == {"role": ["source", "cue", "cue", "content"], "cue": [1, 1, 1, 1]}


def test_content_without_a_cue_points_nowhere():
    labels = label_roles(find_words("so it goes"), [Attribution(content=((0, 10),))])
    assert labels == {"role": ["content"] * 3, "cue": [None] * 3}


def test_labels_of_a_token_cut_otherwise_are_missing_and_heads_find_their_way(tmp_path):
    nlp = spacy.blank("en")
    words = ["The", "well-known", "man", "left"]
    doc = Doc(nlp.vocab, words=words, pos=["DET", "ADJ", "NOUN", "VERB"], tags=["DT", "JJ", "NN", "VBD"],
              lemmas=["the", "well-known", "man", "leave"], heads=[2, 2, 3, 3], deps=["det", "amod", "nsubj", "ROOT"],
              sent_starts=[True, False, False, False], ents=["B-PERSON", "I-PERSON", "I-PERSON", "O"])  # fmt: skip
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "a.spacy")
    tasks = ("upos", "head", "lemma", "sent", "ent")
    (document,) = read_docbin(tmp_path / "a.spacy", tasks=tasks)
    assert set(document.labels) == set(tasks)
    assert document.labels["upos"] == ["DET", None, None, None, "NOUN", "VERB"]
    assert document.labels["head"] == [4, None, None, None, 5, 5]
    assert document.labels["sent"] == [1, 0, 0, 0, 0, 0]
    assert document.labels["ent"] == ["B-PERSON", *["I-PERSON"] * 4, "O"]
    assert document.labels["lemma"][-1] == "=leave" or apply_rule("left", document.labels["lemma"][-1]) == "leave"
