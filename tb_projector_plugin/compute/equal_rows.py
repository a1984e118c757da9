"""Counts equal rows: of those with more copies than neighbors are looked for, all neighbors are copies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Number of values hashed at a time: bounds the memory to some 8 MB.
_BLOCK_NUMBERS = 1 << 20
#: Bits that the upper of two numbers is shifted by to be mixed into the lower: by half, equal ones would cancel.
_HALF, _NEARLY_HALF = np.uint64(32), np.uint64(29)

#: Pairs of a size and the number of groups of equal rows that have it.
EqualGroups = list[tuple[int, int]]


def find_equal_groups(vectors: NDArray[np.float32]) -> EqualGroups:
    """The groups of at least two equal rows among `vectors` [rows, dims], by size, in rising order.

    Rows are compared by a hash of 64 bits: among a million rows, two different ones share it once in 40 million cases.
    """
    _, sizes = np.unique(_hash_rows(vectors), return_counts=True)
    found = np.unique(sizes[sizes > 1], return_counts=True)
    return [(int(size), int(groups)) for size, groups in zip(*found, strict=True)]


def _hash_rows(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The sum of the bits of each pair of numbers times a random odd factor of its own.

    A product says nothing below the lowest bit of its pair, and numbers such as 2.0 have many zeros there: upper bits
    are mixed into lower ones before and after.
    """
    rows, dims = vectors.shape
    factors = np.random.default_rng(0).integers(1 << 63, size=-(-dims // 2), dtype=np.uint64) * 2 + 1
    hashes = np.empty(rows, np.uint64)
    step = max(1, _BLOCK_NUMBERS // dims)
    block = np.zeros((min(step, rows), 2 * len(factors)), np.float32)
    for start in range(0, rows, step):
        some = vectors[start : start + step]
        np.add(some, np.float32(0), out=block[: len(some), :dims])  # -0.0 becomes 0.0, which is equal to it.
        pairs = block[: len(some)].view(np.uint64)
        pairs ^= pairs >> _NEARLY_HALF
        pairs *= factors
        pairs ^= pairs >> _HALF
        pairs.sum(axis=1, out=hashes[start : start + step])
        block[:, dims:] = 0  # The number beyond an odd count.
    return hashes
