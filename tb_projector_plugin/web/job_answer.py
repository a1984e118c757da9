"""Answers for a job: 202 while it is pending, its error if it failed, its result once it is done."""

from __future__ import annotations

from collections.abc import Callable

from tb_projector_plugin.cache_folder import CachedFile
from tb_projector_plugin.errors import ProjectorError, StaleError
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.web.answers import NO_STORE, Answer, Body, make_json_body
from tb_projector_plugin.web.file_body import FileBody

#: Seconds to wait for a result before the client has to poll the job.
WAIT_S = 0.5


def answer_by_job(find: Callable[[], CachedFile | None], start: Callable[[], Job], headers: dict[str, str]) -> Answer:
    """Answers with the file that `find` returns if there is one, else by the job that `start` returns.

    `headers` are those of the whole result.
    """
    found = find()
    opened = found.open_content() if found is not None else None
    if opened is not None:
        return Answer(FileBody(opened), 200, **headers)
    return answer_when_done(start(), lambda job: answer_result(job, headers))


def answer_when_done(job: Job, answer: Callable[[Job], Answer]) -> Answer:
    """The `answer` of a job that is done soon, else 202. Raises the job's error."""
    _await_briefly(job)
    return answer(job) if job.state == "done" else answer_job(job)


def answer_result(job: Job, headers: dict[str, str] = NO_STORE) -> Answer:
    """Answers with the result of a job that is done. Raises StaleError if it was evicted from the cache folder."""
    return _answer_file(job.result, "The result has left the cache folder to make room for others.", headers)


def answer_first(job: Job) -> Answer:
    """Answers with the first part of a running job's result. Raises StaleError if there is none, or no longer."""
    return _answer_file(job.first, "There is no first part of the result, or the whole has taken its place.")


def _answer_file(file: CachedFile | None, missing: str, headers: dict[str, str] = NO_STORE) -> Answer:
    opened = None if file is None else file.open_content()
    if opened is None:
        raise StaleError(missing, "Ask for it again.")
    return Answer(FileBody(opened), 200, **headers)


def _await_briefly(job: Job) -> None:
    """Waits up to `WAIT_S` for the job; raises its error if it failed or was canceled."""
    job.wait(WAIT_S)
    if job.error is not None:
        raise job.error
    if job.state == "canceled":
        raise StaleError("The computation was canceled.", "Ask again.")


def _make_job_body(job: Job) -> Body:
    return make_json_body({"job": job.to_json()})


def answer_job(job: Job, status: int = 202) -> Answer:
    return Answer(_make_job_body(job), status, **NO_STORE)


def describe_failure(job: Job) -> ProjectorError:
    """The reason why there is no result."""
    if job.error is not None:
        return job.error
    return StaleError(f"The job is {job.state}; there is no result.", "Ask for the result itself again.")
