"""`GET` and `POST /neighbors`: the exact nearest rows of a row, of a vector, or of a sum and difference of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.arrow_column import make_column
from tb_projector_plugin.compute.distances import METRICS
from tb_projector_plugin.compute.neighbors import Neighbors, compute_neighbors
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.queries.neighbors_body import NeighborsBody, parse_neighbors_body
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import SpaceRequest, find_space
from tb_projector_plugin.routes.route import READ, Route
from tb_projector_plugin.web.answers import REVALIDATE, Answer, Body, answer_content, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE, make_arrow_body
from tb_projector_plugin.web.parameters import check_row, make_error, read_choice, read_integer
from tb_projector_plugin.web.request_checks import read_json_body

#: Default of TensorBoard's own projector.
_DEFAULT_K = 100


@dataclass(frozen=True)
class _Query:
    """The query: `vector` [dims] in the requested space, the rows it was made from, and its fields in the answer."""

    vector: NDArray[Any]
    rows: tuple[int, ...]
    document: dict[str, Any]


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
        return _search(space, _Query(_read_exactly(space, [row])[0], (row,), {"row": row}), k, metric)

    def make_body() -> Body:
        neighbors = context.cache.get(key, compute, lambda neighbors: neighbors.nbytes)
        return _write(space, neighbors, k, metric, {"row": row})

    return answer_content(request, make_etag(*key), make_body, ARROW_TYPE)


def _serve_body(request: Request, context: RouteContext) -> Answer:
    body = parse_neighbors_body(read_json_body(request))
    space = find_space(body.names, context)
    query = _make_query(space, body)
    metric = read_choice(body.names, "metric", METRICS, default="cosine")
    k = read_integer(body.names, "k", 1, limits.NEIGHBORS, default=_DEFAULT_K)
    neighbors = _search(space, query, k, metric)
    return Answer(_write(space, neighbors, k, metric, query.document), Cache_Control=REVALIDATE)


def _make_query(space: SpaceRequest, body: NeighborsBody) -> _Query:
    row_count, dims = space.tensor.shape
    if body.vector is not None:
        if len(body.vector) != dims:
            raise make_error("vector", f"{len(body.vector)} numbers", f"{dims:,}, as many as there are dimensions")
        return _Query(space.transform(np.array([body.vector], np.float64))[0], (), {"row": None})
    for name, rows in (("add", body.add), ("subtract", body.subtract)):
        for row in rows:
            check_row(name, row, row_count)
    vector = _sum_rows(space, body.add, normalized=body.normalized) - _sum_rows(
        space, body.subtract, normalized=body.normalized
    )
    document = {"row": None, "add": body.add, "subtract": body.subtract, "normalized": body.normalized}
    return _Query(vector, (*body.add, *body.subtract), document)


def _sum_rows(space: SpaceRequest, rows: list[int], *, normalized: bool) -> NDArray[np.float64]:
    """Sums in blocks, so that a selection of any size takes one block of memory."""
    dims = space.shape[1]
    total, step = np.zeros(dims), max(1, limits.BLOCK_BYTES // (8 * dims))
    for first in range(0, len(rows), step):
        part = rows[first : first + step]
        terms = _read_exactly(space, part)
        _check_terms(terms, part, normalized=normalized)
        total += (terms / _lengths(terms) if normalized else terms).sum(axis=0)
    return total


def _check_terms(terms: NDArray[np.float64], rows: list[int], *, normalized: bool) -> None:
    for bad, what in (
        (~np.isfinite(terms).all(axis=1), "holds NaN or infinity"),
        (~terms.any(axis=1) & normalized, "has length zero, and cannot be scaled to length one"),
    ):
        if bad.any():
            raise BadParameterError(
                f"Row {rows[int(bad.argmax())]} {what}, so there is no sum with it.", "Take it out of the sum."
            )


def _lengths(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Row lengths [n, 1], also of numbers whose squares would over- or underflow."""
    largest = np.abs(terms).max(axis=1, keepdims=True)
    lengths: NDArray[np.float64] = largest * np.sqrt(np.square(terms / largest).sum(axis=1, keepdims=True))
    return lengths


def _read_exactly(space: SpaceRequest, rows: list[int]) -> NDArray[np.float64]:
    """Rows of the embedding in the requested space, in float64, so that query vectors are not rounded again."""
    stored = space.tensor.read(lambda: space.tensor.handle.source.read_rows(rows))
    return space.transform(stored.astype(np.float64, copy=False)).astype(np.float64, copy=False)


def _search(space: SpaceRequest, query: _Query, k: int, metric: str) -> Neighbors:
    _check_query(query, metric)
    with space.tensor.context.searching:
        mean = space.mean() if space.spherized else None
        found = space.tensor.read(
            lambda: compute_neighbors(
                space.stored_blocks,
                space.shape,
                query.vector,
                k,
                metric,
                exclude=space.find_positions(query.rows),
                mean=mean,
            )
        )
    return Neighbors(space.name_rows(found.rows), found.distances)


def _check_query(query: _Query, metric: str) -> None:
    what = f"Row {query.rows[0]}" if len(query.rows) == 1 else "The vector asked for"
    if not np.isfinite(query.vector).all():
        raise BadParameterError(
            f"{what} holds NaN or infinity and so has no neighbors; finite numbers are expected.",
            "Choose a row that is drawn.",
        )
    if metric == "cosine" and not query.vector.any():
        raise BadParameterError(
            f"{what} has length zero and so no angle to others; cosine needs a direction.",
            "Choose euclidean, or a row that does not lie where this space has its origin.",
        )


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
