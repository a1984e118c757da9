"""`GET` and `POST /neighbors`: the exact nearest rows of a row, of a vector, or of a sum and difference of rows."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.arrow_column import make_column
from tb_projector_plugin.compute.distances import METRICS
from tb_projector_plugin.compute.neighbors import Neighbors, compute_neighbors
from tb_projector_plugin.queries.neighbors_body import parse_neighbors_body
from tb_projector_plugin.queries.neighbors_query import NeighborsQuery, query_body, query_row
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import SpaceRequest, find_space
from tb_projector_plugin.routes.route import READ, Route
from tb_projector_plugin.web.answers import REVALIDATE, Answer, Body, answer_content, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE, make_arrow_body
from tb_projector_plugin.web.parameters import check_row, read_choice, read_integer
from tb_projector_plugin.web.request_checks import read_json_body

#: Default of TensorBoard's own projector.
_DEFAULT_K = 100


def _serve_neighbors(request: Request, context: RouteContext) -> Answer:
    return _serve_body(request, context) if request.method == "POST" else _serve_row(request, context)


ROUTES = {"/neighbors": Route(_serve_neighbors, (*READ, "POST"))}


def _serve_row(request: Request, context: RouteContext) -> Answer:
    metric = read_choice(request.args, "metric", METRICS, default="cosine")
    k = read_integer(request.args, "k", 1, limits.NEIGHBORS, default=_DEFAULT_K)
    space = find_space(request.args, context)
    row = read_integer(request.args, "row", 0, limits.ROWS)
    check_row("row", row, space.tensor.shape[0])
    key = ("neighbors", *space.key, row, k, metric)

    def compute() -> Neighbors:
        return _search(space, query_row(space, row), k, metric)

    def make_body() -> Body:
        neighbors = context.cache.get(key, compute, lambda neighbors: neighbors.nbytes)
        return _write(space, neighbors, k, metric, {"row": row})

    return answer_content(request, make_etag(*key), make_body, ARROW_TYPE)


def _serve_body(request: Request, context: RouteContext) -> Answer:
    body = parse_neighbors_body(read_json_body(request))
    space = find_space(body.names, context)
    query = query_body(space, body)
    metric = read_choice(body.names, "metric", METRICS, default="cosine")
    k = read_integer(body.names, "k", 1, limits.NEIGHBORS, default=_DEFAULT_K)
    neighbors = _search(space, query, k, metric)
    return Answer(_write(space, neighbors, k, metric, query.document), Cache_Control=REVALIDATE)


def _search(space: SpaceRequest, query: NeighborsQuery, k: int, metric: str) -> Neighbors:
    query.check(metric)
    with space.tensor.context.searching:
        mean, lengths = (space.mean() if space.spherized else None), space.lengths()
        found = space.read(
            lambda: compute_neighbors(
                space.stored_blocks,
                space.shape,
                query.vector,
                k,
                metric,
                exclude=space.find_positions(query.rows),
                mean=mean,
                lengths=lengths,
            )
        )
    return Neighbors(space.name_rows(found.rows), found.distances)


def _write(space: SpaceRequest, neighbors: Neighbors, k: int, metric: str, query: dict[str, Any]) -> Body:
    import pyarrow as pa

    batch = pa.RecordBatch.from_pydict(
        {"row": make_column(neighbors.rows), "distance": make_column(neighbors.distances)}
    )
    document = {
        "metric": metric,
        "space": space.space,
        "k": k,
        "exact": True,
        **query,
        "version": space.tensor.handle.version,
    }
    return make_arrow_body(batch, "neighbors", document)
