"""Limits the bytes of answers in memory at a time: a client that reads slowly keeps its answer there.

Every answer takes a share of one budget until it is sent or aborted, from before it is built if its size is known.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BusyError

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

Made = TypeVar("Made")

_SHARE_KEY = "tb_projector_plugin.share"


class InFlight:
    """The budget. Thread-safe."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def taken_bytes(self) -> int:
        return self._taken

    def open_share(self, request: Request) -> Share:
        """Opens an empty share for the answer to `request`; `share_of` finds it again."""
        share = request.environ[_SHARE_KEY] = Share(self)
        return share

    def exchange(self, held: int, wanted: int) -> None:
        """Releases `held` bytes and takes `wanted`. Raises BusyError when others hold too many."""
        with self._lock:
            others = self._taken - held
            if wanted > held and others and others + wanted > self._max_bytes:
                raise BusyError(
                    f"Answers of {others:,} bytes are being sent at this moment, and this one has {wanted:,}; "
                    f"at most {self._max_bytes:,} are at a time.",
                    "Ask again in a few seconds, or for fewer rows.",
                )
            self._taken = others + wanted


class Share:
    """The part of the budget that one answer holds."""

    def __init__(self, budget: InFlight) -> None:
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


def share_of(request: Request) -> Share:
    """The share of the answer to `request`."""
    share: Share = request.environ[_SHARE_KEY]
    return share


def within_share(request: Request, size: int, make: Callable[[], Made]) -> Callable[[], Made]:
    """`make`, which first takes the answer's share of `size` bytes: nothing is built that would then be refused."""

    def make_within() -> Made:
        share_of(request).hold(size)
        return make()

    return make_within


class SharedPieces:
    """The pieces of an answer being sent. Its share is released when they are sent or the answer is dropped."""

    def __init__(self, pieces: Iterable[bytes], share: Share) -> None:
        self._pieces = pieces
        self._iterator = iter(pieces)
        # Werkzeug's server does not call close() when the connection is reset, but it drops its reference to this.
        self._release = weakref.finalize(self, share.release)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._iterator)
        except BaseException:  # Includes StopIteration at the end.
            self._release()
            raise

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._release()
