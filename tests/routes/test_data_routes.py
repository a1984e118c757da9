"""The responses of /runs, /tensors, /metadata, /sprites and /projections on a run written by TensorFlow."""

import io
import json

import numpy as np
import pytest
from logdir_builders import write_checkpoint, write_labeled_run
from PIL import Image
from plugin_client import PluginClient, read_arrow, read_error
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.preprocessing import normalize
from waiting import wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.catalog import catalog as catalog_module
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.web.answers import IMMUTABLE

WORDS = {"run": "words", "name": "table"}
DIGITS = {"run": "train", "name": "digits"}
ODD = {"run": "odd", "name": "table"}


@pytest.fixture
def scan_always(monkeypatch):
    """A scan is due at each request, however recent the last one is."""
    monkeypatch.setattr(catalog_module, "_SCAN_AGE_S", 0.0)


def to_matrix(batch):
    column = batch.column(0)
    return np.array(column.flatten()).reshape(len(column), -1)


def to_coordinates(batch):
    return np.stack([column.to_numpy() for column in batch.columns], axis=1)


def test_runs_has_what_was_written(client):
    runs = client.runs()
    assert {run["name"] for run in runs["runs"]} == {"train", "words", "odd"}
    digits = client.embedding("train", "digits")
    assert digits["shape"] == [1797, 64]
    assert [step["step"] for step in digits["steps"]] == [1, 2]
    assert digits["sprite"]["single_image_dim"] == [8, 8]


