"""Waits for a state, for tests of other threads and processes."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Long enough for a busy machine; the full time is spent only when a test fails.
TIMEOUT_S = 60.0
_POLL_S = 0.01


def wait_until(holds: Callable[[], object], what: str = "this", timeout_s: float = TIMEOUT_S) -> None:
    """Returns once `holds()` is true."""
    end = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < end, f"{what} did not come true within {timeout_s:.0f} s"
        time.sleep(_POLL_S)
