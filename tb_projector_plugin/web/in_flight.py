"""Limits the bytes of answers in memory at a time: a client that reads slowly keeps its answer there.

Every answer takes a share of one budget until it is sent or aborted, from before it is built if its size is known. One
whose client reads nothing for `limits.ANSWER_PAUSE_S` is aborted.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from tb_projector_plugin import limits
from tb_projector_plugin.web.budget import Budget, Share

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

Made = TypeVar("Made")


class InFlight(Budget):
    """The budget of answers that are being made and sent."""

    key = "tb_projector_plugin.in_flight"
    words = (
        "Answers of {others:,} bytes are being sent at this moment, and this one has {wanted:,}; "
        "at most {most:,} are at a time."
    )
    fix = "Ask again in a few seconds, or for fewer rows."


def share_of(request: Request) -> Share:
    """The share of the answer to `request`."""
    return InFlight.find_share(request)


def within_share(request: Request, size: int, make: Callable[[], Made]) -> Callable[[], Made]:
    """`make`, which first takes the answer's share of `size` bytes: nothing is built that would then be refused."""

    def make_within() -> Made:
        share_of(request).hold(size)
        return make()

    return make_within


class SharedPieces:
    """The pieces of an answer being sent. Its share is released when they are sent or the answer is dropped.

    Each is small: the time that a client may pause is that of one piece.
    """

    def __init__(self, pieces: Iterable[bytes], share: Share) -> None:
        self._pieces = pieces
        self._iterator = _cut(pieces)
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


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        for start in range(0, len(piece), limits.SENT_BYTES):
            yield piece[start : start + limits.SENT_BYTES]
