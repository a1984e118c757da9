"""The jobs of a server: which run, which wait, which have ended, and how far each is.

A job is known by what it computes (`key`): who asks for the same while it lives gets the same job. It ends when nobody
has asked about it for a while. Nothing here knows what is computed, or how.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Literal

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BusyError, NotFoundError, ProjectorError

logger = logging.getLogger(__name__)

State = Literal["queued", "running", "done", "failed", "cancelled"]
_ENDED = ("done", "failed", "cancelled")


class CancelledJobError(Exception):
    """The job's work is to end now. Not a failure: somebody wanted it so, or nobody wants it any more."""


class Job:
    """One computation. Its work calls `report` and `check`; everybody else reads."""

    def __init__(self, key: Hashable, kind: str, words: str, lease_s: float, clock: Callable[[], float]) -> None:
        self.id = secrets.token_hex(8)
        self.key = key
        self.kind = kind
        self.words = words
        self.state: State = "queued"
        self.progress = 0.0
        self.error: ProjectorError | None = None
        #: The address, below the plugin's, that answers with the result.
        self.result_address = ""
        #: What the work returned.
        self.result: Any = None
        self._lease_s = lease_s
        self._clock = clock
        self._asked_at = clock()
        self._began_at: float | None = None
        self._over = threading.Event()
        self._unwanted = threading.Event()

    def touch(self) -> None:
        """Somebody wants it still."""
        self._asked_at = self._clock()

    def cancel(self) -> None:
        self._unwanted.set()

    def check(self) -> None:
        """Raises CancelledJobError when the work is to end: call it often."""
        if not self.is_wanted():
            raise CancelledJobError

    def is_wanted(self) -> bool:
        """Whether nobody has cancelled it, and somebody has asked about it lately."""
        return not self._unwanted.is_set() and self._clock() - self._asked_at <= self._lease_s

    def report(self, progress: float) -> None:
        """`progress` is the share done, 0 to 1; it never falls."""
        self.progress = max(self.progress, min(1.0, progress))

    def wait(self, timeout_s: float) -> bool:
        """Until it has ended, or `timeout_s` are over. Whether it has ended."""
        return self._over.wait(timeout_s)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "words": self.words,
            "state": self.state,
            "progress": round(self.progress, 4),
            "seconds_left": self._seconds_left(),
            "result": self.result_address or f"jobs/{self.id}/result",
            "error": None if self.error is None else self.error.to_json()["error"],
        }

    def run(self, work: Callable[[Job], Any]) -> None:
        """Does the work; whatever comes of it is the job's state."""
        self._began_at = self._clock()
        try:
            self.check()
            self.state = "running"
            self.result = work(self)
            self.progress, self.state = 1.0, "done"
        except CancelledJobError:
            self.state = "cancelled"
        except ProjectorError as error:
            self.error, self.state = error, "failed"
        except Exception:  # Whatever it was, those who ask are told; what it says stays in the terminal.
            logger.exception("The job «%s» failed.", self.words)
            self.error, self.state = _unforeseen(), "failed"
        finally:
            self._over.set()

    def _seconds_left(self) -> float | None:
        if self.state != "running" or self._began_at is None or self.progress < 0.02:
            return 0.0 if self.state in _ENDED else None
        return round((self._clock() - self._began_at) * (1 - self.progress) / self.progress, 1)


#: What a job does; it calls the job's `report` and `check`.
Work = Callable[[Job], Any]


class Stretch:
    """A part of a job, which tells its own progress from 0 to 1."""

    def __init__(self, job: Job, start: float, end: float) -> None:
        self.check = job.check
        self._job, self._start, self._end = job, start, end

    def report(self, progress: float) -> None:
        self._job.report(self._start + (self._end - self._start) * progress)


class Jobs:
    """Safe on any number of threads. `running` of them work at a time, a thread each; the others wait in a queue."""

    def __init__(
        self,
        running: int = limits.JOBS_RUNNING,
        lease_s: float = limits.JOB_LEASE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._free = running
        self._lease_s = lease_s
        self._clock = clock
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: OrderedDict[str, tuple[Job, Work]] = OrderedDict()

    def start(self, key: Hashable, kind: str, words: str, work: Work, result_address: str = "") -> Job:
        """The living job of that key, or a new one that does `work`, which returns the job's `result`.

        Raises BusyError where too many wait.
        """
        with self._lock:
            self._end_unwanted()
            for job in self._jobs.values():
                if job.key == key and job.state not in _ENDED:
                    job.touch()
                    return job
            self._check_queue()
            job = Job(key, kind, words, self._lease_s, self._clock)
            job.result_address = result_address
            self._jobs[job.id] = job
            self._waiting[job.id] = (job, work)
            self._forget_oldest()
            begins = self._free > 0
            self._free -= begins
        if begins:
            threading.Thread(target=self._work, name="embeddings-jobs", daemon=True).start()
        return job

    def find(self, job_id: str) -> Job:
        """Raises NotFoundError for one that never was, or was so long ago that it is forgotten."""
        with self._lock:
            self._end_unwanted()
            job = self._jobs.get(job_id)
        if job is None:
            raise NotFoundError(f"There is no job {job_id[:32]!r}.", "Ask for the result itself again.")
        job.touch()
        return job

    def cancel(self, job_id: str) -> Job:
        job = self.find(job_id)
        job.cancel()
        with self._lock:
            self._end_unwanted()
        job.wait(5)
        return job

    def _work(self) -> None:
        """Runs what waits, one after the other, until nothing does."""
        while (taken := self._take()) is not None:
            job, work = taken
            job.run(work)
            del taken, work  # What it was made of is not held while the next one is awaited.

    def _take(self) -> tuple[Job, Work] | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popitem(last=False)[1]
            self._free += 1
            return None

    def _end_unwanted(self) -> None:
        """What waits and nobody wants any more leaves the queue: running, it ends before it has begun."""
        for job, work in list(self._waiting.values()):
            if not job.is_wanted():
                del self._waiting[job.id]
                job.run(work)

    def _check_queue(self) -> None:
        if len(self._waiting) >= limits.JOBS_QUEUED and not self._free:
            raise BusyError(
                f"{len(self._waiting)} computations wait for their turn; at most {limits.JOBS_QUEUED} may.",
                "Ask again when some of them have ended, or cancel those that nobody needs.",
            )

    def _forget_oldest(self) -> None:
        ended = [job_id for job_id, job in self._jobs.items() if job.state in _ENDED]
        for job_id in ended[: max(0, len(self._jobs) - limits.JOBS_REMEMBERED)]:
            del self._jobs[job_id]


def _unforeseen() -> ProjectorError:
    return ProjectorError(
        "The computation failed in a way that was not foreseen.",
        "Look at TensorBoard's output in the terminal for what happened, and report it with that output.",
    )
