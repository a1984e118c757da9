"""Every check of a request: what passes it, and what would get through without it."""

import io
import json
import socket

import pytest
from plugin_client import PluginClient, read_error

from tb_projector_plugin import limits

QUERY = {"run": "words", "name": "table", "add": [1], "k": 3}


def ask_as(client, host, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.ask("/runs", headers={"Host": host, **names})


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:6006",
        "LOCALHOST:6006",
        "tb.localhost:6006",
        "127.0.0.1:6006",
        "192.168.1.20:6006",
        "[::1]:6006",
        "[fe80::1]",
        "localhost.",
        socket.gethostname() + ":6006",
        socket.getfqdn(),
    ],
)
def test_own_hosts_are_answered(client, host):
    assert ask_as(client, host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:6006",
        "localhost.evil.example",
        "notlocalhost",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example#.localhost",
        "[evil.example]",
        "localhost:port",
        "a b",
        "",
    ],
)
def test_other_hosts_are_refused(client, host):
    error = read_error(ask_as(client, host), 403, "forbidden")
    assert "--embeddings_allowed_hosts" in error["fix"]


def test_every_route_checks_the_host(client):
    for route in (
        "/runs",
        "/tensors",
        "/metadata",
        "/sprites",
        "/projections",
        "/neighbors",
        "/subsets",
        "/static/index.js",
    ):
        read_error(client.ask(route, headers={"Host": "evil.example"}), 403, "forbidden")


@pytest.mark.parametrize(
    ("flags", "host"),
    [
        ({"embeddings_allowed_hosts": "tb.example, other.example"}, "tb.example:6006"),
        ({"embeddings_allowed_hosts": "tb.example, other.example"}, "OTHER.example"),
        ({"embeddings_allowed_hosts": "*"}, "anything.example"),
        ({"host": "gpu-box.lan"}, "gpu-box.lan:6006"),
    ],
)
def test_hosts_that_flags_name(logdir, flags, host):
    client = PluginClient(logdir, **flags)
    assert ask_as(client, host).status_code == 200
    if "*" not in flags.values():
        read_error(ask_as(client, "evil.example"), 403, "forbidden")


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:6006", "http://localhost:6006"),
        ("[::1]:6006", "http://[::1]:6006"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("127.0.0.1:80", "http://127.0.0.1"),
        ("localhost", "https://localhost"),  # A proxy terminates TLS and forwards Host.
    ],
)
def test_own_origin_is_answered(client, host, origin):
    assert ask_as(client, host, Origin=origin).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "http://localhost:3000",  # Another program on this machine.
        "http://127.0.0.1:6006",
        "file://",
        "chrome-extension://localhost:6006",
        "http://localhost:6006.evil.example",
        "http://localhost:6006@evil.example",
        "http://localhos[t",
        "http://[::1",
        "",
    ],
)
def test_other_origins_are_refused(client, origin):
    read_error(ask_as(client, "localhost:6006", Origin=origin), 403, "forbidden")


@pytest.mark.parametrize(
    ("host", "origin", "server_port", "status"),
    [
        ("localhost", "http://localhost:8080", "6006", 200),  # nginx on 8080 that forwards `$host`.
        ("localhost", "http://localhost:8080", "80", 403),  # Requested directly: 8080 is another program.
        ("localhost:6006", "http://localhost:8080", "6006", 403),
        ("localhost", "http://evil.example:8080", "6006", 403),
        ("localhost", "null", "6006", 403),
    ],
)
def test_a_proxy_that_drops_the_port(client, host, origin, server_port, status):
    headers = {"Host": host, "Origin": origin}
    answer = client.ask("/runs", headers=headers, environ={"SERVER_PORT": server_port})
    assert answer.status_code == status


def test_forwarded_host_counts_when_it_is_allowed(logdir):
    client = PluginClient(logdir, embeddings_allowed_hosts="tb.example")
    forwarded = {"Origin": "https://tb.example", "X_Forwarded_Host": "tb.example"}
    assert ask_as(client, "localhost:6006", **forwarded).status_code == 200


