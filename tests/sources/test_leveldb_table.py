"""The table reader on the output of TensorFlow and of our own writer, and on hostile bytes."""

from __future__ import annotations

import contextlib
import struct

import pyarrow as pa
import pytest
from golden_checkpoints import GOLDEN
from hypothesis import given
from hypothesis import strategies as st
from table_writer import seal, varint, write_block, write_simple_table, write_table

from tb_projector_plugin import limits
from tb_projector_plugin.sources.checkpoint.table import MAGIC, TableError, TableTooLargeError, parse_table

ENTRIES = [(b"", b"header"), *((f"variable/{i:04d}".encode(), bytes([i % 256]) * (i % 50)) for i in range(300))]


def blocks_of(entries, count):
    size = max(1, -(-len(entries) // count))
    return [entries[start : start + size] for start in range(0, len(entries), size)]


@given(st.dictionaries(st.binary(max_size=12), st.binary(max_size=40), max_size=60), st.integers(1, 5), st.booleans())
def test_reads_back_any_entries_in_any_number_of_blocks(entries, count, snappy) -> None:
    ordered = sorted(entries.items())
    groups = blocks_of(ordered, count)
    plain = [write_block(group, restart_interval=3) for group in groups]
    stored = [pa.compress(block, codec="snappy", asbytes=True) for block in plain] if snappy else plain
    assert list(parse_table(write_table(stored, [group[-1][0] for group in groups], int(snappy)))) == ordered


def test_reads_blocks_that_snappy_compressed() -> None:
    block = write_block(ENTRIES)
    compressed = pa.compress(block, codec="snappy", asbytes=True)
    assert len(compressed) < len(block)
    assert list(parse_table(write_table([compressed], [ENTRIES[-1][0]], compression=1))) == ENTRIES


@pytest.mark.parametrize("name", ["model.ckpt-100", "keras.ckpt-1", "sharded.ckpt-7"])
def test_no_cut_and_no_flipped_bit_passes_unnoticed(name) -> None:
    """For the golden index, every shorter file and every damaged byte that the reader uses is an error."""
    whole = (GOLDEN / "tensorflow" / f"{name}.index").read_bytes()
    for size in range(len(whole)):
        with pytest.raises(TableError):
            list(parse_table(whole[:size]))
    expected = list(parse_table(whole))
    for position in range(len(whole)):
        damaged = whole[:position] + bytes([whole[position] ^ 0x10]) + whole[position + 1 :]
        with contextlib.suppress(TableError):  # The meta-index block and the footer's padding are not read.
            assert list(parse_table(damaged)) == expected


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_raise(junk) -> None:
    for data in (junk, junk + MAGIC, junk.ljust(40, b"\0")[-40:] + MAGIC):
        with pytest.raises(TableError):
            list(parse_table(data))


@given(st.binary(max_size=120), st.integers(0, 1))
def test_no_block_with_a_right_checksum_does_anything_but_raise_or_parse(block, compression) -> None:
    with contextlib.suppress(TableError, TableTooLargeError):
        list(parse_table(write_table([block], [b"z"], compression)))


def test_a_block_outside_the_file() -> None:
    footer = varint(0) + varint(0) + varint(2**62) + varint(2**62)
    with pytest.raises(TableError, match="outside"):
        list(parse_table(footer.ljust(40, b"\0") + MAGIC))


def test_more_restart_points_than_bytes() -> None:
    with pytest.raises(TableError, match="restart"):
        list(parse_table(write_table([struct.pack("<I", 2**31)], [b"z"])))


def test_an_unknown_compression() -> None:
    with pytest.raises(TableError, match="unknown way"):
        list(parse_table(write_table([write_block(ENTRIES)], [b"z"], compression=7)))


def test_keys_out_of_order() -> None:
    with pytest.raises(TableError, match="rising order"):
        list(parse_table(write_table([write_block([(b"b", b""), (b"a", b"")])], [b"b"])))


def test_a_snappy_bomb_is_refused_before_it_is_decompressed() -> None:
    bomb = varint(limits.CHECKPOINT_INDEX_BYTES + 1) + b"\0x"
    with pytest.raises(TableTooLargeError):
        list(parse_table(write_table([bomb], [b"z"], compression=1)))


def test_a_prefix_bomb_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    """Each entry repeats a long key at a cost of four bytes in the file."""
    monkeypatch.setattr(limits, "CHECKPOINT_INDEX_BYTES", 1 << 20)
    long_key = b"k" * 60_000
    block = varint(0) + varint(len(long_key)) + varint(0) + long_key
    for number in range(100):
        block += varint(len(long_key)) + varint(1) + varint(0) + bytes([number])
    with pytest.raises(TableTooLargeError):
        list(parse_table(write_table([block + struct.pack("<II", 0, 1)], [b"z"])))


def test_a_checksum_is_compared_in_every_block() -> None:
    table = bytearray(write_simple_table(ENTRIES))
    table[10] ^= 1
    with pytest.raises(TableError, match="crc32c"):
        list(parse_table(bytes(table)))
    assert seal(b"x", 0)[:2] == b"x\0"
