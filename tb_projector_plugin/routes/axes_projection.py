"""`POST /projections`: every row's coordinates on one to three axes that the user chose."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from werkzeug.wrappers import Request

from tb_projector_plugin.arrow_column import make_column
from tb_projector_plugin.compute.axes import Axes, Axis, RandomAxis, compute_axes
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.jobs.pass_progress import PassProgress
from tb_projector_plugin.queries.axes_body import AxesReader
from tb_projector_plugin.queries.left_out import describe_left_out
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import SpaceRequest, find_space
from tb_projector_plugin.web.answers import REVALIDATE, Answer, Body
from tb_projector_plugin.web.arrow_answer import make_arrow_body
from tb_projector_plugin.web.body_fields import read_parameters
from tb_projector_plugin.web.held_result import HeldResult, answer_held_by_job
from tb_projector_plugin.web.parameters import read_choice
from tb_projector_plugin.web.request_checks import read_json_body


def serve_axes(request: Request, context: RouteContext) -> Answer:
    body = read_json_body(request)
    parameters = read_parameters(body)
    read_choice(parameters, "method", ("axes",), default="axes")
    space = find_space(parameters, context)
    axes = AxesReader(context.subsets, space.tensor.shape[0]).read(body)
    body_bytes = 4 * len(axes) * space.shape[0]
    # Axes are moved about, and others asked for each time: none are cached.
    return answer_held_by_job(
        request, body_bytes, lambda: None, lambda: _start(space, axes, body_bytes), Cache_Control=REVALIDATE
    )


def _start(space: SpaceRequest, axes: list[Axis], body_bytes: int) -> Job:
    def work(job: Job) -> HeldResult:
        found, problems = _project(replace(space, passes=PassProgress(job, space.tensor.shape[0])), axes)
        return HeldResult(lambda: _make_body(space, found, problems), body_bytes, found.coordinates.nbytes)

    key = ("axes", *space.key, *map(_identify, axes))
    jobs = space.tensor.context.jobs
    return jobs.start_projection(key, "axes", "Projecting on the axes", work, input_bytes=_count_bytes(axes))


def _count_bytes(axes: list[Axis]) -> int:
    """Bytes of the row numbers that the axes were made from."""
    ends = [end for axis in axes if not isinstance(axis, RandomAxis) for end in (axis.add, axis.subtract)]
    return sum(end.nbytes for end in ends if end is not None)


def _identify(axis: Axis) -> Hashable:
    """The same for equal axes."""
    if isinstance(axis, RandomAxis):
        return axis.seed
    return tuple(
        None if rows is None else hashlib.sha256(rows.tobytes()).digest() for rows in (axis.add, axis.subtract)
    )


def _project(space: SpaceRequest, axes: list[Axis]) -> tuple[Axes, tuple[Problem, ...]]:
    central = np.zeros(space.tensor.shape[0], np.bool_)
    found = space.read(lambda: _compute(space, axes, central))
    central_in_space = central if space.rows is None else central[space.rows]
    left_out = space.shape[0] - found.finite_rows
    return found, describe_left_out(space, left_out, found.nonfinite_rows, central_in_space)


def _compute(space: SpaceRequest, axes: list[Axis], central: NDArray[np.bool_]) -> Axes:
    assert space.passes is not None
    space.passes.expect(3)  # The first is for the mean of spherized rows, if that is not known yet.
    open_blocks = space.open_embedding(central)
    space.passes.expect(2)
    return compute_axes(open_blocks, space.tensor.shape, axes, space.rows)


def _make_body(space: SpaceRequest, found: Axes, problems: tuple[Problem, ...]) -> Body:
    import pyarrow as pa

    columns = enumerate(found.coordinates.T, 1)
    batch = pa.RecordBatch.from_pydict({f"axis{number}": make_column(column) for number, column in columns})
    return make_arrow_body(batch, "projection", _describe(space, found), problems)


def _describe(space: SpaceRequest, found: Axes) -> dict[str, Any]:
    return {
        "method": "axes",
        "axes": [
            {
                "added": direction.added,
                "subtracted": direction.subtracted,
                "length": direction.length,
                "variance_ratio": float(ratio),
            }
            for direction, ratio in zip(found.directions, found.variance_ratio, strict=True)
        ],
        "rows": space.shape[0],
        "finite_rows": found.finite_rows,
        "space": space.space,
        "mean_removed": True,
        "version": space.tensor.handle.version,
    }
