"""How old files are: what is wrong with a file that was written a moment ago may be right a moment later."""

from __future__ import annotations

import os
import time
from pathlib import Path

_MINUTE_NS = 60_000_000_000


def settle(folder: Path) -> None:
    """All files of a folder and below it were written a minute ago, or earlier."""
    at_ns = time.time_ns() - _MINUTE_NS
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime_ns > at_ns:
            os.utime(path, ns=(at_ns, at_ns))
