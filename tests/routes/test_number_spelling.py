"""How numbers in metadata are spelled, over HTTP."""

from __future__ import annotations

import json

from file_ages import settle
from plugin_client import PluginClient, read_arrow

TABLE = "price\town\town as written\tn\n3.10\t.5\t1.0\t1\n0.50\tnan\t1e-05\t\n12.00\t1.5\t2.5\t3\n"
CONFIG = 'embeddings { tensor_name: "v" tensor_path: "v.tsv" metadata_path: "m.tsv" }\n'


def ask(folder) -> tuple:
    (folder / "v.tsv").write_text("1\t0\n" * 3)
    (folder / "m.tsv").write_text(TABLE)
    (folder / "projector_config.pbtxt").write_text(CONFIG)
    settle(folder)
    client = PluginClient(folder)
    client.runs()
    return client, read_arrow(client.get("/metadata", run=".", name="v"), "metadata")


def test_the_spelling_of_each_column_is_answered(tmp_path) -> None:
    _, (batch, document, problems) = ask(tmp_path)
    assert {field.name: (field.metadata or {}).get(b"spelling") for field in batch.schema} == {
        "price": b"fixed:2",
        "own": b"own",
        "own as written": b"python",
        "n": b"shortest",
        "own as written_": None,
    }
    texts = batch.schema.field("own as written_")
    assert texts.metadata == {b"spelling_of": b"own"}
    assert batch.column("own as written_").to_pylist() == [".5", None, "1.5"]
    assert batch.column("own").to_pylist() == [0.5, None, 1.5]
    assert (document["rows"], document["lines"], problems) == (3, 3, [])


def test_texts_of_numbers_are_no_columns_of_an_upload(tmp_path) -> None:
    client, _ = ask(tmp_path)
    headers = {"Content-Type": "application/octet-stream"}
    response = client.ask("/uploads", "POST", data=TABLE.encode(), headers=headers, file="m.tsv", run=".", name="v")
    table = json.loads(response.data)
    assert table["metadata"]["columns"] == ["price", "own", "own as written", "n"]
