"""Which weights an argument selects."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras_models import WORDS, make_model

from tb_projector_plugin.callbacks.weights import choose_weights
from tb_projector_plugin.errors import BadParameterError


class Towers(keras.Model):
    """Embeddings deep inside a subclassed model, in a list and in a layer."""

    def __init__(self) -> None:
        super().__init__()
        self.towers = [keras.Sequential([keras.layers.Embedding(5, 2, name=f"tower_{n}")]) for n in range(2)]

    def call(self, inputs):
        return sum(tower(inputs) for tower in self.towers)


def names(model, choice=None) -> list[str]:
    return [weights.name for weights in choose_weights(model, choice)]


def test_every_embedding_at_any_depth():
    model = Towers()
    model(np.zeros((1, 3)))
    assert names(model) == ["tower_0", "tower_1"]


@pytest.mark.parametrize(
    ("choose", "expected"),
    [
        (lambda _: "word_embedding", ["word_embedding"]),
        (lambda model: model.get_layer("word_embedding"), ["word_embedding"]),
        (lambda _: "word_embedding/embeddings", ["word_embedding/embeddings"]),
        (lambda model: model.get_layer("word_embedding").embeddings, ["word_embedding/embeddings"]),
        (lambda _: ["features", "word_embedding"], ["features", "word_embedding"]),
        (lambda _: {"words": "word_embedding"}, ["words"]),
    ],
)
def test_ways_to_choose(choose, expected):
    model = make_model()
    assert names(model, choose(model)) == expected


def test_copies_are_not_changed_by_training():
    model = make_model()
    (weights,) = choose_weights(model)
    before = weights.copy()
    model.get_layer("word_embedding").embeddings.assign(np.ones((WORDS, 4)))
    assert (before != 1).all()
    assert (weights.copy() == 1).all()


def test_lora_weights_are_in_the_vectors():
    model = make_model()
    layer = model.get_layer("word_embedding")
    (weights,) = choose_weights(model)
    layer.enable_lora(2)
    layer.lora_embeddings_a.assign(np.ones((WORDS, 2)))
    layer.lora_embeddings_b.assign(np.ones((2, 4)))
    np.testing.assert_allclose(weights.copy(), np.array(layer(np.arange(WORDS))), rtol=1e-6)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("nothing", "neither a layer's name nor a variable's path"),
        ("global_average_pooling1d", "has 0 two-dimensional weights"),
        ("features/bias", "expected \\[rows, dimensions\\]"),
        ({"a:b": "word_embedding"}, "cannot be called 'a:b'"),
        ({3: "word_embedding"}, "cannot be called 3; text"),
        (["word_embedding", "word_embedding"], "the same name"),
    ],
)
def test_what_cannot_be_meant(choice, message):
    keras.backend.clear_session()
    with pytest.raises(BadParameterError, match=message):
        choose_weights(make_model(), choice)
