"""Reads the answers of `/graph`, and waits for those that a job makes."""

import json
import time
from typing import Any

import numpy as np
from plugin_client import PluginClient, read_arrow

TIMEOUT_S = 60


def read_graph(response: Any) -> tuple[np.ndarray, np.ndarray, dict[str, Any], list[dict[str, Any]]]:
    """Neighbors [rows, k], distances, document and problems."""
    batch, document, problems = read_arrow(response, "graph")
    neighbors, distances = (batch.column(name).values.to_numpy() for name in ("neighbor", "distance"))
    return neighbors.reshape(-1, document["k"]), distances.reshape(-1, document["k"]), document, problems


def finish(client: PluginClient, response: Any) -> Any:
    """The result of the job, once it has ended."""
    deadline = time.monotonic() + TIMEOUT_S
    while response.status_code == 202 and time.monotonic() < deadline:
        job = json.loads(response.data)["job"]
        time.sleep(0.02)
        response = client.get(f"/jobs/{job['id']}/result")
    return response
