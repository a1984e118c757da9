"""A run with one embedding whose config names a file of bookmarks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bookmarks_route import write_config
from logdir_builders import write_checkpoint
from plugin_client import PluginClient


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The run `train` with the checkpoint tensor `words` and a config that names `saved.json`."""
    run = tmp_path / "logs" / "train"
    write_checkpoint(run, 1, words=np.eye(4, 3, dtype=np.float32))
    write_config(run, "saved.json")
    return run


@pytest.fixture
def client(run: Path) -> PluginClient:
    return PluginClient(run.parent)
