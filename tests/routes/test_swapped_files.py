"""Files that change between the scan of a run and the read: no response mixes one version's name with other content."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from file_ages import settle
from logdir_builders import write_checkpoint, write_metadata, write_sprite
from plugin_client import PluginClient, read_arrow, read_error

from tb_projector_plugin import stamped_file

ROWS, DIMS = 20, 4
BEFORE = np.zeros((ROWS, DIMS), np.float32) + np.arange(ROWS, dtype=np.float32)[:, None]
AFTER = BEFORE + 100
SECRET = b"secret"
CONFIG = """embeddings {{
  tensor_name: "words"
  tensor_path: "{vectors}"
  {shape}
  metadata_path: "labels.tsv"
  sprite {{ image_path: "sheet.png" single_image_dim: 8 single_image_dim: 8 }}
}}"""

Swap = Callable[[Callable[[], object]], None]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    run = tmp_path / "logs" / "run"
    run.mkdir(parents=True)
    (run / "vectors.bytes").write_bytes(BEFORE.tobytes())
    write_metadata(run / "labels.tsv", [[f"before {row}"] for row in range(ROWS)])
    write_sprite(run / "sheet.png", np.full((ROWS, 8, 8), 200, np.uint8))
    (run / "projector_config.pbtxt").write_text(
        CONFIG.format(vectors="vectors.bytes", shape=f"tensor_shape: {ROWS} tensor_shape: {DIMS}")
    )
    settle(run)
    return run


@pytest.fixture
def client(run: Path) -> PluginClient:
    client = PluginClient(run.parent)
    client.runs()
    return client


@pytest.fixture
def before_opening(monkeypatch: pytest.MonkeyPatch) -> Swap:
    """`before_opening(swap)` calls `swap` once, when the next file is about to be opened."""

    def arrange(swap: Callable[[], object]) -> None:
        pending = [swap]
        original = stamped_file.open_regular

        def open_regular(path: str) -> object:
            while pending:
                pending.pop()()
            return original(path)

        monkeypatch.setattr(stamped_file, "open_regular", open_regular)

    return arrange


def versions(client: PluginClient) -> dict[str, str]:
    embedding = client.embedding("run", "words")
    return {
        "tensors": embedding["steps"][0]["version"],
        "metadata": embedding["metadata"]["version"],
        "sprites": embedding["sprite"]["version"],
    }


def vectors_in(response: object) -> np.ndarray:
    batch, document, _ = read_arrow(response, "tensor")
    return np.array(batch.column(0).flatten()).reshape(ROWS, DIMS), document["version"]


def test_vectors_under_an_old_version_are_refused_and_else_come_with_the_new_one(client, run, before_opening) -> None:
    old = versions(client)["tensors"]
    before_opening(lambda: (run / "vectors.bytes").write_bytes(AFTER.tobytes()))
    read_error(client.get("/tensors", run="run", name="words", v=old), 409, "stale")
    found, version = vectors_in(client.get("/tensors", run="run", name="words"))
    np.testing.assert_array_equal(found, AFTER)
    assert version != old


def test_without_a_version_the_answer_is_the_new_content_under_its_own_version(client, run, before_opening) -> None:
    old = versions(client)["tensors"]
    before_opening(lambda: (run / "vectors.bytes").write_bytes(AFTER.tobytes()))
    found, version = vectors_in(client.get("/tensors", run="run", name="words"))
    np.testing.assert_array_equal(found, AFTER)
    assert version != old
    assert version == versions(client)["tensors"]


def test_metadata_is_never_kept_under_an_old_version(client, run, before_opening) -> None:
    old = versions(client)["metadata"]
    before_opening(lambda: write_metadata(run / "labels.tsv", [[f"after {row}"] for row in range(ROWS)]))
    read_error(client.get("/metadata", run="run", name="words", v=old), 409, "stale")
    batch, document, _ = read_arrow(client.get("/metadata", run="run", name="words"), "metadata")
    assert batch.column(0)[3].as_py() == "after 3"
    assert document["version"] != old


def test_neighbors_are_of_one_state(client, run, before_opening) -> None:
    turned = BEFORE[::-1].copy()
    turned[:, 0] *= 3
    before_opening(lambda: (run / "vectors.bytes").write_bytes(turned.tobytes()))
    response = client.get("/neighbors", run="run", name="words", row=2, k=5, metric="euclidean")
    batch, _, _ = read_arrow(response, "neighbors")
    distances = np.linalg.norm(turned - turned[2], axis=1)
    distances[2] = np.inf
    np.testing.assert_allclose(np.sort(batch.column("distance").to_numpy()), np.sort(distances)[:5], rtol=1e-5)


def test_a_projection_of_an_old_version_is_refused_and_else_is_of_the_new_one(client, run, before_opening) -> None:
    old = versions(client)["tensors"]
    before_opening(lambda: (run / "vectors.bytes").write_bytes(AFTER[::-1].tobytes()))
    read_error(client.get("/projections", run="run", name="words", v=old), 409, "stale")
    before_opening(lambda: (run / "vectors.bytes").write_bytes((2 * AFTER).tobytes()))
    _, document, _ = read_arrow(client.get("/projections", run="run", name="words"), "projection")
    assert document["total_variance"] == pytest.approx(float((2 * AFTER).var(axis=0, ddof=1).sum()))
    assert document["version"] == versions(client)["tensors"] != old


def test_a_sprite_sheet_under_an_old_version_is_refused(client, run, before_opening) -> None:
    old = versions(client)["sprites"]
    before_opening(lambda: write_sprite(run / "sheet.png", np.zeros((ROWS, 8, 8), np.uint8)))
    read_error(client.get("/sprites", run="run", name="words", v=old), 409, "stale")
    assert client.get("/sprites", run="run", name="words").status_code == 200


def test_a_checkpoint_saved_anew_is_read_anew(tmp_path, before_opening) -> None:
    run = tmp_path / "logs" / "saved"
    write_checkpoint(run, 1, words=BEFORE)
    settle(run)
    client = PluginClient(run.parent)
    client.runs()
    name = client.runs()["runs"][0]["embeddings"][0]["name"]
    before_opening(lambda: write_checkpoint(run, 1, words=AFTER))
    found, _ = vectors_in(client.get("/tensors", run="saved", name=name))
    np.testing.assert_array_equal(found, AFTER)


@pytest.mark.parametrize(
    ("route", "file"),
    [("/tensors", "vectors.bytes"), ("/metadata", "labels.tsv"), ("/sprites", "sheet.png"), ("/assets", "sheet.png")],
)
def test_a_link_that_leads_out_by_then_is_not_followed(client, run, before_opening, route, file) -> None:
    """The file outside has the same size and time as the one inside."""
    inside = run / file
    outside = run.parent.parent / "outside"
    outside.write_bytes(SECRET.ljust(inside.stat().st_size, b"!"))
    status = inside.stat()
    os.utime(outside, ns=(status.st_atime_ns, status.st_mtime_ns))

    def swap() -> None:
        inside.unlink()
        inside.symlink_to(outside)

    before_opening(swap)
    query = {"path": file} if route == "/assets" else {"name": "words"}
    for _ in range(2):
        response = client.get(route, run="run", **query)
        assert SECRET not in response.data
        assert response.status_code in (403, 404, 409), response.data[:200]
        assert json.loads(response.data)["error"]["fix"]
