"""GET /graph and /jobs through TensorBoard's application: computed inline, by a job, from the cache; bad requests."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from graph_answers import open_impatient, read_graph
from logdir_builders import write_checkpoint
from plugin_client import TIMEOUT_S, PluginClient, finish, read_error
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

from tb_projector_plugin import limits
from tb_projector_plugin.graphs import building
from tb_projector_plugin.graphs.feed import VectorFeed

WORDS = {"run": "words", "name": "table"}
ODD = {"run": "odd", "name": "table"}
LARGE = {"run": ".", "name": "large"}
ROWS = 9000  # Too many for a search in the server's process.


@pytest.fixture(scope="module")
def large_vectors() -> np.ndarray:
    return np.random.default_rng(3).standard_normal((ROWS, 16)).astype(np.float32)


@pytest.fixture
def large_logdir(tmp_path: Path, large_vectors: np.ndarray) -> Path:
    write_checkpoint(tmp_path / "logs", 1, large=large_vectors)
    return tmp_path / "logs"


@pytest.fixture
def large_client(large_logdir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PluginClient:
    return open_impatient(large_logdir, monkeypatch, tmp_path / "cache")


def nearest(matrix, k, metric="euclidean"):
    return NearestNeighbors(n_neighbors=k, metric=metric).fit(matrix.astype(np.float64)).kneighbors()


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
@pytest.mark.parametrize("spherize", [0, 1])
def test_equals_scikit_learn(client, vectors, metric, spherize):
    moved = normalize(vectors - vectors.mean(axis=0, dtype=np.float64)) if spherize else vectors
    distances, rows = nearest(moved, 7, metric)
    response = client.get("/graph", **WORDS, k=7, metric=metric, spherize=spherize)
    neighbors, found, document, problems = read_graph(response)
    assert (neighbors == rows).mean() > 0.999
    np.testing.assert_allclose(found, distances, rtol=1e-4, atol=1e-6)
    assert document == {
        "k": 7,
        "metric": metric,
        "space": "spherized" if spherize else "as stored",
        "rows": 200,
        "linked_rows": 200,
        "method": "exact",
        "recall": 1,
        "recalls": [1] * 7,
        "recall_rows": 200,
        "tried": [],
        "equal_groups": [],
        "first": None,
    }
    assert problems == []


def test_dot_is_negated(client, vectors):
    products = -(vectors.astype(np.float64) @ vectors.T.astype(np.float64))
    np.fill_diagonal(products, np.inf)
    _, distances, _, _ = read_graph(client.get("/graph", **WORDS, k=7, metric="dot"))
    np.testing.assert_allclose(distances, np.sort(products, axis=1)[:, :7], rtol=1e-4)


def test_a_subset_is_a_matrix_of_its_own(client, vectors):
    rows = list(range(5, 190, 3))
    _, expected = nearest(vectors[rows], 5)
    subset = client.subset(reversed(rows))
    neighbors, _, document, _ = read_graph(client.get("/graph", **WORDS, k=5, metric="euclidean", subset=subset))
    assert np.array_equal(neighbors, expected)
    assert document["rows"] == len(rows)


def test_with_fewer_rows_than_neighbors_all_others_are(client):
    neighbors, _, document, _ = read_graph(client.get("/graph", **WORDS, k=300, metric="euclidean"))
    assert document["k"] == 199
    assert (np.sort(neighbors[3]) == np.delete(np.arange(200), 3)).all()


def test_rows_that_cannot_be_measured_are_nobodys_neighbors(client):
    neighbors, distances, document, problems = read_graph(client.get("/graph", **ODD, k=90))
    left_out = [3, 5, 50, 100]
    assert (neighbors[left_out] == -1).all()
    assert np.isnan(distances[left_out]).all()
    assert not np.isin(np.delete(neighbors, left_out, axis=0), left_out).any()
    assert (document["rows"], document["linked_rows"]) == (200, 196)
    assert [problem["message"] for problem in problems if "length zero" in problem["message"]]
    assert [problem["message"] for problem in problems if "3, 50, 100" in problem["message"]]
    _, _, document, problems = read_graph(client.get("/graph", **ODD, k=90, metric="euclidean"))
    assert document["linked_rows"] == 197
    assert len(problems) == 1


def test_one_row_has_no_neighbors(client):
    error = read_error(client.get("/graph", **WORDS, subset=client.subset([7])), 422, "bad_data")
    assert "two are needed" in error["message"]


def test_an_etag_spares_the_second_answer(client):
    first = client.get("/graph", **WORDS, k=5)
    again = client.ask("/graph", headers={"If-None-Match": first.headers["ETag"]}, **WORDS, k=5)
    assert (again.status_code, again.data) == (304, b"")


def test_a_job_ends_in_the_graph(large_client, large_vectors):
    response = large_client.get("/graph", **LARGE, k=15, metric="euclidean")
    job = json.loads(response.data)["job"]
    assert response.status_code == 202
    assert (job["kind"], job["words"], job["error"]) == ("graph", "Neighbors of 9,000 × 16", None)
    neighbors, _, document, _ = read_graph(finish(large_client, response))
    _, expected = nearest(large_vectors, 15)
    assert (neighbors == expected).mean() > 0.9999
    assert document["recall"] == 1
    done = json.loads(large_client.get(f"/jobs/{job['id']}").data)["job"]
    assert (done["state"], done["progress"]) == ("done", 1)
    again = large_client.get("/graph", **LARGE, k=15, metric="euclidean")  # From the cache: immediate.
    assert np.array_equal(read_graph(again)[0], neighbors)
    assert done["result"].startswith("graph?")


@pytest.fixture
def small_blocks(monkeypatch):
    """A table of some thousand rows arrives in several blocks."""
    monkeypatch.setattr(limits, "BLOCK_BYTES", 1 << 16)


@pytest.mark.usefixtures("small_blocks")
def test_blocks_without_a_row_that_can_be_measured_are_left_out(tmp_path, monkeypatch, large_vectors):
    padded = large_vectors.copy()
    padded[3000:6000] = padded[-1500:] = 0  # More than a block each.
    write_checkpoint(tmp_path / "logs", 1, large=padded)
    client = open_impatient(tmp_path / "logs", monkeypatch, tmp_path / "cache")
    response = finish(client, client.get("/graph", **LARGE, k=15, metric="cosine"))
    neighbors, _, document, problems = read_graph(response)
    linked = np.flatnonzero(padded.any(axis=1))
    assert document["linked_rows"] == len(linked) == 4500
    assert (neighbors[padded.any(axis=1)] == linked[nearest(padded[linked], 15, "cosine")[1]]).mean() > 0.9999
    assert (neighbors[~padded.any(axis=1)] == -1).all()
    assert "4,500 rows have length zero" in problems[0]["message"]


@pytest.mark.usefixtures("small_blocks")
def test_without_any_row_that_can_be_measured_the_reason_is_said(tmp_path, monkeypatch):
    write_checkpoint(tmp_path / "logs", 1, large=np.zeros((ROWS, 16), np.float32))
    client = open_impatient(tmp_path / "logs", monkeypatch, tmp_path / "cache")
    error = read_error(finish(client, client.get("/graph", **LARGE, k=15, metric="cosine")), 422, "bad_data")
    assert error["message"].startswith("0 of 9,000 rows can be measured")


def test_a_graph_with_more_neighbors_holds_those_of_fewer(large_client):
    more, distances, _, _ = read_graph(finish(large_client, large_client.get("/graph", **LARGE, k=20)))
    fewer, near, document, _ = read_graph(large_client.get("/graph", **LARGE, k=6))
    assert document["k"] == 6
    assert np.array_equal(fewer, more[:, :6])
    assert np.array_equal(near, distances[:, :6])


def test_a_recall_below_the_target_is_a_warning(large_logdir, tmp_path, monkeypatch):
    monkeypatch.setenv("TB_PROJECTOR_CACHE_DIR", str(tmp_path / "cache"))
    write_checkpoint(large_logdir / "few", 1, table=np.random.default_rng(5).standard_normal((100, 4)))
    compute = building.compute_graph

    def compute_worse(*arguments):
        return replace(
            compute(*arguments), method="hnsw", recalls=[1, 1, 0.995, 0.98, 0.97, 0.96, 0.953], recall_rows=1000
        )

    monkeypatch.setattr(building, "compute_graph", compute_worse)
    client = PluginClient(large_logdir)
    response = finish(client, client.get("/graph", run="few", name="table", k=7))
    _, _, document, (problem,) = read_graph(response)
    assert document["recall"] == 0.953
    assert (problem["level"], problem["kind"]) == ("warning", "recall")
    assert problem["message"].startswith("95.3 % of the true neighbors were found, measured on 1,000 rows; 99 %")
    for k, recall, said in ((5, 0.97, "97.0 %"), (3, 0.995, None)):  # Cut from it, with the recall of their own.
        _, _, document, problems = read_graph(client.get("/graph", run="few", name="table", k=k))
        assert (document["recall"], len(document["recalls"])) == (recall, k)
        assert [problem["message"].partition(" of")[0] for problem in problems] == ([] if said is None else [said])


def test_groups_of_equal_rows_are_counted(large_logdir, tmp_path, monkeypatch):
    """Also in a graph that is cut from one of more neighbors."""
    monkeypatch.setenv("TB_PROJECTOR_CACHE_DIR", str(tmp_path / "cache"))
    rows = np.random.default_rng(5).standard_normal((100, 4)).astype(np.float32)
    rows[:8], rows[20:33], rows[40:48] = rows[0], rows[20], rows[40]
    write_checkpoint(large_logdir / "copies", 1, table=rows)
    client = PluginClient(large_logdir)

    def equal_groups(k, metric="euclidean"):
        response = client.get("/graph", run="copies", name="table", k=k, metric=metric)
        return read_graph(response)[2]["equal_groups"]

    assert equal_groups(20) == equal_groups(7) == equal_groups(7, "cosine") == [[8, 2], [13, 1]]
    assert equal_groups(7, "dot") == []


def test_two_that_ask_at_once_get_one_job(large_client):
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(large_client.get, "/graph", **LARGE, k=15) for _ in range(8)]
        ids = {json.loads(one.result().data)["job"]["id"] for one in asked if one.result().status_code == 202}
    assert len(ids) == 1


def test_cancel_ends_the_job_and_it_can_be_asked_for_again(large_client):
    job = json.loads(large_client.get("/graph", **LARGE, k=300).data)["job"]
    canceled = json.loads(large_client.ask(f"/jobs/{job['id']}", "DELETE").data)["job"]
    assert canceled["state"] == "canceled"
    error = read_error(large_client.get(f"/jobs/{job['id']}/result"), 409, "stale")
    assert "canceled" in error["message"]
    read_graph(finish(large_client, large_client.get("/graph", **LARGE, k=300)))


def test_a_result_that_left_the_cache_is_said(large_client, tmp_path):
    response = large_client.get("/graph", **LARGE, k=15)
    assert finish(large_client, response).status_code == 200
    for file in (tmp_path / "cache").iterdir():
        file.unlink()
    error = read_error(large_client.get(f"/jobs/{json.loads(response.data)['job']['id']}/result"), 409, "stale")
    assert "Ask for it again" in error["fix"]


def rewrite_once(monkeypatch, logdir, vectors, *, before_reading):
    """Has the next job find the checkpoint rewritten when it starts to read the vectors, or when it has read them."""
    send = VectorFeed.send

    def send_around(feed, *arguments):
        monkeypatch.undo()
        if before_reading:
            write_checkpoint(logdir, 1, large=vectors)
        send(feed, *arguments)
        if not before_reading:
            write_checkpoint(logdir, 1, large=vectors)

    monkeypatch.setattr(VectorFeed, "send", send_around)


def test_a_checkpoint_rewritten_before_it_is_read_is_stale_and_then_another_graph(
    large_client, large_logdir, large_vectors
):
    query, before = {**LARGE, "k": 15, "metric": "euclidean"}, version_of(large_client)
    with pytest.MonkeyPatch.context() as patch:
        rewrite_once(patch, large_logdir, large_vectors[::-1] * 2, before_reading=True)
        read_error(finish(large_client, large_client.get("/graph", **query, v=before)), 409, "stale")
    neighbors = read_graph(finish(large_client, ask_for_another_version(large_client, query, before)))[0]
    assert (neighbors == nearest(large_vectors[::-1], 15)[1]).mean() > 0.9999


def test_a_checkpoint_rewritten_after_it_was_read_gets_its_own_graph_beside_the_first(
    large_client, large_logdir, large_vectors
):
    query, before = {**LARGE, "k": 15, "metric": "euclidean"}, version_of(large_client)
    with pytest.MonkeyPatch.context() as patch:
        rewrite_once(patch, large_logdir, large_vectors[::-1] * 2, before_reading=False)
        first = read_graph(finish(large_client, large_client.get("/graph", **query)))[0]
    assert (first == nearest(large_vectors, 15)[1]).mean() > 0.9999
    second = read_graph(finish(large_client, ask_for_another_version(large_client, query, before)))[0]
    assert (second == nearest(large_vectors[::-1], 15)[1]).mean() > 0.9999


def version_of(client):
    return client.embedding(".", "large")["steps"][0]["version"]


def ask_for_another_version(client, query, before):
    """The answer once the catalog has seen that the files changed."""
    deadline = time.monotonic() + TIMEOUT_S
    while version_of(client) == before and time.monotonic() < deadline:
        time.sleep(0.02)
    return client.get("/graph", **query, v=version_of(client))


def test_what_cannot_fit_into_memory_is_refused(client, monkeypatch):
    monkeypatch.setattr(limits, "GRAPH_BYTES", 10_000)
    error = read_error(client.get("/graph", **WORDS, k=111), 413, "over_limit")
    assert "GiB" in error["message"]


@pytest.mark.parametrize("query", [{"k": 0}, {"k": 301}, {"k": "many"}, {"metric": "manhattan"}, {"spherize": 2}])
def test_bad_parameters(client, query):
    error = read_error(client.get("/graph", **WORDS, **query), 400, "bad_parameter")
    assert str(next(iter(query.values()))) in error["message"]


@pytest.mark.parametrize("address", ["/jobs/", "/jobs/nothing", "/jobs/../runs", "/jobs/x/result", "/jobs/x/y/z"])
def test_jobs_that_are_not_there(client, address):
    read_error(client.get(address), 404, "not_found")


def test_unknown_subset_and_posting(client):
    read_error(client.get("/graph", **WORDS, subset="0" * 16), 404, "not_found")
    read_error(client.ask("/graph", "POST", json={}), 405, "method")
    read_error(client.ask("/graph", "DELETE"), 405, "method")
