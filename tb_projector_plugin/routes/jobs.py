"""`/jobs/<id>`: the progress of a computation; DELETE cancels it; `/jobs/<id>/result` returns its result.

`/jobs/<id>/first` returns a first part of the result while the rest is being computed.
"""

from __future__ import annotations

from werkzeug.wrappers import Request

from tb_projector_plugin.cache_folder import CachedFile
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.route import READ, Route
from tb_projector_plugin.web.answers import Answer
from tb_projector_plugin.web.held_result import answer_held
from tb_projector_plugin.web.job_answer import answer_first, answer_job, answer_result, describe_failure


def _serve_jobs(request: Request, context: RouteContext) -> Answer:
    job_id, _, rest = request.path.rpartition("/jobs/")[2].rstrip("/").partition("/")
    if request.method == "DELETE":
        return answer_job(context.jobs.cancel(job_id), 200)
    job = context.jobs.find(job_id)
    if rest == "first":
        return answer_first(job)
    if rest != "result":
        return answer_job(job, 200)
    if job.state in ("queued", "running"):
        return answer_job(job)
    if job.state != "done":
        raise describe_failure(job)
    return (
        answer_result(job)
        if isinstance(job.result, CachedFile)
        else answer_held(request, job, Cache_Control="no-store")
    )


ROUTES = {"/jobs/*": Route(_serve_jobs, (*READ, "DELETE"))}
