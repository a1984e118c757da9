"""Writes LevelDB-style tables and checkpoint indexes, valid or deliberately invalid, for tests of the reader."""

from __future__ import annotations

import struct
from collections.abc import Iterable

import google_crc32c

from tb_projector_plugin.sources.checkpoint.masked_crc32c import mask
from tb_projector_plugin.sources.checkpoint.table import MAGIC

Entry = tuple[bytes, bytes]


def varint(value: int) -> bytes:
    encoded = b""
    while value >= 0x80:
        encoded += bytes([value & 0x7F | 0x80])
        value >>= 7
    return encoded + bytes([value])


def write_block(entries: Iterable[Entry], restart_interval: int = 16) -> bytes:
    """Writes prefix-compressed entries and their restart points."""
    block, restarts, previous = b"", [], b""
    for number, (key, value) in enumerate(entries):
        if number % restart_interval == 0:
            restarts.append(len(block))
            previous = b""
        shared = next(
            (i for i, (a, b) in enumerate(zip(key, previous, strict=False)) if a != b), min(len(key), len(previous))
        )
        block += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        previous = key
    restarts = restarts or [0]
    return block + b"".join(struct.pack("<I", offset) for offset in restarts) + struct.pack("<I", len(restarts))


def write_table(blocks: Iterable[bytes], last_keys: Iterable[bytes], compression: int = 0) -> bytes:
    """Writes a table of finished blocks; `last_keys` go into the index block."""
    table, index = b"", []
    for block, last_key in zip(blocks, last_keys, strict=True):
        index.append((last_key, varint(len(table)) + varint(len(block))))
        table += seal(block, compression)
    handles = b""
    for block in (write_block([]), write_block(index, 1)):
        handles += varint(len(table)) + varint(len(block))
        table += seal(block, 0)
    return table + handles.ljust(40, b"\0") + MAGIC


def write_simple_table(entries: list[Entry]) -> bytes:
    return write_table([write_block(entries)], [entries[-1][0] if entries else b""])


def seal(block: bytes, compression: int) -> bytes:
    contents = block + bytes([compression])
    return contents + struct.pack("<I", mask(google_crc32c.value(contents)))


def field(number: int, value: int | bytes) -> bytes:
    """One protocol buffer field: a number as a varint (two's complement), bytes with their length."""
    if isinstance(value, bytes):
        return varint(number << 3 | 2) + varint(len(value)) + value
    return varint(number << 3) + varint(value % 2**64)


def header(shards: int = 1, *, big_endian: bool = False, min_consumer: int = 0) -> bytes:
    return field(1, shards) + field(2, int(big_endian)) + field(3, field(1, 1) + field(2, min_consumer))


def bundle_entry(
    shape: Iterable[int],
    *,
    dtype: int = 1,
    shard: int = 0,
    offset: int = 0,
    size: int,
    crc32c: int = 0,
    rest: bytes = b"",
) -> bytes:
    dims = b"".join(field(2, field(1, length)) for length in shape)
    place = field(3, shard) + field(4, offset) + field(5, size)
    return field(1, dtype) + field(2, dims) + place + varint(6 << 3 | 5) + struct.pack("<I", crc32c) + rest
