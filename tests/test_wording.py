"""The words of probability of ICD 203 in our own text: found with their range, never in a speaker's words."""

from __future__ import annotations

import pytest

from kit.lexicon import load_lexicon
from kit.wording import check_wording, find_estimates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is very likely so.", [("very likely", 80, 95)]),
        ("This is unlikely, that is  highly\nimprobable.", [("unlikely", 20, 45), ("highly\nimprobable", 5, 20)]),
        ("Almost certainly a mistake", [("Almost certainly", 95, 99)]),
        ('He calls it “very likely”, and ‘remote’, «probable» and "unlikely".', []),
        ("A likelihood, an unlikely-looking man, probability", []),
        ("“likely, he said", []),
        ("It may, might or could rain; there is a risk.", []),
        ("", []),
    ],
)
def test_words_are_found_with_their_range_outside_quotation_marks(text: str, found: list) -> None:
    assert [(one.word, one.low, one.high) for one in find_estimates(text)] == found
    assert all(text[one.start_char :].startswith(one.word) for one in find_estimates(text))


def test_a_notice_names_the_text_the_word_and_its_range() -> None:
    notices = check_wording({"ana’s note on claim 4": "That is likely wrong.", "the summary": "He says so."})
    assert len(notices) == 1
    assert notices[0].startswith("“likely” in ana’s note on claim 4: ICD 203 reads it as 55 to 80 per cent.")


def test_mixing_the_two_rows_of_the_list_is_told() -> None:
    assert "both rows" in check_wording({"a": "likely", "b": "probable"})[-1]
    assert not any("both rows" in one for one in check_wording({"a": "likely, unlikely"}))


def test_the_list_is_the_directives_seven_ranges_without_gaps() -> None:
    ranges = [(table["low"], table["high"]) for table in load_lexicon("probability")["range"]]
    assert ranges == [(1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99)]


def test_a_long_text_without_a_closing_mark_is_read_in_linear_time() -> None:
    assert find_estimates("“" * 20_000 + "likely") == []
    assert len(find_estimates("likely " * 5_000)) == 5_000
