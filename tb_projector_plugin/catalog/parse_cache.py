"""Caches parsed files until they change: configs, indexes of checkpoints, shapes, sprite headers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

from tb_projector_plugin.config import RunConfig, read_config
from tb_projector_plugin.errors import LimitError, ProjectorError, StaleError
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.formats import VectorFile, VectorFormat
from tb_projector_plugin.sources.sprites import SpriteSheet, read_sprite_header
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.stamped_file import Contains, FileStamps, read_stamps

Value = TypeVar("Value")
Key = tuple[object, ...]


class ParseCache:
    """Caches each result, or its error, with the stamps of the files it depends on. For a single thread.

    Files that `contains` rejects are not read. Reading one run takes about as long as `begin_run` allows; the
    next reading of it continues from the results cached so far.
    """

    def __init__(self, contains: Contains | None = None) -> None:
        self._contains = contains
        self._entries: dict[Key, tuple[tuple[str, ...], FileStamps, object]] = {}
        self._first_seen_ns: dict[Key, int] = {}
        self._used: set[Key] = set()
        self._requested: set[Key] = set()
        self._seconds, self._until = math.inf, math.inf
        #: Whether part of the run was left for the next scan.
        self.is_cut_short = False

    def config(self, path: str, display: str) -> RunConfig:
        return self._get(("config", path), (path,), lambda stamps: read_config(path, display, stamps.first))

    def checkpoint(self, prefix: str, display: str) -> Checkpoint:
        """Read again when one of its shards changes: its tensors are located by the stamps read with the index."""
        key, files = ("checkpoint", prefix), (f"{prefix}.index", prefix)
        entry = self._entries.get(key, (files, None, None))[2]
        if isinstance(entry, Checkpoint) and entry.version() != entry.stamps.version():
            del self._entries[key]
        return self._get(key, files, lambda _: Checkpoint(prefix, display, self._contains))

    def tensor(self, checkpoint: Checkpoint, key: str) -> TensorSource:
        """Rebuilt when one of its shards changes, so that both the loss and the return of a shard are noticed."""
        name = ("tensor", checkpoint.prefix, key)
        return self._get(name, checkpoint.files_of(key), lambda _: checkpoint.source(key))

    def vectors(self, file: VectorFile, its_format: VectorFormat) -> TensorSource:
        key = (its_format.name, file.path, file.shape)
        return self._get(key, (file.path,), lambda stamps: its_format.open(file, stamps.pinned()))

    def sprite(self, path: str, display: str, single_image_dim: tuple[int, ...], rows: int) -> SpriteSheet:
        def read(stamps: FileStamps) -> SpriteSheet:
            return read_sprite_header(path, display, single_image_dim, rows, stamps.first)

        return self._get(("sprite", path, single_image_dim, rows), (path,), read)

    def seen_since_ns(self, family: str) -> int:
        """When a family of checkpoints was first requested, by the clock of file times."""
        key = ("family", family)
        self._count(key)
        return self._first_seen_ns.setdefault(key, time.time_ns())

    def begin_run(self, seconds: float) -> None:
        """Subsequent requests are for another run, which has this time."""
        self._seconds, self._until, self.is_cut_short = seconds, time.monotonic() + seconds, False

    def forget_unused(self) -> None:
        """Drops what was not requested since the last call."""
        self._entries = {key: entry for key, entry in self._entries.items() if key in self._used}
        self._first_seen_ns = {key: ns for key, ns in self._first_seen_ns.items() if key in self._used}
        self._used = set()

    def take_keys(self) -> frozenset[Key]:
        """The keys requested since the last call: those of one run."""
        keys, self._requested = frozenset(self._requested), set()
        return keys

    def keep(self, keys: frozenset[Key]) -> None:
        """Counts these as requested: their run did not change."""
        self._used |= keys

    def _get(self, key: Key, files: tuple[str, ...], read: Callable[[FileStamps], Value]) -> Value:
        self._count(key)
        stamps = read_stamps(files, self._contains)
        entry = self._entries.get(key)
        if entry is None or entry[:2] != (files, stamps):
            self._check_time()
            entry = (files, stamps, _outcome(read, stamps))
            if not isinstance(entry[2], StaleError):  # The file is being written: retry on the next scan.
                self._entries[key] = entry
        if isinstance(entry[2], ProjectorError):
            raise entry[2]
        return entry[2]  # type: ignore[return-value]  # The key implies the type.

    def _count(self, key: Key) -> None:
        """Counts a key as requested in this scan and by this run."""
        self._used.add(key)
        self._requested.add(key)

    def _check_time(self) -> None:
        if time.monotonic() > self._until:
            self.is_cut_short = True
            raise LimitError(
                f"Reading the run takes more than {self._seconds:g} s; the rest of it is read later.",
                "Wait for it; fewer entries and checkpoints in one run are read faster.",
            )


def _outcome(read: Callable[[FileStamps], Value], stamps: FileStamps) -> Value | ProjectorError:
    try:
        return read(stamps)
    except ProjectorError as error:
        return error.with_traceback(None)
