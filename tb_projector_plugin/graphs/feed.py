"""Feeds vectors to a child process: the rows that a metric can measure, and which rows these are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.row_numbers import ROWS_NAMED
from tb_projector_plugin.compute.spaces import Array, subtract_mean
from tb_projector_plugin.errors import DataError, Problem
from tb_projector_plugin.queries.row_words import count_rows, list_rows
from tb_projector_plugin.queries.space_request import SpaceRequest
from tb_projector_plugin.queries.tensor_request import describe_nonfinite

#: Largest mean of rows whose differences float32 can hold.
_MAX_MEAN = 1e30


@dataclass
class VectorFeed:
    """Rows of a space for a metric. Once `blocks` is exhausted, it knows which rows were left out."""

    space: SpaceRequest
    metric: str
    linked: NDArray[np.bool_] = field(init=False)
    _zero: NDArray[np.bool_] = field(init=False)
    _too_large: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.linked, self._zero, self._too_large = (np.zeros(self.space.shape[0], np.bool_) for _ in range(3))

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """float32 blocks, valid until the next; none is empty, which would be the end of the vectors to the child.

        Euclidean rows are mean-centered, so that they keep their digits.
        """
        mean = self._find_mean()
        scratch = np.empty((0, 0), np.float32)
        for positions, block in self.space.finite_blocks():
            if self.metric == "cosine":
                positions, block = _drop(positions, block, ~block.any(axis=1), self._zero)  # noqa: PLW2901
                block = _bring_into_range(block)  # noqa: PLW2901
            if mean is not None:
                scratch = scratch if scratch.shape == block.shape else np.empty(block.shape, block.dtype)
                block = subtract_mean(block, mean, scratch)  # noqa: PLW2901
            with np.errstate(over="ignore"):
                narrow = np.ascontiguousarray(block, np.float32)
            if block.dtype != np.float32:
                positions, narrow = _drop(  # noqa: PLW2901
                    positions, narrow, ~np.isfinite(narrow).all(axis=1), self._too_large
                )
            if len(narrow):
                self.linked[positions] = True
                yield narrow

    def _find_mean(self) -> Array | None:
        """None if rows stay where they are: rows of enormous numbers, which are left out, would move all others."""
        if self.metric != "euclidean" or self.space.spherized:
            return None
        mean = self.space.mean()
        return mean if np.abs(mean).max(initial=0) < _MAX_MEAN else None

    def send(self, send: Callable[[Any], None]) -> None:
        """Sends all blocks, then an empty one. Raises DataError when fewer than two rows are left."""
        tensor = self.space.tensor

        def stream() -> None:
            for block in self.blocks():
                send(block)

        self.space.read(stream)
        if int(self.linked.sum()) < 2:
            raise DataError(
                f"{int(self.linked.sum())} of {len(self.linked):,} rows can be measured; two are needed for neighbors.",
                "Choose another embedding, step or metric, or select more points.",
                file=tensor.handle.source.display,
            )
        send(b"")

    def problems(self) -> list[Problem]:
        """The rows that were left out, and why."""
        tensor = self.space.tensor
        nonfinite = np.flatnonzero(~self.linked & ~self._zero & ~self._too_large)
        problems = []
        if len(nonfinite):
            first = tuple(self.space.name_rows(nonfinite[:ROWS_NAMED]).tolist())
            problems.append(describe_nonfinite(tensor, len(nonfinite), first, whole=self.space.rows is None))
        if self._zero.any():
            reason = "length zero and so no angle to others"
            fix = "Choose euclidean as the metric to see them."
            problems.append(self._describe(self._zero, ("has", "have"), reason, fix))
        if self._too_large.any():
            reason = "numbers beyond those of float32 (3.4e38)"
            fix = "Choose cosine as the metric, or scale the vectors down."
            problems.append(self._describe(self._too_large, ("holds", "hold"), reason, fix))
        return problems

    def _describe(self, marks: NDArray[np.bool_], verbs: tuple[str, str], reason: str, fix: str) -> Problem:
        marked = np.flatnonzero(marks)
        named = list_rows(self.space.name_rows(marked[:ROWS_NAMED]).tolist(), len(marked))
        return self.space.tensor.describe(f"{count_rows(len(marked), *verbs)} {reason}; left out: {named}.", fix)


def _drop(positions: Any, block: Any, dropped: Any, marks: NDArray[np.bool_]) -> tuple[Any, Any]:
    """The positions and rows that remain; the positions of the others are set in `marks`."""
    if not dropped.any():
        return positions, block
    if isinstance(positions, slice):
        positions = np.arange(positions.start, positions.stop)
    marks[positions[dropped]] = True
    return positions[~dropped], block[~dropped]


def _bring_into_range(block: Any) -> Any:
    """Scales rows that may be beyond float32; their directions stay."""
    return block if block.dtype == np.float32 else block / np.abs(block).max(axis=1, keepdims=True)
