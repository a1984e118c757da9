"""`GET /graph`: the nearest neighbors of every row, from the cache on disk, or by a job."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import numpy as np
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.cache_folder import CachedFile
from tb_projector_plugin.compute.graph import METRICS, compute_graph
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.jobs.child import ChildProcess
from tb_projector_plugin.jobs.graph_task import write_graph
from tb_projector_plugin.jobs.jobs import Job, Stretch
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import SpaceRequest, find_space
from tb_projector_plugin.routes.graph_files import find_graph, graph_name
from tb_projector_plugin.routes.vector_feed import VectorFeed
from tb_projector_plugin.web.answers import IMMUTABLE, REVALIDATE, Answer, Body, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE
from tb_projector_plugin.web.job_answer import answer_by_job
from tb_projector_plugin.web.parameters import read_choice, read_integer

_DEFAULT_K = 90
#: All pairs of more rows take longer than starting a process.
_INLINE_ROWS = 4096


def serve_graph(request: Request, context: RouteContext) -> Answer:
    k = read_integer(request.args, "k", 1, limits.GRAPH_NEIGHBORS, default=_DEFAULT_K)
    metric = read_choice(request.args, "metric", METRICS, default="cosine")
    space = find_space(request.args, context)
    etag = make_etag("graph", *space.key, k, metric)
    cache_control = IMMUTABLE if "v" in request.args else REVALIDATE
    if request.if_none_match.contains_weak(etag.strip('"')):
        return Answer(Body([], ARROW_TYPE), 304, ETag=etag, Cache_Control=cache_control)
    address = "graph?" + urlencode(list(request.args.items()))
    answer = answer_by_job(
        lambda: find_graph(context.files, space, k, metric), lambda: start_graph(space, k, metric, address)
    )
    if answer.status_code == 200:
        answer.headers["ETag"], answer.headers["Cache-Control"] = etag, cache_control
    return answer


def start_graph(space: SpaceRequest, k: int, metric: str, address: str = "") -> Job:
    """The job that makes this graph. Raises LimitError for one that cannot fit into memory."""
    rows, dims = space.shape
    check_size(space, k)
    words = f"Neighbors of {rows:,} × {dims:,}"

    def work(job: Job) -> CachedFile:
        return make_graph(job, space, k, metric)

    name = graph_name(space, metric)
    return space.tensor.context.jobs.start(("graph", name, k), "graph", words, work, address)


def make_graph(job: Job | Stretch, space: SpaceRequest, k: int, metric: str) -> CachedFile:
    """In a child process, or here where starting one would take longer than the graph."""
    is_small = space.shape[0] * space.shape[1] <= limits.GRAPH_INLINE_NUMBERS and space.shape[0] <= _INLINE_ROWS

    def write(path: str) -> None:
        if is_small:
            _make_here(space, k, metric, path)
        else:
            _make_in_child(job, space, k, metric, path)

    return space.tensor.context.files.make(f"{graph_name(space, metric)}-{k}", write)


def _make_here(space: SpaceRequest, k: int, metric: str, output: str) -> None:
    feed = VectorFeed(space, metric)
    blocks: list[Any] = []
    feed.send(lambda block: blocks.append(np.array(block, np.float32)) if len(block) else None)
    vectors = np.concatenate(blocks)
    graph = compute_graph(vectors, min(k, len(vectors) - 1), metric)
    write_graph(output, graph, feed.linked, describe(space, metric), [each.to_json() for each in feed.problems()])


def _make_in_child(job: Job | Stretch, space: SpaceRequest, k: int, metric: str, output: str) -> None:
    rows, dims = space.shape
    feed = VectorFeed(space, metric)
    with ChildProcess(job, "graph") as child:
        child.send_json({"rows": rows, "dims": dims, "k": k, "metric": metric, "output": output})
        feed.send(child.send)
        child.send(np.packbits(feed.linked))
        child.send_json([describe(space, metric), [each.to_json() for each in feed.problems()]])
        child.await_result()


def describe(space: SpaceRequest, metric: str) -> dict[str, Any]:
    """What is known of a graph before it is made."""
    return {
        "metric": metric,
        "space": space.space,
        "rows": space.shape[0],
        "version": space.tensor.handle.version,
    }


def check_size(space: SpaceRequest, k: int) -> None:
    """Raises LimitError for a graph that cannot fit into memory."""
    rows, dims = space.shape
    needed = 8 * rows * dims + 24 * rows * (k + 1)
    if needed > limits.GRAPH_BYTES:
        raise LimitError(
            f"Neighbors of {rows:,} × {dims:,} need {needed / 2**30:.1f} GiB; expected at most "
            f"{limits.GRAPH_BYTES / 2**30:.0f} GiB.",
            "Select fewer points, or choose fewer neighbors.",
            file=space.tensor.handle.source.display,
        )
