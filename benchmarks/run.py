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

import exploring  # noqa: E402 (the path has to be set before)
import first_byte  # noqa: E402
import kernels  # noqa: E402
import layout_tab  # noqa: E402
import metadata  # noqa: E402
import reference_layouts  # noqa: E402
import server_routes  # noqa: E402
import startup  # noqa: E402
import tab  # noqa: E402
from checkpoints import Case, write_case  # noqa: E402
from report import to_markdown  # noqa: E402

PARTS = (
    "tab",
    "exploring",
    "metadata",
    "first_byte",
    "startup",
    "callback",
    "layouts",
    "kernels",
    "references",
    "routes",
)
CASES = (Case(100_000, 200), Case(1_000_000, 128))
QUICK_CASES = (Case(20_000, 200),)
HALF_A_GIGABYTE = Case(1_000_000, 128)
#: The built-in projector, its drag, this plugin.
EXPLORED = (Case(10_000, 50), Case(100_000, 50), Case(1_000_000, 50))
QUICK_EXPLORED = (Case(10_000, 50), Case(20_000, 50), Case(20_000, 50))
MILLION_ROWS = Case(1_000_000, 8)
#: Rows x columns, the methods, and whether the built-in projector, which samples at most 10,000 rows, runs as well.
LAYOUTS = (
    (Case(10_000, 200), ("tsne", "umap"), True),
    (Case(100_000, 200), ("tsne", "umap"), False),
    (Case(500_000, 200), ("tsne",), False),
)
QUICK_LAYOUTS = ((Case(2_000, 50), ("tsne", "umap"), True),)
REFERENCE_DATA = ("digits", "mnist")


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
    if part in ("exploring", "metadata"):
        return _measure_exploring(part, folder, quick)
    if part == "first_byte":
        return first_byte.measure(QUICK_CASES[0] if quick else HALF_A_GIGABYTE, folder, 3 if quick else 10)
    if part == "startup":
        return startup.measure(write_case(QUICK_CASES[0], folder), repeats if quick else 9)
    if part == "callback":
        return _run_callback()
    return _measure_projections(part, folder, quick)


def _measure_exploring(part: str, folder: Path, quick: bool) -> Any:  # noqa: FBT001
    if part == "exploring":
        return exploring.measure(*(QUICK_EXPLORED if quick else EXPLORED), folder, _say)
    return metadata.measure(QUICK_CASES[0] if quick else MILLION_ROWS, folder)


def _measure_projections(part: str, folder: Path, quick: bool) -> Any:  # noqa: FBT001
    if part == "layouts":
        cases = QUICK_LAYOUTS if quick else LAYOUTS
        return {
            case.label: layout_tab.measure(
                case, folder, methods, layout_tab.TOOLS if both else layout_tab.TOOLS[1:], _say
            )
            for case, methods, both in cases
        }
    if part == "kernels":
        return kernels.measure(QUICK_CASES[0] if quick else LAYOUTS[1][0], folder, _say)
    if part == "references":
        names = REFERENCE_DATA[:1] if quick else REFERENCE_DATA
        return {name: reference_layouts.measure(name, folder, _say) for name in names}
    return server_routes.measure(
        QUICK_CASES[0] if quick else HALF_A_GIGABYTE, REFERENCE_DATA[0 if quick else 1], folder, _say
    )


def _medians(measured: dict[str, list[tab.Measurement]]) -> dict[str, dict[str, float]]:
    return {tool: asdict(tab.median(measurements)) for tool, measurements in measured.items()}


def _run_callback() -> dict[str, Any]:
    """It trains, so it has its own process, which prints only JSON."""
    command = [sys.executable, str(HERE / "callback.py")]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE).stdout
    return json.loads(printed[printed.index("{") :])


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, WebGL in software."


def _say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def _write(results: dict[str, Any], folder: Path) -> None:
    """Called after every part, so that a failing part does not lose the others."""
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
