"""Fixtures of the route tests: one small logdir, and the plugin on it."""

import pytest
from plugin_client import PluginClient
from small_logdir import client, logdir, vectors

__all__ = ["client", "logdir", "vectors"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> PluginClient:
    """A TensorBoard on an empty logdir."""
    client = PluginClient(tmp_path_factory.mktemp("nothing"))
    client.runs()
    return client
