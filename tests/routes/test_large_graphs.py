"""GET /graph of many rows: the first neighbors before the others, canceled at every stage, rows that are left out."""

import json
import queue
import threading
from pathlib import Path

import numpy as np
import pytest
from child_processes import list_children
from graph_answers import force_search, open_impatient, read_graph
from logdir_builders import write_checkpoint
from plugin_client import TIMEOUT_S, PluginClient, finish, read_arrow, read_error
from sklearn.neighbors import NearestNeighbors

from tb_projector_plugin import limits
from tb_projector_plugin.graphs import building
from tb_projector_plugin.graphs.feed import VectorFeed
from tb_projector_plugin.graphs.first_file import FirstFile
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.queries import content_digest

LARGE = {"run": ".", "name": "large", "metric": "euclidean"}
ROWS = 20_000


@pytest.fixture(scope="module")
def clusters() -> np.ndarray:
    random = np.random.default_rng(4)
    centers = 4 * random.standard_normal((60, 16))
    return (random.standard_normal((ROWS, 16)) + centers[np.arange(ROWS) % 60]).astype(np.float32)


@pytest.fixture(scope="module")
def logdir(clusters: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clusters")
    write_checkpoint(folder, 1, large=clusters)
    return folder


@pytest.fixture
def client(logdir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PluginClient:
    return open_impatient(logdir, monkeypatch, tmp_path / "cache")


def test_the_first_neighbors_are_offered_while_the_others_are_searched(client, clusters, monkeypatch, tmp_path):
    """The first part is asked for when it is offered: later it may be gone."""
    offer, offered = FirstFile.offer, queue.SimpleQueue()

    def offer_and_ask(file):
        offer(file)
        job = json.loads(client.get(f"/jobs/{file._job.id}").data)["job"]
        offered.put((job, client.get("/" + job["first"])))

    monkeypatch.setattr(FirstFile, "offer", offer_and_ask)
    started = client.get("/graph", **LARGE, k=60)
    job, response = offered.get(timeout=TIMEOUT_S)
    neighbors, distances, document, problems = read_graph(response)
    assert (job["state"], job["first"]) == ("running", f"jobs/{job['id']}/first")
    assert (neighbors.shape, document["k"], document["linked_rows"], problems) == ((ROWS, 15), 15, ROWS, [])
    true_distances, _ = NearestNeighbors(n_neighbors=15).fit(clusters.astype(np.float64)).kneighbors()
    assert (distances <= true_distances[:, -1:] * 1.0001).mean() == pytest.approx(document["recall"], abs=0.03)
    ended = finish(client, started)
    whole, _, document, _ = read_graph(ended)
    assert (whole.shape, document["k"], document["first"]["k"]) == ((ROWS, 60), 60, 15)
    for again in (ended, client.get("/graph", **LARGE, k=45)):  # Also when cut.
        first = read_arrow(again, "graph")[0].column("first_neighbor").values.to_numpy()
        assert np.array_equal(first.reshape(-1, 15), neighbors)
    assert read_graph(client.get("/graph", **LARGE, k=44))[2]["first"] is None
    job = json.loads(client.get(f"/jobs/{job['id']}").data)["job"]
    assert (job["state"], job["first"]) == ("done", None)
    read_error(client.get(f"/jobs/{job['id']}/first"), 409, "stale")
    assert [file.name for file in (tmp_path / "cache").iterdir() if "first" in file.name] == []


STAGES = {
    "the digest is read": (content_digest, "_compute_digest"),
    "vectors are sent": (VectorFeed, "send"),
    "first neighbors are there": (FirstFile, "offer"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_canceled_at_any_stage_it_leaves_nothing_and_can_be_asked_for_again(stage, client, monkeypatch, tmp_path):
    owner, name = STAGES[stage]
    work, cancel = getattr(owner, name), Job.cancel
    started, is_canceled = queue.SimpleQueue(), threading.Event()

    def work_when_canceled(*arguments):
        """The stage, which begins once the job that it is part of was canceled."""
        job = started.get(timeout=TIMEOUT_S)
        threading.Thread(target=lambda: client.ask(f"/jobs/{job}", "DELETE")).start()
        assert is_canceled.wait(TIMEOUT_S)
        return work(*arguments)

    def cancel_and_say(job):
        cancel(job)
        is_canceled.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, work_when_canceled)
        patch.setattr(Job, "cancel", cancel_and_say)
        job = json.loads(client.get("/graph", **LARGE, k=60).data)["job"]["id"]
        started.put(job)
        assert is_canceled.wait(TIMEOUT_S)
        client.ask(f"/jobs/{job}", "DELETE")  # Answers when it has ended.
    assert json.loads(client.get(f"/jobs/{job}").data)["job"]["state"] == "canceled"
    assert list_children() == []
    left = [file.name for file in (tmp_path / "cache").iterdir() if "-" in file.name or ".part" in file.name]
    assert left == []
    assert read_graph(finish(client, client.get("/graph", **LARGE, k=60)))[2]["k"] == 60


@pytest.fixture(params=["ivf", "hnsw"])
def approximate(request, monkeypatch):
    """The search that is used, in this process."""
    monkeypatch.setattr(building, "_INLINE_ROWS", ROWS)
    monkeypatch.setattr(limits, "GRAPH_INLINE_NUMBERS", 1 << 30)
    force_search(request.param, monkeypatch)
    return request.param


def test_rows_that_cannot_be_measured_are_left_out_by_every_search(approximate, clusters, monkeypatch, tmp_path: Path):
    """NaN, infinity, and, under cosine, zeros; thousands of copies are searched as ever."""
    monkeypatch.setenv("TB_PROJECTOR_CACHE_DIR", str(tmp_path / "cache"))
    odd = clusters[:12_000].copy()
    odd[7, 3], odd[11_999, 0], odd[[500, 501]], odd[2000:5000] = np.nan, -np.inf, 0, odd[2000]
    write_checkpoint(tmp_path / "logs", 1, large=odd)
    client = PluginClient(tmp_path / "logs")
    client.runs()
    response = finish(client, client.get("/graph", **{**LARGE, "metric": "cosine"}, k=20))
    neighbors, distances, document, problems = read_graph(response)
    left_out = [7, 500, 501, 11_999]
    assert (document["method"], document["linked_rows"]) == (approximate, 11_996)
    assert (neighbors[left_out] == -1).all()
    assert np.isnan(distances[left_out]).all()
    measured = np.delete(neighbors, left_out, axis=0)
    assert not np.isin(measured, [-1, *left_out]).any()
    assert document["equal_groups"] == [[3000, 1]]
    assert (distances[2000:5000] < 1e-6).all()
    kinds = [problem["kind"] for problem in problems]
    # Among thousands of copies an index misses some, and says so.
    assert ("recall" in kinds) == (document["recall"] < 0.99)
    assert len(problems) == 2 + ("recall" in kinds)
