"""A layer's activations on images, with labels and a sprite: scikit-learn's 1,797 digits of 8 x 8 pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras


def train(log_dir: str, epochs: int, thumbnail_scale: int = 4) -> None:
    """Trains a classifier and saves, for each epoch, the 32 activations of its layer `features` on every image."""
    import keras
    from sklearn.datasets import load_digits

    from tb_projector_plugin.callbacks.keras import ProjectorCallback

    keras.utils.set_random_seed(2017)
    digits = load_digits()
    images = (digits.images / 16).astype(np.float32)  # Pixels are 0 to 16.
    callback = ProjectorCallback(
        log_dir,
        activations="features",
        inputs=images[..., None],
        metadata=_describe(digits),
        images=np.kron(images, np.ones((thumbnail_scale, thumbnail_scale), np.float32)),
        max_to_keep=None,
    )
    _build_classifier().fit(
        images[..., None], digits.target, batch_size=32, epochs=epochs, verbose=2, callbacks=[callback]
    )


def _build_classifier() -> keras.Model:
    """[8, 8, 1] images in, ten logits out; `features` is the layer before the last."""
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(24, 3, activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(32, activation="tanh", name="features"),
            layers.Dense(10, name="logits"),
        ],
        name="digits",
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    return model


def _describe(digits: Any) -> dict[str, Any]:
    """Columns with a value per image: its digit, the mean amount of ink, and its number in the data set."""
    return {
        "digit": digits.target,
        "ink": digits.data.mean(axis=1).round(2),
        "image": np.arange(len(digits.target)),
    }
