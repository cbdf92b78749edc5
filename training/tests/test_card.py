import json

import pytest

from training.card import SETS, fill, main, make_tables


def make_meta():
    names = [f"{key} {figure}" for key, (_, figures) in SETS.items() for figure in figures]
    run = {"seed": 7, "steps": 3360, "minutes": 66, "pieces": {"polnear": 1_500_000, "ewt": 900_000}}
    return {
        "version": "1.0.0",
        "sha256": {"network.onnx": "ab" * 32},
        "figures": dict.fromkeys(names, 71.26) | {"polnear linked": 70.04},
        "float32": dict.fromkeys(names, 71.5),
        "documents": dict.fromkeys(SETS, 84),
        "trained": [run],
    }


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "network.onnx").write_bytes(b"x" * 2_340_000)
    return make_tables(make_meta(), tmp_path)


def test_the_tables_show_figures_runs_and_files(tables):
    assert "| PolNeAR dev, 84 documents | attributions, all of one right | 70.0 | 71.5 |" in tables["figures"]
    assert "| 1 | 7 | 3,360 | 66 | 1,500,000 | 900,000 |" in tables["runs"]
    assert f"| `network.onnx` | 2,340,000 | `{'ab' * 32}` |" in tables["files"]


def test_the_tables_go_between_their_marks_again_and_again(tables):
    card = "# Card\n" + "".join(f"\n<!-- {name} -->\nold\n<!-- end of {name} -->\n" for name in tables) + "\nThe end.\n"
    filled = fill(card, tables)
    assert "old" not in filled
    assert filled.startswith("# Card\n") and filled.endswith("\nThe end.\n")
    assert fill(filled, tables) == filled
    with pytest.raises(ValueError, match="end of figures"):
        fill("# Card\n", tables)


def test_the_command_writes_into_the_card(tmp_path, tables):
    (tmp_path / "meta.json").write_text(json.dumps(make_meta()), encoding="utf-8")
    card = tmp_path / "MODEL_CARD.md"
    card.write_text("".join(f"<!-- {name} -->\n<!-- end of {name} -->\n" for name in tables), encoding="utf-8")
    main([str(tmp_path), "--write", str(card)])
    assert all(table in card.read_text(encoding="utf-8") for table in tables.values())
