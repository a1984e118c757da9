"""Decides how a column of decimal numbers spells them, so that a page can show each cell as the file has it.

* shortest: as JavaScript writes a number, `3.1`, `1e-7`.
* python: as Python's `repr` does, and so pandas, NumPy and csv: `1.0`, `1e-05`, `1e+16`.
* fixed:2: with two decimals each, `3.10`.
* own: in any other way, so that the texts themselves are needed.

The digits of the first two are the fewest that give the number. Arrow's cast to text finds the same ones, but writes
exponents from 1e10 on, no `.0`, and `-0`; the cells where that matters are compared by their digits.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa

#: Cells that are looked at first: few columns are spelled in another way only after so many.
_FIRST_CELLS: Final = 1000
#: Cells that one thread compares at a time.
_PART: Final = 1 << 17
#: Threads for one column: other columns have threads of their own.
_THREADS: Final = 4
#: Size from which Arrow writes exponents.
_ARROW_EXPONENT: Final = 1e10
#: Size below which Arrow and JavaScript write exponents.
_ARROW_PLAIN: Final = 1e-6
#: Size from which JavaScript does.
_JAVASCRIPT_EXPONENT: Final = 1e21
#: Sizes between which Python writes none.
_PYTHON_PLAIN: Final = (1e-4, 1e16)
#: Significant digits that float64 keeps, whatever they are.
_KEPT_DIGITS: Final = 15
#: Decimals that JavaScript's `toFixed` writes at most.
_MOST_DECIMALS: Final = 100

_PLAIN_SHORTEST: Final = r"^-?[1-9][0-9]*(\.[0-9]*[1-9])?$"
_PLAIN_PYTHON: Final = r"^-?[1-9][0-9]*\.(0|[0-9]*[1-9])$"
_EXPONENT_PYTHON: Final = r"^-?[1-9](\.[0-9]*[1-9])?e[+-]([0-9]{2}|[1-9][0-9]{2})$"


@dataclass(frozen=True)
class _Column:
    """`numbers` are the values of `cells`; both are null in the same rows."""

    cells: pa.StringArray
    numbers: pa.DoubleArray

    def slice(self, start: int, rows: int) -> _Column:
        return _Column(self.cells.slice(start, rows), self.numbers.slice(start, rows))

    def filter(self, mask: pa.BooleanArray) -> _Column:
        return _Column(self.cells.filter(mask), self.numbers.filter(mask))

    @cached_property
    def cast(self) -> pa.StringArray:
        """The numbers as Arrow writes them, with the fewest digits. This takes longer than all the rest."""
        import pyarrow as pa

        return self.numbers.cast(pa.string())

    @cached_property
    def sizes(self) -> pa.DoubleArray:
        import pyarrow.compute as pc

        return pc.abs(self.numbers)


def find_spelling(cells: pa.StringArray, numbers: pa.DoubleArray) -> str:
    """`shortest`, `python`, `fixed:<decimals>` or `own`. `cells` are finite decimal numbers with a point or an
    exponent, canonical integers or null; `numbers` are their values.
    """
    column = _Column(cells, numbers)
    if _is_throughout(_is_shortest, column):
        return "shortest"
    if _is_throughout(_is_python, column):
        return "python"
    decimals = _find_decimals(column)
    return "own" if decimals is None else f"fixed:{decimals}"


def _is_throughout(check: Callable[[_Column], bool], column: _Column) -> bool:
    """Part by part, so that no second text of the whole column is held."""
    import pyarrow as pa

    if not check(column.slice(0, _FIRST_CELLS)):
        return False
    starts = range(0, len(column.cells), _PART)
    if len(starts) == 1:
        return check(column)
    with ThreadPoolExecutor(min(_THREADS, pa.cpu_count())) as threads:
        return all(threads.map(lambda start: check(column.slice(start, _PART)), starts))


def _is_shortest(column: _Column) -> bool:
    import pyarrow.compute as pc

    large = _is_between(column.sizes, _ARROW_EXPONENT, _JAVASCRIPT_EXPONENT)
    if not _all(pc.or_(large, pc.equal(column.cells, column.cast))):
        return False
    if _any(pc.equal(column.cells, "-0")):
        return False  # JavaScript writes it as 0.
    return _is_plain(column.filter(large), _PLAIN_SHORTEST)


def _is_python(column: _Column) -> bool:
    """A number is written as Arrow does unless it is whole or of a size at which only one of them has an exponent."""
    import pyarrow.compute as pc

    sizes = column.sizes
    whole = pc.and_(pc.less(sizes, _ARROW_EXPONENT), pc.equal(pc.floor(sizes), sizes))
    large = _is_between(sizes, _ARROW_EXPONENT, _PYTHON_PLAIN[1])
    small = pc.and_(pc.less(sizes, _PYTHON_PLAIN[0]), pc.invert(whole))
    if not _all(pc.or_(pc.equal(column.cells, column.cast), pc.or_(whole, pc.or_(large, small)))):
        return False
    return (
        _ends_in_zero(column.filter(whole))
        and _is_plain(column.filter(large), _PLAIN_PYTHON)
        and _has_two_digit_exponents(column.filter(small))
    )


def _ends_in_zero(column: _Column) -> bool:
    """Whether the cells are whole numbers followed by `.0`."""
    import pyarrow.compute as pc

    return _all(pc.equal(column.cells, pc.binary_join_element_wise(column.cast, ".0", "")))


def _is_plain(column: _Column, shape: str) -> bool:
    """Whether the cells, large numbers, have this shape without an exponent, and the digits of Arrow's texts."""
    import pyarrow.compute as pc

    if not _all(pc.match_substring_regex(column.cells, shape)):
        return False
    long = column.filter(pc.greater(pc.binary_length(column.cells), _KEPT_DIGITS))
    return _have_same_digits(long.cells, long.cast)


