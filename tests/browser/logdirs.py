"""Logdirs for the tab's tests, each written by a tool that users have: TensorFlow, Keras, PyTorch, our API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from logdir_builders import write_checkpoint, write_metadata

KEY = "/.ATTRIBUTES/VARIABLE_VALUE"
WORDS = 400
KINDS = ("noun", "verb", "particle")
OUTLIER = WORDS - 1
OUTLIER_WORD = "faraway"


def make_word_vectors() -> np.ndarray[Any, Any]:
    """(400, 16): three clouds, and in the last row a point far from all of them."""
    random = np.random.default_rng(7)
    centers = random.normal(size=(len(KINDS), 16)) * 4
    vectors = centers[np.arange(WORDS) % len(KINDS)] + random.normal(size=(WORDS, 16))
    vectors[OUTLIER] = 60
    return vectors.astype(np.float32)


def word_rows() -> list[tuple[str, str, int]]:
    """The metadata of each row: word, kind, count."""
    rows = [(f"word{row:03d}", KINDS[row % len(KINDS)], row * row) for row in range(WORDS)]
    rows[OUTLIER] = (OUTLIER_WORD, KINDS[0], 0)
    return rows


def write_words_run(run: Path) -> Path:
    """Writes a checkpoint with `words`, its metadata with a header, a config, and events, as every training run has."""
    import tensorflow as tf

    write_checkpoint(run, 5, words=make_word_vectors())
    (run / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-5"\n')
    write_metadata(run / "metadata.tsv", [("word", "kind", "count"), *word_rows()])
    (run / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "words{KEY}" metadata_path: "metadata.tsv" }}\n'
    )
    with tf.summary.create_file_writer(str(run)).as_default():
        tf.summary.scalar("loss", 0.5, step=5)
    return run


def write_keras_run(run: Path, epochs: int = 3) -> Path:
    """Trains a small model by `model.fit` with `ProjectorCallback`: one step of `codes` per epoch."""
    import keras

    from tb_projector_plugin.callbacks.keras import ProjectorCallback

    keras.utils.set_random_seed(1)
    tokens = np.random.default_rng(1).integers(0, 50, size=(256, 6))
    model = keras.Sequential(
        [
            keras.layers.Embedding(50, 8, name="codes"),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.2), loss="binary_crossentropy")
    labels = [f"token {number}" for number in range(50)]
    callback = ProjectorCallback(str(run), embeddings="codes", metadata={"codes": labels})
    model.fit(tokens, tokens[:, :1] > 25, epochs=epochs, verbose=0, callbacks=[callback])
    return run


#: A typical script for TensorBoard's own projector, with only the import changed.
OWN_SCRIPT = """
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf
from tb_projector_plugin import projector

log_dir = Path(sys.argv[1])
log_dir.mkdir(parents=True)
vocabulary = [f"movie {number}" for number in range(120)]
(log_dir / "metadata.tsv").write_text("".join(word + "\\n" for word in vocabulary))

weights = tf.Variable(np.random.default_rng(3).normal(size=(120, 10)).astype("float32"))
tf.train.Checkpoint(embedding=weights).save(str(log_dir / "embedding.ckpt"))

config = projector.ProjectorConfig()
embedding = config.embeddings.add()
embedding.tensor_name = "embedding/.ATTRIBUTES/VARIABLE_VALUE"
embedding.metadata_path = "metadata.tsv"
projector.visualize_embeddings(str(log_dir), config)
"""


def write_pytorch_run(run: Path) -> Path:
    """Writes two steps of `letters` by PyTorch's `SummaryWriter.add_embedding`, with labels and images."""
    import torch
    from torch.utils.tensorboard import SummaryWriter

    vectors = torch.from_numpy(np.random.default_rng(5).normal(size=(26, 6)).astype(np.float32))
    letters = [chr(ord("a") + number) for number in range(26)]
    with SummaryWriter(str(run)) as writer:
        for step in (10, 20):
            pictures = torch.rand(26, 3, 12, 12, generator=torch.Generator().manual_seed(step))
            writer.add_embedding(vectors * step, metadata=letters, label_img=pictures, global_step=step, tag="letters")
    return run
