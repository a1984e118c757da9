"""A run whose reading takes long during the first look: the others are there meanwhile, and it is named."""

from __future__ import annotations

import threading
import time

import pytest
from catalog_logdirs import make_catalog, write_config

from tb_projector_plugin.catalog import catalog as catalog_module
from tb_projector_plugin.catalog import looks

TIMEOUT_S = 10


@pytest.fixture
def gate(monkeypatch):
    """Held while the run `slow` is read."""
    gate, read_run = threading.Event(), looks.read_run

    def read_slowly(directory, policy, readings):
        if directory.name == "slow":
            gate.wait(TIMEOUT_S)
        return read_run(directory, policy, readings)

    monkeypatch.setattr(looks, "read_run", read_slowly)
    monkeypatch.setattr(looks, "_LONG_S", -1)
    monkeypatch.setattr(catalog_module, "FIRST_LOOK_S", 0.01)
    yield gate
    gate.set()


def ask_until(catalog, condition):
    deadline = time.monotonic() + TIMEOUT_S
    while not condition(listing := catalog.runs()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return listing


def test_a_slow_run_hides_no_other(tmp_path, gate) -> None:
    for run in ("good", "slow"):
        write_config(tmp_path / run, 'embeddings { tensor_name: "v" tensor_path: "v.tsv" }')
        (tmp_path / run / "v.tsv").write_text("1\t2\n")
    catalog = make_catalog(tmp_path)
    assert not catalog.has_content()
    catalog.start()
    listing = ask_until(catalog, lambda each: each["runs"])
    assert [run["name"] for run in listing["runs"]] == ["good"]
    listing = ask_until(catalog, lambda each: each["looked"].get("reading") == "slow")
    assert (listing["looked"]["done"], listing["looked"]["reading"]) == (False, "slow")
    assert catalog.has_content()
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[1, 2]]
    gate.set()
    listing = ask_until(catalog, lambda each: each["looked"]["done"])
    assert [run["name"] for run in listing["runs"]] == ["good", "slow"]
    assert "reading" not in listing["looked"]
