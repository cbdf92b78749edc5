"""Noun phrases on parses of Universal Dependencies: hand-made ones, and those of the weights that ship."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kit.english.noun_phrases import find_noun_phrases
from kit.pipeline import load_pipeline


def noun_phrases(analysis: str) -> list[str]:
    """Those of a sentence given as words of the form ``form/UPOS/relation/head``, heads counted from 1, 0 the root."""
    words, pos, deps, heads = zip(*(word.split("/") for word in analysis.split()), strict=True)
    places = [int(head) - 1 if int(head) else index for index, head in enumerate(heads)]
    tags = ["POS" if word in ("'s", "’s") else "" for word in words]
    doc = Doc(spacy.blank("en").vocab, words=list(words), pos=list(pos), tags=tags, deps=list(deps), heads=places)
    return [span.text for span in find_noun_phrases(doc)]


@pytest.mark.parametrize(
    ("analysis", "expected"),
    [
        ("the/DET/det/2 minister/NOUN/nmod:poss/5 's/PART/case/2 new/ADJ/amod/5 car/NOUN/nsubj/6 left/VERB/ROOT/0",
         ["the minister 's new car"]),
        ("her/PRON/nmod:poss/2 car/NOUN/nsubj/3 left/VERB/ROOT/0", ["her car"]),
        ("lost/VERB/ROOT/0 more/ADJ/advmod/4 than/ADP/fixed/2 250/NUM/nummod/5 personnel/NOUN/obj/1",
         ["more than 250 personnel"]),
        ("Lt./PROPN/compound/3 Gen./PROPN/compound/3 Igor/PROPN/nsubj/5 Holm/PROPN/flat/3 left/VERB/ROOT/0",
         ["Lt. Gen. Igor Holm"]),
        ("Lt./PROPN/nmod:desc/3 Gen./PROPN/nmod:desc/3 Igor/PROPN/nsubj/5 Holm/PROPN/flat/3 left/VERB/ROOT/0",
         ["Lt. Gen. Igor Holm"]),
        ("Mr./PROPN/nmod:desc/4 and/CCONJ/cc/3 Mrs./PROPN/conj/1 Holm/PROPN/nsubj/5 left/VERB/ROOT/0",
         ["Mr. and Mrs. Holm"]),
        ("the/DET/det/6 city/NOUN/obl/4 -/PUNCT/punct/4 run/VERB/amod/6 health/NOUN/compound/6 ministry/NOUN/nsubj/7 "
         "spoke/VERB/ROOT/0", ["the city - run health ministry"]),
        ("tanks/NOUN/nsubj/4 and/CCONJ/cc/3 guns/NOUN/conj/1 burned/VERB/ROOT/0", ["tanks", "guns"]),
        ("The/DET/det/5 US/PROPN/compound/5 and/CCONJ/cc/4 UK/PROPN/conj/2 governments/NOUN/nsubj/6 agreed/VERB/ROOT/0",
         ["The US and UK governments"]),
        ("the/DET/det/2 mayor/NOUN/nmod:poss/7 and/CCONJ/cc/5 the/DET/det/5 judge/NOUN/conj/2 's/PART/case/5 "
         "house/NOUN/nsubj/8 fell/VERB/ROOT/0", ["the mayor and the judge 's house"]),
        ("Holm/PROPN/nsubj/4 is/AUX/cop/4 a/DET/det/4 minister/NOUN/ROOT/0", ["Holm", "a minister"]),
        ("the/DET/det/2 mayor/NOUN/nsubj/7 of/ADP/case/4 Lauben/PROPN/nmod/2 who/PRON/nsubj/6 left/VERB/acl:relcl/2 "
         "spoke/VERB/ROOT/0", ["the mayor", "Lauben", "who"]),
        ("all/DET/det:predet/3 the/DET/det/3 tanks/NOUN/nsubj/4 burned/VERB/ROOT/0", ["all the tanks"]),
        ("a/DET/det/5 “/PUNCT/punct/4 special/ADJ/amod/5 ”/PUNCT/punct/3 operation/NOUN/nsubj/6 began/VERB/ROOT/0",
         ["a “ special ” operation"]),
        ("a/DET/det/5 big/ADJ/amod/5 ,/PUNCT/punct/5 red/ADJ/amod/5 house/NOUN/nsubj/6 fell/VERB/ROOT/0",
         ["a big , red house"]),
        ("Clearly/ADV/advmod/4 ,/PUNCT/punct/4 a/DET/det/4 mistake/NOUN/ROOT/0", ["a mistake"]),
        ("there/PRON/expl/2 were/VERB/ROOT/0 nuclear/ADJ/amod/4 weapons/NOUN/nsubj/2", ["nuclear weapons"]),
        ("on/ADP/case/2 Article/NOUN/obl/5 5/NUM/nummod/2 he/PRON/nsubj/5 spoke/VERB/ROOT/0", ["Article 5", "he"]),
        ("on/ADP/case/3 August/PROPN/nmod:unmarked/3 17th/NOUN/obl/4 left/VERB/ROOT/0", ["August 17th"]),
    ],
)  # fmt: skip
def test_a_noun_phrase_has_its_modifiers_and_no_clause_and_no_of(analysis: str, expected: list[str]) -> None:
    assert noun_phrases(analysis) == expected


def test_noun_phrases_of_the_kits_own_parse_hold_title_name_and_figure() -> None:
    doc = load_pipeline()("Mayor Ada Quill of Lauben told reporters in Berlin that more than 250 houses were lost.")
    found = ["Mayor Ada Quill", "Lauben", "reporters", "Berlin", "more than 250 houses"]
    assert [span.text for span in find_noun_phrases(doc)] == [span.text for span in doc.noun_chunks] == found


def test_no_noun_phrase_starts_or_ends_in_white_space_or_is_cut_by_it() -> None:
    words, spaces = ["by", "Igor", "\n", "Holm", "\n\n"], [True, True, False, False, False]
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces, pos=["ADP", "PROPN", "SPACE", "PROPN", "SPACE"],
              deps=["case", "ROOT", "dep", "flat", "dep"], heads=[1, 1, 1, 1, 3])  # fmt: skip
    assert [span.text for span in find_noun_phrases(doc)] == ["Igor \nHolm"]


def test_a_part_of_a_doc_has_the_noun_phrases_that_lie_in_it() -> None:
    first, second = load_pipeline()("The river rose. Quill left the old town.").sents
    assert [span.text for span in find_noun_phrases(first)] == ["The river"]
    assert [span.text for span in find_noun_phrases(second)] == ["Quill", "the old town"]


def test_noun_phrases_without_a_parse_are_refused_with_a_reason() -> None:
    with pytest.raises(ValueError, match="kit_english"):
        find_noun_phrases(load_pipeline().make_doc("The river rose."))
