"""State shared while one run is read: its location, the reader of its files, and the problems found."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.backslashes import backslashes_lead_nowhere, backslashes_read
from tb_projector_plugin.catalog.no_files import no_such_file
from tb_projector_plugin.catalog.parse_cache import RunFiles
from tb_projector_plugin.config import RunConfig
from tb_projector_plugin.errors import Level, LimitError, NotFoundError, Problem, ProjectorError, quote_name
from tb_projector_plugin.paths import PathPolicy, link_refusal, quote_written


@dataclass(frozen=True)
class ConfigFile:
    """A parsed config and its location."""

    path: str
    display: str
    content: RunConfig

    @property
    def directory(self) -> str:
        return os.path.dirname(self.path)


@dataclass
class RunContext:
    """`watched` (the files that the run depends on) and the problems grow while the run is read.

    `index_bytes_left`: memory for the indexes of further checkpoints; `steps_left`: how many more of their steps may be
    listed; `unlisted_tensors`: those that found none left.
    """

    run: str
    directory: str
    policy: PathPolicy
    files: RunFiles
    watched: set[str] = field(default_factory=set)
    index_bytes_left: int = field(default_factory=lambda: limits.RUN_INDEX_BYTES)
    steps_left: int = field(default_factory=lambda: limits.RUN_STEPS)
    unlisted_tensors: int = 0
    #: Problems by content, regardless of the embedding for which they were first reported.
    _reported: dict[Problem, Problem] = field(default_factory=dict)

    def report(self, error: ProjectorError, embedding: str | None = None, level: Level = "error") -> None:
        """Adds a problem, once: a missing shard concerns every tensor in it."""
        self.add(error.to_problem(run=self.run, embedding=embedding, level=level))

    def add(self, problem: Problem) -> None:
        self._reported.setdefault(replace(problem, embedding=None), problem)

    @property
    def has_enough_problems(self) -> bool:
        """Whether further problems are counted but not listed."""
        return len(self._reported) >= limits.RUN_PROBLEMS

    def problems(self) -> tuple[Problem, ...]:
        """The listed problems, and one with the number of the others."""
        listed = tuple(itertools.islice(self._reported.values(), limits.RUN_PROBLEMS))
        more = len(self._reported) - len(listed)
        return (*listed, _more_problems(more).to_problem(run=self.run, level="warning")) if more else listed

    def may_read(self, path: str) -> bool:
        """Reports a file found in the run that is a link out of the logdir, and returns False."""
        if self.policy.contains(path):
            return True
        self.report(link_refusal(self.policy.display(path)))
        return False

    def locate(
        self,
        written: str,
        config: ConfigFile,
        field_name: str,
        embedding: str | None = None,
        exists: Callable[[str], bool] = os.path.exists,
    ) -> str | None:
        """The path that a config field refers to; None, with a problem, if it may not be read."""
        meant = self._meant(written, config, field_name, embedding, exists)
        if meant is None:
            return None
        written = meant
        try:
            located = self.policy.locate(written, self.directory, config.directory, exists)
        except ProjectorError as error:
            of = f" of {quote_name(embedding)}" if embedding else ""
            self.report(error.in_file(config.display, f"{config.display}, {field_name}{of}: "), embedding)
            return None
        if located.moved:
            self.report(_moved(written, self.policy.display(located.path), config), embedding, level="info")
        return located.path

    def _meant(
        self,
        written: str,
        config: ConfigFile,
        field_name: str,
        embedding: str | None,
        exists: Callable[[str], bool],
    ) -> str | None:
        """The spelling to locate; None, with a problem, if single backslashes changed the path and nothing is there."""
        typed = config.content.typed.get(written)
        if typed is None or typed.escape is None or self._is_there(written, config, exists):
            return written
        spelling = self.spelling(written, config, exists)
        if spelling != written:
            self.report(backslashes_read(typed, field_name, config.display), embedding, level="warning")
            return spelling
        self.report(backslashes_lead_nowhere(typed, field_name, config.display), embedding)
        path = os.path.join(config.directory, typed.with_slashes)
        if self.policy.contains(path):
            self.watched.add(path)
        return None

    def spelling(self, written: str, config: ConfigFile, exists: Callable[[str], bool] = os.path.exists) -> str:
        """`written`, or the path as it was typed, with single backslashes, if only that is there."""
        typed = config.content.typed.get(written)
        if typed is None or typed.escape is None or self._is_there(written, config, exists):
            return written
        return typed.with_slashes if self._is_there(typed.with_slashes, config, exists) else written

    def _is_there(self, written: str, config: ConfigFile, exists: Callable[[str], bool]) -> bool:
        try:
            return exists(self.policy.locate(written, self.directory, config.directory, exists).path)
        except ProjectorError:
            return False

    def locate_file(self, written: str, config: ConfigFile, field_name: str, embedding: str) -> str | None:
        """The same for a field that must name an existing file."""
        path = self.locate(written, config, field_name, embedding)
        if path is None:
            return None
        self.watched.add(path)
        if not os.path.isfile(path):
            self.report(no_such_file(path, self.policy.display(path), written, field_name, config.display), embedding)
            return None
        return path


def _more_problems(count: int) -> LimitError:
    return LimitError(
        f"{count:,} more problems of this run are not listed; at most {limits.RUN_PROBLEMS} are.",
        "Fix those that are listed, and reload.",
    )


def _moved(written: str, found: str, config: ConfigFile) -> NotFoundError:
    """For a path of which only the last parts matched."""
    return NotFoundError(
        f"{config.display} names {quote_written(written)}, which is not in the logdir; {found} was read instead.",
        "If the logdir was moved, do nothing; otherwise write the path relative to projector_config.pbtxt.",
        file=config.display,
    )
