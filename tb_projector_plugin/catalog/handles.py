"""Return values of the catalog: vectors, metadata and sprites, each with the version of its file."""

from __future__ import annotations

from dataclasses import dataclass

from tb_projector_plugin.catalog.contents import Embedding
from tb_projector_plugin.sources.metadata import MetadataTable
from tb_projector_plugin.sources.sprites import SpriteSheet
from tb_projector_plugin.sources.tensor_source import TensorSource


@dataclass(frozen=True)
class TensorHandle:
    """One embedding at one step; `source` reads its rows."""

    source: TensorSource
    step: int | None
    version: str
    embedding: Embedding


@dataclass
class MetadataContent(MetadataTable):
    """A table with the version of the file it was read from."""

    version: str


@dataclass(frozen=True)
class SpriteContent(SpriteSheet):
    """A sheet with the version of its file."""

    version: str
