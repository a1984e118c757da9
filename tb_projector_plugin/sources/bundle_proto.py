"""The three messages of a checkpoint's index, parsed from protocol buffer bytes (tensor_bundle.proto).

An own parser of the wire format, because TensorFlow's classes come with TensorFlow, and a second registration of its
file names in protobuf's descriptor pool collides with them. Unknown fields are skipped, as protobuf does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tb_projector_plugin.sources.varint import VarintError, parse_varint

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_INT64_SIGN: Final = 1 << 63


class ProtoError(ValueError):
    """The bytes are not such a message."""


@dataclass(frozen=True)
class BundleHeader:
    num_shards: int
    big_endian: bool
    min_consumer: int


@dataclass(frozen=True)
class SliceExtent:
    """`length` is `None` where the slice spans the whole dimension."""

    start: int
    length: int | None


@dataclass(frozen=True)
class BundleEntry:
    """Where a tensor lies. `shape` is `None` for an unknown rank; `crc32c` is masked; `slices` of a partitioned one."""

    dtype: int
    shape: tuple[int, ...] | None
    shard_id: int
    offset: int
    size: int
    crc32c: int
    slices: tuple[tuple[SliceExtent, ...], ...]


class _Fields:
    """The fields of one message: the last value of a number, all values of a repeated one."""

    def __init__(self, data: bytes) -> None:
        self._values: dict[int, list[int | bytes]] = {}
        for number, value in _parse_fields(data):
            self._values.setdefault(number, []).append(value)

    def integer(self, number: int) -> int:
        """A signed 64-bit field, 0 when absent as protobuf has it."""
        value = self._values.get(number, [0])[-1]
        if isinstance(value, bytes):
            raise ProtoError(f"field {number} holds bytes, a number is expected")
        return value - 2 * _INT64_SIGN if value >= _INT64_SIGN else value

    def has(self, number: int) -> bool:
        return number in self._values

    def messages(self, number: int) -> list[_Fields]:
        return [_Fields(_expect_bytes(number, value)) for value in self._values.get(number, [])]

    def message(self, number: int) -> _Fields:
        """Repeated occurrences of one message are merged, as protobuf does."""
        return _Fields(b"".join(_expect_bytes(number, value) for value in self._values.get(number, [])))


def parse_bundle_header(data: bytes) -> BundleHeader:
    fields = _Fields(data)
    return BundleHeader(fields.integer(1), fields.integer(2) == 1, fields.message(3).integer(2))


def parse_bundle_entry(data: bytes) -> BundleEntry:
    fields = _Fields(data)
    return BundleEntry(
        dtype=fields.integer(1),
        shape=_parse_shape(fields.message(2)),
        shard_id=fields.integer(3),
        offset=fields.integer(4),
        size=fields.integer(5),
        crc32c=fields.integer(6),
        slices=tuple(_parse_slice(part) for part in fields.messages(7)),
    )


def _parse_shape(fields: _Fields) -> tuple[int, ...] | None:
    if fields.integer(3):
        return None
    return tuple(dimension.integer(1) for dimension in fields.messages(2))


def _parse_slice(fields: _Fields) -> tuple[SliceExtent, ...]:
    return tuple(
        SliceExtent(extent.integer(1), extent.integer(2) if extent.has(2) else None) for extent in fields.messages(1)
    )


def _expect_bytes(number: int, value: int | bytes) -> bytes:
    if isinstance(value, bytes):
        return value
    raise ProtoError(f"field {number} holds a number, bytes are expected")


def _parse_fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    position = 0
    try:
        while position < len(data):
            tag, position = parse_varint(data, position)
            value, position = _parse_value(data, position, tag & 7)
            yield tag >> 3, value
    except VarintError as error:
        raise ProtoError(str(error)) from error


def _parse_value(data: bytes, position: int, wire_type: int) -> tuple[int | bytes, int]:
    if wire_type == _VARINT:
        value, position = parse_varint(data, position)
        return value & (2 * _INT64_SIGN - 1), position
    if wire_type == _BYTES:
        size, position = parse_varint(data, position)
        return _take(data, position, size), position + size
    if wire_type == _FIXED32:
        return struct.unpack("<I", _take(data, position, 4))[0], position + 4
    if wire_type == _FIXED64:
        return struct.unpack("<Q", _take(data, position, 8))[0], position + 8
    raise ProtoError(f"a field of unknown kind {wire_type}")


def _take(data: bytes, position: int, size: int) -> bytes:
    if position + size > len(data):
        raise ProtoError(f"a field of {size} bytes is cut off")
    return data[position : position + size]
