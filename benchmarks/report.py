"""The figures of a run as Markdown, ratios first."""

from __future__ import annotations

from typing import Any

from report_projections import kernels_table, layouts_table, references_table, routes_table, scikit_learn_table
from tab import BUILT_IN, OURS

#: Field -> its label, its unit, the maximum fraction of the built-in's figure (None: no target).
ROWS: dict[str, tuple[str, str, float | None]] = {
    "painted_s": ("click to painted points", "s", 0.5),
    "cloud_s": ("click to any points", "s", None),
    "megabytes": ("bytes over the wire", "MB", 0.1),
    "main_thread_s": ("main-thread CPU", "s", 0.25),
    "renderer_cpu_s": ("renderer's CPU, all threads", "s", None),
    "server_cpu_s": ("server's CPU", "s", None),
    "renderer_peak_mib": ("renderer's memory above before, peak", "MiB", None),
    "renderer_mib": ("renderer's memory above before, painted", "MiB", None),
    "server_peak_mib": ("server's memory above before, peak", "MiB", None),
}
METADATA_ROWS = {
    "usable_s": ("asked for, to columns that can be chosen (must: 3 s)", ".2f"),
    "first_byte_s": ("of that: to the first byte", ".2f"),
    "last_byte_s": ("of that: to the last byte", ".2f"),
    "longest_task_ms": ("the page's longest task meanwhile, ms", ".0f"),
    "server_s": ("the server alone", ".2f"),
    "server_peak_mib": ("server's memory above before, peak, MiB", ".0f"),
    "megabytes": ("bytes of the answer, MB", ".1f"),
    "colored_s": ("colored by a class, all points painted, s", ".2f"),
    "found_s": ("one label of all found and listed, s", ".2f"),
    "renderer_peak_mib": ("renderer's memory above before, peak, MiB", ".0f"),
}
TAB_HEAD = (
    f"| | {OURS.name} / {BUILT_IN.name} | must | {OURS.name} | {BUILT_IN.name} |\n| --- | --- | --- | --- | --- |"
)


def to_markdown(results: dict[str, Any]) -> str:
    parts = [f"# Benchmarks\n\n{results['machine']}"]
    parts += [_tab(label, tools) for label, tools in results.get("tab", {}).items()]
    parts += [_rows(results["rows"])] if "rows" in results else []
    parts += [_exploring(results["exploring"])] if "exploring" in results else []
    parts += [_metadata(results["metadata"])] if "metadata" in results else []
    parts += [_first_byte(results["first_byte"])] if "first_byte" in results else []
    parts += [_listing(results["listing"])] if "listing" in results else []
    parts += [_startup(results["startup"])] if "startup" in results else []
    parts += [_callback(results["callback"])] if "callback" in results else []
    parts += [layouts_table(results["layouts"])] if "layouts" in results else []
    parts += [kernels_table(results["kernels"])] if "kernels" in results else []
    parts += [references_table(results["references"])] if "references" in results else []
    parts += [scikit_learn_table(results["scikit_learn"])] if "scikit_learn" in results else []
    parts += [routes_table(results["routes"])] if "routes" in results else []
    return "\n\n".join(parts) + "\n"


def _tab(label: str, tools: dict[str, dict[str, float]]) -> str:
    ours, built_in = tools[OURS.name], tools[BUILT_IN.name]
    lines = [f"## {label}", "", TAB_HEAD]
    for field, (name, unit, most) in ROWS.items():
        ratio = f"{ours[field] / built_in[field]:.2f}" if built_in[field] else "-"
        must = _must(label, field, most)
        lines.append(f"| {name} | **{ratio}** | {must} | {ours[field]:.2f} {unit} | {built_in[field]:.2f} {unit} |")
    return "\n".join(lines)


def _must(label: str, field: str, most: float | None) -> str:
    """The targets: fractions of the built-in at 100,000 x 200; its time and 300 MiB for a million points."""
    if label.startswith("1,000,000"):
        return {"painted_s": "<= 1.00", "renderer_peak_mib": "< 300 MiB"}.get(field, "")
    return f"<= {most:.2f}" if most is not None else ""


