"""GET and POST /neighbors against scikit-learn, and every kind of invalid request."""

import numpy as np
import pytest
from plugin_client import read_arrow, read_error
from sklearn.neighbors import NearestNeighbors

from tb_projector_plugin import limits
from tb_projector_plugin.compute.row_lengths import RowLengths

WORDS = {"run": "words", "name": "table"}
ODD = {"run": "odd", "name": "table"}


def expected(vectors, query, k, metric, without=()):
    reference = NearestNeighbors(n_neighbors=len(vectors), metric=metric, algorithm="brute").fit(
        vectors.astype(np.float64)
    )
    distances, rows = reference.kneighbors(np.asarray(query, np.float64)[None])
    kept = ~np.isin(rows[0], list(without))
    return rows[0][kept][:k], distances[0][kept][:k]


def check(response, rows, distances):
    batch, document, problems = read_arrow(response, "neighbors")
    assert [(field.name, str(field.type)) for field in batch.schema] == [("row", "int32"), ("distance", "float")]
    assert batch.column("row").to_pylist() == list(rows)
    np.testing.assert_allclose(batch.column("distance").to_numpy(), distances, rtol=1e-5)
    assert problems == []
    return document


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_neighbors_of_a_row(client, vectors, metric):
    response = client.get("/neighbors", **WORDS, row=17, k=9, metric=metric)
    document = check(response, *expected(vectors, vectors[17], 9, metric, [17]))
    version = client.embedding("words", "table")["steps"][0]["version"]
    assert document == {"metric": metric, "space": "as stored", "k": 9, "exact": True, "row": 17, "version": version}


@pytest.mark.parametrize(("kept_bytes", "rows"), [(0, (18, 19)), (limits.ROW_LENGTHS_BYTES, (20, 21))])
@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_the_next_search_finds_as_well_with_the_lengths_of_the_one_before(  # noqa: PLR0917 - pytest passes by name.
    client, vectors, metric, kept_bytes, rows, monkeypatch
):
    """Of very many rows none are kept: a stranger's file must not fill the server's memory."""
    monkeypatch.setattr(limits, "ROW_LENGTHS_BYTES", kept_bytes)
    sizes = []

    def along(self, open_blocks, original=RowLengths.along):
        yield from original(self, open_blocks)
        sizes.append(0 if self._known is None else len(self._known))

    monkeypatch.setattr(RowLengths, "along", along)
    for row in rows:
        response = client.get("/neighbors", **WORDS, row=row, k=7, metric=metric)
        check(response, *expected(vectors, vectors[row], 7, metric, [row]))
    assert sizes == [len(vectors) if kept_bytes else 0] * 2


def test_dot_is_negated(client, vectors):
    products = -(vectors.astype(np.float64) @ vectors[17])
    order = np.argsort(products, kind="stable")
    order = order[order != 17][:5]
    check(client.get("/neighbors", **WORDS, row=17, k=5, metric="dot"), order, products[order])


def test_kept_under_its_version(client):
    version = client.embedding("words", "table")["steps"][0]["version"]
    assert "immutable" in client.get("/neighbors", **WORDS, row=1, v=version).headers["Cache-Control"]
    read_error(client.get("/neighbors", **WORDS, row=1, v="old"), 409, "stale")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"row": -1},
        {"row": 200},
        {"row": "x"},
        {"row": 1, "k": 0},
        {"row": 1, "k": 1001},
        {"row": 1, "metric": "l3"},
    ],
)
def test_parameters_are_checked(client, query):
    read_error(client.get("/neighbors", **WORDS, **query), 400, "bad_parameter")


def test_more_than_there_are(client):
    batch, _, _ = read_arrow(client.get("/neighbors", **WORDS, row=0, k=1000), "neighbors")
    assert sorted(batch.column("row").to_pylist()) == list(range(1, 200))


def test_rows_without_a_distance_are_left_out(client):
    batch, _, _ = read_arrow(client.get("/neighbors", **ODD, row=0, k=1000), "neighbors")
    assert not {3, 5, 50, 100} & set(batch.column("row").to_pylist())
    batch, _, _ = read_arrow(client.get("/neighbors", **ODD, row=0, k=1000, metric="euclidean"), "neighbors")
    assert 5 in batch.column("row").to_pylist()
    assert "NaN" in read_error(client.get("/neighbors", **ODD, row=3), 400, "bad_parameter")["message"]
    assert "length zero" in read_error(client.get("/neighbors", **ODD, row=5), 400, "bad_parameter")["message"]


