"""Small Keras models and data for the callback's tests; run as a script, it trains on the backend of KERAS_BACKEND."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import keras
import numpy as np

ROWS, WORDS = 60, 30


def make_data(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Sentences [ROWS, 5] of words, and whether the first word is odd."""
    sentences = np.random.default_rng(seed).integers(0, WORDS, (ROWS, 5))
    return sentences, (sentences[:, :1] % 2).astype("float32")


def make_model(**compile_options) -> keras.Model:
    """A functional model with dropout and batch normalization: inference differs from training."""
    words = keras.Input((5,), dtype="int32")
    vectors = keras.layers.Embedding(WORDS, 4, name="word_embedding")(words)
    pooled = keras.layers.GlobalAveragePooling1D()(vectors)
    dropped = keras.layers.BatchNormalization()(keras.layers.Dropout(0.5)(pooled))
    features = keras.layers.Dense(3, activation="tanh", name="features")(dropped)
    model = keras.Model(words, keras.layers.Dense(1, activation="sigmoid", name="answer")(features))
    model.compile("adam", "binary_crossentropy", **compile_options)
    return model


class Recorder(keras.callbacks.Callback):
    """Records the model's weights at the end of each epoch or batch: the oracle for the steps."""

    def __init__(self, each_batch: bool = False) -> None:
        super().__init__()
        self.each_batch = each_batch
        self.embeddings: dict[int, np.ndarray] = {}
        self.features: dict[int, np.ndarray] = {}

    def note(self) -> None:
        model = self.model
        step = int(keras.ops.convert_to_numpy(model.optimizer.iterations))
        self.embeddings[step] = np.array(keras.ops.convert_to_numpy(model.get_layer("word_embedding").embeddings))
        features = keras.Model(model.inputs, model.get_layer("features").output)
        self.features[step] = features.predict(make_data()[0], verbose=0)

    def on_epoch_end(self, epoch, logs=None):  # noqa: ARG002
        if not self.each_batch:
            self.note()

    def on_train_batch_end(self, batch, logs=None):  # noqa: ARG002
        if self.each_batch:
            self.note()


def train(folder: Path, update_freq: int | str) -> None:
    """Trains with ProjectorCallback into `folder`/logs and saves the recorded weights in `folder`/held.npz."""
    from tb_projector_plugin.callbacks.keras import ProjectorCallback

    random.seed(0)  # Keras draws its seeds from it; `keras.utils.set_random_seed` would import TensorFlow.
    sentences, answers = make_data()
    recorder = Recorder(each_batch=update_freq != "epoch")
    callback = ProjectorCallback(
        folder / "logs",
        embeddings="word_embedding",
        activations="features",
        inputs=sentences,
        metadata={
            "word_embedding": [f"word {number}" for number in range(WORDS)],
            "features": {"label": answers[:, 0].astype(int), "row": range(ROWS)},
        },
        images={"features": np.zeros((ROWS, 4, 4), np.uint8)},
        update_freq=update_freq,
    )
    make_model().fit(
        sentences, answers, batch_size=16, epochs=3, shuffle=False, verbose=0, callbacks=[callback, recorder]
    )
    held = {f"word_embedding:{step:05d}": vectors for step, vectors in recorder.embeddings.items()}
    held |= {f"features:{step:05d}": vectors for step, vectors in recorder.features.items()}
    np.savez(folder / "held.npz", **held)


if __name__ == "__main__":
    frequency = sys.argv[2]
    train(Path(sys.argv[1]), int(frequency) if frequency.isdigit() else frequency)
    assert keras.backend.backend() == "tensorflow" or "tensorflow" not in sys.modules
