"""TensorBoard's start with and without the plugin, alternating: seconds to its address, CPU and memory at rest."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from process_figures import MIB, read_anonymous_bytes, read_cpu_s

#: Program equivalent to TensorBoard's command, with all plugins from entry points except ours.
WITHOUT = """
import importlib.metadata as metadata
every = metadata.entry_points
def but_ours(**selection):
    found = every(**selection)
    ours = selection.get("group") == "tensorboard_plugins"
    return [point for point in found if point.name != "embeddings"] if ours else found
metadata.entry_points = but_ours
"""
RUN = "\nfrom tensorboard.main import run_main; run_main()"


@dataclass(frozen=True)
class Start:
    """Figures when the address is printed, and a second later."""

    address_s: float
    cpu_s: float
    rest_mib: float


def measure(logdir: Path, repeats: int) -> dict[str, dict[str, float]]:
    """Medians of `repeats` alternating starts; the first of each warms the disk cache and is discarded."""
    programs = {"with the plugin": RUN, "without": WITHOUT + RUN}
    starts: dict[str, list[Start]] = {name: [] for name in programs}
    for _ in range(repeats + 1):
        for name, program in programs.items():
            starts[name].append(_start(program, logdir))
    return {name: _median(measured[1:]) for name, measured in starts.items()}


def _median(starts: list[Start]) -> dict[str, float]:
    rows = [asdict(start) for start in starts]
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def _start(program: str, logdir: Path) -> Start:
    started = time.perf_counter()
    command = [sys.executable, "-c", program, "--logdir", str(logdir), "--port=0", "--load_fast=false"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=logdir)
    assert process.stdout is not None
    try:
        while " at http://" not in (line := process.stdout.readline()):
            if not line:
                raise RuntimeError("TensorBoard ended before it gave its address.")
        address_s, cpu_s = time.perf_counter() - started, read_cpu_s(process.pid)
        time.sleep(1)
        return Start(address_s, cpu_s, read_anonymous_bytes(process.pid) / MIB)
    finally:
        process.kill()
        process.wait()
