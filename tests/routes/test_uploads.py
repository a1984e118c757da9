"""POST /uploads: uploads work like any run; hostile, torn and oversized ones are refused with a clear message."""

from __future__ import annotations

import gzip
import http.client
import io
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

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.uploads import Uploads
from tb_projector_plugin.errors import LimitError, NotFoundError
from tb_projector_plugin.web.arrivals import Arrivals

BYTES = {"Content-Type": "application/octet-stream"}
VECTORS = np.random.default_rng(3).standard_normal((300, 8)).astype(np.float32)


def npy(array: np.ndarray, **options) -> bytes:
    sink = io.BytesIO()
    np.save(sink, array, **options)
    return sink.getvalue()


def npy_header(text: str, body: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    header = text.encode("latin-1") + b"\n"
    size = len(header).to_bytes(2 if version[0] == 1 else 4, "little")
    return b"\x93NUMPY" + version + size + header + body


def tsv(array: np.ndarray) -> bytes:
    return "".join("\t".join(map(repr, map(float, row))) + "\n" for row in array).encode()


def post(client: PluginClient, data: bytes | str, file: str = "v.tsv", headers=BYTES, **query):
    data = data if isinstance(data, bytes) else data.encode()
    return client.ask("/uploads", "POST", data=data, headers=headers, file=file, **query)


def dropped(client: PluginClient, data: bytes | str, file: str = "v.tsv", **query) -> dict:
    response = post(client, data, file, **query)
    assert response.status_code == 200, response.data
    return json.loads(response.data)


def vectors_of(client: PluginClient, answer: dict) -> np.ndarray:
    batch, document, _ = read_arrow(client.get("/tensors", run=answer["run"], name=answer["name"]), "tensor")
    return batch.column("vector").flatten().to_numpy().reshape(document["shape"])


def metadata_of(client: PluginClient, answer: dict, **query) -> dict:
    batch, _, _ = read_arrow(client.get("/metadata", run=answer["run"], name=answer["name"], **query), "metadata")
    return batch.to_pydict()


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> PluginClient:
    """A TensorBoard on an empty logdir."""
    client = PluginClient(tmp_path_factory.mktemp("nothing"))
    client.runs()
    return client


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


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f4", ">f8", "i1", "u1", "<i2", ">i4", "i8", "u8", "?"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_of_every_type_and_order(empty, dtype, order):
    array = np.asarray((VECTORS * 10) > 3 if dtype == "?" else np.abs(VECTORS * 10).astype(dtype), order=order)
    answer = dropped(empty, npy(array), "v.npy")
    assert answer["embedding"]["dtype"] == array.dtype.newbyteorder("=").name
    assert answer["read"]["format"] == "npy"
    assert np.array_equal(vectors_of(empty, answer), array.astype(np.float64))


@pytest.mark.parametrize(
    ("text", "read", "vectors", "metadata"),
    [
        ("the 1 2\nof 3 4\n", "blank", [[1, 2], [3, 4]], {"label": ["the", "of"]}),
        ("2 2\nthe 1 2\nof 3 4\n", "blank", [[1, 2], [3, 4]], {"label": ["the", "of"]}),
        ("the\t1\t2\nof\t3\t4", "tab", [[1, 2], [3, 4]], {"label": ["the", "of"]}),
        ("name,x,n,y\na,1,k,2\n", "comma", [[1, 2]], {"name": ["a"], "n": ["k"]}),
        ('name,x,y\r\n"a,\r\n""b""",1,2\r\n', "comma", [[1, 2]], {"name": ['a,\n"b"']}),
        ('5" nails,x,y\na,1,2\nb,3,4\n', "comma", [[1, 2], [3, 4]], {'5" nails': ["a", "b"]}),
        ("x;y\n1;2\n3;4\n", "semicolon", [[1, 2], [3, 4]], None),
        ("label,0,1,2\na,.5,2,3\nb,1,1,1\n", "comma", [[0.5, 2, 3], [1, 1, 1]], {"label": ["a", "b"]}),
        ("\t0\t1\n7\t.5\t1\n9\t2\t3\n", "tab", [[7, 0.5, 1], [9, 2, 3]], None),
        ("1\n2\n3\n", "lines", [[1], [2], [3]], None),
        ("1\t2\n\n\n \n", "tab", [[1, 2]], None),
        ("\n\n1\t2\n", "tab", [[1, 2]], None),
        ("\ufeffa 1\nb 2\n", "blank", [[1], [2]], {"label": ["a", "b"]}),
        ("  1    2\n 10   20\n", "blank", [[1, 2], [10, 20]], None),
        ("+1\t२\n3\t+4e0\n", "tab", [[1, 2], [3, 4]], None),
        ("a\t1\t\nb\t2\t\n", "tab", [[1], [2]], {"column 1": ["a", "b"], "column 3": [None, None]}),
        (
            "<script>alert(1)</script> 1 2\n=cmd 3 4\n",
            "blank",
            [[1, 2], [3, 4]],
            {"label": ["<script>alert(1)</script>", "=cmd"]},
        ),
    ],
)
def test_text_is_split_into_vectors_and_metadata(empty, text, read, vectors, metadata):
    answer = dropped(empty, text, "words.txt")
    assert answer["read"]["format"] == read
    assert vectors_of(empty, answer).tolist() == vectors
    assert answer["read"]["metadata"] == list(metadata or {})
    assert (answer["embedding"]["metadata"] is None) == (metadata is None)
    if metadata:
        assert metadata_of(empty, answer) == metadata


def test_utf16(empty):
    assert vectors_of(empty, dropped(empty, "a\t1\t2\n".encode("utf-16"))).tolist() == [[1, 2]]


def test_numbers_are_those_of_numpy(empty):
    text = "\n".join("\t".join(f"{number:.9g}" for number in row) for row in VECTORS)
    assert np.array_equal(vectors_of(empty, dropped(empty, text)), VECTORS)


def test_a_column_of_numbers_can_be_metadata(empty):
    text = "year,x,y\n1999,1,2\n2001,3,4\n"
    assert dropped(empty, text)["embedding"]["shape"] == [2, 3]
    answer = dropped(empty, text, metadata="year")
    assert answer["embedding"]["shape"] == [2, 2]
    assert metadata_of(empty, answer) == {"year": [1999, 2001]}
    error = read_error(post(empty, text, metadata="month"), 400, "bad_parameter")
    assert "year" in error["message"]


def test_nan_and_infinity_are_told_and_not_drawn(empty):
    answer = dropped(empty, "1\tnan\n3\t4\ninf\t1\n1e999\t0\n5\t5\n")
    _, document, problems = read_arrow(empty.get("/projections", run=answer["run"], name="v.tsv"), "projection")
    assert document["finite_rows"] == 2
    assert "3 rows" in problems[0]["message"]
    listed = json.loads(empty.get("/runs", uploads=answer["upload"]).data)["problems"]
    assert any("3 rows" in problem["message"] for problem in listed)
    assert json.loads(empty.get("/runs").data)["problems"] == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("1\t2\n3\n", 2, "1 cell; 2 are expected"),
        ("1\t2\n3\t4\t5\n6\t7\n", 2, "3 cells"),
        ("1\t2\n3\tx\n5\t6\n7\t8\n", 2, "column 2: received 'x'"),
        ("x,y\n1,2\n3,?\n5,6\n7,8\n", 3, "column 2 (y): received '?'"),
        ("a,x\nk,1\nk,\nk,2\nk,3\n", 3, "column 2 (x): received ''"),
        ("1\t2\n\n3\t4\n", 2, "blank"),
        ("\n\n1\t2\n3\t4\n5\tsix\n", 5, "column 2"),
        ("9 2\nthe 1 2\nof 3 x\nto 5 6\nin 7 8\n", 3, "column 3"),
        ("1\t2\n1_0\t2\n3\t4\n5\t6\n", 2, "1_0"),
        ("1\t2\n0x10\t2\n3\t4\n5\t6\n", 2, "0x10"),
        ('a,1,2\nb,3,4\n"c,5,6\nd,7,8\n', 3, "1 cell"),
    ],
)
def test_bad_text_names_line_and_column_and_the_mend(empty, text, line, said):
    error = read_error(post(empty, text, "bad.tsv"), 422, "bad_data")
    assert error["line"] == line
    assert said in error["message"]
    assert error["file"] == "bad.tsv"


