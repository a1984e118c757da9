"""`GET /projections`: every row's coordinates on the principal components, in passes over the file on disk.

`POST /projections`, which projects on axes that the user chose, is in `axes_projection`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.arrow_column import make_column
from tb_projector_plugin.compute.pca import Projection, compute_pca
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.jobs.pass_progress import PassProgress
from tb_projector_plugin.queries.left_out import describe_left_out
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import SpaceRequest, find_space
from tb_projector_plugin.routes.axes_projection import serve_axes
from tb_projector_plugin.routes.route import READ, Route
from tb_projector_plugin.web.answers import Answer, Body, answer_unless_known, cache_headers, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE, make_arrow_body
from tb_projector_plugin.web.held_result import HeldResult, answer_held_by_job
from tb_projector_plugin.web.parameters import read_choice, read_integer


def _serve_projections(request: Request, context: RouteContext) -> Answer:
    return serve_axes(request, context) if request.method == "POST" else _serve_pca(request, context)


ROUTES = {"/projections": Route(_serve_projections, (*READ, "POST"))}


def _serve_pca(request: Request, context: RouteContext) -> Answer:
    read_choice(request.args, "method", ("pca",), default="pca")
    components = read_integer(request.args, "components", 1, limits.PCA_COMPONENTS, default=limits.PCA_COMPONENTS)
    loadings = read_choice(request.args, "loadings", ("0", "1"), default="0") == "1"
    part = _ProjectionPart(find_space(request.args, context), components, loadings)
    etag = make_etag("pca", *part.space.key, components, loadings)

    def answer(headers: dict[str, str]) -> Answer:
        return answer_held_by_job(request, part.body_bytes, part.find, lambda: _start(part), **headers)

    return answer_unless_known(request, etag, ARROW_TYPE, cache_headers(request), answer)


@dataclass(frozen=True)
class _CachedProjection:
    """A projection on the maximum number of components, and the problems with its rows."""

    projection: Projection
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _ProjectionPart:
    """The part of a projection that a request is for."""

    space: SpaceRequest
    components: int
    loadings: bool

    @property
    def body_bytes(self) -> int:
        return 4 * self.components * self.space.shape[1 if self.loadings else 0]

    def find(self) -> HeldResult | None:
        cached = self.space.tensor.context.cache.find(_key(self.space))
        return None if cached is None else self.hold(cached)

    def hold(self, cached: _CachedProjection) -> HeldResult:
        return HeldResult(lambda: _make_body(self, cached), self.body_bytes, cached.projection.nbytes)


def _key(space: SpaceRequest) -> tuple[Any, ...]:
    """The key of the projection in memory, whatever part of it is asked for."""
    return ("pca", *space.key)


def _start(part: _ProjectionPart) -> Job:
    space = part.space
    rows, dims = space.shape
    title = "Computing loadings" if part.loadings else f"Computing PCA of {rows:,} × {dims:,}"

    def work(job: Job) -> HeldResult:
        return part.hold(_project(space, PassProgress(job, space.tensor.shape[0])))

    key = (*_key(space), part.components, part.loadings)
    return space.tensor.context.jobs.start_projection(key, "projection", title, work)


def _project(space: SpaceRequest, passes: PassProgress) -> _CachedProjection:
    """The cached projection: requests for fewer components, or for the loadings, take no further pass."""
    followed = replace(space, passes=passes)

    def compute() -> _CachedProjection:
        central = np.zeros(space.shape[0], np.bool_)
        projection = space.read(lambda: _compute(followed, passes, central))
        left_out = space.shape[0] - projection.finite_rows
        return _CachedProjection(projection, describe_left_out(space, left_out, projection.nonfinite_rows, central))

    cache = space.tensor.context.cache
    return cache.get(_key(space), compute, lambda cached: cached.projection.nbytes, passes.check)


def _compute(space: SpaceRequest, passes: PassProgress, central: NDArray[np.bool_]) -> Projection:
    passes.expect(3)  # The first is for the mean of spherized rows, if that is not known yet.
    return compute_pca(space.open_blocks(central), space.shape, limits.PCA_COMPONENTS, passes.expect)


def _make_body(part: _ProjectionPart, cached: _CachedProjection) -> Body:
    import pyarrow as pa

    projection = cached.projection
    columns = projection.loadings.astype(np.float32) if part.loadings else projection.coordinates.T
    columns = columns[: part.components]
    batch = pa.RecordBatch.from_pydict({f"pc{number}": make_column(column) for number, column in enumerate(columns, 1)})
    return make_arrow_body(batch, "projection", _describe(part.space, projection, len(columns)), cached.problems)


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
