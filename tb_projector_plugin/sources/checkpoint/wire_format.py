"""Protocol buffer bytes to fields, for the few messages that a checkpoint is made of.

An own parser, because TensorFlow's classes come with TensorFlow, and a second registration of its file names in
protobuf's descriptor pool collides with them. Unknown fields are skipped, as protobuf does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from tb_projector_plugin.sources.checkpoint.varint import VarintError, parse_varint

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_INT64_SIGN: Final = 1 << 63


class ProtoError(ValueError):
    """The bytes are not such a message."""


class Fields:
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

    def text(self, number: int) -> str:
        """A string field, "" when absent."""
        return _expect_bytes(number, self._values.get(number, [b""])[-1]).decode("utf-8", "replace")

    def messages(self, number: int) -> list[Fields]:
        return [Fields(_expect_bytes(number, value)) for value in self._values.get(number, [])]

    def message(self, number: int) -> Fields:
        """Repeated occurrences of one message are merged, as protobuf does."""
        return Fields(b"".join(_expect_bytes(number, value) for value in self._values.get(number, [])))


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
