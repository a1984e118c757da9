"""A logdir with small runs, written by TensorFlow, and the plugin on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from logdir_builders import write_checkpoint, write_digits_run, write_metadata
from plugin_client import PluginClient


@pytest.fixture(scope="session")
def vectors() -> np.ndarray:
    return np.random.default_rng(0).standard_normal((200, 12)).astype(np.float32)


@pytest.fixture(scope="session")
def logdir(tmp_path_factory: pytest.TempPathFactory, vectors: np.ndarray) -> Path:
    """Runs: `train` (two steps of `digits`, metadata, sprite), `words` (`table`, no config), `odd` (NaN rows)."""
    root = tmp_path_factory.mktemp("logs")
    write_digits_run(root / "train", steps=(1, 2))
    write_checkpoint(root / "words", 7, table=vectors)
    odd = vectors.copy()
    odd[[3, 50], 0] = np.nan
    odd[100] = np.inf
    odd[5] = 0
    write_checkpoint(root / "odd", 1, table=odd)
    write_metadata(root / "odd" / "labels.tsv", [[f"word {row}"] for row in range(200)])
    return root


@pytest.fixture(scope="session")
def client(logdir: Path) -> PluginClient:
    client = PluginClient(logdir)
    client.runs()
    return client
