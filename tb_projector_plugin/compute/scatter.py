"""Computes the scatter matrix of rows around their mean, whose eigenvectors are the principal components.

`is_precise` checks whether rounding left the wanted eigenvalues and their subspace as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, Positions
from tb_projector_plugin.compute.products import Products

Array = NDArray[np.float64]

#: Largest relative error of a wanted eigenvalue.
_VALUE_ERROR = 1e-3
#: Largest sine of the angle by which the wanted subspace may be turned: half of what it is promised to be within, since
#: it is an estimate.
_ANGLE_ERROR = 5e-5


@dataclass(frozen=True)
class Scatter:
    """`matrix` [dims, dims], the sum of outer products of centered rows, with an estimate of its `rounding`; `offset`
    [dims], mean minus shift.
    """

    matrix: Array
    rounding: Array
    offset: Array
    count: int


def compute_scatter(blocks: Iterable[tuple[Positions, Floats]], dims: int, *, exactly: bool) -> Scatter:
    """Takes one pass; `exactly` computes the products in float64."""
    products, total, count = Products(dims, exactly=exactly), np.zeros(dims), 0
    for _, block in blocks:
        products.add(block)
        total += block.sum(axis=0, dtype=np.float64)
        count += len(block)
    offset = total / max(count, 1)
    return Scatter(products.matrix - count * np.outer(offset, offset), products.rounding, offset, count)


@dataclass(frozen=True)
class Gram:
    """`matrix` [n, n], products of all pairs of centered rows, with an estimate of its `rounding`; `mean` [dims]."""

    matrix: Array
    rounding: Array
    mean: Array


def compute_gram(rows: Floats, *, exactly: bool) -> Gram:
    """Takes all rows [n, dims] at once; `exactly` computes the products in float64."""
    products = Products(len(rows), exactly=exactly)
    step = max(1, (4 << 20) // (8 * len(rows)))
    for first in range(0, rows.shape[1], step):
        products.add(rows[:, first : first + step].T)
    return Gram(_center(products.matrix), _center(products.rounding), rows.mean(axis=0, dtype=np.float64))


def _center(gram: Array) -> Array:
    by_row = gram.mean(axis=0)
    centered: Array = gram + (by_row.mean() - by_row - by_row[:, None])
    return centered


def is_precise(falling_values: Array, vectors: Array, wanted: int, rounding: Array) -> bool:
    """Whether the first `wanted` eigenvalues of a symmetric matrix are accurate to a thousandth, and their subspace to
    1e-4, given an estimate of the matrix's `rounding`; True where nothing was rounded, else False if they overflowed.

    To first order, rounding E moves the eigenvalue of v by vᵀEv and turns v toward w by wᵀEv / (value of v - value
    of w). G. Stewart, J. Sun, "Matrix Perturbation Theory", Academic Press 1990, chapters IV and V.
    """
    if not rounding.any():
        return True
    if not (np.isfinite(falling_values).all() and np.isfinite(rounding).all()):
        return False
    values, others = falling_values[:wanted], falling_values[wanted:]
    moved = vectors.T @ rounding @ vectors[:, :wanted]
    if np.any(np.abs(moved.diagonal()) > _VALUE_ERROR * values):
        return False
    gaps = values - others[:, None]
    turned = moved[wanted:]
    if np.any((gaps <= 0) & (turned != 0)):
        return False
    turned = np.divide(turned, gaps, out=np.zeros_like(turned), where=gaps > 0)
    return bool(np.linalg.norm(turned, 2) < _ANGLE_ERROR) if turned.size else True
