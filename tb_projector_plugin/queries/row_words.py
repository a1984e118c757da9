"""Describes rows in words: how many there are, and which come first."""

from __future__ import annotations

from collections.abc import Sequence

from tb_projector_plugin.compute.row_numbers import ROWS_NAMED


def count_rows(count: int, one: str, many: str) -> str:
    """«1 row holds», «1,200 rows hold»."""
    return f"1 row {one}" if count == 1 else f"{count:,} rows {many}"


def list_rows(first_rows: Sequence[int], count: int) -> str:
    """«3, 7, 12, 40, 41, …»: the first of `count` rows."""
    return ", ".join(map(str, first_rows[:ROWS_NAMED])) + ", …" * (count > ROWS_NAMED)
