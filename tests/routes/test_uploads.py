"""POST /uploads of any format: uploads work like any run; hostile and oversized ones are refused."""

from __future__ import annotations

import gzip
import http.client
import json
import pickle
import threading
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plugin_client import PluginClient, read_arrow, read_error
from tensorboard_process import TensorBoardProcess
from uploading import BYTES, VECTORS, dropped, metadata_of, npy, post, tsv, vectors_of

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.uploads import Uploads
from tb_projector_plugin.errors import NotFoundError


@pytest.mark.parametrize("data", [npy(VECTORS), tsv(VECTORS)], ids=["npy", "tsv"])
def test_every_route_answers_as_for_any_run(client, empty, logdir, data):
    answer = dropped(empty, data)
    query = {"run": answer["run"], "name": "v.tsv", "v": answer["embedding"]["steps"][0]["version"]}
    assert np.array_equal(vectors_of(empty, answer), VECTORS)

    pca, document, _ = read_arrow(empty.get("/projections", **query, method="pca"), "projection")
    assert document["rows"] == pca.num_rows == 300
    neighbors, _, _ = read_arrow(empty.get("/neighbors", **query, row=5, k=3), "neighbors")
    unit = VECTORS / np.linalg.norm(VECTORS, axis=1, keepdims=True)
    assert neighbors.column("row").to_pylist() == np.argsort(1 - unit @ unit[5])[1:4].tolist()
    graph, _, _ = read_arrow(empty.get("/graph", **query, k=3), "graph")
    assert graph.column("neighbor")[5].as_py() == neighbors.column("row").to_pylist()
    body = {"run": query["run"], "name": query["name"], "method": "axes", "axes": [{"add": [1, 2], "subtract": [3]}]}
    axes, _, _ = read_arrow(empty.ask("/projections", "POST", json=body), "projection")
    assert axes.num_rows == 300
    subset = empty.subset([1, 2, 3, 4])
    part, document, _ = read_arrow(empty.get("/projections", **query, method="pca", subset=subset), "projection")
    assert document["rows"] == part.num_rows == 4
    rows, _, _ = read_arrow(empty.get("/tensors", **query, rows="7,2"), "tensor")
    assert np.array_equal(rows.column("vector").flatten().to_numpy().reshape(2, 8), VECTORS[[7, 2]])
    columns, _, _ = read_arrow(empty.get("/tensors", **query, dims="3"), "tensor")
    assert np.array_equal(columns.column("dim3").to_numpy(), VECTORS[:, 3])
    places = {axis: pa.array(VECTORS[:, dim]) for dim, axis in enumerate("xy")}
    quality = empty.post_columns("/quality", places, **query)
    assert quality.status_code in (200, 202)
    read_error(empty.get("/metadata", **query), 404, "not_found")
    read_error(empty.get("/sprites", run=query["run"], name=query["name"]), 404, "not_found")
    read_error(empty.get("/assets", run=query["run"], path="x.png"), 404, "not_found")
    bookmarks = json.loads(empty.get("/bookmarks", run=query["run"], name=query["name"]).data)
    assert bookmarks["bookmarks"] == []
    assert not bookmarks["saving"]["allowed"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pickle.dumps(VECTORS), "pickle"),
        (gzip.compress(b"1\t2\n", mtime=0), "gzip"),
        (b"PK\x03\x04" + bytes(100), "zip"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"PAR1....", "Parquet"),
        (b"2 3\nword " + VECTORS[:1].tobytes() + bytes(8), "zero bytes"),
    ],
)
def test_other_formats_are_named(empty, data, said):
    for name in ("v.npy", "v.tsv"):
        error = read_error(post(empty, data, name), 422, "bad_data")
        assert said in error["message"]
        assert error["fix"]


