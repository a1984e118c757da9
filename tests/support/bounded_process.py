"""Python in a process of its own whose memory is bounded: what takes more than it may ends there with a MemoryError."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TIMEOUT_S = 120

#: Bounds what is taken from here on: libraries that are imported already have reserved addresses of their own.
_PRELUDE = """
import resource
from pathlib import Path

def bound_memory(mib):
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + mib * (1 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
"""


def run_bounded(program: str, *arguments: object) -> str:
    """What `program` prints; it calls `bound_memory(mib)` once everything is imported, and has `sys.argv`."""
    environment = {
        **os.environ,
        "MALLOC_ARENA_MAX": "2",  # An arena for each thread would reserve addresses that nobody uses.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-c", _PRELUDE + program, *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parent,  # From where the modules beside this one are imported.
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
