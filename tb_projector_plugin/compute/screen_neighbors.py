"""Finds the exact nearest points of every projected point, however many coincide.

A k-d tree cannot split coincident points and would scan all of them for each one. It is therefore built over distinct
coordinates (positions), which are then replaced by their points. scipy is imported only here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.progress import Report

Coordinates = NDArray[np.floating]

#: Number of points handled at a time.
_POINTS = 1 << 16


def find_screen_neighbors(
    coordinates: Coordinates, k: int, *, seed: int = 0, report: Report = lambda _: None
) -> NDArray[np.int32]:
    """The `k` nearest of each point [n, k], without itself, nearest first. `coordinates` [n, 2 or 3] are finite, and
    1 <= k < n. The order of coincident points is random, from `seed`.
    """
    from scipy.spatial import cKDTree

    positions = _gather_positions(coordinates.astype(np.float64), seed)
    tree = cKDTree(positions.coordinates)
    neighbors = np.empty((len(coordinates), k), np.int32)
    for start in range(0, len(coordinates), _POINTS):
        members = np.arange(start, min(start + _POINTS, len(coordinates)))
        neighbors[positions.points[members]] = positions.points[_find_members(tree, positions, members, k)]
        report((int(members[-1]) + 1) / len(coordinates))
    return neighbors


@dataclass(frozen=True)
class _Positions:
    """`points` [n] are ordered by position, and randomly within one: the members of position p are
    `points[starts[p] : starts[p] + sizes[p]]`, and `position` [n] is the position of each.
    """

    coordinates: NDArray[np.float64]
    points: NDArray[np.int64]
    position: NDArray[np.int64]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]


def _gather_positions(coordinates: NDArray[np.float64], seed: int) -> _Positions:
    shuffled = np.random.default_rng(seed).permutation(len(coordinates))
    points = shuffled[np.lexsort(coordinates[shuffled].T)]  # Stable: shuffled within a position.
    in_order = coordinates[points]
    is_first = np.ones(len(points), np.bool_)
    is_first[1:] = (in_order[1:] != in_order[:-1]).any(axis=1)
    starts = np.flatnonzero(is_first)
    sizes = np.diff(np.append(starts, len(points)))
    return _Positions(in_order[starts], points, np.cumsum(is_first) - 1, starts, sizes)


def _find_members(tree: Any, positions: _Positions, members: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Indices into `positions.points` of the neighbors of the points at `members`, which is a range."""
    nearest = _find_nearest_positions(tree, positions, positions.position[members], k)
    own = members - positions.starts[nearest[:, 0]]
    sizes = positions.sizes[nearest]
    others = sizes.copy()
    others[:, 0] -= 1  # Itself.
    ends = np.cumsum(others, axis=1)
    found = np.empty((len(members), k), np.int64)
    for rank in range(k):
        slot = (ends <= rank).sum(axis=1)[:, None]
        before = np.take_along_axis(ends - others, slot, 1)[:, 0]
        size = np.take_along_axis(sizes, slot, 1)[:, 0]
        start = positions.starts[np.take_along_axis(nearest, slot, 1)[:, 0]]
        # Starting after its own index skips the point itself, and keeps one of many coincident points from being
        # every other's neighbor.
        found[:, rank] = start + (own + (slot[:, 0] == 0) + rank - before) % size
    return found


def _find_nearest_positions(tree: Any, positions: _Positions, wanted: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Nearest positions [n, up to k + 1] of ascending `wanted`: itself first, then enough for k points at one each."""
    first, last = int(wanted[0]), int(wanted[-1])
    count = min(k + 1, len(positions.starts))
    _, nearest = tree.query(positions.coordinates[first : last + 1], np.arange(1, count + 1), workers=-1)
    some: NDArray[np.int64] = nearest[wanted - first]
    return some
