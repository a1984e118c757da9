"""Problems found only by reading a whole file, kept until the file changes."""

from __future__ import annotations

import threading
from collections.abc import Set as AbstractSet
from dataclasses import replace

from tb_projector_plugin import limits
from tb_projector_plugin.errors import Problem


class LateProblems:
    """Distinct problems in the order found, each with the version of its file: the first of each version."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[Problem, str], None] = {}

    def add(self, problem: Problem, version: str) -> None:
        with self._lock:
            if sum(kept == version for _, kept in self._kept) < limits.RUN_PROBLEMS:
                self._kept[problem, version] = None

    def add_for(self, problem: Problem, version: str, run: str, embedding: str) -> None:
        self.add(replace(problem, run=run, embedding=embedding), version)

    def current(self, versions: AbstractSet[str]) -> list[Problem]:
        with self._lock:
            return [problem for problem, version in self._kept if version in versions]

    def prune(self, versions: AbstractSet[str]) -> None:
        """Drops problems of earlier versions of files."""
        with self._lock:
            self._kept = {key: None for key in self._kept if key[1] in versions}
