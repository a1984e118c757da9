"""The callback's tests in this process run on TensorFlow; tests/callbacks/test_other_backends.py starts the others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


@pytest.fixture(autouse=True)
def seeded_weights() -> None:
    """Models begin with the same weights, in a process that has loaded Keras."""
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(0)


sys.path.insert(0, str(Path(__file__).parent))  # keras_models
