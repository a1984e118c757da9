"""Caches parsed files until they change: configs, indexes of checkpoints, shapes, sprite headers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from typing import Final, TypeVar

from tb_projector_plugin import limits
from tb_projector_plugin.config import RunConfig, read_config
from tb_projector_plugin.deadline import OutOfTimeError, check_time
from tb_projector_plugin.errors import LimitError, ProjectorError, StaleError
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.formats import VectorFile, VectorFormat
from tb_projector_plugin.sources.sprites import SpriteSheet, read_sprite_header
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.stamped_file import Contains, FileStamps, read_stamps

Value = TypeVar("Value")
Key = tuple[object, ...]
#: Files, their stamps, and what was read of them.
_Entry = tuple[tuple[str, ...], FileStamps, object]
#: Errors that say nothing about a version of a file: the next reading may succeed.
_PASSING: Final = (StaleError, OutOfTimeError)


class ParseCache:
    """Each result, or its error, with the stamps of the files it depends on. Entries are stored whole, so that threads
    that read different runs may share it.

    Files that `contains` rejects are not read; nor is any beyond `limits.PARSED_BYTES` of memory for all runs.
    """

    def __init__(self, contains: Contains | None = None) -> None:
        self.contains = contains
        self._entries: dict[Key, _Entry] = {}
        self._first_seen_ns: dict[Key, int] = {}
        self._held_bytes = 0
        self._holding = threading.Lock()

    def get(self, key: Key, files: tuple[str, ...], stamps: FileStamps, read: Callable[[FileStamps], Value]) -> Value:
        """What `read` returned or raised for these versions of the files. Raises OutOfTimeError, or LimitError if
        there is no memory left, instead of reading.
        """
        entry = self._entries.get(key)
        if entry is None or entry[:2] != (files, stamps):
            check_time()
            self._drop(key)
            if self._held_bytes > limits.PARSED_BYTES:
                raise _too_much()
            entry = (files, stamps, _outcome(read, stamps))
            if not isinstance(entry[2], _PASSING):
                self._hold(key, entry)
        if isinstance(entry[2], ProjectorError):
            raise entry[2]
        return entry[2]  # type: ignore[return-value]  # The key implies the type.

    def forget_changed_checkpoint(self, key: Key) -> None:
        """Drops a checkpoint of which a shard changed."""
        entry = self._entries.get(key)
        if entry is not None and isinstance(entry[2], Checkpoint) and entry[2].version() != entry[2].stamps.version():
            self._drop(key)

    def _hold(self, key: Key, entry: _Entry) -> None:
        with self._holding:
            self._release(key)
            self._entries[key] = entry
            self._held_bytes += _memory_of(entry)

    def _drop(self, key: Key) -> None:
        with self._holding:
            self._release(key)

    def _release(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._held_bytes -= _memory_of(entry)

    def seen_since_ns(self, key: Key) -> int:
        """When this key was first asked for, by the clock of file times."""
        return self._first_seen_ns.setdefault(key, time.time_ns())

    def forget_all_but(self, keys: Collection[Key]) -> None:
        """Drops what no run needs any more. No run may be read meanwhile."""
        self._entries = {key: entry for key, entry in self._entries.items() if key in keys}
        self._held_bytes = sum(map(_memory_of, self._entries.values()))
        self._first_seen_ns = {key: ns for key, ns in self._first_seen_ns.items() if key in keys}


class RunFiles:
    """The files of one run, parsed, while it is read by one thread. `keys`: those of what it asked the cache for.

    Each file is looked at once: a checkpoint's belong to each of its tensors.
    """

    def __init__(self, cache: ParseCache) -> None:
        self._cache = cache
        self.keys: set[Key] = set()
        self._stamps: dict[tuple[str, ...], FileStamps] = {}

    def config(self, path: str, display: str) -> RunConfig:
        return self._get(("config", path), (path,), lambda stamps: read_config(path, display, stamps.first))

    def checkpoint(self, prefix: str, display: str) -> Checkpoint:
        """Read again when one of its shards changes: its tensors are located by the stamps read with the index."""
        key, files = ("checkpoint", prefix), (f"{prefix}.index", prefix)
        self._cache.forget_changed_checkpoint(key)
        return self._get(key, files, lambda _: Checkpoint(prefix, display, self._cache.contains))

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
        self.keys.add(key)
        return self._cache.seen_since_ns(key)

    def _get(self, key: Key, files: tuple[str, ...], read: Callable[[FileStamps], Value]) -> Value:
        self.keys.add(key)
        stamps = self._stamps.get(files)
        if stamps is None:
            stamps = self._stamps[files] = read_stamps(files, self._cache.contains)
        return self._cache.get(key, files, stamps, read)


def _memory_of(entry: _Entry) -> int:
    _, _, value = entry
    counted: int = getattr(value, "memory_bytes", 0)
    return limits.PARSED_ENTRY_BYTES + counted


def _too_much() -> LimitError:
    return LimitError(
        f"What was read of this logdir takes {limits.PARSED_BYTES // limits.MIB:,} MiB of memory, the maximum; "
        "the rest is not read.",
        "Start TensorBoard with a --logdir of fewer runs, or keep fewer checkpoints in them.",
    )


def _outcome(read: Callable[[FileStamps], Value], stamps: FileStamps) -> Value | ProjectorError:
    try:
        return read(stamps)
    except ProjectorError as error:
        return error.with_traceback(None)
