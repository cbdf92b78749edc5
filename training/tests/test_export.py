import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper, save

from kit.english.weights import open_network
from training.export import FORMS, quantise, scale_channels


def make_weights():
    weights = np.random.default_rng(1).normal(size=(64, 5)).astype(np.float32)
    weights[:, 1] = 0
    weights[6:8, 2] = 9.0  # neighbours that are multiplied at once
    weights[6:10, 3] = 0, 9, 9, 0  # neighbours that are not
    return weights


def test_no_sum_of_two_products_leaves_16_bits_and_no_channel_is_coarser_than_that_asks_for():
    weights = make_weights()
    values, scale = scale_channels(weights)
    whole = values.astype(int)
    for sign in (1, -1):
        side = np.maximum(sign * whole, 0)
        assert (255 * (side[0::2] + side[1::2])).max() <= 2**15
    assert (np.abs(weights - whole * scale) <= scale / 2 + 1e-6).all()
    assert np.abs(whole).max(0).tolist()[1:4] == [0, 64, 127]


@pytest.mark.parametrize("form", ["safe", "dynamic", "narrow", "unsigned"])
def test_a_quantised_product_is_close_to_the_exact_one(tmp_path, form, monkeypatch):
    monkeypatch.setattr("kit.english.weights.OUTPUTS", ("found",))
    weights = make_weights()
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["rows", "table"], ["found"], name="product")],
        "one product",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["rows", 64])],
        [helper.make_tensor_value_info("found", TensorProto.FLOAT, ["rows", 5])],
        [numpy_helper.from_array(weights, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    save(model, tmp_path / "float32.onnx")
    quantise(tmp_path / "float32.onnx", tmp_path / "int8.onnx", FORMS[form])
    rows = np.random.default_rng(2).normal(size=(7, 64)).astype(np.float32)
    found = open_network(tmp_path / "int8.onnx")({"rows": rows})["found"]
    assert np.abs(found - rows @ weights).max() < 1.0
