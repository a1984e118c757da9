"""t-SNE against openTSNE and UMAP against umap-learn: time of each whole pipeline, quality of each picture.

Every pipeline starts with the vectors and ends with coordinates, on the same cores. Ours is what the tab runs: the
principal components and the graph from a TensorBoard with this plugin, over HTTP, and the tab's own workers, in Node.
The references use their own neighbor search; each is called once on a few rows beforehand, so that compilation (numba)
is not in its time. Quality is measured on one exact graph for both.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from layout_quality import compute_joint, compute_kl, find_neighbors, measure_trustworthiness
from plugin_routes import EMBEDDING, address_of, ask
from real_data import read_data, write_logdir
from tensorboard_process import TensorBoardProcess

HERE = Path(__file__).resolve().parent
#: The layout alone, and the whole way from the server's answers to coordinates.
LAYOUT, PIPELINE = HERE / "run_layout.mjs", HERE / "run_pipeline.mjs"
PERPLEXITY = 30
TSNE_NEIGHBORS = 3 * PERPLEXITY
#: 250 iterations of early exaggeration and 500 more: openTSNE's defaults.
EXAGGERATED, NORMAL = 250, 500
UMAP_NEIGHBORS = 15
SEED = 0


@dataclass(frozen=True)
class Picture:
    """Coordinates (rows, 2), the seconds of the whole pipeline, and those after the whole graph if known."""

    coordinates: np.ndarray
    seconds: float
    layout_s: float | None = None


def measure(name: str, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """For one data set: `{"rows", "dims", "tsne": {tool: figures}, "umap": {tool: figures}}`."""
    vectors = read_data(name, folder)
    pictures = {
        "tsne": {"this plugin": _run_ours(name, "tsne", folder), "openTSNE": _run_opentsne(vectors)},
        "umap": {"this plugin": _run_ours(name, "umap", folder), "umap-learn": _run_umap_learn(vectors)},
    }
    for method, tools in pictures.items():
        say(f"{name}, {method}: " + ", ".join(f"{tool} {picture.seconds:.1f} s" for tool, picture in tools.items()))
    return {"rows": vectors.shape[0], "dims": vectors.shape[1], **_judge(vectors, pictures)}


def _judge(vectors: np.ndarray, pictures: dict[str, dict[str, Picture]]) -> dict[str, Any]:
    neighbors, distances = find_neighbors(vectors, TSNE_NEIGHBORS)
    joint = compute_joint(neighbors, distances, PERPLEXITY)

    def figures(method: str, picture: Picture) -> dict[str, float | None]:
        return {
            "seconds": picture.seconds,
            "layout_s": picture.layout_s,
            "kl": compute_kl(joint, picture.coordinates) if method == "tsne" else None,
            "trustworthiness": measure_trustworthiness(vectors, picture.coordinates),
        }

    return {method: {tool: figures(method, one) for tool, one in tools.items()} for method, tools in pictures.items()}


# --- This plugin ---


def _run_ours(name: str, method: str, folder: Path) -> Picture:
    """A server with an empty cache; the clock runs from the first request to the last iteration."""
    logdir = write_logdir(name, folder)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["TB_PROJECTOR_CACHE_DIR"] = cache
        with TensorBoardProcess(logdir, tensorflow=True) as server:
            ask(server, "runs")
            figures = _run(PIPELINE, address_of(server), folder / "layout.bin", _options(method, EXAGGERATED + NORMAL))
    coordinates = np.fromfile(folder / "layout.bin", np.float32).reshape(2, -1).T
    return Picture(coordinates, figures["seconds"], figures["seconds"] - figures["graph_s"])


def fetch_inputs(server: TensorBoardProcess, method: str, folder: Path) -> None:
    """Writes the graph and the initial picture, as the tab gets them, to files for the layout alone."""
    (folder / "graph.arrow").write_bytes(ask(server, "graph", k=_neighbors(method), metric="euclidean"))
    (folder / "pca.arrow").write_bytes(ask(server, "projections", method="pca", components=2))


def run_layout(method: str, folder: Path, iterations: int) -> dict[str, float]:
    """The output of `run_layout.mjs` for the graph and the components in `folder`."""
    return _run(LAYOUT, folder, _options(method, iterations))


def _neighbors(method: str) -> int:
    return TSNE_NEIGHBORS if method == "tsne" else UMAP_NEIGHBORS - 1  # umap-learn counts the point itself.


def _options(method: str, iterations: int) -> str:
    options = {
        "method": method,
        "embedding": EMBEDDING,
        "k": _neighbors(method),
        "perplexity": PERPLEXITY,
        "iterations": iterations,
        "exaggerationIterations": EXAGGERATED,
        "seed": SEED,
    }
    return json.dumps(options)


def _run(program: Path, *arguments: object) -> dict[str, float]:
    """The output of a program for Node."""
    command = ["node", str(program), *map(str, arguments)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(printed)
    return figures


# --- The references, each with the settings that its documentation recommends for such data ---


def _run_opentsne(vectors: np.ndarray) -> Picture:
    from openTSNE import TSNE

    def run(data: np.ndarray) -> np.ndarray:
        return np.asarray(TSNE(perplexity=PERPLEXITY, n_jobs=os.cpu_count(), random_state=SEED).fit(data))

    return _time(run, vectors)


def _run_umap_learn(vectors: np.ndarray) -> Picture:
    from umap import UMAP

    def run(data: np.ndarray) -> np.ndarray:
        return np.asarray(UMAP(n_neighbors=UMAP_NEIGHBORS, n_jobs=os.cpu_count()).fit_transform(data))

    return _time(run, vectors)


def _time(run: Callable[[np.ndarray], np.ndarray], vectors: np.ndarray) -> Picture:
    run(vectors[: min(len(vectors), 5000)])
    started = time.perf_counter()
    coordinates = run(vectors)
    return Picture(coordinates, time.perf_counter() - started)
