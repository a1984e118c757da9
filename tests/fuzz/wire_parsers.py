"""Parsers of requests: whole ones against the plugin's application, and bodies of columns."""

from __future__ import annotations

import io
import json
import logging
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from plugin_client import ARROW_TYPE, PREFIX, PluginClient
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Request

from tb_projector_plugin import limits, projector
from tb_projector_plugin.web.arrivals import Arrivals
from tb_projector_plugin.web.arrow_body import read_arrow_body

ROWS = 12
#: Embeddings of the logdir that requests are for; one has rows without a position.
NAMES = ("a", "b")


def read_columns(folder: Path, data: bytes) -> None:
    """The first byte chooses the columns that the route expects."""
    columns = {"row": "int32"} if data[:1] == b"r" else {"x": "float32", "y": "float32"}
    environ = EnvironBuilder(method="POST", data=data[1:], content_type=ARROW_TYPE).get_environ()
    request = Request(environ)
    Arrivals(limits.ARRIVING_BYTES).open_share(request)
    found = read_arrow_body(request, columns, {"z": "float32"})
    assert len({len(column) for column in found.values()}) <= 1


def read_request(folder: Path, data: bytes) -> None:
    """A request as text: its line, its headers, an empty line, its body. Any answer but 500 is one."""
    environ, failures = _make_environ(data), _Failures()
    logger = logging.getLogger("tb_projector_plugin")
    logger.addHandler(failures)
    try:
        pieces, status, headers = run_wsgi_app(_open_app(), environ, buffered=True)
        body = b"".join(pieces)
    finally:
        logger.removeHandler(failures)
    code = int(status.split()[0])
    assert not failures.texts, failures.texts
    assert code != 500, body
    if code >= 400 and environ["REQUEST_METHOD"] != "HEAD":
        _check_error(json.loads(body), headers.get("Content-Type"))


class _Failures(logging.Handler):
    """Collects what the server logs of failures that were not foreseen, with where they happened."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


def _check_error(answer: Any, content_type: str | None) -> None:
    assert content_type == "application/json"
    assert answer["error"]["message"]
    assert answer["error"]["fix"]


@cache
def _open_app() -> Any:
    """The application on a logdir of two small embeddings, scanned."""
    logdir = tempfile.mkdtemp(prefix="fuzz-logdir-")
    vectors = np.random.default_rng(0).normal(size=(ROWS, 4)).astype(np.float32)
    projector.add_embedding(logdir, vectors, name="a", step=1, metadata=[f"word {row}" for row in range(ROWS)])
    vectors[[2, 5]] = np.nan
    projector.add_embedding(logdir, vectors, name="b", step=2)
    client = PluginClient(logdir)
    client.runs()
    return client.plugin.get_plugin_apps()["/*"]


def _make_environ(data: bytes) -> dict[str, Any]:
    head, _, body = data.partition(b"\n\n")
    first, *lines = head.decode("latin-1").split("\n")
    verb, _, target = first.partition(" ")
    path, _, query = target.partition("?")
    environ = EnvironBuilder(method="GET").get_environ()
    environ |= {"REQUEST_METHOD": verb.upper(), "PATH_INFO": PREFIX + path, "QUERY_STRING": query}
    environ |= {"REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    for line in lines:
        name, _, value = line.partition(": ")
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ
