"""Opens files of one Arrow IPC stream, which is what the cache folder holds: the only place that does.

pyarrow is imported inside the functions, so that TensorBoard starts without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@contextmanager
def write_stream(path: str, schema: pa.Schema) -> Iterator[pa.RecordBatchStreamWriter]:
    """A writer of batches; the file is complete at the end. Raises OSError."""
    import pyarrow as pa

    with pa.OSFile(path, "wb") as file, pa.ipc.new_stream(file, schema) as writer:
        yield writer


def write_batch(path: str, batch: pa.RecordBatch) -> None:
    """Writes a file of one batch. Raises OSError."""
    with write_stream(path, batch.schema) as writer:
        writer.write_batch(batch)


@contextmanager
def read_stream(path: str) -> Iterator[pa.RecordBatchStreamReader]:
    """A reader of batches that lie in the mapped file. Raises OSError, and ArrowInvalid for another kind of file."""
    import pyarrow as pa

    with pa.memory_map(path) as file, pa.ipc.open_stream(file) as reader:
        yield reader
