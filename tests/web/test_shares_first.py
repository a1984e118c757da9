"""Answers whose size is known before they are built: past the budget nothing is built for them."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from catalog_logdirs import make_catalog
from PIL import Image
from plugin_client import read_error
from werkzeug.test import Client

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes import axes_projection, bookmarks, metadata, projections, sprites
from tb_projector_plugin.routes.apps import make_app
from tb_projector_plugin.web.budget import Share
from tb_projector_plugin.web.hosts import AllowedHosts

ROWS, DIMS = 4096, 16
SHEET_SIDE = 64 * 16


def write_run(directory, sheet: str) -> None:
    directory.mkdir()
    np.random.default_rng(0).random((ROWS, DIMS), np.float32).tofile(directory / "v.bytes")
    (directory / "m.tsv").write_text("".join(f"word {row:040}\n" for row in range(ROWS)))
    (directory / "b.txt").write_text('[{"selectedProjection": "pca", "notes": "' + "x" * 100_000 + '"}]')
    pixels = np.random.default_rng(0).integers(0, 256, (SHEET_SIDE, SHEET_SIDE, 4), np.uint8)
    Image.fromarray(pixels).save(directory / sheet)
    (directory / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "v" tensor_path: "v.bytes" tensor_shape: {ROWS} tensor_shape: {DIMS} '
        f'metadata_path: "m.tsv" bookmarks_path: "b.txt" '
        f'sprite {{ image_path: "{sheet}" single_image_dim: 16 single_image_dim: 16 }} }}'
    )


@pytest.fixture
def context(tmp_path) -> RouteContext:
    write_run(tmp_path / "png", "s.png")
    write_run(tmp_path / "tiff", "s.tiff")
    catalog = make_catalog(tmp_path)
    catalog.runs()
    return RouteContext(catalog, Cache(limits.CACHE_BYTES), AllowedHosts())


@pytest.fixture
def client(context) -> Client:
    return Client(make_app(context, "/p"))


@pytest.fixture
def fill(context, monkeypatch):
    """Takes the whole budget when called."""
    monkeypatch.setattr(limits, "IN_FLIGHT_FREE_BYTES", 2000)
    return lambda: Share(context.in_flight).hold(limits.IN_FLIGHT_BYTES)


BUILDERS = {
    "metadata": (metadata, "_make_body"),
    "bookmarks": (bookmarks, "_make_body"),
    "projections": (projections, "_make_body"),
    "sprites": (sprites, "read_sprite_bytes"),
}


@pytest.mark.parametrize("route", BUILDERS)
def test_nothing_is_built_past_the_budget(client, fill, monkeypatch, route) -> None:
    address = f"/p/{route}?run=png&name=v"
    assert client.get(address).status_code == 200
    fill()
    monkeypatch.setattr(*BUILDERS[route], None)
    error = read_error(client.get(address), 503, "busy")
    assert "Ask again" in error["fix"]


def test_no_axes_are_computed_past_the_budget(client, fill, monkeypatch) -> None:
    axes = {"run": "png", "name": "v", "axes": [{"add": [0], "subtract": [1]}, {"random": 1}]}
    assert client.post("/p/projections", json=axes).status_code == 200
    fill()
    monkeypatch.setattr(axes_projection, "compute_axes", None)
    read_error(client.post("/p/projections", json=axes), 503, "busy")


@pytest.mark.parametrize("address", ["sprites?run=tiff&name=v", "sprites?run=png&name=v&page=0"])
def test_no_image_that_was_made_is_read_past_the_budget(client, fill, address) -> None:
    image = client.get(f"/p/{address}").data
    assert len(image) > 3 * limits.MIB
    fill()
    tracemalloc.start()
    try:
        read_error(client.get(f"/p/{address}"), 503, "busy")
        assert tracemalloc.get_traced_memory()[1] < len(image)  # The checksum of its file is read in blocks.
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("address", BUILDERS)
def test_the_share_taken_first_is_that_of_the_answer(client, context, monkeypatch, address) -> None:
    """No less than what is sent, and not several times as much, which would refuse answers that fit."""
    monkeypatch.setattr(limits, "IN_FLIGHT_FREE_BYTES", 2000)
    taken, exchange = [], context.in_flight.exchange

    def note(held: int, wanted: int) -> None:
        taken.append(wanted)
        exchange(held, wanted)

    monkeypatch.setattr(context.in_flight, "exchange", note)
    with client.get(f"/p/{address}?run=png&name=v") as answer:
        size = len(answer.data)
    assert 0.95 * size < taken[0] < 2 * size
    assert context.in_flight.taken_bytes == 0
