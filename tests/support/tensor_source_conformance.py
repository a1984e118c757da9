"""Tests of the TensorSource contract on real files: a test class for a format inherits them and provides two fixtures.

`source` is a fresh TensorSource on files that the test may modify; `expected` is what another program reads.
"""

from __future__ import annotations

import os
import threading

import numpy as np
import pytest

from tb_projector_plugin.errors import BadParameterError, StaleError
from tb_projector_plugin.sources.tensor_source import TensorSource


def touch_later(path: str) -> None:
    """Sets a later time, as if the file had been rewritten with the same content."""
    status = os.stat(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))


class TensorSourceConformance:
    def test_says_what_it_is(self, source: TensorSource, expected: np.ndarray) -> None:
        assert source.shape == expected.shape
        assert source.dtype
        assert source.display
        assert all(os.path.exists(file) for file in source.files)

    def test_read_all_equals_the_reference(self, source: TensorSource, expected: np.ndarray) -> None:
        everything = source.read_all()
        assert everything.dtype == expected.dtype
        assert everything.tobytes() == expected.tobytes()

    @pytest.mark.parametrize("rows_per_block", [None, 1, 2, 10**9])
    def test_blocks_are_all_rows_in_order(self, source, expected, rows_per_block) -> None:
        parts = [(first, block.copy()) for first, block in source.blocks(rows_per_block)]
        sizes = [len(block) for _, block in parts]
        assert [first for first, _ in parts] == list(np.cumsum([0, *sizes])[:-1])
        assert np.concatenate([block for _, block in parts] or [expected]).tobytes() == expected.tobytes()
        assert rows_per_block is None or all(size <= rows_per_block for size in sizes)

    def test_blocks_share_two_buffers(self, source: TensorSource) -> None:
        addresses = {block.__array_interface__["data"][0] for _, block in source.blocks(1)}
        assert len(addresses) <= 2

    def test_rows_come_in_the_order_asked_for(self, source: TensorSource, expected: np.ndarray) -> None:
        last = len(expected) - 1
        for rows in ([0], [last, 0, last], list(range(last, -1, -1)), np.arange(len(expected))):
            assert source.read_rows(rows).tobytes() == expected[rows].tobytes()

    def test_no_rows_are_an_empty_array(self, source: TensorSource, expected: np.ndarray) -> None:
        assert source.read_rows([]).shape == (0, expected.shape[1])

    @pytest.mark.parametrize("beyond", [-1, 10**9])
    def test_a_row_that_is_not_there_is_named(self, source: TensorSource, beyond: int) -> None:
        with pytest.raises(BadParameterError, match=str(beyond)) as raised:
            source.read_rows([0, beyond])
        assert str(source.shape[0] - 1) in raised.value.fix

    def test_version_is_stable_and_follows_every_file(self, source: TensorSource) -> None:
        before = source.version()
        assert source.current_version() == before
        for file in source.files:
            earlier = source.current_version()
            touch_later(file)
            assert source.current_version() != earlier
        assert source.version() == before

    def test_a_change_before_a_pass_is_stale(self, source: TensorSource) -> None:
        touch_later(source.files[-1])
        with pytest.raises(StaleError) as raised:
            next(source.blocks())
        assert raised.value.file == source.display

    def test_a_change_during_a_pass_is_stale(self, source: TensorSource) -> None:
        blocks = source.blocks(1)
        next(blocks)
        touch_later(source.files[-1])
        with pytest.raises(StaleError):
            list(blocks)

    def test_a_file_cut_off_during_a_pass_is_stale_and_no_crash(self, source: TensorSource) -> None:
        blocks = source.blocks(1)
        next(blocks)
        os.truncate(source.files[-1], 1)
        with pytest.raises(StaleError):
            list(blocks)

    def test_what_was_written_since_is_never_read_for_what_was(self, source: TensorSource) -> None:
        touch_later(source.files[-1])
        for read in (source.read_all, lambda: source.read_rows([0])):
            with pytest.raises(StaleError):
                read()

    def test_files_that_went_away_are_a_change_and_not_missing(self, source: TensorSource) -> None:
        """A saver removes the parts that it merged; a reader of these must retry to get their replacement."""
        for file in source.files:
            os.remove(file)
        for read in (source.read_all, lambda: source.read_rows([0]), lambda: next(source.blocks())):
            with pytest.raises(StaleError) as raised:
                read()
            assert raised.value.file == source.display

    def test_an_abandoned_pass_is_no_error(self, source: TensorSource, expected: np.ndarray) -> None:
        next(source.blocks(1))
        assert source.read_all().tobytes() == expected.tobytes()

    def test_passes_on_several_threads_do_not_meet(self, source: TensorSource, expected: np.ndarray) -> None:
        read: list[bytes] = []
        threads = [threading.Thread(target=lambda: read.append(source.read_all().tobytes())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert read == [expected.tobytes()] * 4

    def test_reading_without_preadv_is_the_same(self, source, expected, monkeypatch) -> None:
        monkeypatch.delattr(os, "preadv", raising=False)
        assert source.read_all().tobytes() == expected.tobytes()
