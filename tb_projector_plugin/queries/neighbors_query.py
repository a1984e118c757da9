"""The vector whose neighbors a request asks for: a row, a given vector, or a sum and difference of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.queries.neighbors_body import NeighborsBody
from tb_projector_plugin.queries.space_request import SpaceRequest
from tb_projector_plugin.web.parameters import check_row, make_error


@dataclass(frozen=True)
class NeighborsQuery:
    """`vector` [dims] in the requested space, the rows it was made from, and its fields in the answer."""

    vector: NDArray[Any]
    rows: tuple[int, ...]
    document: dict[str, Any]

    def check(self, metric: str) -> None:
        """Raises BadParameterError if nothing has a distance from it."""
        what = f"Row {self.rows[0]}" if len(self.rows) == 1 else "The vector asked for"
        if not np.isfinite(self.vector).all():
            raise BadParameterError(
                f"{what} holds NaN or infinity and so has no neighbors; finite numbers are expected.",
                "Choose a row that is drawn.",
            )
        if metric == "cosine" and not self.vector.any():
            raise BadParameterError(
                f"{what} has length zero and so no angle to others; cosine needs a direction.",
                "Choose euclidean, or a row that does not lie where this space has its origin.",
            )


def query_row(space: SpaceRequest, row: int) -> NeighborsQuery:
    """A row of the embedding, which must exist."""
    return NeighborsQuery(_read_exactly(space, [row])[0], (row,), {"row": row})


def query_body(space: SpaceRequest, body: NeighborsBody) -> NeighborsQuery:
    """A vector, or a sum. Raises BadParameterError for rows that do not exist or that have no sum."""
    row_count, dims = space.tensor.shape
    if body.vector is not None:
        if len(body.vector) != dims:
            raise make_error("vector", f"{len(body.vector)} numbers", f"{dims:,}, one for each dimension")
        return NeighborsQuery(space.transform(np.array([body.vector], np.float64))[0], (), {"row": None})
    for name, rows in (("add", body.add), ("subtract", body.subtract)):
        for row in rows:
            check_row(name, row, row_count)
    vector = _sum_rows(space, body.add, normalized=body.normalized) - _sum_rows(
        space, body.subtract, normalized=body.normalized
    )
    document = {"row": None, "add": body.add, "subtract": body.subtract, "normalized": body.normalized}
    return NeighborsQuery(vector, (*body.add, *body.subtract), document)


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
