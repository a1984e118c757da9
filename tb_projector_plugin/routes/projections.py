"""`GET /projections`: every row's place on the principal components, from a pass over the file where it lies."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.compute.pca import Projection, compute_pca
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.routes.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.routes.arrow_answer import ARROW_TYPE, make_arrow_body
from tb_projector_plugin.routes.parameters import read_choice, read_integer
from tb_projector_plugin.routes.route_context import RouteContext
from tb_projector_plugin.routes.tensor_request import TensorRequest, describe_nonfinite, find_tensor


def serve_projections(request: Request, context: RouteContext) -> Answer:
    read_choice(request.args, "method", ("pca",), default="pca")
    components = read_integer(request.args, "components", 1, limits.PCA_COMPONENTS, default=limits.PCA_COMPONENTS)
    tensor = find_tensor(request.args, context)
    etag = make_etag("pca", tensor.run, tensor.name, tensor.handle.version, components)
    return answer_content(request, etag, lambda: _make_body(tensor, components), ARROW_TYPE)


def _make_body(tensor: TensorRequest, components: int) -> Body:
    import pyarrow as pa

    projection = _project(tensor)
    columns = projection.coordinates[:, :components].T
    batch = pa.record_batch({f"pc{number}": pa.array(column) for number, column in enumerate(columns, 1)})
    document = _describe(tensor, projection, len(columns))
    return make_arrow_body(batch, "projection", document, _problems(tensor, projection))


def _project(tensor: TensorRequest) -> Projection:
    """The projection on as many components as there are, kept: asking for fewer of them costs no further pass."""

    def compute() -> Projection:
        source = tensor.handle.source
        projection = tensor.read(lambda: compute_pca(source.blocks, tensor.shape, limits.PCA_COMPONENTS))
        for problem in _problems(tensor, projection):
            tensor.record(problem)
        return projection

    key = ("pca", tensor.run, tensor.name, tensor.handle.step, tensor.handle.version)
    return tensor.context.cache.get(key, compute, lambda projection: projection.nbytes)


def _problems(tensor: TensorRequest, projection: Projection) -> list[Problem]:
    count = tensor.shape[0] - projection.finite_rows
    return [describe_nonfinite(tensor, count, projection.nonfinite_rows)] if count else []


def _describe(tensor: TensorRequest, projection: Projection, components: int) -> dict[str, Any]:
    return {
        "method": "pca",
        "components": components,
        "explained_variance": projection.explained_variance[:components].tolist(),
        "explained_variance_ratio": projection.explained_variance_ratio[:components].tolist(),
        "total_variance": projection.total_variance,
        "rows": tensor.shape[0],
        "finite_rows": projection.finite_rows,
        "space": "as stored",
        "mean_removed": True,
        "version": tensor.handle.version,
    }
