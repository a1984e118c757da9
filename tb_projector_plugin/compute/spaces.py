"""Maps rows to the space they are measured in: as stored, or spherized (mean subtracted, rows scaled to unit length).

Differences from the mean are computed before anything is rounded to the rows' own precision: numbers far from zero
keep their digits.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, OpenBlocks
from tb_projector_plugin.compute.row_means import compute_row_means

Array = NDArray[np.float64]

#: Units in the mean's last place up to which a difference from it is rounding.
_MEAN_ULPS = 4
#: Bytes of rows spherized at a time: they and their differences stay in a core's cache.
_PIECE_BYTES = 1 << 20


def compute_mean(open_blocks: OpenBlocks, dims: int) -> Array:
    """The mean [dims] of the finite rows, in one pass; zero if there are none. Raises DataError when sums overflow."""
    means = compute_row_means(open_blocks, dims, [None])
    mean: Array = means.origin + means.offsets[0]
    return mean


def subtract_mean(rows: Floats, mean: Array, out: Floats) -> Floats:
    """Fills `out` with `rows` - `mean` [dims] in the rows' precision, as if rounded only once."""
    high = mean.astype(rows.dtype)
    low = (mean - high).astype(rows.dtype)  # The rest beyond `high`: it matters where a row is close to the mean.
    np.subtract(rows, high, out=out)
    if low.any():
        out -= low
    return out


def spherize_blocks(open_blocks: OpenBlocks, mean: Array, central: NDArray[np.bool_] | None = None) -> OpenBlocks:
    """The same rows minus `mean` [dims], each scaled to unit length; a row equal to the mean becomes zero.

    Rows that are not finite stay so. Every pass sets `central` [rows] to True where a row equals the mean.
    """

    def open_spherized() -> Iterator[tuple[int, Floats]]:
        scratch = np.empty((0, len(mean)), np.float32)
        for first_row, block in open_blocks():
            step = max(1, _PIECE_BYTES // max(1, block.shape[1] * block.itemsize))
            if len(scratch) < min(step, len(block)) or scratch.dtype != block.dtype:
                scratch = np.empty((min(step, len(block)), block.shape[1]), block.dtype)
            for start in range(0, len(block), step):
                piece = block[start : start + step]
                at_mean = _spherize(piece, mean, scratch[: len(piece)])
                if central is not None:
                    central[first_row + start + at_mean] = True
                yield first_row + start, scratch[: len(piece)]

    return open_spherized


def spherize_rows(rows: Floats, mean: Array) -> Floats:
    """`rows` [n, dims] spherized, in new memory and their own precision."""
    spherized = np.empty_like(rows, order="C")
    _spherize(rows, mean, spherized)
    return spherized


def _spherize(rows: Floats, mean: Array, out: Floats) -> NDArray[np.int64]:
    """Fills `out` [n, dims]; returns which rows equal the mean."""
    with np.errstate(all="ignore"):
        subtract_mean(rows, mean, out)
        squares = np.einsum("ij,ij->i", out, out)
        out /= np.sqrt(squares)[:, None]
        doubtful = np.flatnonzero(~((squares > _floor(mean, rows.dtype)) & np.isfinite(squares)))
        if not len(doubtful):
            return doubtful
        careful = _spherize_carefully(rows[doubtful].astype(np.float64), mean)
        out[doubtful] = careful
    return doubtful[~careful.any(axis=1)]


def _floor(mean: Array, dtype: np.dtype[np.floating]) -> float:
    """Squared length below which a row may be pure rounding, of the mean or of the squares themselves."""
    of_mean = float(np.linalg.norm(mean)) * _MEAN_ULPS * float(np.finfo(np.float64).eps)
    of_squares = float(np.finfo(dtype).tiny / np.finfo(dtype).eps)
    return max(of_mean * of_mean, of_squares)


def _spherize_carefully(rows: Array, mean: Array) -> Array:
    """Spherizes in float64, scaled so that no difference or square over- or underflows; zero for rows at the mean."""
    differences = rows / 2 - mean / 2
    differences[np.abs(differences) <= np.abs(mean / 2) * (_MEAN_ULPS * np.finfo(np.float64).eps)] = 0
    largest = np.abs(differences).max(axis=1, keepdims=True, initial=0)
    differences /= np.where(largest == 0, 1, largest)
    lengths = np.sqrt(np.einsum("ij,ij->i", differences, differences))[:, None]
    unit: Array = differences / np.where(lengths == 0, 1, lengths)
    return unit
