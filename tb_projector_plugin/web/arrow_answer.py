"""Columns as one Arrow IPC stream with one uncompressed record batch: what a browser reads without copying.

Integers are int32, text is dictionary<int32, utf8>, and no other 64-bit integer leaves the server: JavaScript has none.
pyarrow is imported inside the functions, so that TensorBoard starts without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tb_projector_plugin.errors import Problem
from tb_projector_plugin.web.answers import Body

if TYPE_CHECKING:
    import pyarrow as pa

ARROW_TYPE = "application/vnd.apache.arrow.stream"


class _Pieces:
    """A file that keeps what is written to it in pieces: each column's bytes are copied once and never joined."""

    closed = False

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        piece = bytes(memoryview(data))
        self.pieces.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""


def make_arrow_body(
    batch: pa.RecordBatch, key: str, document: Mapping[str, Any], problems: Iterable[Problem] = ()
) -> Body:
    """Writes `batch`, with `document` as JSON under `key` in the schema's metadata and `problems` beside it."""
    import pyarrow as pa

    notes = {key: document, "problems": [problem.to_json() for problem in problems]}
    batch = batch.replace_schema_metadata({name: _to_json(note) for name, note in notes.items()})
    sink = _Pieces()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return Body(sink.pieces, ARROW_TYPE)


def make_batch(table: pa.Table) -> pa.RecordBatch:
    """The whole table as one batch of types that go over the wire."""
    import pyarrow as pa

    table = pa.table(
        [_to_wire(column) for column in table.columns],
        schema=pa.schema([field.with_type(_wire_type(field.type)) for field in table.schema]),
    )
    return _one_batch(table)


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    import pyarrow as pa

    batches = table.unify_dictionaries().combine_chunks().to_batches()
    if batches:
        return batches[0]
    return pa.record_batch([pa.array([], field.type) for field in table.schema], schema=table.schema)


def _to_wire(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string()).dictionary_encode()
    return column.cast(_wire_type(column.type))


def _wire_type(stored: pa.DataType) -> pa.DataType:
    """Integers of 64 bits become float64, which holds them exactly to 2**53."""
    import pyarrow as pa

    if pa.types.is_string(stored) or pa.types.is_large_string(stored) or pa.types.is_dictionary(stored):
        return pa.dictionary(pa.int32(), pa.string())
    if stored in (pa.int64(), pa.uint64(), pa.uint32()):
        return pa.float64()
    return pa.int32() if pa.types.is_integer(stored) else stored


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
