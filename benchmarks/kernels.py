"""The layouts' WebAssembly without page or server: iterations per second, and whether every row takes part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checkpoints import Case, write_clusters
from reference_layouts import fetch_inputs, run_layout
from tensorboard_process import TensorBoardProcess

ITERATIONS = 300


def measure(case: Case, folder: Path, say: Callable[[str], None]) -> dict[str, dict[str, float]]:
    """Method -> figures; UMAP runs its own number of epochs."""
    figures: dict[str, dict[str, float]] = {}
    with TensorBoardProcess(write_clusters(case, folder), tensorflow=True) as server:
        for method in ("tsne", "umap"):
            fetch_inputs(server, method, folder)
            figures[method] = {"rows": case.rows, **run_layout(method, folder, ITERATIONS)}
            say(f"kernel of {method}, {case.label}: {figures[method]}")
    return figures
