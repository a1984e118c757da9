"""The plugin in a real TensorBoard process: the listing, the routes over a socket, concurrent requests."""

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import numpy as np
import pyarrow as pa
import pytest
from embeddings_api import EmbeddingsApi
from logdir_builders import write_checkpoint
from plugin_client import ARROW_TYPE, PREFIX, PluginClient, write_columns
from tensorboard_process import TensorBoardProcess
from waiting import TIMEOUT_S, wait_until

from tb_projector_plugin import limits, plugin
from tb_projector_plugin.routes import projections

ROWS = 5000


@pytest.fixture(scope="module")
def logdir(tmp_path_factory):
    root = tmp_path_factory.mktemp("logs")
    write_checkpoint(root / "run", 3, table=np.random.default_rng(0).standard_normal((ROWS, 20)).astype(np.float32))
    return root


@pytest.fixture(scope="module")
def server(logdir):
    """As for most users: with TensorFlow in the same process."""
    with TensorBoardProcess(logdir, tensorflow=True) as server:
        yield server


def get(server, path, **headers):
    request = urllib.request.Request(server.url + path, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read()


def list_runs(server):
    """Waits for the first scan."""
    return EmbeddingsApi(server.url).runs()["runs"]


def test_active_at_the_first_listing(logdir, monkeypatch):
    monkeypatch.setattr(plugin, "_FIRST_SCAN_S", TIMEOUT_S)
    assert PluginClient(logdir).plugin.is_active()


def test_is_listed(server):
    server.wait_until_enabled("embeddings")
    listing = server.list_plugin("embeddings")
    assert listing["tab_name"] == "Embeddings"
    assert listing["loading_mechanism"] == {"type": "IFRAME", "module_path": f"{PREFIX}/static/index.js"}
    assert listing["disable_reload"] is False
    assert server.list_plugin("projector")


def test_entry_page_and_module(server):
    assert b"static/index.js" in get(server, "/data/plugin_entry.html?name=embeddings")
    assert b"render" in get(server, f"{PREFIX}/static/index.js")


def test_routes_answer(server):
    assert [run["name"] for run in list_runs(server)] == ["run"]
    for route in ("tensors?", "projections?", "neighbors?row=1&"):
        assert get(server, f"{PREFIX}/{route}run=run&name=table")


def post(server, route, body, content_type):
    headers = {"Content-Type": content_type}
    request = urllib.request.Request(f"{server.url}{PREFIX}/{route}", data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read()


def read_columns(answer):
    (batch,) = list(pa.ipc.open_stream(answer))
    return batch.to_pydict()


@pytest.mark.parametrize("is_chunked", [False, True])
def test_subset_and_axes_over_a_socket(server, is_chunked):
    """Columns are sent in one piece, or in chunks without a length, as a proxy may forward them."""
    rows = np.arange(10, 4000, 3, dtype=np.int32)
    body = write_columns({"row": pa.array(rows)})
    pieces = (body[at : at + 1000] for at in range(0, len(body), 1000)) if is_chunked else body
    named = json.loads(post(server, "subsets", pieces, ARROW_TYPE))
    assert named["rows"] == len(rows)
    address = f"run=run&name=table&subset={named['subset']}&spherize=1"
    assert len(read_columns(get(server, f"{PREFIX}/projections?{address}"))["pc1"]) == len(rows)
    neighbors = read_columns(get(server, f"{PREFIX}/neighbors?{address}&row=0&k=7"))["row"]
    assert len(set(neighbors) & set(rows.tolist())) == 7
    axes = {"run": "run", "name": "table", "axes": [{"add": named["subset"]}, {"random": 1}]}
    columns = read_columns(post(server, "projections", json.dumps(axes).encode(), "application/json"))
    assert [len(column) for column in columns.values()] == [ROWS, ROWS]


def test_many_at_once(server):
    addresses = [f"{PREFIX}/projections?run=run&name=table", f"{PREFIX}/neighbors?run=run&name=table&row=5"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda address: get(server, address), addresses))
    assert len(set(answers)) == 2


def test_large_chunked_body_is_refused_on_the_wire(server):
    host = server.url.removeprefix("http://")
    connection = HTTPConnection(host, timeout=60)
    chunk = b" " * 65536
    chunks = (chunk for _ in range(limits.REQUEST_BODY_BYTES // len(chunk) + 2))
    headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    connection.request("POST", f"{PREFIX}/neighbors", chunks, headers, encode_chunked=True)
    assert connection.getresponse().status == 413


def test_other_site_is_refused_on_the_wire(server):
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(server, f"{PREFIX}/runs", Host="evil.example")
    assert refused.value.code == 403


def test_tensorboard_has_nothing_to_warn_of(server):
    """Its middleware warns about responses without a content type or with one that browsers sniff."""
    list_runs(server)
    for route in ("static/index.js?", "tensors?", "projections?", "neighbors?row=1&"):
        assert get(server, f"{PREFIX}/{route}run=run&name=table")
    assert "Content-Type" not in server.log()
    assert "Traceback" not in server.log()


@pytest.mark.parametrize("flags", [["--load_fast=true"], ["--load_fast=false"], ["--path_prefix=/proxy/tb"]])
def test_flags_of_tensorboard(logdir, flags):
    prefix = "/proxy/tb" if "--path_prefix=/proxy/tb" in flags else ""
    with TensorBoardProcess(logdir, flags) as server:
        assert server.url.endswith(prefix)
        server.wait_until_enabled("embeddings")
        assert list_runs(server)


def test_logdir_spec_names_runs(logdir):
    with TensorBoardProcess(logdir, [f"--logdir_spec=mine:{logdir}"]) as server:
        assert list_runs(server)[0]["name"] == "mine/run"


def test_inactive_until_there_is_something(tmp_path):
    client = PluginClient(tmp_path)
    client.runs()
    assert not client.plugin.is_active()
    write_checkpoint(tmp_path / "run", 1, table=np.ones((4, 3), np.float32))
    client.plugin._open()[0]._due_at = 0  # A scan stays valid for two seconds; this test does not wait for that.
    client.plugin.is_active()
    wait_until(client.plugin.is_active, "the plugin's being active")


def test_one_computation_for_all_who_ask(logdir, monkeypatch):
    computed = []
    compute = projections.compute_pca
    monkeypatch.setattr(projections, "compute_pca", lambda *args: computed.append(1) or compute(*args))
    client = PluginClient(logdir)
    client.runs()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: client.get("/projections", run="run", name="table").data, range(12)))
    assert len(set(answers)) == 1
    assert len(computed) == 1