def test_a_bad_cell_far_down_in_a_large_file_is_named(empty, monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_RECORDS_BYTES", 1000)
    lines = [f"word{number}\t{number}\t0.5\n" for number in range(400_000)]
    lines[399_000] = "word\toops\t1\n"
    error = read_error(post(empty, "".join(lines)), 422, "bad_data")
    assert error["line"] == 399_001
    assert "oops" in error["message"]
    lines[399_000] = "word\t१\t1\n"
    assert "digits 0 to 9" in read_error(post(empty, "".join(lines)), 422, "bad_data")["fix"]


@pytest.mark.parametrize(
    "text", ["", "\n", " \n\t\n", "\ufeff", "hello\nworld\n", "a\tb\nc\td\n", "1,5;2,5\n3,5;4,5\n", "x,y\n", "<html>\n"]
)
def test_text_without_vectors(empty, text):
    assert read_error(post(empty, text), 422, "bad_data")["fix"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (npy(np.array([[{}]], object), allow_pickle=True), "Python objects"),
        (npy_header("{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", pickle.dumps(1)), "Python objects"),
        (
            npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000, 1000000), }", b"1234"),
            "cut off",
        ),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999, 9), }"), "cut off"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, -4), }", b"1" * 16), "shape"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (True, 4), }", b"1" * 16), "shape"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", b"1" * 17), "17 bytes"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", b"1" * 15), "15 bytes"),
        (npy_header("{'descr': '<V4', 'fortran_order': False, 'shape': (2, 2), }", b"1" * 16), "numbers"),
        (npy_header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 2), }", b"1" * 16), "numbers"),
        (npy_header("{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (2, 2), }", b"1" * 32), "numbers"),
        (npy_header("__import__('os').system('true')"), "header"),
        (npy_header("(" * 5000), "header"),
        (npy_header("{'descr': '<f4'}"), "header"),
        (npy_header("{" + " " * 50_000 + "}"), "header"),
        (npy_header("[" * 60_000, version=b"\x02\x00"), "header"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", b"1234", b"\x03\x00"), "format 3.0"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", b"1234", b"\x09\x00"), "header"),
        (b"\x93NUMPY", "header"),
        (b"\x93NUMPY\x01\x00\xff\xff{}", "header"),
        (npy(VECTORS)[:-1], "cut off"),
        (npy(np.zeros(5, np.float32)), "shape"),
        (npy(np.zeros((2, 2, 2), np.float32)), "reshape"),
        (npy(np.zeros((0, 4), np.float32)), "nothing to show"),
        (npy(np.zeros((4, 0), np.float32)), "nothing to show"),
        (npy(np.zeros((2, 2), np.complex64)), "complex64"),
        (npy(np.array([["a"]])), "numbers"),
        (npy(np.array([["2020-01-01"]], "M8[D]")), "datetime64"),
    ],
)
def test_npy_that_is_not_what_it_says(empty, data, said):
    error = read_error(post(empty, data, "v.npy"), 422, "bad_data")
    assert said in error["message"] + error["fix"]
    assert "numpy.save" in error["fix"]


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


