"""`GET /tensors`: the vectors themselves: all or the requested rows, in all or a few dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.arrow_column import make_column, make_lists
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.jobs.pass_progress import PassProgress
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.tensor_request import TensorRequest, find_tensor
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import (
    Answer,
    Body,
    answer_content,
    answer_unless_known,
    cache_headers,
    make_etag,
)
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE, make_arrow_body
from tb_projector_plugin.web.held_result import HeldResult, answer_held_by_job
from tb_projector_plugin.web.in_flight import within_share
from tb_projector_plugin.web.parameters import make_error, read_rows

if TYPE_CHECKING:
    from tb_projector_plugin.sources.tensor_source import TensorSource

_FLOAT32_BYTES = 4


def _serve_tensors(request: Request, context: RouteContext) -> Answer:
    tensor = find_tensor(request.args, context)
    rows = read_rows(request.args, "rows", tensor.shape[0])
    dims = _read_dims(request.args, tensor.shape[1])
    if dims is not None:
        return _serve_dims(request, tensor, rows, dims)
    size = _check_size(tensor, rows, tensor.shape[1], tensor.handle.source.item_bytes)
    etag = make_etag("tensors", tensor.run, tensor.name, tensor.handle.version, rows)
    return answer_content(request, etag, within_share(request, size, lambda: _make_body(tensor, rows)), ARROW_TYPE)


def _serve_dims(request: Request, tensor: TensorRequest, rows: list[int] | None, dims: list[int]) -> Answer:
    """Those of all rows by a job, because they take a pass over the file."""
    size = _check_size(tensor, rows, len(dims), _FLOAT32_BYTES)
    etag = make_etag("dims", tensor.run, tensor.name, tensor.handle.version, rows, dims)
    if rows is not None:
        make_body = within_share(
            request, size, lambda: _make_dims_body(tensor, dims, _read_dims_of(tensor, rows, dims))
        )
        return answer_content(request, etag, make_body, ARROW_TYPE)

    def answer(headers: dict[str, str]) -> Answer:
        return answer_held_by_job(request, size, lambda: None, lambda: _start(tensor, dims), **headers)

    return answer_unless_known(request, etag, ARROW_TYPE, cache_headers(request), answer)


ROUTES = {"/tensors": Route(_serve_tensors)}


def _read_dims(args: Mapping[str, str], dim_count: int) -> list[int] | None:
    """Distinct dimensions to send as columns; None if the parameter is absent."""
    dims = read_rows(args, "dims", dim_count, what="dimension")
    if dims is not None and (len(dims) > limits.DIMENSIONS or len(set(dims)) < len(dims)):
        raise make_error("dims", args["dims"], f"at most {limits.DIMENSIONS} dimensions, each once")
    return dims


def _check_size(tensor: TensorRequest, rows: list[int] | None, dims: int, item_bytes: int) -> int:
    """The answer's size in bytes, before anything is read: it is held in memory once. Raises LimitError."""
    row_count = tensor.shape[0] if rows is None else len(rows)
    size, max_bytes = row_count * dims * item_bytes, limits.ANSWER_BYTES
    if size > max_bytes:
        raise LimitError(
            f"{row_count:,} vectors of {dims:,} dimensions are {size:,} bytes; expected at most {max_bytes:,}.",
            "Ask for fewer with rows=…, or read the file where it lies.",
            file=tensor.handle.source.display,
        )
    return size


def _make_body(tensor: TensorRequest, rows: list[int] | None) -> Body:
    import pyarrow as pa

    source = tensor.handle.source
    vectors = tensor.read(source.read_all if rows is None else lambda: source.read_rows(rows))
    column = make_lists(vectors)
    return make_arrow_body(pa.RecordBatch.from_pydict({"vector": column}), "tensor", _describe(tensor, len(vectors)))


def _start(tensor: TensorRequest, dims: list[int]) -> Job:
    def work(job: Job) -> HeldResult:
        passes = PassProgress(job, tensor.shape[0])
        columns = tensor.read(lambda: _read_columns(tensor.handle.source, dims, passes))
        return HeldResult(lambda: _make_dims_body(tensor, dims, columns), columns.nbytes, columns.nbytes)

    title = "Reading dimensions" if len(dims) > 1 else "Reading a dimension"
    return tensor.context.jobs.start_projection(("dims", *tensor.key, *dims), "dimensions", title, work)


def _make_dims_body(tensor: TensorRequest, dims: list[int], columns: NDArray[np.float32]) -> Body:
    import pyarrow as pa

    batch = pa.RecordBatch.from_pydict(
        {f"dim{dim}": make_column(column) for dim, column in zip(dims, columns, strict=True)}
    )
    return make_arrow_body(batch, "tensor", _describe(tensor, columns.shape[1]))


def _read_dims_of(tensor: TensorRequest, rows: list[int], dims: list[int]) -> NDArray[np.float32]:
    """Columns [dims, rows], each dimension contiguous. Holds one block of whole rows, however many are asked for."""
    source = tensor.handle.source
    columns = np.empty((len(dims), len(rows)), np.float32)
    step = max(1, limits.BLOCK_BYTES // (tensor.shape[1] * source.item_bytes))

    def read() -> None:
        with np.errstate(over="ignore"):
            for first in range(0, len(rows), step):
                columns[:, first : first + step] = source.read_rows(rows[first : first + step])[:, dims].T

    tensor.read(read)
    return columns


def _read_columns(source: TensorSource, dims: list[int], passes: PassProgress) -> NDArray[np.float32]:
    """The same of all rows, from one pass that holds one block of the file."""
    passes.expect(1)
    columns = np.empty((len(dims), source.shape[0]), np.float32)
    with np.errstate(over="ignore"):  # A float64 too large for float32 becomes infinite: not drawn, and counted.
        for first_row, block in passes.follow(source.blocks):
            columns[:, first_row : first_row + len(block)] = block[:, dims].T
    return columns


def _describe(tensor: TensorRequest, row_count: int) -> dict[str, object]:
    return {
        "shape": [row_count, tensor.shape[1]],
        "dtype": tensor.handle.source.dtype,
        "step": tensor.handle.step,
        "version": tensor.handle.version,
    }
