"""Asks the plugin's routes over HTTP for the one embedding of a benchmark's logdir."""

from __future__ import annotations

import json
import time
import urllib.parse
import urllib.request

from real_data import NAME
from tensorboard_process import TensorBoardProcess

_ROUTES = "data/plugin/embeddings/"
_POLL_S = 0.1
EMBEDDING = {"run": ".", "name": NAME}


def ask(server: TensorBoardProcess, route: str, body: bytes | None = None, **parameters: object) -> bytes:
    """The answer to GET, or to POST of an Arrow stream; if a job makes it, the result of that job."""
    answer = _send(_address(server, route, **parameters), body)
    while answer[:1] == b"{" and "job" in json.loads(answer):  # Other answers are Arrow streams.
        job = json.loads(answer)["job"]
        if job["state"] in {"failed", "canceled"}:
            raise RuntimeError(f"{route} was not computed: {job['error']}")
        time.sleep(_POLL_S)
        next_route = job["result"] if job["state"] == "done" else f"jobs/{job['id']}"
        answer = _send(address_of(server) + next_route)
    return answer


def time_first_byte(server: TensorBoardProcess, route: str, **parameters: object) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(_address(server, route, **parameters)) as answer:
        answer.read(1)
        taken = time.perf_counter() - started
        answer.read()
    return taken


def address_of(server: TensorBoardProcess) -> str:
    """The plugin's own URL, which those of its routes are relative to."""
    return f"{server.url}/{_ROUTES}"


def _address(server: TensorBoardProcess, route: str, **parameters: object) -> str:
    query = urllib.parse.urlencode({**EMBEDDING, **parameters})
    return f"{address_of(server)}{route}?{query}"


def _send(url: str, body: bytes | None = None) -> bytes:
    headers = {} if body is None else {"Content-Type": "application/vnd.apache.arrow.stream"}
    with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
        content: bytes = answer.read()
    return content
