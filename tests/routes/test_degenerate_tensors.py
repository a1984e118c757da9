"""Tensors of one point, no points, duplicates, or extreme values: valid responses, or errors with a clear message."""

import warnings

import numpy as np
import pyarrow as pa
import pytest
from logdir_builders import write_checkpoint
from plugin_client import ARROW_TYPE, PluginClient, finish, read_arrow, read_error
from sklearn.neighbors import NearestNeighbors

RANDOM = np.random.default_rng(0)
TENSORS = {
    "one_point": np.full((300, 6), 0.3, np.float32),
    "one_row": RANDOM.standard_normal((1, 6)).astype(np.float32),
    "copies": np.tile(RANDOM.standard_normal((3, 6)), (1000, 1)).astype(np.float32),
    "zeros": np.zeros((50, 4), np.float32),
    "nan": np.full((40, 3), np.nan, np.float32),
    "constant_column": np.column_stack([np.full(50, 1e6), RANDOM.standard_normal(50)]).astype(np.float32),
    "one_column": RANDOM.standard_normal((50, 1)).astype(np.float32),
    "ends_of_float32": (RANDOM.standard_normal((50, 400)) * 1e38).clip(-3e38, 3e38).astype(np.float32),
    "squares_beyond_float64": RANDOM.standard_normal((50, 6)) * 1e200,
    "beyond_float32": np.vstack([RANDOM.standard_normal((40, 6)), RANDOM.standard_normal((10, 6)) * 1e100]),
    "sums_beyond_float64": np.array([[1.7e308], [-1.7e308], [1e308]]),
    "denormal": (RANDOM.standard_normal((50, 6)) * 1e-42).astype(np.float32),
    "large_integers": RANDOM.integers(0, 2**62, (50, 3)),
    "no_rows": np.zeros((0, 4), np.float32),
    "no_dimensions": np.zeros((4, 0), np.float32),
}

#: The tensor whose few rows are measured.
FEW = "constant_column"

#: scikit-learn's names and functions of the metrics.
DISTANCES = {"cosine": "cosine", "euclidean": "euclidean", "dot": lambda one, other: -(one @ other)}


@pytest.fixture(scope="module")
def degenerate(tmp_path_factory):
    root = tmp_path_factory.mktemp("logs")
    write_checkpoint(root / "run", 1, **TENSORS)
    client = PluginClient(root)
    client.runs()
    return client


