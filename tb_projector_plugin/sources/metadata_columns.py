"""Decides whether a column of text holds integers, numbers or text, without changing its values.

* integer: every cell is an integer in canonical form. `007`, `+1` and `0x1F` are names, not numbers. int32;
  float64 where a value is larger but exact; text where float64 would lose digits.
* number: every cell is a decimal number. `1e-05` and `1.5e3` are numbers; `12e4` without point or sign may be a name
  and keeps the column text, and so does `inf`.
* text: everything else.

An empty cell is null in each. In number columns, so are `nan`, `None`, `NA`, `N/A`, `null` and `<NA>`: the spellings
of a missing number in Python, pandas, R and databases. In text columns they stay text: a vocabulary has such words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tb_projector_plugin.sources.missing_numbers import MISSING_WORDS

if TYPE_CHECKING:
    import pyarrow as pa

_INTEGER: Final = r"^(0|-?[1-9][0-9]*)$"
_WHOLE: Final = r"(0|[1-9][0-9]*)"
_NUMBER: Final = rf"^-?({_WHOLE}([eE][+-][0-9]+)?|{_WHOLE}\.[0-9]*([eE][+-]?[0-9]+)?|\.[0-9]+([eE][+-]?[0-9]+)?)$"
_MISSING: Final = rf"^([nN][aA][nN]|{'|'.join(map(re.escape, MISSING_WORDS))})$"
_NUMBER_OR_MISSING: Final = rf"{_NUMBER}|{_MISSING}"
_INT32_MAX: Final = 2**31 - 1
_FIRST_CELLS: Final = 1000
#: Float64 represents every integer up to this one exactly.
_FLOAT64_EXACT: Final = 2**53


def type_column(text: pa.StringArray) -> tuple[pa.Array, str]:
    """The column as int32, float64 or dictionary<int32, utf8>, and its kind: `integer`, `number` or `text`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    if not _matches(pc.match_substring_regex(cells.slice(0, _FIRST_CELLS), _NUMBER_OR_MISSING)):
        return pc.dictionary_encode(cells), "text"  # Decides most text columns early.
    present = pc.if_else(pc.match_substring_regex(cells, _MISSING), pa.scalar(None, pa.string()), cells)
    typed = _to_numbers(present)
    if typed is not None:
        return typed, "integer" if _all_match(present, _INTEGER) else "number"
    return pc.dictionary_encode(cells), "text"


def _to_numbers(cells: pa.StringArray) -> pa.Array | None:
    if cells.null_count == len(cells) or not _all_match(cells, _NUMBER):
        return None
    return _to_integers(cells) if _all_match(cells, _INTEGER) else _to_floats(cells)


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
    """Whether every cell matches, nulls aside."""
    import pyarrow.compute as pc

    return _matches(pc.match_substring_regex(cells, pattern))


def _matches(mask: Any) -> bool:
    import pyarrow.compute as pc

    return pc.all(mask).as_py() is not False
