"""The warning of a graph whose recall is below the target."""

from __future__ import annotations

from typing import Any

from tb_projector_plugin.compute.graph import WANTED_RECALL
from tb_projector_plugin.errors import Problem

KIND = "recall"


def describe_recall(recall: float, rows: int) -> list[dict[str, Any]]:
    """The problem as JSON, or none. The target is missed where no search reaches it in reasonable time."""
    if recall >= WANTED_RECALL:
        return []
    message = (
        f"{100 * recall:.1f} % of the true neighbors were found, measured on {rows:,} rows; "
        f"{100 * WANTED_RECALL:.0f} % were aimed for."
    )
    fix = "Select fewer points, or choose fewer neighbors: both are searched more thoroughly."
    return [Problem("warning", KIND, message, fix).to_json()]
