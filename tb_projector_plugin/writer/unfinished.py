"""Leftovers of killed writers: recognized by their marks, and removed by the next write once they are a day old.

A step's folder holds the empty file `.unfinished` from before its first file is written until the config lists it, and
from before its config entry is removed until its files are gone. A folder without this mark is complete and is never
touched: the user may have taken it out of the config, and may want it back.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from tb_projector_plugin import limits

_MARK = ".unfinished"
_STEP_FOLDER = re.compile(r"[0-9]{5,16}")
#: Maximum number of attempts to make a folder whose empty parent another process removes at the same moment.
_ATTEMPTS = 5


@contextmanager
def mark_unfinished(folder: str) -> Iterator[None]:
    """Marks the folder, created if missing, while the block runs; the mark stays if the block is killed or raises."""
    for attempt in range(_ATTEMPTS):
        try:
            os.makedirs(folder, exist_ok=True)
            _mark(os.path.join(folder, _MARK))
            break
        except FileNotFoundError:
            if attempt == _ATTEMPTS - 1:
                raise
    yield
    with suppress(FileNotFoundError):
        os.unlink(os.path.join(folder, _MARK))


def list_abandoned(logdir: str, folder_name: str) -> list[int]:
    """Steps whose folder of that name is marked and unchanged for a day."""
    with suppress(OSError), os.scandir(logdir) as entries:
        steps = sorted({int(entry.name) for entry in entries if _STEP_FOLDER.fullmatch(entry.name)})
        return [step for step in steps if _is_abandoned(os.path.join(logdir, f"{step:05d}", folder_name))]
    return []


def clear_folder(folder: str, files: Collection[str], *, finished: bool) -> None:
    """Removes temporary files of `files`, with `finished` the files as well, and the mark last; then the folder and its
    parent, if empty.
    """
    either = "|".join(map(re.escape, files))
    own = re.compile(rf"\.(?:{either})\.\w{{8}}\.tmp" + (f"|{either}" if finished else ""))
    with suppress(FileNotFoundError):
        for name in (*filter(own.fullmatch, os.listdir(folder)), _MARK):
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, name))
    for directory in (folder, os.path.dirname(folder)):
        with suppress(OSError):  # Not empty (another embedding, a user's file), or gone.
            os.rmdir(directory)


def _mark(path: str) -> None:
    """Makes a new file: an existing link is not followed, and the file's age counts from now."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    with suppress(FileExistsError):  # Another process writes the same step.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))


def _is_abandoned(folder: str) -> bool:
    if not os.path.isfile(os.path.join(folder, _MARK)):
        return False
    with suppress(OSError), os.scandir(folder) as entries:
        newest = max((entry.stat(follow_symlinks=False).st_mtime for entry in entries), default=time.time())
        return time.time() - newest > limits.UNFINISHED_S
    return False
