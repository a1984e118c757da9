"""Manages the jobs of a server: running, queued and ended ones, and their progress.

A job is identified by what it computes (`key`): requests for the same key share the job while it is alive. It ends when
each of them has canceled it, or when no client has asked about it for a while. This module does not know what is
computed, or how.
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
from tb_projector_plugin.errors import AbandonedError, BusyError, NotFoundError, ProjectorError, unexpected_error

logger = logging.getLogger(__name__)

_State = Literal["queued", "running", "done", "failed", "canceled"]
_ENDED = ("done", "failed", "canceled")


class CanceledJobError(AbandonedError):
    """The job's work must stop now. Not a failure: the job was canceled, or no client is interested anymore."""


class Job:
    """One computation. Only its work calls `report` and `check`."""

    def __init__(self, key: Hashable, kind: str, title: str, lease_s: float, clock: Callable[[], float]) -> None:
        self.id = secrets.token_hex(8)
        self.key = key
        self.kind = kind
        self.title = title
        self.state: _State = "queued"
        self.progress = 0.0
        self.error: ProjectorError | None = None
        #: Number of requests that share the job and have not canceled it.
        self.requests = 1
        #: Bytes of its request that the work holds.
        self.input_bytes = 0
        #: Address of the result, relative to the plugin's.
        self.result_address = ""
        #: The return value of the work.
        self.result: Any = None
        #: A first part of the result, of use before the rest is there.
        self.first: Any = None
        self._lease_s = lease_s
        self._clock = clock
        self._polled_at = clock()
        self._began_at: float | None = None
        self._over = threading.Event()
        self._cancel_requested = threading.Event()

    def touch(self) -> None:
        """Renews the lease: a client is still interested."""
        self._polled_at = self._clock()

    def cancel(self) -> None:
        self._cancel_requested.set()

    def check(self) -> None:
        """Raises CanceledJobError when the work must stop: call it often."""
        if not self.is_wanted():
            raise CanceledJobError

    def is_wanted(self) -> bool:
        """Whether it has not been canceled and its lease has not run out."""
        return not self._cancel_requested.is_set() and self._clock() - self._polled_at <= self._lease_s

    def report(self, progress: float) -> None:
        """Sets the fraction done, 0 to 1; it never decreases."""
        self.progress = max(self.progress, min(1.0, progress))

    def wait(self, timeout_s: float) -> bool:
        """Waits until the job has ended, at most `timeout_s` seconds; returns whether it has."""
        return self._over.wait(timeout_s)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "words": self.title,
            "state": self.state,
            "progress": round(self.progress, 4),
            "seconds_left": self._seconds_left(),
            "result": self.result_address or f"jobs/{self.id}/result",
            "first": None if self.first is None else f"jobs/{self.id}/first",
            "error": None if self.error is None else self.error.to_json()["error"],
        }

    def run(self, work: Callable[[Job], Any]) -> None:
        """Runs the work and records its outcome in the job's state."""
        self._began_at = self._clock()
        try:
            self.check()
            self.state = "running"
            self.result = work(self)
            self.progress, self.state = 1.0, "done"
        except CanceledJobError:
            self.state = "canceled"
        except ProjectorError as error:
            self.error, self.state = error, "failed"
        except Exception:  # Clients get a generic error; the exception's text goes only to the terminal.
            logger.exception("The job «%s» failed.", self.title)
            self.error, self.state = unexpected_error("Unexpected error in the computation."), "failed"
        finally:
            self._over.set()

    def _seconds_left(self) -> float | None:
        if self.state != "running" or self._began_at is None or self.progress < 0.02:
            return 0.0 if self.state in _ENDED else None
        return round((self._clock() - self._began_at) * (1 - self.progress) / self.progress, 1)


#: The function that a job runs; it calls the job's `report` and `check`.
Work = Callable[[Job], Any]


class SubProgress:
    """A part of a job, which reports its own progress from 0 to 1."""

    def __init__(self, job: Job, start: float, end: float) -> None:
        self.check = job.check
        self._job, self._start, self._end = job, start, end

    def report(self, progress: float) -> None:
        self._job.report(self._start + (self._end - self._start) * progress)


class _Queue:
    """Jobs that wait for their turn, and how many more may run."""

    def __init__(self, running: int) -> None:
        self.free = running
        self.waiting: OrderedDict[str, tuple[Job, Work]] = OrderedDict()


