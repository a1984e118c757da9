"""Catalogs on logdirs, and TensorFlow 1 style checkpoints with exact tensor names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.paths import LogRoot, PathPolicy


def make_catalog(logdir: Path, *allow_outside: Path) -> Catalog:
    return Catalog(PathPolicy((LogRoot(os.path.realpath(logdir)),), tuple(map(str, allow_outside))))


def save(prefix: Path, **tensors: Any) -> Path:
    """Writes the checkpoint `prefix` with these tensors; `__` in a name stands for `/`."""
    import tensorflow as tf

    prefix.parent.mkdir(parents=True, exist_ok=True)
    names = [name.replace("__", "/") for name in tensors]
    values = [tf.convert_to_tensor(value) for value in tensors.values()]
    tf.raw_ops.SaveV2(prefix=str(prefix), tensor_names=names, shape_and_slices=[""] * len(names), tensors=values)
    return prefix


def vectors(rows: int, dims: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, dims)).astype(np.float32)


def write_config(run: Path, text: str) -> None:
    run.mkdir(parents=True, exist_ok=True)
    (run / "projector_config.pbtxt").write_text(text, encoding="utf-8")


def names_of(catalog: Catalog, run: str = ".", *, slots: bool = False) -> list[str]:
    """The embeddings of a run as listed by `/runs`; empty if the run is not listed."""
    runs = {each["name"]: each for each in catalog.runs(slots=slots)["runs"]}
    return [each["name"] for each in runs[run]["embeddings"]] if run in runs else []


def steps_of(catalog: Catalog, name: str, run: str = ".") -> list[int | None]:
    (found,) = (each for each in catalog.runs()["runs"] if each["name"] == run)
    (embedding,) = (each for each in found["embeddings"] if each["name"] == name)
    return [step["step"] for step in embedding["steps"]]
