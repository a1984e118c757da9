"""How steps are stored: as TensorFlow checkpoints if Keras runs on TensorFlow, else as raw float32 files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import keras
import numpy as np

from tb_projector_plugin.callbacks.annotations import Annotation
from tb_projector_plugin.callbacks.checkpoint_steps import CheckpointSteps
from tb_projector_plugin.callbacks.raw_steps import RawSteps


class Steps(Protocol):
    """The steps of one log_dir."""

    def last(self, names: list[str]) -> int | None:
        """The newest step on disk."""

    def write(self, step: int, vectors: Mapping[str, np.ndarray], annotations: Mapping[str, Annotation]) -> None:
        """Adds a step of [rows, dims] arrays."""


def make_steps(log_dir: str, max_to_keep: int | None) -> Steps:
    kind = CheckpointSteps if keras.backend.backend() == "tensorflow" else RawSteps
    return kind(log_dir, max_to_keep)
