"""POST /uploads of metadata for a run or another upload: shown in its place, and reported where it does not fit."""

from __future__ import annotations

import pytest
from plugin_client import read_arrow, read_error
from uploading import VECTORS, dropped, metadata_of, npy, post


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
        ("x,y\n1,2\n", "l.csv", "1 line after"),
    ],
)
def test_metadata_that_does_not_fit_is_reported(client, text, file, said):
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
