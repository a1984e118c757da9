"""A write lock beside a file, exclusive among the threads of this process and among processes: `open_write_lock`.

It does not block readers: they see the old file or the new one, and ignore the lock. It is a kernel lock, so it is
released when its process ends in any way.
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

#: Lock between threads: the lock between processes does not distinguish threads on every system.
_writing = threading.Lock()
#: Seconds between two attempts: writing a config takes less.
_POLL_S = 0.02


@contextmanager
def open_write_lock(path: str) -> Iterator[None]:
    """Holds the exclusive right to write `path`. Raises LimitError if another process holds it for too long.

    The lock is an empty file `.<name>.lock` in the same directory, where every machine that mounts it finds it; it is
    not removed, since two writers could then hold two files of that name. If the file system does not support locks, a
    warning is issued and the write proceeds.
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
        if _may_write(os.path.dirname(lock_path)):  # Otherwise the write itself raises.
            _warn(name, error)
        return None
    return lock


def _may_write(directory: str) -> bool:
    """As the effective user, who can be another one than who started the process."""
    return os.access(directory, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _warn(name: str, error: OSError) -> None:
    warnings.warn(
        f"{name} is written without a lock ({error.strerror or error}): let one process at a time write there, or "
        "entries may be lost.",
        stacklevel=6,
    )


def _mode_for(directory: str) -> int:
    """Write access to the directory includes locking: also for other members of a group that shares it."""
    return 0o644 | (os.stat(directory).st_mode & 0o022)
