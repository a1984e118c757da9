"""Writes steps as TensorFlow checkpoints: one `embeddings.ckpt-<step>` each, with every embedding under its own name.

They are made from arrays on the CPU, so that saving neither touches the variables in training nor uses the accelerator.
TensorFlow moves a shard, then its index, into place once complete; the `checkpoint` state file and
`projector_config.pbtxt` are updated only afterwards, and the state file drops a checkpoint before it is removed. What a
killed writer left, a shard without its index, is removed by the next write once it is a day old.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import numpy as np

from tb_projector_plugin import limits, projector
from tb_projector_plugin.callbacks.annotations import Annotation
from tb_projector_plugin.errors import BadParameterError

_PREFIX: Final = "embeddings.ckpt"
#: Files of a save before its index is in place: the shards, and what TensorFlow writes before it renames them.
_PART: Final = re.compile(re.escape(_PREFIX) + r"-(\d+)\.(?:data-.*|index\.tempstate\d+)")


class CheckpointSteps:
    """The checkpoints of one log_dir, at most `max_to_keep` of them (`None`: all)."""

    def __init__(self, log_dir: str, max_to_keep: int | None) -> None:
        self._log_dir = log_dir
        self._max_to_keep = max_to_keep
        _refuse_foreign_state(log_dir)

    def last(self, names: list[str]) -> int | None:  # noqa: ARG002  A checkpoint holds all names.
        """The newest step on disk, of this training or an earlier one."""
        return max(_list_steps(self._log_dir), default=None)

    def write(self, step: int, vectors: Mapping[str, np.ndarray], annotations: Mapping[str, Annotation]) -> None:
        """Saves [rows, dims] arrays as one step, lists it, and removes the steps beyond `max_to_keep`."""
        import tensorflow as tf

        tf.io.gfile.makedirs(self._log_dir)
        prefix = _prefix(self._log_dir, step)
        if tf.io.gfile.exists(f"{prefix}.index"):
            raise BadParameterError(
                f"{os.path.basename(prefix)!r} is in {self._log_dir!r} already: two callbacks write there.",
                "Give each ProjectorCallback a log_dir of its own.",
            )
        with tf.device("/CPU:0"):
            tensors = [tf.convert_to_tensor(array) for array in vectors.values()]
            tf.raw_ops.SaveV2(
                prefix=prefix, tensor_names=list(vectors), shape_and_slices=[""] * len(tensors), tensors=tensors
            )
        steps = sorted({*_list_steps(self._log_dir), step})
        kept = steps if self._max_to_keep is None else steps[-self._max_to_keep :]
        _write_state(self._log_dir, kept)
        projector.visualize_embeddings(self._log_dir, _config(self._log_dir, vectors, annotations))
        for old in steps[: len(steps) - len(kept)]:
            _remove(_prefix(self._log_dir, old))
        _remove_abandoned(self._log_dir, steps)


def _prefix(log_dir: str, step: int) -> str:
    return os.path.join(log_dir, f"{_PREFIX}-{step}")


def _list_steps(log_dir: str) -> list[int]:
    import tensorflow as tf

    if not tf.io.gfile.isdir(log_dir):
        return []
    pattern = re.compile(re.escape(_PREFIX) + r"-(\d+)\.index")
    return sorted(int(match[1]) for name in tf.io.gfile.listdir(log_dir) if (match := pattern.fullmatch(name)))


def _write_state(log_dir: str, steps: list[int]) -> None:
    """Writes a `CheckpointState` message as text: the newest, then all. Relative, so that the log_dir can be moved."""
    import tensorflow as tf

    names = [f"{_PREFIX}-{step}" for step in steps]
    lines = [f'model_checkpoint_path: "{names[-1]}"', *(f'all_model_checkpoint_paths: "{name}"' for name in names)]
    path = os.path.join(log_dir, "checkpoint")
    with tf.io.gfile.GFile(f"{path}.embeddings_tmp", "w") as file:
        file.write("\n".join(lines) + "\n")
    tf.io.gfile.rename(f"{path}.embeddings_tmp", path, overwrite=True)


def _remove(prefix: str) -> None:
    """Removes the index first: without it, readers do not look for the shard.

    Names are compared, as a pattern would not find a log_dir with brackets in its name.
    """
    import tensorflow as tf

    log_dir, name = os.path.split(prefix)
    tf.io.gfile.remove(f"{prefix}.index")
    for shard in tf.io.gfile.listdir(log_dir):
        if shard.startswith(f"{name}.data-"):
            tf.io.gfile.remove(os.path.join(log_dir, shard))


def _remove_abandoned(log_dir: str, steps: list[int]) -> None:
    """Removes what is of no complete step and has not changed for a day."""
    import tensorflow as tf

    for name in tf.io.gfile.listdir(log_dir):
        part, path = _PART.fullmatch(name), os.path.join(log_dir, name)
        if part is None or int(part[1]) in steps:
            continue
        with suppress(tf.errors.NotFoundError):  # Another process removes it.
            if time.time() - tf.io.gfile.stat(path).mtime_nsec / 1e9 > limits.UNFINISHED_S:
                tf.io.gfile.remove(path)


def _config(log_dir: str, vectors: Mapping[str, np.ndarray], annotations: Mapping[str, Annotation]) -> Any:
    """Paths are relative to the config, so that the log_dir can be moved."""
    config = projector.ProjectorConfig()
    for name in vectors:
        entry = config.embeddings.add()
        entry.tensor_name = name
        annotation = annotations.get(name, Annotation())
        if annotation.metadata_path:
            entry.metadata_path = os.path.relpath(annotation.metadata_path, log_dir)
        if annotation.sprite:
            entry.sprite.image_path = os.path.relpath(annotation.sprite.path, log_dir)
            entry.sprite.single_image_dim.extend(annotation.sprite.single_image_dim)
    return config


def _refuse_foreign_state(log_dir: str) -> None:
    """If another saver used the same `checkpoint` file, it would name the newest files of both in turns.

    A training resuming from it would find embeddings instead of its model.
    """
    import tensorflow as tf

    state = tf.train.get_checkpoint_state(log_dir)
    if state is None or os.path.basename(state.model_checkpoint_path).startswith(f"{_PREFIX}-"):
        return
    newest, own_folder = os.path.basename(state.model_checkpoint_path), os.path.join(log_dir, "embeddings")
    raise BadParameterError(
        f"{log_dir!r} holds the checkpoints of another saver; its newest is {newest!r}.",
        f"Give ProjectorCallback a folder of its own, such as log_dir={own_folder!r}: TensorBoard shows it as a run.",
    )
