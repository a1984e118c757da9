"""The checkpoints that TensorFlow wrote in scripts/make_golden.py, and what TensorFlow reads from them."""

from __future__ import annotations

import shutil
from pathlib import Path

import ml_dtypes
import numpy as np
from file_ages import settle

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
WIDE = ("float64", "int32", "int64", "uint32", "uint64")


def copy_checkpoint(name: str, folder: Path) -> str:
    """Copies a golden checkpoint; returns its prefix."""
    for file in (GOLDEN / "tensorflow").glob(f"{name}.*"):
        shutil.copy(file, folder)
    settle(folder)
    return str(folder / name)


def tensorflow_reads(name: str) -> dict[str, np.ndarray]:
    """Every numeric tensor by key, in its stored type (bfloat16 as in ml_dtypes)."""
    with np.load(GOLDEN / "tensorflow" / f"{name}.npz") as arrays:
        tensors = {key.replace("|", "/"): arrays[key] for key in arrays}
    key = "bfloat16/.ATTRIBUTES/VARIABLE_VALUE"
    return tensors | ({key: tensors[key].view(ml_dtypes.bfloat16)} if key in tensors else {})


def as_block(tensor: np.ndarray) -> np.ndarray:
    """The tensor as a block holds it: float32, or float64 where float32 would lose digits."""
    return tensor.astype(np.float64 if tensor.dtype.name in WIDE else np.float32)
