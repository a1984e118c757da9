"""Row numbers: how many of them a message names, and sorting them into a set: ascending and distinct."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

#: Number of rows that a message names, of any number that it is about.
ROWS_NAMED: Final = 5

Numbers = TypeVar("Numbers", bound=np.integer[Any])


def sort_distinct(rows: NDArray[Numbers]) -> NDArray[Numbers]:
    """The distinct numbers of `rows` [n], ascending, in new memory.

    `np.unique` does the same with a hash table: a hundred times slower, and it blocks all other threads.
    """
    ordered = np.sort(rows)
    if len(ordered) < 2:
        return ordered
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
