"""Feeds vectors to a child process: the rows that a metric can measure, and which rows these are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.spaces import subtract_mean
from tb_projector_plugin.errors import DataError, Problem
from tb_projector_plugin.queries.row_words import ROWS_NAMED, count_rows, list_rows
from tb_projector_plugin.queries.space_request import SpaceRequest
from tb_projector_plugin.queries.tensor_request import describe_nonfinite


@dataclass
class VectorFeed:
    """Rows of a space for a metric. Once `blocks` is exhausted, it knows which rows were left out."""

    space: SpaceRequest
    metric: str
    linked: NDArray[np.bool_] = field(init=False)
    _zero: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.linked = np.zeros(self.space.shape[0], np.bool_)
        self._zero = np.zeros(self.space.shape[0], np.bool_)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """float32 blocks, valid until the next. Euclidean rows are mean-centered, so that they keep their digits."""
        mean = self.space.mean() if self.metric == "euclidean" and not self.space.spherized else None
        scratch = np.empty((0, 0), np.float32)
        for positions, block in self.space.finite_blocks():
            if self.metric == "cosine":
                positions, block = self._drop_zero(positions, block)  # noqa: PLW2901  The remaining rows.
            self.linked[positions] = True
            if mean is not None:
                scratch = scratch if scratch.shape == block.shape else np.empty(block.shape, block.dtype)
                block = subtract_mean(block, mean, scratch)  # noqa: PLW2901
            yield np.ascontiguousarray(block, np.float32)

    def send(self, send: Callable[[Any], None]) -> None:
        """Sends all blocks, then an empty one. Raises DataError when fewer than two rows are left."""
        tensor = self.space.tensor

        def stream() -> None:
            for block in self.blocks():
                send(block)

        tensor.read(stream)
        if int(self.linked.sum()) < 2:
            raise DataError(
                f"{int(self.linked.sum())} of {len(self.linked):,} rows can be measured; two are needed for neighbors.",
                "Choose another embedding, step or metric, or select more points.",
                file=tensor.handle.source.display,
            )
        send(b"")

    def problems(self) -> list[Problem]:
        """The rows that were left out, and why."""
        nonfinite = np.flatnonzero(~self.linked & ~self._zero)
        zero = np.flatnonzero(self._zero)
        problems = []
        if len(nonfinite):
            first = tuple(self.space.name_rows(nonfinite[:ROWS_NAMED]).tolist())
            problems.append(describe_nonfinite(self.space.tensor, len(nonfinite), first))
        if len(zero):
            problems.append(self._describe_zero(zero))
        return problems

    def _drop_zero(self, positions: Any, block: Any) -> tuple[Any, Any]:
        is_zero = ~block.any(axis=1)
        if not is_zero.any():
            return positions, block
        if isinstance(positions, slice):
            positions = np.arange(positions.start, positions.stop)
        self._zero[positions[is_zero]] = True
        return positions[~is_zero], block[~is_zero]

    def _describe_zero(self, zero: NDArray[np.int64]) -> Problem:
        named = list_rows(self.space.name_rows(zero[:ROWS_NAMED]).tolist(), len(zero))
        rows = count_rows(len(zero), "has", "have")
        return self.space.tensor.describe(
            f"{rows} length zero and so no angle to others; left out: {named}.",
            "Choose euclidean as the metric to see them.",
        )
