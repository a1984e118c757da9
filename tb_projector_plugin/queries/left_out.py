"""Describes the rows that a projection left out: in its answer and, for a whole tensor, in `/runs` too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.row_numbers import ROWS_NAMED
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.queries.row_words import count_rows, list_rows
from tb_projector_plugin.queries.space_request import SpaceRequest
from tb_projector_plugin.queries.tensor_request import describe_nonfinite


def describe_left_out(
    space: SpaceRequest, nonfinite: int, first_positions: tuple[int, ...], central: NDArray[np.bool_]
) -> tuple[Problem, ...]:
    """Problems with `nonfinite` rows, the first of them at `first_positions`, and with rows equal to the mean."""
    problems = []
    if nonfinite:
        first_rows = tuple(space.name_rows(np.array(first_positions, np.int64)).tolist())
        problems.append(describe_nonfinite(space.tensor, nonfinite, first_rows, whole=space.rows is None))
        if space.rows is None and nonfinite > space.tensor.handle.source.blank_rows:
            space.tensor.record(problems[0])  # Of a subset none is recorded: there are too many.
    if central.any():
        problems.append(_describe_central(space, np.flatnonzero(central)))
    return tuple(problems)


def _describe_central(space: SpaceRequest, positions: NDArray[np.int64]) -> Problem:
    count = len(positions)
    named = list_rows(space.name_rows(positions[:ROWS_NAMED]).tolist(), count)
    rows = count_rows(count, "is", "are")
    return space.tensor.describe(
        f"{rows} the mean itself and cannot be scaled to length one; drawn at length zero: {named}.",
        "Switch «Spherize» off to see them where they are.",
        "info",
    )
