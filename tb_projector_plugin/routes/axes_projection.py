"""`POST /projections`: every row's coordinates on one to three axes that the user chose."""

from __future__ import annotations

from typing import Any

import numpy as np
from werkzeug.wrappers import Request

from tb_projector_plugin.arrow_column import make_column
from tb_projector_plugin.compute.axes import Axes, compute_axes
from tb_projector_plugin.queries.axes_body import AxesReader
from tb_projector_plugin.queries.left_out import describe_left_out
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import SpaceRequest, find_space
from tb_projector_plugin.web.answers import REVALIDATE, Answer
from tb_projector_plugin.web.arrow_answer import make_arrow_body
from tb_projector_plugin.web.body_fields import read_parameters
from tb_projector_plugin.web.in_flight import share_of
from tb_projector_plugin.web.parameters import read_choice
from tb_projector_plugin.web.request_checks import read_json_body


def serve_axes(request: Request, context: RouteContext) -> Answer:
    import pyarrow as pa

    body = read_json_body(request)
    parameters = read_parameters(body)
    read_choice(parameters, "method", ("axes",), default="axes")
    space = find_space(parameters, context)
    axes = AxesReader(context.subsets, space.tensor.shape[0]).read(body)
    share_of(request).hold(4 * len(axes) * space.shape[0])
    central = np.zeros(space.tensor.shape[0], np.bool_)
    found = space.tensor.read(lambda: compute_axes(space.open_embedding(central), space.tensor.shape, axes, space.rows))
    central_in_space = central if space.rows is None else central[space.rows]
    problems = describe_left_out(space, space.shape[0] - found.finite_rows, found.nonfinite_rows, central_in_space)
    columns = enumerate(found.coordinates.T, 1)
    batch = pa.RecordBatch.from_pydict({f"axis{number}": make_column(column) for number, column in columns})
    return Answer(make_arrow_body(batch, "projection", _describe(space, found), problems), Cache_Control=REVALIDATE)


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
