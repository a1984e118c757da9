"""The lines of vectors as text, in blocks of whole ones: where they begin, how many there are, which are blank.

A blank line has no cell with content: nothing at all, or only separators.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.deadline import check_time
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.sources.delimited_text import Separation
from tb_projector_plugin.sources.named_lines import NamedLines

FIX: Final = (
    "Write the same count of numbers on every line, separated by tabs, with a decimal point; one header line at most."
)
_BOM: Final = b"\xef\xbb\xbf"
_LINE_FEED: Final = 10
#: Bytes that `strip` removes.
_BLANKS: Final = b" \t\r\n\v\f"


@dataclass(frozen=True)
class Content:
    """Offsets of the text, after a mark of the encoding, and of the first line with content; the latter's number."""

    start: int
    first_line: int
    number: int


def blank_bytes(separation: Separation) -> bytes:
    """The bytes of which a blank line consists."""
    return _BLANKS + separation.separator.encode() + (b'"' if separation.is_quoting else b"")


def read_line(file: BinaryIO, display: str, number: int) -> bytes:
    line = file.readline(limits.TSV_LINE_BYTES + 1)
    if len(line) > limits.TSV_LINE_BYTES:
        raise LimitError(
            f"{display}, line {number} has over {limits.TSV_LINE_BYTES:,} bytes, the maximum for a line.",
            FIX,
            file=display,
            line=number,
        )
    return line


def find_content(file: BinaryIO) -> Content | None:
    """None for a file of blanks."""
    file.seek(0)
    start = len(_BOM) if file.read(len(_BOM)) == _BOM else 0
    first_line, number, offset = start, 1, start
    file.seek(start)
    while block := file.read(limits.BLOCK_BYTES):
        check_time()
        blank = block[: len(block) - len(block.lstrip(_BLANKS))]
        number += blank.count(b"\n")
        first_line = offset + blank.rindex(b"\n") + 1 if b"\n" in blank else first_line
        if len(blank) < len(block):
            return Content(start, first_line, number)
        offset += len(block)
    return None


def read_last_line(file: BinaryIO) -> bytes:
    """The last line with content, or its end if it is longer than a block."""
    size = os.fstat(file.fileno()).st_size
    file.seek(max(0, size - limits.BLOCK_BYTES))
    return file.read().rstrip(_BLANKS).rpartition(b"\n")[2]


def find_blank(lines: bytes, blanks: bytes) -> NDArray[np.bool_]:
    """Which of the lines are blank; the last one may lack its line end. `blanks` is from `blank_bytes`."""
    codes = np.frombuffer(lines, np.uint8)
    ends = np.flatnonzero(codes == _LINE_FEED)
    if not lines.endswith(b"\n"):
        ends = np.append(ends, len(lines))
    is_content = np.ones(256, np.bool_)
    is_content[list(blanks)] = False
    found = np.searchsorted(np.flatnonzero(is_content[codes]), ends)
    blank: NDArray[np.bool_] = np.diff(found, prepend=0) == 0
    return blank


def count_lines(
    file: BinaryIO, start: int, first_line: int, dims: int, separation: Separation, *, display: str
) -> tuple[int, NamedLines]:
    """How many lines there are from byte `start` on, the first of them line `first_line`, and the blank ones.

    A line end at the end of the file begins no further line. Of lines of blanks, only those too short for `dims`
    numbers are looked for, which costs no time in regular files. Raises LimitError at the first block that makes them
    too many.
    """
    blank, blanks = NamedLines(), blank_bytes(separation)
    last_end, number = start - 1, first_line
    for ends in _line_ends(file, start):
        begins = np.concatenate([[last_end], ends[:-1]]) + 1
        short = np.flatnonzero(ends - begins <= 2 * dims)
        if len(short):
            first, last = short[0], short[-1]
            file.seek(int(begins[first]))
            found = find_blank(file.read(int(ends[last] + 1 - begins[first])), blanks)
            blank.extend((np.flatnonzero(found) + number + first).tolist())
            _check_blanks(blank, dims, os.fstat(file.fileno()).st_size, display)
        number, last_end = number + len(ends), int(ends[-1])
    return number - first_line, blank


def _check_blanks(blank: NamedLines, dims: int, size: int, display: str) -> None:
    """A row of a blank line takes as much memory as any other, and next to none in the file."""
    if blank.count > limits.TSV_BLANK_LINES or blank.count * dims > size + limits.BLOCK_BYTES:
        raise LimitError(
            f"{display} has {blank.count:,} blank lines or more, each of which is a row of {dims:,} numbers; at most "
            f"{limits.TSV_BLANK_LINES:,} are read, and fewer where the file is small.",
            "Remove the blank lines, and the lines of metadata that belong to them.",
            file=display,
            line=blank.numbers[0],
        )


def _line_ends(file: BinaryIO, start: int) -> Iterator[NDArray[np.int64]]:
    """Offsets of the line ends from `start` on, block by block; the end of the file ends its last line."""
    buffer = np.empty(limits.BLOCK_BYTES, np.uint8)
    size = os.fstat(file.fileno()).st_size
    last = start - 1
    while start < size:
        check_time()
        file.seek(start)
        block = buffer[: file.readinto(buffer.data)]  # type: ignore[attr-defined]
        ends = np.flatnonzero(block == _LINE_FEED) + start
        start = start + len(block) if len(block) else size
        last = int(ends[-1]) if len(ends) else last
        if start >= size and last < size - 1:
            ends = np.append(ends, size)
        if len(ends):
            yield ends


def read_lines(file: BinaryIO, start: int) -> Iterator[bytes]:
    """Yields whole lines from byte `start` on, a block at a time; a line that is too long comes in parts."""
    file.seek(start)
    while block := file.read(limits.BLOCK_BYTES):
        yield block if block.endswith(b"\n") else block + file.readline(limits.TSV_LINE_BYTES)
