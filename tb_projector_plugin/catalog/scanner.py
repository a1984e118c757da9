"""Rescans the logdir: walks it each time, but reads only what changed since the last scan."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.contents import Run
from tb_projector_plugin.catalog.parse_cache import Key, ParseCache
from tb_projector_plugin.catalog.run_reading import read_run
from tb_projector_plugin.catalog.walk import RunDirectory, Walk, walk_roots
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.paths import PathPolicy
from tb_projector_plugin.stamped_file import SETTLED_NS, FileStamps, read_stamps, written_ns


@dataclass(frozen=True)
class Scan:
    """The result of one scan."""

    runs: tuple[Run, ...] = ()
    problems: tuple[Problem, ...] = ()
    directories: int = 0
    done: bool = False
    #: Runs with a problem whose files were still being written: a read that failed may succeed a moment later.
    unsettled: frozenset[str] = frozenset()
    #: The run that an unfinished scan has been reading for longer than `_LONG_S`.
    reading: str | None = None

    @property
    def config_files(self) -> int:
        return sum(run.config_files for run in self.runs)

    @property
    def checkpoints(self) -> int:
        return sum(run.checkpoints for run in self.runs)

    def to_json(self, logdir: str) -> dict[str, Any]:
        return {
            "logdir": logdir,
            "directories": self.directories,
            "config_files": self.config_files,
            "checkpoints": self.checkpoints,
            "done": self.done,
            **({} if self.reading is None else {"reading": self.reading}),
        }


@dataclass(frozen=True)
class _CachedRun:
    """A run read from `began_ns` on, and the stamps of the files it depends on, taken afterwards."""

    directory: RunDirectory
    began_ns: int
    stamps: FileStamps
    parse_cache: frozenset[Key]
    run: Run
    is_whole: bool

    @property
    def is_settled(self) -> bool:
        """Whether none of its files was written during the read or shortly before."""
        newest_ns = max((written_ns(stamp) for stamp in self.stamps.stamps if stamp is not None), default=0)
        return newest_ns < self.began_ns - SETTLED_NS

    def is_current(self, directory: RunDirectory) -> bool:
        """Whether nothing changed since, or during, the read."""
        return (
            self.is_whole
            and self.is_settled
            and self.directory == directory
            and read_stamps(self.run.watched) == self.stamps
        )


#: Duration after which the run being read is named to waiting clients.
_LONG_S = 2.0


class Scanner:
    """Scans the logdir. For one thread at a time, except `so_far` and `has_read`.

    `on_read` is called after each run that was read.
    """

    def __init__(self, policy: PathPolicy, on_read: Callable[[], None] = lambda: None) -> None:
        self._policy = policy
        self._on_read = on_read
        self._parse_cache = ParseCache(policy.contains)
        self._cached: dict[str, _CachedRun] = {}
        self._walk = Walk()
        #: Names of the runs that the scan under way has read; none between scans.
        self._names_read: set[str] = set()
        self._read_so_far: dict[str, _CachedRun] = {}
        self._at: tuple[str, float] | None = None

    def scan(self) -> Scan:
        walk = walk_roots(self._policy)
        self._walk, self._read_so_far = walk, {}
        self._read_all(sorted(walk.runs, key=lambda directory: directory.parsed_bytes), limits.RUN_TURN_S)
        self._read_all([each.directory for each in self._found() if not each.is_whole], limits.RUN_READING_S)
        self._cached, self._at = {each.directory.path: each for each in self._found()}, None
        self._names_read = set()
        self._parse_cache.forget_unused()
        runs = _without_claimed(list(self._cached.values()))
        problems = (*walk.problems, *(problem for run in runs for problem in run.problems))
        unsettled = frozenset(
            each.run.name for each in self._cached.values() if each.run.problems and not each.is_settled
        )
        return Scan(runs, problems, walk.directories, done=True, unsettled=unsettled)

    def so_far(self) -> Scan:
        """The runs read by this scan, the others as last read: one slow run hides no other. Thread-safe."""
        at, runs = self._at, _without_claimed(self._found())
        problems = (*self._walk.problems, *(problem for run in runs for problem in run.problems))
        is_long = at is not None and time.monotonic() - at[1] > _LONG_S
        return Scan(runs, problems, len(runs), reading=at[0] if at is not None and is_long else None)

    def has_read(self, run: str) -> bool:
        """Whether the scan under way has read the run. Thread-safe."""
        return run in self._names_read

    def _found(self) -> list[_CachedRun]:
        """The runs read so far, or as they were read by the last scan, in the order of the walk."""
        found = {**self._cached, **self._read_so_far}
        return [found[directory.path] for directory in self._walk.runs if directory.path in found]

    def _read_all(self, directories: Iterable[RunDirectory], seconds: float) -> None:
        """Each may take `seconds`: the small ones are read first, and those that take longer have a second turn."""
        for directory in directories:
            self._at = (directory.name, time.monotonic())
            self._read_so_far[directory.path] = self._read(directory, seconds)
            self._names_read.add(directory.name)
            self._on_read()

    def _read(self, directory: RunDirectory, seconds: float) -> _CachedRun:
        cached = self._cached.get(directory.path)
        if cached is not None and cached.is_current(directory):
            self._parse_cache.keep(cached.parse_cache)
            return cached
        began_ns = time.time_ns()
        self._parse_cache.begin_run(seconds)
        run = read_run(directory, self._policy, self._parse_cache)
        keys, is_whole = self._parse_cache.take_keys(), not self._parse_cache.is_cut_short
        return _CachedRun(directory, began_ns, read_stamps(run.watched), keys, run, is_whole)


def _without_claimed(cached: list[_CachedRun]) -> tuple[Run, ...]:
    """Drops directories of checkpoints that a run with a config shows as its own."""
    claimed = {path for each in cached if each.run.config_files for path in each.run.claimed}
    return tuple(
        each.run for each in cached if each.run.config_files or os.path.realpath(each.directory.path) not in claimed
    )
