"""Refuses coordinates that cannot be drawn: those of rows so far apart that float32 has no number for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.errors import DataError


def check_drawable(by_axis: NDArray[np.float32]) -> None:
    """Raises DataError if coordinates [axes, rows] were too large for float32 and became infinite; NaN is allowed."""
    count = int(np.isinf(by_axis).any(axis=0).sum())
    if count:
        raise DataError(
            f"{count:,} of {by_axis.shape[1]:,} rows lie too far from the others to be drawn: their coordinates are "
            "beyond the numbers of float32 (3.4e38).",
            "Switch «Spherize» on, or look for the step at which training diverged and choose an earlier one.",
        )
