"""Keys of the slices of a partitioned variable (TensorFlow, saved_tensor_slice_util.cc, over OrderedCode).

Only encoding is needed: the whole variable's entry lists its slices, and each slice's key follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence

#: Length that TensorFlow writes for a slice that spans its whole dimension.
FULL_EXTENT = -1


def encode_slice_key(name: str, extents: Sequence[tuple[int, int]]) -> bytes:
    """The table key of the slice of `name` with `(start, length)` for each dimension."""
    key = _encode_unsigned(0) + _encode_string(name.encode()) + _encode_unsigned(len(extents))
    for start, length in extents:
        key += _encode_signed(start) + _encode_signed(length)
    return key


def _encode_unsigned(value: int) -> bytes:
    size = (value.bit_length() + 7) // 8
    return bytes([size]) + value.to_bytes(size, "big")


def _encode_string(text: bytes) -> bytes:
    return (
        text.replace(b"\xff", b"\xff\xfe").replace(b"\x00", b"\x00\xff").replace(b"\xff\xfe", b"\xff\x00") + b"\x00\x01"
    )


def _encode_signed(value: int) -> bytes:
    """The header has one leading 1 bit per byte, inverted for negative numbers; the number follows in big-endian."""
    magnitude = ~value if value < 0 else value
    size = magnitude.bit_length() // 7 + 1
    header = ((0xFF << (8 * size - size)) & ((1 << (8 * size)) - 1)) if size <= 8 else _long_header(size)
    return ((value & ((1 << (8 * size)) - 1)) ^ header).to_bytes(size, "big")


def _long_header(size: int) -> int:
    """Sizes 9 and 10: the first byte is all ones and the count runs on into the second."""
    return ((1 << size) - 1) << (8 * size - size)
