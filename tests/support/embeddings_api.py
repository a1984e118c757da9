"""A client for the plugin's routes: sends the requests of a browser without a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pyarrow as pa

TIMEOUT_S = 120
_POLL_S = 0.05


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def table(self) -> pa.Table:
        return pa.ipc.open_stream(self.body).read_all()

    @property
    def error(self) -> dict[str, Any]:
        return self.json()["error"]


class EmbeddingsApi:
    """`EmbeddingsApi(server.url).get("projections", run="train", name="words")`. Errors are returned, not raised; of a
    job, its result is.
    """

    def __init__(self, url: str, plugin: str = "embeddings") -> None:
        self._base = f"{url}/data/plugin/{plugin}"

    def get(self, route: str, **parameters: object) -> Answer:
        query = urlencode({name: value for name, value in parameters.items() if value is not None})
        answer, end = self._ask(f"{route}?{query}"), time.monotonic() + TIMEOUT_S
        while answer.status == 202 and time.monotonic() < end:
            time.sleep(_POLL_S)
            answer = self._ask(f"jobs/{answer.json()['job']['id']}/result")
        return answer

    def _ask(self, address: str) -> Answer:
        try:
            with urlopen(f"{self._base}/{address}", timeout=TIMEOUT_S) as response:
                return Answer(response.status, response.headers["Content-Type"], response.read())
        except HTTPError as error:
            return Answer(error.code, error.headers["Content-Type"], error.read())

    def runs(self) -> dict[str, Any]:
        """`/runs` once the first scan of the logdir has finished."""
        end = time.monotonic() + TIMEOUT_S
        while time.monotonic() < end:
            answer = self.get("runs")
            assert answer.status == 200, answer.body
            listing: dict[str, Any] = answer.json()
            if listing["scan"]["done"]:
                return listing
            time.sleep(_POLL_S)
        raise TimeoutError(f"/runs was still looking after {TIMEOUT_S} s")

    def run(self, name: str) -> dict[str, Any] | None:
        return next((run for run in self.runs()["runs"] if run["name"] == name), None)

    def problems(self, run: str) -> list[dict[str, Any]]:
        return [problem for problem in self.runs()["problems"] if problem["run"] == run]

    def visit(self, name: str) -> list[Answer]:
        """Everything that the tab requests when a user opens the run and clicks a point of each embedding."""
        run = self.run(name)
        return [] if run is None else list(self._visit_embeddings(name, run["embeddings"]))

    def _visit_embeddings(self, run: str, embeddings: list[dict[str, Any]]) -> Iterator[Answer]:
        for embedding in embeddings:
            name = embedding["name"]
            yield self.get("projections", run=run, name=name, method="pca")
            yield self.get("neighbors", run=run, name=name, row=0, k=5, metric="cosine")
            if embedding["metadata"]:
                yield self.get("metadata", run=run, name=name)
            if embedding["sprite"]:
                yield self.get("sprites", run=run, name=name)
