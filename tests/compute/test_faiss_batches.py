"""faiss's settings for brute force: of the whole process, so one search has them at a time."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tb_projector_plugin.compute.faiss_batches import expanding_squares, measuring_differences

faiss = pytest.importorskip("faiss")


def read_settings() -> tuple[int, int]:
    return faiss.cvar.distance_compute_blas_threshold, faiss.cvar.distance_compute_min_k_reservoir


def test_settings_hold_for_a_search_and_are_restored_after_an_error():
    before, during = read_settings(), []

    def fail() -> None:
        with expanding_squares():
            during.append(read_settings())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (during, read_settings()) == ([(1, 32)], before)


def test_near_rows_are_told_apart_by_their_differences_alone():
    """Rows far from zero, where a square has no digits left for what lies between them."""
    rows = np.full((64, 16), 1e4, np.float32)
    rows[:, 0] += np.arange(64, dtype=np.float32) / 64
    true = np.abs(np.subtract.outer(rows[:, 0], rows[:, 0])) ** 2
    with measuring_differences():
        distances, found = faiss.knn(rows, rows, 3)
    assert np.array_equal(distances, np.take_along_axis(true, found, 1))
    assert distances.max() <= (2 / 64) ** 2
    with expanding_squares():
        rounded, _ = faiss.knn(rows, rows, 3)
    assert not np.array_equal(rounded, distances)


def test_a_search_waits_for_one_with_other_settings():
    order: list[str] = []
    has_begun = threading.Event()

    def search() -> None:
        has_begun.set()
        with expanding_squares():
            order.append(f"second, threshold {read_settings()[0]}")

    thread = threading.Thread(target=search)
    rows = np.random.default_rng(0).standard_normal((2000, 64)).astype(np.float32)
    with measuring_differences():
        thread.start()
        has_begun.wait()
        faiss.knn(rows, rows, 5)  # Leaves the other thread time to go on, if it may.
        order.append(f"first, threshold {read_settings()[0]}")
    thread.join()
    assert order == [f"first, threshold {np.iinfo(np.int32).max}", "second, threshold 1"]
