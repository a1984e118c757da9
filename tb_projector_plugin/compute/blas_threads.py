"""Keeps BLAS on one thread while it is asked for, however many computations overlap.

The limit belongs to the process, and threadpoolctl restores what it found: of two that overlap, the first to end would
lift the limit of the other, and the last would leave it for good.
"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from typing import Any


class _SharedLimit(AbstractContextManager[None]):
    """Entered any number of times at once; the first sets the limit, the last restores what was before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._limits: Any = None

    def __enter__(self) -> None:
        from threadpoolctl import threadpool_limits

        with self._lock:
            if not self._users:
                self._limits = threadpool_limits(1, "blas")
            self._users += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._limits.restore_original_limits()


_shared = _SharedLimit()


def one_blas_thread() -> AbstractContextManager[None]:
    return _shared
