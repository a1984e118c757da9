"""Logdirs as real tools write them: TensorFlow for checkpoints, Pillow for sprites, plain text for the rest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
DIGIT_PX = 8


def write_checkpoint(run_dir: Path, step: int = 1, **tensors: np.ndarray[Any, Any]) -> Path:
    """Writes a TensorFlow 2 object checkpoint `model.ckpt-<step>` with these variables; returns its prefix."""
    import tensorflow as tf

    run_dir.mkdir(parents=True, exist_ok=True)
    variables = {name: tf.Variable(value) for name, value in tensors.items()}
    return Path(tf.train.Checkpoint(**variables).write(str(run_dir / f"model.ckpt-{step}")))


def write_events(run_dir: Path) -> None:
    """Writes one scalar: the built-in projector only scans directories that contain an event file."""
    import tensorflow as tf

    with tf.summary.create_file_writer(str(run_dir)).as_default():
        tf.summary.scalar("loss", 0.5, step=1)


def write_metadata(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Writes a TSV file; the first of `rows` is the header if there are two or more columns."""
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return path


def write_labeled_run(run_dir: Path, rows: Sequence[Sequence[object]], **tensor: np.ndarray[Any, Any]) -> Path:
    """Writes one variable, its metadata `rows` with their header, and a config that names both."""
    (name,) = tensor
    write_checkpoint(run_dir, 1, **tensor)
    (run_dir / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1"\n')
    write_metadata(run_dir / "metadata.tsv", rows)
    (run_dir / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "{name}/.ATTRIBUTES/VARIABLE_VALUE" metadata_path: "metadata.tsv" }}\n'
    )
    return run_dir


def write_sprite(path: Path, images: np.ndarray[Any, Any]) -> Path:
    """Writes `images` (count, height, width) uint8 as one square sheet, row by row; the last row may be partial."""
    from PIL import Image

    count, height, width = images.shape
    columns = int(np.ceil(np.sqrt(count)))
    lines = -(-count // columns)
    cells = np.zeros((lines * columns, height, width), np.uint8)
    cells[:count] = images
    sheet = cells.reshape(lines, columns, height, width).swapaxes(1, 2).reshape(lines * height, columns * width)
    Image.fromarray(sheet).save(path)
    return path


def write_digits_run(run_dir: Path, steps: Sequence[int] = (1,)) -> Path:
    """Writes scikit-learn's 1,797 digits as the variable `digits`, with labels and a sprite, in the built-in format."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    for step in steps:
        write_checkpoint(run_dir, step, digits=(digits.data * step).astype(np.float32))
    write_events(run_dir)
    newest = f"model.ckpt-{steps[-1]}"
    (run_dir / "checkpoint").write_text(f'model_checkpoint_path: "{newest}"\n')
    write_metadata(run_dir / "metadata.tsv", [("label", "ink"), *zip(digits.target, digits.data.sum(1), strict=True)])
    write_sprite(run_dir / "sprite.png", (digits.images * 255 / 16).astype(np.uint8))
    (run_dir / "projector_config.pbtxt").write_text(
        f"""embeddings {{
  tensor_name: "digits/.ATTRIBUTES/VARIABLE_VALUE"
  metadata_path: "metadata.tsv"
  sprite {{ image_path: "sprite.png" single_image_dim: {DIGIT_PX} single_image_dim: {DIGIT_PX} }}
}}
"""
    )
    return run_dir
