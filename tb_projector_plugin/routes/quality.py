"""`POST /quality`: how faithful the projection that the page sends is, measured by a job."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.cache_folder import CachedFile, make_name
from tb_projector_plugin.compute.distances import METRICS
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.graphs import quality_task
from tb_projector_plugin.graphs.building import check_size, describe, make_graph
from tb_projector_plugin.graphs.feed import VectorFeed
from tb_projector_plugin.graphs.files import find_graph_with
from tb_projector_plugin.jobs.child import ChildProcess
from tb_projector_plugin.jobs.jobs import Job, SubProgress
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import ContentKey, SpaceRequest, find_space
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import NO_STORE, Answer
from tb_projector_plugin.web.arrow_body import read_arrow_body
from tb_projector_plugin.web.job_answer import answer_by_job
from tb_projector_plugin.web.parameters import read_choice, read_integer
from tb_projector_plugin.web.request_checks import ARROW_BODY

_DEFAULT_K = 15
#: Fraction of a job's time spent on the graph, if that has to be built first.
_GRAPH_SHARE = 0.6


@dataclass(frozen=True)
class _Layout:
    """Coordinates [rows, 2 or 3] of a space's rows, NaN where one is not drawn, and the neighbors to measure by."""

    space: SpaceRequest
    coordinates: NDArray[np.float32]
    k: int
    metric: str

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """A key that distinguishes layouts of the same space."""
        digest = hashlib.sha256(self.coordinates.data).hexdigest()
        return self.coordinates.shape, digest, self.metric, self.k

    def find(self) -> CachedFile | None:
        """The result in the cache folder; None until the content of the space has been read."""
        content = self.space.find_content()
        return None if content is None else self.space.tensor.context.files.find(self.name(content))

    def name(self, content: ContentKey) -> str:
        """The name of the result in the cache folder."""
        return make_name("quality", 2, *content, *self.key)


def _serve_quality(request: Request, context: RouteContext) -> Answer:
    k = read_integer(request.args, "k", 1, limits.QUALITY_NEIGHBORS, default=_DEFAULT_K)
    metric = read_choice(request.args, "metric", METRICS, default="cosine")
    space = find_space(request.args, context)
    layout = _Layout(space, _read_coordinates(request, space.shape[0]), k, metric)
    return answer_by_job(layout.find, lambda: _start(layout), NO_STORE)


ROUTES = {"/quality": Route(_serve_quality, ("POST",), ARROW_BODY)}


def _read_coordinates(request: Request, rows: int) -> NDArray[np.float32]:
    """Reads coordinates [rows, 2 or 3]. Raises BadParameterError for a body of other columns or another length."""
    columns = read_arrow_body(request, {"x": "float32", "y": "float32"}, {"z": "float32"})
    coordinates = np.stack([columns[axis] for axis in "xyz" if axis in columns], axis=1)
    if len(coordinates) != rows:
        raise BadParameterError(
            f"The body has the coordinates of {len(coordinates):,} rows; expected those of {rows:,}.",
            "Send a record for each row of the embedding, or of the subset, with NaN where a row is not drawn.",
        )
    return coordinates


def _start(layout: _Layout) -> Job:
    check_size(layout.space, layout.k + 1)
    title = f"Comparing neighbors of {len(layout.coordinates):,} points"
    jobs = layout.space.tensor.context.jobs
    key = ("quality", *layout.space.key, *layout.key)
    input_bytes = layout.coordinates.nbytes
    return jobs.start(key, "quality", title, lambda job: _measure(job, layout), input_bytes=input_bytes)


def _measure(job: Job, layout: _Layout) -> CachedFile:
    files = layout.space.tensor.context.files
    content = layout.space.read_content(job.check)
    known = layout.find()
    if known is not None:
        return known
    graph, rest = find_graph_with(files, layout.space, layout.k + 1, layout.metric), SubProgress(job, 0, 1)
    if graph is None:
        graph = make_graph(SubProgress(job, 0, _GRAPH_SHARE), layout.space, content, layout.k + 1, layout.metric)
        rest = SubProgress(job, _GRAPH_SHARE, 1)
    return files.make(layout.name(content), lambda path: _measure_in_child(rest, layout, graph, path))


def _measure_in_child(job: SubProgress, layout: _Layout, graph: CachedFile, output: str) -> None:
    space, metric = layout.space, layout.metric
    rows, dims = space.shape
    feed = VectorFeed(space, metric)
    order = {"rows": rows, "dims": dims, "k": layout.k, "metric": metric, "graph": graph.path, "output": output}
    with ChildProcess(job, quality_task.__name__) as child:
        child.send_json(order)
        feed.send(child.send)
        child.send(np.packbits(feed.linked))
        child.send(layout.coordinates)
        child.send_json([describe(space, metric), [each.to_json() for each in feed.problems()]])
        child.await_result()
