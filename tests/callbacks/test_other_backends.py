"""JAX and torch, each in its own process, because a process has one backend. No step needs TensorFlow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import requests
from google.protobuf import text_format
from tensorboard.plugins.projector import ProjectorConfig

SCRIPT = Path(__file__).parent / "keras_models.py"


BACKENDS = ("jax", "torch")


@pytest.fixture(scope="module", params=BACKENDS)
def trained_by_epochs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train(request.param, tmp_path_factory.mktemp(request.param), "epoch")


def train(backend: str, folder: Path, update_freq: str) -> Path:
    environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "2", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, str(SCRIPT), str(folder), update_freq]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_each_epoch_holds_what_the_model_held(trained_by_epochs):
    check_steps(trained_by_epochs, [4, 8, 12])  # 60 rows in batches of 16.


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_step_holds_what_the_model_held(backend, tmp_path):
    check_steps(train(backend, tmp_path, "3"), [3, 6, 9, 12])


def check_steps(folder: Path, steps: list[int]) -> None:
    """Each of `steps` has an entry and a file of its own, with what the model held."""
    held = np.load(folder / "held.npz")
    config = text_format.Parse((folder / "logs/projector_config.pbtxt").read_text(), ProjectorConfig())
    entries = {entry.tensor_name: entry for entry in config.embeddings}
    assert entries.keys() == {f"{name}:{step:05d}" for name in ("word_embedding", "features") for step in steps}
    for name, entry in entries.items():
        path = folder / "logs" / entry.tensor_path
        # Numbers whose bytes happen to begin as a line of text does are written as text: see tests/test_writer.py.
        vectors = np.loadtxt(path, np.float32, ndmin=2) if path.suffix == ".tsv" else np.fromfile(path, "<f4")
        vectors = vectors.reshape(tuple(entry.tensor_shape))
        np.testing.assert_allclose(vectors, held[name], rtol=1e-5, atol=1e-6, err_msg=name)
    assert len({entry.tensor_path for entry in entries.values()}) == len(entries)
    assert len({entry.metadata_path for entry in entries.values()}) == 2  # One file per embedding, not per step.


def test_the_built_in_projector_reads_the_steps(trained_by_epochs, tensorboard_server):
    server = tensorboard_server(trained_by_epochs / "logs", tensorflow=True)
    server.wait_until_enabled("projector")
    prefix = f"{server.url}/data/plugin/projector"
    names = [entry["tensorName"] for entry in json.loads(fetch(f"{prefix}/info?run=."))["embeddings"]]
    assert "word_embedding:00012" in names
    vectors = np.frombuffer(fetch(f"{prefix}/tensor?run=.&name=word_embedding:00012"), np.float32)
    np.testing.assert_array_equal(vectors, np.load(trained_by_epochs / "held.npz")["word_embedding:00012"].ravel())


def fetch(url: str) -> bytes:
    answer = requests.get(url, timeout=60)
    answer.raise_for_status()
    return answer.content
