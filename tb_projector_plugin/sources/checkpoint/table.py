"""Reads a LevelDB-style table: the format of a TensorFlow checkpoint's `.index` file (and of the V1 checkpoint).

A table is blocks of sorted, prefix-compressed entries, an index block with their locations, and a 48-byte footer
(leveldb, doc/table_format.md). Every block's checksum is verified. Memory is bounded by
`limits.CHECKPOINT_INDEX_BYTES` for any input, that of the messages in the entries included: prefixes, snappy and empty
messages let a small file expand to a large one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from tb_projector_plugin import limits
from tb_projector_plugin.deadline import check_time
from tb_projector_plugin.sources.checkpoint.masked_crc32c import unmask
from tb_projector_plugin.sources.checkpoint.varint import VarintError, parse_varint

MAGIC = struct.pack("<Q", 0xDB4775248B80FB57)
_FOOTER_BYTES = 48
_TRAILER_BYTES = 5
_NO_COMPRESSION, _SNAPPY = 0, 1
#: Memory of a parsed message, in multiples of its bytes, at most: an empty message in another takes 2 bytes, and 32.
_MESSAGE_FACTOR = 16


class TableError(ValueError):
    """The bytes are not a table, or are damaged; the message gives the position."""


class TableTooLargeError(ValueError):
    """The entries would take more than `limits.CHECKPOINT_INDEX_BYTES`."""


class _Handle(NamedTuple):
    offset: int
    size: int


class _Budget:
    """Counts the memory of the entries before it is allocated."""

    def __init__(self, total_bytes: int) -> None:
        self._left = total_bytes
        self._entries_left = limits.CHECKPOINT_ENTRIES

    def spend(self, size_bytes: int) -> None:
        self._left -= size_bytes
        if self._left < 0:
            raise TableTooLargeError(f"its entries take more than {limits.CHECKPOINT_INDEX_BYTES} bytes")

    def spend_entry(self, key_bytes: int, value_bytes: int) -> None:
        self._entries_left -= 1
        if self._entries_left < 0:
            raise TableTooLargeError(f"it has more than {limits.CHECKPOINT_ENTRIES:,} entries")
        self.spend(entry_memory(key_bytes, value_bytes))


def entry_memory(key_bytes: int, value_bytes: int) -> int:
    """Bytes of an entry as objects, its value parsed as a message, at most: an empty one takes none in the file."""
    return key_bytes + max(limits.CHECKPOINT_ENTRY_BYTES, _MESSAGE_FACTOR * value_bytes)


def parse_table(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yields `(key, value)` in key order. Raises TableError or TableTooLargeError."""
    budget = _Budget(limits.CHECKPOINT_INDEX_BYTES)
    try:
        for _, handle in _parse_entries(_read_block(data, _index_handle(data), budget), budget):
            yield from _parse_entries(_read_block(data, _parse_handle(handle, 0)[0], budget), budget)
    except VarintError as error:
        raise TableError(str(error)) from error


def _index_handle(data: bytes) -> _Handle:
    if len(data) < _FOOTER_BYTES:
        raise TableError(f"it has {len(data)} bytes, a table has at least {_FOOTER_BYTES}")
    footer = data[-_FOOTER_BYTES:]
    if footer[-len(MAGIC) :] != MAGIC:
        raise TableError("it does not end as a table does; the end is missing or it is another kind of file")
    _, position = _parse_handle(footer, 0)
    return _parse_handle(footer, position)[0]


def _parse_handle(data: bytes, position: int) -> tuple[_Handle, int]:
    offset, position = parse_varint(data, position)
    size, position = parse_varint(data, position)
    return _Handle(offset, size), position


def _read_block(data: bytes, handle: _Handle, budget: _Budget) -> bytes:
    end = handle.offset + handle.size
    if end + _TRAILER_BYTES > len(data):
        raise TableError(f"a block at byte {handle.offset} of {handle.size} bytes lies outside its {len(data)} bytes")
    _check_crc32c(data, handle.offset, end)
    contents, compression = data[handle.offset : end], data[end]
    if compression == _NO_COMPRESSION:
        return contents
    if compression == _SNAPPY:
        return _decompress_snappy(contents, budget)
    raise TableError(f"the block at byte {handle.offset} is compressed in an unknown way ({compression})")


def _check_crc32c(data: bytes, start: int, end: int) -> None:
    import google_crc32c

    (stored,) = struct.unpack_from("<I", data, end + 1)
    received = google_crc32c.value(data[start : end + 1])
    if received != unmask(stored):
        raise TableError(f"the block at byte {start} has crc32c {received:08x}, {unmask(stored):08x} is expected")


def _decompress_snappy(contents: bytes, budget: _Budget) -> bytes:
    import pyarrow as pa

    size, _ = parse_varint(contents, 0)
    budget.spend(size)
    try:
        return bytes(pa.decompress(contents, decompressed_size=size, codec="snappy", asbytes=True))
    except (OSError, pa.ArrowInvalid) as error:
        raise TableError(f"a snappy block does not decompress: {error}") from error


def _parse_entries(block: bytes, budget: _Budget) -> Iterator[tuple[bytes, bytes]]:
    """The entries before the restart array, which is needed only for searching."""
    end = _entries_end(block)
    position, key, is_first = 0, b"", True
    while position < end:
        check_time()
        shared, position = parse_varint(block, position)
        unshared, position = parse_varint(block, position)
        value_size, position = parse_varint(block, position)
        value_start = position + unshared
        if shared > len(key) or value_start + value_size > end:
            raise TableError(f"an entry at byte {position} of a block runs over its end")
        budget.spend_entry(shared + unshared, value_size)
        previous, key = key, key[:shared] + block[position:value_start]
        if not is_first and key <= previous:
            raise TableError("its keys are not in rising order")
        is_first = False
        position = value_start + value_size
        yield key, block[value_start:position]


def _entries_end(block: bytes) -> int:
    if len(block) < 4:
        raise TableError(f"a block has {len(block)} bytes, at least 4 are expected")
    (restarts,) = struct.unpack_from("<I", block, len(block) - 4)
    end = len(block) - 4 * (1 + restarts)
    if end < 0:
        raise TableError(f"a block of {len(block)} bytes says it has {restarts} restart points")
    return int(end)