def post(client, **body):
    return client.ask("/neighbors", "POST", json={**WORDS, **body})


def test_neighbors_of_a_vector(client, vectors):
    query = np.linspace(-1, 1, 12)
    document = check(post(client, vector=query.tolist(), k=8), *expected(vectors, query, 8, "cosine"))
    assert document["row"] is None


def test_neighbors_of_a_sum_and_difference(client, vectors):
    response = post(client, add=[3, 8], subtract=[5], k=8, metric="euclidean", step=7)
    query = vectors[3].astype(np.float64) + vectors[8] - vectors[5]
    document = check(response, *expected(vectors, query, 8, "euclidean", [3, 8, 5]))
    assert (document["add"], document["subtract"], document["normalized"]) == ([3, 8], [5], False)


@pytest.mark.parametrize("metric", ["cosine", "euclidean", "dot"])
@pytest.mark.parametrize("normalized", [False, True])
def test_sums_are_those_of_numpy_in_float64(client, vectors, metric, normalized):
    """A row may count twice; rows that are part of the sum are excluded from the result."""
    terms = vectors.astype(np.float64)
    if normalized:
        terms = terms / np.linalg.norm(terms, axis=1, keepdims=True)
    query = 2 * terms[17] - terms[40] + terms[101] - terms[3]
    stored = vectors.astype(np.float64)
    distances = {
        "cosine": 1 - stored @ query / (np.linalg.norm(stored, axis=1) * np.linalg.norm(query)),
        "euclidean": np.linalg.norm(stored - query, axis=1),
        "dot": -(stored @ query),
    }[metric]
    order = [row for row in np.argsort(distances, kind="stable") if row not in (17, 40, 101, 3)][:25]
    response = post(client, add=[17, 101, 17], subtract=[40, 3], k=25, metric=metric, normalized=normalized)
    check(response, order, distances[order])


def test_a_sum_names_the_row_that_spoils_it(client):
    def ask(**body):
        return client.ask("/neighbors", "POST", json={**ODD, **body})

    assert "Row 3 holds NaN" in read_error(ask(add=[0, 3]), 400, "bad_parameter")["message"]
    message = read_error(ask(add=[0], subtract=[5], normalized=True), 400, "bad_parameter")["message"]
    assert "Row 5 has length zero" in message
    read_arrow(ask(add=[0], subtract=[5]), "neighbors")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"vector": [1.0] * 12, "add": [1]},
        {"vector": [1.0] * 11},
        {"vector": "text"},
        {"vector": [True] * 12},
        {"vector": [1e999] * 12},
        {"vector": [int("9" * 400)] * 12},
        {"vector": [-int("9" * 400)] + [1] * 11},
        {"add": [int("9" * 400)]},
        {"add": [1], "k": int("9" * 400)},
        {"add": [1], "step": int("9" * 400)},
        {"vector": [0] * 12},
        {"add": [200]},
        {"add": [-1]},
        {"add": [1.5]},
        {"add": [True]},
        {"add": "1"},
        {"add": [1], "normalized": 1},
        {"add": [1], "k": "5"},
        {"add": [1], "k": 0},
        {"add": [1], "metric": 5},
        {"add": [1], "step": "7"},
        {"add": [1], "name": ["table"]},
    ],
)
def test_bodies_that_are_refused(client, body):
    read_error(post(client, **body), 400, "bad_parameter")


def test_body_for_another_run_or_step(client):
    read_error(post(client, add=[1], run="nowhere"), 404, "not_found")
    read_error(post(client, add=[1], step=8), 404, "not_found")


def test_a_number_of_hundreds_of_digits(client):
    body = '{"run": "words", "name": "table", "vector": [' + ", ".join(["9" * 400] + ["1"] * 11) + "]}"
    answer = client.ask("/neighbors", "POST", data=body, headers={"Content-Type": "application/json"})
    assert "a list of finite numbers" in read_error(answer, 400, "bad_parameter")["message"]