@pytest.fixture
def loud_warnings():
    """An unexpected division by zero is a bug, although numpy continues."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        yield


def ask_everything(client, names, rows, subset, spherize):
    where = {**names, "subset": subset, "spherize": spherize}
    yield client.get("/tensors", **names, rows=None if rows is None else ",".join(map(str, rows)), dims="0,1")
    yield client.get("/projections", **where)
    yield client.get("/projections", **where, loadings=1)
    for metric in ("cosine", "euclidean", "dot"):
        yield client.get("/neighbors", **where, row=0, metric=metric)
        yield finish(client, client.get("/graph", **where, k=5, metric=metric))
    if rows is None or names["name"] == FEW:  # Each starts a process.
        yield finish(client, client.post_columns("/quality", place(names, rows), **where, k=5, metric="euclidean"))
    body = {**names, "subset": subset, "spherize": bool(spherize)}
    for axis in ({"add": [0]}, {"random": 3}):
        yield client.ask("/projections", "POST", json={**body, "axes": [axis]})


def place(names, rows):
    """A picture of the rows, one of which is not drawn."""
    count = len(TENSORS[names["name"]]) if rows is None else len(rows)
    x = np.linspace(-1, 1, count, dtype=np.float32)
    x[-1:] = np.nan
    return {"x": pa.array(x), "y": pa.array(x**2)}


@pytest.mark.usefixtures("loud_warnings")
@pytest.mark.parametrize("spherize", [0, 1])
@pytest.mark.parametrize("rows", [None, [0], [0, 1, 2]], ids=str)
@pytest.mark.parametrize("name", TENSORS)
def test_every_answer_is_columns_or_words(degenerate, name, rows, spherize):
    subset = None if rows is None else degenerate.subset(rows)
    for response in ask_everything(degenerate, {"run": "run", "name": name}, rows, subset, spherize):
        if response.status_code == 200:
            assert response.content_type == ARROW_TYPE
            response.close()  # A graph is streamed from its file.
        else:
            kind = {400: "bad_parameter", 422: "bad_data"}[response.status_code]
            read_error(response, response.status_code, kind)


@pytest.mark.parametrize(("metric", "linked"), [("cosine", 50), ("euclidean", 40), ("dot", 40)])
def test_a_graph_holds_what_its_numbers_can(degenerate, metric, linked):
    """Rows beyond float32 have directions; what else they have is reported as left out."""
    response = finish(degenerate, degenerate.get("/graph", run="run", name="beyond_float32", k=5, metric=metric))
    batch, document, problems = read_arrow(response, "graph")
    assert document["linked_rows"] == linked
    distances = np.array(batch.column("distance").to_pylist(), np.float32)
    assert np.isfinite(distances[:linked]).all()
    said = " ".join(problem["message"] for problem in problems)
    assert ("10 rows hold numbers beyond those of float32 (3.4e38); left out: 40, 41," in said) == (linked < 50)


@pytest.mark.parametrize("name", ["beyond_float32", "ends_of_float32"])
def test_rows_too_far_apart_to_be_drawn_are_reported(degenerate, name):
    """Infinite coordinates would be neither drawn nor counted among the rows that are not."""
    error = read_error(degenerate.get("/projections", run="run", name=name), 422, "bad_data")
    assert "rows lie too far from the others to be drawn" in error["message"]
    assert "Spherize" in error["fix"]
    coordinates, _, _ = read_arrow(degenerate.get("/projections", run="run", name=name, spherize=1), "projection")
    assert all(np.isfinite(column.to_numpy()).all() for column in coordinates.columns)


def test_of_a_subset_nothing_is_listed_as_a_problem_of_the_tensor(tmp_path):
    """Each subset has another text."""
    vectors = TENSORS["beyond_float32"]
    write_checkpoint(tmp_path / "run", 1, table=vectors)
    client, names = PluginClient(tmp_path), {"run": "run", "name": "table"}
    assert client.runs()["problems"] == []
    for last in (43, 44, 45):
        subset = client.subset(range(30, last))
        error = read_error(client.get("/projections", **names, subset=subset), 422, "bad_data")
        assert f"of {last - 30} rows lie too far" in error["message"]
        axes = {**names, "subset": subset, "axes": [{"random": 3}]}
        read_error(client.ask("/projections", "POST", json=axes), 422, "bad_data")
    assert client.runs()["problems"] == []
    read_error(client.get("/projections", **names), 422, "bad_data")
    (problem,) = client.runs()["problems"]
    assert "of 50 rows lie too far" in problem["message"]


def test_axes_are_refused_where_rows_are_too_far_apart(degenerate):
    body = {"run": "run", "name": "beyond_float32", "axes": [{"random": 3}]}
    error = read_error(degenerate.ask("/projections", "POST", json=body), 422, "bad_data")
    assert "50 of 50 rows lie too far from the others to be drawn" in error["message"]


@pytest.mark.parametrize("metric", ["dot", "euclidean"])
def test_distances_beyond_float32_have_no_graph(degenerate, metric):
    response = finish(degenerate, degenerate.get("/graph", run="run", name="ends_of_float32", k=5, metric=metric))
    assert "beyond the numbers of float32" in read_error(response, 422, "bad_data")["message"]


@pytest.mark.usefixtures("loud_warnings")
@pytest.mark.parametrize("metric", DISTANCES)
def test_neighbors_at_distances_beyond_float32_are_in_order(degenerate, metric):
    """Distances are compared in float64; float32 holds those beyond its range as infinite."""
    response = degenerate.get("/neighbors", run="run", name="beyond_float32", row=0, k=49, metric=metric)
    batch, _, problems = read_arrow(response, "neighbors")
    matrix = TENSORS["beyond_float32"]
    reference = NearestNeighbors(n_neighbors=50, algorithm="brute", metric=DISTANCES[metric]).fit(matrix)
    distances, rows = (found[0] for found in reference.kneighbors(matrix[:1]))
    others = rows != 0
    assert batch.column("row").to_pylist() == rows[others].tolist()
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(batch.column("distance"), distances[others].astype(np.float32), rtol=1e-5)
    assert problems == []
