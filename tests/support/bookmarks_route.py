"""Asks /bookmarks: its listing, saving and removing, and a run that has some."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plugin_client import PluginClient

LOOPBACK = {"REMOTE_ADDR": "127.0.0.1"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
#: A file as the built-in projector 2.20 writes it, reduced to two points.
BUILTIN = [
    {
        "label": "State 0",
        "isSelected": True,
        "tSNEIteration": 0,
        "tSNEPerplexity": 0,
        "tSNELearningRate": 0,
        "tSNEis3d": True,
        "umapIs3d": True,
        "umapNeighbors": 15,
        "pcaComponentDimensions": [0, 1, 2],
        "projections": [{"pca-0": -0.25, "pca-1": 1e-7}, {"pca-0": 3, "pca-1": 0}],
        "selectedProjection": "pca",
        "dataSetDimensions": [2, 12],
        "selectedPoints": [],
        "filteredPoints": [],
        "cameraDef": {"orthographic": False, "position": [0.45, 0.9, 1.6], "target": [0, 0, 0], "zoom": 1},
        "selectedColorOptionName": "label",
        "forceCategoricalColoring": False,
        "selectedLabelOption": "label",
    }
]
TRAIN = {"run": "train", "name": "words"}


def write_config(run: Path, bookmarks_path: str) -> None:
    entry = f'embeddings {{ tensor_name: "words" bookmarks_path: {json.dumps(bookmarks_path)} }}\n'
    (run / "projector_config.pbtxt").write_text(entry)


def put_file(run: Path, name: str, content: bytes | str) -> Path:
    path = run / "bookmarks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def listing(client: PluginClient, environ: dict[str, str] = LOOPBACK, **query) -> dict:
    client.runs()
    response = client.ask("/bookmarks", environ=environ, **{**TRAIN, **query})
    assert response.status_code == 200, response.data
    return json.loads(response.data, parse_constant=pytest.fail, parse_int=_parse_int)


def _parse_int(text: str) -> float:
    """Like browsers; Python rejects integers of 4,300 digits."""
    return int(text) if len(text) < 20 else float(text)


def by_name(client: PluginClient) -> dict[str, dict]:
    return {each["name"]: each for each in listing(client)["bookmarks"]}


def put(client: PluginClient, bookmark: str, states: object = BUILTIN, environ=LOOPBACK, headers=(), **query):
    client.runs()
    data = states if isinstance(states, bytes) else json.dumps(states).encode()
    headers = {"Content-Type": "application/json", **dict(headers)}
    query = {**TRAIN, "bookmark": bookmark, **query}
    return client.ask("/bookmarks", "PUT", data=data, headers=headers, environ=environ, **query)


def remove(client: PluginClient, environ=LOOPBACK, headers=(), **query):
    return client.ask("/bookmarks", "DELETE", environ=environ, headers=headers, **{**TRAIN, **query})


def saved(response) -> dict:
    assert response.status_code == 200, response.data
    return json.loads(response.data)["bookmark"]
