"""Reads by position into memory that the caller owns.

Never memory-mapped: truncating a mapped file raises SIGBUS, which would take TensorBoard down.
"""

from __future__ import annotations

import os
from types import TracebackType

from tb_projector_plugin.stamped_file import Stamp, check_stamp, open_stamped

#: Maximum number of bytes per call: Linux transfers no more, and a longer request is only cut short.
_CALL_BYTES = 1 << 30


class _ShortReadError(OSError):
    """The file ends before the requested bytes: it shrank since its size was read."""


class PositionalFile:
    """One open file, that of `stamp` if one is given. Not shared between threads: reading may have to seek.

    Raises StaleError for another file, and OSError.
    """

    def __init__(self, path: str, stamp: Stamp | None, display: str) -> None:
        self.path = path
        self._stamp, self._display = stamp, display
        self._file = open_stamped(path, stamp, display)
        self._has_preadv = hasattr(os, "preadv")

    def check_unchanged(self) -> None:
        """Raises StaleError if the file was written since it was opened."""
        check_stamp(self._file, self._stamp, self._display)

    def read_into(self, offset: int, buffer: memoryview) -> None:
        """Fills all of `buffer` (bytes) from `offset` on. Raises _ShortReadError if the file ends first."""
        done = 0
        while done < len(buffer):
            received = self._read_some(offset + done, buffer[done : done + _CALL_BYTES])
            if received == 0:
                raise _ShortReadError(f"{self.path} ends at byte {offset + done}")
            done += received

    def _read_some(self, offset: int, buffer: memoryview) -> int:
        if self._has_preadv:
            return os.preadv(self._file.fileno(), [buffer], offset)
        self._file.seek(offset)
        return self._file.readinto(buffer) or 0

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> PositionalFile:  # noqa: PYI034  (Self is in Python 3.11)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
