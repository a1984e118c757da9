"""Tensors without dimensions: their rows take no bytes, so an empty file may claim billions of them."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest
from bounded_process import run_bounded
from logdir_builders import write_checkpoint
from plugin_client import PluginClient, read_error

from tb_projector_plugin import limits
from tb_projector_plugin.compute.row_numbers import sort_distinct

_ASK_METADATA = """
import sys
import pyarrow.compute, pyarrow.csv, PIL.Image
from plugin_client import PluginClient
client = PluginClient(sys.argv[1])
client.runs()
bound_memory(600)
answer = client.get("/metadata", run=".", name="v")
print(answer.status_code, answer.get_data(as_text=True)[:500])
"""


def write_raw_run(run, rows: int, dims: int):
    run.mkdir(exist_ok=True)
    (run / "v.bytes").write_bytes(b"")
    (run / "m.tsv").write_text("only\n")
    (run / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "v" tensor_path: "v.bytes" tensor_shape: {rows} tensor_shape: {dims} '
        'metadata_path: "m.tsv" }'
    )
    return run


def test_metadata_of_a_quarter_of_a_billion_rows_of_nothing(tmp_path) -> None:
    write_raw_run(tmp_path, 268_435_456, 0)
    assert run_bounded(_ASK_METADATA, tmp_path).startswith("422 ")


def test_more_rows_than_can_be_numbered_are_a_problem_of_the_run(tmp_path) -> None:
    write_raw_run(tmp_path, 4_294_967_295, 0)
    runs = PluginClient(tmp_path).runs()
    (problem,) = (each for each in runs["problems"] if each["kind"] == "over_limit")
    assert "4,294,967,295 rows" in problem["message"]
    assert problem["file"] == "v.bytes"
    assert not runs["runs"]


def test_metadata_for_rows_that_the_file_does_not_have_is_bounded(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "METADATA_CELLS", 10)
    np.zeros((6, 1), "<f4").tofile(write_raw_run(tmp_path, 6, 1) / "v.bytes")
    (tmp_path / "m.tsv").write_text("a\tb\n1\t2\n")
    client = PluginClient(tmp_path)
    client.runs()
    error = read_error(client.get("/metadata", run=".", name="v"), 413, "over_limit")
    assert "2 columns, which for 6 points are 12 cells" in error["message"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    logdir = tmp_path_factory.mktemp("logs")
    tensors = {"no_rows": np.zeros((0, 4), np.float32), "no_dimensions": np.zeros((4, 0), np.float32)}
    write_checkpoint(logdir / "saved", 1, **tensors)
    write_raw_run(logdir / "raw", 4, 0)
    client = PluginClient(logdir)
    client.runs()
    return client


@pytest.mark.parametrize(("run", "name"), [("saved", "no_rows"), ("saved", "no_dimensions"), ("raw", "v")])
def test_every_route_refuses_it_with_words(empty, run, name) -> None:
    where = {"run": run, "name": name}
    places = {axis: pa.array([], pa.float32()) for axis in "xy"}
    answers = [
        empty.get("/tensors", **where),
        empty.get("/tensors", **where, dims="0"),
        empty.get("/metadata", **where),
        empty.get("/projections", **where),
        *(empty.get("/graph", **where, metric=metric) for metric in ("cosine", "euclidean")),
        empty.get("/neighbors", **where, row=0),
        empty.ask("/neighbors", "POST", json={**where, "add": [0]}),
        empty.ask("/neighbors", "POST", json={**where, "vector": []}),
        empty.ask("/projections", "POST", json={**where, "axes": [{"random": 3}]}),
        empty.post_columns("/quality", places, **where),
    ]
    for answer in answers:
        assert "at least one row of one number" in read_error(answer, 422, "bad_data")["message"]


def test_row_numbers_are_sorted_and_not_hashed(empty, monkeypatch) -> None:
    """Hashing fifteen million row numbers took ten seconds, in which no other thread ran."""
    monkeypatch.setattr(np, "unique", None)
    answer = empty.post_columns("/subsets", {"row": pa.array([5, 3, 5, 3, 9], pa.int32())})
    assert json.loads(answer.data)["rows"] == 3


@pytest.mark.parametrize("rows", [[], [7], [7, 7], [3, 1, 2, 1, 3, -5]], ids=str)
def test_distinct_rows_are_those_of_numpy(rows) -> None:
    numbers = np.array(rows, np.int32)
    found = sort_distinct(numbers)
    assert found.dtype == np.int32
    assert found.tolist() == np.unique(numbers).tolist()
    assert not np.shares_memory(found, numbers)
