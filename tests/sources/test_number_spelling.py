"""How columns of numbers spell them, against Python's own conversions and the rules of JavaScript's `String`."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tb_projector_plugin.sources.metadata_columns import type_column


def write_shortest(value: float) -> str:
    """JavaScript's `String(value)`: Python's digits, without exponents from 1e-6 to 1e21."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + int(exponent)
    if 0 < point <= 21:
        text = text.ljust(point, "0")
        text = text[:point] + ("." + text[point:] if text[point:] else "")
    elif -6 < point <= 0:
        text = "0." + "0" * -point + text
    else:
        text = f"{text[0]}{'.' if text[1:] else ''}{text[1:]}e{point - 1:+d}"
    return "-" * sign + text


def write(spelling: str, value: float) -> str:
    if spelling.startswith("fixed:"):
        return f"{value:.{spelling.removeprefix('fixed:')}f}"
    return {"shortest": write_shortest, "python": repr}[spelling](value)


def check(cells: list[str | None]) -> str | None:
    """The spelling found, after a look that it gives every cell back."""
    column = type_column(pa.array(cells, pa.string()))
    if column.spelling == "own":
        assert column.texts is not None
        assert column.texts.to_pylist() == cells
    elif column.kind == "number":
        assert column.texts is None
        values = column.values.to_pylist()
        assert [None if value is None else write(column.spelling, value) for value in values] == cells
    return column.spelling


@pytest.mark.parametrize(
    ("cells", "spelling"),
    [
        (["3.1", "7", "-0.25"], "shortest"),
        (["1.5", "1e-7", "2.5e-10", "0.000001", "1e+21", "123456789012345680000"], "shortest"),
        (["0.1", "12345678901.234568", "1234567890123456800"], "shortest"),
        (["1.5", "9007199254740993"], "own"),
        (["1.5", "123456789012345678901"], "own"),
        (["0.30000000000000004"], "shortest"),
        (["0.30000000000000005"], "own"),
        (["0.123456789012345678"], "own"),
        (["1.0", "2.5"], "python"),
        (["1e-05", "1.5"], "python"),
        (["0.0001", "9.999e-05", "1.25e-06", "1e-07", "3.5e-10", "2.5e-300"], "python"),
        (["9999999999999998.0", "1e+16", "1.2345678901234568e+17", "1e+100"], "python"),
        (["12345678901.5", "1699999999123.0", "-10000000000.0"], "python"),
        (["-0.0", "0.0"], "python"),
        (["3.10", "0.50", "-2.25"], "fixed:2"),
        (["0.00", "1.00"], "fixed:2"),
        (["-0.00", "1.00"], "own"),
        (["-0", "0.5"], "own"),
        (["99999999999999.90", "0.50"], "own"),
        (["0.123456789012340", "0.100000000000000"], "fixed:15"),
        (["3.1", "3.10"], "own"),
        (["1.", "2.5"], "own"),
        ([".5", ".25"], "own"),
        (["-.50", "1.25"], "own"),
        (["1.5E3"], "own"),
        (["1e-5", "1e-05"], "own"),
        (["1.0e-05", "1.5e-05"], "own"),
        (["10.5e-08", "1.5"], "own"),
        (["1e-7", "1.0"], "own"),
        (["1.5e3", "1.5"], "own"),
        (["1.5", "1e+10"], "own"),
        ([*["1.5"] * 5000, "2.50"], "own"),
        ([*["1.50"] * 5000, "2.5"], "own"),
        ([*["1.0"] * 5000, "2"], "own"),
        ([*[None] * 5000, "1.50"], "fixed:2"),
        ([None, "1.0", None], "python"),
        (["1", "2", None], "shortest"),
        (["2147483648", "9007199254740992"], "shortest"),
        (["a", "1.5"], None),
    ],
)
def test_each_spelling(cells, spelling) -> None:
    assert check(cells) == spelling


def test_missing_words_have_no_text() -> None:
    column = type_column(pa.array(["1.50", "nan", "NA", "", ".5"]))
    assert column.texts is not None
    assert column.texts.to_pylist() == ["1.50", None, None, None, ".5"]
    assert column.values.to_pylist() == [1.5, None, None, None, 0.5]


numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-1e3, 1e3).map(lambda value: round(value, 2)),
    st.integers(-(10**18), 10**18).map(float),
    st.sampled_from([1e-7, 1e-6, 1e-5, 1e-4, 1e9, 1e10, 1e15, 1e16, 1e20, 1e21, 1e22, 0.0, -0.0, 5e-324, 2**53.0]),
)
PYTHON_FORMS = (
    "{!r}",
    "{:.1f}",
    "{:.3f}",
    "{:g}",
    "{:.17g}",
    "{:.16g}",
    "{:.15e}",
    "{:e}",
    "{:.0f}",
    "{:+}",
    "{:.16f}",
)


@given(st.lists(numbers, min_size=1))
def test_what_python_writes_is_spelled_as_python_does(values) -> None:
    assert check([*map(repr, values), "1.0"]) == "python"


@given(st.lists(numbers, min_size=1))
def test_what_javascript_writes_is_shortest(values) -> None:
    assert check([*map(write_shortest, values), "1.5"]) == "shortest"


@given(st.lists(st.tuples(numbers, st.sampled_from(PYTHON_FORMS)), min_size=1, max_size=8))
def test_a_spelling_gives_every_cell_back(written) -> None:
    check([form.format(value) for value, form in written])


@given(
    st.lists(st.from_regex(r"-?(0|[1-9][0-9]{0,20})\.[0-9]{0,20}([eE][+-]?[0-9]{1,2})?", fullmatch=True), min_size=1)
)
def test_whatever_a_number_looks_like(cells) -> None:
    check(cells)
    for cell in cells:
        check([cell])


@pytest.mark.parametrize(
    ("form", "spelling"), [("{!r}", "python"), ("{:.3f}", "fixed:3"), ("{:g}", "own"), ("{:.17g}", "own")]
)
def test_many_rows(form, spelling) -> None:
    """More than one thread writes at a time."""
    cells = [form.format(((row * 2654435761) % 2**32 + 0.5) * 10.0 ** (row % 6 - 8)) for row in range(300_000)]
    assert check(cells) == spelling
