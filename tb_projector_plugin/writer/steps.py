"""Writes a step of an embedding: its files under `<logdir>/<step>/<name>/`, and its entry `name:00010` in the config.

The layout is that of PyTorch's `SummaryWriter.add_embedding`, but with vectors as raw float32 instead of text.
"""

from __future__ import annotations

import codecs
import os
import re
from contextlib import suppress
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.atomic_file import open_atomically
from tb_projector_plugin.config import CONFIG_NAME, EmbeddingInfo, ProjectorConfig, read_config, update_config
from tb_projector_plugin.writer.arrays import to_vectors
from tb_projector_plugin.writer.metadata_file import write_metadata
from tb_projector_plugin.writer.names import check_step, folder_name
from tb_projector_plugin.writer.sprite_sheet import Sprite, write_sprite
from tb_projector_plugin.writer.unfinished import clear_folder, list_abandoned, mark_unfinished

_RAW, _TEXT, _METADATA, _SPRITE = "tensors.bytes", "tensors.tsv", "metadata.tsv", "sprite.png"
_FILES: Final = (_RAW, _TEXT, _METADATA, _SPRITE)
#: Bytes decoded at a time, until one is not UTF-8: usually an early one.
_PIECE = 1 << 16


def write_step(
    logdir: str,
    name: str,
    step: int,
    vectors: Any,
    *,
    metadata: Any = None,
    sprite: Any = None,
    keep: int | None = None,
) -> str:
    """Writes one step of an embedding and merges its entry into the config; an existing step is replaced.

    Args:
        logdir: a local directory, created if missing.
        name: the name of the embedding; the folder of a very long one has a shortened name.
        step: its number, from 0 to 2^53 - 1.
        vectors: [rows, dims], an array of any framework.
        metadata: as for `write_metadata`, or a path that it returned: a file below `logdir` is used in place.
        sprite: as for `write_sprite`, or a `Sprite` that it returned: a sheet below `logdir` is used in place.
        keep: number of steps to keep; older ones are removed. None keeps all.

    Returns:
        The entry's tensor_name, such as `embedding:00010`.
    """
    check_step(name, step, keep)
    rows = to_vectors(vectors)
    entry = EmbeddingInfo(tensor_name=_entry_name(name, step), tensor_shape=rows.shape)
    folder = _step_folder(logdir, name, step)
    with mark_unfinished(folder):
        entry.tensor_path = _below(logdir, _write_vectors(folder, rows))
        if metadata is not None:
            entry.metadata_path = _below(logdir, _place_metadata(logdir, folder, metadata, len(rows)))
        if sprite is not None:
            placed = _place_sprite(logdir, folder, sprite, len(rows))
            entry.sprite.image_path = _below(logdir, placed.path)
            entry.sprite.single_image_dim.extend(placed.single_image_dim)
        update_config(_config_path(logdir), ProjectorConfig(embeddings=[entry]))
    if keep is not None:
        for old in read_steps(logdir, name)[:-keep]:
            remove_step(logdir, name, old)
    _tidy(logdir, name)
    return _entry_name(name, step)


def remove_step(logdir: str, name: str, step: int) -> None:
    """Removes a step: its entry first, so that the config never names a missing file. Other files are left alone."""
    folder = _step_folder(logdir, name, step)
    with mark_unfinished(folder):
        update_config(_config_path(logdir), ProjectorConfig(), remove=[_entry_name(name, step)])
        clear_folder(folder, _FILES, finished=True)


def _tidy(logdir: str, name: str) -> None:
    """Removes leftovers of writers of this embedding killed long ago, except what cannot be removed."""
    abandoned = list_abandoned(logdir, os.path.basename(_step_folder(logdir, name, 0)))
    listed = set(read_steps(logdir, name)) if abandoned else set()
    for step in abandoned:
        with suppress(OSError):
            clear_folder(_step_folder(logdir, name, step), _FILES, finished=step not in listed)


def read_steps(logdir: str, name: str) -> list[int]:
    """The steps of an embedding in the config, rising."""
    path = _config_path(logdir)
    if not os.path.exists(path):
        return []
    wanted = re.compile(re.escape(name) + r":([0-9]{1,16})")
    entries = read_config(path, CONFIG_NAME).embeddings
    return sorted(
        int(match[1]) for entry in entries if entry.tensor_path and (match := wanted.fullmatch(entry.tensor_name))
    )


def _step_folder(logdir: str, name: str, step: int) -> str:
    """`<logdir>/00010/<name>`"""
    return os.path.join(logdir, f"{step:05d}", folder_name(name))


def _config_path(logdir: str) -> str:
    return os.path.join(logdir, CONFIG_NAME)


def _entry_name(name: str, step: int) -> str:
    return f"{name}:{step:05d}"


def _write_vectors(folder: str, rows: NDArray[np.float32]) -> str:
    """Raw float32; text if the bytes would pass for text, which the built-in projector tries first."""
    path, other = os.path.join(folder, _RAW), os.path.join(folder, _TEXT)
    if rows.size and _passes_for_text(rows):
        path, other = other, path
        with open_atomically(path) as file:
            np.savetxt(file, rows, fmt="%.9g", delimiter="\t")
    else:
        with open_atomically(path) as file:
            file.write(rows.data)
    with suppress(FileNotFoundError):
        os.unlink(other)
    return path


def _passes_for_text(rows: NDArray[np.float32]) -> bool:
    """Whether the first line that is not empty is valid UTF-8, as that of zeros is.

    TensorFlow, with which the built-in projector reads, leaves out carriage returns and decodes line by line.
    """
    data, decoder = rows.reshape(-1).view(np.uint8).data, codecs.getincrementaldecoder("utf-8")()
    has_begun = False
    try:
        for start in range(0, len(data), _PIECE):
            piece = bytes(data[start : start + _PIECE]).replace(b"\r", b"")
            line, end, _ = (piece if has_begun else piece.lstrip(b"\n")).partition(b"\n")
            decoder.decode(line, final=bool(end) or start + _PIECE >= len(data))
            if end:
                break
            has_begun = has_begun or line != b""
    except UnicodeDecodeError:
        return False
    return True


def _place_metadata(logdir: str, folder: str, metadata: Any, rows: int) -> str:
    if isinstance(metadata, (str, os.PathLike)) and _is_below(logdir, os.fspath(metadata)):
        return os.fspath(metadata)
    return write_metadata(os.path.join(folder, _METADATA), metadata, rows)


def _place_sprite(logdir: str, folder: str, sprite: Any, rows: int) -> Sprite:
    if isinstance(sprite, Sprite) and _is_below(logdir, sprite.path):
        return sprite
    return write_sprite(os.path.join(folder, _SPRITE), sprite, rows)


def _is_below(logdir: str, path: str) -> bool:
    return os.path.isfile(path) and os.path.realpath(path).startswith(os.path.join(os.path.realpath(logdir), ""))


def _below(logdir: str, path: str) -> str:
    """Relative to the config, with "/", because a logdir may be moved to another machine."""
    return os.path.relpath(os.path.realpath(path), os.path.realpath(logdir)).replace(os.sep, "/")
