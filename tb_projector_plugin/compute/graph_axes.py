"""Leading principal components of vectors, estimated from a sample: real vectors of many dimensions vary along few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.graph_space import Vectors

#: Few dimensions cost little, and so many that their covariance costs more than it saves are left alone.
_REDUCED_DIMS = (48, 2048)
#: Components are kept if they are fewer than this share of the dimensions.
_MOST_KEPT_DIMS = 0.7
_SAMPLE_ROWS = 20_000


@dataclass(frozen=True)
class PrincipalAxes:
    """`axes` [dims, dims] of unit length, most variance first, and the share of it [dims] that so many of them hold."""

    axes: Vectors
    held: NDArray[np.float64]

    def keep(self, share: float) -> Vectors | None:
        """[dims, fewer], enough to hold this share of the variance; None where nearly all are needed."""
        dims = len(self.held)
        kept = int(np.searchsorted(self.held, share * self.held[-1])) + 1
        return None if kept > _MOST_KEPT_DIMS * dims else np.ascontiguousarray(self.axes[:, :kept])


def find_axes(vectors: Vectors) -> PrincipalAxes | None:
    """None for so few dimensions, or so many, that reducing them is not worth its cost."""
    if not _REDUCED_DIMS[0] <= vectors.shape[1] <= _REDUCED_DIMS[1]:
        return None
    sample = vectors[np.random.default_rng(0).permutation(len(vectors))[:_SAMPLE_ROWS]]
    sample = sample - sample.mean(axis=0)
    variances, axes = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    return PrincipalAxes(axes[:, ::-1].astype(np.float32), np.cumsum(np.maximum(variances[::-1], 0)))
