"""Computes exact principal components of all rows, mean removed, in passes over a matrix that is never whole in memory.

The method depends on the smaller side: up to EXACT_SIDE dimensions the covariance (one pass), up to EXACT_SIDE rows
their Gram matrix (one pass, when the rows fit _GRAM_BYTES), else a block Krylov subspace (several passes). The
coordinates take one more pass, and spherized rows another for their mean.

Every method first subtracts a shift near the mean: otherwise the covariance of numbers far from zero loses its digits
(at an offset of 1,000 standard deviations float32 has none left). T. Chan, G. Golub, R. LeVeque, "Algorithms for
computing the sample variance", The American Statistician 37 (1983).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.compute.blas_threads import one_blas_thread
from tb_projector_plugin.compute.blocks import OpenBlocks, ShiftedRows
from tb_projector_plugin.compute.drawable import check_drawable
from tb_projector_plugin.compute.leading_eigenpairs import compute_leading_eigenpairs
from tb_projector_plugin.compute.overflow import check_overflow
from tb_projector_plugin.compute.row_numbers import ROWS_NAMED
from tb_projector_plugin.compute.scatter import compute_gram, compute_scatter, is_precise
from tb_projector_plugin.errors import DataError

Array = NDArray[np.float64]
#: Receives the number of passes that are likely to follow.
Expect = Callable[[int], None]

#: Maximum size for `eigh`, which takes a second at this size; beyond it, Krylov passes cost less than the products.
EXACT_SIDE = 2048
#: Memory limit in bytes for holding few but long rows.
_GRAM_BYTES = 256 << 20
#: Maximum number of dimensions for products on one core: several cores are no faster, and threads that spin while they
#: wait for each other stall beside a job that keeps the cores busy.
_SINGLE_CORE_DIMS = 512
#: Products with the matrix, each a pass, after which most subspaces have settled.
_USUAL_PRODUCTS = 8


@dataclass(frozen=True)
class Projection:
    """Rows on their principal components.

    `coordinates` [rows, components] float32, NaN where a row is not finite, each column contiguous. Variances divide
    by the number of finite rows minus one, as in scikit-learn. `mean` [dims] and `loadings` [components, dims] are
    float64; the entry of largest magnitude in each loading is positive. `nonfinite_rows` are the first few.
    `converged` is False if the Krylov subspace was still changing after its last product.
    """

    coordinates: NDArray[np.float32]
    explained_variance: Array
    explained_variance_ratio: Array
    total_variance: float
    mean: Array
    loadings: Array
    finite_rows: int
    nonfinite_rows: tuple[int, ...]
    converged: bool = True

    @property
    def nbytes(self) -> int:
        return self.coordinates.nbytes + self.mean.nbytes + self.loadings.nbytes


@dataclass(frozen=True)
class _Fit:
    """`values` [k] of the scatter matrix, descending; `loadings` [dims, k]; `offset` [dims], mean minus shift."""

    values: Array
    loadings: Array
    offset: Array
    total: float
    count: int
    converged: bool = True


def compute_pca(
    open_blocks: OpenBlocks,
    shape: tuple[int, int],
    components: int = limits.PCA_COMPONENTS,
    expect: Expect = lambda _: None,
) -> Projection:
    """Projects all rows of a matrix [rows, dims] on its principal components.

    `open_blocks` opens a pass; `expect` receives the likely number of further passes, whenever it changes. Rows with
    NaN or infinity are left out of the fit. `components` is capped at the number of finite rows and of dimensions.
    Raises DataError when there is nothing to project, or when squares of the values overflow float64 or coordinates
    float32.
    """
    chosen = ShiftedRows(open_blocks, shape)
    if not chosen.count or not chosen.dims:
        raise DataError(
            f"There are {chosen.count} rows of {chosen.dims} dimensions to project; at least one of each is expected.",
            "Choose another embedding or step, or look at what wrote this one.",
        )
    with np.errstate(over="ignore", invalid="ignore"), _choose_cores(chosen.dims):
        fit = _fix_signs(_fit(chosen, components, expect))
        check_overflow((*fit.values, fit.total), "project: their squares do not fit float64")
        expect(1)
        coordinates, finite = _compute_coordinates(chosen, fit)
    return _make_projection(chosen, fit, coordinates, finite)


def _choose_cores(dims: int) -> contextlib.AbstractContextManager[object]:
    return one_blas_thread() if dims <= _SINGLE_CORE_DIMS else contextlib.nullcontext()


def _fit(rows: ShiftedRows, components: int, expect: Expect) -> _Fit:
    expect(2)
    if rows.dims <= EXACT_SIDE:
        return _fit_covariance(rows, components, expect)
    if rows.count <= EXACT_SIDE and rows.count * rows.dims * 8 <= _GRAM_BYTES:
        return _fit_gram(rows, components)
    expect(2 + _USUAL_PRODUCTS)
    return _fit_subspace(rows, components)


def _fit_covariance(rows: ShiftedRows, components: int, expect: Expect, *, exactly: bool = False) -> _Fit:
    scatter = compute_scatter(rows, rows.dims, exactly=exactly)
    wanted = _count_components(components, scatter.count, rows.dims)
    values, vectors = _eigh(scatter.matrix)
    if not exactly and not is_precise(values, vectors, wanted, scatter.rounding):
        expect(2)
        return _fit_covariance(rows, components, expect, exactly=True)
    return _Fit(values[:wanted], vectors[:, :wanted], scatter.offset, float(scatter.matrix.trace()), scatter.count)


def _fit_gram(rows: ShiftedRows, components: int) -> _Fit:
    """Eigenvectors of XᵀX are Xᵀu/√λ for the eigenvectors u of XXᵀ, which is the smaller matrix when rows are few."""
    held = [block.copy() for _, block in rows]
    matrix = np.vstack(held) if held else np.empty((0, rows.dims), np.float32)
    del held
    wanted = _count_components(components, len(matrix), rows.dims)
    if not len(matrix):
        return _Fit(np.zeros(wanted), np.zeros((rows.dims, wanted)), np.zeros(rows.dims), 0.0, 0)
    gram = compute_gram(matrix, exactly=False)
    values, vectors = _eigh(gram.matrix)
    if not is_precise(values, vectors, wanted, gram.rounding):
        gram = compute_gram(matrix, exactly=True)
        values, vectors = _eigh(gram.matrix)
    values, vectors = values[:wanted], vectors[:, :wanted]
    loadings = matrix.T @ vectors - np.outer(gram.mean, vectors.sum(axis=0))
    return _Fit(values, _normalize(loadings, values), gram.mean, float(gram.matrix.trace()), len(matrix))


def _fit_subspace(rows: ShiftedRows, components: int) -> _Fit:
    offset, total, count = _measure(rows)

    def apply(vectors: Array) -> Array:
        """(XᵀX - n·offset·offsetᵀ) · vectors in one pass, X being the shifted rows."""
        image = np.zeros((rows.dims, vectors.shape[1]))
        for _, block in rows:
            image += block.T @ (block @ vectors)
        return image - np.outer(count * offset, offset @ vectors)

    wanted = _count_components(components, count, rows.dims)
    if not np.isfinite(total) or total <= 0:  # Nothing to iterate on: no rows, one point, or an overflow.
        return _Fit(np.full(wanted, total), np.zeros((rows.dims, wanted)), offset, total, count)
    pairs = compute_leading_eigenpairs(apply, rows.dims, wanted)
    return _Fit(np.maximum(pairs.values, 0), pairs.vectors, offset, total, count, pairs.converged)


def _measure(rows: ShiftedRows) -> tuple[Array, float, int]:
    """Mean minus shift, sum of squared distances from the mean, and number of finite rows, in one pass."""
    total, squares, count = np.zeros(rows.dims), 0.0, 0
    for _, block in rows:
        total += block.sum(axis=0, dtype=np.float64)
        squares += float(np.einsum("ij,ij->", block, block, dtype=np.float64))
        count += len(block)
    offset = total / max(count, 1)
    return offset, max(0.0, squares - count * float(offset @ offset)), count


def _eigh(matrix: Array) -> tuple[Array, Array]:
    """The eigenpairs, values descending; NaN for a matrix that overflowed."""
    if not np.isfinite(matrix).all():
        return np.full(len(matrix), np.nan), np.zeros_like(matrix)
    values, vectors = np.linalg.eigh(matrix)
    return np.maximum(values[::-1], 0), vectors[:, ::-1]


def _normalize(loadings: Array, values: Array) -> Array:
    """Scales columns to unit length; zero where there is no variance, as the direction would be pure rounding."""
    lengths = np.linalg.norm(loadings, axis=0)
    kept = values > values.max(initial=0) * np.finfo(np.float64).eps * len(loadings)
    return np.where(kept, loadings / np.where(lengths > 0, lengths, 1), 0.0)


def _count_components(requested: int, finite_rows: int, dims: int) -> int:
    return min(requested, max(finite_rows, 1), dims)


def _fix_signs(fit: _Fit) -> _Fit:
    largest = np.abs(fit.loadings).argmax(axis=0)
    signs = np.where(fit.loadings[largest, np.arange(len(largest))] < 0, -1.0, 1.0)
    return _Fit(fit.values, fit.loadings * signs, fit.offset, fit.total, fit.count, fit.converged)


def _compute_coordinates(rows: ShiftedRows, fit: _Fit) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Every row's coordinates [rows, k], and the mask of finite rows. Columns are contiguous, as on the wire."""
    by_component = np.full((fit.loadings.shape[1], rows.count), np.nan, np.float32)
    finite = np.zeros(rows.count, np.bool_)
    loadings = np.ascontiguousarray(fit.loadings, rows.shift.dtype)
    origin = fit.offset @ fit.loadings
    for positions, block in rows:
        by_component[:, positions] = (block @ loadings - origin).T
        finite[positions] = True
    check_drawable(by_component)
    return by_component.T, finite


def _make_projection(
    rows: ShiftedRows, fit: _Fit, coordinates: NDArray[np.float32], finite: NDArray[np.bool_]
) -> Projection:
    freedom = max(fit.count - 1, 1)
    dropped = np.flatnonzero(~finite)[:ROWS_NAMED]
    return Projection(
        coordinates=coordinates,
        explained_variance=fit.values / freedom,
        explained_variance_ratio=fit.values / fit.total if fit.total > 0 else np.zeros_like(fit.values),
        total_variance=max(fit.total, 0.0) / freedom,
        mean=rows.shift.astype(np.float64) + fit.offset,
        loadings=np.ascontiguousarray(fit.loadings.T),
        finite_rows=int(finite.sum()),
        nonfinite_rows=tuple(dropped.tolist()),
        converged=fit.converged,
    )
