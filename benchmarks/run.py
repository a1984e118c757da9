"""Runs the benchmarks and writes benchmarks/results/latest.{json,md}: `make bench`, scripts/bench.sh."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "tests" / "support"), str(HERE.parent / "scripts")]

import first_byte  # noqa: E402 (the path has to be set before)
import startup  # noqa: E402
import tab  # noqa: E402
from checkpoints import Case, write_case  # noqa: E402
from report import to_markdown  # noqa: E402

PARTS = ("tab", "first_byte", "startup", "callback")
CASES = (Case(100_000, 200), Case(1_000_000, 128))
QUICK_CASES = (Case(20_000, 200),)
HALF_A_GIGABYTE = Case(1_000_000, 128)


def main() -> None:
    options = _read_options()
    results: dict[str, Any] = {"machine": _machine()}
    with tempfile.TemporaryDirectory(prefix="tb-projector-bench-") as folder:
        for part in options.only or PARTS:
            results[part] = _measure(part, Path(options.data or folder), options.quick, options.repeats)
            _write(results, options.out)
    print(to_markdown(results))


def _measure(part: str, folder: Path, quick: bool, repeats: int) -> Any:  # noqa: FBT001
    folder.mkdir(parents=True, exist_ok=True)
    if part == "tab":
        cases = QUICK_CASES if quick else CASES
        return {case.label: _medians(tab.measure_case(case, folder, repeats, _say)) for case in cases}
    if part == "first_byte":
        return first_byte.measure(QUICK_CASES[0] if quick else HALF_A_GIGABYTE, folder, 3 if quick else 10)
    if part == "startup":
        return startup.measure(write_case(QUICK_CASES[0], folder), repeats if quick else 9)
    return _run_callback()


def _medians(measured: dict[str, list[tab.Measurement]]) -> dict[str, dict[str, float]]:
    return {tool: asdict(tab.median(measurements)) for tool, measurements in measured.items()}


def _run_callback() -> dict[str, Any]:
    """It trains, so it has a process to itself; it prints JSON and nothing else."""
    command = [sys.executable, str(HERE / "callback.py")]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE).stdout
    return json.loads(printed[printed.index("{") :])


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, WebGL in software."


def _say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def _write(results: dict[str, Any], folder: Path) -> None:
    """After every part: a part that fails does not cost the others."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "latest.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "latest.md").write_text(to_markdown(results))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small data and few repeats: does it still run?")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be given more than once")
    parser.add_argument("--repeats", type=int, default=3, help="kept measurements of each tool in `tab`")
    parser.add_argument("--data", type=Path, help="a folder for the checkpoints, kept; else a temporary one")
    parser.add_argument("--out", type=Path, default=HERE / "results", help="where the results go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
