"""GET /graph and POST /quality while the cache folder is deleted, replaced, full or damaged under a running server."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from logdir_builders import write_checkpoint
from plugin_client import PluginClient, finish, read_arrow, read_error

from tb_projector_plugin import cache_folder
from tb_projector_plugin.graphs import building
from tb_projector_plugin.jobs import child

ROWS = {"small": 300, "large": 4200}  # Computed in the server's process, and in a child process.
#: Below the limit at which pytest ends a test; a machine whose cores are all busy needs over 60 s.
TIMEOUT_S = 240
K = 15


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("logs")
    random = np.random.default_rng(3)
    write_checkpoint(root, 1, **{name: random.standard_normal((rows, 8)).astype("f4") for name, rows in ROWS.items()})
    return root


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TB_PROJECTOR_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # The location of the fallback folder.
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def results(logdir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the graph and the quality of both tensors."""
    folder = tmp_path_factory.mktemp("results") / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TB_PROJECTOR_CACHE_DIR", str(folder))
        client = PluginClient(logdir)
        client.runs()
        for name in ROWS:
            assert ask_graph(client, name).status_code == ask_quality(client, name).status_code == 200
    return folder


@pytest.fixture
def client(logdir: Path, cache: Path) -> PluginClient:
    client = PluginClient(logdir)
    client.runs()
    return client


def ask_graph(client: PluginClient, name: str, k: int = K):
    """The response, once the job that computes it has ended."""
    return finish(client, client.get("/graph", run=".", name=name, k=k), TIMEOUT_S)


def ask_quality(client: PluginClient, name: str):
    places = {axis: np.arange(ROWS[name], dtype=np.float32) for axis in "xy"}
    return finish(client, client.post_columns("/quality", places, run=".", name=name, k=K), TIMEOUT_S)


def content_of(response) -> bytes:
    """The bytes of the response, read to the end: the client reads a body only on demand."""
    assert response.status_code == 200, response.data
    return response.data


def delete(cache: Path) -> None:
    shutil.rmtree(cache)


def replace_by_file(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("no folder")


def flip_bits(cache: Path) -> None:
    for path in cache.iterdir():
        content = bytearray(path.read_bytes())
        for place in range(16, len(content) - 32, len(content) // 50):
            content[place] ^= 0x15
        path.write_bytes(content)


def flip_one_bit(cache: Path) -> None:
    for path in cache.iterdir():
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


def replace_by_directories(cache: Path) -> None:
    for path in [path for path in cache.iterdir() if path.is_file()]:
        path.unlink()
        (path / "deep").mkdir(parents=True)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("trouble", [delete, replace_by_file, flip_bits, flip_one_bit, replace_by_directories])
def test_results_are_made_anew(
    results: Path, client: PluginClient, cache: Path, name: str, trouble: Callable[[Path], None]
) -> None:
    shutil.copytree(results, cache, dirs_exist_ok=True)
    graph, quality = ask_graph(client, name), ask_quality(client, name)
    for ask, before in ((ask_graph, content_of(graph)), (ask_quality, content_of(quality))):
        if cache.is_file():
            cache.unlink()
        cache.mkdir(exist_ok=True)
        trouble(cache)
        again = ask(client, name)
        assert content_of(again) == before


@pytest.mark.parametrize("ask", [ask_graph, ask_quality])
def test_a_result_deleted_once_it_is_found_is_made_anew(
    client: PluginClient, cache: Path, monkeypatch: pytest.MonkeyPatch, ask
) -> None:
    before, find, asked = content_of(ask(client, "small")), cache_folder.CacheFolder.find, []

    def find_then_delete(folder: cache_folder.CacheFolder, name: str):
        found = find(folder, name)
        asked.append(name)
        if len(asked) == 2:  # The first is the digest of the vectors, which names the result.
            Path(found.path).unlink()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(cache_folder.CacheFolder, "find", find_then_delete)
        answer = ask(client, "small")
    assert content_of(answer) == before


@pytest.mark.parametrize("trouble", [flip_bits, replace_by_directories])
def test_a_graph_of_fewer_neighbors_is_not_cut_from_a_damaged_one(
    client: PluginClient, cache: Path, trouble: Callable[[Path], None]
) -> None:
    ask_graph(client, "small")
    trouble(cache)
    answer = ask_graph(client, "small", k=5)
    assert read_arrow(answer, "graph")[1]["k"] == 5


def test_a_damaged_graph_does_not_hide_a_larger_one(client: PluginClient, cache: Path) -> None:
    ask_graph(client, "small", k=20)
    whole = set(cache.iterdir())
    ask_graph(client, "small", k=K)
    (cut,) = set(cache.iterdir()) - whole
    cut.write_bytes(b"")
    assert read_arrow(ask_graph(client, "small", k=10), "graph")[1]["k"] == 10


def test_a_stray_file_of_a_graphs_name_is_no_graph(client: PluginClient, cache: Path) -> None:
    ask_graph(client, "small", k=20)
    (graph,) = cache.glob("*-20.*")
    graph.with_name(graph.name.replace("-20.", "-many.")).write_bytes(b"?")
    assert ask_graph(client, "small", k=10).status_code == 200


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are of POSIX")
def test_a_disk_that_is_full_in_the_child_is_said(
    client: PluginClient, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_graph(client, "large", k=K + 1)  # The graph that the quality needs.
    kept = set(cache.iterdir())
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)); "
    monkeypatch.setattr(child, "_PROGRAM", limit + child._PROGRAM)
    for answer in (ask_graph(client, "large", k=30), ask_quality(client, "large")):
        error = read_error(answer, 507, "no_space")
        assert "no space left in the cache folder" in error["message"]
        assert "TB_PROJECTOR_CACHE_DIR" in error["fix"]
        assert str(cache) not in str(error)
    assert set(cache.iterdir()) == kept, "nothing half-written is left"
    monkeypatch.undo()
    assert ask_graph(client, "large", k=30).status_code == 200, "once there is space again"


def test_a_disk_that_is_full_in_the_server_is_said(
    client: PluginClient, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(path: str, *_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    with monkeypatch.context() as patch:
        patch.setattr(building, "write_graph", fill_up)
        read_error(ask_graph(client, "small"), 507, "no_space")
    assert ask_graph(client, "small").status_code == 200


def test_a_folder_deleted_while_a_child_computes_is_made_anew(
    client: PluginClient, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_json, deleted = child.ChildProcess.send_json, []

    def delete_then_send(process: child.ChildProcess, value: object) -> None:
        if not deleted:
            deleted.append(shutil.rmtree(cache))
        send_json(process, value)

    monkeypatch.setattr(child.ChildProcess, "send_json", delete_then_send)
    version = client.embedding(".", "large")["steps"][0]["version"]  # A response with a version is not retried.
    answer = finish(client, client.get("/graph", run=".", name="large", k=K, v=version), TIMEOUT_S)
    assert "Ask again" in read_error(answer, 409, "stale")["fix"]
    assert ask_graph(client, "large").status_code == 200
