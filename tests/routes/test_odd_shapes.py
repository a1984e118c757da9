"""Tensors that are a matrix only without their dimensions of size 1, and tensors that are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from catalog_logdirs import make_catalog, save, vectors, write_config
from file_ages import settle
from plugin_client import PluginClient, read_arrow

from tb_projector_plugin import limits

WORDS = vectors(10, 6)


def rows_of(client: PluginClient, name: str) -> np.ndarray:
    batch, tensor, _ = read_arrow(client.get("/tensors", run=".", name=name), "tensor")
    assert tensor["shape"] == list(WORDS.shape)
    return np.array(batch.column("vector").to_pylist(), np.float32)


def ask(logdir: Path) -> tuple[PluginClient, dict[str, Any], list[dict[str, Any]]]:
    settle(logdir)
    client = PluginClient(logdir)
    answer = client.runs()
    (run,) = answer["runs"]
    return client, run, answer["problems"]


@pytest.mark.parametrize("shape", [(10, 1, 1, 6), (1, 10, 6), (10, 6, 1), (1, 1, 10, 1, 6)])
def test_dimensions_of_one_are_left_out_with_the_labels_kept(tmp_path: Path, shape: tuple[int, ...]) -> None:
    save(tmp_path / "m-1", words=WORDS.reshape(shape))
    (tmp_path / "m.tsv").write_text("".join(f"word {row}\n" for row in range(10)))
    write_config(tmp_path, 'embeddings { tensor_name: "words" metadata_path: "m.tsv" }')
    client, _, (problem,) = ask(tmp_path)
    np.testing.assert_array_equal(rows_of(client, "words"), WORDS)
    batch, _, _ = read_arrow(client.get("/metadata", run=".", name="words"), "metadata")
    assert batch.column(0).to_pylist()[9] == "word 9"
    assert (problem["level"], problem["embedding"]) == ("info", "words")
    assert str(list(shape)) in problem["message"]
    assert "10 rows of 6" in problem["message"]


def test_dimensions_of_one_that_no_config_names_are_said_in_one_problem(tmp_path: Path) -> None:
    kernels = {f"kernel{number}": WORDS.reshape(1, 1, 10, 6) for number in range(7)}
    save(tmp_path / "m-1", **kernels, plain=WORDS)
    client, run, (problem,) = ask(tmp_path)
    assert [each["name"] for each in run["embeddings"]] == [*kernels, "plain"]
    np.testing.assert_array_equal(rows_of(client, "kernel6"), WORDS)
    assert problem["level"] == "info"
    assert "'kernel0' [1, 1, 10, 6]" in problem["message"]
    assert "2 more" in problem["message"]


@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_files_and_raw_ones(tmp_path: Path, order: str) -> None:
    np.save(tmp_path / "v.npy", np.asarray(WORDS.reshape(10, 1, 1, 6), order=order))
    (tmp_path / "v.bytes").write_bytes(WORDS.tobytes())
    shape = " ".join(f"tensor_shape: {size}" for size in (10, 1, 6))
    write_config(
        tmp_path,
        f'embeddings {{ tensor_name: "raw" tensor_path: "v.bytes" {shape} }}'
        f'embeddings {{ tensor_name: "npy" tensor_path: "v.npy" {shape} }}',
    )
    client, _, problems = ask(tmp_path)
    for name in ("raw", "npy"):
        np.testing.assert_array_equal(rows_of(client, name), WORDS)
    assert [(each["level"], each["embedding"]) for each in problems] == [("info", "raw"), ("info", "npy")]


def test_what_is_no_matrix_is_listed_with_the_reason(tmp_path: Path) -> None:
    save(
        tmp_path / "m-1",
        words=WORDS,
        cube=np.zeros((2, 3, 4), np.float32),
        bias=np.zeros(7, np.float32),
        steps=np.float32(3),
        one_row=np.zeros((1, 1, 5), np.float32),
        waves=np.zeros((2, 2), np.complex64),
        vocabulary=np.array([["a", "b"]]),
        truth=np.array([[True, False]]),
        words__Adam=WORDS,
        words__Adam_1=WORDS,
        bias__Adam=np.zeros(7, np.float32),
    )
    _, run, problems = ask(tmp_path)
    assert [each["name"] for each in run["embeddings"]] == ["truth", "words"]
    listed = {each["name"]: (each["shape"], each["dtype"], each["reason"]) for each in run["left_out"]["tensors"]}
    dimensions = "instead of two, rows and dimensions"
    assert listed == {
        "cube": ([2, 3, 4], "float32", f"three dimensions {dimensions}"),
        "bias": ([7], "float32", f"one dimension {dimensions}"),
        "steps": ([], "float32", f"a single number {dimensions}"),
        "one_row": ([1, 1, 5], "float32", f"three dimensions {dimensions}"),
        "waves": ([2, 2], "complex64", "complex64 instead of real numbers"),
        "vocabulary": ([1, 2], "string", "text instead of real numbers"),
    }
    assert next(iter(listed)) == "cube"
    assert run["left_out"]["more"] == 1  # The optimizer's.
    assert problems == []


def test_one_that_the_config_names_is_a_problem_and_not_listed_again(tmp_path: Path) -> None:
    save(tmp_path / "m-1", words=WORDS, cube=np.zeros((2, 3, 4), np.float32))
    write_config(tmp_path, 'embeddings { tensor_name: "cube" }')
    _, run, (problem,) = ask(tmp_path)
    assert "2 x 3 x 4" in problem["message"]
    assert run["left_out"] == {"tensors": [], "more": 0}


def test_more_than_anyone_reads_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEFT_OUT_NAMED", 3)
    save(tmp_path / "m-1", words=WORDS, **{f"bias{size}": np.zeros(size, np.float32) for size in range(1, 9)})
    _, run, _ = ask(tmp_path)
    assert [each["name"] for each in run["left_out"]["tensors"]] == ["bias8", "bias7", "bias6"]
    assert run["left_out"]["more"] == 5


def test_a_run_of_nothing_but_these_is_listed(tmp_path: Path) -> None:
    save(tmp_path / "m-1", cube=np.zeros((2, 3, 4), np.float32))
    _, run, _ = ask(tmp_path)
    assert (run["embeddings"], [each["name"] for each in run["left_out"]["tensors"]]) == ([], ["cube"])
    catalog = make_catalog(tmp_path)
    catalog.runs()
    assert catalog.has_content(), "the tab is active, to say why"


def test_a_tensorflow_2_checkpoints_bookkeeping_is_not_listed(tmp_path: Path) -> None:
    import tensorflow as tf

    tf.train.Checkpoint(words=tf.Variable(WORDS), bias=tf.Variable(WORDS[0])).write(str(tmp_path / "m-1"))
    _, run, _ = ask(tmp_path)
    assert [each["name"] for each in run["left_out"]["tensors"]] == ["bias"]
    assert run["left_out"]["more"] == 0
