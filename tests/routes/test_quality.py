"""POST /quality through TensorBoard's application: against scikit-learn, in every space, on subsets; bad bodies."""

import json

import numpy as np
import pyarrow as pa
import pytest
from graph_answers import open_impatient
from logdir_builders import write_checkpoint
from plugin_client import finish, read_arrow, read_error
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

from tb_projector_plugin.graphs.feed import VectorFeed

WORDS = {"run": "words", "name": "table"}
ODD = {"run": "odd", "name": "table"}
#: Effect of one neighbor misplaced by one rank, for 200 rows and k = 10.
ONE_RANK = 2.8e-6


def post(client, coordinates, **query):
    columns = {axis: pa.array(column, pa.float32()) for axis, column in zip("xyz", coordinates.T, strict=False)}
    return client.post_columns("/quality", columns, **query)


def measure(client, coordinates, **query):
    """`kept`, document and problems, once the job is done."""
    batch, document, problems = read_arrow(finish(client, post(client, coordinates, **query)), "quality")
    return batch.column("kept").to_numpy(), document, problems


def place(matrix, dimensions=2):
    return PCA(dimensions, random_state=0).fit_transform(matrix).astype(np.float32)


def nearest(matrix, k):
    return NearestNeighbors(n_neighbors=k).fit(matrix.astype(np.float64)).kneighbors(return_distance=False)


def share_kept(space, coordinates, k):
    pairs = zip(nearest(space, k).tolist(), nearest(coordinates, k).tolist(), strict=True)
    return [len(set(one) & set(two)) / k for one, two in pairs]


SPACES = {
    "euclidean": ({"metric": "euclidean"}, lambda vectors: vectors),
    "cosine": ({"metric": "cosine"}, normalize),
    "spherized": ({"metric": "euclidean", "spherize": 1}, lambda vectors: normalize(vectors - vectors.mean(axis=0))),
}


@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("space", SPACES)
def test_equals_scikit_learn_in_every_space(client, vectors, space, dimensions):
    query, move = SPACES[space]
    moved, coordinates = move(vectors.astype(np.float64)), place(vectors, dimensions)
    kept, document, problems = measure(client, coordinates, **WORDS, k=10, **query)
    true = trustworthiness(moved, coordinates, n_neighbors=10)
    # Spherized rows are float32: two neighbors whose distances agree to the last digit may swap.
    allowed = ONE_RANK if space == "spherized" else 1e-6
    assert document["trustworthiness"]["value"] == pytest.approx(true, abs=allowed)
    continuity = trustworthiness(coordinates, moved, n_neighbors=10)
    assert document["continuity"]["value"] == pytest.approx(continuity, abs=allowed)
    np.testing.assert_allclose(kept, share_kept(moved, coordinates, 10), atol=1e-6)
    assert document["kept"] == pytest.approx(kept.mean(), abs=1e-6)
    assert document["space"] == ("spherized" if space == "spherized" else "as stored")
    assert (document["k"], document["metric"], document["recall"]) == (10, query["metric"], 1)
    assert (document["sampled_rows"], document["drawn_rows"], document["rows"]) == (200, 200, 200)
    assert problems == []


def test_k_is_15_and_the_metric_cosine_by_default(client, vectors):
    _, document, _ = measure(client, place(vectors), **WORDS)
    assert (document["k"], document["metric"]) == (15, "cosine")


def test_of_a_subset_its_rows_alone_count(client, vectors):
    rows = np.arange(5, 190, 3)
    coordinates = place(vectors[rows])
    kept, document, _ = measure(client, coordinates, **WORDS, metric="euclidean", subset=client.subset(rows.tolist()))
    np.testing.assert_allclose(kept, share_kept(vectors[rows], coordinates, 15), atol=1e-6)
    assert document["rows"] == document["drawn_rows"] == len(rows)


def test_rows_that_are_not_drawn_are_nobodys_neighbors(client, vectors):
    coordinates = place(vectors)
    hidden = np.arange(0, 200, 4)
    drawn = np.setdiff1d(np.arange(200), hidden)
    coordinates[hidden, 1] = np.nan
    kept, document, _ = measure(client, coordinates, **WORDS, metric="euclidean")
    assert np.isnan(kept[hidden]).all()
    np.testing.assert_allclose(kept[drawn], share_kept(vectors[drawn], coordinates[drawn], 15), atol=1e-6)
    true = trustworthiness(vectors[drawn].astype(np.float64), coordinates[drawn], n_neighbors=15)
    assert document["trustworthiness"]["value"] == pytest.approx(true, abs=1e-6)
    assert document["drawn_rows"] == 150


