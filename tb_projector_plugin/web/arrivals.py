"""Limits the bytes being received at a time: a body is held in memory before its content is known."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tb_projector_plugin import limits
from tb_projector_plugin.errors import LimitError


class Arrivals:
    """Memory budget for bodies that are being received and read. Thread-safe."""

    def __init__(self, max_bytes: int = limits.UPLOADS_ARRIVING_BYTES) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._taken = 0

    @contextmanager
    def reserve(self, size: int) -> Iterator[None]:
        """Reserves `size` bytes while the block runs. Raises LimitError when others hold too many."""
        with self._lock:
            if self._taken + size > self._max_bytes:
                raise LimitError("Other files are being received at this moment.", "Send it again when they are in.")
            self._taken += size
        try:
            yield
        finally:
            with self._lock:
                self._taken -= size
