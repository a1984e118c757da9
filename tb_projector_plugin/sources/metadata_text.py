"""The bytes of a metadata file, as text columns: encodings, line ends and lines of unequal length are settled here.

A quote is an ordinary character, a blank line is a row of nothing, and no cell is lost: what a line has too many goes
into columns of its own. Everything that was not as it should be is told, with its line.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, Problem

if TYPE_CHECKING:
    import pyarrow as pa

_DECODE_BYTES = 16 * limits.MIB
_PARSE_BYTES = 4 * limits.MIB
_LINES_NAMED = 5


@dataclass
class MetadataText:
    """`columns` of equal length without the header; `header` holds the first line's names, `None` without one."""

    columns: list[pa.StringArray]
    header: list[str] | None
    lines: int
    problems: list[Problem] = field(default_factory=list)


def parse_metadata_text(data: bytes, display: str) -> MetadataText:
    """Raises DataError for UTF-16 that does not decode, LimitError for too many columns."""
    problems: list[Problem] = []
    text = normalize_text(data, display, problems)
    first_line = text.partition(b"\n")[0]
    width = first_line.count(b"\t") + 1
    _check_width(width, 1, display)
    if width == 1:
        return _parse_body(text, 1, None, display, problems)
    body = text[len(first_line) + 1 :]
    return _parse_body(body, width, first_line.decode().split("\t"), display, problems)


def normalize_text(data: bytes, display: str, problems: list[Problem]) -> bytes:
    """UTF-8 whose lines all end with a line feed. Raises DataError for UTF-16 that does not decode."""
    return _end_last_line(_unify_line_ends(_to_utf8(data, display, problems), display, problems))


def _parse_body(
    body: bytes, width: int, header: list[str] | None, display: str, problems: list[Problem]
) -> MetadataText:
    import pyarrow as pa

    try:
        columns = _parse_regular(body, width, _PARSE_BYTES)
    except pa.ArrowInvalid:
        lines = body[:-1].split(b"\n")
        width = _widest(lines, width, header, display, problems)
        longest = max(map(len, lines)) + width + 1
        columns = _parse_regular(_pad_lines(lines, width), width, max(_PARSE_BYTES, longest))
    return MetadataText(columns, header, len(columns[0]), problems)


def _parse_regular(body: bytes, width: int, block_bytes: int) -> list[pa.StringArray]:
    """Raises ArrowInvalid when a line has not `width` cells or is longer than a block."""
    import pyarrow as pa
    from pyarrow import csv

    if not body:
        return [pa.array([], pa.string()) for _ in range(width)]
    names = [str(number) for number in range(width)]
    table = csv.read_csv(
        pa.BufferReader(body),
        csv.ReadOptions(column_names=names, block_size=block_bytes),
        csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False, ignore_empty_lines=False),
        csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=[], check_utf8=False),
    )
    return [_one_array(table.column(name)) for name in names]


def _one_array(column: pa.ChunkedArray) -> pa.StringArray:
    import pyarrow as pa

    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _pad_lines(lines: list[bytes], width: int) -> bytes:
    return b"".join(line + b"\t" * (width - 1 - line.count(b"\t")) + b"\n" for line in lines)


def _widest(lines: list[bytes], width: int, header: list[str] | None, display: str, problems: list[Problem]) -> int:
    """The number of cells of the longest line; tells of short and long ones. A blank line is neither."""
    first_number = 1 if header is None else 2
    counts = [line.count(b"\t") + 1 if line else width for line in lines]
    short = [number for number, count in enumerate(counts, first_number) if count < width]
    long = [number for number, count in enumerate(counts, first_number) if count > width]
    widest = max([width, *counts])
    _check_width(widest, len(lines), display)
    if short:
        problems.append(_ragged(short, f"fewer cells than the {width} of line 1; the rest is shown as empty", display))
    if long:
        problems.append(
            _ragged(long, f"more cells than the {width} of line 1; they are shown in further columns", display)
        )
    return widest


def _ragged(numbers: Sequence[int], what: str, display: str) -> Problem:
    return Problem(
        "warning",
        DataError.kind,
        f"{display}: {_name_lines(numbers)} {'has' if len(numbers) == 1 else 'have'} {what}.",
        "Write the same number of tab-separated cells on every line.",
        display,
        numbers[0],
    )


def _name_lines(numbers: Sequence[int]) -> str:
    """`line 3`, `lines 3, 4 and 12`, `lines 1, 2, 3, 4, 5 and 995 more`."""
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    if len(numbers) > _LINES_NAMED:
        return f"lines {', '.join(map(str, numbers[:_LINES_NAMED]))} and {len(numbers) - _LINES_NAMED} more"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _check_width(width: int, lines: int, display: str) -> None:
    """Before padding: one long line would make every line as long."""
    if width > limits.METADATA_COLUMNS or width * lines > limits.METADATA_BYTES:
        raise LimitError(
            f"{display} has a line of {width} cells; at most {limits.METADATA_COLUMNS} columns are read.",
            "Write the columns that you want to see, separated by tabs.",
            file=display,
        )


def _to_utf8(data: bytes, display: str, problems: list[Problem]) -> bytes:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _from_utf16(data, display)
    data = data.removeprefix(codecs.BOM_UTF8)
    return data if _is_utf8(data) else _replace_undecodable(data, display, problems)


def _from_utf16(data: bytes, display: str) -> bytes:
    """What spreadsheets call «Unicode text»."""
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as error:
        raise DataError(
            f"{display} begins as UTF-16 and does not decode: {error}.", "Save it as UTF-8.", file=display
        ) from error


def _is_utf8(data: bytes) -> bool:
    """Piece by piece: the text itself is not needed."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _DECODE_BYTES):
            decoder.decode(data[start : start + _DECODE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _replace_undecodable(data: bytes, display: str, problems: list[Problem]) -> bytes:
    lines = data.split(b"\n")
    bad = [number for number, line in enumerate(lines, 1) if not _is_utf8(line)]
    for number in bad:
        lines[number - 1] = lines[number - 1].decode("utf-8", "replace").encode()
    problems.append(
        Problem(
            "warning",
            DataError.kind,
            f"{display}: {_name_lines(bad)} {'is' if len(bad) == 1 else 'are'} not UTF-8; "
            "the bytes that do not decode are shown as \ufffd.",
            "Save the file as UTF-8.",
            display,
            bad[0],
        )
    )
    return b"\n".join(lines)


def _unify_line_ends(data: bytes, display: str, problems: list[Problem]) -> bytes:
    r"""CRLF, and CR alone where the file has no other, end a line; another CR is a character that cannot be shown."""
    if b"\r" not in data:
        return data
    if b"\n" not in data:
        return data.replace(b"\r", b"\n")
    data = data.replace(b"\r\n", b"\n").removesuffix(b"\r")
    if b"\r" not in data:
        return data
    number = data[: data.index(b"\r")].count(b"\n") + 1
    problems.append(
        Problem(
            "info",
            DataError.kind,
            f"{display}: line {number} holds a carriage return inside a cell; it is shown as a space.",
            "Remove carriage returns from the labels.",
            display,
            number,
        )
    )
    return data.replace(b"\r", b" ")


def _end_last_line(data: bytes) -> bytes:
    return data if not data or data.endswith(b"\n") else data + b"\n"
