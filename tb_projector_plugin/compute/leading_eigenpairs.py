"""Computes the largest eigenpairs of a symmetric matrix that is available only through products with vectors.

Block Krylov subspace with Rayleigh-Ritz extraction and restarts: C. Musco and C. Musco, "Randomized block Krylov
methods for stronger and faster approximate singular value decomposition", NeurIPS 2015; a restart keeps the leading
Ritz vectors and continues with their residuals (block Davidson). It needs few products, because each may be a pass
over a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Bound on the residuals ‖Cv - λv‖, relative to the largest eigenvalue. The error of an eigenvalue is then less than
#: this squared over the gap, and that of a vector at most this over the gap.
_TOLERANCE = 1e-7
#: Columns beyond those wanted, which let the slowest wanted one converge at the rate of a gap further down.
_OVERSAMPLING = 6
#: Memory limit in bytes for the basis and its image together.
_BASIS_BYTES = 256 << 20
_MAX_PRODUCTS = 100


@dataclass(frozen=True)
class Eigenpairs:
    """`values` [count] descending, `vectors` [size, count] orthonormal."""

    values: Array
    vectors: Array
    converged: bool


def compute_leading_eigenpairs(apply: Callable[[Array], Array], size: int, count: int) -> Eigenpairs:
    """The `count` largest eigenpairs of the symmetric positive semidefinite matrix that `apply` multiplies by.

    `apply` maps [size, m] to [size, m]. The start is random with a fixed seed, so that results are reproducible.
    """
    width = min(size, count + _OVERSAMPLING)
    capacity = max(3 * width, _BASIS_BYTES // (2 * 8 * size))
    start = np.random.default_rng(0).standard_normal((size, width))
    basis, image = np.empty((size, 0)), np.empty((size, 0))
    fresh = np.linalg.qr(start)[0]
    for _ in range(_MAX_PRODUCTS):
        basis = np.hstack([basis, fresh])
        image = np.hstack([image, apply(fresh)])
        values, vectors, ritz_image = _rayleigh_ritz(basis, image, width)
        residuals = ritz_image - vectors * values
        wanted = np.linalg.norm(residuals[:, :count], axis=0)
        if basis.shape[1] >= size or wanted.max(initial=0) <= _TOLERANCE * max(values[0], 0):
            return Eigenpairs(values[:count], vectors[:, :count], converged=True)
        if basis.shape[1] + width > capacity:
            basis, image = vectors, ritz_image
        fresh = _extend(basis, residuals)
    return Eigenpairs(values[:count], vectors[:, :count], converged=False)


def _rayleigh_ritz(basis: Array, image: Array, count: int) -> tuple[Array, Array, Array]:
    """The best `count` approximations in the span of `basis`: values, vectors, and the matrix applied to these."""
    small = basis.T @ image
    values, turn = np.linalg.eigh((small + small.T) / 2)
    turn = turn[:, ::-1][:, :count]
    return values[::-1][:count], basis @ turn, image @ turn


def _extend(basis: Array, directions: Array) -> Array:
    """Orthonormalizes `directions` against `basis`; twice, because a single pass leaves rounding behind."""
    room = basis.shape[0] - basis.shape[1]
    scale = np.linalg.norm(directions, axis=0)
    directions = (directions / np.where(scale > 0, scale, 1))[:, :room]
    for _ in range(2):
        directions = np.linalg.qr(directions - basis @ (basis.T @ directions))[0]
    return directions