class Jobs:
    """Two thread-safe job queues, one of them for projections: a picture must not wait for the end of two graphs.

    At most `running` jobs work at a time, and `projecting` of the second queue, each on its own thread; the others
    wait.
    """

    def __init__(
        self,
        running: int = limits.JOBS_RUNNING,
        lease_s: float = limits.JOB_LEASE_S,
        clock: Callable[[], float] = time.monotonic,
        projecting: int = limits.PROJECTIONS_RUNNING,
    ) -> None:
        self._queue, self._projections = _Queue(running), _Queue(projecting)
        self._lease_s = lease_s
        self._clock = clock
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(
        self, key: Hashable, kind: str, title: str, work: Work, *, result_address: str = "", input_bytes: int = 0
    ) -> Job:
        """Returns the live job with that key, or starts one that runs `work`, whose return value is its `result`.

        `work` holds `input_bytes` of its request. Raises BusyError when too many are waiting, or hold too much.
        """
        return self._start(self._queue, self._make(key, kind, title, result_address, input_bytes), work)

    def start_projection(self, key: Hashable, kind: str, title: str, work: Work, *, input_bytes: int = 0) -> Job:
        """The same for a projection."""
        return self._start(self._projections, self._make(key, kind, title, "", input_bytes), work)

    def find(self, job_id: str) -> Job:
        """Raises NotFoundError for a job that never existed or has been forgotten."""
        with self._lock:
            self._discard_canceled()
            job = self._jobs.get(job_id)
        if job is None:
            raise NotFoundError(f"There is no job {job_id[:32]!r}.", "Ask for the result itself again.")
        job.touch()
        return job

    def cancel(self, job_id: str) -> Job:
        """Cancels the job for one of the requests that share it; it ends with the last of them."""
        job = self.find(job_id)
        with self._lock:
            job.requests -= 1
            if job.requests > 0:
                return job
            job.cancel()
            self._discard_canceled()
        job.wait(5)
        return job

    def _make(self, key: Hashable, kind: str, title: str, result_address: str, input_bytes: int) -> Job:
        job = Job(key, kind, title, self._lease_s, self._clock)
        job.result_address, job.input_bytes = result_address, input_bytes
        return job

    def _start(self, queue: _Queue, job: Job, work: Work) -> Job:
        """`job`, or the live one with its key."""
        with self._lock:
            live = self._join_live(job.key)
            if live is not None:
                return live
            self._check_room(queue, job)
            self._jobs[job.id] = job
            self._forget_oldest()
            queue.waiting[job.id] = (job, work)
            begins = queue.free > 0
            queue.free -= begins
        if begins:
            _run_thread(self._work, queue)
        return job

    def _join_live(self, key: Hashable) -> Job | None:
        self._discard_canceled()
        for job in self._jobs.values():
            if job.key == key and job.state not in _ENDED and job.is_wanted():
                job.touch()
                job.requests += 1
                return job
        return None

    def _work(self, queue: _Queue) -> None:
        """Runs waiting jobs one after the other until none is left."""
        while (taken := self._take(queue)) is not None:
            job, work = taken
            job.run(work)
            with self._lock:
                self._release_results()
            del taken, work  # Releases the job's data before the next one is taken.

    def _take(self, queue: _Queue) -> tuple[Job, Work] | None:
        with self._lock:
            if queue.waiting:
                return queue.waiting.popitem(last=False)[1]
            queue.free += 1
            return None

    def _discard_canceled(self) -> None:
        """Removes canceled and expired jobs from the queues; `run` marks them canceled without starting their work."""
        for queue in (self._queue, self._projections):
            for job, work in list(queue.waiting.values()):
                if not job.is_wanted():
                    del queue.waiting[job.id]
                    job.cancel()  # One whose lease is renewed meanwhile would be wanted, and would run under the lock.
                    job.run(work)

    def _check_room(self, queue: _Queue, job: Job) -> None:
        """Raises BusyError if there is none for `job`."""
        fix = "Cancel those that are no longer needed, or try again when some of them have ended."
        if len(queue.waiting) >= limits.JOBS_QUEUED and not queue.free:
            raise BusyError(
                f"{len(queue.waiting)} computations wait for their turn; at most {limits.JOBS_QUEUED} may.", fix
            )
        held = sum(other.input_bytes for other in self._jobs.values() if other.state not in _ENDED)
        if job.input_bytes and held and held + job.input_bytes > limits.JOBS_INPUT_BYTES:
            raise BusyError(
                f"Computations hold {held:,} bytes of their requests, and this one has {job.input_bytes:,}; "
                f"at most {limits.JOBS_INPUT_BYTES:,} are held.",
                fix,
            )

    def _release_results(self) -> None:
        """Releases the oldest results that are held in memory (`held_bytes`), while they are too many bytes."""
        held = 0
        for job in reversed(self._jobs.values()):
            size = getattr(job.result, "held_bytes", 0)
            if held and held + size > limits.JOB_RESULTS_BYTES:
                job.result = None
            else:
                held += size

    def _forget_oldest(self) -> None:
        ended = [job_id for job_id, job in self._jobs.items() if job.state in _ENDED]
        for job_id in ended[: max(0, len(self._jobs) - limits.JOBS_REMEMBERED)]:
            del self._jobs[job_id]


def _run_thread(target: Callable[..., None], *arguments: Any) -> None:
    threading.Thread(target=target, args=arguments, name="embeddings-jobs", daemon=True).start()
