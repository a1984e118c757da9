"""The examples run unchanged, and TensorFlow and the built-in projector's messages can read their output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from google.protobuf import text_format
from tensorboard.plugins.projector import ProjectorConfig

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def run_example(name: str, folder: Path) -> Path:
    done = subprocess.run([sys.executable, EXAMPLES / name], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "tensorboard --logdir logs"
    return folder / "logs"


def read_config(run: Path) -> ProjectorConfig:
    return text_format.Parse((run / "projector_config.pbtxt").read_text(), ProjectorConfig())


def test_every_example_is_tested():
    tested = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{path.name}"' in tested for path in EXAMPLES.glob("*.py"))


def test_keras_activations(tmp_path):
    import tensorflow as tf

    run = run_example("keras_activations.py", tmp_path) / "digits"
    assert len(tf.train.get_checkpoint_state(str(run)).all_model_checkpoint_paths) == 3
    assert tf.train.load_checkpoint(str(run)).get_tensor("features").shape == (1797, 32)
    (entry,) = read_config(run).embeddings
    assert list(entry.sprite.single_image_dim) == [8, 8]


def test_own_script_v1(tmp_path):
    import tensorflow as tf

    run = run_example("own_script_v1.py", tmp_path)
    (entry,) = read_config(run).embeddings
    assert (entry.tensor_name, entry.metadata_path) == ("word_embedding:0", "metadata.tsv")
    assert tf.train.load_checkpoint(str(run)).get_tensor("word_embedding").shape == (1000, 20)


def test_numpy_vectors(tmp_path):
    run = run_example("numpy_vectors.py", tmp_path)
    entries = {entry.tensor_name: entry for entry in read_config(run).embeddings}
    assert list(entries) == ["blobs:00000", "blobs:00010", "blobs:00020"]
    spread = [np.fromfile(run / entry.tensor_path, "<f4").std() for entry in entries.values()]
    assert spread == pytest.approx(sorted(spread))
    assert spread[0] < spread[2]
