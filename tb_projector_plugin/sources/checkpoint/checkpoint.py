"""A TensorFlow checkpoint (TF2 object checkpoint or TF1 Saver V2), read without TensorFlow.

The index lists every tensor with its offset in the data shards, from which `BundleTensor` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tb_projector_plugin.errors import DamagedError, NotFoundError
from tb_projector_plugin.sources.checkpoint.index import CheckpointIndex
from tb_projector_plugin.sources.checkpoint.names import (
    find_key,
    find_key_of_variable,
    is_internal_path,
    is_optimizer_slot,
    label_of_key,
)
from tb_projector_plugin.sources.checkpoint.object_graph import read_variable_names
from tb_projector_plugin.sources.checkpoint.tensor import BundleTensor
from tb_projector_plugin.sources.matrix_shape import matrix_axes
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.stamped_file import stale_if_young


class Checkpoint(CheckpointIndex):
    """The tensors of a checkpoint, by the names that users know. Raises as `CheckpointIndex`."""

    def find(self, name: str) -> str | None:
        """The key for `name`: with or without `:0` and `/.ATTRIBUTES/VARIABLE_VALUE`, or the variable's own name."""
        return find_key(name, self.tensors) or find_key_of_variable(name, self._variable_names)

    def is_optimizer_slot(self, key: str) -> bool:
        """Whether a tensor is an optimizer's state for a variable rather than a variable."""
        return is_optimizer_slot(key, self.tensors)

    def label(self, key: str) -> str:
        """The display name of a key; the variable's own name if the key is a path through Keras internals."""
        label = label_of_key(key)
        return self._variable_names.get(key, label) if is_internal_path(label) else label

    def source(self, key: str) -> TensorSource:
        """The tensor's rows.

        Raises NotFoundError for a missing key, DataError for a type or rank without rows and for missing or short
        shards, StaleError while those are being written.
        """
        if key not in self.tensors:
            raise self._no_such_tensor(key)
        try:
            source = BundleTensor(self, key)
        except DamagedError as error:
            raise stale_if_young(error, self.stamps, self.display) from error
        if source.problem is not None and self.stamps.is_young():
            raise stale_if_young(source.problem, self.stamps, self.display)
        return source

    @cached_property
    def _variable_names(self) -> Mapping[str, str]:
        """Read on first use: the names are in the data, not in the index."""
        return read_variable_names(self)

    def _no_such_tensor(self, key: str) -> NotFoundError:
        names = sorted(self.label(known) for known, entry in self.tensors.items() if matrix_axes(entry.shape or ()))
        listed = ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
        return NotFoundError(
            f"{key} is not in {self.display}, which has: {listed or 'no tensor of two dimensions'}.",
            "Correct tensor_name in projector_config.pbtxt.",
            file=self.index_display,
        )