def test_the_bytes_decide_and_not_the_name(empty):
    assert dropped(empty, npy(VECTORS), "vectors.csv")["read"]["format"] == "npy"
    assert dropped(empty, b"1\t2\n", "vectors.npy")["read"]["format"] == "tab"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\v.tsv", "v.tsv"),
        ("a\x00b\nc\u202e.tsv", "abc.tsv"),
        ("x" * 5000, "x" * 100),
        ("/", "upload"),
        ("日本語.tsv", "日本語.tsv"),
    ],
)
def test_the_name_is_only_shown(empty, sent, shown):
    answer = dropped(empty, "1\t2\n", sent)
    assert answer["name"] == answer["embedding"]["name"] == shown
    assert vectors_of(empty, answer).tolist() == [[1, 2]]


def test_the_same_file_is_the_same_run(empty):
    first = dropped(empty, "1\t2\n", "same.tsv")
    assert dropped(empty, "1\t2\n", "same.tsv") == first
    others = [dropped(empty, "1\t2\n", "other.tsv"), dropped(empty, "1\t3\n", "same.tsv")]
    assert len({first["run"], *(other["run"] for other in others)}) == 3


def test_only_who_asks_for_an_upload_is_shown_it(client):
    answer = dropped(client, "1\t2\n", "mine.tsv")
    names = [run["name"] for run in client.runs()["runs"]]
    assert not [name for name in names if name.startswith("uploads")]
    listed = json.loads(client.get("/runs", uploads=f"{answer['upload']},{'0' * 32}").data)
    assert [run["name"] for run in listed["runs"]] == [*names, answer["run"]]
    assert listed["runs"][-1]["embeddings"] == [answer["embedding"]]
    (gone,) = [problem for problem in listed["problems"] if problem["run"].startswith("uploads/0")]
    assert "Drop the file" in gone["fix"]


@pytest.mark.parametrize("name", ["0" * 32, "", "x", "../x", "a/b", "x" * 5000])
def test_an_upload_that_is_not_there(empty, name):
    error = read_error(empty.get("/tensors", run=f"uploads/{name}", name="v.tsv"), 404, "not_found")
    assert len(error["message"]) < 300 or len(name) > 1000
    read_error(empty.ask("/uploads", "DELETE", upload=name or "x"), 404, "not_found")


def test_removed(empty):
    answer = dropped(empty, "7\t8\n")
    assert json.loads(empty.ask("/uploads", "DELETE", upload=answer["upload"]).data) == {"removed": answer["upload"]}
    read_error(empty.get("/tensors", run=answer["run"], name=answer["name"]), 404, "not_found")
    read_error(empty.ask("/uploads", "DELETE", upload=answer["upload"]), 404, "not_found")


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", "text/csv", ""])
def test_what_a_form_can_send_is_refused(empty, content_type):
    read_error(post(empty, "1\t2\n", headers={"Content-Type": content_type}), 415, "content_type")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}],
)
def test_other_sites_send_and_remove_nothing(empty, headers):
    answer = dropped(empty, "5\t6\n", "kept.tsv")
    read_error(post(empty, "1\t2\n", headers={**BYTES, **headers}), 403, "forbidden")
    read_error(empty.ask("/uploads", "DELETE", headers=headers, upload=answer["upload"]), 403, "forbidden")
    assert vectors_of(empty, answer).tolist() == [[5, 6]]


def test_a_body_that_says_it_is_too_large_is_refused_unread(empty):
    said = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/data/plugin/embeddings/uploads",
        "QUERY_STRING": "file=x",
        "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "application/octet-stream",
        "CONTENT_LENGTH": str(limits.UPLOAD_BYTES + 1),
        "wsgi.input": None,
        "wsgi.url_scheme": "http",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
    }
    app = empty.plugin.get_plugin_apps()["/*"]
    body = json.loads(b"".join(app(environ, lambda status, _headers: said.append(status))))
    assert said[0].startswith("413")
    assert body["error"]["kind"] == "over_limit"


