"""Writes metadata.arrows with pyarrow, in the shape that docs/http_api.md gives /metadata. Run from this folder."""

import json

import pyarrow as pa

columns = {
    "label": (pa.array(["Zürich", None, "東京", "<b>x</b>", "Zürich"]).dictionary_encode(), "text"),
    "year": (pa.array([1999, None, 2024, -3, 0], pa.int32()), "integer"),
    "share": (pa.array([0.5, 1e-9, None, float("inf"), 2.0], pa.float64()), "number"),
}
schema = pa.schema(
    [pa.field(name, array.type, metadata={"kind": kind}) for name, (array, kind) in columns.items()],
    metadata={"metadata": json.dumps({"rows": 5, "lines": 4, "header": True, "version": "v1"}), "problems": "[]"},
)
with pa.OSFile("metadata.arrows", "wb") as sink, pa.ipc.new_stream(sink, schema) as writer:
    writer.write_batch(pa.record_batch([array for array, _ in columns.values()], schema=schema))
