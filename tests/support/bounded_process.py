"""Runs Python in a child process with bounded memory: allocations beyond the bound raise MemoryError there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TIMEOUT_S = 120

#: The bound counts from the call on: libraries that are already imported have reserved address space.
_PRELUDE = """
import resource
from pathlib import Path

def bound_memory(mib):
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + mib * (1 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
"""


def run_bounded(program: str, *arguments: object) -> str:
    """Returns the output of `program`, which has `sys.argv` and calls `bound_memory(mib)` after its imports."""
    environment = {
        **os.environ,
        "MALLOC_ARENA_MAX": "2",  # An arena per thread would reserve address space that is never used.
        "ARROW_DEFAULT_MEMORY_POOL": "system",  # The pools of some versions do the same.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-c", _PRELUDE + program, *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parent,  # So that the program can import the modules of this folder.
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
