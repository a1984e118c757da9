"""Bodies that have arrived in part: they take memory for as long as their clients like, and the total is limited."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_server import serving
from catalog_logdirs import make_catalog
from waiting import wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.web.hosts import AllowedHosts

BODY = json.dumps({"name": "x" * 1_000_000}).encode()


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RouteContext:
    """Room for one body of a million bytes and what is read from it."""
    monkeypatch.setattr(limits, "ARRIVING_BYTES", 7_000_000)
    monkeypatch.setattr(limits, "IN_FLIGHT_FREE_BYTES", 2000)
    return RouteContext(make_catalog(tmp_path), Cache(limits.CACHE_BYTES), AllowedHosts())


@pytest.fixture
def port(context: RouteContext) -> Iterator[int]:
    with serving(context) as port:
        yield port


def send_half(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port))
    head = (
        f"POST /p/neighbors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(BODY)}\r\n\r\n"
    )
    client.sendall(head.encode() + BODY[: len(BODY) // 2])
    return client


def ask(port: int) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/p/neighbors", BODY, {"Content-Type": "application/json"})
    return connection.getresponse()


def status_of(client: socket.socket) -> int:
    response = http.client.HTTPResponse(client)
    response.begin()
    return response.status


def test_bodies_beyond_the_budget_are_asked_to_come_later(port: int, context: RouteContext) -> None:
    first = send_half(port)
    wait_until(lambda: context.arrivals.taken_bytes > 2 * len(BODY), "half a body")
    refused = ask(port)
    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) > 0
    error = json.loads(refused.read())["error"]
    assert error["kind"] == "busy"
    assert "at most 7,000,000 are at a time" in error["message"]
    first.sendall(BODY[len(BODY) // 2 :])
    assert status_of(first) in (400, 404)  # It was read: there is no such embedding.
    wait_until(lambda: context.arrivals.taken_bytes == 0, "the end of the first request")
    assert ask(port).status in (400, 404)
    first.close()


def test_a_client_that_goes_away_lets_go(port: int, context: RouteContext) -> None:
    client = send_half(port)
    wait_until(lambda: context.arrivals.taken_bytes > 0, "half a body")
    client.close()
    wait_until(lambda: context.arrivals.taken_bytes == 0, "the end of the request")


def test_a_client_that_pauses_is_answered(port: int, context: RouteContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_PAUSE_S", 0.1)
    with send_half(port) as client:
        assert status_of(client) == 400
    wait_until(lambda: context.arrivals.taken_bytes == 0, "the end of the request")
