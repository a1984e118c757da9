"""Fixtures of the route tests: one small logdir, and the plugin on it."""

import pytest
from plugin_client import TIMEOUT_S, PluginClient
from small_logdir import client, logdir, vectors

from tb_projector_plugin.web import job_answer

__all__ = ["client", "logdir", "vectors"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> PluginClient:
    """A TensorBoard on an empty logdir."""
    client = PluginClient(tmp_path_factory.mktemp("nothing"))
    client.runs()
    return client


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request waits for its job however busy the machine is, unless a test has a client without patience."""
    monkeypatch.setattr(job_answer, "WAIT_S", TIMEOUT_S)
