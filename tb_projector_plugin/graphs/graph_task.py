"""Computes a graph in a child process: it reads vectors and writes the answer as an Arrow file."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.arrow_column import make_lists
from tb_projector_plugin.arrow_file import write_batch
from tb_projector_plugin.compute.graph import Graph, compute_graph
from tb_projector_plugin.graphs.recall_words import describe_recall
from tb_projector_plugin.jobs.child import ServerPipe


def run(pipe: ServerPipe) -> dict[str, Any]:
    """Reads the request, the vectors and the rows they belong to; writes the file that the request names."""
    order = pipe.read_json()
    vectors = read_vectors(pipe, order["rows"], order["dims"])
    linked = read_mask(pipe, order["rows"])
    document, problems = pipe.read_json()
    k = min(order["k"], len(vectors) - 1)

    def deliver_first(graph: Graph) -> None:
        if order["first_output"]:
            _write(order["first_output"], graph, linked, document, problems)
            pipe.report_first()

    def report(share: float) -> None:
        pipe.report(0.97 * share)

    graph = compute_graph(vectors, k, order["metric"], report=report, deliver_first=deliver_first)
    write_graph(order["output"], graph, linked, document, problems)
    return {}


def read_vectors(pipe: ServerPipe, rows: int, dims: int) -> NDArray[np.float32]:
    """Reads frames of rows, at most `rows` in all, until an empty one; returns [n, dims]."""
    vectors = np.empty((rows, dims), np.float32)
    count = 0
    while size := pipe.read_into(vectors[count:].reshape(-1) if count < rows else np.empty(0, np.float32)):
        count += size // (4 * dims)
    return vectors[:count]


def read_mask(pipe: ServerPipe, rows: int) -> NDArray[np.bool_]:
    """Reads the mask [rows] from one frame of bits."""
    return np.unpackbits(np.frombuffer(pipe.read(), np.uint8), count=rows).astype(np.bool_)


def write_graph(
    path: str, graph: Graph, linked: NDArray[np.bool_], document: dict[str, Any], problems: list[dict[str, Any]]
) -> None:
    """Writes the answer of `/graph` (see docs/http_api.md). `linked` [rows] marks the rows that the graph covers."""
    _write(path, graph, linked, document, [*problems, *describe_recall(graph.recall, graph.recall_rows)])


def _write(
    path: str, graph: Graph, linked: NDArray[np.bool_], document: dict[str, Any], problems: list[dict[str, Any]]
) -> None:
    import pyarrow as pa

    columns = _make_columns(graph, linked)
    if graph.first is not None:
        columns |= {f"first_{name}": column for name, column in _make_columns(graph.first, linked).items()}
    document = {
        **document,
        "k": graph.neighbors.shape[1],
        "linked_rows": int(linked.sum()),
        "method": graph.method,
        "recall": graph.recall,
        "recalls": [round(recall, 6) for recall in graph.recalls],
        "recall_rows": graph.recall_rows,
        "tried": [asdict(each) for each in graph.tried],
        "equal_groups": graph.equal_groups,
        "first": None if graph.first is None else _describe_first(graph.first),
    }
    notes = {"graph": json.dumps(document), "problems": json.dumps(problems, ensure_ascii=False)}
    batch = pa.RecordBatch.from_pydict(columns).replace_schema_metadata(notes)
    write_batch(path, batch)


def _make_columns(graph: Graph, linked: NDArray[np.bool_]) -> dict[str, Any]:
    neighbors, distances = _spread(graph, linked)
    return {"neighbor": make_lists(neighbors), "distance": make_lists(distances)}


def _describe_first(first: Graph) -> dict[str, Any]:
    return {"k": first.neighbors.shape[1], "method": first.method, "recall": first.recall}


def _spread(graph: Graph, linked: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Gives every row a record; rows without neighbors get -1 at distance NaN."""
    if linked.all():
        return graph.neighbors, graph.distances
    k = graph.neighbors.shape[1]
    neighbors = np.full((len(linked), k), -1, np.int32)
    distances = np.full((len(linked), k), np.nan, np.float32)
    neighbors[linked] = np.flatnonzero(linked).astype(np.int32)[graph.neighbors]
    distances[linked] = graph.distances
    return neighbors, distances
