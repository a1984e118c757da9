"""A budget of memory that requests share: each takes its share before the memory is allocated.

What would exceed the budget is refused, unless nobody else holds a share: a single request may be as large as its own
limit.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BusyError

if TYPE_CHECKING:
    from werkzeug.wrappers import Request


class Budget:
    """Thread-safe. A subclass says its key in a request's environment, and its refusal: `words`, which the bytes that
    others hold, that are wanted, and that are allowed are filled into, and the `fix`.
    """

    key: ClassVar[str]
    words: ClassVar[str]
    fix: ClassVar[str]

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def taken_bytes(self) -> int:
        return self._taken

    def open_share(self, request: Request) -> Share:
        """Opens an empty share for `request`; `find_share` finds it again."""
        share = request.environ[self.key] = Share(self)
        return share

    @classmethod
    def find_share(cls, request: Request) -> Share:
        share: Share = request.environ[cls.key]
        return share

    def exchange(self, held: int, wanted: int) -> None:
        """Releases `held` bytes and takes `wanted`. Raises BusyError when others hold too many."""
        with self._lock:
            others = self._taken - held
            if wanted > held and others and others + wanted > self._max_bytes:
                raise BusyError(self.words.format(others=others, wanted=wanted, most=self._max_bytes), self.fix)
            self._taken = others + wanted


class Share:
    """The part of a budget that one request holds."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._held = 0

    def hold(self, size: int) -> None:
        """Holds `size` bytes from now on, whatever it held before. Raises BusyError when others hold too many."""
        wanted = 0 if size <= limits.IN_FLIGHT_FREE_BYTES else size
        self._budget.exchange(self._held, wanted)
        self._held = wanted

    def release(self) -> None:
        """Releases everything; may be called more than once."""
        self.hold(0)
