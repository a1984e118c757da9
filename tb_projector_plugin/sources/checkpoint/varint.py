"""Little-endian base-128 integers, as LevelDB and protocol buffers write them."""

from __future__ import annotations

#: 64 bits in groups of seven.
_MAX_BYTES = 10


class VarintError(ValueError):
    """The bytes end within a number, or the number does not fit 64 bits."""


def parse_varint(data: bytes, position: int) -> tuple[int, int]:
    """The number that starts at `position`, and the position after it."""
    value = 0
    for index in range(_MAX_BYTES):
        if position + index >= len(data):
            raise VarintError(f"number cut off at byte {len(data)}")
        byte = data[position + index]
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return value, position + index + 1
    raise VarintError(f"number at byte {position} is longer than {_MAX_BYTES} bytes")
