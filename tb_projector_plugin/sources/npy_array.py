"""Reads numpy's `.npy` files from bytes, checking the header against the size before making an array.

Nothing is ever unpickled, and the header is not trusted: shape times item size must equal the bytes that follow.
"""

from __future__ import annotations

import io
import math
import struct
import tokenize
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError
from tb_projector_plugin.sources.array_tensor import element_of
from tb_projector_plugin.sources.matrix_shape import as_matrix

MAGIC: Final = b"\x93NUMPY"
_SAVE: Final = "Save it with numpy.save(file, array), array having a row for each point."
#: Number of bytes that hold any header: it describes one array in a line, which numpy pads to a multiple of 64.
HEAD_BYTES: Final = 10_064


@dataclass(frozen=True)
class NpyHeader:
    """The header of a file, checked against the file's size: `start` is the byte where the numbers begin."""

    rows: int
    dims: int
    dtype: np.dtype[Any]
    is_fortran: bool
    start: int
    #: The array's own shape, which may have more dimensions, of size 1.
    stored_shape: tuple[int, ...]


def parse_npy_header(head: bytes, size: int, display: str) -> NpyHeader:
    """Parses the first `HEAD_BYTES` of a file of `size` bytes.

    Raises DataError unless it is a complete two-dimensional array of real numbers, LimitError for too many rows.
    """
    shape, is_fortran, dtype, start = _read_header(head, display)
    _check_dtype(dtype, display)
    rows, dims = _checked_shape(shape, display)
    received, expected = size - start, rows * dims * dtype.itemsize
    if rows > limits.ROWS and received == expected:
        raise LimitError(
            f"{display} has {rows:,} rows; at most {limits.ROWS:,} can be shown.", "Save fewer.", file=display
        )
    if received != expected:
        raise DataError(
            f"{display} has {received:,} bytes of numbers; its header says {rows:,} x {dims:,} of "
            f"{dtype.name}, which takes {expected:,}.",
            f"The file is cut off or was changed. {_SAVE}",
            file=display,
        )
    return NpyHeader(rows, dims, dtype, is_fortran, start, shape)


def parse_npy(data: bytes, display: str) -> NDArray[Any]:
    """The array [rows, dims] in a file, sharing the file's bytes where possible.

    Raises as `parse_npy_header`.
    """
    header = parse_npy_header(data[:HEAD_BYTES], len(data), display)
    numbers: NDArray[Any] = np.frombuffer(data, header.dtype, header.rows * header.dims, header.start)
    shaped = numbers.reshape((header.rows, header.dims), order="F" if header.is_fortran else "C")
    return np.ascontiguousarray(shaped)


def _read_header(head: bytes, display: str) -> tuple[tuple[Any, ...], bool, np.dtype[Any], int]:
    stream = io.BytesIO(head)
    readers = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    try:
        version = np.lib.format.read_magic(stream)
        if version not in readers:
            raise ValueError(f"format {version[0]}.{version[1]}, which is for structures of named fields")
        shape, fortran, dtype = readers[version](stream)
    except (
        ValueError,
        TypeError,
        SyntaxError,
        RecursionError,
        MemoryError,
        struct.error,
        tokenize.TokenError,
        SystemError,  # From the tokenizer of Python 3.12, for NUL bytes.
    ) as error:
        reason = str(error).partition("\n")[0][:200]
        raise DataError(f"{display} has no header that can be read: {reason}.", _SAVE, file=display) from error
    return shape, bool(fortran), dtype, stream.tell()


def _check_dtype(dtype: np.dtype[Any], display: str) -> None:
    if dtype.hasobject:
        raise DataError(
            f"{display} holds Python objects, which are never unpickled; numbers are expected.",
            "Convert it first: numpy.save(file, numpy.array(vectors, dtype=numpy.float32)).",
            file=display,
        )
    if dtype.names is not None or dtype.subdtype is not None or element_of(dtype) is None:
        raise DataError(
            f"{display} holds {str(dtype)[:80]}; real numbers are expected.",
            "Convert it first: numpy.save(file, array.astype(numpy.float32)).",
            file=display,
        )


def _checked_shape(shape: tuple[Any, ...], display: str) -> tuple[int, int]:
    matrix = as_matrix(shape)
    if len(matrix) != 2 or not all(type(size) is int and size >= 0 for size in shape):
        raise DataError(
            f"{display} has the shape {str(list(shape))[:80]}; two dimensions, rows x dimensions, are expected.",
            "Reshape it first: numpy.save(file, array.reshape(len(array), -1)).",
            file=display,
        )
    rows, dims = matrix
    if not math.prod(shape):
        raise DataError(f"{display} has the shape {list(shape)}: there is nothing to show.", _SAVE, file=display)
    return rows, dims
