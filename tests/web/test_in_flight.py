"""Clients that read slowly, or not at all: their responses stay in memory, and the total is limited."""

from __future__ import annotations

import socket
import time

import numpy as np
import pytest
from app_server import serving
from catalog_logdirs import make_catalog
from plugin_client import read_error
from waiting import wait_until
from werkzeug.test import Client

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.errors import BusyError
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes import tensors
from tb_projector_plugin.routes.apps import make_app
from tb_projector_plugin.web.budget import Share
from tb_projector_plugin.web.hosts import AllowedHosts
from tb_projector_plugin.web.in_flight import InFlight

ROWS, DIMS = 1000, 16
VECTOR_BYTES = 4 * ROWS * DIMS
TENSORS = "/p/tensors?run=.&name=v"


def make_context(logdir, rows=ROWS) -> RouteContext:
    np.ones((rows, DIMS), "<f4").tofile(logdir / "v.bytes")
    (logdir / "m.tsv").write_text("".join(f"word {row:040}\n" for row in range(rows)))
    (logdir / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "v" tensor_path: "v.bytes" tensor_shape: {rows} tensor_shape: {DIMS} '
        'metadata_path: "m.tsv" }'
    )
    catalog = make_catalog(logdir)
    catalog.runs()
    return RouteContext(catalog, Cache(limits.CACHE_BYTES), AllowedHosts())


@pytest.fixture
def context(tmp_path, monkeypatch) -> RouteContext:
    """Room for two responses with all vectors."""
    monkeypatch.setattr(limits, "IN_FLIGHT_BYTES", int(2.5 * VECTOR_BYTES))
    monkeypatch.setattr(limits, "IN_FLIGHT_FREE_BYTES", 2000)
    return make_context(tmp_path)


@pytest.fixture
def client(context) -> Client:
    return Client(make_app(context, "/p"))


def test_slow_readers_beyond_the_budget_are_asked_to_come_later(client, context, monkeypatch) -> None:
    slow = [client.get(TENSORS) for _ in range(2)]
    assert [answer.status_code for answer in slow] == [200, 200]
    with monkeypatch.context() as patch:
        patch.setattr(tensors, "_make_body", None)  # Nothing is read for a response that does not fit.
        refused = client.get(TENSORS)
    assert int(refused.headers["Retry-After"]) > 0
    error = read_error(refused, 503, "busy")
    assert "at most 160,000" in error["message"]
    assert context.in_flight.taken_bytes > 2 * VECTOR_BYTES
    assert len(slow[0].data) > VECTOR_BYTES
    assert client.get(TENSORS).status_code == 200


def test_answers_whose_size_is_known_afterwards_count_too(client) -> None:
    slow = [client.get(TENSORS) for _ in range(2)]
    read_error(client.get("/p/metadata?run=.&name=v"), 503, "busy")
    slow[0].close()
    assert client.get("/p/metadata?run=.&name=v").status_code == 200


def test_small_and_streamed_answers_go_on(client) -> None:
    slow = [client.get(TENSORS) for _ in range(2)]
    assert client.get("/p/runs").status_code == 200
    assert client.get(TENSORS + "&rows=3,5").status_code == 200
    graph = client.get("/p/graph?run=.&name=v&k=50")
    assert (graph.status_code, len(graph.data) > VECTOR_BYTES) == (200, True)
    assert all(answer.status_code == 200 for answer in slow)


@pytest.mark.parametrize("address", [TENSORS, TENSORS + "&dims=1,2", TENSORS + "&rows=" + ",".join(["7"] * 90)])
def test_what_was_sent_counts_no_longer(client, context, address) -> None:
    for _ in range(5):
        assert client.get(address).data
    assert client.head(address).status_code == 200
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert read_error(client.get(address + "&step=9"), 404, "not_found")
    assert context.in_flight.taken_bytes == 0


@pytest.mark.unexpected_error
def test_an_answer_that_fails_after_its_share_was_taken(client, context, monkeypatch) -> None:
    monkeypatch.setattr(tensors, "_make_body", None)
    read_error(client.get(TENSORS), 500, "internal")
    assert context.in_flight.taken_bytes == 0


def test_an_answer_that_is_let_go_without_being_closed(client, context) -> None:
    answer = client.get(TENSORS)
    assert context.in_flight.taken_bytes
    del answer
    assert context.in_flight.taken_bytes == 0


def test_a_client_that_reads_nothing_lets_go(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "ANSWER_PAUSE_S", 0.1)
    context = make_context(tmp_path, rows=400_000)
    with serving(context) as port, socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"GET {TENSORS} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert client.recv(12)[-3:] == b"200"
        wait_until(lambda: context.in_flight.taken_bytes == 0, "the end of the answer")


def test_a_client_that_reads_slowly_gets_the_whole(tmp_path, monkeypatch) -> None:
    """Longer than a pause may be, in pieces that each take less."""
    monkeypatch.setattr(limits, "ANSWER_PAUSE_S", 2)
    context = make_context(tmp_path, rows=400_000)
    with serving(context) as port, socket.create_connection(("127.0.0.1", port)) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        client.sendall(f"GET {TENSORS} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        received, began = 0, time.monotonic()
        while piece := client.recv(1 << 18):
            received += len(piece)
            time.sleep(0.02)
        assert received > 4 * 400_000 * DIMS
        assert time.monotonic() - began > limits.ANSWER_PAUSE_S


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_client_that_goes_away(tmp_path, reset) -> None:
    """More than the buffers of a connection hold: the server is in the middle of sending."""
    context = make_context(tmp_path, rows=400_000)
    with serving(context) as port, socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"GET {TENSORS} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert client.recv(12)[-3:] == b"200"
        assert context.in_flight.taken_bytes > 4 * 400_000 * DIMS
        if reset:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.close()
        wait_until(lambda: context.in_flight.taken_bytes == 0)


def test_one_answer_beyond_the_budget_is_sent_when_nothing_else_is() -> None:
    budget = InFlight(10 * limits.MIB)
    large, small = Share(budget), Share(budget)
    large.hold(50 * limits.MIB)
    with pytest.raises(BusyError):
        small.hold(2 * limits.MIB)
    large.hold(5 * limits.MIB)
    small.hold(2 * limits.MIB)
    assert budget.taken_bytes == 7 * limits.MIB
    large.release()
    large.release()
    assert budget.taken_bytes == 2 * limits.MIB
