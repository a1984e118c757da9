"""Indexes with correct checksums and otherwise false content."""

from __future__ import annotations

import pytest
from file_ages import settle
from table_writer import bundle_entry, field, header, write_simple_table

from tb_projector_plugin import limits, stamped_file
from tb_projector_plugin.errors import DataError, LimitError
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.checkpoint.ordered_code import encode_slice_key


def write_checkpoint(folder, entries, head: bytes = header(), data: bytes = bytes(64)) -> Checkpoint:
    (folder / "c.index").write_bytes(write_simple_table([(b"", head), *entries]))
    (folder / "c.data-00000-of-00001").write_bytes(data)
    settle(folder)
    return Checkpoint(str(folder / "c"), "run/c")


def extent(start: int, length: int | None) -> bytes:
    return field(1, field(1, start) + (b"" if length is None else field(2, length)))


def assert_refused(error: type[Exception], words: str, open_it) -> None:
    with pytest.raises(error, match=words) as raised:
        open_it()
    assert raised.value.file.startswith("run/c")
    assert raised.value.fix


def test_big_endian(tmp_path) -> None:
    assert_refused(DataError, "big-endian", lambda: write_checkpoint(tmp_path, [], header(big_endian=True)))


def test_a_newer_format(tmp_path) -> None:
    assert_refused(DataError, "version 2", lambda: write_checkpoint(tmp_path, [], header(min_consumer=2)))


@pytest.mark.parametrize("shards", [0, -1, 2**40])
def test_a_number_of_shards_that_cannot_be(shards, tmp_path) -> None:
    assert_refused(DataError, "shards", lambda: write_checkpoint(tmp_path, [], header(shards)))


def test_no_header(tmp_path) -> None:
    (tmp_path / "c.index").write_bytes(write_simple_table([(b"a", bundle_entry([1, 1], size=4))]))
    settle(tmp_path)
    assert_refused(DataError, "header", lambda: Checkpoint(str(tmp_path / "c"), "run/c"))


def test_an_entry_that_is_no_message(tmp_path) -> None:
    assert_refused(DataError, "damaged", lambda: write_checkpoint(tmp_path, [(b"a", b"\xff\xff\xff")]))


@pytest.mark.parametrize(
    ("entry", "error", "words"),
    [
        (bundle_entry([4, 4], size=60), DataError, "takes 60 bytes"),
        (bundle_entry([4, 4], size=64, offset=-1), DataError, "damaged"),
        (bundle_entry([4, 4], size=64, offset=4), DataError, "68 are expected"),
        (bundle_entry([4, 4], size=64, shard=1), DataError, "shard 1 of 1"),
        (bundle_entry([4, 4], size=64, shard=-1), DataError, "shard -1 of 1"),
        (bundle_entry([-4, -4], size=64), DataError, "shape"),
        (bundle_entry([1, 2**60], size=2**62), DataError, "64 bytes"),
        (bundle_entry([2**31, 2**30], size=2**63 - 1), LimitError, "rows"),
        (bundle_entry([4, 4], size=64, dtype=99), DataError, "type 99"),
        (field(1, 1) + field(2, field(3, 1)), DataError, "unknown shape"),
    ],
)
def test_a_tensor_that_is_not_where_it_says(entry, error, words, tmp_path) -> None:
    checkpoint = write_checkpoint(tmp_path, [(b"a", entry)])
    assert_refused(error, words, lambda: checkpoint.source("a"))


ROWS, COLUMNS = (0, None), (0, 2)


@pytest.mark.parametrize(
    "slices",
    [
        [((0, 2), (0, None))],  # Half is missing.
        [((0, 3), (0, None)), ((2, 2), (0, None))],  # Overlap; the sum is too large.
        [((0, 2), (0, None)), ((0, 2), (0, None))],  # The correct sum, by covering one half twice.
        [((0, 2), (0, 4)), ((1, 2), (0, 2)), ((3, 1), (0, 4))],  # The correct sum, with overlapping corners.
        [((0, 5), (0, None))],  # Outside.
        [((-1, 5), (0, None))],
        [((0, 4),)],  # One dimension.
    ],
)
def test_slices_that_do_not_cover_the_tensor_once(slices, tmp_path) -> None:
    rest = b"".join(field(7, b"".join(extent(*part) for part in parts)) for parts in slices)
    checkpoint = write_checkpoint(tmp_path, [(b"a", bundle_entry([4, 4], size=0, rest=rest))])
    assert_refused(DataError, "slice", lambda: checkpoint.source("a"))


def test_a_slice_that_is_not_there(tmp_path) -> None:
    rest = field(7, extent(0, None) + extent(0, None))
    checkpoint = write_checkpoint(tmp_path, [(b"a", bundle_entry([4, 4], size=0, rest=rest))])
    assert_refused(DataError, "Rows 0 to 3 of a are incomplete", lambda: checkpoint.source("a"))


def test_more_slices_than_anyone_cuts(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "CHECKPOINT_SLICES", 3)
    rest = b"".join(field(7, extent(row, 1) + extent(0, None)) for row in range(4))
    checkpoint = write_checkpoint(tmp_path, [(b"a", bundle_entry([4, 4], size=0, rest=rest))])
    assert_refused(LimitError, "4 slices", lambda: checkpoint.source("a"))


def test_slices_in_a_grid_are_put_together(tmp_path) -> None:
    """Four quarters, written in the order of their keys; TensorFlow's own partitioners cut only one axis."""
    quarters = [(row, column) for row in (0, 2) for column in (0, 2)]
    rest = b"".join(field(7, extent(row, 2) + extent(column, 2)) for row, column in quarters)
    keys = [encode_slice_key("a", [(row, 2), (column, 2)]) for row, column in quarters]
    entries = [(key, bundle_entry([2, 2], size=16, offset=16 * place)) for place, key in enumerate(keys)]
    whole = (b"a", bundle_entry([4, 4], size=0, rest=rest))
    import numpy as np

    source = write_checkpoint(tmp_path, [*entries, whole], data=np.arange(16, dtype="<f4").tobytes()).source("a")
    expected = [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]
    assert source.read_rows([0, 1, 2, 3]).tolist() == expected
    assert source.read_rows([3, 1]).tolist() == [expected[3], expected[1]]


def test_an_error_of_reading_without_a_number_is_reported_in_its_own_words(tmp_path, monkeypatch) -> None:
    def fail(_path):
        raise OSError("the disk was pulled out")

    monkeypatch.setattr(stamped_file, "open_regular", fail)
    assert_refused(DataError, "the disk was pulled out", lambda: write_checkpoint(tmp_path, []))


def test_an_index_larger_than_the_limit_is_not_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "CHECKPOINT_INDEX_BYTES", 10)
    assert_refused(LimitError, "at most 10 are read", lambda: write_checkpoint(tmp_path, []))


def test_a_hundred_thousand_dimensions(tmp_path) -> None:
    import numpy as np

    data = np.ones((3, 100_000), "<f4")
    entry = bundle_entry(data.shape, size=data.nbytes)
    source = write_checkpoint(tmp_path, [(b"a", entry)], data=data.tobytes()).source("a")
    assert source.read_rows([2]).shape == (1, 100_000)
    with pytest.raises(DataError, match="crc32c"):
        source.read_all()
