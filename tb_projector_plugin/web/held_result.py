"""Answers with results that jobs hold in memory: those of which no file lies in the cache folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.wrappers import Request

from tb_projector_plugin.errors import StaleError
from tb_projector_plugin.jobs.jobs import Job
from tb_projector_plugin.web.answers import Answer, Body
from tb_projector_plugin.web.in_flight import share_of
from tb_projector_plugin.web.job_answer import answer_when_done


@dataclass(frozen=True)
class HeldResult:
    """`make_body` makes the answer's body, of about `body_bytes`; until it is released, it holds `held_bytes`."""

    make_body: Callable[[], Body]
    body_bytes: int
    held_bytes: int


def answer_held(request: Request, job: Job, **headers: str) -> Answer:
    """Answers with the result of a job that is done. Raises StaleError if it has been released."""
    result = job.result
    if not isinstance(result, HeldResult):
        raise StaleError("The result has left the memory to make room for others.", "Ask for it again.")
    return _answer(request, result, **headers)


def answer_held_by_job(
    request: Request,
    body_bytes: int,
    find: Callable[[], HeldResult | None],
    start: Callable[[], Job],
    **headers: str,
) -> Answer:
    """Answers with the result that `find` returns if there is one, else by the job that `start` returns.

    The answer's share is taken first: nothing is computed that would then be refused.
    """
    share_of(request).hold(body_bytes)
    found = find()
    if found is not None:
        return _answer(request, found, **headers)
    return answer_when_done(start(), lambda job: answer_held(request, job, **headers))


def _answer(request: Request, result: HeldResult, **headers: str) -> Answer:
    share_of(request).hold(result.body_bytes)
    return Answer(result.make_body(), 200, **headers)