def test_runs_is_asked_for_again_and_answered_short(client):
    first = client.get("/runs")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert client.ask("/runs", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    read_error(client.get("/runs", slots=7), 400, "bad_parameter")


def test_tensors_are_those_written(client, vectors):
    batch, document, problems = read_arrow(client.get("/tensors", **WORDS), "tensor")
    np.testing.assert_array_equal(to_matrix(batch), vectors)
    assert str(batch.schema.field("vector").type) == "fixed_size_list<item: float>[12]"
    version = client.embedding("words", "table")["steps"][0]["version"]
    assert document == {"shape": [200, 12], "dtype": "float32", "step": 7, "version": version}
    assert problems == []


def test_rows_come_in_the_order_asked_for(client, vectors):
    batch, document, _ = read_arrow(client.get("/tensors", **WORDS, rows="5,0,5,199"), "tensor")
    np.testing.assert_array_equal(to_matrix(batch), vectors[[5, 0, 5, 199]])
    assert document["shape"] == [4, 12]


def test_dims_of_rows_hold_no_more_than_a_block_of_rows(tmp_path, monkeypatch):
    """Only the numbers sent are counted: a row asked for many times must not be in memory as often."""
    vectors = np.random.default_rng(1).standard_normal((5, 6)).astype(np.float32)
    write_checkpoint(tmp_path, 1, table=vectors)
    monkeypatch.setattr(limits, "BLOCK_BYTES", 4 * vectors[0].nbytes)
    read_rows, counts = TensorSource.read_rows, []

    def count_rows(source, rows):
        counts.append(len(rows))
        return read_rows(source, rows)

    monkeypatch.setattr(TensorSource, "read_rows", count_rows)
    rows = [4, *[1] * 20, 0, 3]
    response = PluginClient(tmp_path).get("/tensors", run=".", name="table", rows=",".join(map(str, rows)), dims="5,2")
    batch, document, _ = read_arrow(response, "tensor")
    assert document["shape"] == [23, 6]
    np.testing.assert_array_equal(
        np.stack([column.to_numpy() for column in batch.columns], 1), vectors[rows][:, [5, 2]]
    )
    assert max(counts) == 4


@pytest.mark.parametrize("rows", ["", "1,", "a", "-1", "200", "1.5", "1;2", "9" * 30])
def test_rows_that_are_none(client, rows):
    error = read_error(client.get("/tensors", **WORDS, rows=rows), 400, "bad_parameter")
    assert "rows" in error["message"]


def test_steps_differ_and_the_newest_is_the_default(client):
    one, two, newest = (
        to_matrix(read_arrow(client.get("/tensors", **DIGITS, step=s), "tensor")[0]) for s in (1, 2, None)
    )
    np.testing.assert_array_equal(one * 2, two)
    np.testing.assert_array_equal(two, newest)


def test_answer_over_the_limit_is_refused_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr(limits, "ANSWER_BYTES", 200 * 12 * 4 - 1)
    error = read_error(client.get("/tensors", **WORDS), 413, "over_limit")
    assert "rows=" in error["fix"]
    assert client.get("/tensors", **WORDS, rows="1,2").status_code == 200


def test_metadata_has_typed_columns_and_a_record_a_row(client):
    batch, document, problems = read_arrow(client.get("/metadata", **DIGITS), "metadata")
    assert batch.schema.names == ["label", "ink"]
    assert batch.column("label").to_pylist() == load_digits().target.tolist()
    assert {str(field.type) for field in batch.schema} <= {
        "int32",
        "float",
        "double",
        "dictionary<values=string, indices=int32>",
    }
    assert {field.metadata[b"kind"] for field in batch.schema} <= {b"text", b"integer", b"number"}
    assert document["rows"] == document["lines"] == 1797
    assert document["header"] is True
    assert problems == []


def test_metadata_and_sprite_that_are_not_there(client):
    for route in ("/metadata", "/sprites"):
        assert "table" in read_error(client.get(route, **WORDS), 404, "not_found")["message"]


def test_sprite_is_the_file(client, logdir):
    response = client.get("/sprites", **DIGITS)
    assert response.content_type == "image/png"
    assert response.data == (logdir / "train" / "sprite.png").read_bytes()


@pytest.mark.parametrize("components", [1, 3, 10])
def test_projection_is_scikit_learns(client, vectors, components):
    response = client.get("/projections", **WORDS, method="pca", components=components)
    batch, document, problems = read_arrow(response, "projection")
    reference = PCA(components, svd_solver="full").fit(vectors.astype(np.float64))
    expected = reference.transform(vectors.astype(np.float64))
    largest = np.abs(reference.components_).argmax(axis=1)
    signs = np.sign(reference.components_[np.arange(components), largest])
    np.testing.assert_allclose(to_coordinates(batch), expected * signs, atol=1e-4)
    assert batch.schema.names == [f"pc{number}" for number in range(1, components + 1)]
    assert {str(field.type) for field in batch.schema} == {"float"}
    np.testing.assert_allclose(document["explained_variance"], reference.explained_variance_, rtol=1e-4)
    np.testing.assert_allclose(document["explained_variance_ratio"], reference.explained_variance_ratio_, rtol=1e-4)
    assert document["components"] == components
    assert (document["method"], document["space"], document["mean_removed"]) == ("pca", "as stored", True)
    assert document["rows"] == document["finite_rows"] == 200
    assert problems == []


@pytest.mark.parametrize("query", [{"components": 0}, {"components": 11}, {"components": "x"}, {"method": "magic"}])
def test_projection_parameters_are_checked(client, query):
    read_error(client.get("/projections", **WORDS, **query), 400, "bad_parameter")


def test_rows_that_are_not_finite_are_drawn_nowhere_and_listed(logdir):
    client = PluginClient(logdir)
    assert not [problem for problem in client.runs()["problems"] if problem["run"] == "odd"]
    batch, document, problems = read_arrow(client.get("/projections", **ODD), "projection")
    missing = np.flatnonzero(np.isnan(to_coordinates(batch)).all(axis=1))
    assert missing.tolist() == [3, 50, 100]
    assert np.isnan(to_coordinates(batch)).sum() == 3 * 10
    assert (document["rows"], document["finite_rows"]) == (200, 197)
    (problem,) = problems
    assert problem["message"] == "3 rows hold NaN or infinity and are not drawn: rows 3, 50, 100 of 200."
    assert problem["level"] == "warning"
    assert problem["file"].startswith("odd/")
    assert problem["fix"]
    assert (problem["run"], problem["embedding"]) == ("odd", "table")
    assert [p for p in client.runs()["problems"] if p["run"] == "odd"] == [problem]


@pytest.mark.parametrize("route", ["/tensors", "/projections"])
def test_version_makes_an_address_immutable(client, route):
    version = client.embedding("words", "table")["steps"][0]["version"]
    kept = client.get(route, **WORDS, v=version)
    assert kept.status_code == 200
    assert kept.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert client.get(route, **WORDS).headers["Cache-Control"] == "private, no-cache"
    error = read_error(client.get(route, **WORDS, v="0123"), 409, "stale")
    assert error["file"]


@pytest.mark.parametrize(("route", "kept"), [("/metadata", "private, no-cache"), ("/sprites", IMMUTABLE)])
def test_assets_have_versions_of_their_own(client, route, kept):
    version = client.embedding("train", "digits")[route.strip("/").removesuffix("s")]["version"]
    assert client.get(route, **DIGITS, v=version).headers["Cache-Control"] == kept
    read_error(client.get(route, **DIGITS, v="0123"), 409, "stale")


@pytest.mark.parametrize("route", ["/runs", "/bookmarks"])
def test_what_has_no_version_is_asked_for_again_whatever_the_address(client, route):
    assert client.get(route, **DIGITS, v="0123").headers["Cache-Control"] == "private, no-cache"


def test_metadata_follows_the_rows_of_its_tensor(tmp_path):
    write_labeled_run(tmp_path, [["label", "n"], *[[f"p{n}", n] for n in range(4)]], table=np.eye(4, dtype=np.float32))
    client, query = PluginClient(tmp_path), {"run": ".", "name": "table"}
    version = client.embedding(**query)["metadata"]["version"]
    before = client.get("/metadata", **query, v=version)
    write_checkpoint(tmp_path, 1, table=np.eye(3, 4, dtype=np.float32))
    read_arrow(client.get("/tensors", **query), "tensor")  # Sees that the checkpoint changed.
    after = client.ask("/metadata", headers={"If-None-Match": before.headers["ETag"]}, **query, v=version)
    assert [read_arrow(each, "metadata")[0].num_rows for each in (before, after)] == [4, 3]
    assert "immutable" not in before.headers["Cache-Control"]


@pytest.mark.parametrize("route", ["/tensors", "/metadata", "/sprites", "/projections"])
def test_known_content_is_not_sent_again(client, route, caplog):
    first = client.get(route, **DIGITS)
    again = client.ask(route, headers={"If-None-Match": first.headers["ETag"]}, **DIGITS)
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert not caplog.records  # TensorBoard warns about a response without a content type.


@pytest.mark.parametrize("route", ["/runs", "/tensors", "/metadata", "/sprites", "/projections"])
def test_head_says_what_get_would(client, route):
    get, head = client.get(route, **DIGITS), client.ask(route, "HEAD", **DIGITS)
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag"):
        assert head.headers[name] == get.headers[name]
    assert int(get.headers["Content-Length"]) == len(get.data)


@pytest.mark.parametrize("route", ["/tensors", "/metadata", "/sprites", "/projections", "/neighbors"])
def test_what_is_missing_or_unknown(client, route):
    assert '"run"' in read_error(client.get(route), 400, "bad_parameter")["message"]
    assert '"name"' in read_error(client.get(route, run="words"), 400, "bad_parameter")["message"]
    read_error(client.get(route, run="nowhere", name="table", row=1), 404, "not_found")
    unknown = read_error(client.get(route, run="words", name="tabel", row=1), 404, "not_found")
    assert unknown["fix"] == "Ask for an embedding of /runs, such as 'table'."


@pytest.mark.parametrize("route", ["/tensors", "/metadata", "/projections", "/neighbors"])
def test_steps_that_are_none(client, route):
    read_error(client.get(route, **DIGITS, row=1, step="two"), 400, "bad_parameter")
    assert "1, 2" in read_error(client.get(route, **DIGITS, row=1, step=3), 404, "not_found")["fix"]


def test_every_answer_forbids_sniffing(client):
    for response in (client.get("/runs"), client.get("/tensors"), client.get("/projections", **WORDS)):
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_rewritten_checkpoint_is_stale_under_its_old_version_and_new_without(tmp_path):
    random = np.random.default_rng(1)
    write_checkpoint(tmp_path / "run", 1, table=random.standard_normal((30, 4)).astype(np.float32))
    client = PluginClient(tmp_path)
    version = client.embedding("run", "table")["steps"][0]["version"]
    assert client.get("/projections", run="run", name="table", v=version).status_code == 200
    newer = random.standard_normal((30, 4)).astype(np.float32)
    write_checkpoint(tmp_path / "run", 1, table=newer)
    read_error(client.get("/projections", run="run", name="table", v=version), 409, "stale")
    batch, document, _ = read_arrow(client.get("/tensors", run="run", name="table"), "tensor")
    np.testing.assert_array_equal(to_matrix(batch), newer)
    assert document["version"] != version


def rewrite_config(client, folder, text):
    """Waits until the catalog has read it."""
    before = client.runs()["version"]
    (folder / "projector_config.pbtxt").write_text(text)
    wait_until(lambda: client.runs()["version"] != before, "the new config")


def test_a_corrected_shape_of_a_raw_file_has_answers_of_its_own(tmp_path, scan_always):
    vectors = np.random.default_rng(1).standard_normal((30, 4)).astype("<f4")
    vectors.tofile(tmp_path / "table.bytes")
    entry = 'embeddings {{ tensor_name: "table" tensor_path: "table.bytes" tensor_shape: {} tensor_shape: {} }}'
    (tmp_path / "projector_config.pbtxt").write_text(entry.format(60, 2))
    client, query = PluginClient(tmp_path), {"run": ".", "name": "table"}
    version = client.embedding(**query)["steps"][0]["version"]
    for spherize in (0, 1):
        batch, _, _ = read_arrow(client.get("/projections", **query, spherize=spherize, v=version), "projection")
        assert batch.num_rows == 60
    rewrite_config(client, tmp_path, entry.format(30, 4))
    read_error(client.get("/projections", **query, v=version), 409, "stale")
    version = client.embedding(**query)["steps"][0]["version"]
    exact = vectors.astype(np.float64)
    for spherize, rows in ((0, exact), (1, normalize(exact - exact.mean(axis=0)))):
        batch, _, _ = read_arrow(client.get("/projections", **query, spherize=spherize, v=version), "projection")
        expected = PCA(4).fit_transform(rows)
        np.testing.assert_allclose(np.abs(to_coordinates(batch)[:, :3]), np.abs(expected[:, :3]), atol=1e-5)


@pytest.mark.unexpected_error
def test_unforeseen_failure_says_nothing_of_the_inside(client, monkeypatch, caplog):
    def fail(slots=False, uploads=()):
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(client.plugin._open()[0], "runs", fail)
    response = client.get("/runs")
    assert read_error(response, 500, "internal")["message"] == "Unexpected server error."
    assert b"secret" not in response.data
    assert "/secret/path" in caplog.text


@pytest.mark.parametrize("shape", [(1, 5), (7, 1), (0, 4)])
def test_small_tensors(tmp_path, shape):
    write_checkpoint(tmp_path, 1, table=np.ones(shape, np.float32))
    client = PluginClient(tmp_path)
    names = [e["name"] for r in client.runs()["runs"] for e in r["embeddings"]]
    if not shape[0]:
        assert names == ["table"] or client.runs()["problems"]
        if names:
            error = read_error(client.get("/projections", run=".", name="table"), 422, "bad_data")
            assert "0 rows" in error["message"]
        return
    batch, _, _ = read_arrow(client.get("/projections", run=".", name="table"), "projection")
    assert batch.num_rows == shape[0]
    assert batch.num_columns == 1


def test_answers_are_json_that_browsers_read(client):
    assert json.loads(client.get("/runs").data)["version"]


@pytest.mark.parametrize("path", ["/nothing", "/runs/more", "/static"])
def test_addresses_that_lead_nowhere(client, path):
    read_error(client.get(path), 404, "not_found")


def test_a_sheet_larger_than_a_texture_comes_in_pages(tmp_path):
    """20,000 px high: 2,000 thumbnails of 40 x 40 px, each of a different color."""
    colors = np.random.default_rng(1).integers(0, 256, (500, 4, 3), np.uint8)
    Image.fromarray(colors.repeat(40, axis=0).repeat(40, axis=1)).save(tmp_path / "sheet.png")
    write_checkpoint(tmp_path, 1, table=np.eye(2000, 3, dtype=np.float32))
    (tmp_path / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "table" '
        'sprite { image_path: "sheet.png" single_image_dim: 40 single_image_dim: 40 } }\n'
    )
    client = PluginClient(tmp_path)
    sprite = client.runs()["runs"][0]["embeddings"][0]["sprite"]
    assert sprite["image_size"] == [160, 20_000]
    assert sprite["pages"] == {"count": 1, "columns": 102, "rows": 20, "image_size": [4080, 800]}
    query = {"run": ".", "name": "table", "v": sprite["version"]}
    response = client.get("/sprites", **query, page=0)
    assert (response.content_type, response.headers["Cache-Control"]) == ("image/png", IMMUTABLE)
    page = np.asarray(Image.open(io.BytesIO(response.data)))
    assert np.array_equal(page[::40, ::40].reshape(-1, 3)[:2000], colors.reshape(-1, 3))
    assert client.get("/sprites", **query, page=0).data == response.data
    for page in (1, -1, "x"):
        assert "page" in read_error(client.get("/sprites", **query, page=page), 400, "bad_parameter")["message"]


def test_thumbnails_of_another_size_have_pages_of_their_own(tmp_path, scan_always):
    Image.effect_noise((40, 9000), 100).save(tmp_path / "sheet.png")
    write_checkpoint(tmp_path, 1, table=np.eye(20, 3, dtype=np.float32))
    entry = (
        'embeddings {{ tensor_name: "table" '
        'sprite {{ image_path: "sheet.png" single_image_dim: {0} single_image_dim: {0} }} }}\n'
    )
    (tmp_path / "projector_config.pbtxt").write_text(entry.format(40))
    client, query = PluginClient(tmp_path), {"run": ".", "name": "table"}
    version = client.embedding(**query)["sprite"]["version"]
    before = client.get("/sprites", **query, page=0, v=version)
    assert before.status_code == 200
    rewrite_config(client, tmp_path, entry.format(20))
    read_error(client.get("/sprites", **query, page=0, v=version), 409, "stale")
    after = client.ask("/sprites", headers={"If-None-Match": before.headers["ETag"]}, **query, page=0)
    sprite = client.embedding(**query)["sprite"]
    assert Image.open(io.BytesIO(after.data)).size == tuple(sprite["pages"]["image_size"])
    assert client.get("/sprites", **query, page=0, v=sprite["version"]).data == after.data != before.data


def test_a_damaged_large_sheet_is_reported_in_runs(tmp_path):
    Image.new("RGB", (100, 9000), "red").save(tmp_path / "sheet.png")
    write_checkpoint(tmp_path, 1, table=np.eye(20, 3, dtype=np.float32))
    (tmp_path / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "table" '
        'sprite { image_path: "sheet.png" single_image_dim: 100 single_image_dim: 100 } }\n'
    )
    with (tmp_path / "sheet.png").open("r+b") as file:
        file.truncate(300)
    client = PluginClient(tmp_path)
    client.runs()
    read_error(client.get("/sprites", run=".", name="table", page=0), 422, "bad_data")
    assert any("not an image" in problem["message"] for problem in client.runs()["problems"])