def _has_two_digit_exponents(column: _Column) -> bool:
    """Whether the cells, small numbers, have exponents as Python writes them, and the digits of Arrow's texts."""
    import pyarrow.compute as pc

    if not _all(pc.match_substring_regex(column.cells, _EXPONENT_PYTHON)):
        return False
    in_both = pc.less(column.sizes, _ARROW_PLAIN)
    small = column.filter(in_both)
    if not _all(pc.equal(pc.replace_substring(small.cells, "e-0", "e-"), small.cast)):
        return False
    larger = column.filter(pc.invert(in_both))
    return _have_same_digits(larger.cast, larger.cells)


def _have_same_digits(plain: pa.StringArray, exponential: pa.StringArray) -> bool:
    """Texts of one number have the same digits, but for zeros at the ends. The exponents are of four characters."""
    import pyarrow.compute as pc

    return _all(pc.equal(_digits_of(plain), _digits_of(pc.utf8_slice_codeunits(exponential, 0, -4))))


def _digits_of(texts: pa.StringArray) -> pa.StringArray:
    import pyarrow.compute as pc

    return pc.ascii_trim(pc.replace_substring(texts, ".", ""), characters="-0")


def _find_decimals(column: _Column) -> int | None:
    """The number of decimals if every cell has as many, and `toFixed` writes each cell so; else `None`."""
    import pyarrow.compute as pc

    cells = column.cells
    points = pc.min_max(pc.find_substring(cells, ".")).as_py()
    places = pc.min_max(pc.subtract(pc.binary_length(cells), pc.find_substring(cells, "."))).as_py()
    if points["min"] is None or points["min"] < 1 or places["min"] != places["max"]:
        return None
    decimals = int(places["min"]) - 1
    if not 1 <= decimals <= _MOST_DECIMALS or pc.max(column.sizes).as_py() >= 10.0 ** (_KEPT_DIGITS - decimals):
        return None
    return None if _has_other_forms(column) else decimals


def _has_other_forms(column: _Column) -> bool:
    """Exponents, `-.5` and `-0.00`."""
    import pyarrow.compute as pc

    cells = column.cells
    if _any(pc.match_substring(cells, "e")) or _any(pc.match_substring(cells, "E")):
        return True
    negative_zero = pc.and_(pc.equal(column.numbers, 0), pc.starts_with(cells, "-"))
    return _any(pc.starts_with(cells, "-.")) or _any(negative_zero)


def _is_between(sizes: pa.DoubleArray, least: float, most: float) -> pa.BooleanArray:
    """Whether `least <= size < most`."""
    import pyarrow.compute as pc

    return pc.and_(pc.greater_equal(sizes, least), pc.less(sizes, most))


def _all(mask: pa.BooleanArray) -> bool:
    """Nulls aside."""
    import pyarrow.compute as pc

    return pc.all(mask).as_py() is not False


def _any(mask: pa.BooleanArray) -> bool:
    import pyarrow.compute as pc

    return pc.any(mask).as_py() is True
