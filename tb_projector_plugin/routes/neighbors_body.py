"""The body of `POST /neighbors`, checked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.routes.parameters import make_error

_TEXTS = ("run", "name", "metric")
_INTEGERS = ("step", "k")


@dataclass(frozen=True)
class NeighborsBody:
    """`names` holds the parameters that `GET` has too, as it has them; `vector` is None where rows are named."""

    names: dict[str, str]
    vector: list[float] | None
    add: list[int]
    subtract: list[int]


def parse_neighbors_body(body: dict[str, Any]) -> NeighborsBody:
    vector = body.get("vector")
    add, subtract = _rows(body, "add"), _rows(body, "subtract")
    if (vector is None) == (not add and not subtract):
        raise BadParameterError(
            'The body names neither a "vector" nor rows, or both; expected either "vector" or "add" and "subtract".',
            "See docs/http_api.md for the body of POST /neighbors.",
        )
    return NeighborsBody(_names(body), None if vector is None else _numbers("vector", vector), add, subtract)


def _names(body: dict[str, Any]) -> dict[str, str]:
    names = {}
    for name in (*_TEXTS, *_INTEGERS):
        value = body.get(name)
        if value is None:
            continue
        expected = str if name in _TEXTS else int
        if type(value) is not expected:  # Not isinstance: JSON's true is an int to Python.
            raise make_error(name, value, "text" if expected is str else "a whole number")
        names[name] = str(value)
    return names


def _rows(body: dict[str, Any], name: str) -> list[int]:
    rows = body.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(type(row) is int for row in rows):
        raise make_error(name, rows, "a list of row numbers")
    return rows


def _numbers(name: str, value: Any) -> list[float]:
    numbers = isinstance(value, list) and all(type(number) in (int, float) for number in value)
    if not numbers or not all(math.isfinite(number) for number in value):
        raise make_error(name, value, "a list of finite numbers")
    return [float(number) for number in value]
