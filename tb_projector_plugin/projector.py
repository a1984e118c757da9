"""The public API: `from tb_projector_plugin import projector` instead of `from tensorboard.plugins import projector`.

A script written for TensorBoard's module works after changing this import, and may pass either package's messages. The
built-in projector reads what is written here as well.
"""

from __future__ import annotations

import os
from typing import Any

from tb_projector_plugin.config import (
    CONFIG_NAME,
    ConfigMessage,
    EmbeddingInfo,
    ProjectorConfig,
    SpriteMetadata,
    update_config,
)
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.writer import Sprite, write_step

__all__ = ["EmbeddingInfo", "ProjectorConfig", "Sprite", "SpriteMetadata", "add_embedding", "visualize_embeddings"]


def visualize_embeddings(logdir: Any, config: ConfigMessage, *, overwrite: bool = False) -> None:
    """Writes `projector_config.pbtxt` into `logdir`, merged with the existing one.

    Embeddings are matched by `tensor_name`; fields set in `config` take precedence.

    Args:
        logdir: a directory, as `str` or `os.PathLike`, created if missing; or a summary writer of PyTorch,
            tensorboardX or TensorFlow 1 (those of TensorFlow 2 do not expose their logdir).
        config: a `ProjectorConfig` of this package or of `tensorboard.plugins.projector`.
        overwrite: discard the existing config.

    Raises:
        ValueError: `logdir` is None, or a writer without one.
        DataError: the existing config cannot be read, and `overwrite` is not set.

    Example:
        >>> import tempfile
        >>> from tb_projector_plugin import projector
        >>> config = projector.ProjectorConfig()
        >>> embedding = config.embeddings.add()
        >>> embedding.tensor_name = "word_embedding"
        >>> embedding.metadata_path = "metadata.tsv"
        >>> projector.visualize_embeddings(tempfile.mkdtemp(), config)
    """
    if not hasattr(config, "SerializeToString"):
        raise TypeError(f"Expected config to be a ProjectorConfig, but got {type(config).__name__}")
    update_config(os.path.join(_logdir_of(logdir), CONFIG_NAME), config, overwrite=overwrite)


def add_embedding(
    logdir: Any,
    vectors: Any,
    *,
    name: str = "embedding",
    step: int = 0,
    metadata: Any = None,
    images: Any = None,
    keep: int | None = None,
) -> None:
    """Writes vectors that you already have, to show them in the tab: no checkpoint, variable or TensorFlow needed.

    Args:
        logdir: as in `visualize_embeddings`.
        vectors: [rows, dimensions]; an array or tensor of NumPy, TensorFlow, torch or JAX, a DataFrame, nested lists.
        name: the name of the embedding.
        step: the step that these vectors belong to; call again with another step to add more.
        metadata: one or more values per row: a list, a dict of columns, a DataFrame, or the path of a TSV file.
        images: one image per row: an array [N, H, W] or [N, H, W, C] (uint8, or floats from 0 to 1), a list of
            Pillow images or paths, or a `Sprite` that names a sheet.
        keep: number of most recent steps to keep; None keeps all.

    Raises:
        BadParameterError: vectors that are not two-dimensional, or metadata or images of another count.

    Example:
        >>> import numpy as np, tempfile
        >>> from tb_projector_plugin import projector
        >>> projector.add_embedding(tempfile.mkdtemp(), np.eye(3), metadata=["one", "two", "three"])
    """
    write_step(_logdir_of(logdir), name, step, vectors, metadata=metadata, sprite=images, keep=keep)


def _logdir_of(logdir_or_writer: Any) -> str:
    logdir = _unwrap(logdir_or_writer)
    if logdir is None:
        raise ValueError("Expected logdir to be a path, but got None")
    try:
        path = os.path.expanduser(os.fsdecode(logdir))
    except TypeError as error:
        received = type(logdir_or_writer).__name__
        raise ValueError(
            f"Expected logdir to be a path or a summary writer that knows its own, but got {received}. Give the path: "
            "the writers of tf.summary.create_file_writer do not expose it."
        ) from error
    if "://" in path:
        raise BadParameterError(
            f"{path!r} is on a remote file system; a local directory is expected.",
            "Write into a local directory and copy it, or mount the bucket.",
        )
    return path


def _unwrap(writer: Any) -> Any:
    """The directory of a writer: TensorFlow 1 and PyTorch have `get_logdir`, Lightning has `log_dir`."""
    if writer is None or isinstance(writer, (str, bytes, os.PathLike)):
        return writer
    if hasattr(writer, "get_logdir"):
        return writer.get_logdir()
    for attribute in ("log_dir", "logdir"):
        if hasattr(writer, attribute):
            return getattr(writer, attribute)
    return writer
