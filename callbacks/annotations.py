"""Metadata and images for the rows of embeddings: matched to embeddings by name, checked against rows, written once."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tb_projector_plugin import writer
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.writer.names import hash_of, shorten

#: Bytes of `_metadata.tsv`, and of what a temporary file's name has besides: a dot, eight characters and `.tmp`.
_SUFFIX_BYTES: Final = 13 + 14


@dataclass(frozen=True)
class Annotation:
    """The files written for one embedding, below its log_dir."""

    metadata_path: str | None = None
    sprite: writer.Sprite | None = None


def write_annotations(
    log_dir: str, rows: Mapping[str, int], metadata: Any, images: Any, single_image_dim: Any
) -> dict[str, Annotation]:
    """Writes the annotations of each embedding in `rows` (name to number of rows).

    Raises:
        ProjectorError: the number of lines or images is not the number of rows, or they cannot be read.
    """
    metadata_of = _match_names("metadata", metadata, list(rows))
    images_of = _match_names("images", images, list(rows))
    dims_of = _match_names("single_image_dim", single_image_dim, list(rows))
    stems = _file_stems(list(rows))
    return {
        name: Annotation(
            _write_metadata(os.path.join(log_dir, stems[name]), metadata_of[name], count),
            _write_sprite(os.path.join(log_dir, stems[name]), name, images_of[name], dims_of[name], count),
        )
        for name, count in rows.items()
    }


def _match_names(argument: str, value: Any, names: list[str]) -> dict[str, Any]:
    """The part of `value` for each name: from a dict by embedding, its own entry; any other value applies to all.

    The keys distinguish a dict by embedding from one of columns: all of them are names of embeddings, or none is.
    """
    if not isinstance(value, Mapping) or not (known := value.keys() & set(names)):
        return dict.fromkeys(names, value)
    if unknown := value.keys() - known:
        raise BadParameterError(
            f"`{argument}` names {_quote(unknown)}, but the embeddings are {_quote(names)}.",
            f"Give `{argument}` by the names of embeddings only, or as one for all of them.",
        )
    return {name: value.get(name) for name in names}


def _quote(names: Any) -> str:
    return ", ".join(repr(name) for name in sorted(names, key=str))


def _write_metadata(stem: str, metadata: Any, rows: int) -> str | None:
    if metadata is None:
        return None
    return writer.write_metadata(f"{stem}_metadata.tsv", metadata, rows)


def _write_sprite(stem: str, name: str, images: Any, single_image_dim: Any, rows: int) -> writer.Sprite | None:
    if images is None:
        return None
    if isinstance(images, (str, os.PathLike)):
        images = writer.Sprite(os.fspath(images), _thumbnail_size(name, single_image_dim))
    return writer.write_sprite(f"{stem}_sprite.png", images, rows)


def _thumbnail_size(name: str, single_image_dim: Any) -> tuple[int, int]:
    if single_image_dim is None or len(single_image_dim) != 2:
        raise BadParameterError(
            f"`images` of {name!r} is the path of a sprite sheet, and single_image_dim is {single_image_dim!r}.",
            "Give the size of one thumbnail in pixels: single_image_dim=(width, height).",
        )
    return int(single_image_dim[0]), int(single_image_dim[1])


def _file_stems(names: list[str]) -> dict[str, str]:
    """How the files of each name begin; names that differ only in other characters, `a/b` and `a_b`, get a hash."""
    plain = {name: re.sub(r"[^\w.-]", "_", name) for name in names}
    count = Counter(plain.values())
    return {
        name: shorten(stem if count[stem] == 1 else f"{stem}~{hash_of(name)}", name, _SUFFIX_BYTES)
        for name, stem in plain.items()
    }