def test_forwarded_host_that_is_not_allowed_counts_for_nothing(client):
    forwarded = {"Origin": "https://evil.example", "X_Forwarded_Host": "evil.example"}
    read_error(ask_as(client, "localhost:6006", **forwarded), 403, "forbidden")
    read_error(ask_as(client, "evil.example", X_Forwarded_Host="localhost"), 403, "forbidden")


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("same-site", 200), ("none", 200), ("cross-site", 403)]
)
def test_site_of_the_page_that_asks(client, site, status):
    assert ask_as(client, "localhost", Sec_Fetch_Site=site).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("route", ["/runs", "/tensors", "/metadata", "/sprites", "/static/index.js"])
def test_methods_that_a_route_does_not_answer(client, route, method):
    response = client.ask(route, method, json={})
    read_error(response, 405, "method")
    assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("route", ["/neighbors", "/projections"])
def test_routes_that_answer_post_too_and_no_other(client, route):
    response = client.ask(route, "PUT", json=QUERY)
    read_error(response, 405, "method")
    assert response.headers["Allow"] == "GET, HEAD, POST"


def post(client, data, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.ask("/neighbors", "POST", data=data, headers={"Content-Type": "application/json", **names})


@pytest.mark.parametrize(("query", "said"), [("slo\x80ts=1", "0x80"), ("run=caf\xe9", "0xe9"), ("\xff", "0xff")])
def test_query_of_bytes_that_are_no_text_is_refused(client, query, said):
    """Bytes of Latin-1, as a script sends that does not escape its names. WSGI hands them on one by one."""
    error = read_error(client.ask("/runs", environ={"QUERY_STRING": query}), 400, "bad_parameter")
    assert said in error["message"]
    assert "quote" in error["fix"]


def test_query_of_escaped_bytes_that_are_no_text_is_a_name_that_is_not_there(client):
    read_error(client.ask("/tensors", environ={"QUERY_STRING": "run=caf%E9&name=a"}), 404, "not_found")


def test_json_body_is_read(client):
    assert post(client, json.dumps(QUERY)).status_code == 200
    assert post(client, json.dumps(QUERY), Content_Type="application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp"],
)
def test_body_of_another_type_is_refused(client, content_type):
    """Includes the types that a form of another site can send."""
    error = read_error(post(client, json.dumps(QUERY), Content_Type=content_type), 415, "content_type")
    assert "application/json" in error["message"]


def post_stream(client, stream, **environ):
    """Sends a body as the server passes it on from the socket; Werkzeug's client would read it itself."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/data/plugin/embeddings/neighbors",
        "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "application/json",
        "wsgi.input": stream,
        "wsgi.url_scheme": "http",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        **environ,
    }
    said = []
    app = client.plugin.get_plugin_apps()["/*"]
    body = b"".join(app(environ, lambda status, _headers: said.append(status)))
    return said[0], json.loads(body)["error"]


class Endless(io.RawIOBase):
    def __init__(self):
        self.given = 0

    def readable(self):
        return True

    def read(self, size=-1):
        assert 0 < size <= limits.REQUEST_BODY_BYTES, "reads everything at once"
        assert self.given <= 2 * limits.REQUEST_BODY_BYTES, "reads on and on"
        self.given += size
        return b" " * size


def test_body_that_says_it_is_too_large_is_refused_unread(client):
    stream = Endless()
    status, error = post_stream(client, stream, CONTENT_LENGTH=str(limits.REQUEST_BODY_BYTES + 1))
    assert status.startswith("413")
    assert error["kind"] == "over_limit"
    assert f"{limits.REQUEST_BODY_BYTES + 1:,}" in error["message"]
    assert stream.given == 0


def test_chunked_body_is_read_to_the_limit(client):
    """It has no Content-Length."""
    status, error = post_stream(client, Endless(), **{"wsgi.input_terminated": True})
    assert status.startswith("413")
    assert error["kind"] == "over_limit"


@pytest.mark.parametrize("data", ["", "{", "nul", "[1]", '"text"', "\xff", "[" * 100_000])
def test_body_that_is_no_json_object(client, data):
    read_error(post(client, data.encode("latin-1")), 400, "bad_parameter")


def test_body_shorter_than_it_says(client):
    read_error(post(client, io.BytesIO(b'{"run"'), Content_Length="100"), 400, "bad_parameter")
