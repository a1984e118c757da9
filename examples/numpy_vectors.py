"""Vectors that already exist, without any framework: python numpy_vectors.py [logdir]."""

import sys

import numpy as np

from tb_projector_plugin import projector

logdir = sys.argv[1] if len(sys.argv) > 1 else "logs"
rng = np.random.default_rng(0)
groups = np.repeat(np.arange(5), 200)
centers = rng.normal(size=(5, 16)) * 4

for step in (0, 10, 20):
    vectors = (centers[groups] * step / 20 + rng.normal(size=(1000, 16))).astype(np.float32)
    projector.add_embedding(
        logdir, vectors, name="blobs", step=step, metadata={"group": groups, "row": np.arange(1000)}
    )
print(f"tensorboard --logdir {logdir}")
