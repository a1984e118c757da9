"""How many bytes of answers may be in memory at one moment: a client that reads slowly keeps its answer there.

Every answer takes a share of one budget, from before it is made where its size is known, until it is sent or given up.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BusyError

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

_SHARE_KEY = "tb_projector_plugin.share"


class InFlight:
    """The budget. Safe on any number of threads."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def taken_bytes(self) -> int:
        return self._taken

    def open_share(self, request: Request) -> Share:
        """The share of the answer to `request`, which holds nothing yet; `share_of` finds it."""
        share = request.environ[_SHARE_KEY] = Share(self)
        return share

    def exchange(self, held: int, wanted: int) -> None:
        """Gives `held` bytes back and takes `wanted`. Raises BusyError where others hold too many."""
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
    """What one answer holds of the budget."""

    def __init__(self, budget: InFlight) -> None:
        self._budget = budget
        self._held = 0

    def hold(self, size: int) -> None:
        """Holds `size` bytes from now on, whatever it held before. Raises BusyError where others hold too many."""
        wanted = 0 if size <= limits.IN_FLIGHT_FREE_BYTES else size
        self._budget.exchange(self._held, wanted)
        self._held = wanted

    def release(self) -> None:
        """Holds nothing any more; may be called again."""
        self.hold(0)


def share_of(request: Request) -> Share:
    """The share of the answer to `request`."""
    share: Share = request.environ[_SHARE_KEY]
    return share


class SharedPieces:
    """The pieces of an answer on their way. Its share is released when they are sent, or nobody wants them any more."""

    def __init__(self, pieces: Iterable[bytes], share: Share) -> None:
        self._pieces = pieces
        self._iterator = iter(pieces)
        # Werkzeug's server does not come to close() where the connection is reset; then nobody holds this any more.
        self._release = weakref.finalize(self, share.release)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._iterator)
        except BaseException:  # The end, too.
            self._release()
            raise

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._release()
