"""One writer at a time beside a file, among the threads of this process and among all processes: `open_write_lock`.

It keeps no reader waiting: readers find the old file or the new one, whole, and look at no lock. The lock is the
kernel's, so that it ends with the process that held it, however that ended.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tb_projector_plugin import limits
from tb_projector_plugin.errors import LimitError

if TYPE_CHECKING:
    from filelock import BaseFileLock

#: One thread at a time asks for the lock between processes, which does not know threads on every system.
_writing = threading.Lock()
#: Seconds between two attempts: a config is written in less.
_POLL_S = 0.02


@contextmanager
def open_write_lock(path: str) -> Iterator[None]:
    """Holds the right to write `path`. Raises LimitError when another process has held it too long.

    The lock is an empty file `.<name>.lock` in the same directory, where every machine that mounts it finds it; it
    stays, since removing it would let two writers hold two files of that name. Where the directory's file system has
    no locks, a warning says so and the write goes on.
    """
    directory, name = os.path.split(os.path.abspath(path))
    os.makedirs(directory, exist_ok=True)
    with _writing:
        lock = _acquire(os.path.join(directory, f".{name}.lock"), name)
        try:
            yield
        finally:
            if lock is not None:
                lock.release()


def _acquire(lock_path: str, name: str) -> BaseFileLock | None:
    from filelock import FileLock, Timeout

    lock = FileLock(lock_path, mode=_mode_for(os.path.dirname(lock_path)))
    try:
        lock.acquire(timeout=limits.WRITE_LOCK_S, poll_interval=_POLL_S)
    except Timeout as error:
        raise LimitError(
            f"Another process has been writing {name} for {limits.WRITE_LOCK_S:g} s ({lock_path} is locked).",
            "Wait until it is done and try again, or end it if it hangs.",
        ) from error
    except OSError as error:
        if os.access(os.path.dirname(lock_path), os.W_OK):  # Else the write itself says that it may not.
            _warn(name, error)
        return None
    return lock


def _warn(name: str, error: OSError) -> None:
    warnings.warn(
        f"{name} is written without a lock ({error.strerror or error}): let one process at a time write there, or "
        "entries may be lost.",
        stacklevel=6,
    )


def _mode_for(directory: str) -> int:
    """Who may write into the directory may lock: others of a group that shares it, too."""
    return 0o644 | (os.stat(directory).st_mode & 0o022)
