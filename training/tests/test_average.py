import pytest

torch = pytest.importorskip("torch")

from training.average import average_states, main


def run(value, seed, **changes):
    state = {"model": {"a": torch.full((2, 3), value), "b": torch.tensor([value])}, "labels": {"sent": ["in", "start"]}}
    state |= {"habits": ["gum"], "lexicon": {"saw": ["see"]}, "config": {"run": {"seed": seed}}}
    return state | {"step": 10, "elapsed": 120.0, "seen": {"ewt": 99}} | changes


def test_the_mean_of_runs_is_the_mean_of_each_weight_and_knows_the_runs(tmp_path):
    first = {"seed": 7, "steps": 5, "minutes": 1, "pieces": {"ewt": 40}}
    paths = [tmp_path / "a.pt", tmp_path / "b.pt"]
    for path, value, seed in zip(paths, (1.0, 4.0), (11, 12), strict=True):
        own = {"seed": seed, "steps": 10, "minutes": 2, "pieces": {"ewt": 99}}
        torch.save(run(value, seed, runs=[first, own]), path)
    main([*map(str, paths), "--out", str(tmp_path / "new" / "model.pt")])
    mean = torch.load(tmp_path / "new" / "model.pt", weights_only=True)
    assert mean["model"]["a"].tolist() == [[2.5] * 3] * 2
    assert mean["model"]["b"].dtype == torch.float32
    assert mean["labels"] == {"sent": ["in", "start"]}
    assert [one["seed"] for one in mean["runs"]] == [7, 11, 12]


def test_a_run_that_was_saved_without_a_list_of_runs_is_one():
    mean = average_states([run(1.0, 11), run(2.0, 12)])
    assert mean["runs"] == [{"seed": seed, "steps": 10, "minutes": 2, "pieces": {"ewt": 99}} for seed in (11, 12)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"labels": {"sent": ["start", "in"]}}, "labels"),
        ({"habits": []}, "habits"),
        ({"lexicon": {}, "labels": {}}, "labels, lexicon"),
        ({"model": {"a": torch.zeros(2, 4), "b": torch.zeros(1)}}, "weights"),
        ({"model": {"a": torch.zeros(2, 3)}}, "weights"),
    ],
)
def test_runs_that_do_not_agree_have_no_mean(changes, message):
    with pytest.raises(ValueError, match=f"runs 1 and 2 differ in their {message}: no mean"):
        average_states([run(1.0, 11), run(2.0, 12, **changes)])
