"""What is removed: steps beyond `max_to_keep`, what a killed writer left once it is a day old, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from tb_projector_plugin import limits
from tb_projector_plugin.callbacks.checkpoint_steps import CheckpointSteps

VECTORS = {"words": np.eye(3, dtype=np.float32)}
SHARD = "embeddings.ckpt-{}.data-00000-of-00001"
INDEX = "embeddings.ckpt-{}.index"


def write(logdir: Path, step: int, max_to_keep: int | None = None) -> None:
    CheckpointSteps(str(logdir), max_to_keep).write(step, VECTORS, {})


def names_of(logdir: Path) -> set[str]:
    return {path.name for path in logdir.iterdir() if not path.name.startswith(".")}


def test_parts_of_steps_that_were_never_whole_are_removed_after_a_day(tmp_path: Path) -> None:
    for step in (1, 2, 3):
        write(tmp_path, step)
    (tmp_path / INDEX.format(2)).unlink()  # As if killed between the shard and its index,
    (tmp_path / INDEX.format(3)).unlink()
    (tmp_path / f"{INDEX.format(4)}.tempstate17").write_bytes(b"")  # or within either.
    (tmp_path / f"{SHARD.format(4)}.tempstate17").write_bytes(b"")
    (tmp_path / "model.ckpt-2.data-00000-of-00001").write_bytes(b"another saver's")
    old = time.time() - limits.UNFINISHED_S - 60
    for path in tmp_path.iterdir():
        os.utime(path, (old, old))
    os.utime(tmp_path / SHARD.format(3))  # Another process may be writing it.
    write(tmp_path, 5)
    assert names_of(tmp_path) == {
        *(name.format(step) for step in (1, 5) for name in (SHARD, INDEX)),
        *(SHARD.format(3), "model.ckpt-2.data-00000-of-00001", "checkpoint", "projector_config.pbtxt"),
    }


def test_removed_steps_leave_no_shards_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "lr=[0.1]"
    for step in (1, 2, 12, 20):
        write(folder, step, max_to_keep=2)
    assert names_of(folder) == {
        *(name.format(step) for step in (12, 20) for name in (SHARD, INDEX)),
        *("checkpoint", "projector_config.pbtxt"),
    }
