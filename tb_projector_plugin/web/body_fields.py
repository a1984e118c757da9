"""Reads and checks fields of a JSON body; parameters shared with `GET` are converted to their form in a URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tb_projector_plugin.web.parameters import make_error

#: The URL parameters that a body can hold, and the JSON type of each.
_KINDS: dict[str, type] = {
    "run": str,
    "name": str,
    "step": int,
    "method": str,
    "metric": str,
    "k": int,
    "spherize": bool,
    "subset": str,
}
_WORDS = {str: "text", int: "a whole number", bool: "true or false"}


def read_parameters(body: Mapping[str, Any]) -> dict[str, str]:
    """Those of the parameters above that `body` has, in their form in a URL. Raises BadParameterError."""
    parameters = {}
    for name, kind in _KINDS.items():
        value = body.get(name)
        if value is None:
            continue
        if type(value) is not kind:  # Not isinstance: JSON's true is an int to Python.
            raise make_error(name, value, _WORDS[kind])
        parameters[name] = ("1" if value else "0") if kind is bool else str(value)
    return parameters


def read_row_list(body: Mapping[str, Any], name: str) -> list[int] | None:
    """A list of integers, not yet checked against the tensor; None if it is absent."""
    rows = body.get(name)
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(type(row) is int for row in rows):
        raise make_error(name, rows, "a list of row numbers")
    return rows
