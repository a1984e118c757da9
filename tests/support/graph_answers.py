"""Shared by tests of `/graph`: its answer, a client for which every graph is a job, and a search that is taken."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plugin_client import PluginClient, read_arrow

from tb_projector_plugin import limits
from tb_projector_plugin.compute import graph as graph_module
from tb_projector_plugin.web import job_answer


def read_graph(response: Any) -> tuple[np.ndarray, np.ndarray, dict[str, Any], list[dict[str, Any]]]:
    """Neighbors [rows, k], distances, document and problems."""
    batch, document, problems = read_arrow(response, "graph")
    neighbors, distances = (batch.column(name).values.to_numpy() for name in ("neighbor", "distance"))
    return neighbors.reshape(-1, document["k"]), distances.reshape(-1, document["k"]), document, problems


def open_impatient(logdir: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> PluginClient:
    """A client with a separate cache and no patience: every graph is a job."""
    monkeypatch.setenv("TB_PROJECTOR_CACHE_DIR", str(cache))
    monkeypatch.setattr(job_answer, "WAIT_S", 0.0)
    client = PluginClient(logdir)
    client.runs()
    return client


def force_search(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has this search, `ivf` or `hnsw`, taken whatever the trials of the others say."""
    draw = graph_module.draw_trials

    def draw_costly(*arguments: Any, **named: Any) -> list[Any]:
        return [replace(trial, exact_s=1e9) for trial in draw(*arguments, **named)]

    monkeypatch.setattr(graph_module, "draw_trials", draw_costly)
    if method == "hnsw":
        monkeypatch.setattr(graph_module, "plan_lists", lambda *_: None)
        monkeypatch.setattr(limits, "GRAPH_INDEX_ROWS", 0)
