"""GET and POST /projections in every space and on subsets, against scikit-learn and numpy in float64."""

import numpy as np
import pyarrow as pa
import pytest
from plugin_client import PluginClient, read_arrow, read_error
from sklearn.decomposition import PCA
from sklearn.preprocessing import normalize

from tb_projector_plugin.compute import leading_eigenpairs, pca
from tb_projector_plugin.sources.tensor_source import TensorSource

WORDS = {"run": "words", "name": "table"}
ODD = {"run": "odd", "name": "table"}
BODY = {**WORDS, "method": "axes"}


def spherized(vectors, of=None):
    exact = vectors.astype(np.float64)
    return normalize(exact - exact[slice(None) if of is None else of].mean(axis=0))


def read(response):
    batch, document, problems = read_arrow(response, "projection")
    assert {str(field.type) for field in batch.schema} == {"float"}
    return np.stack([column.to_numpy() for column in batch.columns], axis=1), document, problems


def check_pca(response, matrix, space):
    """In both, a component's sign is fixed by its largest loading."""
    coordinates, document, problems = read(response)
    reference = PCA(n_components=10, svd_solver="full").fit(matrix)
    expected = reference.transform(matrix)
    largest = np.abs(reference.components_).argmax(axis=1)
    signs = np.sign(reference.components_[np.arange(10), largest])
    np.testing.assert_allclose(coordinates, expected * signs, atol=1e-4)
    np.testing.assert_allclose(document["explained_variance"], reference.explained_variance_, rtol=1e-5)
    np.testing.assert_allclose(document["explained_variance_ratio"], reference.explained_variance_ratio_, rtol=1e-5)
    assert (document["space"], document["rows"], document["mean_removed"]) == (space, len(matrix), True)
    assert document["converged"]
    assert problems == []
    return reference.components_ * signs[:, None]


def test_components_that_still_change_are_not_called_exact(client, monkeypatch):
    monkeypatch.setattr(pca, "EXACT_SIDE", 8)
    monkeypatch.setattr(leading_eigenpairs, "_OVERSAMPLING", 0)
    monkeypatch.setattr(leading_eigenpairs, "_MAX_PRODUCTS", 1)
    _, document, _ = read(client.get("/projections", **WORDS, subset=client.subset(range(1, 190))))
    assert not document["converged"]


def test_spherized_equals_scikit_learn(client, vectors):
    check_pca(client.get("/projections", **WORDS, spherize=1), spherized(vectors), "spherized")
    check_pca(client.get("/projections", **WORDS, spherize=0), vectors.astype(np.float64), "as stored")


def test_subset_equals_scikit_learn_on_its_rows_alone(client, vectors):
    rows = list(range(3, 180, 4))
    subset = client.subset(reversed(rows))
    check_pca(client.get("/projections", **WORDS, subset=subset), vectors[rows].astype(np.float64), "as stored")
    check_pca(client.get("/projections", **WORDS, subset=subset, spherize=1), spherized(vectors[rows]), "spherized")


@pytest.mark.parametrize("spherize", [0, 1])
def test_loadings_have_a_record_for_each_dimension(client, vectors, spherize):
    matrix = spherized(vectors) if spherize else vectors.astype(np.float64)
    components = check_pca(
        client.get("/projections", **WORDS, spherize=spherize), matrix, "spherized" if spherize else "as stored"
    )
    loadings, document, _ = read(client.get("/projections", **WORDS, spherize=spherize, loadings=1))
    np.testing.assert_allclose(loadings, components.T, atol=1e-5)
    assert document["components"] == 10
    few, document, _ = read(client.get("/projections", **WORDS, spherize=spherize, loadings=1, components=2))
    np.testing.assert_array_equal(few, loadings[:, :2])
    assert document["components"] == 2


@pytest.mark.parametrize("spherize", [0, 1])
def test_loadings_of_a_subset_are_those_of_its_rows_alone(client, vectors, spherize):
    rows = list(range(3, 180, 4))
    where = {**WORDS, "subset": client.subset(rows), "spherize": spherize}
    matrix = spherized(vectors[rows]) if spherize else vectors[rows].astype(np.float64)
    components = check_pca(client.get("/projections", **where), matrix, "spherized" if spherize else "as stored")
    loadings, document, problems = read(client.get("/projections", **where, loadings=1))
    np.testing.assert_allclose(loadings, components.T, atol=1e-5)
    assert (document["components"], problems) == (10, [])
    of_all, _, _ = read(client.get("/projections", **WORDS, spherize=spherize, loadings=1))
    assert not np.allclose(loadings, of_all, atol=1e-2)


def test_each_question_has_an_etag_of_its_own(client):
    subset = client.subset([1, 2, 3])
    questions = [{}, {"spherize": 1}, {"loadings": 1}, {"subset": subset}, {"subset": subset, "spherize": 1}]
    tags = {client.get("/projections", **WORDS, **question).headers["ETag"] for question in questions}
    assert len(tags) == len(questions)


