"""Measures a projection's quality in a child process: it reads vectors and coordinates, and writes an Arrow file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.arrow_column import make_column
from tb_projector_plugin.arrow_file import read_stream, write_batch
from tb_projector_plugin.compute.graph import compute_graph
from tb_projector_plugin.compute.progress import report_part
from tb_projector_plugin.compute.quality import MIN_ROWS, Quality, choose_k, compute_quality
from tb_projector_plugin.errors import DataError
from tb_projector_plugin.graphs.graph_task import read_mask, read_vectors
from tb_projector_plugin.jobs.child import ServerPipe

_SEED = 0
#: Share of the time that a search for neighbors takes, where there has to be one.
_SEARCH_SHARE = 0.6


def run(pipe: ServerPipe) -> dict[str, Any]:
    """Reads the request, the vectors, the rows they belong to, and all coordinates; writes the file it names."""
    order = pipe.read_json()
    vectors = read_vectors(pipe, order["rows"], order["dims"])
    linked = read_mask(pipe, order["rows"])
    coordinates = np.frombuffer(pipe.read(), np.float32).reshape(order["rows"], -1)
    document, problems = pipe.read_json()
    drawn = linked & np.isfinite(coordinates).all(axis=1)
    count = int(drawn.sum())
    _check_rows(count, order["rows"])
    k = choose_k(order["k"], count)
    if count < len(vectors):
        vectors = vectors[drawn[linked]]
    metric, wanted, begun = order["metric"], min(k + 1, count - 1), 0.0
    truth = _read_neighbors(order["graph"], len(vectors), drawn, wanted)
    if truth is None:
        begun = _SEARCH_SHARE
        graph = compute_graph(vectors.copy(), wanted, metric, report=report_part(pipe.report, 0, begun))
        truth = _TrueNeighbors(graph.neighbors, graph.recall)
    report = report_part(pipe.report, begun, 1)
    quality = compute_quality(vectors, truth.neighbors, coordinates[drawn], k, metric, seed=_SEED, report=report)
    _write(order["output"], quality, drawn, {**document, "recall": truth.recall}, problems)
    return {}


def _check_rows(drawn: int, rows: int) -> None:
    if drawn < MIN_ROWS:
        raise DataError(
            f"{drawn} of {rows:,} rows have both neighbors and a place in the picture; {MIN_ROWS} are needed.",
            "Select more points, or choose another metric or projection.",
        )


@dataclass(frozen=True)
class _TrueNeighbors:
    """The true neighbors [drawn rows, k], numbered among the drawn rows."""

    neighbors: NDArray[np.int32]
    recall: float


def _read_neighbors(path: str, linked: int, drawn: NDArray[np.bool_], k: int) -> _TrueNeighbors | None:
    """Those of the graph's file; None if it covers other rows than the `linked` drawn ones."""
    with read_stream(path) as reader:
        batch = reader.read_next_batch()
        document = json.loads(batch.schema.metadata[b"graph"])
        if document["linked_rows"] != linked:
            return None
        lists = batch.column("neighbor").values.to_numpy().reshape(len(drawn), document["k"])
        numbers = np.cumsum(drawn, dtype=np.int32) - np.int32(1)
        return _TrueNeighbors(numbers[lists[drawn, :k]], document["recalls"][k - 1])


def _write(
    path: str, quality: Quality, drawn: NDArray[np.bool_], document: dict[str, Any], problems: list[dict[str, Any]]
) -> None:
    """Writes the answer of `/quality` (see docs/http_api.md)."""
    import pyarrow as pa

    kept = np.full(len(drawn), np.nan, np.float32)
    kept[drawn] = quality.kept
    document = {
        **document,
        "k": quality.k,
        "kept": float(quality.kept.mean(dtype=np.float64)),
        "trustworthiness": asdict(quality.trustworthiness),
        "continuity": asdict(quality.continuity),
        "sampled_rows": quality.sampled_rows,
        "drawn_rows": int(drawn.sum()),
        "seed": _SEED,
    }
    notes = {"quality": json.dumps(document), "problems": json.dumps(problems, ensure_ascii=False)}
    batch = pa.RecordBatch.from_pydict({"kept": make_column(kept)}).replace_schema_metadata(notes)
    write_batch(path, batch)