def _rows(cases: dict[str, dict[str, dict[str, float]]]) -> str:
    """From the click on the tab to painted points, for growing numbers of rows; the plots draw the same figures."""
    fields = ("painted_s", "renderer_peak_mib", "server_peak_mib")
    head = f"| rows | {OURS.name}: s, page's MiB, server's MiB | {BUILT_IN.name} |"
    lines = ["## From the click to painted points, by rows", "", head, "| --- | --- | --- |"]
    for rows, tools in cases.items():
        cells = [", ".join(f"{tools[tool.name][field]:.3g}" for field in fields) for tool in (OURS, BUILT_IN)]
        lines.append(f"| {int(rows):,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _first_byte(times_ms: dict[str, float]) -> str:
    rows = [f"| {name} | {taken:.2f} ms |" for name, taken in times_ms.items()]
    return "\n".join(["## First bytes of a tensor, index included", "", "| | median |", "| --- | --- |", *rows])


def _listing(cases: dict[str, dict[str, float]]) -> str:
    head = ["## A checkpoint's tensors listed with their shapes", "", "| tensors | | median |", "| --- | --- | --- |"]
    rows = [f"| {int(n):,} | {tool} | {taken:.3f} s |" for n, times in cases.items() for tool, taken in times.items()]
    return "\n".join(head + rows)


#: Field -> its label, its unit, and whether more is better; None: no target.
EXPLORED: dict[str, tuple[str, str, bool | None]] = {
    "hover_ms": ("hover to the name", "ms", False),
    "first_hover_ms": ("the first of these, with what it builds", "ms", None),
    "click_ms": ("click to neighbors, painted", "ms", False),
    "click_whole_ms": ("and all others faded", "ms", None),
    "search_ms": ("search to matches, painted", "ms", False),
    "search_whole_ms": ("and all others faded", "ms", None),
    "frames_per_s": ("frames while turning", "per s", True),
}


def _exploring(figures: dict[str, Any]) -> str:
    """Ours has a hundred times the points; missed targets are shown, too."""
    ours, built_in, rows = figures[OURS.name], figures[BUILT_IN.name], figures["rows"]
    head = f"| | must | {OURS.name}: {rows['large']:,} | {BUILT_IN.name}: {rows['small']:,} |"
    lines = ["## Exploring", "", head, "| --- | --- | --- | --- |"]
    for field, (name, unit, is_more) in EXPLORED.items():
        must = {True: f">= that of {rows['middle']:,}", False: "<= 1.00", None: ""}[is_more]
        lines.append(f"| {name} | {must} | **{ours[field]:.1f} {unit}** | {built_in[field]:.1f} {unit} |")
    heap = "heap_bytes_per_point"
    lines.append(f"| heap a point | < 100 bytes | **{ours[heap]:.1f} bytes** | {built_in[heap]:.1f} bytes |")
    arrays = "array_bytes_per_point"
    lines.append(f"| arrays a point | | {ours[arrays]:.1f} bytes | {built_in[arrays]:.1f} bytes |")
    return "\n".join(lines)


def _metadata(figures: dict[str, Any]) -> str:
    rows = [f"| {words} | {figures[field]:{form}} |" for field, (words, form) in METADATA_ROWS.items()]
    return "\n".join([f"## Metadata of {figures['label']}", "", "| | |", "| --- | --- |", *rows])


def _startup(starts: dict[str, dict[str, float]]) -> str:
    rows = [
        f"| {name} | {start['address_s']:.2f} s | {start['cpu_s']:.2f} s | {start['rest_mib']:.0f} MiB |"
        for name, start in starts.items()
    ]
    head = ["| | to its address | CPU | memory |", "| --- | --- | --- | --- |"]
    return "\n".join(["## TensorBoard's start", "", *head, *rows])


def _callback(figures: dict[str, Any]) -> str:
    weights, activations = figures["weights"], figures["activations"]
    weights_ms = f"{weights['callback_ms']:.1f} ms of {weights['epoch_s']:.0f} s"
    activations_ms = f"{activations['callback_ms']:.0f} ms, {activations['predict_ms']:.0f} ms"
    return "\n".join(
        [
            f"## ProjectorCallback on the training thread, {figures['backend']}",
            "",
            "| | | must | |",
            "| --- | --- | --- | --- |",
            f"| weights: share of an epoch | **{weights['share_percent']:.2f} %** | < 2 % | {weights_ms} |",
            f"| activations: of `model.predict` | **{activations['ratio']:.2f}** | <= 1.20 | {activations_ms} |",
        ]
    )
