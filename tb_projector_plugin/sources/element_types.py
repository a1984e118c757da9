"""The element types stored in files, and the type each is read as.

A block is float32, or float64 where float32 would lose digits. 64-bit integers above 2**53 lose their last digits in
float64 too, but no wider type is in common use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]


@dataclass(frozen=True)
class ElementType:
    """How one number is stored in a file (`stored`, little-endian) and the type it is converted to (`block`)."""

    name: str
    stored: np.dtype[Any]
    block: np.dtype[Any]
    widen: Callable[[NDArray[Any]], Floats] | None = None

    @property
    def is_native(self) -> bool:
        """Whether the file's bytes can be used as the block's without conversion."""
        return self.widen is None and self.stored == self.block

    def convert_into(self, out: Floats, stored: NDArray[Any]) -> None:
        """Writes `stored` (any shape, of dtype `stored`) into `out` (the same shape, of dtype `block`)."""
        out[...] = stored if self.widen is None else self.widen(stored)


def _widen_bfloat16(stored: NDArray[Any]) -> Floats:
    """bfloat16 is the upper half of a float32."""
    upper_halves: Floats = np.left_shift(stored, 16, dtype=np.uint32)
    return upper_halves.view(np.float32)


def _widen_bool(stored: NDArray[Any]) -> Floats:
    truth: Floats = stored != 0
    return truth.astype(np.float32)


def _element(name: str, stored: str, block: str, widen: Callable[[NDArray[Any]], Floats] | None = None) -> ElementType:
    return ElementType(name, np.dtype(stored), np.dtype(block), widen)


FLOAT32 = _element("float32", "<f4", "f4")

#: TensorFlow's DataType numbers (types.proto) of the types that can be shown.
BY_TENSORFLOW_NUMBER: dict[int, ElementType] = {
    1: FLOAT32,
    2: _element("float64", "<f8", "f8"),
    3: _element("int32", "<i4", "f8"),
    4: _element("uint8", "u1", "f4"),
    5: _element("int16", "<i2", "f4"),
    6: _element("int8", "i1", "f4"),
    9: _element("int64", "<i8", "f8"),
    10: _element("bool", "u1", "f4", _widen_bool),
    14: _element("bfloat16", "<u2", "f4", _widen_bfloat16),
    17: _element("uint16", "<u2", "f4"),
    19: _element("float16", "<f2", "f4"),
    22: _element("uint32", "<u4", "f8"),
    23: _element("uint64", "<u8", "f8"),
}

#: The rest of types.proto, so that an error message can name the rejected type.
_UNREADABLE_TENSORFLOW_NAMES: dict[int, str] = {
    7: "string",
    8: "complex64",
    11: "qint8",
    12: "quint8",
    13: "qint32",
    15: "qint16",
    16: "quint16",
    18: "complex128",
    20: "resource",
    21: "variant",
    24: "float8_e5m2",
    25: "float8_e4m3fn",
    26: "float8_e4m3fnuz",
    27: "float8_e4m3b11fnuz",
    28: "float8_e5m2fnuz",
    29: "int4",
    30: "uint4",
    31: "int2",
    32: "uint2",
    33: "float4_e2m1fn",
}


def name_of_tensorflow_type(number: int) -> str:
    """The common name of a TensorFlow DataType: `float32`, `string`, `type 99`."""
    if number in BY_TENSORFLOW_NUMBER:
        return BY_TENSORFLOW_NUMBER[number].name
    return _UNREADABLE_TENSORFLOW_NAMES.get(number, f"type {number}")
