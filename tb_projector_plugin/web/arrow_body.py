"""Reads the body of a request as an Arrow stream with exactly the columns that the route expects.

A stream can claim content it does not have. Its messages are therefore checked before any is decoded: only a schema
and uncompressed record batches, so that nothing grows larger than the body. pyarrow then decodes them and checks every
length against the data. pyarrow is imported inside the functions, so that TensorBoard starts without it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError, LimitError
from tb_projector_plugin.web.request_checks import ARROW_BODY, read_body

if TYPE_CHECKING:
    import pyarrow as pa

Columns = dict[str, NDArray[Any]]

_FIX = "Send one Arrow IPC stream, not compressed and without nulls, as docs/http_api.md describes."
#: Memory of a body and its columns, which are copied twice, over its bytes.
_COPIES = 3
#: Field indices in the tables of Arrow's Message.fbs: Message.header, RecordBatch.compression.
_MESSAGE_HEADER, _BATCH_COMPRESSION = 2, 3


def read_arrow_body(request: Request, columns: Mapping[str, str], optional: Mapping[str, str] | None = None) -> Columns:
    """The columns of a request's body, as arrays of equal length and of the given types ("int32", "float32").

    All names in `columns` are required, those in `optional` are not; other columns and nulls are rejected. The arrays
    are new and may be empty. Raises BadParameterError for an invalid body, LimitError for one of too many batches or
    too large a message.
    """
    import pyarrow as pa

    body = pa.py_buffer(read_body(request, ARROW_BODY.max_bytes, _COPIES))
    try:
        _check_messages(body)
        with pa.ipc.open_stream(body) as reader:
            _check_schema(reader.schema, dict(columns), dict(optional or {}))
            return _join([_read_batch(batch) for batch in reader], reader.schema)
    except (pa.ArrowException, ValueError, OSError, MemoryError, struct.error) as error:
        reason = str(error).partition("\n")[0][:200]
        raise BadParameterError(f"The body is not a whole Arrow stream ({reason}).", _FIX) from error


def _check_messages(body: pa.Buffer) -> None:
    import pyarrow as pa

    kinds: list[str] = []
    for message in pa.ipc.MessageReader.open_stream(body):
        if message.metadata.size > limits.ARROW_MESSAGE_BYTES:
            raise _over_limit("a message's description", message.metadata.size, limits.ARROW_MESSAGE_BYTES, "bytes")
        if message.type == "record batch" and _is_compressed(memoryview(message.metadata)):
            raise BadParameterError("The body's columns are compressed; expected them as they are.", _FIX)
        kinds.append(message.type)
        if len(kinds) - 1 > limits.ARROW_BODY_BATCHES:
            raise _over_limit("the body", len(kinds) - 1, limits.ARROW_BODY_BATCHES, "record batches")
    if kinds[:1] != ["schema"] or set(kinds[1:]) - {"record batch"}:
        received = ", ".join(kinds[:3]) or "nothing"
        raise BadParameterError(f"The body holds {received}; expected a schema and record batches.", _FIX)


def _is_compressed(metadata: memoryview) -> bool:
    """Whether the RecordBatch table in a Message has the field `compression`; pyarrow has verified the message."""
    (message,) = struct.unpack_from("<I", metadata, 0)
    header = _find_field(metadata, message, _MESSAGE_HEADER)
    if header is None:
        return False
    (distance,) = struct.unpack_from("<I", metadata, header)
    return _find_field(metadata, header + distance, _BATCH_COMPRESSION) is not None


def _find_field(buffer: memoryview, table: int, field: int) -> int | None:
    """Offset of a field of a FlatBuffers table (https://flatbuffers.dev/internals/), or None if it is absent."""
    (back,) = struct.unpack_from("<i", buffer, table)
    vtable = table - back
    (vtable_bytes,) = struct.unpack_from("<H", buffer, vtable)
    if 4 + 2 * field >= vtable_bytes:
        return None
    (offset,) = struct.unpack_from("<H", buffer, vtable + 4 + 2 * field)
    return table + offset if offset else None


def _check_schema(schema: pa.Schema, columns: dict[str, str], optional: dict[str, str]) -> None:
    received = {field.name: str(field.type) for field in schema}
    types = {"float": "float32"}  # Arrow's name to numpy's.
    received = {name: types.get(kind, kind) for name, kind in received.items()}
    expected = columns | {name: kind for name, kind in optional.items() if name in received}
    if len(schema) == len(received) and received == expected:
        return
    wanted = [f"{name} ({kind})" for name, kind in columns.items()]
    wanted += [f"{name} ({kind}, or not at all)" for name, kind in optional.items()]
    shown = ", ".join(f"{name[:40]} ({kind[:40]})" for name, kind in list(received.items())[:8]) or "none"
    raise BadParameterError(f"The body's columns are {shown}; expected {', '.join(wanted)}.", _FIX)


def _read_batch(batch: pa.RecordBatch) -> list[NDArray[Any]]:
    batch.validate(full=True)
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if column.null_count:
            raise BadParameterError(f"The column {name} has {column.null_count:,} nulls; expected none.", _FIX)
    return [column.to_numpy(zero_copy_only=True) for column in batch.columns]


def _join(batches: list[list[NDArray[Any]]], schema: pa.Schema) -> Columns:
    columns = {}
    for index, field in enumerate(schema):
        empty = np.empty(0, field.type.to_pandas_dtype())
        columns[field.name] = np.concatenate([empty, *(batch[index] for batch in batches)])
    return columns


def _over_limit(what: str, size: int, limit: int, unit: str) -> LimitError:
    return LimitError(f"In the Arrow stream {what} has {size:,} {unit}; expected at most {limit:,}.", _FIX)
