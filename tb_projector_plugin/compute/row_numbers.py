"""Row numbers as a set: rising, each once."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = TypeVar("Numbers", bound=np.integer[Any])


def sort_distinct(rows: NDArray[Numbers]) -> NDArray[Numbers]:
    """The numbers of `rows` [n], rising and each once, in new memory.

    `np.unique` gives the same by a hash table: a hundred times slower, and no other thread runs meanwhile.
    """
    ordered = np.sort(rows)
    if len(ordered) < 2:
        return ordered
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
