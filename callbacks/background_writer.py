"""A thread that writes in the background while training goes on.

Owns the order of the writes, the memory of pending jobs, and the errors. It depends on neither files nor frameworks:
a `Job` holds its data and the way to write it.

Training never waits for the disk. If the disk is slower than training, jobs queue up to a bound of bytes; beyond it the
newest job replaces the last one in the queue, and the dropped one is reported to the user. So memory is bounded, the
last step of a training is always written, and no step is dropped silently.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

#: Bytes of pending snapshots: a hundred of 10,000 x 200, or one of any size.
_WAITING_BYTES: Final = 1 << 30


@dataclass(frozen=True)
class Job:
    """Something to write: `label` is its display name, `size_bytes` the memory it holds until it is written."""

    label: str
    size_bytes: int
    write: Callable[[], None]


class BackgroundWriter:
    """Writes jobs in order of arrival, on a thread that lives only while there is work.

    The thread is not a daemon: a script that ends, or is interrupted, still writes its last steps.
    """

    def __init__(self, waiting_bytes: int = _WAITING_BYTES) -> None:
        self._waiting_bytes = waiting_bytes
        self._jobs: deque[Job] = deque()
        self._troubles: list[str] = []
        self._changed = threading.Condition()
        self._running = self._writing = False

    def submit(self, job: Job) -> None:
        """Takes ownership of a job and returns at once."""
        with self._changed:
            if self._jobs and self._held_bytes() + job.size_bytes > self._waiting_bytes:
                self._give_way(self._jobs.pop())
            self._jobs.append(job)
            if not self._running:
                self._running = True
                threading.Thread(target=self._work, name="ProjectorCallbackWriter").start()

    def take_troubles(self) -> list[str]:
        """Errors since the last call, each reported once."""
        with self._changed:
            troubles, self._troubles = self._troubles, []
        return troubles

    def pending(self) -> int:
        """Number of jobs queued or being written."""
        with self._changed:
            return len(self._jobs) + self._writing

    def wait_for_one(self, timeout_s: float) -> None:
        """Returns when a job has finished, nothing is pending, or the timeout has passed."""
        with self._changed:
            if self._running:
                self._changed.wait(timeout_s)

    def _held_bytes(self) -> int:
        return sum(job.size_bytes for job in self._jobs)

    def _give_way(self, job: Job) -> None:
        self._troubles.append(
            f"{job.label} was left out: the disk is slower than training, and more than {self._waiting_bytes:,} bytes "
            "would wait for it. A larger `update_freq`, fewer `embeddings` or a faster disk keeps every step."
        )

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            self._write(job)

    def _write(self, job: Job) -> None:
        try:
            job.write()
        except Exception as error:  # noqa: BLE001  Any error must be reported and must not end training.
            with self._changed:
                self._troubles.append(f"{job.label} was not written: {type(error).__name__}: {error}")

    def _next_job(self) -> Job | None:
        with self._changed:
            self._changed.notify_all()
            self._running = self._writing = bool(self._jobs)
            return self._jobs.popleft() if self._jobs else None
