"""Finds the exact nearest rows of one vector in one pass over the matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, OpenBlocks, Rows
from tb_projector_plugin.compute.distances import METRICS, Metric, Spherized
from tb_projector_plugin.compute.row_numbers import sort_distinct

#: Bytes of rows measured at a time: they and their differences from the query stay in a core's cache.
_PIECE_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Neighbors:
    """`rows` [m] int32, nearest first, and `distances` [m] float32; m is k, or less when there are fewer rows."""

    rows: NDArray[np.int32]
    distances: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        return self.rows.nbytes + self.distances.nbytes


def compute_neighbors(
    open_blocks: OpenBlocks,
    shape: tuple[int, int],
    query: NDArray[Any],
    k: int,
    metric: str,
    *,
    exclude: Rows = (),
    mean: NDArray[np.float64] | None = None,
) -> Neighbors:
    """The `k` rows of a matrix [rows, dims] nearest to `query` [dims], except those in `exclude`.

    `metric` is "euclidean", "cosine" (1 - cos) or "dot" (the negated product). Ties are in row order. Rows that are
    not finite are left out, and for cosine those of length zero. Distances are float64 until they are returned. With
    `mean` [dims], rows are measured as if spherized, and `query` is a vector of that space.
    """
    nearest = _Nearest(min(k, shape[0]))
    excluded = sort_distinct(np.asarray(exclude, np.int64))
    meter: Metric | None = None
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        for first_row, piece in _pieces(open_blocks):
            meter = meter or _make_meter(metric, query, piece.dtype, mean)
            candidates = nearest.select(meter.estimate(piece))
            candidates = candidates[~np.isin(candidates + first_row, excluded)]
            if len(candidates):
                nearest.add(first_row + candidates, meter.measure(piece[candidates].astype(np.float64)))
        return nearest.finish()


def _make_meter(metric: str, query: NDArray[Any], dtype: np.dtype[Any], mean: NDArray[np.float64] | None) -> Metric:
    if mean is None:
        return METRICS[metric](query, dtype)
    return Spherized(METRICS[metric], query, dtype, mean)


def _pieces(open_blocks: OpenBlocks) -> Iterator[tuple[int, Floats]]:
    for first_row, block in open_blocks():
        step = max(1, _PIECE_BYTES // max(1, block.shape[1] * block.itemsize))
        for start in range(0, len(block), step):
            yield first_row + start, block[start : start + step]


class _Nearest:
    """The `k` nearest so far, sorted. Rows are added in ascending order, so a stable sort keeps ties in row order."""

    def __init__(self, k: int) -> None:
        self._k = k
        self._rows = np.empty(0, np.int64)
        self._distances = np.empty(0, np.float64)

    def select(self, lower_bounds: Floats) -> NDArray[np.int64]:
        """Rows that may be among the nearest: all but those whose lower bound exceeds the current k-th distance."""
        if not self._k:
            return np.empty(0, np.int64)
        if len(self._rows) < self._k:
            return np.arange(len(lower_bounds))
        beyond = (lower_bounds > self._distances[-1]) & np.isfinite(lower_bounds)
        return np.flatnonzero(~beyond)

    def add(self, rows: NDArray[np.int64], distances: NDArray[np.float64]) -> None:
        finite = np.isfinite(distances)
        rows = np.concatenate([self._rows, rows[finite]])
        distances = np.concatenate([self._distances, distances[finite]])
        order = np.argsort(distances, kind="stable")[: self._k]
        self._rows, self._distances = rows[order], distances[order]

    def finish(self) -> Neighbors:
        return Neighbors(self._rows.astype(np.int32), self._distances.astype(np.float32))
