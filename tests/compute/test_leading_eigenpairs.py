"""Leading eigenpairs against numpy's `eigh`, with a basis that is cut short, and where the passes do not suffice."""

import numpy as np
import pytest

from tb_projector_plugin.compute import leading_eigenpairs
from tb_projector_plugin.compute.leading_eigenpairs import compute_leading_eigenpairs


def make_matrix(values):
    """A symmetric matrix of these eigenvalues."""
    size = len(values)
    axes = np.linalg.qr(np.random.default_rng(0).standard_normal((size, size)))[0]
    return (axes * values) @ axes.T


@pytest.fixture
def small_basis(monkeypatch):
    """Memory for three blocks of vectors only: nearly every product is followed by a restart."""
    monkeypatch.setattr(leading_eigenpairs, "_BASIS_BYTES", 0)


@pytest.mark.usefixtures("small_basis")
@pytest.mark.parametrize("rank", [3, 12, 400])
def test_restarts_lose_nothing(rank):
    values = np.where(np.arange(400) < rank, 0.9 ** np.arange(400), 0.0)
    matrix = make_matrix(values)
    pairs = compute_leading_eigenpairs(lambda vectors: matrix @ vectors, 400, 10)
    assert pairs.converged
    np.testing.assert_allclose(pairs.values, np.linalg.eigvalsh(matrix)[::-1][:10], atol=1e-10)
    np.testing.assert_allclose(matrix @ pairs.vectors, pairs.vectors * pairs.values, atol=2e-7)
    np.testing.assert_allclose(pairs.vectors.T @ pairs.vectors, np.eye(10), atol=1e-10)


@pytest.mark.usefixtures("small_basis")
def test_what_still_changes_after_a_hundred_products_is_said():
    """Eigenvalues as near each other as in noise of many dimensions. The page names the number of products."""
    values, products = np.linspace(1, 2, 3000), []

    def apply(vectors):
        products.append(vectors.shape[1])
        return values[:, None] * vectors

    pairs = compute_leading_eigenpairs(apply, 3000, 10)
    assert not pairs.converged
    assert len(products) == 100
    np.testing.assert_allclose(pairs.values, values[::-1][:10], rtol=1e-2)
