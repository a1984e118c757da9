"""Starts the job that builds a graph, in a child process or, where that is faster, in the server."""

from __future__ import annotations

from typing import Any

import numpy as np

from tb_projector_plugin import limits
from tb_projector_plugin.cache_folder import CachedFile
from tb_projector_plugin.compute.graph import compute_graph, finds_first
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.graphs import graph_task
from tb_projector_plugin.graphs.feed import VectorFeed
from tb_projector_plugin.graphs.files import find_graph, graph_name
from tb_projector_plugin.graphs.first_file import FirstFile
from tb_projector_plugin.graphs.graph_task import write_graph
from tb_projector_plugin.jobs.child import ChildProcess
from tb_projector_plugin.jobs.jobs import Job, SubProgress
from tb_projector_plugin.queries.space_request import ContentKey, SpaceRequest

#: Maximum number of rows to compute inline: all pairs of more rows take longer than starting a process.
_INLINE_ROWS = 4096


def start_graph(space: SpaceRequest, k: int, metric: str, address: str = "") -> Job:
    """Starts the job that builds this graph; of a large one it offers the first neighbors before the others.

    Raises LimitError for one that cannot fit into memory.
    """
    rows, dims = space.shape
    check_size(space, k)
    title = f"Neighbors of {rows:,} × {dims:,}"
    files = space.tensor.context.files

    def work(job: Job) -> CachedFile:
        content = space.read_content(job.check)
        found = find_graph(files, space, k, metric)
        if found is not None or not finds_first(rows, k):
            return found or make_graph(job, space, content, k, metric)
        with FirstFile(job, files, f"{graph_name(content, metric)}-{k}-first") as first:
            return make_graph(job, space, content, k, metric, first=first)

    return space.tensor.context.jobs.start(
        ("graph", *space.key, metric, k), "graph", title, work, result_address=address
    )


def make_graph(
    job: Job | SubProgress,
    space: SpaceRequest,
    content: ContentKey,
    k: int,
    metric: str,
    *,
    first: FirstFile | None = None,
) -> CachedFile:
    """Builds the graph in a child process, or inline where starting one would take longer than the graph.

    `content` is the space's, as the job has read it.
    """
    is_small = space.shape[0] * space.shape[1] <= limits.GRAPH_INLINE_NUMBERS and space.shape[0] <= _INLINE_ROWS

    def write(path: str) -> None:
        if is_small:
            _make_here(space, k, metric, path)
        else:
            _make_in_child(job, space, {"k": k, "metric": metric, "output": path}, first)

    return space.tensor.context.files.make(f"{graph_name(content, metric)}-{k}", write)


def _make_here(space: SpaceRequest, k: int, metric: str, output: str) -> None:
    feed = VectorFeed(space, metric)
    blocks: list[Any] = []
    feed.send(lambda block: blocks.append(np.array(block, np.float32)) if len(block) else None)
    vectors = np.concatenate(blocks)
    graph = compute_graph(vectors, min(k, len(vectors) - 1), metric)
    write_graph(output, graph, feed.linked, describe(space, metric), [each.to_json() for each in feed.problems()])


def _make_in_child(job: Job | SubProgress, space: SpaceRequest, order: dict[str, Any], first: FirstFile | None) -> None:
    rows, dims = space.shape
    metric = order["metric"]
    feed = VectorFeed(space, metric)
    with ChildProcess(job, graph_task.__name__) as child:
        first_output = None if first is None else first.path
        child.send_json({**order, "rows": rows, "dims": dims, "first_output": first_output})
        feed.send(child.send)
        child.send(np.packbits(feed.linked))
        child.send_json([describe(space, metric), [each.to_json() for each in feed.problems()]])
        child.await_result(None if first is None else first.offer)


def describe(space: SpaceRequest, metric: str) -> dict[str, Any]:
    """The metadata of a graph that is known before it is built."""
    return {
        "metric": metric,
        "space": space.space,
        "rows": space.shape[0],
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
