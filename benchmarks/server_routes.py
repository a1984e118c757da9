"""The routes that compute, requested over HTTP like the page: time, the server's memory, and a graph's recall.

Each response is read to its end. The graph's recall is given as reported by the server, and as measured by brute force
in float64 for 1,000 random rows; the second time is that of a cached graph.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from checkpoints import NAME, Case, write_case
from logdir_builders import write_checkpoint, write_events
from plugin_routes import ask, time_first_byte
from process_figures import MemoryPeaks
from real_data import read_data
from tensorboard_process import TensorBoardProcess

GRAPH_NEIGHBORS = 90
OFFSET = 1000
TRUTH_ROWS = 1000
#: The spaces in which one row's neighbors are timed: the one with the least work, and the one with the most.
SPACES: dict[str, dict[str, Any]] = {
    "neighbors_s": {"metric": "euclidean"},
    "neighbors_spherized_s": {"metric": "cosine", "spherize": 1},
}
_TRUTH_BLOCK_ROWS = 50


def measure(case: Case, names: Sequence[str], folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """`case` for components and one row's neighbors; real data for graphs, as they are and with a large offset."""
    results: dict[str, Any] = {"one_row": {"label": case.label, **_measure_rows(case, folder)}, "graphs": {}}
    for name in names:
        vectors = read_data(name, folder)
        for label, offset in ((name, 0), (f"{name}, {OFFSET:,} added to every feature", OFFSET)):
            results["graphs"][label] = _measure_graph(vectors + np.float32(offset), folder / f"graph-{name}-{offset}")
            say(f"graph of {label}: {results['graphs'][label]}")
    return results


def _measure_rows(case: Case, folder: Path) -> dict[str, float]:
    with TensorBoardProcess(write_case(case, folder), tensorflow=True) as server:
        ask(server, "runs")
        memory = MemoryPeaks({"server": server.pid})
        pca_s = _time(server, "projections", method="pca", components=10)[0]
        pca_peak_mib = memory.stop()["server"]
        rows = np.random.default_rng(0).integers(0, case.rows, 11)
        seconds = {name: _time_neighbors(server, rows, **space) for name, space in SPACES.items()}
    return {"pca_s": pca_s, "pca_peak_mib": pca_peak_mib, **seconds}


def _time_neighbors(server: TensorBoardProcess, rows: np.ndarray, **space: Any) -> float:
    """Median over the rows but the first, with which the space is prepared."""
    times = [_time(server, "neighbors", row=int(row), k=100, **space)[0] for row in rows]
    return statistics.median(times[1:])


def _measure_graph(vectors: np.ndarray, logdir: Path) -> dict[str, Any]:
    if not (logdir / "checkpoint").exists():
        write_checkpoint(logdir, **{NAME: vectors})
        write_events(logdir)
        (logdir / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1"\n')
    with tempfile.TemporaryDirectory() as cache:
        os.environ["TB_PROJECTOR_CACHE_DIR"] = cache
        with TensorBoardProcess(logdir, tensorflow=True) as server:
            ask(server, "runs")
            seconds, body = _time(server, "graph", k=GRAPH_NEIGHBORS, metric="euclidean")
            first_byte_s = statistics.median(
                time_first_byte(server, "graph", k=GRAPH_NEIGHBORS, metric="euclidean") for _ in range(5)
            )
    batch = pa.ipc.open_stream(body).read_next_batch()
    document = json.loads(batch.schema.metadata[b"graph"])
    neighbors = batch.column("neighbor").values.to_numpy().reshape(len(vectors), document["k"])
    return {
        "rows": len(vectors),
        "dims": vectors.shape[1],
        "seconds": seconds,
        "method": document["method"],
        "recall_reported": document["recall"],
        "recall": _measure_recall(vectors, neighbors),
        "cached_megabytes": len(body) / 1e6,
        "cached_first_byte_s": first_byte_s,
    }


def _measure_recall(vectors: np.ndarray, neighbors: np.ndarray) -> float:
    """Fraction of true neighbors found: rows no farther than the true k-th count as true."""
    exact = vectors.astype(np.float64)
    exact -= exact.mean(axis=0)
    squares = (exact**2).sum(axis=1)
    rows = np.random.default_rng(1).choice(len(exact), min(TRUTH_ROWS, len(exact)), replace=False)
    k = neighbors.shape[1]
    found = 0
    for some in np.array_split(rows, max(1, len(rows) // _TRUTH_BLOCK_ROWS)):
        distances = squares[some, None] + squares - 2 * exact[some] @ exact.T
        distances[np.arange(len(some)), some] = np.inf
        last = np.partition(distances, k - 1, axis=1)[:, k - 1, None]
        found += int((np.take_along_axis(distances, neighbors[some], 1) <= last * (1 + 1e-9)).sum())
    return found / (len(rows) * k)


def _time(server: TensorBoardProcess, route: str, **parameters: object) -> tuple[float, bytes]:
    """Seconds from the request to the last byte of the result, and its bytes."""
    started = time.perf_counter()
    body = ask(server, route, **parameters)
    return time.perf_counter() - started, body
