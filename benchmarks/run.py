"""Runs the benchmarks and writes benchmarks/results/latest.{json,md}: `make bench`, scripts/bench.sh."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "tests" / "support"), str(HERE.parent / "scripts")]

import exploring  # noqa: E402 (the path has to be set before)
import first_byte  # noqa: E402
import kernels  # noqa: E402
import layout_tab  # noqa: E402
import metadata  # noqa: E402
import reference_layouts  # noqa: E402
import scikit_learn  # noqa: E402
import server_routes  # noqa: E402
import startup  # noqa: E402
import tab  # noqa: E402
from checkpoints import Case, write_case  # noqa: E402
from layout_tab import LayoutCase  # noqa: E402
from plots import draw_plots  # noqa: E402
from report import to_markdown  # noqa: E402

CASES: tuple[Case, ...] = (Case(100_000, 200), Case(1_000_000, 128))
QUICK_CASES: tuple[Case, ...] = (Case(20_000, 200),)
HALF_A_GIGABYTE = Case(1_000_000, 128)
#: Number of tensors, of one number each: a long index.
SMALL_TENSORS = 20_000
#: Data of the built-in projector, of its drag, and of this plugin.
EXPLORED = (Case(10_000, 50), Case(100_000, 50), Case(1_000_000, 50))
QUICK_EXPLORED = (Case(10_000, 50), Case(20_000, 50), Case(20_000, 50))
MILLION_ROWS = Case(1_000_000, 8)
#: Cases of both projectors: the built-in one samples at most 10,000 rows, so that more of them change nothing there.
LAYOUTS: tuple[LayoutCase, ...] = (
    LayoutCase(Case(10_000, 200), ("tsne", "umap"), both=True),
    LayoutCase(Case(100_000, 200), ("tsne", "umap")),
    LayoutCase(Case(500_000, 200), ("tsne",)),
    LayoutCase(Case(1_000_000, 128), ("tsne", "umap"), neighbors=15),
    LayoutCase(Case(1_000_000, 128), ("tsne", "umap"), neighbors=30),
)
QUICK_LAYOUTS: tuple[LayoutCase, ...] = (LayoutCase(Case(2_000, 50), ("tsne", "umap"), both=True, neighbors=15),)
#: Data of the plots of time and memory over rows.
ROWS: tuple[Case, ...] = tuple(Case(rows, 128) for rows in (10_000, 30_000, 100_000, 300_000, 1_000_000))
QUICK_ROWS: tuple[Case, ...] = (Case(5_000, 128), Case(20_000, 128))
REFERENCE_DATA = ("digits", "mnist", "glove")

T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """Where the data are, whether they are small ones, and how often `tab` measures each tool."""

    folder: Path
    quick: bool
    repeats: int

    def either(self, quick: T, whole: T) -> T:
        return quick if self.quick else whole


def measure_tab(to: Settings) -> Any:
    cases = to.either(QUICK_CASES, CASES)
    return {case.label: _medians(tab.measure_case(case, to.folder, to.repeats, _say)) for case in cases}


def measure_rows(to: Settings) -> Any:
    cases = to.either(QUICK_ROWS, ROWS)
    return {str(case.rows): _medians(tab.measure_case(case, to.folder, 1, _say)) for case in cases}


def measure_exploring(to: Settings) -> Any:
    return exploring.measure(*to.either(QUICK_EXPLORED, EXPLORED), to.folder, _say)


def measure_metadata(to: Settings) -> Any:
    return metadata.measure(to.either(QUICK_CASES[0], MILLION_ROWS), to.folder)


def measure_first_byte(to: Settings) -> Any:
    return first_byte.measure(to.either(QUICK_CASES[0], HALF_A_GIGABYTE), to.folder, to.either(3, 10))


def measure_listing(to: Settings) -> Any:
    tensors = to.either(1_000, SMALL_TENSORS)
    return {str(tensors): first_byte.measure_listing(tensors, to.folder, to.either(3, 10))}


def measure_startup(to: Settings) -> Any:
    return startup.measure(write_case(QUICK_CASES[0], to.folder), to.either(to.repeats, 9))


def measure_callback(_to: Settings) -> Any:
    """It trains, so it has its own process, which prints only JSON."""
    command = [sys.executable, str(HERE / "callback.py")]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE).stdout
    return json.loads(printed[printed.index("{") :])


def measure_layouts(to: Settings) -> Any:
    return {case.label: layout_tab.measure(case, to.folder, _say) for case in to.either(QUICK_LAYOUTS, LAYOUTS)}


def measure_kernels(to: Settings) -> Any:
    return kernels.measure(to.either(QUICK_CASES[0], LAYOUTS[1].data), to.folder, _say)


def measure_references(to: Settings) -> Any:
    names = to.either(REFERENCE_DATA[:1], REFERENCE_DATA)
    return {name: reference_layouts.measure(name, to.folder, _say) for name in names}


def measure_scikit_learn(to: Settings) -> Any:
    names = to.either(REFERENCE_DATA[:1], REFERENCE_DATA)
    return {name: scikit_learn.measure(name, to.folder, _say) for name in names}


def measure_routes(to: Settings) -> Any:
    names = to.either(REFERENCE_DATA[:1], REFERENCE_DATA[1:])
    return server_routes.measure(to.either(QUICK_CASES[0], HALF_A_GIGABYTE), names, to.folder, _say)


#: Parts in the order in which they run.
PARTS: dict[str, Callable[[Settings], Any]] = {
    "tab": measure_tab,
    "rows": measure_rows,
    "exploring": measure_exploring,
    "metadata": measure_metadata,
    "first_byte": measure_first_byte,
    "listing": measure_listing,
    "startup": measure_startup,
    "callback": measure_callback,
    "layouts": measure_layouts,
    "kernels": measure_kernels,
    "references": measure_references,
    "scikit_learn": measure_scikit_learn,
    "routes": measure_routes,
}


def main() -> None:
    options = _read_options()
    results: dict[str, Any] = {"machine": _machine()}
    with tempfile.TemporaryDirectory(prefix="tb-projector-bench-") as folder:
        to = Settings(options.data or Path(folder), options.quick, options.repeats)
        to.folder.mkdir(parents=True, exist_ok=True)
        for part in options.only or PARTS:
            results[part] = PARTS[part](to)
            _write(results, options.out)
    print(to_markdown(results))


def _medians(measured: dict[str, list[tab.Measurement]]) -> dict[str, dict[str, float]]:
    return {tool: asdict(tab.median(measurements)) for tool, measurements in measured.items()}


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
    draw_plots(results, folder / "latest-plots")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small data and few repeats: does it still run?")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="one part; may be given more than once")
    parser.add_argument("--repeats", type=int, default=3, help="kept measurements of each tool in `tab`")
    parser.add_argument("--data", type=Path, help="a folder for the checkpoints, kept; else a temporary one")
    parser.add_argument("--out", type=Path, default=HERE / "results", help="where the results go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
