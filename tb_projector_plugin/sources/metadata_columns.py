"""Decides whether a column of text holds integers, numbers or text, without changing its values.

* integer: every cell is an integer in canonical form. `007`, `+1` and `0x1F` are names, not numbers. int32;
  float64 where a value is larger but exact; text where float64 would lose digits.
* number: every cell is a decimal number. `1e-05` and `1.5e3` are numbers; `12e4` without point or sign may be a name
  and keeps the column text, and so does `inf`.
* text: everything else.

An empty cell is null in each. In number columns, so are `nan` and the words of `missing_numbers`: `None`, `NA`, `null`,
`#N/A`, `-` and the like. In text columns they stay text: a vocabulary has such words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tb_projector_plugin.sources.missing_numbers import MISSING_WORDS
from tb_projector_plugin.sources.number_spelling import find_spelling

if TYPE_CHECKING:
    import pyarrow as pa

_INTEGER: Final = r"^(0|-?[1-9][0-9]*)$"
_WHOLE: Final = r"(0|[1-9][0-9]*)"
_NUMBER: Final = rf"^-?({_WHOLE}([eE][+-][0-9]+)?|{_WHOLE}\.[0-9]*([eE][+-]?[0-9]+)?|\.[0-9]+([eE][+-]?[0-9]+)?)$"
_MISSING: Final = rf"^([nN][aA][nN]|{'|'.join(map(re.escape, MISSING_WORDS))})$"
_NUMBER_OR_MISSING: Final = rf"{_NUMBER}|{_MISSING}"
_INT32_MAX: Final = 2**31 - 1
_FIRST_CELLS: Final = 1000
#: Largest integer up to which float64 is exact for all.
_FLOAT64_EXACT: Final = 2**53


class TypedColumn(NamedTuple):
    """`values` are int32, float64 or dictionary<int32, utf8>; `kind` is `integer`, `number` or `text`.

    `spelling` is that of numbers, from `find_spelling`; if it is `own`, `texts` are the cells as they are written.
    """

    values: pa.Array
    kind: str
    spelling: str | None = None
    texts: pa.DictionaryArray | None = None


def type_column(text: pa.StringArray) -> TypedColumn:
    import pyarrow.compute as pc

    cells = _without(text, pc.equal(text, ""))
    if not _matches(pc.match_substring_regex(cells.slice(0, _FIRST_CELLS), _NUMBER_OR_MISSING)):
        return TypedColumn(pc.dictionary_encode(cells), "text")  # Decides most text columns early.
    return _type_numbers(cells) or TypedColumn(pc.dictionary_encode(cells), "text")


def _without(cells: pa.StringArray, mask: pa.BooleanArray) -> pa.StringArray:
    """Null where `mask` is true. An array of nulls: beside a slice of text, a scalar gives wrong bytes in Arrow 14."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(mask, pa.nulls(len(cells), pa.string()), cells)


def _type_numbers(cells: pa.StringArray) -> TypedColumn | None:
    """`None` if the column is text."""
    numbers = _find_numbers(cells)
    if numbers is None:
        return None
    if _all_match(numbers, _INTEGER):
        integers = _to_integers(numbers)
        return None if integers is None else TypedColumn(integers, "integer", "shortest")
    floats = _to_floats(numbers)
    return None if floats is None else _spell(numbers, floats)


def _find_numbers(cells: pa.StringArray) -> pa.StringArray | None:
    """The cells with null for each missing word; `None` if others are not numbers, or none is."""
    import pyarrow.compute as pc

    if not _all_match(cells, _NUMBER):  # Most columns of numbers have no such word.
        cells = _without(cells, pc.match_substring_regex(cells, _MISSING))
        if not _all_match(cells, _NUMBER):
            return None
    return None if cells.null_count == len(cells) else cells


def _spell(cells: pa.StringArray, floats: pa.DoubleArray) -> TypedColumn:
    import pyarrow.compute as pc

    spelling = find_spelling(cells, floats)
    return TypedColumn(floats, "number", spelling, pc.dictionary_encode(cells) if spelling == "own" else None)


def _to_integers(cells: pa.StringArray) -> pa.Array | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        integers = cells.cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    extremes = pc.min_max(integers).as_py()
    largest = max(-extremes["min"], extremes["max"])
    if largest <= _INT32_MAX:
        return integers.cast(pa.int32())
    return integers.cast(pa.float64()) if largest <= _FLOAT64_EXACT else None


def _to_floats(cells: pa.StringArray) -> pa.Array | None:
    """`None` if a number is outside the range of float64."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        floats = cells.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    return floats if pc.all(pc.is_finite(floats)).as_py() else None


def _all_match(cells: pa.StringArray, pattern: str) -> bool:
    """Whether every cell matches, nulls aside; the first ones mostly decide that they do not."""
    import pyarrow.compute as pc

    first = cells.slice(0, _FIRST_CELLS)
    return all(_matches(pc.match_substring_regex(some, pattern)) for some in (first, cells))


def _matches(mask: Any) -> bool:
    import pyarrow.compute as pc

    return pc.all(mask).as_py() is not False
