"""What was read once and is kept until its files change: configs, indexes of checkpoints, shapes, sprites' headers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

from tb_projector_plugin import limits
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
    """Keeps each reading, or the error it ended in, with the stamps of the files it depends on. Used by one thread.

    Nothing is read from where `contains` says that it may not be. Reading one run takes so long at most and is gone on
    with at the next look: what was read until then is kept.
    """

    def __init__(self, contains: Contains | None = None) -> None:
        self._contains = contains
        self._kept: dict[Key, tuple[tuple[str, ...], FileStamps, object]] = {}
        self._first_seen_ns: dict[Key, int] = {}
        self._used: set[Key] = set()
        self._taken: set[Key] = set()
        self._until = math.inf
        #: Whether something of the run was left for the next look.
        self.is_cut_short = False

    def config(self, path: str, display: str) -> RunConfig:
        return self._get(("config", path), (path,), lambda stamps: read_config(path, display, stamps.first))

    def checkpoint(self, prefix: str, display: str) -> Checkpoint:
        files = (f"{prefix}.index", prefix)
        return self._get(("checkpoint", prefix), files, lambda _: Checkpoint(prefix, display, self._contains))

    def tensor(self, checkpoint: Checkpoint, key: str) -> TensorSource:
        """Made anew when one of its shards changed, so that a missing one is found and its return as well."""
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
        """When a family of checkpoints was first asked for, by the clock that files' times are of."""
        key = ("family", family)
        self._count(key)
        return self._first_seen_ns.setdefault(key, time.time_ns())

    def begin_run(self) -> None:
        """What is asked for from now on is of another run."""
        self._until, self.is_cut_short = time.monotonic() + limits.RUN_READING_S, False

    def forget_unused(self) -> None:
        """Drops what was not asked for since the last call."""
        self._kept = {key: kept for key, kept in self._kept.items() if key in self._used}
        self._first_seen_ns = {key: ns for key, ns in self._first_seen_ns.items() if key in self._used}
        self._used = set()

    def take_keys(self) -> frozenset[Key]:
        """What was asked for since the last call of this: the readings of one run."""
        keys, self._taken = frozenset(self._taken), set()
        return keys

    def keep(self, keys: frozenset[Key]) -> None:
        """Counts these as asked for: the run that they belong to did not change."""
        self._used |= keys

    def _get(self, key: Key, files: tuple[str, ...], read: Callable[[FileStamps], Value]) -> Value:
        self._count(key)
        stamps = read_stamps(files, self._contains)
        kept = self._kept.get(key)
        if kept is None or kept[:2] != (files, stamps):
            self._check_time()
            kept = (files, stamps, _outcome(read, stamps))
            if not isinstance(kept[2], StaleError):  # The file is being written: look again next time.
                self._kept[key] = kept
        if isinstance(kept[2], ProjectorError):
            raise kept[2]
        return kept[2]  # type: ignore[return-value]  # The key tells the type.

    def _count(self, key: Key) -> None:
        """Counts a key as asked for, in this look and by this run."""
        self._used.add(key)
        self._taken.add(key)

    def _check_time(self) -> None:
        if time.monotonic() > self._until:
            self.is_cut_short = True
            raise LimitError(
                f"Reading the run takes more than {limits.RUN_READING_S:.0f} s; the rest of it is read later.",
                "Wait for it; fewer entries and checkpoints in one run are read faster.",
            )


def _outcome(read: Callable[[FileStamps], Value], stamps: FileStamps) -> Value | ProjectorError:
    try:
        return read(stamps)
    except ProjectorError as error:
        return error.with_traceback(None)
