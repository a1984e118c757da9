"""Caches expensive results in memory, bounded in bytes and in number; concurrent requests share one computation.

It does not hold its lock while a value is computed, and does not cache errors: the next caller tries again. So does one
that waited for a computation which was abandoned.
"""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, wait
from typing import Any, TypeVar

from tb_projector_plugin import limits
from tb_projector_plugin.errors import AbandonedError

Value = TypeVar("Value")

#: Seconds between two checks of a caller that waits for another's computation.
_CHECK_S = 0.1


class BoundedEntries:
    """Values by key, bounded in bytes and in number: the least recently used leave first. Its owner holds a lock."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[Any]:
        return iter(self._entries)

    def find(self, key: Hashable) -> Any:
        """The value of `key`, which counts as a use; None if there is none."""
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return self._entries[key][0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """The newest stays, however large. `size` in bytes."""
        self.remove(key)
        self._entries[key] = (value, size)
        self.bytes += size
        while len(self._entries) > 1 and (self.bytes > self.max_bytes or len(self._entries) > limits.ENTRIES_KEPT):
            self.remove(next(iter(self._entries)))

    def remove(self, key: Hashable) -> None:
        _, size = self._entries.pop(key, (None, 0))
        self.bytes -= size


class Cache:
    """A map from key to value that evicts the least recently used entries. Thread-safe."""

    def __init__(self, max_bytes: int) -> None:
        self._lock = threading.Lock()
        self._kept = BoundedEntries(max_bytes)
        self._pending: dict[Hashable, Future[Any]] = {}

    @property
    def bytes_kept(self) -> int:
        return self._kept.bytes

    def find(self, key: Hashable) -> Any:
        """The cached value of `key`; None if there is none."""
        with self._lock:
            return self._kept.find(key)

    def get(
        self,
        key: Hashable,
        compute: Callable[[], Value],
        size_of: Callable[[Value], int],
        check: Callable[[], None] | None = None,
    ) -> Value:
        """Returns the cached value of `key`, computed by `compute` if missing.

        Callers that arrive while another thread computes wait for that computation; an error is raised in all of them,
        unless it was abandoned: then one of them computes. `check` is called while it waits, and may raise. A value
        larger than the whole cache is returned but not cached. `size_of` returns bytes.
        """
        while True:
            with self._lock:
                if key in self._kept:
                    kept: Value = self._kept.find(key)
                    return kept
                pending = self._pending.get(key)
                if pending is None:
                    mine = self._pending[key] = Future()
            if pending is None:
                return self._compute(key, mine, compute, size_of)
            _wait(pending, check)
            with contextlib.suppress(AbandonedError):
                awaited: Value = pending.result()
                return awaited

    def _compute(
        self, key: Hashable, mine: Future[Any], compute: Callable[[], Value], size_of: Callable[[Value], int]
    ) -> Value:
        try:
            value = compute()
            size = size_of(value)
        except BaseException as error:  # Whatever the error, waiting threads must be released.
            with self._lock:
                del self._pending[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._pending[key]
            if size <= self._kept.max_bytes:
                self._kept.put(key, value, size)
        mine.set_result(value)
        return value


def _wait(pending: Future[Any], check: Callable[[], None] | None) -> None:
    while not pending.done():
        if check is not None:
            check()
        wait([pending], None if check is None else _CHECK_S)
