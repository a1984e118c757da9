"""The figures of a run as Markdown, ratios first."""

from __future__ import annotations

from typing import Any

from tab import BUILT_IN, OURS

#: Field -> what it is called, its unit, the most that ours may be as a part of the built-in's (None: no promise).
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
TAB_HEAD = (
    f"| | {OURS.name} / {BUILT_IN.name} | must | {OURS.name} | {BUILT_IN.name} |\n| --- | --- | --- | --- | --- |"
)


def to_markdown(results: dict[str, Any]) -> str:
    parts = [f"# Benchmarks\n\n{results['machine']}"]
    parts += [_tab(label, tools) for label, tools in results.get("tab", {}).items()]
    parts += [_first_byte(results["first_byte"])] if "first_byte" in results else []
    parts += [_startup(results["startup"])] if "startup" in results else []
    parts += [_callback(results["callback"])] if "callback" in results else []
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
    """What is promised: shares of the built-in at 100,000 x 200; its time and 300 MiB for a million points."""
    if label.startswith("1,000,000"):
        return {"painted_s": "<= 1.00", "renderer_peak_mib": "< 300 MiB"}.get(field, "")
    return f"<= {most:.2f}" if most is not None else ""


def _first_byte(times_ms: dict[str, float]) -> str:
    rows = [f"| {name} | {taken:.2f} ms |" for name, taken in times_ms.items()]
    return "\n".join(["## First bytes of a tensor, index included", "", "| | median |", "| --- | --- |", *rows])


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
