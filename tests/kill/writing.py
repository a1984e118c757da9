"""Data of the killed writers: each value follows from the embedding's name, its step and the row."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Embeddings have this many dimensions, and up to this many rows more than one.
DIMS, MORE_ROWS = 8, 400


def make_vectors(name: str, step: int) -> NDArray[np.float32]:
    seed = zlib.crc32(f"{name}:{step}".encode())
    rows = 1 + seed % MORE_ROWS
    return np.random.default_rng(seed).normal(size=(rows, DIMS)).astype(np.float32)


def make_labels(name: str, step: int) -> list[str]:
    return [f"{name} {step} {row}" for row in range(len(make_vectors(name, step)))]


def write_embedding(logdir: Path, name: str, step: int) -> None:
    from tb_projector_plugin import projector

    projector.add_embedding(logdir, make_vectors(name, step), name=name, step=step, metadata=make_labels(name, step))


def write_config_entry(logdir: Path, name: str, step: int) -> None:
    """As a script does that saves its own vectors: the files first, then `visualize_embeddings`."""
    from tb_projector_plugin import projector

    stem = f"{name}-{step}"
    make_vectors(name, step).astype("<f4").tofile(logdir / f"{stem}.bytes")
    (logdir / f"{stem}.tsv").write_text("".join(f"{label}\n" for label in make_labels(name, step)))
    config = projector.ProjectorConfig()
    entry = config.embeddings.add(tensor_name=f"{name}:{step:05d}", tensor_path=f"{stem}.bytes")
    entry.tensor_shape.extend(make_vectors(name, step).shape)
    entry.metadata_path = f"{stem}.tsv"
    projector.visualize_embeddings(logdir, config)


def write_callback_step(logdir: Path, name: str, step: int) -> None:
    """The writes of `ProjectorCallback` in its background thread on JAX and torch."""
    from tb_projector_plugin.callbacks.annotations import write_annotations
    from tb_projector_plugin.callbacks.background_writer import BackgroundWriter, Job
    from tb_projector_plugin.callbacks.raw_steps import RawSteps

    vectors, labels = make_vectors(name, step), make_labels(name, step)
    annotations = write_annotations(str(logdir / "notes" / str(step)), {name: len(vectors)}, labels, None, None)
    steps, background = RawSteps(str(logdir), None), BackgroundWriter()
    background.submit(Job(f"Step {step}", vectors.nbytes, lambda: steps.write(step, {name: vectors}, annotations)))
    while background.pending():
        background.wait_for_one(1)
    if troubles := background.take_troubles():
        raise OSError(troubles)


def train_an_epoch(logdir: Path, name: str, step: int) -> None:
    """Trains with `ProjectorCallback` until its step is written. The learning rate is 0: the vectors stay known."""
    from tb_projector_plugin.callbacks.keras import ProjectorCallback

    model = make_model(name)
    model.get_layer(name).set_weights([make_trained(name, step)])
    model.optimizer.iterations.assign(step - 1)
    callback = ProjectorCallback(logdir / name, metadata=make_labels(name, 0), max_to_keep=None)
    model.fit(np.zeros((1, 1), np.int32), np.zeros(1), verbose=0, callbacks=[callback])


@cache
def make_model(name: str) -> Any:
    """One for all steps: JAX and TensorFlow compile each model anew, which takes longer than all else."""
    import keras

    layer = keras.layers.Embedding(*make_vectors(name, 0).shape, name=name)
    model = keras.Sequential([layer, keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.0), "mse")
    model.build((None, 1))
    return model


def make_trained(name: str, step: int) -> NDArray[np.float32]:
    """An embedding has the same rows in each step of a training."""
    return make_vectors(name, 0) + np.float32(step)


WRITERS: dict[str, Callable[[Path, str, int], None]] = {
    "add_embedding": write_embedding,
    "visualize_embeddings": write_config_entry,
    "callback": write_callback_step,
    "fit": train_an_epoch,
}
