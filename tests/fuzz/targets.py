"""Every parser of bytes from disk or wire, with the inputs that are tried on it."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import checkpoint_inputs
import file_parsers as files
import numpy as np
import pyarrow as pa
import wire_parsers as wire
from hypothesis import strategies as st
from mutations import json_texts, mutated, texts
from plugin_client import ARROW_TYPE, write_columns

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


@dataclass(frozen=True)
class Target:
    """`parse(folder, data)` raises a ProjectorError or returns; `inputs` is called once, in the child process."""

    parse: files.FileParser
    inputs: Callable[[], st.SearchStrategy[bytes]]


def _states() -> st.SearchStrategy[bytes]:
    names = ['"model.ckpt-1"', "'a\\303\\244'", '"/elsewhere/model.ckpt-2"', '"~/c"']
    lines = [f"model_checkpoint_path: {name}\nall_model_checkpoint_paths: {name}\n".encode() for name in names]
    return mutated(lines, [b"all_model_checkpoint_timestamps: 1.5\n", b"model_checkpoint_path", b"\\", b"\\x"])


_CONFIGS = [
    (GOLDEN / "torch/projector_config.pbtxt").read_bytes(),
    b'embeddings { tensor_name: "a:0" metadata_path: "metadata.tsv" bookmarks_path: "b.json" }\n',
    b'embeddings { tensor_path: "vectors.tsv" sprite { image_path: "s.png" single_image_dim: 8 single_image_dim: 8 } }',
    b'model_checkpoint_path: "c-1" model_checkpoint_dir: "."\nembeddings {\n  tensor_name: "a"\n}\n',
    b'embeddings { tensor_name: "x" tensor_path: "tensors.bytes" tensor_shape: 2 tensor_shape: 2 }\nfoo: 1\n',
    b'embeddings { tensor_name: "t" tensor_path: "vectors.tsv" sprite { image_path: "cut.png" single_image_dim: 8 } }',
    b'embeddings { tensor_name: "c:\\new\\table" tensor_path: "d:\\x\\u00e4" }',
]
_CONFIG_WORDS = [
    *(b'tensor_path: "', b'metadata_path: "..', b'model_checkpoint_path: "', b"tensor_shape: ", b"embeddings {", b"} "),
    *(b'"vectors.tsv"', b'"tensors.bytes"', b'"c-1"', b"single_image_dim: ", b"\\x", b"\\u12", b"[a.b]: 1", b"<", b"#"),
]


def _configs() -> st.SearchStrategy[bytes]:
    return mutated(_CONFIGS, _CONFIG_WORDS)


def _tables() -> st.SearchStrategy[bytes]:
    seeds = [
        (GOLDEN / "torch/00010/words/tensors.tsv").read_bytes()[:400],
        *(b"1\t2\n3\t4\n", b"x,y\n1,2\n\n3,NULL\n", b"0;1,5;2\n1;2;3\n", b"3 2\nking 1 2\nqueen 3 4\nman 5 6\n"),
        *(b"\xef\xbb\xbfa\tb\r\n1\t2\r\n", "label,a,b\nä,1,2\n".encode("utf-16"), b'"a","b"\n"x\ny",1\n"z",2\n'),
    ]
    return st.one_of(mutated(seeds), texts())


def _arrays() -> st.SearchStrategy[bytes]:
    kinds = [("<f4", "C"), (">f8", "F"), ("<f2", "C"), ("|b1", "C"), ("<i8", "F"), ("<c8", "C"), ("<U3", "C")]
    arrays = [_write_npy(np.ones((3, 2), dtype, order)) for dtype, order in kinds]  # type: ignore[call-overload]
    words = [b"'shape': (", b"(2, 2)", b"(1, 3, 2)", b"'descr': '|O'", b"'<f4'", b"True", b"), }", b"L", b"9" * 30]
    words += [b"__import__('os')", b"[('a', '<f4')]", b"(" * 300, b"-1", b"\x93NUMPY\x02\x00", b"\x93NUMPY\x03\x00"]
    return mutated(arrays, words)


def _vector_files() -> st.SearchStrategy[bytes]:
    raw = [
        b"2,2\n" + struct.pack("<4f", 1, 2, float("nan"), 4),
        b"2,1,2\n" + bytes(16),
        b"0,4\n",
        b"4,0\n",
        b"\n1\t2\n",
    ]
    shaped = st.builds(lambda head, data: head + b"\n" + data, st.sampled_from([b"", b"3,2", b"1,1"]), _arrays())
    return st.one_of(mutated(raw, [b",", b"1,1,", b"4294967295"]), shaped)


def _write_npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def _texts_after_a_byte() -> st.SearchStrategy[bytes]:
    return st.builds(lambda rows, text: bytes([rows]) + text, st.integers(0, 255), _tables())


def _sprites() -> st.SearchStrategy[bytes]:
    from PIL import Image

    image = Image.fromarray(np.arange(16 * 16 * 3, dtype=np.uint8).reshape(16, 16, 3))
    seeds = []
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "TGA", "ICO"):
        image.save(file := io.BytesIO(), kind)
        seeds.append(b"\x08\x08" + file.getvalue())
    sizes = st.builds(_write_png_header, st.integers(0, 2**31), st.integers(0, 2**31), st.integers(0, 255))
    return st.one_of(mutated(seeds), sizes)


def _write_png_header(width: int, height: int, kind: int) -> bytes:
    """A PNG that claims a size, with a correct checksum and no pixels."""
    import zlib

    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, kind % 8, 0, 0, 0)
    return b"\x08\x08\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def _media() -> st.SearchStrategy[bytes]:
    heads = [b"RIFF\0\0\0\0WAVE", b"ID3", b"OggS", b"fLaC", b"\0\0\0\x20ftypavif", b"\x1aE\xdf\xa3", b"BM", b"GIF89a"]
    return mutated([head + bytes(16) for head in heads])


def _saved_views() -> st.SearchStrategy[bytes]:
    view = {"label": "tour", "projections": [{"pca-0": 1.5}], "selectedPoints": [1, 2], "isSelected": True}
    seeds = [b'[{"label": "a", "x": [1, 2.5e3]}]', b'{"a": {"b": []}}', b"[{}]"]
    return st.one_of(mutated(seeds, [b"[" * 100, b'{"a":' * 80, b"NaN", b"1e999", b"\\ud800"]), json_texts([view]))


def _columns() -> st.SearchStrategy[bytes]:
    points = {name: pa.array([1.0, 2.0], pa.float32()) for name in "xyz"}
    bodies = [
        b"r" + write_columns({"row": pa.array([1, 2, 3], pa.int32())}),
        b"x" + write_columns(points),
        b"x" + write_columns({name: points[name] for name in "xy"}, compression="zstd"),
        b"r" + write_columns({"row": pa.array(["a", "b"]).dictionary_encode()}),
        b"r" + write_columns({"row": pa.array([[1], []], pa.list_(pa.int32()))}),
    ]
    return mutated(bodies)


_QUERIES = [
    b"/runs?slots=1&uploads=a,b",
    *(b"/tensors?run=.&name=a&step=1&rows=1,2", b"/tensors?run=.&name=b&dims=0,1", b"/metadata?run=.&name=a"),
    *(b"/sprites?run=.&name=a&page=0", b"/assets?run=.&path=x.png", b"/jobs/abc", b"/static/index.js"),
    b"/projections?run=.&name=b&method=pca&components=2&spherize=1&loadings=1",
    b"/neighbors?run=.&name=a&row=3&k=5&metric=euclidean",
    *(b"/graph?run=.&name=a&k=3&metric=cosine", b"/bookmarks?run=.&name=a", b"/tensors?run=.&name=a&subset=0123abcd"),
]
_HEADERS = [b"\nHost: localhost:6006", b"\nHost: evil.example", b"\nOrigin: http://localhost", b"\nOrigin: null"]
_HEADERS += [b"\nSec-Fetch-Site: cross-site", b"\nX-Forwarded-Host: a, b", b"\nIf-None-Match: *", b"\nRange: bytes=0-"]
_JSON = b"\nContent-Type: application/json"


def _requests() -> st.SearchStrategy[bytes]:
    gets = [
        verb + b" " + query + header for verb in (b"GET", b"HEAD") for query in _QUERIES for header in (b"", *_HEADERS)
    ]
    octets = b"\nContent-Type: application/octet-stream\n\n"
    rows = write_columns({"row": pa.array([1, 2, 3], pa.int32())})
    posts = [
        b"POST /uploads?file=v.tsv" + octets + b"1\t2\n3\t4\n",
        b"POST /subsets\nContent-Type: " + ARROW_TYPE.encode() + b"\n\n" + rows,
        b"PUT /bookmarks?run=.&name=a&bookmark=tour" + _JSON + b"\n\n" + b'[{"label": "a"}]',
        b"DELETE /bookmarks?run=.&name=a&bookmark=tour&version=0",
        b"DELETE /uploads?upload=0123",
    ]
    words = [b"&v=", b"&step=", b"&rows=", b"%2e%2e%2f", b"%00", b"%ff", b"+", b"&run=", *_HEADERS, _JSON]
    return mutated([*gets, *posts], words)


def _json_bodies() -> st.SearchStrategy[bytes]:
    common = {"run": ".", "name": "a", "step": 1, "spherize": False, "subset": None}
    near = {**common, "k": 3, "metric": "cosine", "vector": [1, 0, 0, 1], "add": None, "subtract": None}
    sums = {**near, "vector": None, "add": [1, 2], "subtract": [3], "normalized": True}
    axes = {**common, "axes": [{"add": [1], "subtract": [2]}, {"random": 7}], "method": "axes"}
    heads = {route: b"POST " + route + _JSON + b"\n\n" for route in (b"/neighbors", b"/projections")}
    sent = [(b"/neighbors", json_texts([near, sums])), (b"/projections", json_texts([axes]))]
    return st.one_of([bodies.map(heads[route].__add__) for route, bodies in sent])


TARGETS: dict[str, Target] = {
    "checkpoint_index": Target(files.read_index, checkpoint_inputs.indexes),
    "object_graph": Target(files.read_graph, checkpoint_inputs.graphs),
    "checkpoint_state": Target(files.read_state, _states),
    "config": Target(files.read_one_config, _configs),
    "run": Target(files.read_run, _configs),
    "tsv": Target(files.read_tsv, _tables),
    "npy_and_raw": Target(files.read_vectors, _vector_files),
    "upload": Target(files.read_uploaded, lambda: st.one_of(_tables(), _arrays())),
    "metadata": Target(files.read_text, _texts_after_a_byte),
    "metadata_csv": Target(files.read_csv, _texts_after_a_byte),
    "sprite": Target(files.read_sprite, _sprites),
    "media": Target(files.read_media, _media),
    "bookmarks": Target(files.read_states, _saved_views),
    "arrow_body": Target(wire.read_columns, _columns),
    "request": Target(wire.read_request, _requests),
    "json_body": Target(wire.read_request, _json_bodies),
}
