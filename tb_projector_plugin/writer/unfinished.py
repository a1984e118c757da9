"""What writers that were killed left behind: found by its marks, and removed by the next write once it is a day old.

A step's folder holds the empty file `.unfinished` from before its first file is written until the config lists it, and
from before the config forgets it until its files are gone. A folder without this mark was finished, and is never
touched: its owner may have taken it out of the config, and wants it back some day.
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
#: Attempts to make a folder whose parent another process removes, as empty, at the same moment.
_ATTEMPTS = 5


@contextmanager
def mark_unfinished(folder: str) -> Iterator[None]:
    """The folder, made if need be, is marked while the block runs, and stays so when the block is cut off or raises."""
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
    """Steps whose folder of that name is marked and has not changed for a day."""
    with suppress(OSError), os.scandir(logdir) as entries:
        steps = sorted({int(entry.name) for entry in entries if _STEP_FOLDER.fullmatch(entry.name)})
        return [step for step in steps if _is_abandoned(os.path.join(logdir, f"{step:05d}", folder_name))]
    return []


def clear_folder(folder: str, files: Collection[str], *, finished: bool) -> None:
    """Removes what is left of writing `files`, with `finished` these as well, and the mark last; then the folder and
    its parent, when empty.
    """
    either = "|".join(map(re.escape, files))
    own = re.compile(rf"\.(?:{either})\.\w{{8}}\.tmp" + (f"|{either}" if finished else ""))
    with suppress(FileNotFoundError):
        for name in (*filter(own.fullmatch, os.listdir(folder)), _MARK):
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, name))
    for directory in (folder, os.path.dirname(folder)):
        with suppress(OSError):  # Not empty, or gone: another embedding or somebody's own file.
            os.rmdir(directory)


def _mark(path: str) -> None:
    """A new file: a link that lies there is not followed, and the day is counted from now."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    with suppress(FileExistsError):  # Of another process that writes the same step.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))


def _is_abandoned(folder: str) -> bool:
    if not os.path.isfile(os.path.join(folder, _MARK)):
        return False
    with suppress(OSError), os.scandir(folder) as entries:
        newest = max((entry.stat(follow_symlinks=False).st_mtime for entry in entries), default=time.time())
        return time.time() - newest > limits.UNFINISHED_S
    return False
