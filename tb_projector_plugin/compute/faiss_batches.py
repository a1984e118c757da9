"""Sets how faiss measures a batch of rows by brute force, which it decides from settings of the whole process.

A search with one setting waits for those with others: each would change the settings of the other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import numpy as np

#: Number of neighbors from which faiss collects candidates in a reservoir instead of a heap; its own is 100.
_MIN_RESERVOIR = 32

_lock = threading.RLock()


def expanding_squares() -> AbstractContextManager[None]:
    """Squares of differences are expanded, which turns them into a matrix product: ten times as fast for few rows.

    Distances that are small beside the rows' lengths lose their digits.
    """
    return _settings(blas_threshold=1)


def measuring_differences() -> AbstractContextManager[None]:
    """Each pair is measured by its differences, which keep their digits."""
    return _settings(blas_threshold=np.iinfo(np.int32).max)


@contextmanager
def _settings(blas_threshold: int) -> Iterator[None]:
    """The threshold is a number of queries in older versions of faiss, of their elements in newer ones."""
    import faiss

    settings = faiss.cvar
    with _lock:
        before = settings.distance_compute_blas_threshold, settings.distance_compute_min_k_reservoir
        settings.distance_compute_blas_threshold = blas_threshold
        settings.distance_compute_min_k_reservoir = _MIN_RESERVOIR
        try:
            yield
        finally:
            settings.distance_compute_blas_threshold, settings.distance_compute_min_k_reservoir = before
