"""Writes columns as one Arrow IPC stream with one uncompressed record batch, which a browser reads without copying.

Integers are int32, or float64 if they may not fit, as JavaScript's numbers hold no 64-bit integers; text is
dictionary<int32, utf8>. pyarrow is imported inside the functions, so that TensorBoard starts without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tb_projector_plugin.errors import Problem
from tb_projector_plugin.web.answers import Body, encode_json

if TYPE_CHECKING:
    import pyarrow as pa

ARROW_TYPE = "application/vnd.apache.arrow.stream"


class _Pieces:
    """A file that collects writes as separate pieces: each column's bytes are copied once and never joined."""

    closed = False

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        piece = bytes(memoryview(data))
        self.pieces.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Does nothing, as writes are not buffered."""


def make_arrow_body(
    batch: pa.RecordBatch, key: str, document: Mapping[str, Any], problems: Iterable[Problem] = ()
) -> Body:
    """Writes `batch`, with `document` as JSON under `key` in the schema's metadata, and `problems` next to it."""
    import pyarrow as pa

    notes = {key: document, "problems": [problem.to_json() for problem in problems]}
    batch = batch.replace_schema_metadata({name: encode_json(note) for name, note in notes.items()})
    sink = _Pieces()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return Body(sink.pieces, ARROW_TYPE)


def make_batch(table: pa.Table) -> pa.RecordBatch:
    """Converts the whole table to one batch of wire types."""
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
    """Integers that may not fit int32 become float64, which holds them exactly up to 2**53."""
    import pyarrow as pa

    if pa.types.is_string(stored) or pa.types.is_large_string(stored) or pa.types.is_dictionary(stored):
        return pa.dictionary(pa.int32(), pa.string())
    if stored in (pa.int64(), pa.uint64(), pa.uint32()):
        return pa.float64()
    return pa.int32() if pa.types.is_integer(stored) else stored