def test_bytes_tell_and_not_the_name(empty):
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


def test_only_who_asks_for_an_upload_is_told_of_it(client):
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


def test_metadata_for_a_run(client):
    lines = ["word\tcount", *(f"w{row}\t{row}" for row in range(200))]
    answer = dropped(client, "\n".join(lines), "labels.tsv", run="words", name="table")
    assert answer["metadata"]["columns"] == ["word", "count"]
    assert (answer["metadata"]["rows"], answer["metadata"]["lines"], answer["metadata"]["header"]) == (200, 200, True)
    assert answer["problems"] == []
    query = {"run": "words", "name": "table"}
    batch, document, _ = read_arrow(client.get("/metadata", **query, upload=answer["upload"]), "metadata")
    assert batch.to_pydict() == {"word": [f"w{row}" for row in range(200)], "count": list(range(200))}
    assert document["version"] == answer["metadata"]["version"]
    read_error(client.get("/metadata", **query), 404, "not_found")
    read_error(client.get("/metadata", **query, upload="0" * 32), 404, "not_found")


def test_metadata_for_an_upload_in_the_place_of_its_own(empty):
    answer = dropped(empty, "the 1 2\nof 3 4\n")
    query = {"run": answer["run"], "name": answer["name"]}
    sent = dropped(empty, 'word,"a ""b"", c"\nDER,x\nVON,"y,\nz"\n', "de.csv", **query)
    assert metadata_of(empty, answer, upload=sent["upload"]) == {"word": ["DER", "VON"], 'a "b", c': ["x", "y,\nz"]}
    assert metadata_of(empty, answer) == {"label": ["the", "of"]}


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        ("a\nb\n", "l.tsv", "2 lines for 200 points"),
        ("x\ty\n" + "1\t2\n" * 300, "l.tsv", "300 lines"),
        (b"\xff\n" * 200, "l.txt", "not UTF-8"),
        ("", "l.tsv", "0 lines"),
        ("x,y\n1,2\n", "l.csv", "1 lines"),
    ],
)
def test_metadata_that_does_not_fit_is_told(client, text, file, said):
    answer = dropped(client, text, file, run="words", name="table")
    assert said in answer["problems"][0]["message"]
    assert answer["metadata"]["rows"] == 200


