"""Who looks through the logdir, and how long requests wait for it: one thread looks at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Looks:
    """Calls `look` in a thread of its own: a look that takes long holds up no request. Thread-safe.

    Whoever asks while a look is under way shares the next one.
    """

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._changed = threading.Condition()
        self._wanted = self._begun = self._ended = 0
        self._is_running = False
        self._error: Exception | None = None

    @property
    def is_under_way(self) -> bool:
        return self._begun > self._ended

    def ask(self, *, fresh: bool) -> int:
        """The number of a look: one that begins from now on, or else the one under way."""
        with self._changed:
            if not fresh and self._is_running:
                return self._wanted
            self._wanted = self._begun + 1
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="embeddings-look", daemon=True).start()
            return self._wanted

    def wait(self, number: int, seconds: float, is_enough: Callable[[], bool] = lambda: False) -> bool:
        """Waits until the look is over, or until `is_enough`. Returns whether it came to that; raises as the look."""
        with self._changed:
            came = self._changed.wait_for(lambda: self._ended >= number or is_enough(), seconds)
            if self._error is not None:
                raise self._error
            return came

    def notify(self) -> None:
        """Has those that wait see whether what was read is enough for them."""
        with self._changed:
            self._changed.notify_all()

    def _run(self) -> None:
        while self._begin():
            error = None
            try:
                self._look()
            except Exception as raised:  # noqa: BLE001  Raised again by those that wait for it.
                error = raised
            with self._changed:
                self._ended, self._error = self._begun, error
                self._changed.notify_all()

    def _begin(self) -> bool:
        with self._changed:
            self._is_running = self._begun < self._wanted
            self._begun += self._is_running
            return self._is_running
