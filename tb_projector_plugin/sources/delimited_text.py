"""Cells separated by tabs, semicolons, commas or blanks: detects which, and reads them as columns or line by line.

Arrow reads regular text. Text that it rejects is read again record by record, which is slow, to find the bad line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

#: Separators, in the order in which they are tried: a comma may be a decimal mark beside semicolons, and text contains
#: blanks.
_SEPARATORS: Final = {"tab": "\t", "semicolon": ";", "comma": ",", "blank": " "}
_QUOTING: Final = ("semicolon", "comma")
_BLOCK_BYTES: Final = 4 * limits.MIB
_MAX_BLOCK_BYTES: Final = 1 << 30


class CellError(csv.Error):
    """A cell has no end; `line` is the one on which its record begins, counted from 1 in the text that is read."""

    def __init__(self, line: int, reason: object) -> None:
        super().__init__(str(reason))
        self.line = line


@dataclass(frozen=True)
class Separation:
    """How cells are separated. `name` is a key of `_SEPARATORS`, or `lines` if each line is one cell."""

    name: str

    @property
    def separator(self) -> str:
        """If each line is one cell, a character that does not occur in ordinary text."""
        return _SEPARATORS.get(self.name, "\x1f")

    @property
    def is_quoting(self) -> bool:
        return self.name in _QUOTING

    @property
    def words(self) -> str:
        """The separators of cells, in the plural."""
        return f"{self.name}s" if self.name in _SEPARATORS else "line ends"

    def tidy(self, text: bytes) -> bytes:
        """Collapses blanks that only align columns."""
        if self.name != "blank":
            return text
        while b"  " in text:  # Halves each run of blanks: a few passes at memory speed.
            text = text.replace(b"  ", b" ")
        return text.replace(b" \n", b"\n").replace(b"\n ", b"\n").removeprefix(b" ").removesuffix(b" ")

    def split(self, line: bytes) -> list[str]:
        """The cells of one line. Raises CellError as `records` does."""
        return next((record for _, record in self.records(self.tidy(line))), [""])

    def records(self, text: bytes) -> Iterator[tuple[int, list[str]]]:
        """Each record with the number of its first line, from 1; a line with far too many cells is cut off.

        Raises CellError for a quoted cell of over 128 KiB and for a line of over 16 MiB.
        """
        lines = (line.decode("utf-8", "replace") for line in _lines(text))
        if not self.is_quoting:
            for number, line in enumerate(lines, start=1):
                yield number, line.removesuffix("\n").split(self.separator, limits.UPLOAD_COLUMNS + 1)
            return
        reader, first = csv.reader(lines, delimiter=self.separator), 1
        while (record := _next_record(reader, first)) is not None:
            yield first, record
            first = reader.line_num + 1


def _next_record(reader: Iterator[list[str]], first: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise CellError(first, error) from error


def sniff_separation(text: bytes, names: Sequence[str] = tuple(_SEPARATORS)) -> Separation:
    """The first of `names` that splits all of the first lines into equally many cells, else the one that splits most.

    The first line alone may differ: word2vec writes the shape of the file there.
    """
    head = first_lines(text, limits.UPLOAD_LINES_SNIFFED)
    shares = {}
    for name in names:
        counts = _count_cells(Separation(name), head)
        counts = counts[1:] if len(counts) > 2 else counts
        commonest = max(counts, key=lambda count: (counts.count(count), count), default=0)
        if commonest > 1:
            shares[name] = counts.count(commonest) / len(counts)
    best = max(shares, key=lambda name: shares[name], default="lines")
    if shares.get(best, 0) >= 0.5:
        return Separation(best)
    return Separation("tab" if b"\t" in first_lines(head, 1) else "lines")  # Ordinary text contains no tabs.


def _count_cells(separation: Separation, head: bytes) -> list[int]:
    try:
        records = list(separation.records(separation.tidy(head)))
    except csv.Error:
        return []
    return [len(record) for _, record in records if any(record)]


def first_lines(text: bytes, count: int) -> bytes:
    """The first `count` lines, at least one; fewer if they take more than 16 MiB."""
    end = text.find(b"\n") + 1
    for _ in range(count - 1):
        following = text.find(b"\n", end, limits.UPLOAD_LINE_BYTES) + 1
        if not following:
            break
        end = following
    return text[:end]


def _lines(text: bytes) -> Iterator[bytes]:
    """Yields lines one at a time, with their line ends: a list of all would take many times the memory of the text."""
    start, number = 0, 0
    while start < len(text):
        number += 1
        end = text.find(b"\n", start) + 1 or len(text)
        if end - start > limits.UPLOAD_LINE_BYTES:
            raise CellError(number, f"the line has {end - start:,} bytes")
        yield text[start:end]
        start = end


def refuse_cell(error: CellError, display: str, above: int = 0) -> NoReturn:
    """`above` is the number of the file's lines above the text that was read."""
    line = above + error.line
    raise DataError(
        f"{display}, line {line} has a cell that does not end ({error}).",
        "Close every quote, or remove the quotes.",
        file=display,
        line=line,
    ) from error


def find_line(text: bytes, number: int, start: int = 0) -> int:
    """Byte offset of line `number`, counted from 0; line 0 begins at `start`."""
    while number and (count := text.count(b"\n", start, start + _BLOCK_BYTES)) < number:
        start, number = start + _BLOCK_BYTES, number - count
    for _ in range(number):
        start = text.index(b"\n", start) + 1
    return start


def open_columns(
    body: bytes, types: Sequence[pa.DataType], separation: Separation, lines: int
) -> Iterator[list[pa.Array]]:
    """The columns, batch by batch. Raises ArrowInvalid for a line of another width or a cell of another type."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [str(number) for number in range(len(types))]
    block_bytes = min(_MAX_BLOCK_BYTES, max(_BLOCK_BYTES, 8 * len(body) // max(1, lines)))
    quoted = separation.is_quoting and b'"' in body
    with arrow_csv.open_csv(
        pa.BufferReader(body),
        arrow_csv.ReadOptions(column_names=names, block_size=block_bytes),
        arrow_csv.ParseOptions(
            delimiter=separation.separator,
            quote_char='"' if quoted else False,
            double_quote=quoted,
            newlines_in_values=quoted,
            ignore_empty_lines=False,
        ),
        arrow_csv.ConvertOptions(column_types=dict(zip(names, types, strict=True)), null_values=[], check_utf8=False),
    ) as batches:
        for batch in batches:
            yield batch.columns