@pytest.mark.parametrize(
    ("data", "file", "status", "kind"),
    [
        (npy(VECTORS), "l.tsv", 422, "bad_data"),
        (b"\0" * 100, "l.tsv", 422, "bad_data"),
        (b"x,y\n1,2\n3\n", "l.csv", 422, "bad_data"),
        (b"\t" * 5000, "l.tsv", 413, "over_limit"),
        (b"a," * 5000, "l.csv", 413, "over_limit"),
        (b"\xff\xfe\x00", "l.tsv", 422, "bad_data"),
    ],
)
def test_metadata_that_is_none(client, data, file, status, kind):
    read_error(post(client, data, file, run="words", name="table"), status, kind)


def test_metadata_for_what_is_not_there(client):
    read_error(post(client, "a\n", run="words", name="nothing"), 404, "not_found")
    read_error(post(client, "a\n", run="words"), 400, "bad_parameter")


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


def test_arrivals_are_bounded_and_let_go():
    arrivals = Arrivals(100)
    with arrivals.reserve(60):
        with pytest.raises(LimitError), arrivals.reserve(41):
            pass
        with arrivals.reserve(40):
            pass
    with pytest.raises(ZeroDivisionError), arrivals.reserve(100):
        _ = 1 / 0
    with arrivals.reserve(100):
        pass


@pytest.mark.parametrize(
    "text",
    [
        "1\t" * 200_000 + "1\n",
        "1" + " " * 20_000_000 + "2\n",
        ",".join(["name"] * 3000) + ",x\n" + ",".join(["a"] * 3000) + ",1\n",
    ],
    ids=["cells", "one line", "columns of text"],
)
def test_too_wide(empty, text):
    read_error(post(empty, text), 413, "over_limit")


def test_lines_that_would_make_a_matrix_too_large_take_no_memory(empty):
    """A first line of many numbers, and many short lines: the matrix for both is never allocated."""
    text = "\t".join("1" * 50_000) + "\n" + "1\n" * 3_000_000
    error = read_error(post(empty, text), 413, "over_limit")
    assert "3,000,001 lines" in error["message"]
    text = "\t".join("1" * 5_000) + "\n" + "1\n" * 30_000
    assert read_error(post(empty, text), 422, "bad_data")["line"] == 2


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
