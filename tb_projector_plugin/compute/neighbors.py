"""Finds the exact nearest rows of one vector in one pass over the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blas_threads import one_blas_thread
from tb_projector_plugin.compute.blocks import Floats, OpenBlocks, Rows
from tb_projector_plugin.compute.distances import METRICS, Metric, Spherized
from tb_projector_plugin.compute.row_lengths import RowLengths
from tb_projector_plugin.compute.row_numbers import sort_distinct

#: Bytes of rows estimated at a time: few enough to be in a cache after the first of several operations on them.
_PIECE_BYTES: Final = 2 << 20


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
    lengths: RowLengths | None = None,
) -> Neighbors:
    """The `k` rows of a matrix [rows, dims] nearest to `query` [dims], except those in `exclude`.

    `metric` is "euclidean", "cosine" (1 - cos) or "dot" (the negated product). Ties are in row order. Rows that are
    not finite are left out, and for cosine those of length zero. Distances are float64 until they are returned. With
    `mean` [dims], rows are measured as if spherized, and `query` is a vector of that space. `lengths` are those of
    the matrix, or its distances from `mean`, for the next searches in it.
    """
    nearest = _Nearest(min(k, shape[0]))
    excluded = sort_distinct(np.asarray(exclude, np.int64))
    lengths = lengths or RowLengths(origin=mean)
    meter: Metric | None = None
    # A second thread of BLAS would take the core that reads the next block.
    with one_blas_thread(), np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        for first_row, piece, piece_lengths in _pieces(lengths.along(open_blocks)):
            meter = meter or _make_meter(metric, query, piece.dtype, mean)
            within = slice(*np.searchsorted(excluded, (first_row, first_row + len(piece))))
            lower_bounds = meter.estimate(piece, piece_lengths)
            nearest.offer(first_row, lower_bounds, excluded[within] - first_row, partial(_measure, meter, piece))
        return nearest.finish()


def _make_meter(metric: str, query: NDArray[Any], dtype: np.dtype[Any], mean: NDArray[np.float64] | None) -> Metric:
    if mean is None:
        return METRICS[metric](query, dtype)
    return Spherized(METRICS[metric], query, dtype, mean)


def _pieces(blocks: Iterator[tuple[int, Floats, Floats]]) -> Iterator[tuple[int, Floats, Floats]]:
    for first_row, block, lengths in blocks:
        step = max(1, _PIECE_BYTES // max(1, block.shape[1] * block.itemsize))
        for start in range(0, len(block), step):
            yield first_row + start, block[start : start + step], lengths[start : start + step]


def _measure(meter: Metric, piece: Floats, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    return meter.measure(piece[rows].astype(np.float64))


class _Nearest:
    """The `k` nearest so far, sorted; ties are in row order."""

    def __init__(self, k: int) -> None:
        self._k = k
        self._rows = np.empty(0, np.int64)
        self._distances = np.empty(0, np.float64)

    def offer(
        self,
        first_row: int,
        lower_bounds: Floats,
        excluded: NDArray[np.int64],
        measure: Callable[[NDArray[np.int64]], NDArray[np.float64]],
    ) -> None:
        """Measures those of these rows that may be among the nearest. `excluded` and `measure` count within them."""
        done = excluded
        if len(self._rows) < self._k < len(lower_bounds):
            # The k most promising ones limit what else must be measured.
            seeds = np.setdiff1d(np.argpartition(lower_bounds, self._k)[: self._k], excluded, assume_unique=True)
            self._add(first_row + seeds, measure(seeds))
            done = np.concatenate([excluded, seeds])
        candidates = self._select(lower_bounds)
        if len(done):
            candidates = np.setdiff1d(candidates, done, assume_unique=True)
        if len(candidates):
            self._add(first_row + candidates, measure(candidates))

    def _select(self, lower_bounds: Floats) -> NDArray[np.int64]:
        """Rows that may be among the nearest: all but those whose lower bound exceeds the current k-th distance."""
        if len(self._rows) < self._k:
            return np.arange(len(lower_bounds))
        beyond = (lower_bounds > self._distances[-1]) & np.isfinite(lower_bounds)
        return np.flatnonzero(~beyond)

    def _add(self, rows: NDArray[np.int64], distances: NDArray[np.float64]) -> None:
        finite = np.isfinite(distances)
        rows = np.concatenate([self._rows, rows[finite]])
        distances = np.concatenate([self._distances, distances[finite]])
        order = np.lexsort((rows, distances))[: self._k]
        self._rows, self._distances = rows[order], distances[order]

    def finish(self) -> Neighbors:
        return Neighbors(self._rows.astype(np.int32), self._distances.astype(np.float32))
