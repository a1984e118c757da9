"""Asks the server for everything in a logdir, and compares it with what was written.

    python check_logdir.py <logdir> < acknowledged     # lines of `name step`

Exits with 1, and says what is lost, false or half-written.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from plugin_client import PluginClient, TestResponse
from writing import make_labels, make_trained, make_vectors

#: Age in seconds that files get first: the server takes damage in fresh ones for a write in progress.
SETTLED_S = 60


def main(logdir: Path, acknowledged: set[tuple[str, int]]) -> int:
    settle(logdir)
    client = PluginClient(logdir)
    runs = client.runs()
    listed = {(key, step["step"]): run["name"] for run, key, step in list_steps(runs)}
    faults = [f"lost: {name}, step {step}" for name, step in sorted(acknowledged - listed.keys())]
    for (name, step), run in sorted(listed.items()):
        faults += check_step(client, run, name, step)
    faults += [f"a problem: {one['message']}" for one in runs["problems"] if one["level"] != "info"]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(listed)} embeddings listed, {len(faults)} faults")
    return int(bool(faults))


def settle(logdir: Path) -> None:
    then = time.time() - SETTLED_S
    for path in logdir.rglob("*"):
        os.utime(path, (then, then))


def list_steps(runs: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    for run in runs["runs"]:
        for embedding in run["embeddings"]:
            yield from ((run, embedding["name"], step) for step in embedding["steps"])


def check_step(client: PluginClient, run: str, name: str, step: int) -> list[str]:
    """Differences from what was written; a step that was not acknowledged must be whole as well."""
    is_trained = name.startswith("fit")
    vectors = make_trained(name, step) if is_trained else make_vectors(name, step)
    labels = make_labels(name, 0 if is_trained else step)
    place = f"{name}, step {step}"
    found = read_column(client.get("/tensors", run=run, name=name, step=step))
    if isinstance(found, str) or not np.array_equal(np.array(found.flatten()).reshape(len(found), -1), vectors):
        return [f"other vectors: {place} {found if isinstance(found, str) else ''}"]
    texts = read_column(client.get("/metadata", run=run, name=name, step=step))
    if isinstance(texts, str) or texts.to_pylist() != labels:
        return [f"other labels: {place} {texts if isinstance(texts, str) else ''}"]
    return []


def read_column(response: TestResponse) -> Any:
    """The first column, or the message of the error."""
    if response.status_code != 200:
        return json.loads(response.data)["error"]["message"]
    return pa.ipc.open_stream(io.BytesIO(response.data)).read_all().column(0).combine_chunks()


if __name__ == "__main__":
    words = [line.rpartition(" ") for line in sys.stdin.read().splitlines()]
    sys.exit(main(Path(sys.argv[1]), {(name, int(step)) for name, _, step in words}))
