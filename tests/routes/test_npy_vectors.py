"""Vectors in a `.npy` file named by the config, over HTTP."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from plugin_client import PluginClient, read_arrow

VECTORS = np.random.default_rng(3).normal(size=(60, 5))


def write_run(run: Path, array: np.ndarray) -> None:
    run.mkdir()
    np.save(run / "vectors.npy", array, allow_pickle=True)
    (run / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "vectors" tensor_path: "vectors.npy" metadata_path: "words.tsv" }\n'
    )
    (run / "words.tsv").write_text("".join(f"word {row}\n" for row in range(len(array))))


def test_they_are_an_embedding_as_any(tmp_path: Path) -> None:
    write_run(tmp_path / "rows", VECTORS)
    write_run(tmp_path / "columns", np.asfortranarray(VECTORS.astype(">f4")))
    client = PluginClient(tmp_path)
    for run, dtype in (("rows", "float64"), ("columns", "float32")):
        embedding = client.embedding(run, "vectors")
        assert (embedding["source"], embedding["shape"], embedding["dtype"]) == ("npy", [60, 5], dtype)
        batch, _, problems = read_arrow(client.get("/tensors", run=run, name="vectors"), "tensor")
        np.testing.assert_array_equal(np.array(batch.column(0).flatten()).reshape(60, 5), VECTORS.astype(dtype))
        assert problems == []
        assert client.get("/projections", run=run, name="vectors", method="pca", components=2).status_code == 200


def test_what_would_have_to_be_unpickled_is_a_problem_and_hides_no_other(tmp_path: Path) -> None:
    write_run(tmp_path / "bad", np.array([[{}], [{}]], dtype=object))
    write_run(tmp_path / "good", VECTORS)
    runs = PluginClient(tmp_path).runs()
    assert [run["name"] for run in runs["runs"]] == ["good"]
    (problem,) = runs["problems"]
    assert "never unpickled" in problem["message"]
    assert problem["file"] == "bad/vectors.npy"
