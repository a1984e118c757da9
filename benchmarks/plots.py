"""Draws how time and memory grow with the rows, in both projectors: SVG files from a run's results.

    python benchmarks/plots.py benchmarks/results/latest.json docs/plots

Each plot is drawn for a light and for a dark page, without a background of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_projections import BUILT_IN, OURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Points = dict[int, float]


@dataclass(frozen=True)
class Theme:
    ink: str
    faint: str
    colors: dict[str, str]


THEMES = {
    "light": Theme("#1f2328", "#d0d7de", {OURS: "#0b6bcb", BUILT_IN: "#b35900"}),
    "dark": Theme("#e6edf3", "#3d444d", {OURS: "#58a6ff", BUILT_IN: "#f0883e"}),
}


@dataclass(frozen=True)
class Plot:
    """`read` gives the points of each tool: rows and the figure."""

    title: str
    unit: str
    read: Callable[[dict[str, Any]], dict[str, Points]]


def draw_plots(results: dict[str, Any], folder: Path) -> None:
    """Writes NAME-light.svg and NAME-dark.svg for each plot that the results have points for."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "plots", "font.family": "sans-serif", "svg.fonttype": "none"})
    for name, plot in PLOTS.items():
        series = {tool: points for tool, points in plot.read(results).items() if points}
        if series:
            folder.mkdir(parents=True, exist_ok=True)
            for page, theme in THEMES.items():
                _draw(plot, series, theme, folder / f"{name}-{page}.svg")


def _draw(plot: Plot, series: dict[str, Points], theme: Theme, path: Path) -> None:
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
    for tool, points in series.items():
        rows = sorted(points)
        axes.loglog(rows, [points[row] for row in rows], "o-", color=theme.colors[tool], label=tool, markersize=4)
        side = "right" if len(rows) > 1 else "left"  # A single point lies beside the axis.
        axes.annotate(
            tool, (rows[-1], points[rows[-1]]), (0, 6), textcoords="offset points", ha=side, color=theme.colors[tool]
        )
    axes.set_title(plot.title, color=theme.ink, fontsize=10, loc="left")
    axes.set_xlabel("rows", color=theme.ink)
    axes.set_ylabel(plot.unit, color=theme.ink)
    _style(axes, theme)
    figure.savefig(path, transparent=True, metadata={"Date": None})
    plt.close(figure)


def _style(axes: Axes, theme: Theme) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.margins(y=0.15)
    axes.tick_params(which="both", colors=theme.ink, labelsize=8)
    axes.grid(visible=True, color=theme.faint, linewidth=0.5)
    axes.spines[:].set_visible(False)


def _of_rows(field: str) -> Callable[[dict[str, Any]], dict[str, Points]]:
    def read(results: dict[str, Any]) -> dict[str, Points]:
        cases: dict[str, dict[str, dict[str, float]]] = results.get("rows", {})
        return {tool: {int(rows): tools[tool][field] for rows, tools in cases.items()} for tool in (OURS, BUILT_IN)}

    return read


def _of_layouts(method: str, field: str) -> Callable[[dict[str, Any]], dict[str, Points]]:
    """Cases with a given number of neighbors are left out; those of the built-in projector end at its sample."""

    def read(results: dict[str, Any]) -> dict[str, Points]:
        points: dict[str, Points] = {OURS: {}, BUILT_IN: {}}
        for label, methods in results.get("layouts", {}).items():
            rows, _, dims = label.partition(" x ")
            for tool, figures in methods.get(method, {}).items():
                if dims.isdigit():
                    points[tool][int(rows.replace(",", ""))] = figures[field]
        return points

    return read


PLOTS = {
    "painted": Plot("From the click on the tab to painted points", "seconds", _of_rows("painted_s")),
    "page-memory": Plot("The page's memory while the tab opens, peak", "MiB", _of_rows("renderer_peak_mib")),
    "server-memory": Plot("The server's memory while the tab opens, peak", "MiB", _of_rows("server_peak_mib")),
    "first-iteration": Plot(
        "From the click to t-SNE's first iteration", "seconds", _of_layouts("tsne", "first_iteration_s")
    ),
}


if __name__ == "__main__":
    draw_plots(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
