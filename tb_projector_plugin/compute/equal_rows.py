"""Counts equal rows: of those with more copies than neighbors are looked for, all neighbors are copies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Number of values hashed at a time: bounds the memory to some 20 MB.
_BLOCK_NUMBERS = 1 << 20

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
    """The sum of each number's bits times a random odd factor of its own, with the product's upper half folded in."""
    dims = vectors.shape[1]
    factors = np.random.default_rng(0).integers(1 << 63, size=dims, dtype=np.uint64) * 2 + 1
    hashes = np.empty(len(vectors), np.uint64)
    step = max(1, _BLOCK_NUMBERS // dims)
    for start in range(0, len(vectors), step):
        block = vectors[start : start + step] + np.float32(0)  # -0.0 becomes 0.0, which is equal to it.
        words = (block.view(np.uint32).astype(np.uint64) + 1) * factors
        words ^= words >> np.uint64(32)
        words.sum(axis=1, out=hashes[start : start + step])
    return hashes
