"""How a job is answered: 202 while it goes on, its error once it failed, what came of it once it is done."""

from __future__ import annotations

from collections.abc import Callable

from tb_projector_plugin.cache_folder import CachedFile
from tb_projector_plugin.errors import ProjectorError, StaleError
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.web.answers import Answer, Body, make_json_body
from tb_projector_plugin.web.file_body import FileBody

#: An answer that comes sooner than this needs no job to be asked about.
PATIENCE_S = 0.5


def answer_by_job(find: Callable[[], CachedFile | None], start: Callable[[], Job]) -> Answer:
    """The file that `find` gives where there is one, else what the job that `start` gives makes."""
    found = find()
    opened = found.open_content() if found is not None else None
    if opened is not None:
        return Answer(FileBody(opened), Cache_Control="no-store")
    job = start()
    _await_briefly(job)
    return answer_result(job) if job.state == "done" else answer_job(job)


def answer_result(job: Job) -> Answer:
    """What came of a job that is done. Raises StaleError where that has left the cache folder since."""
    opened = job.result.open_content()
    if opened is None:
        raise StaleError("The result has left the cache folder to make room for others.", "Ask for it again.")
    return Answer(FileBody(opened), Cache_Control="no-store")


def _await_briefly(job: Job) -> None:
    """Returns when the job is done or takes longer; raises what it failed with."""
    job.wait(PATIENCE_S)
    if job.error is not None:
        raise job.error
    if job.state == "cancelled":
        raise StaleError("The computation was cancelled.", "Ask again.")


def _make_job_body(job: Job) -> Body:
    return make_json_body({"job": job.to_json()})


def answer_job(job: Job, status: int = 202) -> Answer:
    return Answer(_make_job_body(job), status, Cache_Control="no-store")


def describe_failure(job: Job) -> ProjectorError:
    """Why there is no result."""
    if job.error is not None:
        return job.error
    return StaleError(f"The job is {job.state}; there is no result.", "Ask for the result itself again.")
