"""Progress of work that takes passes over the rows of a matrix, their number known or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from typing import TypeVar

from tb_projector_plugin.jobs.jobs import Job

Block = TypeVar("Block", bound=Sized)

#: Part of the rest that a pass beyond those expected takes: the progress slows down and never reaches its end early.
_UNEXPECTED_SHARE = 0.5


class PassProgress:
    """Reports each block's rows to a job, and ends the work within a block when it is canceled."""

    def __init__(self, job: Job, rows: int) -> None:
        """`rows` are those that a pass reads."""
        self.check = job.check
        self._job, self._rows = job, rows
        self._done, self._passes_left = 0.0, 0

    def expect(self, passes: int) -> None:
        """Sets the number of passes from here on, which share what is left of the progress."""
        self._passes_left = passes

    def follow(self, open_blocks: Callable[[], Iterator[tuple[int, Block]]]) -> Iterator[tuple[int, Block]]:
        """One pass: the blocks (first_row, block) as they are."""
        start = self._done
        share = (1 - start) * (1 / self._passes_left if self._passes_left > 0 else _UNEXPECTED_SHARE)
        self._passes_left -= 1
        for first_row, block in open_blocks():
            self.check()
            yield first_row, block
            self._done = start + share * (first_row + len(block)) / max(1, self._rows)
            self._job.report(self._done)
