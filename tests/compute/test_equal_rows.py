"""Groups of equal rows: against numpy.unique on the rows themselves."""

from __future__ import annotations

import numpy as np
import pytest

from tb_projector_plugin.compute.equal_rows import find_equal_groups


def groups_by_numpy(vectors):
    _, sizes = np.unique(vectors, axis=0, return_counts=True)
    found = np.unique(sizes[sizes > 1], return_counts=True)
    return list(zip(*(numbers.tolist() for numbers in found), strict=True))


@pytest.mark.parametrize("dims", [1, 2, 3, 64, 784])
def test_equals_numpy(dims):
    random = np.random.default_rng(dims)
    vectors = random.integers(-2, 3, (3000, dims)).astype(np.float32)
    vectors[500:600], vectors[700:703], vectors[900:903] = vectors[0], vectors[1], vectors[2]
    vectors = vectors[random.permutation(3000)]
    assert find_equal_groups(vectors) == groups_by_numpy(vectors)


def test_many_blocks(monkeypatch):
    monkeypatch.setattr("tb_projector_plugin.compute.equal_rows._BLOCK_NUMBERS", 100)
    vectors = np.random.default_rng(0).integers(0, 3, (1000, 7)).astype(np.float32)
    assert find_equal_groups(vectors) == groups_by_numpy(vectors)


def test_rows_that_hold_the_same_numbers_in_another_order_differ():
    assert find_equal_groups(np.array([[1, 2, 3], [3, 2, 1], [2, 1, 3]], np.float32)) == []


def test_rows_one_bit_apart_differ():
    row = np.random.default_rng(0).standard_normal(50).astype(np.float32)
    vectors = np.repeat(row[None], 51, axis=0)
    vectors[np.arange(50), np.arange(50)] = np.nextafter(row, np.float32(9))
    assert find_equal_groups(vectors) == []


def test_minus_zero_is_zero():
    assert find_equal_groups(np.array([[0.0, 1.0], [-0.0, 1.0]], np.float32)) == [(2, 1)]
