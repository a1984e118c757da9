"""Costs of ProjectorCallback to the training thread: weights against the epoch, activations against `model.predict`.

`python benchmarks/callback.py` prints JSON. Times are medians over epochs of the callback's hooks, in ms.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from tb_projector_plugin.callbacks.keras import ProjectorCallback

WORDS, DIMENSIONS, EPOCHS, EPOCH_S = 10_000, 200, 4, 10


class TimedCallback(ProjectorCallback):
    """Times the hooks that run in an epoch, and `model.predict` beside them."""

    def __init__(self, *args: object, predict_on: np.ndarray | None = None, **options: object) -> None:
        super().__init__(*args, **options)
        self.predict_on = predict_on
        self.hooks_ms: list[float] = []
        self.predict_ms: list[float] = []
        self._batches_ms = 0.0

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        start = time.perf_counter()
        super().on_train_batch_end(batch, logs)
        self._batches_ms += 1000 * (time.perf_counter() - start)

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:
        """The order of the two alternates: the second one finds warm caches."""
        if epoch % 2:
            self._clock_predict()
        start = time.perf_counter()
        super().on_epoch_end(epoch, logs)
        self.hooks_ms.append(1000 * (time.perf_counter() - start) + self._batches_ms)
        self._batches_ms = 0.0
        if not epoch % 2:
            self._clock_predict()

    def _clock_predict(self) -> None:
        if self.predict_on is not None:
            start = time.perf_counter()
            self.model.predict(self.predict_on, verbose=0)
            self.predict_ms.append(1000 * (time.perf_counter() - start))


class LongEpoch(keras.callbacks.Callback):
    """Extends the epoch to EPOCH_S, so that the share is that of training with epochs of this length."""

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        del epoch, logs
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:
        del epoch, logs
        time.sleep(max(0.0, EPOCH_S - (time.perf_counter() - self.start)))


def measure_weights(log_dir: str) -> dict[str, float]:
    """A 10,000 x 200 embedding, one step per epoch of ten seconds."""
    model = keras.Sequential(
        [
            keras.Input((8,), dtype="int32"),
            keras.layers.Embedding(WORDS, DIMENSIONS),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    rows = np.random.default_rng(0).integers(0, WORDS, (4096, 8))
    callback = TimedCallback(log_dir)
    model.fit(rows, rows[:, :1] / WORDS, epochs=EPOCHS, verbose=0, callbacks=[callback, LongEpoch()])
    median_ms = statistics.median(callback.hooks_ms)
    return {"epoch_s": EPOCH_S, "callback_ms": median_ms, "share_percent": median_ms / EPOCH_S / 10}


def measure_activations(log_dir: str) -> dict[str, float]:
    """The second-to-last layer of a convolutional network, on 2,000 images of 32 x 32."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(64, name="features"),
            layers.Dense(10),
        ]
    )
    model.compile("adam", "mse")
    images = np.random.default_rng(0).random((2000, 32, 32, 3), np.float32)
    callback = TimedCallback(log_dir, activations="features", inputs=images, predict_on=images)
    model.fit(images[:256], np.zeros((256, 10)), epochs=17, verbose=0, callbacks=[callback])
    # Without the first epoch, which traces.
    activations_ms, predict_ms = (statistics.median(times[1:]) for times in (callback.hooks_ms, callback.predict_ms))
    return {"callback_ms": activations_ms, "predict_ms": predict_ms, "ratio": activations_ms / predict_ms}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = {
            "backend": keras.backend.backend(),
            "weights": measure_weights(os.path.join(folder, "weights")),
            "activations": measure_activations(os.path.join(folder, "activations")),
        }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
