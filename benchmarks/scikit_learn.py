"""Computations that scikit-learn does, too, on the same data: principal components, neighbors, trustworthiness.

Ours is asked over HTTP, of a TensorBoard with an empty cache; each figure has the time of both and how far they agree.
scikit-learn ranks all pairs for its trustworthiness, which only few rows allow.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from plugin_routes import ask
from real_data import read_data, write_logdir
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors
from tensorboard_process import TensorBoardProcess

COMPONENTS = 10
NEIGHBORS = 15
MOST_TRUST_ROWS = 2_000

T = TypeVar("T")


def measure(name: str, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """`{"rows", "dims", "pca": figures, "neighbors": figures, "trustworthiness": figures or None}`, each with the
    seconds of both as `ours_s` and `theirs_s`, and with how far they agree.
    """
    vectors = read_data(name, folder)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["TB_PROJECTOR_CACHE_DIR"] = cache
        with TensorBoardProcess(write_logdir(name, folder), tensorflow=True) as server:
            ask(server, "runs")
            figures = {
                "rows": len(vectors),
                "dims": vectors.shape[1],
                "pca": _compare_components(server, vectors),
                "neighbors": _compare_neighbors(server, vectors),
                "trustworthiness": _compare_trust(server, vectors) if len(vectors) <= MOST_TRUST_ROWS else None,
            }
    say(f"{name}, scikit-learn: {figures}")
    return figures


def _compare_components(server: TensorBoardProcess, vectors: np.ndarray) -> dict[str, float]:
    """`angle`: the largest between the two spaces of components, in radians, as spanned by the coordinates."""
    ours_s, answer = _time(lambda: ask(server, "projections", method="pca", components=COMPONENTS))
    theirs_s, theirs = _time(lambda: PCA(COMPONENTS, random_state=0).fit_transform(vectors))
    batch = pa.ipc.open_stream(answer).read_next_batch()
    ours = np.stack([batch.column(f"pc{at + 1}").to_numpy() for at in range(COMPONENTS)], axis=1)
    bases = [np.linalg.qr(one.astype(np.float64))[0] for one in (ours, theirs)]
    # By the sine: the cosine of a small angle has lost its digits.
    rest = bases[1] - bases[0] @ (bases[0].T @ bases[1])
    angle = float(np.arcsin(min(1.0, np.linalg.norm(rest, 2))))
    return {"ours_s": ours_s, "theirs_s": theirs_s, "angle": angle}


def _compare_neighbors(server: TensorBoardProcess, vectors: np.ndarray) -> dict[str, float]:
    """`recall`: the share of our neighbors that are no farther than scikit-learn's last."""

    def search() -> np.ndarray:
        found = NearestNeighbors(n_neighbors=NEIGHBORS, algorithm="brute").fit(vectors).kneighbors()
        return np.asarray(found[0])

    ours_s, answer = _time(lambda: ask(server, "graph", k=NEIGHBORS, metric="euclidean"))
    theirs_s, true_distances = _time(search)
    distances = pa.ipc.open_stream(answer).read_next_batch().column("distance").values.to_numpy()
    is_true = distances.reshape(-1, NEIGHBORS) <= true_distances[:, -1:] * (1 + 1e-4)
    return {"ours_s": ours_s, "theirs_s": theirs_s, "recall": float(is_true.mean())}


def _compare_trust(server: TensorBoardProcess, vectors: np.ndarray) -> dict[str, float]:
    """`difference` of the two trustworthinesses of the picture of two principal components."""
    picture = PCA(2, random_state=0).fit_transform(vectors).astype(np.float32)
    body = _write_columns({"x": picture[:, 0], "y": picture[:, 1]})
    ours_s, answer = _time(lambda: ask(server, "quality", body, k=NEIGHBORS, metric="euclidean"))
    theirs_s, theirs = _time(lambda: trustworthiness(vectors.astype(np.float64), picture, n_neighbors=NEIGHBORS))
    document = json.loads(pa.ipc.open_stream(answer).read_next_batch().schema.metadata[b"quality"])
    return {"ours_s": ours_s, "theirs_s": theirs_s, "difference": abs(document["trustworthiness"]["value"] - theirs)}


def _write_columns(columns: dict[str, np.ndarray]) -> bytes:
    batch = pa.record_batch({name: pa.array(column, pa.float32()) for name, column in columns.items()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _time(compute: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = compute()
    return time.perf_counter() - started, result