def test_rows_that_are_not_finite_are_named_as_the_embedding_numbers_them(client):
    coordinates, document, problems = read(client.get("/projections", **ODD, subset=client.subset([2, 50, 51, 100])))
    assert np.isnan(coordinates).all(axis=1).tolist() == [False, True, False, True]
    assert document["finite_rows"] == 2
    assert "rows 50, 100" in problems[0]["message"]
    assert problems[0]["file"]


@pytest.mark.parametrize("subset_rows", [[5], [7, 7]])
def test_rows_equal_to_the_mean_are_reported(client, subset_rows):
    _, _, problems = read(client.get("/projections", **ODD, subset=client.subset(subset_rows), spherize=1))
    assert [problem["level"] for problem in problems] == ["info"]
    assert f"drawn at length zero: {subset_rows[0]}." in problems[0]["message"]


def post(client, *axes, **more):
    return client.ask("/projections", "POST", json={**BODY, "axes": list(axes), **more})


def expected_axes(matrix, directions):
    units = np.array([direction / np.linalg.norm(direction) for direction in directions]).T
    return (matrix - matrix.mean(axis=0)) @ units


def test_axes_equal_numpy(client, vectors):
    matrix = vectors.astype(np.float64)
    subset = client.subset(range(100, 150))
    response = post(client, {"add": [1, 2, 2], "subtract": [5]}, {"add": subset}, {"random": 11})
    coordinates, document, problems = read(response)
    random = np.random.Generator(np.random.PCG64(11)).standard_normal(12)
    directions = [
        matrix[[1, 2]].mean(0) - matrix[5],
        matrix[100:150].mean(0) - matrix.mean(0),
        random / np.linalg.norm(random),
    ]
    expected = expected_axes(matrix, directions)
    np.testing.assert_allclose(coordinates, expected, atol=1e-5)
    axes = document.pop("axes")
    assert [(axis["added"], axis["subtracted"]) for axis in axes] == [(2, 1), (50, 200), (None, None)]
    np.testing.assert_allclose([axis["length"] for axis in axes], np.linalg.norm(directions, axis=1))
    ratios = expected.var(axis=0) / matrix.var(axis=0).sum()
    np.testing.assert_allclose([axis["variance_ratio"] for axis in axes], ratios, rtol=1e-5)
    version = client.embedding("words", "table")["steps"][0]["version"]
    assert document == {
        "method": "axes",
        "rows": 200,
        "finite_rows": 200,
        "space": "as stored",
        "mean_removed": True,
        "version": version,
    }
    assert problems == []


def test_axes_of_a_subset_in_the_spherized_space(client, vectors):
    """The subset's mean defines the space, also for rows outside the subset."""
    rows = list(range(20, 120))
    matrix = spherized(vectors, of=rows)
    response = post(client, {"add": [0, 1], "subtract": [199]}, spherize=True, subset=client.subset(rows))
    coordinates, document, _ = read(response)
    expected = expected_axes(matrix[rows], [matrix[[0, 1]].mean(0) - matrix[199]])
    np.testing.assert_allclose(coordinates, expected, atol=1e-5)
    assert (document["space"], document["rows"]) == ("spherized", 100)


def test_axes_leave_out_what_is_not_finite(client):
    coordinates, document, problems = read(client.ask("/projections", "POST", json={**ODD, "axes": [{"add": [3, 4]}]}))
    assert np.flatnonzero(np.isnan(coordinates[:, 0])).tolist() == [3, 50, 100]
    assert document["axes"][0]["added"] == 1
    assert "rows 3, 50, 100 of 200" in problems[0]["message"]


@pytest.mark.parametrize(
    "axes",
    [
        None,
        [],
        {},
        [{"random": 1}] * 4,
        [[1, 2]],
        [{}],
        [{"subtract": [1]}],
        [{"add": []}],
        [{"add": [1], "subtract": []}],
        [{"add": [200]}],
        [{"add": [-1]}],
        [{"add": [10**30]}],
        [{"add": [1.5]}],
        [{"add": [True]}],
        [{"add": 1}],
        [{"add": [1], "subtract": [1]}],
        [{"add": list(range(200))}],
        [{"random": -1}],
        [{"random": 2**53}],
        [{"random": 1.5}],
        [{"random": True}],
        [{"random": "1"}],
        [{"random": 1, "add": [1]}],
        [{"add": [1], "more": [2]}],
    ],
    ids=str,
)
def test_axes_that_are_none(client, axes):
    read_error(client.ask("/projections", "POST", json={**BODY, "axes": axes}), 400, "bad_parameter")


def test_an_axis_that_no_row_matched_is_named(client):
    error = read_error(post(client, {"random": 1}, {"add": []}), 400, "bad_parameter")
    assert "axes[1].add is empty" in error["message"]


