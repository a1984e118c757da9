"""Projects rows on directions that the user chose: from the mean of some rows to the mean of others, or random.

It takes two passes: one for the means of all row sets of all axes, one for the coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, OpenBlocks, Positions, choose_rows, open_finite
from tb_projector_plugin.compute.drawable import check_drawable
from tb_projector_plugin.compute.overflow import check_overflow
from tb_projector_plugin.compute.row_means import RowMeans, RowSet, compute_row_means
from tb_projector_plugin.compute.row_numbers import ROWS_NAMED
from tb_projector_plugin.compute.spaces import subtract_mean
from tb_projector_plugin.errors import BadParameterError

Array = NDArray[np.float64]

#: Distance between two means, as a fraction of their distance from the origin of the sums, below which they differ only
#: by rounding.
_SAME_POINT = 1e-12
_OVERFLOW = "project: their squares overflow"


@dataclass(frozen=True)
class DifferenceAxis:
    """From the mean of `subtract` to the mean of `add`, rows ascending and distinct; None: all rows projected."""

    add: NDArray[np.integer]
    subtract: NDArray[np.integer] | None = None


@dataclass(frozen=True)
class RandomAxis:
    """A uniformly distributed direction: standard normal numbers of numpy's PCG64, scaled to unit length."""

    seed: int


Axis = DifferenceAxis | RandomAxis


@dataclass(frozen=True)
class Direction:
    """`unit` [dims] of unit length; `length` before scaling; numbers of finite rows averaged (None if random)."""

    unit: Array
    length: float
    added: int | None = None
    subtracted: int | None = None


@dataclass(frozen=True)
class Axes:
    """`coordinates` [rows, axes] float32 of the mean-centered rows, NaN where a row is not finite.

    Each column is contiguous. `variance_ratio` [axes] is the variance along each axis over the variance in all
    dimensions. `nonfinite_rows` are the positions of the first few.
    """

    coordinates: NDArray[np.float32]
    directions: tuple[Direction, ...]
    variance_ratio: Array
    finite_rows: int
    nonfinite_rows: tuple[int, ...]


def compute_axes(open_blocks: OpenBlocks, shape: tuple[int, int], axes: Sequence[Axis], rows: RowSet = None) -> Axes:
    """Projects the rows of a matrix [rows, dims], or `rows` of them (ascending, distinct), on `axes`.

    Axes may average any rows of the matrix; "all" means the rows projected. Rows that are not finite are left out.
    Raises BadParameterError when an axis has no finite row to average or its means coincide, DataError when squares
    of the values overflow their type, or coordinates float32.
    """
    row_sets: list[RowSet] = [rows]
    for axis in axes:
        if isinstance(axis, DifferenceAxis):
            row_sets += [axis.add] if axis.subtract is None else [axis.add, axis.subtract]
    means = compute_row_means(open_blocks, shape[1], row_sets)
    chosen = open_blocks if rows is None else choose_rows(open_blocks, rows)
    with np.errstate(over="ignore", invalid="ignore"):
        directions = _make_directions(means, axes, shape[1])
        return _project(chosen, shape[0] if rows is None else len(rows), means.origin + means.offsets[0], directions)


def _make_directions(means: RowMeans, axes: Sequence[Axis], dims: int) -> tuple[Direction, ...]:
    """`means` holds the mean of all rows, then those of the sets that the axes name, in their order."""
    directions, used = [], 1
    for number, axis in enumerate(axes, 1):
        if isinstance(axis, RandomAxis):
            directions.append(_draw(axis.seed, dims))
            continue
        added, subtracted = used, 0 if axis.subtract is None else used + 1
        used += 1 if axis.subtract is None else 2
        directions.append(_point(means, added, subtracted, number))
    return tuple(directions)


def _point(means: RowMeans, added: int, subtracted: int, number: int) -> Direction:
    """The direction from the mean of one set to that of another."""
    counts = means.counts[[added, subtracted]]
    for name, count in zip(("add", "subtract"), counts, strict=True):
        if not count:
            raise BadParameterError(
                f"None of the rows that axis {number} averages ({name}) is finite.", "Choose rows that are drawn."
            )
    to, start = means.offsets[added], means.offsets[subtracted]
    length = float(np.linalg.norm(to - start))
    check_overflow(length, _OVERFLOW)
    if length <= _SAME_POINT * max(float(np.linalg.norm(to)), float(np.linalg.norm(start))):
        raise BadParameterError(
            f"Axis {number} has no direction: the rows to add and those to subtract average to the same point.",
            "Choose rows that differ from each other.",
        )
    return Direction((to - start) / length, length, int(counts[0]), int(counts[1]))


def _draw(seed: int, dims: int) -> Direction:
    numbers = np.random.Generator(np.random.PCG64(seed)).standard_normal(dims)
    return Direction(numbers / np.linalg.norm(numbers), 1.0)


def _project(open_blocks: OpenBlocks, row_count: int, mean: Array, directions: tuple[Direction, ...]) -> Axes:
    by_axis = np.full((len(directions), row_count), np.nan, np.float32)
    finite = np.zeros(row_count, np.bool_)
    along, total = np.zeros(len(directions)), 0.0
    units = np.array([direction.unit for direction in directions]).T
    for positions, centered in _center(open_blocks, mean):
        coordinates = (centered @ units.astype(centered.dtype)).T
        by_axis[:, positions] = coordinates
        finite[positions] = True
        along += np.einsum("ij,ij->i", coordinates, coordinates, dtype=np.float64)
        total += float(np.einsum("ij,ij->", centered, centered, dtype=np.float64))
    check_overflow((total, *along), _OVERFLOW)
    check_drawable(by_axis)
    return Axes(
        coordinates=by_axis.T,
        directions=directions,
        variance_ratio=along / total if total > 0 else np.zeros(len(directions)),
        finite_rows=int(finite.sum()),
        nonfinite_rows=tuple(np.flatnonzero(~finite)[:ROWS_NAMED].tolist()),
    )


def _center(open_blocks: OpenBlocks, mean: Array) -> Iterator[tuple[Positions, Floats]]:
    for positions, block in open_finite(open_blocks):
        yield positions, subtract_mean(block, mean, np.empty_like(block, order="C"))
