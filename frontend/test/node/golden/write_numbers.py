"""Writes numbers.json, numbers as Python writes them, by the spelling that the server names; and spellings.arrows, in
the shape that docs/http_api.md gives /metadata. Run from this folder."""

import json
import random

import pyarrow as pa

random.seed(7)
sizes = [random.random() * 10.0 ** random.randint(-20, 20) for _ in range(150)]
edges = [0.0, -0.0, 1e-5, 9.999e-5, 1e-4, 1e-6, 1e-7, 1e10, 1e15, 9999999999999998.0, 1e16, 1e21, 1e22, 5e-324, 1e308]
values = [*edges, *sizes, *(-size for size in sizes[:20]), *(float(round(size)) for size in sizes if size > 1)]
small = [value for value in values if abs(value) < 1e9]
texts = {"python": [repr(value) for value in values]}
for decimals in (1, 2, 6):
    written = [f"{value:.{decimals}f}" for value in small]
    texts[f"fixed:{decimals}"] = [text for text in written if float(text) != 0 or text[0] != "-"]
with open("numbers.json", "w") as file:
    json.dump(texts, file, indent=2)
    file.write("\n")

columns = {
    "price": (pa.array([3.1, 0.5, None]), {"kind": "number", "spelling": "fixed:2"}),
    "own": (pa.array([0.5, 1.5, None]), {"kind": "number", "spelling": "own"}),
    "own as written": (pa.array([".5", "1.50", None]).dictionary_encode(), {"spelling_of": "own"}),
}
schema = pa.schema(
    [pa.field(name, array.type, metadata=metadata) for name, (array, metadata) in columns.items()],
    metadata={"metadata": json.dumps({"rows": 3, "lines": 3, "header": True, "version": "v1"}), "problems": "[]"},
)
with pa.OSFile("spellings.arrows", "wb") as sink, pa.ipc.new_stream(sink, schema) as writer:
    writer.write_batch(pa.record_batch([array for array, _ in columns.values()], schema=schema))
