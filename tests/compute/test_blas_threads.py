"""BLAS has one thread while anybody wants it so, and all of them again afterwards."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from tb_projector_plugin.compute.blas_threads import one_blas_thread


def count_threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


@pytest.fixture
def two_threads():
    np.ones((2, 2)) @ np.ones((2, 2))  # BLAS is loaded.
    with threadpool_limits(2, "blas"):
        yield


@pytest.mark.usefixtures("two_threads")
def test_of_two_that_overlap_neither_lifts_nor_leaves_the_limit() -> None:
    first, second = one_blas_thread(), one_blas_thread()
    first.__enter__()
    second.__enter__()
    assert count_threads() == {1}
    first.__exit__(None, None, None)
    assert count_threads() == {1}
    second.__exit__(None, None, None)
    assert count_threads() == {2}


@pytest.mark.usefixtures("two_threads")
def test_an_error_inside_lifts_the_limit() -> None:
    with pytest.raises(ZeroDivisionError), one_blas_thread():
        1 / 0  # noqa: B018
    assert count_threads() == {2}