def test_least_recently_used_leaves_first():
    uploads = Uploads(max_bytes=3 * 400)
    names = [uploads.add_vectors(npy(np.full((10, 10), n, np.float32)), "v.npy").name for n in range(3)]
    uploads.find(names[0])
    newest = uploads.add_vectors(npy(np.full((10, 10), 9, np.float32)), "v.npy").name
    with pytest.raises(NotFoundError):
        uploads.find(names[1])
    assert {names[0], names[2], newest} == uploads.versions()
    whole = uploads.add_vectors(npy(np.zeros((1000, 10), np.float32)), "large.npy").name
    assert uploads.versions() == {whole}


def test_small_uploads_are_bounded_in_number(monkeypatch):
    monkeypatch.setattr(limits, "ENTRIES_KEPT", 3)
    uploads = Uploads()
    vectors = [uploads.add_vectors(tsv(VECTORS + number), f"{number}.tsv").name for number in range(2)]
    texts = [uploads.add_metadata(b"a\nb\n", f"{number}.tsv", 2)[0].name for number in range(2)]
    assert uploads.versions() == {vectors[1], *texts}


def test_two_at_once(empty):
    answers: dict[int, dict] = {}

    def work(number: int) -> None:
        answers[number] = dropped(empty, tsv(VECTORS + number // 2), f"{number // 2}.tsv")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    for number, answer in answers.items():
        assert answer == answers[number ^ 1]
        assert np.array_equal(vectors_of(empty, answer), VECTORS + np.float32(number // 2))


def test_a_run_of_the_logdir_goes_before_an_upload_of_its_name(tmp_path):
    client = PluginClient(tmp_path)
    client.runs()
    answer = dropped(client, "1\t2\n")
    run = tmp_path / "uploads" / answer["upload"]
    run.mkdir(parents=True)
    (run / "v.tsv").write_text("8\t9\n")
    (run / "projector_config.pbtxt").write_text('embeddings { tensor_name: "v.tsv" tensor_path: "v.tsv" }')
    other = PluginClient(tmp_path)
    other.runs()
    dropped(other, "1\t2\n")
    assert vectors_of(other, answer).tolist() == [[8, 9]]


def as_written(rows: list[list[str]], separator: str) -> bytes:
    return "\n".join(separator.join(row) for row in rows).encode("utf-8", "surrogatepass")


CELLS = st.sampled_from(
    ["1", "-2.5", "nan", "1e400", "a", "", '"', "日", "\r", "0x1", "+1", "1_0", " ", "x,y", "=1", "\x1f"]
)
TEXTS = st.builds(
    as_written, st.lists(st.lists(CELLS, max_size=4), max_size=6), st.sampled_from(["\t", ",", ";", " ", "\x1f"])
)


@given(
    TEXTS | st.binary(max_size=80) | st.binary(max_size=80).map(b"\x93NUMPY\x01\x00".__add__),
    st.sampled_from(["v", "v.csv"]),
)
@settings(deadline=None, max_examples=600, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_vectors_or_an_error_in_words(empty, data, file):
    response = post(empty, data, file)
    if response.status_code != 200:
        assert response.status_code in (413, 422), response.data
        assert json.loads(response.data)["error"]["fix"]
        return
    answer = json.loads(response.data)
    rows, dims = answer["embedding"]["shape"]
    assert vectors_of(empty, answer).shape == (rows, dims)
    if answer["embedding"]["metadata"]:
        assert {len(column) for column in metadata_of(empty, answer).values()} == {rows}
    sent = post(empty, data, file, run=answer["run"], name=answer["name"])
    assert sent.status_code in (200, 413, 422), sent.data


def test_through_a_real_tensorboard_whole_and_in_chunks(tmp_path):
    data = npy(VECTORS)
    with TensorBoardProcess(tmp_path) as server:
        place = urlsplit(server.url)
        answers = []
        for body in (data, iter([data[:5000], data[5000:]])):
            connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
            connection.request("POST", "/data/plugin/embeddings/uploads?file=v.npy", body, dict(BYTES))
            response = connection.getresponse()
            answers.append(json.loads(response.read()))
            assert response.status == 200, answers
    assert answers[0] == answers[1]
    assert answers[0]["embedding"]["shape"] == [300, 8]
