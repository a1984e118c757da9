"""Counts by how many ranks neighbors in one space are misplaced in another, for trustworthiness and continuity."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.progress import Report
from tb_projector_plugin.compute.rank_distances import Array, RankDistances

_Counts = NDArray[np.int64]


def compute_misplacement(
    distances: RankDistances, rows: NDArray[np.integer], neighbors: NDArray[np.integer], *, report: Report
) -> Array:
    """For each of `rows` [m], the sum of r - k over those of its `neighbors` [m, k] with r > k, r being the rank by
    `distances` among all other rows (Venna and Kaski 2001, eq. 1).

    Ties share the mean of their ranks, the average over all orders. A neighbor with fewer than k rows strictly nearer
    is one of the k nearest when ties are broken in its favor, and so is not misplaced.
    """
    k = neighbors.shape[1]
    nearer, not_farther = _count_nearer(distances, rows, neighbors, report)
    ranks = (nearer + 1 + not_farther) / 2
    misplaced: Array = np.where(nearer < k, 0, ranks - k).sum(axis=1)
    return misplaced


def _count_nearer(
    distances: RankDistances, rows: NDArray[np.integer], neighbors: NDArray[np.integer], report: Report
) -> tuple[_Counts, _Counts]:
    """Numbers of rows nearer than each neighbor, and of rows no farther (itself included): both [m, k]."""
    measured = distances.measure_pairs(rows, neighbors)
    slack = distances.bound_rounding(rows, measured)
    low, high = measured - slack, measured + slack
    nearer, not_farther = np.zeros(neighbors.shape, np.int64), np.zeros(neighbors.shape, np.int64)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for some, start, block in distances.measure_all(rows):
            _leave_out_self(block, rows[some] - start)
            counted = pool.map(_count_below, block, low[some], high[some])
            for row, (below, not_above) in zip(range(some.start, some.stop), counted, strict=True):
                nearer[row] += below
                not_farther[row] += not_above
            report((start + block.shape[1] * some.stop / len(rows)) / distances.count)
    return nearer, not_farther


def _leave_out_self(block: Array, columns: NDArray[np.integer]) -> None:
    inside = np.flatnonzero((columns >= 0) & (columns < block.shape[1]))
    block[inside, columns[inside]] = np.inf


def _count_below(numbers: Array, low: Array, high: Array) -> tuple[list[int], list[int]]:
    """Counts the numbers below each of `low`, and those at most each of `high`."""
    mask = np.empty(numbers.shape, np.bool_)

    def count(compare: Any, bounds: Array) -> list[int]:
        return [int(np.count_nonzero(compare(numbers, bound, out=mask))) for bound in bounds]

    return count(np.less, low), count(np.less_equal, high)
