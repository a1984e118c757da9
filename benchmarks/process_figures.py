"""The kernel's figures for a process: anonymous memory and CPU time, of all threads or the main one. Linux only."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import psutil

MIB = 1 << 20


def read_anonymous_bytes(pid: int) -> int:
    """RssAnon: resident memory that belongs to no file; pages of mapped files and shared buffers do not count."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 if found else 0


def read_family_bytes(pid: int) -> int:
    """The same of a process and all that it has started, such as the one that computes a graph."""
    try:
        return read_anonymous_bytes(pid) + sum(map(read_family_bytes, _children_of(pid)))
    except (FileNotFoundError, ProcessLookupError):
        return 0  # It has ended meanwhile.


def _children_of(pid: int) -> list[int]:
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for child in " ".join(lists).split()]


def read_main_thread_s(pid: int) -> float:
    """CPU seconds of the main thread."""
    return _read_ran_ns(Path(f"/proc/{pid}/task/{pid}/schedstat")) / 1e9


def read_cpu_s(pid: int) -> float:
    """CPU seconds of the process, of threads that have ended too, and of ended child processes that it waited for.

    A server with a thread for each request has done nearly all of its work in threads that have ended. The kernel
    counts in steps of 10 ms.
    """
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def _read_ran_ns(schedstat: Path) -> int:
    try:
        return int(schedstat.read_text().split()[0])
    except (FileNotFoundError, ProcessLookupError):
        return 0  # The thread has ended meanwhile.


class MemoryPeaks:
    """The peak of each process's anonymous memory, its child processes' included, above its value at the start.

    Sampled every 20 ms.
    """

    def __init__(self, pids: dict[str, int]) -> None:
        self._pids = pids
        self._before = {name: read_family_bytes(pid) for name, pid in pids.items()}
        self._peaks = dict(self._before)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def growth_mib(self) -> dict[str, float]:
        """Current growth above the start."""
        return {name: (read_family_bytes(pid) - self._before[name]) / MIB for name, pid in self._pids.items()}

    def stop(self) -> dict[str, float]:
        """The peaks above the start, in MiB."""
        self._done.set()
        self._thread.join()
        return {name: (peak - self._before[name]) / MIB for name, peak in self._peaks.items()}

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            for name, pid in self._pids.items():
                self._peaks[name] = max(self._peaks[name], read_family_bytes(pid))
