"""The recipes of CONTRIBUTING.md for the server, followed in a copy of the package: a route and a vector format."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from package_copy import copy_package, run_with

VECTORS = np.random.default_rng(2).normal(size=(30, 4)).astype("<f4")

ROUTE = '''
"""`GET /mean`: the mean of the vectors."""
from tb_projector_plugin.queries.tensor_request import find_tensor
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import JSON_TYPE, answer_content, make_etag, make_json_body


def _serve_mean(request, context):
    tensor = find_tensor(request.args, context)
    etag = make_etag("mean", tensor.run, tensor.name, tensor.handle.version)
    return answer_content(request, etag, lambda: make_json_body({"mean": _mean(tensor)}), JSON_TYPE)


def _mean(tensor):
    return tensor.read(tensor.handle.source.read_all).mean(axis=0).tolist()


ROUTES = {"/mean": Route(_serve_mean)}
'''
ASK_ROUTE = """
import json, sys
from plugin_client import PluginClient
client = PluginClient(sys.argv[1])
client.runs()
found, missing = client.get("/mean", run="run", name="v"), client.get("/mean", run="none", name="v")
refused = client.ask("/mean", "POST", json={})
print(json.dumps([found.json, missing.status_code, missing.json, refused.status_code, refused.headers["Allow"]]))
"""

FORMAT = '''
"""Vectors in a `.vec` file: VECS, rows and dimensions as int32, then float32 row by row."""
import struct

from tb_projector_plugin.sources.element_types import FLOAT32
from tb_projector_plugin.sources.pieces import Piece, PieceReader
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.stamped_file import open_stamped, read_stamps

HEAD_BYTES = 12


class VecTensor(TensorSource):
    def __init__(self, path, display, stamps=None):
        stamps = read_stamps([path]) if stamps is None else stamps
        with open_stamped(path, stamps.stamps[0], display) as file:
            shape = struct.unpack("<4xii", file.read(HEAD_BYTES))
        super().__init__(shape, FLOAT32, (path,), display, stamps)

    def _open(self):
        rows, dims = self.shape
        piece = Piece(self.files[0], self._stamps.stamps[0], self.display, 0, HEAD_BYTES, 0, rows, 0, dims)
        return PieceReader([piece], self._element, verify=False, on_verified=lambda: None)
'''
IMPORT = "from tb_projector_plugin.sources.vec_tensor import VecTensor\n"
ROW = """_FORMATS = (
    VectorFormat(
        "vec",
        "`.vec`",
        lambda file: (file.head or b"").startswith(b"VECS"),
        lambda file, stamps: VecTensor(file.path, file.display, stamps),
    ),
"""
ASK_FORMAT = """
import json, sys
from plugin_client import PluginClient, read_arrow
client = PluginClient(sys.argv[1])
embedding = client.embedding("run", "v")
batch, _, problems = read_arrow(client.get("/tensors", run="run", name="v"), "tensor")
(unknown,) = client.runs()["problems"]
numbers = batch.column(0).flatten().to_pylist()
print(json.dumps([embedding["source"], embedding["shape"], numbers, problems, unknown["message"]]))
"""
CONFORMANCE = """
import numpy as np
import pytest
from tensor_source_conformance import TensorSourceConformance
from tb_projector_plugin.sources.vec_tensor import VecTensor

VECTORS = np.arange(60, dtype="<f4").reshape(12, 5)

class TestVec(TensorSourceConformance):
    @pytest.fixture
    def expected(self):
        return VECTORS

    @pytest.fixture
    def source(self, tmp_path):
        path = tmp_path / "v.vec"
        path.write_bytes(b"VECS" + np.array(VECTORS.shape, "<i4").tobytes() + VECTORS.tobytes())
        return VecTensor(str(path), "run/v.vec")
"""
RUN_TESTS = """
import sys, pytest
folder, config, tests = sys.argv[1:]
raise SystemExit(pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", folder, "-c", config, tests]))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_package(tmp_path / "copy")


def write_run(logdir: Path, file: str, data: bytes, shape: str = "", name: str = "run") -> Path:
    run = logdir / name
    run.mkdir(parents=True)
    (run / file).write_bytes(data)
    (run / "projector_config.pbtxt").write_text(f'embeddings {{ tensor_name: "v" tensor_path: "{file}" {shape} }}\n')
    return logdir


def test_a_route_is_one_file_of_the_package(package: Path, tmp_path: Path) -> None:
    (package / "routes" / "mean.py").write_text(ROUTE)
    logdir = write_run(tmp_path / "logs", "v.bytes", VECTORS.tobytes(), "tensor_shape: 30 tensor_shape: 4")
    found, status, missing, refused, allow = json.loads(run_with(package.parent, ASK_ROUTE, logdir))
    np.testing.assert_allclose(found["mean"], VECTORS.mean(axis=0), rtol=1e-5)
    assert (status, missing["error"]["kind"]) == (404, "not_found")
    assert (refused, allow) == (405, "GET, HEAD")


def test_a_vector_format_is_one_file_and_a_row(package: Path, tmp_path: Path) -> None:
    (package / "sources" / "vec_tensor.py").write_text(FORMAT)
    formats = package / "sources" / "formats.py"
    before = formats.read_text()
    assert before.count("_FORMATS = (\n") == 1
    last = "from tb_projector_plugin.stamped_file import"
    formats.write_text(before.replace("_FORMATS = (\n", ROW).replace(last, IMPORT + last))
    head = b"VECS" + np.array(VECTORS.shape, "<i4").tobytes()
    logdir = write_run(tmp_path / "logs", "v.vec", head + VECTORS.tobytes())
    write_run(logdir, "v.bin", b"\0\1\2\3", name="unknown")
    source, shape, numbers, problems, expected = json.loads(run_with(package.parent, ASK_FORMAT, logdir))
    assert (source, shape, problems) == ("vec", [30, 4], [])
    assert "`.vec`, `.npy`, raw float32" in expected
    np.testing.assert_array_equal(np.array(numbers, np.float32).reshape(30, 4), VECTORS)


def test_the_conformance_of_a_vector_format_is_two_fixtures(package: Path, tmp_path: Path) -> None:
    (package / "sources" / "vec_tensor.py").write_text(FORMAT)
    tests, config = tmp_path / "test_vec.py", tmp_path / "pytest.ini"
    tests.write_text(CONFORMANCE)
    config.write_text("[pytest]\n")
    assert " passed" in run_with(package.parent, RUN_TESTS, tmp_path, config, tests)
