"""The frontend's files: types, compression, cache lifetimes, and nothing from outside the folder."""

import gzip
import re
from pathlib import Path

import pytest
from plugin_client import PluginClient, read_error

from tb_projector_plugin.routes import static_files

ROOT = Path(__file__).resolve().parents[2]
CHUNK = "chunks/worker-BX2kf9_a.js"


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A folder like the output of the frontend's build."""
    static = tmp_path / "static"
    (static / "chunks").mkdir(parents=True)
    for name in (
        "index.js",
        CHUNK,
        "chunks/layout-12345678.wasm",
        "chunks/style-12345678.css",
        "chunks/icon-12345678.svg",
    ):
        (static / name).write_bytes(f"content of {name}".encode())
    (static / f"{CHUNK}.gz").write_bytes(gzip.compress(f"content of {CHUNK}".encode()))
    (static / "README.md").write_text("not for browsers")
    (tmp_path / "secret.js").write_text("outside")
    monkeypatch.setattr(static_files, "STATIC", static)
    return static


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("index.js", "text/javascript; charset=utf-8"),
        ("chunks/layout-12345678.wasm", "application/wasm"),
        ("chunks/style-12345678.css", "text/css; charset=utf-8"),
        ("chunks/icon-12345678.svg", "image/svg+xml"),
    ],
)
def test_content_and_type(client, built, name, content_type):
    response = client.get(f"/static/{name}")
    assert response.status_code == 200
    assert response.data == f"content of {name}".encode()
    assert response.content_type == content_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_hashed_files_are_kept_forever_and_the_entry_is_asked_for_again(client, built):
    assert "immutable" in client.get(f"/static/{CHUNK}").headers["Cache-Control"]
    entry = client.get("/static/index.js")
    assert entry.headers["Cache-Control"] == "private, no-cache"
    again = client.ask("/static/index.js", headers={"If-None-Match": entry.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    (built / "index.js").write_text("rebuilt")
    rebuilt = client.ask("/static/index.js", headers={"If-None-Match": entry.headers["ETag"]})
    assert rebuilt.data == b"rebuilt"


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "gzip"), ("br", None), ("gzip;q=0", None), ("", None), ("*", "gzip")]
)
def test_compressed_where_the_browser_takes_it(client, built, accepted, encoding):
    response = client.ask(f"/static/{CHUNK}", headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    data = gzip.decompress(response.data) if encoding else response.data
    assert data == f"content of {CHUNK}".encode()


@pytest.mark.parametrize(
    "name",
    [
        "missing.js",
        "README.md",
        "../secret.js",
        "chunks/../../secret.js",
        "chunks",
        "%2e%2e/secret.js",
        "/etc/passwd",
    ],
)
def test_nothing_else_is_served(client, built, name):
    error = read_error(client.get(f"/static/{name}"), 404, "not_found")
    assert str(built.parent) not in str(error)


def test_link_in_the_address_is_no_way_out(client, built):
    read_error(client.get("/static/..\\secret.js"), 404, "not_found")
    read_error(client.get("/static/chunks\0.js"), 404, "not_found")


def test_frontend_that_was_not_built_says_so(client, built):
    (built / "index.js").unlink()
    response = client.get("/static/index.js")
    assert response.status_code == 200
    assert response.content_type == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert b"export function render()" in response.data
    assert b"has not been built" in response.data
    assert b"pip install" in response.data
    named = set(re.findall(r"make (\w+)", response.text))
    assert named
    assert named <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_head_has_no_body(client, built):
    response = client.ask("/static/index.js", "HEAD")
    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(len("content of index.js"))
    assert response.data == b""


def test_below_a_path_prefix(logdir, built):
    client = PluginClient(logdir, path_prefix="/proxy/tb")
    assert client.get("/static/index.js").data == b"content of index.js"
