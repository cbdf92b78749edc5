import pytest

from training.score import Analysis, Attribution, align_words, score_attributions, score_entities, score_syntax

TEXT = "He can not come. She said so."
WORDS = [(0, 2), (3, 6), (7, 10), (11, 15), (15, 16), (17, 20), (21, 25), (26, 28), (28, 29)]


def analysis(words=WORDS, starts=(0, 5), **changes):
    size = len(words)
    values = {"xpos": ["NN"] * size, "upos": ["NOUN"] * size, "lemma": ["x"] * size, "dep": ["dep"] * size}
    values |= {"head": list(range(size))} | changes
    return Analysis(TEXT, list(words), [index in starts for index in range(size)], **values)


def test_an_analysis_scores_a_hundred_against_itself():
    assert set(score_syntax([analysis()], [analysis()]).values()) == {100.0}


def test_a_word_cut_in_two_costs_the_system_one_token_on_one_side_and_two_on_the_other():
    cut = [*WORDS[:2], (7, 8), (8, 10), *WORDS[3:]]
    figures = score_syntax([analysis()], [analysis(cut, starts=(0, 6))])
    assert figures["tokens"] == pytest.approx(200 * 8 / 19)
    assert figures["sentences"] == 100.0
    assert figures["uas"] == figures["tokens"]


def test_an_arc_to_a_misaligned_head_is_wrong_and_a_subtype_counts_only_in_the_stricter_score():
    gold = analysis(head=[1, 1, 1, 1, 1, 5, 5, 5, 5], dep=["nmod:poss"] * 9)
    found = analysis(head=[1, 1, 3, 1, 1, 5, 5, 5, 5], dep=["nmod"] * 9)
    figures = score_syntax([gold], [found])
    assert figures["uas"] == pytest.approx(100 * 8 / 9)
    assert figures["las_universal"] == figures["uas"]
    assert figures["las"] == 0


def test_a_missed_sentence_start_loses_both_sentences():
    figures = score_syntax([analysis()], [analysis(starts=(0,))])
    assert figures["sentences"] == 0
    assert figures["starts"] == pytest.approx(200 / 3)


def test_words_are_aligned_by_characters_whatever_the_white_space():
    assert align_words("a b  c", [(0, 3), (5, 6)], [(0, 4), (4, 6)]) == {0: 0, 1: 1}


def test_analyses_of_different_texts_are_refused():
    other = analysis()
    other.text = "Something else"
    with pytest.raises(ValueError, match="two texts"):
        score_syntax([analysis()], [other])


def test_an_entity_counts_with_exact_offsets_and_label_only():
    gold = [[(0, 3, "ORG"), (5, 8, "LOC")]]
    assert score_entities(gold, [[(0, 3, "ORG"), (5, 9, "LOC")]]) == {"all": 50.0, "ORG": 100.0, "LOC": 0.0}


SAID = "Ann said that rain would come soon ."


def attribution(source=((0, 3),), cue=((4, 8),), content=((9, 34),)):
    return Attribution(source, cue, content)


def linked(gold, found, text=SAID):
    return score_attributions([text], [gold], [found])["linked"]


def test_half_of_the_content_is_enough_and_less_is_not():
    assert linked([attribution()], [attribution(content=((14, 23),))]) == 100  # 2 of 5 words: F1 .57
    assert linked([attribution()], [attribution(content=((14, 18),))]) == 0  # 1 of 5: F1 .33


def test_source_and_cue_must_share_a_word_or_both_be_absent():
    assert linked([attribution()], [attribution(source=())]) == 0
    assert linked([attribution(source=())], [attribution(source=())]) == 100
    assert linked([attribution()], [attribution(cue=((0, 3),))]) == 0


def test_one_prediction_pays_for_one_gold_attribution_only():
    assert linked([attribution(), attribution()], [attribution()]) == pytest.approx(200 / 3)


def test_pairs_are_chosen_so_that_most_fit():
    narrow, wide = attribution(content=((14, 23),)), attribution(content=((9, 34),))
    rest = attribution(content=((24, 34),))
    assert linked([wide, narrow], [narrow, wide]) == 100
    assert linked([wide, rest], [wide, rest]) == 100


def test_words_of_a_role_count_once_whatever_they_are_linked_to():
    figures = score_attributions([SAID], [[attribution()]], [[attribution(content=((9, 18),))]])
    assert figures["source"] == figures["cue"] == 100
    assert figures["content"] == pytest.approx(200 * 2 / 7)


def test_nothing_to_find_and_nothing_found_is_right():
    assert score_attributions([SAID], [[]], [[]])["linked"] == 100
