"""Measures how faithful a projection is: neighbors it preserves, false neighbors and torn ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.neighbor_ranks import compute_misplacement
from tb_projector_plugin.compute.progress import Report, report_part
from tb_projector_plugin.compute.rank_distances import Array, PointDistances, RankDistances, VectorDistances
from tb_projector_plugin.compute.screen_neighbors import find_screen_neighbors

#: Number of rows ranked against all others; it makes the confidence interval about 0.002 wide.
SAMPLED_ROWS = 2000
#: Minimum number of rows: fewer leave no choice of neighbors.
MIN_ROWS = 3
#: Half-width, in standard deviations, of the interval that holds 95 % of a normal distribution.
_DEVIATIONS = 1.96
#: Distances within this fraction of each other may be equal.
_TIE = 1e-6
_BLOCK_ROWS = 1 << 16


@dataclass(frozen=True)
class Estimate:
    """Estimate of a mean over all rows from a sample; `low` and `high` enclose the mean in 95 of 100 samples."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Quality:
    """`kept` [rows] float32, 0 to 1: the fraction of each row's `k` true neighbors that are its neighbors on screen.

    Trustworthiness and continuity are measured on `sampled_rows` rows.
    """

    k: int
    kept: NDArray[np.float32]
    trustworthiness: Estimate
    continuity: Estimate
    sampled_rows: int


def choose_k(k: int, rows: int) -> int:
    """`k`, or the largest that trustworthiness is defined for: fewer than half of the rows."""
    return min(k, (rows - 1) // 2)


def compute_quality(
    vectors: NDArray[np.float32],
    neighbors: NDArray[np.integer],
    coordinates: NDArray[np.floating],
    k: int,
    metric: str,
    *,
    seed: int = 0,
    report: Report = lambda _: None,
) -> Quality:
    """`vectors` [rows, dims] and `coordinates` [rows, 2 or 3] finite, at least `MIN_ROWS`; `k` from `choose_k`.

    `neighbors` [rows, k or more] are from `compute_graph`, nearest first; k + 1 of them show which lists end in a tie.
    Trustworthiness and continuity are Venna and Kaski's (2001), over `SAMPLED_ROWS` random rows ranked against all
    (over every row if there are no more).
    """
    space, layout = VectorDistances(vectors, metric), PointDistances(coordinates)
    on_screen = find_screen_neighbors(coordinates, k, seed=seed, report=report_part(report, 0, 0.2))
    kept = _compute_kept(space, neighbors, on_screen, report_part(report, 0.2, 0.3))
    sample = _draw_rows(len(vectors), seed)
    false = compute_misplacement(space, sample, on_screen[sample], report=report_part(report, 0.3, 0.7))
    torn = compute_misplacement(layout, sample, neighbors[sample, :k], report=report_part(report, 0.7, 1))
    return Quality(
        k,
        kept,
        _estimate(_score(false, k, len(vectors)), len(vectors)),
        _estimate(_score(torn, k, len(vectors)), len(vectors)),
        len(sample),
    )


def _draw_rows(rows: int, seed: int) -> NDArray[np.int64]:
    if rows <= SAMPLED_ROWS:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, SAMPLED_ROWS, replace=False))


def _score(misplaced: Array, k: int, rows: int) -> Array:
    """1 minus each row's misplacement as a fraction of the maximum, for k < rows / 2: the mean is Venna and Kaski's."""
    score: Array = 1 - misplaced * (2 / (k * (2 * rows - 3 * k - 1)))
    return score


def _estimate(scores: Array, rows: int) -> Estimate:
    """Rows are drawn without replacement: the interval narrows as the sample approaches all rows."""
    value = float(scores.mean())
    unseen = (rows - len(scores)) / max(1, rows - 1)
    half = _DEVIATIONS * float(scores.std(ddof=1)) / float(np.sqrt(len(scores))) * float(np.sqrt(unseen))
    return Estimate(value, max(0.0, value - half), min(1.0, value + half))


# --- Kept neighbors ---


def _compute_kept(
    space: RankDistances, neighbors: NDArray[np.integer], on_screen: NDArray[np.int32], report: Report
) -> NDArray[np.float32]:
    k = on_screen.shape[1]
    kept = np.empty(len(on_screen), np.float32)
    for start in range(0, len(kept), _BLOCK_ROWS):
        rows = np.arange(start, min(start + _BLOCK_ROWS, len(kept)))
        is_kept = _find_among(on_screen[rows], neighbors[rows, :k])
        _add_ties(space, rows, neighbors, on_screen, is_kept)
        kept[rows] = is_kept.mean(axis=1)
        report((int(rows[-1]) + 1) / len(kept))
    return kept


def _find_among(wanted: NDArray[Any], lists: NDArray[Any]) -> NDArray[np.bool_]:
    """Mask of the entries of `wanted` [n, k] that are in the list [n, k] of their row."""
    found = np.zeros(wanted.shape, np.bool_)
    for column in lists.T:
        found |= wanted == column[:, None]
    return found


def _add_ties(
    space: RankDistances,
    rows: NDArray[np.int64],
    neighbors: NDArray[np.integer],
    on_screen: NDArray[np.int32],
    is_kept: NDArray[np.bool_],
) -> None:
    """Also counts neighbors as far as the last true one: which of a thousand duplicates a graph lists is chance.

    Only rows for which the two neighbors around the end of the list are equally far can have left out such a tie.
    """
    k = on_screen.shape[1]
    around = neighbors[rows, k - 1 : k + 1] if neighbors.shape[1] > k else neighbors[rows, max(0, k - 2) : k]
    ends = space.measure_pairs(rows, around)
    tied = np.flatnonzero(np.abs(ends[:, -1] - ends[:, 0]) <= _TIE * np.abs(ends[:, -1]))
    if len(tied):
        last = ends[tied, 0 if neighbors.shape[1] > k else -1]
        bound = last + _TIE * np.abs(last)
        is_kept[tied] |= space.measure_pairs(rows[tied], on_screen[rows[tied]]) <= bound[:, None]
