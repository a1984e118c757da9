"""Distinguishes a line of names from a line of numbers above a table of numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.errors import DataError, Problem
from tb_projector_plugin.sources.missing_numbers import is_missing


def has_names(
    rows: list[list[str]], is_number: NDArray[np.bool_], display: str, problems: list[Problem], line: int = 1
) -> bool:
    """Whether the first line is a header: its cells above numeric columns are mostly words, or number the columns.

    Empty cells do not count: there is none above an index. `line` is the line's number in the file.
    """
    above = [cell for cell, number in zip(rows[0], is_number, strict=True) if number]
    filled = [cell for cell in above if not is_missing(cell)]
    words = sum(not is_number_text(cell) for cell in filled)
    if len(rows) < 2 or 2 * words > len(filled):
        return len(rows) > 1
    below = [cell for row in rows[1:] for cell, number in zip(row, is_number, strict=True) if number]
    if not _counts_columns(above, below):
        return False
    problems.append(
        Problem(
            "info",
            DataError.kind,
            f"{display}, line {line} counts the columns ({', '.join(above[:3])}, …) and was read as their names.",
            "If it is not a vector, do nothing; otherwise add a line of names above it.",
            display,
            line,
        )
    )
    return True


def _counts_columns(above: list[str], below: list[str]) -> bool:
    """Whether `above` is 0, 1, 2, … or 1, 2, 3, …, as tables without names are saved; an index has no name above it."""
    if len(above) < 3 or all(cell.strip().lstrip("-").isdigit() for cell in below):
        return False
    counts = above if above[0].strip() else above[1:]
    return any(counts == [str(number + first) for number in range(len(counts))] for first in (0, 1))


def is_number_text(cell: str) -> bool:
    try:
        return "_" not in cell and (float(cell), True)[1]
    except ValueError:
        return False
