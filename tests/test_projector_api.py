"""The test cases of TensorBoard's own projector API, run against our import."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from google.protobuf import text_format
from tensorboard.plugins import projector as builtin

from tb_projector_plugin import projector


def read(logdir: Path) -> projector.ProjectorConfig:
    text = (logdir / "projector_config.pbtxt").read_text(encoding="utf-8")
    return text_format.Parse(text, projector.ProjectorConfig())


def make_config(package: object = projector) -> projector.ProjectorConfig:
    config = package.ProjectorConfig(model_checkpoint_path="test")
    config.embeddings.add(tensor_name="tensor1", metadata_path="metadata1")
    return config


@pytest.mark.parametrize("kind", [str, Path, os.fsencode])
def test_a_directory(tmp_path: Path, kind: type) -> None:
    projector.visualize_embeddings(kind(tmp_path), make_config())
    assert read(tmp_path) == make_config()


def test_a_writer_with_get_logdir(tmp_path: Path) -> None:
    import tensorflow as tf

    with tf.Graph().as_default(), tf.compat.v1.summary.FileWriter(str(tmp_path)) as writer:
        projector.visualize_embeddings(writer, make_config())
    assert read(tmp_path) == make_config()


def test_a_writer_of_tensorflow_2_does_not_expose_its_logdir(tmp_path: Path) -> None:
    import tensorflow as tf

    with pytest.raises(ValueError, match="Give the path"):
        projector.visualize_embeddings(tf.summary.create_file_writer(str(tmp_path)), make_config())


def test_a_writer_of_pytorch(tmp_path: Path) -> None:
    tensorboard = pytest.importorskip("torch.utils.tensorboard", reason="pip install torch", exc_type=ImportError)
    with tensorboard.SummaryWriter(str(tmp_path)) as writer:
        projector.visualize_embeddings(writer, make_config())
    assert read(tmp_path) == make_config()


def test_no_logdir_is_an_error() -> None:
    with pytest.raises(ValueError, match="Expected logdir to be a path, but got None"):
        projector.visualize_embeddings(None, make_config())


def test_a_writer_without_logdir_is_an_error() -> None:
    class Writer:
        def get_logdir(self) -> None:
            return None

    with pytest.raises(ValueError, match="Expected logdir to be a path, but got None"):
        projector.visualize_embeddings(Writer(), make_config())


def test_both_packages_do_the_same(tmp_path: Path) -> None:
    projector.visualize_embeddings(str(tmp_path), make_config(builtin))
    ours = (tmp_path / "projector_config.pbtxt").read_text()
    builtin.visualize_embeddings(str(tmp_path), make_config(builtin))
    assert ours == (tmp_path / "projector_config.pbtxt").read_text()


def test_every_public_name_of_a_users_script_is_there() -> None:
    for name in ("visualize_embeddings", "ProjectorConfig", "EmbeddingInfo", "SpriteMetadata"):
        assert hasattr(projector, name)
        assert hasattr(builtin, name)
