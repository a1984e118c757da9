"""A layer's outputs, for every kind of model and of inputs; the oracle is Keras' own submodel."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras_models import ROWS, make_data, make_model

from tb_projector_plugin.callbacks.activations import Activations
from tb_projector_plugin.errors import BadParameterError


class Stacked(keras.Model):
    """A subclassed model: it has no symbolic graph."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = keras.layers.Dense(4, name="hidden")
        self.noise = keras.layers.Dropout(0.5)
        self.answer = keras.layers.Dense(1)

    def call(self, inputs, training=False):
        return self.answer(self.noise(self.hidden(inputs), training=training))


class Batches(keras.utils.PyDataset):
    def __len__(self) -> int:
        return 4

    def __getitem__(self, index):
        rows = slice(index * 16, index * 16 + 16)
        return make_data()[0][rows], make_data()[1][rows]


def compute(model, choice, inputs=None, batch_size=16) -> dict[str, np.ndarray]:
    return Activations(model, choice, make_data()[0] if inputs is None else inputs, batch_size).compute()


def expected(model, layer="features") -> np.ndarray:
    return keras.Model(model.inputs, model.get_layer(layer).output).predict(make_data()[0], verbose=0)


@pytest.mark.parametrize(
    ("choose", "name"),
    [
        (lambda _: "features", "features"),
        (lambda model: model.get_layer("features"), "features"),
        (lambda model: {"mine": model.get_layer("features").output}, "mine"),
        (lambda model: {"mine": keras.Model(model.inputs, model.get_layer("features").output)}, "mine"),
        (lambda model: {"mine": keras.Model(model.inputs, model.get_layer("features").output).call}, "mine"),
    ],
    ids=["name", "layer", "tensor", "model", "function"],
)
def test_ways_to_choose(choose, name):
    model = make_model()
    outputs = compute(model, choose(model))
    assert list(outputs) == [name]
    np.testing.assert_allclose(outputs[name], expected(model), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    "inputs",
    [
        lambda: tf.constant(make_data()[0]),
        lambda: tf.data.Dataset.from_tensor_slices(make_data()).batch(16),
        Batches,
    ],
    ids=["tensor", "tf.data", "PyDataset"],
)
def test_what_holds_inputs(inputs):
    model = make_model()
    np.testing.assert_allclose(
        compute(model, "features", inputs(), None)["features"], expected(model), rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("inputs", [lambda: tf.data.Dataset.from_tensor_slices(make_data()[0]).batch(7), Batches])
def test_rows_of_a_data_set_are_counted(inputs):
    activations = Activations(make_model(), "features", inputs(), None)
    assert activations.check() == {"features": (ROWS, 3)}


@pytest.mark.parametrize("as_dict", [False, True])
def test_several_inputs(as_dict):
    a, b = keras.Input((2,), name="a"), keras.Input((3,), name="b")
    joined = keras.layers.Concatenate(name="joined")([a, b])
    model = keras.Model({"a": a, "b": b} if as_dict else [a, b], keras.layers.Dense(1)(joined))
    rows = {"a": np.ones((9, 2), np.float32), "b": np.zeros((9, 3), np.float32)}
    activations = Activations(model, "joined", rows if as_dict else list(rows.values()), None)
    assert activations.check() == {"joined": (9, 5)}
    np.testing.assert_array_equal(activations.compute()["joined"], np.hstack(list(rows.values())))


def test_one_layer_under_two_names():
    model = make_model()
    layer = model.get_layer("features")
    outputs = compute(model, {"one": layer, "other": "features"})
    assert list(outputs) == ["one", "other"]
    for vectors in outputs.values():
        np.testing.assert_allclose(vectors, expected(model), rtol=1e-5, atol=1e-6)
    assert "call" not in vars(layer)


def test_a_subclassed_model():
    model, rows = Stacked(), np.random.default_rng(0).random((20, 3), np.float32)
    model(rows)
    hidden = compute(model, "hidden", rows)["hidden"]
    np.testing.assert_allclose(hidden, np.array(model.hidden(rows)), rtol=1e-5, atol=1e-6)


def test_a_layer_inside_of_a_nested_model():
    inner_inputs = keras.Input((5,))
    inner = keras.Model(
        inner_inputs, keras.layers.Dense(2)(keras.layers.Dense(3, name="deep")(inner_inputs)), name="inner"
    )
    outer_inputs = keras.Input((5,))
    model = keras.Model(outer_inputs, keras.layers.Dense(1)(inner(outer_inputs * 2)))
    rows = np.random.default_rng(0).random((8, 5), np.float32)
    outputs = compute(model, ["deep", "inner"], rows)
    np.testing.assert_allclose(outputs["deep"], np.array(inner.get_layer("deep")(rows * 2)), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(outputs["inner"], np.array(inner(rows * 2)), rtol=1e-5, atol=1e-6)


def test_it_is_traced_once_and_follows_the_weights():
    model = make_model()
    activations = Activations(model, "features", make_data()[0], 16)
    first = activations.compute()["features"]
    traced = activations._probe.predict_function
    model.get_layer("features").set_weights([np.zeros((4, 3)), np.full(3, 0.5)])
    second = activations.compute()["features"]
    assert activations._probe.predict_function is traced
    assert (first != second).all()
    np.testing.assert_allclose(second, np.tanh(0.5), rtol=1e-6)


def test_the_layers_and_the_model_stay_what_they_were():
    model = make_model()
    before = [weight.path for weight in model.weights]
    compute(model, "features")
    assert "call" not in vars(model.get_layer("features"))
    assert [weight.path for weight in model.weights] == before
    assert model.predict_function is None


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("nothing", "not a layer of"),
        (keras.layers.Dense(1), "not part of"),
        (3, "expected a layer"),
        ("word_embedding", r"shape .* expected \[rows, dimensions\]"),
    ],
    ids=["unknown name", "foreign layer", "no layer", "rank 3"],
)
def test_what_cannot_be_meant(choice, message):
    with pytest.raises(BadParameterError, match=message):
        Activations(make_model(), choice, make_data()[0], None).check()
