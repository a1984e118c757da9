"""Refuses values that are too large for what is computed of them: their sums or squares are infinite."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tb_projector_plugin.errors import DataError


def check_overflow(sums: ArrayLike, words: str) -> None:
    """Raises DataError if some are not finite. `words` is for what the values are too large, and why."""
    if not np.isfinite(sums).all():
        raise DataError(
            f"The values are too large to {words}.",
            "Look for the step at which training diverged, and choose an earlier one.",
        )
