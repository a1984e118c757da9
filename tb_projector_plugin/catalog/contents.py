"""The result of a scan: runs, their embeddings, the steps of each, and the files that belong to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from tb_projector_plugin.errors import Problem
from tb_projector_plugin.sources.sprite_pages import plan_pages
from tb_projector_plugin.sources.sprites import SpriteSheet
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.stamped_file import Stamp, read_stamps


@dataclass(frozen=True)
class Asset:
    """A file that an entry names beside its vectors. `path` is its location, `file` its display path."""

    #: Its name in messages, and the field of the entry that names it.
    KIND: ClassVar[str]
    FIELD: ClassVar[str]

    path: str
    file: str
    version: str

    def current_version(self) -> str:
        """The version of the file as it is now."""
        return read_stamps([self.path]).version()


AssetKind = TypeVar("AssetKind", bound=Asset)


@dataclass(frozen=True)
class MetadataFile(Asset):
    """`stamp` identifies its version."""

    KIND = "metadata"
    FIELD = "metadata_path"

    size_bytes: int
    stamp: Stamp

    def to_json(self) -> dict[str, Any]:
        return {"file": self.file, "version": self.version, "bytes": self.size_bytes}


@dataclass(frozen=True)
class SpriteFile(Asset):
    """A sprite sheet whose header was read. Its version depends on the thumbnails' size, as its pages do."""

    KIND = "sprite"
    FIELD = "sprite { image_path … }"

    sheet: SpriteSheet

    def current_version(self) -> str:
        return read_stamps([self.path]).version(*self.sheet.thumb_size)

    def to_json(self) -> dict[str, Any]:
        sheet = self.sheet
        return {
            "file": self.file,
            "version": self.version,
            "image_size": [sheet.width, sheet.height],
            "single_image_dim": [sheet.thumb_width, sheet.thumb_height],
            "columns": sheet.columns,
            "rows": sheet.rows,
            "pages": self._pages_to_json(),
        }

    def _pages_to_json(self) -> dict[str, Any] | None:
        grid = plan_pages(self.sheet)
        if grid is None:
            return None
        size = [grid.columns * self.sheet.thumb_width, grid.rows * self.sheet.thumb_height]
        return {"count": grid.count, "columns": grid.columns, "rows": grid.rows, "image_size": size}


@dataclass(frozen=True)
class NamedBookmarks:
    """The `bookmarks_path` of a config entry, and the config's directory and display path.

    It is not an `Asset`: the file need not exist, because saving bookmarks creates it.
    """

    written: str
    config_directory: str
    config_file: str


@dataclass(frozen=True)
class Assets:
    """The files that belong to the vectors of an entry; bookmarks are located again on each request."""

    metadata: MetadataFile | None = None
    sprite: SpriteFile | None = None
    bookmarks: NamedBookmarks | None = None

    def files(self) -> Iterator[Asset]:
        """Those located and read so far."""
        yield from (file for file in (self.metadata, self.sprite) if file is not None)

    def find(self, kind: type[AssetKind]) -> AssetKind | None:
        return next((file for file in self.files() if isinstance(file, kind)), None)

    def to_json(self) -> dict[str, Any]:
        return {
            "metadata": self.metadata.to_json() if self.metadata else None,
            "sprite": self.sprite.to_json() if self.sprite else None,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One state of an embedding. `vectors` reads its rows; `step` is None for a file without a number."""

    step: int | None
    version: str
    shape: tuple[int, ...]
    dtype: str
    file: str
    source: str
    vectors: TensorSource
    assets: Assets = Assets()

    @property
    def order(self) -> int:
        """Sort key; steps without a number come first."""
        return -1 if self.step is None else self.step

    def to_json(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "version": self.version,
            "shape": list(self.shape),
            "dtype": self.dtype,
            "file": self.file,
        }


@dataclass(frozen=True)
class Embedding:
    """`steps` in rising order, at least one; the newest represents the embedding."""

    name: str
    configured: bool
    optimizer_slot: bool
    steps: tuple[Step, ...]

    @property
    def newest(self) -> Step:
        return self.steps[-1]

    def versions(self) -> Iterator[str]:
        """The version of every file that belongs to this embedding now."""
        for step in self.steps:
            yield step.version
            yield from (file.version for file in step.assets.files())

    def to_json(self) -> dict[str, Any]:
        newest = self.newest
        return {
            "name": self.name,
            "configured": self.configured,
            "optimizer_slot": self.optimizer_slot,
            "source": newest.source,
            "shape": list(newest.shape),
            "dtype": newest.dtype,
            "steps": [step.to_json() for step in self.steps],
            **newest.assets.to_json(),
        }


@dataclass(frozen=True)
class LeftOut:
    """A tensor that is not a matrix of real numbers; `shape` is None if it is unknown."""

    name: str
    shape: tuple[int, ...] | None
    dtype: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        shape = None if self.shape is None else list(self.shape)
        return {"name": self.name, "shape": shape, "dtype": self.dtype, "reason": self.reason}


@dataclass(frozen=True)
class LeftOutTensors:
    """Some of a run's tensors that are not shown, and the number of the others."""

    tensors: tuple[LeftOut, ...] = ()
    more: int = 0

    def to_json(self) -> dict[str, Any]:
        return {"tensors": [tensor.to_json() for tensor in self.tensors], "more": self.more}


@dataclass(frozen=True)
class Run:
    """One run. `claimed`: other directories whose checkpoints it shows as its own; `watched`: files it depends on;
    `directories`: bases of its relative paths, likeliest first; `homes`: directories of its configs, or its own.
    """

    name: str
    embeddings: tuple[Embedding, ...]
    problems: tuple[Problem, ...]
    config_files: int
    checkpoints: int
    claimed: frozenset[str]
    watched: tuple[str, ...]
    directories: tuple[str, ...]
    homes: tuple[str, ...]
    left_out: LeftOutTensors = LeftOutTensors()

    @property
    def is_listed(self) -> bool:
        """Whether there is something to show or to explain."""
        return bool(self.embeddings or self.left_out.tensors)

    def to_json(self, *, slots: bool) -> dict[str, Any]:
        listed = [embedding for embedding in self.embeddings if slots or not embedding.optimizer_slot]
        embeddings = [embedding.to_json() for embedding in listed]
        return {"name": self.name, "embeddings": embeddings, "left_out": self.left_out.to_json()}