@pytest.mark.parametrize("axis", [{"add": "gone"}, {"add": [1], "subtract": "gone"}])
def test_axis_of_a_subset_that_is_not_known(client, axis):
    read_error(post(client, axis), 404, "not_found")


@pytest.mark.parametrize(
    "more",
    [{"run": None}, {"name": 7}, {"step": "7"}, {"method": "pca"}, {"spherize": 1}, {"subset": 3}, {"step": True}],
    ids=str,
)
def test_parameters_of_a_body_are_checked(client, more):
    read_error(post(client, {"random": 1}, **more), 400, "bad_parameter")


def test_a_subset_with_a_row_that_is_not_there(client):
    read_error(post(client, {"add": client.subset([500])}), 400, "bad_parameter")
    read_error(post(client, {"random": 1}, subset=client.subset([500])), 400, "bad_parameter")


def test_neighbors_of_a_row_in_the_spherized_space_of_a_subset(client, vectors):
    """The row itself is not in the subset; rows are numbered as in the embedding."""
    rows = np.arange(20, 120)
    matrix = spherized(vectors, of=rows)
    for metric, distances in (
        ("cosine", 1 - matrix @ matrix[3]),
        ("euclidean", np.linalg.norm(matrix - matrix[3], axis=1)),
    ):
        order = rows[np.argsort(distances[rows], kind="stable")][:9]
        response = client.get("/neighbors", **WORDS, row=3, k=9, metric=metric, spherize=1, subset=client.subset(rows))
        batch, document, _ = read_arrow(response, "neighbors")
        assert batch.column("row").to_pylist() == order.tolist()
        np.testing.assert_allclose(batch.column("distance").to_numpy(), distances[order], rtol=1e-5)
        assert document["space"] == "spherized"


def test_neighbors_of_a_row_of_the_subset_leave_it_out(client, vectors):
    rows = np.arange(20, 120)
    distances = np.linalg.norm(vectors.astype(np.float64) - vectors[33], axis=1)
    order = rows[np.argsort(distances[rows], kind="stable")][1:6]
    response = client.get("/neighbors", **WORDS, row=33, k=5, metric="euclidean", subset=client.subset(rows))
    assert read_arrow(response, "neighbors")[0].column("row").to_pylist() == order.tolist()


def test_neighbors_of_what_a_body_names_in_the_spherized_space(client, vectors):
    matrix = spherized(vectors)
    for body, query, without in (
        ({"vector": vectors[9].tolist()}, matrix[9], []),
        ({"add": [1, 2], "subtract": [3]}, matrix[1] + matrix[2] - matrix[3], [1, 2, 3]),
    ):
        distances = np.linalg.norm(matrix - query, axis=1)
        distances[without] = np.inf
        response = client.ask(
            "/neighbors", "POST", json={**WORDS, "k": 7, "metric": "euclidean", "spherize": True, **body}
        )
        batch, _, _ = read_arrow(response, "neighbors")
        assert batch.column("row").to_pylist() == np.argsort(distances)[:7].tolist()


def test_chosen_dimensions(client, vectors):
    batch, document, _ = read_arrow(client.get("/tensors", **WORDS, dims="7,0"), "tensor")
    assert batch.schema.names == ["dim7", "dim0"]
    np.testing.assert_array_equal(batch.column("dim7").to_numpy(), vectors[:, 7])
    np.testing.assert_array_equal(batch.column("dim0").to_numpy(), vectors[:, 0])
    assert (document["shape"], document["dtype"]) == ([200, 12], "float32")
    batch, document, _ = read_arrow(client.get("/tensors", **WORDS, dims="11", rows="5,3"), "tensor")
    assert batch.to_pydict() == pa.RecordBatch.from_pydict({"dim11": pa.array(vectors[[5, 3], 11])}).to_pydict()
    assert document["shape"] == [2, 12]


@pytest.mark.parametrize("dims", ["", "12", "-1", "x", "1,1", ",".join(map(str, range(11)))])
def test_dimensions_are_checked(client, dims):
    read_error(client.get("/tensors", **WORDS, dims=dims), 400, "bad_parameter")


@pytest.mark.parametrize(("spherize", "passes"), [(0, 2), (1, 3)])
def test_pca_reads_the_vectors_twice_and_then_never_again(logdir, monkeypatch, spherize, passes):
    """Once for the covariance and once for the coordinates; spherized, before both, for the mean."""
    client, blocks, opened = PluginClient(logdir), TensorSource.blocks, []
    client.runs()

    def count(source, *arguments):
        opened.append(source.display)
        return blocks(source, *arguments)

    monkeypatch.setattr(TensorSource, "blocks", count)
    client.get("/projections", **WORDS, spherize=spherize)
    assert len(opened) == passes
    for query in ({"components": 3}, {"loadings": 1}, {}):
        read(client.get("/projections", **WORDS, spherize=spherize, **query))
    assert len(opened) == passes
