"""Estimates leading principal components from a sample: real vectors of many dimensions vary along few of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.graph_space import Vectors

#: Range of dimensions that are reduced: fewer cost little, and the covariance of more costs more than it saves.
_REDUCED_DIMS = (48, 2048)
#: Maximum number of components worth keeping, as a fraction of the dimensions.
_MAX_KEPT_DIMS = 0.7
_SAMPLE_ROWS = 20_000


@dataclass(frozen=True)
class PrincipalAxes:
    """`axes` [dims, dims] of unit length, most variance first; `held` [dims]: cumulative variance along them."""

    axes: Vectors
    held: NDArray[np.float64]

    def keep(self, share: float) -> Vectors | None:
        """The axes [dims, fewer] that hold this fraction of the variance; None if nearly all are needed."""
        dims = len(self.held)
        kept = int(np.searchsorted(self.held, share * self.held[-1])) + 1
        return None if kept > _MAX_KEPT_DIMS * dims else np.ascontiguousarray(self.axes[:, :kept])


def find_axes(vectors: Vectors) -> PrincipalAxes | None:
    """None if there are too few or too many dimensions for a reduction to pay off."""
    if not _REDUCED_DIMS[0] <= vectors.shape[1] <= _REDUCED_DIMS[1]:
        return None
    sample = vectors[np.random.default_rng(0).permutation(len(vectors))[:_SAMPLE_ROWS]]
    sample = sample - sample.mean(axis=0)
    variances, axes = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    return PrincipalAxes(axes[:, ::-1].astype(np.float32), np.cumsum(np.maximum(variances[::-1], 0)))
