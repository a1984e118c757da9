"""Blocks that are read ahead: the same ones in the same order, never written while they are used."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tb_projector_plugin.sources.read_ahead import read_ahead

DIMS = 3


def make_buffer(rows: int = 4) -> np.ndarray:
    return np.zeros((rows, DIMS), np.float32)


def fill_with_row_numbers(first_row: int, out: np.ndarray) -> None:
    out[:] = np.arange(first_row, first_row + len(out))[:, None]


@pytest.mark.parametrize("rows", [0, 1, 3, 4, 5, 8, 9, 41])
def test_each_row_comes_once_and_in_order(rows: int) -> None:
    seen = [
        (first_row, block[:, 0].tolist()) for first_row, block in read_ahead(fill_with_row_numbers, rows, make_buffer)
    ]
    assert [first_row for first_row, _ in seen] == list(range(0, rows, 4))
    assert [row for _, block in seen for row in block] == list(range(rows))


def test_from_the_second_block_on_the_next_is_read_meanwhile_and_no_further() -> None:
    read: list[int] = []
    third = threading.Event()

    def note(first_row: int, out: np.ndarray) -> None:
        fill_with_row_numbers(first_row, out)
        read.append(first_row)
        if first_row == 8:
            third.set()

    blocks = read_ahead(note, 40, make_buffer)
    next(blocks)
    first_row, block = next(blocks)
    assert third.wait(60)
    assert (first_row, block[:, 0].tolist(), read) == (4, [4, 5, 6, 7], [0, 4, 8])
    blocks.close()
    assert read == [0, 4, 8]


def test_an_error_ends_the_pass_at_its_block() -> None:
    def fail(first_row: int, out: np.ndarray) -> None:
        if first_row == 8:
            raise OSError("gone")
        fill_with_row_numbers(first_row, out)

    blocks = read_ahead(fail, 40, make_buffer)
    assert [next(blocks)[0], next(blocks)[0]] == [0, 4]
    with pytest.raises(OSError, match="gone"):
        next(blocks)


def test_a_pass_that_is_left_early_leaves_no_thread() -> None:
    before = threading.active_count()
    for first_row, _ in read_ahead(fill_with_row_numbers, 40, make_buffer):
        if first_row == 8:
            break
    assert threading.active_count() <= before


@pytest.mark.parametrize("rows", [4, 40])
def test_the_first_block_needs_no_thread_and_no_other_block(rows: int) -> None:
    threads: list[threading.Thread] = []
    blocks = read_ahead(lambda _first_row, _out: threads.append(threading.current_thread()), rows, make_buffer)
    next(blocks)
    blocks.close()
    assert threads == [threading.current_thread()]
