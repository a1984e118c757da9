"""Rescans the logdir: walks it each time, but reads only what changed since the last scan.

A scan waits for each run until it had its turn; one that takes longer is read on beside the others.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.contents import Run
from tb_projector_plugin.catalog.parse_cache import ParseCache
from tb_projector_plugin.catalog.run_thread import ReadRun, RunThread
from tb_projector_plugin.catalog.walk import RunDirectory, Walk, walk_roots
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.paths import PathPolicy


@dataclass(frozen=True)
class Scan:
    """The result of one scan."""

    runs: tuple[Run, ...] = ()
    problems: tuple[Problem, ...] = ()
    directories: int = 0
    #: Whether no run is left to be read.
    done: bool = False
    #: Runs with a problem whose files were still being written: a read that failed may succeed a moment later.
    unsettled: frozenset[str] = frozenset()
    #: The run that has been read for longer than `_LONG_S`.
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


#: Time that a scan waits for one run.
TURN_S: Final = limits.RUN_TURN_S
#: Duration after which the run being read is named to waiting clients.
_LONG_S = 2.0


class Scanner:
    """Scans the logdir. For one thread at a time, except for methods that say so.

    `on_read` is called after each run that was read.
    """

    def __init__(self, policy: PathPolicy, on_read: Callable[[], None] = lambda: None) -> None:
        self._policy = policy
        self._on_read = on_read
        self._cache = ParseCache(policy.contains)
        self._cached: dict[str, ReadRun] = {}
        self._walk = Walk()
        #: Names of the runs that the scan under way has read; none between scans.
        self._names_read: set[str] = set()
        self._read_so_far: dict[str, ReadRun] = {}
        self._at: RunThread | None = None
        #: The only run that is read beside the others: it had its turn and takes longer.
        self._late: RunThread | None = None
        #: When runs were last late, by their path.
        self._late_s: dict[str, float] = {}
        #: Paths of the runs that were cut short because another one was late.
        self._hurried: set[str] = set()
        #: Readings in a row that ran out of time, by path of the run.
        self._tries: dict[str, int] = {}

    def scan(self) -> Scan:
        self._collect_late()
        walk = walk_roots(self._policy)
        self._cached = {**self._cached, **self._read_so_far}
        self._walk, self._read_so_far = walk, {}
        ordered = sorted(walk.runs, key=self._expected_order)
        self._hurried = set()
        for directory in ordered:
            self._give_turn(directory)
        self._cached = {each.directory.path: each for each in self._found()}
        self._names_read = set()
        self._forget_unused()
        runs = _without_claimed(list(self._cached.values()))
        problems = (*walk.problems, *(problem for run in runs for problem in run.problems))
        unsettled = frozenset(
            each.run.name for each in self._cached.values() if each.run.problems and not each.is_settled
        )
        is_done = self._late is None and not self._hurried
        return Scan(runs, problems, walk.directories, done=is_done, unsettled=unsettled)

    def so_far(self) -> Scan:
        """The runs read by this scan, the others as last read: one slow run hides no other. Thread-safe."""
        runs = _without_claimed(self._found())
        problems = (*self._walk.problems, *(problem for run in runs for problem in run.problems))
        long_s = time.monotonic() - _LONG_S
        at = next((each for each in (self._late, self._at) if each is not None and each.began_s < long_s), None)
        return Scan(runs, problems, len(runs), reading=None if at is None else at.directory.name)

    def has_read(self, run: str | None) -> bool:
        """Whether the scan under way has read the run. Thread-safe."""
        return run in self._names_read

    @property
    def has_news(self) -> bool:
        """Whether a late run has been read, for the next scan to take. Thread-safe."""
        late = self._late
        return late is not None and late.has_ended

    def is_late(self, run: str) -> bool:
        """Whether the run is still being read, beside the others. Thread-safe."""
        late = self._late
        return late is not None and late.directory.name == run

    def wait_for_late(self, run: str, seconds: float) -> bool:
        """Whether the run is late; then waits for so long until it has been read. Thread-safe."""
        late = self._late
        if late is None or late.directory.name != run:
            return False
        late.wait(seconds)
        return True

    def _found(self) -> list[ReadRun]:
        """The runs read so far, or as they were read by the last scan, in the order of the walk."""
        found = {**self._cached, **self._read_so_far}
        return [found[directory.path] for directory in self._walk.runs if directory.path in found]

    def _expected_order(self, directory: RunDirectory) -> tuple[float, int]:
        """Small runs first; those that took long before come last, beginning with the one that waits for longest."""
        never = 0.0 if directory.path in self._hurried else -1.0
        return self._late_s.get(directory.path, never), directory.parsed_bytes

    def _give_turn(self, directory: RunDirectory) -> None:
        """Reads a run if it changed; returns once it is read, or left to be read beside the others."""
        self._collect_late()
        if self._late is not None and self._late.directory.path == directory.path:
            return
        last = self._read_so_far.get(directory.path) or self._cached.get(directory.path)
        read = last if last is not None and last.is_current(directory) else self._read(directory)
        if read is not None:
            self._read_so_far[directory.path] = read
            self._names_read.add(directory.name)
            self._on_read()

    def _read(self, directory: RunDirectory) -> ReadRun | None:
        """None for a run that is late. While there is one, others are cut short after their turn."""
        is_hurried = self._late is not None
        seconds = limits.RUN_TURN_S if is_hurried else self._full_time(directory)
        at = self._at = RunThread(directory, self._policy, self._cache, seconds)
        at.wait(TURN_S)
        if self._late is not None:
            at.wait_for_either(self._late)
        self._at = None
        if not at.has_ended:
            self._collect_late()
            self._late, self._late_s[directory.path] = at, time.monotonic()
            return None
        read = at.result()
        if is_hurried and not read.is_whole:
            self._hurried.add(directory.path)
        else:
            self._count_try(read)
        return read

    def _collect_late(self) -> None:
        """Takes what was read of the late run, if it is over."""
        late = self._late
        if late is not None and late.has_ended:
            self._late = None
            read = late.result()
            self._read_so_far[late.directory.path] = read
            self._count_try(read)

    def _full_time(self, directory: RunDirectory) -> float:
        return limits.RUN_READING_S * (1 + self._tries.get(directory.path, 0))

    def _count_try(self, read: ReadRun) -> None:
        path = read.directory.path
        self._tries[path] = 0 if read.is_whole else self._tries.get(path, 0) + 1

    def _forget_unused(self) -> None:
        paths = {directory.path for directory in self._walk.runs}
        self._late_s = {path: at_s for path, at_s in self._late_s.items() if path in paths}
        self._tries = {path: tries for path, tries in self._tries.items() if path in paths}
        if self._late is None:
            self._cache.forget_all_but({key for each in self._cached.values() for key in each.keys})


def _without_claimed(cached: list[ReadRun]) -> tuple[Run, ...]:
    """Drops directories of checkpoints that a run with a config shows as its own."""
    claimed = {path for each in cached if each.run.config_files for path in each.run.claimed}
    return tuple(
        each.run for each in cached if each.run.config_files or os.path.realpath(each.directory.path) not in claimed
    )
