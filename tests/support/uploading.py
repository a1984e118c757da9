"""Files as a user drops them on the tab: their bytes, POST /uploads, and what the server then has."""

from __future__ import annotations

import io
import json

import numpy as np
from plugin_client import PluginClient, read_arrow

BYTES = {"Content-Type": "application/octet-stream"}
VECTORS = np.random.default_rng(3).standard_normal((300, 8)).astype(np.float32)


def npy(array: np.ndarray, **options) -> bytes:
    sink = io.BytesIO()
    np.save(sink, array, **options)
    return sink.getvalue()


def npy_header(text: str, body: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    header = text.encode("latin-1") + b"\n"
    size = len(header).to_bytes(2 if version[0] == 1 else 4, "little")
    return b"\x93NUMPY" + version + size + header + body


def tsv(array: np.ndarray) -> bytes:
    return "".join("\t".join(map(repr, map(float, row))) + "\n" for row in array).encode()


def post(client: PluginClient, data: bytes | str, file: str = "v.tsv", headers=BYTES, **query):
    data = data if isinstance(data, bytes) else data.encode()
    return client.ask("/uploads", "POST", data=data, headers=headers, file=file, **query)


def dropped(client: PluginClient, data: bytes | str, file: str = "v.tsv", **query) -> dict:
    response = post(client, data, file, **query)
    assert response.status_code == 200, response.data
    return json.loads(response.data)


def vectors_of(client: PluginClient, answer: dict) -> np.ndarray:
    batch, document, _ = read_arrow(client.get("/tensors", run=answer["run"], name=answer["name"]), "tensor")
    return batch.column("vector").flatten().to_numpy().reshape(document["shape"])


def metadata_of(client: PluginClient, answer: dict, **query) -> dict:
    batch, _, _ = read_arrow(client.get("/metadata", run=answer["run"], name=answer["name"], **query), "metadata")
    return batch.to_pydict()
