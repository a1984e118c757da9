"""`GET /projections`: every row's coordinates on the principal components, in passes over the file on disk.

`POST /projections`, which projects on axes that the user chose, is in `axes_projection`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.arrow_column import make_column
from tb_projector_plugin.compute.pca import Projection, compute_pca
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.queries.left_out import describe_left_out
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import SpaceRequest, find_space
from tb_projector_plugin.routes.axes_projection import serve_axes
from tb_projector_plugin.routes.route import READ, Route
from tb_projector_plugin.web.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE, make_arrow_body
from tb_projector_plugin.web.in_flight import within_share
from tb_projector_plugin.web.parameters import read_choice, read_integer


def _serve_projections(request: Request, context: RouteContext) -> Answer:
    return serve_axes(request, context) if request.method == "POST" else _serve_pca(request, context)


ROUTES = {"/projections": Route(_serve_projections, (*READ, "POST"))}


def _serve_pca(request: Request, context: RouteContext) -> Answer:
    read_choice(request.args, "method", ("pca",), default="pca")
    components = read_integer(request.args, "components", 1, limits.PCA_COMPONENTS, default=limits.PCA_COMPONENTS)
    loadings = read_choice(request.args, "loadings", ("0", "1"), default="0") == "1"
    space = find_space(request.args, context)
    etag = make_etag("pca", *space.key, components, loadings)
    size = 4 * components * space.shape[1 if loadings else 0]
    make_body = within_share(request, size, lambda: _make_body(space, components, loadings=loadings))
    return answer_content(request, etag, make_body, ARROW_TYPE)


@dataclass(frozen=True)
class _CachedProjection:
    """A projection on the maximum number of components, and the problems with its rows."""

    projection: Projection
    problems: tuple[Problem, ...]


def _make_body(space: SpaceRequest, components: int, *, loadings: bool) -> Body:
    import pyarrow as pa

    cached = _project(space)
    projection = cached.projection
    columns = (projection.loadings.astype(np.float32) if loadings else projection.coordinates.T)[:components]
    batch = pa.RecordBatch.from_pydict({f"pc{number}": make_column(column) for number, column in enumerate(columns, 1)})
    return make_arrow_body(batch, "projection", _describe(space, projection, len(columns)), cached.problems)


def _project(space: SpaceRequest) -> _CachedProjection:
    """The cached projection: requests for fewer components, or for the loadings, take no further pass."""

    def compute() -> _CachedProjection:
        central = np.zeros(space.shape[0], np.bool_)
        projection = space.tensor.read(
            lambda: compute_pca(space.open_blocks(central), space.shape, limits.PCA_COMPONENTS)
        )
        left_out = space.shape[0] - projection.finite_rows
        return _CachedProjection(projection, describe_left_out(space, left_out, projection.nonfinite_rows, central))

    return space.tensor.context.cache.get(("pca", *space.key), compute, lambda cached: cached.projection.nbytes)


def _describe(space: SpaceRequest, projection: Projection, components: int) -> dict[str, Any]:
    return {
        "method": "pca",
        "components": components,
        "explained_variance": projection.explained_variance[:components].tolist(),
        "explained_variance_ratio": projection.explained_variance_ratio[:components].tolist(),
        "total_variance": projection.total_variance,
        "rows": space.shape[0],
        "finite_rows": projection.finite_rows,
        "space": space.space,
        "mean_removed": True,
        "converged": projection.converged,
        "version": space.tensor.handle.version,
    }
