"""How a job is answered: 202 while it goes on, its error once it failed."""

from __future__ import annotations

from tb_projector_plugin.errors import ProjectorError, StaleError
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.routes.answers import Answer, Body, make_json_body

#: An answer that comes sooner than this needs no job to be asked about.
PATIENCE_S = 0.5


def await_briefly(job: Job) -> None:
    """Returns when the job is done or takes longer; raises what it failed with."""
    job.wait(PATIENCE_S)
    if job.error is not None:
        raise job.error
    if job.state == "cancelled":
        raise StaleError("The computation was cancelled.", "Ask again.")


def make_job_body(job: Job) -> Body:
    return make_json_body({"job": job.to_json()})


def answer_job(job: Job, status: int = 202) -> Answer:
    return Answer(make_job_body(job), status, Cache_Control="no-store")


def describe_failure(job: Job) -> ProjectorError:
    """Why there is no result."""
    if job.error is not None:
        return job.error
    return StaleError(f"The job is {job.state}; there is no result.", "Ask for the result itself again.")
