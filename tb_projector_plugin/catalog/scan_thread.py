"""Runs the scans of the logdir in a thread, one at a time; requests wait for one of them, up to a time limit."""

from __future__ import annotations

import threading
from collections.abc import Callable


class ScanThread:
    """Calls `scan` in a thread of its own, so that a slow scan holds up no request. Thread-safe.

    All requests made during a scan share the next one.
    """

    def __init__(self, scan: Callable[[], None]) -> None:
        self._scan = scan
        self._changed = threading.Condition()
        self._wanted = self._begun = self._ended = 0
        self._is_running = False
        self._error: Exception | None = None

    @property
    def is_scanning(self) -> bool:
        return self._begun > self._ended

    def request(self, *, fresh: bool) -> int:
        """The number of the scan to wait for: one that begins after this call if `fresh`, else the one under way."""
        with self._changed:
            if not fresh and self._is_running:
                return self._wanted
            self._wanted = self._begun + 1
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="embeddings-scan", daemon=True).start()
            return self._wanted

    def wait(self, number: int, seconds: float, is_enough: Callable[[], bool] = lambda: False) -> bool:
        """Waits until that scan is over, or has begun and `is_enough`; False if neither comes in time.

        Raises the scan's error.
        """
        with self._changed:
            came = self._changed.wait_for(
                lambda: self._ended >= number or (self._begun >= number and is_enough()), seconds
            )
            if self._error is not None:
                raise self._error
            return came

    def notify(self) -> None:
        """Makes waiting requests check whether what has been read is enough for them."""
        with self._changed:
            self._changed.notify_all()

    def _run(self) -> None:
        while self._begin():
            error = None
            try:
                self._scan()
            except Exception as raised:  # noqa: BLE001  Raised again by `wait`.
                error = raised
            with self._changed:
                self._ended, self._error = self._begun, error
                self._changed.notify_all()

    def _begin(self) -> bool:
        with self._changed:
            self._is_running = self._begun < self._wanted
            self._begun += self._is_running
            return self._is_running
