"""Word lists that a user can extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.lexicon import LexiconError, load_lexicon, load_sets


def test_a_users_file_extends_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "cues.toml").write_text('distancing = ["mutter"]\n', encoding="utf-8")
    monkeypatch.setenv("KIT_LEXICON", str(tmp_path))
    cues = load_lexicon("cues")
    assert cues["distancing"][-1] == "mutter"
    assert "say" in cues["neutral"]
    monkeypatch.delenv("KIT_LEXICON")
    assert "mutter" not in load_lexicon("cues")["distancing"]


def test_a_users_broken_file_is_said_to_be_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "cues.toml").write_text("[distancing\n", encoding="utf-8")
    monkeypatch.setenv("KIT_LEXICON", str(tmp_path))
    with pytest.raises(LexiconError, match=r"cues\.toml is not valid TOML"):
        load_lexicon("cues")


def test_an_unknown_lexicon_is_refused():
    with pytest.raises(LexiconError, match="no lexicon named 'nothing'"):
        load_lexicon("nothing")


def test_no_reporting_verb_has_two_stances():
    verbs = [verb for stance in ("neutral", "endorsing", "distancing") for verb in load_lexicon("cues")[stance]]
    assert len(verbs) == len(set(verbs))


def test_sets_hold_what_the_lists_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "cues.toml").write_text('distancing = ["mutter"]\n', encoding="utf-8")
    monkeypatch.setenv("KIT_LEXICON", str(tmp_path))
    lists, sets = load_lexicon("cues"), load_sets("cues")
    assert sets["distancing"] == {*lists["distancing"]} and "mutter" in sets["distancing"]
    assert sets["kinds"]["request"] == {*lists["kinds"]["request"]}
