"""The time that a thread has to read a run: loops that may take long call `check_time`, which raises after it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from tb_projector_plugin.errors import LimitError


class OutOfTimeError(LimitError):
    """The run was not read to its end. Says nothing about the file at which its reading ended."""


class Deadline:
    """`seconds` from now on. `was_missed`: whether something was left unread because of it."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._until = seconds, time.monotonic() + seconds
        self.was_missed = False

    def check(self) -> None:
        """Raises OutOfTimeError if the time is over."""
        if time.monotonic() > self._until:
            self.was_missed = True
            raise OutOfTimeError(
                f"Reading the run takes more than {self._seconds:g} s; the rest of it is read later.",
                "Wait for it; fewer entries and checkpoints in one run are read faster.",
            )


_of_thread: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[Deadline]:
    """Gives this thread `seconds` for the block."""
    deadline = Deadline(seconds)
    token = _of_thread.set(deadline)
    try:
        yield deadline
    finally:
        _of_thread.reset(token)


def check_time() -> None:
    """Raises OutOfTimeError if this thread's time is over; a thread without a limit has any time."""
    deadline = _of_thread.get()
    if deadline is not None:
        deadline.check()
