"""Checkpoints written by real TensorFlow, and the damage that disks, copies and interrupted jobs do to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def write_saver_checkpoint(run: Path, *shards: dict[str, np.ndarray[Any, Any]], step: int = 7) -> Path:
    """Writes `model.ckpt-<step>` like `tf.compat.v1.train.Saver`, with one data file for each of `shards`."""
    import tensorflow as tf

    run.mkdir(parents=True, exist_ok=True)
    prefix = run / f"model.ckpt-{step}"
    parts = [str(run / f"part-{number}") for number in range(len(shards))]
    for part, tensors in zip(parts, shards, strict=True):
        values = [tf.constant(value) for value in tensors.values()]
        tf.raw_ops.SaveV2(prefix=part, tensor_names=list(tensors), shape_and_slices=[""] * len(values), tensors=values)
    tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=parts, destination_prefix=str(prefix), delete_old_dirs=False)
    return prefix


def write_summary(run: Path) -> None:
    """Writes an event file, as in every training run."""
    import tensorflow as tf

    with tf.summary.create_file_writer(str(run)).as_default():
        tf.summary.scalar("loss", 0.5, step=1)


def remove_shard(prefix: Path, shard: int) -> None:
    (removed,) = prefix.parent.glob(f"{prefix.name}.data-{shard:05d}-of-*")
    removed.unlink()


def cut_short(file: Path) -> None:
    """Keeps the first half: a full disk, or an interrupted copy."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip_byte(file: Path, position: int) -> None:
    content = bytearray(file.read_bytes())
    content[position] ^= 0xFF
    file.write_bytes(content)
