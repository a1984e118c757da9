"""The plugin inside TensorBoard's WSGI application, called by Werkzeug's test client: everything except the socket."""

from __future__ import annotations

import argparse
import io
import json
import os
import time
from typing import Any

import pyarrow as pa
from tensorboard.backend.application import TensorBoardWSGI
from tensorboard.plugins import base_plugin
from werkzeug.test import Client, TestResponse

from tb_projector_plugin.plugin_loader import EmbeddingsLoader

PREFIX = "/data/plugin/embeddings"
ARROW_TYPE = "application/vnd.apache.arrow.stream"
LOOK_TIMEOUT_S = 60
TIMEOUT_S = 60


class PluginClient:
    """`get("/runs", run=".")` requests a route. `flags` are TensorBoard's and the plugin's, without dashes."""

    def __init__(self, logdir: str | os.PathLike[str], path_prefix: str = "", **flags: Any) -> None:
        parser = argparse.ArgumentParser()
        parser.add_argument("--host", default=None)
        parser.add_argument("--logdir_spec", default=None)
        loader = EmbeddingsLoader()
        loader.define_flags(parser)
        parsed = parser.parse_args(
            [f"--{name}" if value is True else f"--{name}={value}" for name, value in flags.items()]
        )
        # With --logdir_spec, TensorBoard leaves `logdir` empty; with --load_fast, there is no multiplexer.
        self.plugin = loader.load(base_plugin.TBContext(flags=parsed, logdir=os.fspath(logdir), multiplexer=None))
        self._prefix = path_prefix
        self._client = Client(TensorBoardWSGI([self.plugin], path_prefix))

    def ask(
        self,
        route: str,
        verb: str = "GET",
        /,
        *,
        headers: Any = (),
        json: Any = None,
        data: Any = None,
        environ: Any = None,
        **query: Any,
    ):
        return self._client.open(
            self._prefix + (route if route.startswith("/data/") else PREFIX + route),
            method=verb,
            headers=headers,
            json=json,
            data=data,
            environ_overrides=environ,
            query_string={name: str(value) for name, value in query.items() if value is not None},
        )

    def get(self, route: str, **query: Any) -> TestResponse:
        return self.ask(route, **query)

    def post_columns(self, route: str, columns: dict[str, Any], **query: Any) -> TestResponse:
        """Sends columns as an Arrow stream, like the page."""
        return self.ask(route, "POST", data=write_columns(columns), headers={"Content-Type": ARROW_TYPE}, **query)

    def subset(self, rows: Any) -> str:
        """Registers `rows` as a subset and returns its name."""
        response = self.post_columns("/subsets", {"row": pa.array(rows, pa.int32())})
        assert response.status_code == 200, response.get_data(as_text=True)
        name: str = json.loads(response.data)["subset"]
        return name

    def runs(self) -> dict[str, Any]:
        """The response of /runs once the first scan is done."""
        deadline = time.monotonic() + LOOK_TIMEOUT_S
        while time.monotonic() < deadline:
            runs = json.loads(self.get("/runs").data)
            if runs["scan"]["done"]:
                return runs
            time.sleep(0.01)
        raise TimeoutError("the catalog looks for too long")

    def embedding(self, run: str, name: str) -> dict[str, Any]:
        (found,) = [e for r in self.runs()["runs"] if r["name"] == run for e in r["embeddings"] if e["name"] == name]
        return found


def finish(client: PluginClient, response: TestResponse, timeout_s: float = TIMEOUT_S) -> TestResponse:
    """The response itself, or the result of the job that it names, once that has ended."""
    deadline = time.monotonic() + timeout_s
    while response.status_code == 202 and time.monotonic() < deadline:
        time.sleep(0.02)
        response = client.get(f"/jobs/{json.loads(response.data)['job']['id']}/result")
    return response


def write_columns(columns: dict[str, Any], compression: str | None = None) -> bytes:
    """Serializes columns as an Arrow stream with one record batch."""
    batch = pa.RecordBatch.from_pydict(columns)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def read_arrow(response: TestResponse, key: str) -> tuple[pa.RecordBatch, dict[str, Any], list[dict[str, Any]]]:
    """The only record batch of a response, the document under `key`, and the problems."""
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.content_type == ARROW_TYPE
    reader = pa.ipc.open_stream(io.BytesIO(response.data))
    (batch,) = list(reader)
    notes = {name.decode(): json.loads(text) for name, text in reader.schema.metadata.items()}
    assert set(notes) == {key, "problems"}
    return batch, notes[key], notes["problems"]


def read_error(response: TestResponse, status: int, kind: str) -> dict[str, Any]:
    """The error of a response; fails unless it has the documented format."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/json"
    body = json.loads(response.data)
    assert set(body) == {"error"}
    error = body["error"]
    assert error["kind"] == kind
    assert {"kind", "message", "fix"} <= set(error) <= {"kind", "message", "fix", "file", "line"}
    assert error["message"]
    assert error["fix"]
    return error
