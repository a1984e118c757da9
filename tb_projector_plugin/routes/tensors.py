"""`GET /tensors`: the vectors themselves, all of them or the rows asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.routes.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.routes.arrow_answer import ARROW_TYPE, make_arrow_body
from tb_projector_plugin.routes.parameters import read_rows
from tb_projector_plugin.routes.route_context import RouteContext
from tb_projector_plugin.routes.tensor_request import TensorRequest, find_tensor

if TYPE_CHECKING:
    import numpy as np

#: What the sources give as float32 without losing digits; everything else is float64 on the wire.
_FLOAT32_HOLDS = ("float32", "float16", "bfloat16", "half", "int8", "uint8", "int16", "uint16", "bool")


def serve_tensors(request: Request, context: RouteContext) -> Answer:
    tensor = find_tensor(request.args, context)
    rows = read_rows(request.args, "rows", tensor.shape[0])
    _check_size(tensor, tensor.shape[0] if rows is None else len(rows))
    etag = make_etag("tensors", tensor.run, tensor.name, tensor.handle.version, rows)
    return answer_content(request, etag, lambda: _make_body(tensor, rows), ARROW_TYPE)


def _check_size(tensor: TensorRequest, row_count: int) -> None:
    """Before anything is read: the answer is held in memory once."""
    dims = tensor.shape[1]
    item_bytes = 4 if tensor.handle.source.dtype in _FLOAT32_HOLDS else 8
    size, most = row_count * dims * item_bytes, limits.ANSWER_BYTES
    if size > most:
        raise LimitError(
            f"{row_count:,} vectors of {dims:,} dimensions are {size:,} bytes; expected at most {most:,}.",
            "Ask for fewer with rows=…, or read the file where it lies.",
            file=tensor.handle.source.display,
        )


def _make_body(tensor: TensorRequest, rows: list[int] | None) -> Body:
    source = tensor.handle.source
    vectors = tensor.read(source.read_all if rows is None else lambda: source.read_rows(rows))
    document: dict[str, object] = {
        "shape": list(vectors.shape),
        "dtype": source.dtype,
        "step": tensor.handle.step,
        "version": tensor.handle.version,
    }
    return _write_vectors(vectors, document)


def _write_vectors(vectors: np.ndarray, document: dict[str, object]) -> Body:
    import pyarrow as pa

    column = pa.FixedSizeListArray.from_arrays(pa.array(vectors.reshape(-1)), vectors.shape[1])
    return make_arrow_body(pa.record_batch({"vector": column}), "tensor", document)
