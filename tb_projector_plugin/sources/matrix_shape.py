"""Which dimensions of a stored array are rows and numbers: its two, or the two left without those of size 1."""

from __future__ import annotations

from collections.abc import Sequence


def matrix_axes(shape: Sequence[int]) -> tuple[int, int] | None:
    """The positions of rows and numbers in `shape`: [100, 1, 1, 256] holds 100 rows of 256. None if not a matrix."""
    if len(shape) == 2:
        return 0, 1
    axes = [axis for axis, size in enumerate(shape) if size != 1]
    return (axes[0], axes[1]) if len(axes) == 2 else None


def as_matrix(shape: Sequence[int]) -> tuple[int, ...]:
    """`shape` without the dimensions of size 1 that keep it from being a matrix; `shape` itself if it is not one."""
    axes = matrix_axes(shape)
    return tuple(shape) if axes is None else (shape[axes[0]], shape[axes[1]])
