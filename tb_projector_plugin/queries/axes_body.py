"""Reads and checks the body of `POST /projections`: one to three axes, each from rows, a subset's rows, or random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.axes import Axis, DifferenceAxis, RandomAxis
from tb_projector_plugin.compute.row_numbers import sort_distinct
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.queries.known_subsets import KnownSubsets
from tb_projector_plugin.web.body_fields import read_row_list
from tb_projector_plugin.web.parameters import check_row, make_error

#: Maximum number of axes: a plot has three.
_MAX_AXES = 3
#: Largest seed: the largest integer that JavaScript's numbers hold exactly.
_MAX_SEED = 2**53 - 1
_FIX = "See docs/http_api.md for the body of POST /projections."


@dataclass(frozen=True)
class AxesReader:
    """Reads the axes of a body for a tensor of `row_count` rows."""

    subsets: KnownSubsets
    row_count: int

    def read(self, body: dict[str, Any]) -> list[Axis]:
        """Raises BadParameterError, or NotFoundError for an unknown subset."""
        axes = body.get("axes")
        if not isinstance(axes, list) or not 1 <= len(axes) <= _MAX_AXES:
            raise make_error("axes", axes, f"a list of one to {_MAX_AXES} axes")
        return [self._read_axis(f"axes[{index}]", axis) for index, axis in enumerate(axes)]

    def _read_axis(self, name: str, axis: Any) -> Axis:
        if not isinstance(axis, dict) or set(axis) - {"add", "subtract", "random"}:
            raise make_error(name, axis, 'an object with "add" and perhaps "subtract", or with "random"')
        if axis.get("random") is None:
            add, subtract = self._read_rows(name, axis, "add"), self._read_rows(name, axis, "subtract")
            if add is None:
                raise BadParameterError(f'{name} names no rows to "add"; expected some, or "random".', _FIX)
            return DifferenceAxis(add, subtract)
        if set(axis) != {"random"}:
            raise make_error(name, axis, 'either rows or "random"')
        return RandomAxis(_read_seed(name, axis["random"]))

    def _read_rows(self, name: str, axis: dict[str, Any], side: str) -> NDArray[np.int32] | None:
        """Rows listed one by one or given by a subset; ascending, distinct."""
        if isinstance(axis.get(side), str):
            rows = self.subsets.find(axis[side])
            check_row(f"{name}.{side}", int(rows[-1]), self.row_count)
            return rows
        listed = read_row_list(axis, side)
        if listed is None:
            return None
        if not listed:
            raise BadParameterError(f"{name}.{side} is empty: nothing matched; expected at least one row.", _FIX)
        check_row(f"{name}.{side}", min(listed), self.row_count)
        check_row(f"{name}.{side}", max(listed), self.row_count)
        return sort_distinct(np.array(listed, np.int32))


def _read_seed(name: str, seed: Any) -> int:
    if type(seed) is not int or not 0 <= seed <= _MAX_SEED:
        raise make_error(f"{name}.random", seed, f"a whole number from 0 to {_MAX_SEED:,}")
    return seed