def test_rows_that_cannot_be_measured_are_left_out_and_reported(client, vectors):
    kept, document, problems = measure(client, place(vectors), **ODD)
    assert np.flatnonzero(np.isnan(kept)).tolist() == [3, 5, 50, 100]
    assert document["drawn_rows"] == 196
    assert len(problems) == 2
    kept, _, problems = measure(client, place(vectors), **ODD, metric="euclidean")
    assert np.flatnonzero(np.isnan(kept)).tolist() == [3, 50, 100]
    assert len(problems) == 1


def test_a_few_rows_have_fewer_neighbors(client):
    subset = client.subset([1, 2, 3, 4, 5])
    _, document, _ = measure(client, np.random.default_rng(0).standard_normal((5, 2)), **WORDS, subset=subset)
    assert document["k"] == 2


def test_asked_again_it_is_there_at_once(client, vectors):
    coordinates = place(vectors) + 1
    first = measure(client, coordinates, **WORDS)
    response = post(client, coordinates, **WORDS)
    again = read_arrow(response, "quality")
    assert again[1] == first[1]
    assert np.array_equal(again[0].column("kept").to_numpy(), first[0])


def test_too_few_coordinates_are_an_error(client):
    coordinates = np.full((200, 2), np.nan, np.float32)
    coordinates[:2] = 1, 2
    error = read_error(finish(client, post(client, coordinates, **WORDS)), 422, "bad_data")
    assert "2 of 200 rows" in error["message"]


@pytest.mark.parametrize(
    ("coordinates", "query", "words"),
    [
        (np.zeros((199, 2)), {}, "coordinates of 199 rows"),
        (np.zeros((200, 1)), {}, "expected x (float32), y (float32)"),
        (np.zeros((200, 2)), {"k": 0}, "k"),
        (np.zeros((200, 2)), {"k": 101}, "100"),
        (np.zeros((200, 2)), {"metric": "manhattan"}, "metric"),
    ],
)
def test_bad_requests(client, coordinates, query, words):
    error = read_error(post(client, coordinates, **WORDS, **query), 400, "bad_parameter")
    assert words in error["message"] + error["fix"]


def test_json_and_get_are_refused(client):
    read_error(client.ask("/quality", "POST", json={"x": [0]}, **WORDS), 415, "content_type")
    read_error(client.get("/quality", **WORDS), 405, "method")


# --- As a job ---

LARGE = {"run": ".", "name": "large"}
#: Too many for a search in the server's process.
ROWS = 9000


@pytest.fixture
def large(tmp_path, monkeypatch):
    """The logdir, its vectors, and a client for which every quality is a job."""
    vectors = np.random.default_rng(4).standard_normal((ROWS, 16)).astype(np.float32)
    logdir = tmp_path / "logs"
    write_checkpoint(logdir, 1, large=vectors)
    return logdir, vectors, open_impatient(logdir, monkeypatch, tmp_path / "cache")


def test_a_canceled_job_ends_and_can_be_asked_for_again(large):
    _, vectors, client = large
    job = json.loads(post(client, place(vectors), **LARGE).data)["job"]
    assert job["kind"] == "quality"
    client.ask(f"/jobs/{job['id']}", "DELETE")
    read_error(client.get(f"/jobs/{job['id']}/result"), 409, "stale")
    assert measure(client, place(vectors), **LARGE)[1]["rows"] == ROWS


def test_a_checkpoint_rewritten_before_it_is_read_is_stale(large, monkeypatch):
    logdir, vectors, client = large
    send = VectorFeed.send

    def send_later(feed, *arguments):
        write_checkpoint(logdir, 1, large=vectors[::-1] * 2)
        send(feed, *arguments)

    version = client.embedding(".", "large")["steps"][0]["version"]
    monkeypatch.setattr(VectorFeed, "send", send_later)
    read_error(finish(client, post(client, place(vectors), **LARGE, v=version)), 409, "stale")
