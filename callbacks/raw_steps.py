"""Writes steps without TensorFlow: raw float32 files and entries `name:00010`, as in PyTorch's `add_embedding`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tb_projector_plugin import writer
from tb_projector_plugin.callbacks.annotations import Annotation


class RawSteps:
    """The steps of one log_dir, at most `max_to_keep` of each embedding (`None`: all)."""

    def __init__(self, log_dir: str, max_to_keep: int | None) -> None:
        self._log_dir = log_dir
        self._max_to_keep = max_to_keep

    def last(self, names: list[str]) -> int | None:
        """The newest step of `names` on disk, of this training or an earlier one."""
        return max((step for name in names for step in writer.read_steps(self._log_dir, name)), default=None)

    def write(self, step: int, vectors: Mapping[str, np.ndarray], annotations: Mapping[str, Annotation]) -> None:
        """Writes [rows, dims] arrays as one step of each embedding, and removes those beyond `max_to_keep`."""
        for name, array in vectors.items():
            annotation = annotations.get(name, Annotation())
            writer.write_step(
                self._log_dir,
                name,
                step,
                array,
                metadata=annotation.metadata_path,
                sprite=annotation.sprite,
                keep=self._max_to_keep,
            )
