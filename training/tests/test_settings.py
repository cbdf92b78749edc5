import pytest

from training.figures import decoder_settings, spread
from training.settings import CONFIG, read_config

SECOND = CONFIG.with_name("second.toml")


def test_the_second_stage_differs_where_its_file_says_so_and_nowhere_else():
    first, second = read_config(), read_config(SECOND)
    assert second["run"] == first["run"] | {"encoder_rate": 1.3e-4, "head_rate": 6e-4, "piece_dropout": 0.06}
    assert second["corpora"]["gum"] == first["corpora"]["gum"] | {"share": 5.0}
    assert list(second["corpora"]) == list(first["corpora"])
    assert second["dev"] == first["dev"]


def test_a_setting_that_does_not_exist_is_an_error(tmp_path):
    path = tmp_path / "other.toml"
    path.write_text("[run]\nencoder_rat = 1.0\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no such setting in config\.toml: encoder_rat"):
        read_config(path)


def test_a_decoder_gets_its_settings():
    assert set(decoder_settings(read_config())) == {"most", "overlap", "role_switch", "start_bonus", "start_arcs"}


def test_a_sample_is_spread_over_a_set():
    assert spread(10, 3) == [0, 3, 6]
    assert spread(2, 3) == [0, 1]
    assert spread(0, 3) == []
