"""Our API's additions to TensorBoard's, and that the built-in projector reads all of its output."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from google.protobuf import text_format
from tensorboard.data import provider
from tensorboard.plugins import base_plugin
from tensorboard.plugins.projector import projector_plugin
from werkzeug.test import Client

from tb_projector_plugin import projector
from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.errors import BadParameterError, DataError
from tb_projector_plugin.paths import LogRoot, PathPolicy

VECTORS = np.random.default_rng(0).normal(size=(12, 5)).astype(np.float32)


class NoRuns(provider.DataProvider):
    """No event files: the built-in projector still scans the root of the logdir."""

    def list_runs(self, *_: Any, **__: Any) -> list:
        return []


NoRuns.__abstractmethods__ = frozenset()


def builtin_projector(logdir: Path) -> dict[str, Client]:
    """The routes of the real plugin."""
    context = base_plugin.TBContext(logdir=str(logdir), data_provider=NoRuns())
    apps = projector_plugin.ProjectorPlugin(context).get_plugin_apps()
    return {route: Client(app) for route, app in apps.items()}


def catalog_of(logdir: Path) -> Catalog:
    return Catalog(PathPolicy((LogRoot(os.path.realpath(logdir)),)))


def test_a_config_that_is_there_is_merged(tmp_path: Path) -> None:
    for name in ("a", "b"):
        config = projector.ProjectorConfig()
        config.embeddings.add(tensor_name=name)
        projector.visualize_embeddings(tmp_path, config)
    assert [entry.tensor_name for entry in _read(tmp_path).embeddings] == ["a", "b"]
    projector.visualize_embeddings(tmp_path, config, overwrite=True)
    assert [entry.tensor_name for entry in _read(tmp_path).embeddings] == ["b"]


def _read(logdir: Path) -> projector.ProjectorConfig:
    return text_format.Parse((logdir / "projector_config.pbtxt").read_text(), projector.ProjectorConfig())


def test_a_config_that_is_broken_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "projector_config.pbtxt").write_text("embeddings {")
    with pytest.raises(DataError, match="line 1"):
        projector.visualize_embeddings(tmp_path, projector.ProjectorConfig())
    assert (tmp_path / "projector_config.pbtxt").read_text() == "embeddings {"


def test_makes_the_logdir(tmp_path: Path) -> None:
    projector.visualize_embeddings(tmp_path / "a" / "b", projector.ProjectorConfig())
    assert (tmp_path / "a" / "b" / "projector_config.pbtxt").exists()


def test_a_remote_logdir_is_refused_and_not_made() -> None:
    with pytest.raises(BadParameterError, match="remote"):
        projector.visualize_embeddings("gs://bucket/logs", projector.ProjectorConfig())
    assert not os.path.exists("gs:")


@pytest.mark.parametrize("wrong", [3, object()])
def test_what_is_no_logdir_is_named(wrong: object) -> None:
    with pytest.raises(ValueError, match="path or a summary writer"):
        projector.visualize_embeddings(wrong, projector.ProjectorConfig())


def test_what_is_no_config_is_named(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="ProjectorConfig, but got dict"):
        projector.visualize_embeddings(tmp_path, {})


def test_add_embedding_is_in_the_catalog(tmp_path: Path) -> None:
    images = np.random.default_rng(1).random((12, 8, 6))
    metadata = {"word": [f"w{row}" for row in range(12)], "count": range(12)}
    for step in (3, 20):
        projector.add_embedding(tmp_path, VECTORS * step, name="words", step=step, metadata=metadata, images=images)
    catalog = catalog_of(tmp_path)
    (run,) = catalog.runs()["runs"]
    (embedding,) = run["embeddings"]
    assert (embedding["name"], [step["step"] for step in embedding["steps"]]) == ("words", [3, 20])
    assert catalog.runs()["problems"] == []
    for step in (3, 20):
        np.testing.assert_array_equal(catalog.tensor(".", "words", step).source.read_all(), VECTORS * step)
    table = catalog.metadata(".", "words").table.to_pydict()
    assert table == {"word": metadata["word"], "count": list(range(12))}
    assert embedding["sprite"]["single_image_dim"] == [6, 8]


def test_the_built_in_projector_reads_it(tmp_path: Path) -> None:
    projector.add_embedding(tmp_path, VECTORS, name="words", step=3, metadata={"word": range(12), "n": range(12)})
    projector.add_embedding(tmp_path, np.zeros((3, 2)), name="zeros", images=np.zeros((3, 4, 4)))
    routes = builtin_projector(tmp_path)
    assert json.loads(routes["/runs"].get("/?").data) == ["."]
    info = json.loads(routes["/info"].get("/?run=.").data)
    assert {entry["tensorName"]: entry["tensorShape"] for entry in info["embeddings"]} == {
        "words:00003": [12, 5],
        "zeros:00000": [3, 2],
    }
    for name, vectors in (("words:00003", VECTORS), ("zeros:00000", np.zeros((3, 2), np.float32))):
        answer = routes["/tensor"].get(f"/?run=.&name={name}")
        np.testing.assert_array_equal(np.frombuffer(answer.data, np.float32).reshape(vectors.shape), vectors)
    assert routes["/metadata"].get("/?run=.&name=words:00003").data.startswith(b"word\tn\n0\t0\n")
    assert routes["/sprite_image"].get("/?run=.&name=zeros:00000").data.startswith(b"\x89PNG")


def test_the_built_in_projector_survives_no_rows(tmp_path: Path) -> None:
    projector.add_embedding(tmp_path, VECTORS, name="words")
    projector.add_embedding(tmp_path, VECTORS[:0], name="none")
    routes = builtin_projector(tmp_path)
    assert json.loads(routes["/runs"].get("/?").data) == ["."]
    assert routes["/tensor"].get("/?run=.&name=words:00000").status_code == 200
