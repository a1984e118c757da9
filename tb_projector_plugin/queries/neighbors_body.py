"""Reads and checks the body of `POST /neighbors`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.web.body_fields import read_parameters, read_row_list
from tb_projector_plugin.web.parameters import make_error


@dataclass(frozen=True)
class NeighborsBody:
    """`names` holds the parameters shared with `GET`, in its format; `vector` is None if rows are given instead."""

    names: dict[str, str]
    vector: list[float] | None
    add: list[int]
    subtract: list[int]
    #: Whether each row is scaled to unit length before it is added or subtracted.
    normalized: bool


def parse_neighbors_body(body: dict[str, Any]) -> NeighborsBody:
    vector = body.get("vector")
    add, subtract = read_row_list(body, "add") or [], read_row_list(body, "subtract") or []
    if (vector is None) == (not add and not subtract):
        raise BadParameterError(
            'The body names neither a "vector" nor rows, or both; expected either "vector" or "add" and "subtract".',
            "See docs/http_api.md for the body of POST /neighbors.",
        )
    normalized = body.get("normalized", False)
    if type(normalized) is not bool:
        raise make_error("normalized", normalized, "true or false")
    numbers = None if vector is None else _numbers("vector", vector)
    return NeighborsBody(read_parameters(body), numbers, add, subtract, normalized)


def _numbers(name: str, value: Any) -> list[float]:
    if not isinstance(value, list) or not all(_is_finite(number) for number in value):
        raise make_error(name, value, "a list of finite numbers")
    return [float(number) for number in value]


def _is_finite(value: Any) -> bool:
    """Whether it is a number that fits a float: JSON has integers of any length."""
    try:
        return type(value) in (int, float) and math.isfinite(value)
    except OverflowError:
        return False
