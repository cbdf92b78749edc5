"""The open label scheme of a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.schemes import BUILT_IN, Label, SchemeError, load_scheme


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "labels.toml"


def test_without_a_file_there_are_the_kits_own_labels(path: Path) -> None:
    assert load_scheme(path).labels == BUILT_IN
    assert [label.key for label in BUILT_IN] == ["1", "2", "3", "4"]
    assert [label.record for label in BUILT_IN] == ["claim", "quantity", "claim", "claim"]


def test_a_cases_labels_come_behind_them_with_keys_while_there_are_any(path: Path) -> None:
    more = "".join(f'[[label]]\nname = "more {n}"\n' for n in range(5))
    path.write_text(
        '\ufeff[[label]]\nname = " blâme 😀 "\nkey = "6"\nadds = "quantity"\nabout = "whose"\n' + more, "utf-8"
    )
    scheme = load_scheme(path)
    assert scheme.label("blâme 😀") == Label("blâme 😀", "quantity", "6", "whose")
    assert [label.key for label in scheme.labels[5:]] == ["5", "7", "8", "9", ""]
    assert scheme.label("nobody's") is None


def test_labels_that_are_in_use_and_in_no_file_are_offered_too(path: Path) -> None:
    scheme = load_scheme(path).with_used(["old", "claim", "old"])
    assert scheme.names[-1] == "old" and scheme.names.count("claim") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[label]", "not valid TOML"),
        ("label = 3", r"\[\[label\]\]"),
        ("label = [3]", "label 1: not a table"),
        ("[[label]]\nkey = '5'", "a name has"),
        ("[[label]]\nname = 'a\\nb'\n[[label]]\nname = \"a\\nb\"", "on one line"),
        ("[[label]]\nname = 'x'\ncolour = 'red'", "unknown colour"),
        ("[[label]]\nname = 5", "name: write text in quotation marks"),
        ("[[label]]\nname = 'claim'", "'claim' is there already"),
        ("[[label]]\nname = 'x'\nkey = '1'", "key 1 is taken by 'claim'"),
        ("[[label]]\nname = 'x'\nkey = '10'", "a digit from 1 to 9"),
        ("[[label]]\nname = 'x'\nadds = 'verb'", "adds is 'verb'"),
    ],
)
def test_a_label_that_cannot_be_is_told_with_its_number(path: Path, content: str, words: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SchemeError, match=words):
        load_scheme(path)
