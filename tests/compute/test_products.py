"""Sums of products, and what they report about their rounding, against float64."""

import numpy as np
import pytest

from tb_projector_plugin.compute.products import Products


def add_all(pieces, *, exactly=False):
    products = Products(pieces[0].shape[1], exactly=exactly)
    for piece in pieces:
        products.add(piece)
    return products


def make_pieces(count, measured=1, others=1):
    """Pieces of normal numbers times one factor where products are computed both ways, and another elsewhere."""
    random = np.random.default_rng(0)
    return [
        random.standard_normal((512, 24), np.float32) * np.float32(measured if n < 4 or n % 8 == 0 else others)
        for n in range(count)
    ]


def multiply(pieces):
    exact = np.vstack(pieces).astype(np.float64)
    return exact.T @ exact


@pytest.mark.parametrize("count", [5, 9, 40, 200])
def test_the_estimate_is_at_least_the_rounding_and_not_far_above(count):
    pieces = make_pieces(count)
    products = add_all(pieces)
    rounding = np.linalg.norm(products.matrix - multiply(pieces))
    assert rounding > 0
    assert 0.7 * rounding < np.linalg.norm(products.rounding) < 20 * rounding


def test_few_pieces_are_computed_exactly():
    products = add_all(make_pieces(4))
    np.testing.assert_allclose(products.matrix, multiply(make_pieces(4)), rtol=1e-14, atol=1e-11)
    assert not products.rounding.any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_exactly_leaves_no_rounding(dtype):
    pieces = [piece.astype(dtype) for piece in make_pieces(30)]
    products = add_all(pieces, exactly=dtype == np.float32)
    np.testing.assert_allclose(products.matrix, multiply(pieces), rtol=1e-13, atol=1e-10)
    assert not products.rounding.any()


def test_whole_numbers_are_not_rounded():
    random = np.random.default_rng(2)
    products = add_all([random.integers(0, 17, (512, 24)).astype(np.float32) for _ in range(30)])
    assert not products.rounding.any()


def test_products_of_pieces_of_another_magnitude_have_rounding_of_theirs():
    pieces = make_pieces(30, others=1000)
    products = add_all(pieces)
    assert np.linalg.norm(products.rounding) > 0.7 * np.linalg.norm(products.matrix - multiply(pieces))


def test_rounding_that_cannot_be_told_is_not_finite():
    pieces = make_pieces(30, measured=0)
    with np.errstate(invalid="ignore"):
        assert not np.isfinite(add_all(pieces).rounding).any()


def test_an_overflow_is_seen():
    pieces = [piece * np.float32(1e19) for piece in make_pieces(30)]
    with np.errstate(over="ignore", invalid="ignore"):
        assert not np.isfinite(add_all(pieces).rounding).all()
    assert np.isfinite(add_all(pieces, exactly=True).matrix).all()
