"""The figures of layouts and of the routes that compute, as Markdown."""

from __future__ import annotations

from typing import Any

OURS, BUILT_IN = "this plugin", "built-in projector"
#: Field of `layout_tab.Figures` -> its label and its unit.
LAYOUT_ROWS = {
    "first_iteration_s": ("click to the first iteration", "s"),
    "per_second": ("iterations per second", "/s"),
    "total_s": ("click to the last epoch, or to 750 iterations", "s"),
    "longest_gap_ms": ("the page's longest gap", "ms"),
    "gaps_over_100_ms": ("gaps over 100 ms", ""),
    "renderer_peak_mib": ("renderer's memory above before, peak", "MiB"),
    "server_peak_mib": ("the server's, with the process that computes the graph", "MiB"),
}
METHODS = {"tsne": "t-SNE", "umap": "UMAP"}


def layouts_table(cases: dict[str, dict[str, dict[str, dict[str, Any]]]]) -> str:
    """Case -> method -> tool -> figures."""
    head = ["## Layouts in the page", "", f"| | {OURS} | {BUILT_IN} (a sample) | ratio |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *(row for case in cases.items() for row in _layout_rows(*case))])


def _layout_rows(label: str, methods: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    rows = []
    for method, tools in methods.items():
        ours, theirs = tools[OURS], tools.get(BUILT_IN, {})
        for field, (words, unit) in LAYOUT_ROWS.items():
            if ours[field] is None:
                continue
            one, other = ours[field], theirs.get(field)
            cells = (
                f"{label}, {METHODS[method]}: {words}",
                _figure(one, unit),
                _figure(other, unit),
                _times(one, other),
            )
            rows.append(f"| {' | '.join(cells)} |")
    return rows


def kernels_table(figures: dict[str, dict[str, float]]) -> str:
    """Method -> result of `kernels.measure`."""
    head = [
        "## The kernels alone",
        "",
        "| | rows | all iterations | moved after 50 | with a place at the end |",
        "| --- " * 5 + "|",
    ]
    rows = []
    for method, one in figures.items():
        counts = " | ".join(f"{one[field]:,}" for field in ("moved_rows", "finite_rows"))
        rows.append(f"| {METHODS[method]} | {one['rows']:,} | {one['iterating_s']:.1f} s | {counts} |")
    return "\n".join([*head, *rows])


def references_table(data: dict[str, dict[str, Any]]) -> str:
    """Data set -> rows, dims, and method -> tool -> figures."""
    head = ["## Layouts against the reference implementations", ""]
    names = ["| | | whole pipeline | of the reference's | KL divergence | trustworthiness |", "| --- " * 6 + "|"]
    rows = []
    for name, figures in data.items():
        for method, words in METHODS.items():
            label = f"{name}, {figures['rows']:,} x {figures['dims']}, {words}"
            rows += _reference_rows(label, figures[method])
    return "\n".join([*head, *names, *rows])


def _reference_rows(label: str, tools: dict[str, dict[str, Any]]) -> list[str]:
    """The row of ours, then that of the reference."""
    reference = next(figures for tool, figures in tools.items() if tool != OURS)
    rows = []
    for tool, one in tools.items():
        share = f"{one['seconds'] / reference['seconds']:.2f}"
        cells = (
            label,
            tool,
            f"{one['seconds']:.1f} s",
            share,
            _figure(one["kl"], "", 4),
            f"{one['trustworthiness']:.4f}",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return rows


#: Part of `scikit_learn.measure` -> its label, the figure of agreement, and what that is.
SCIKIT_LEARN_ROWS = {
    "pca": ("ten principal components", "angle", "largest angle between the two spaces, rad"),
    "neighbors": ("15 neighbors of all rows", "recall", "share of ours that are true by theirs"),
    "trustworthiness": ("trustworthiness", "difference", "difference; rows at equal distances have several ranks"),
}


def scikit_learn_table(data: dict[str, dict[str, Any]]) -> str:
    """Data set -> result of `scikit_learn.measure`."""
    head = ["## Against scikit-learn", "", f"| | {OURS} | scikit-learn | agreement |", "| --- " * 4 + "|"]
    rows = []
    for name, figures in data.items():
        for part, (words, field, meaning) in SCIKIT_LEARN_ROWS.items():
            if (one := figures[part]) is None:
                continue
            label = f"{name}, {figures['rows']:,} x {figures['dims']}: {words}"
            rows.append(f"| {label} | {one['ours_s']:.2f} s | {one['theirs_s']:.2f} s | {one[field]:.3g}, {meaning} |")
    return "\n".join([*head, *rows])


def routes_table(routes: dict[str, Any]) -> str:
    """Takes the result of `server_routes.measure`."""
    one, graphs = routes["one_row"], routes["graphs"]
    pca = f"{one['pca_s']:.1f} s, {one['pca_peak_mib']:.0f} MiB more than before"
    rows = [
        f"| {one['label']}: ten principal components | {pca} |",
        f"| {one['label']}: one row's 100 exact neighbors | {one['neighbors_s']:.3f} s |",
    ]
    if "neighbors_spherized_s" in one:
        rows.append(f"| the same, by cosine in the spherized space | {one['neighbors_spherized_s']:.3f} s |")
    for label, graph in graphs.items():
        size = f"{graph['cached_megabytes']:.0f} MB"
        rows += [
            f"| graph of {label}, k = 90 | {graph['seconds']:.1f} s, {graph['method']} |",
            f"| its recall, as reported and by brute force | {graph['recall_reported']:.4f}, {graph['recall']:.4f} |",
            f"| its first byte from the cache, of {size} | {graph['cached_first_byte_s']:.3f} s |",
        ]
    return "\n".join(["## The routes that compute", "", "| | |", "| --- | --- |", *rows])


def _figure(value: float | None, unit: str, digits: int | None = None) -> str:
    if value is None:
        return ""
    text = f"{value:.{digits}f}" if digits is not None else f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{text} {unit}".strip()


def _times(ours: float, theirs: float | None) -> str:
    """The larger divided by the smaller."""
    if not ours or not theirs:
        return ""
    return f"**{max(ours, theirs) / min(ours, theirs):.1f}**"
