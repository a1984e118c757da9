"""Projections as a person chooses, runs and measures them."""

from __future__ import annotations

import re

from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, expect

#: No layout is held to a time: this ends a test that waits forever.
LAYOUT_TIMEOUT_MS = 240_000
_ITERATION = re.compile(r"([\d,]+)(?: of [\d,]+)? (?:iteration|epoch)s?")


def choose_method(tab: EmbeddingsTab, name: str) -> None:
    tab.frame.get_by_role("radiogroup", name="Projection").get_by_role("radio", name=name, exact=True).click()


def choose_dimensions(tab: EmbeddingsTab, dimensions: int) -> None:
    tab.frame.get_by_role("radio", name=f"{dimensions}-D").first.click()


def run_layout(tab: EmbeddingsTab, method: str, dimensions: int = 2) -> Locator:
    """Selects and starts a layout; returns its progress panel once the first iteration is drawn."""
    choose_method(tab, method)
    choose_dimensions(tab, dimensions)
    tab.frame.locator("layout-run").get_by_role("button", name=f"Run {method}").click()
    expect(tab.status).to_contain_text(f"{method} {dimensions}-D", timeout=LAYOUT_TIMEOUT_MS)
    return tab.frame.locator("layout-run")


def iteration_of(place: Locator) -> int:
    words = place.locator(".live > span")
    found = _ITERATION.search(words.text_content() or "") if words.count() else None
    return int(found[1].replace(",", "")) if found else 0


def wait_for_iteration(tab: EmbeddingsTab, panel: Locator, least: int) -> None:
    tab.wait_until(lambda: iteration_of(panel) >= least, timeout_s=LAYOUT_TIMEOUT_MS / 1000)


def stop_layout(tab: EmbeddingsTab) -> None:
    """It may end by itself meanwhile."""
    _press_if_there(tab, "Stop")


def pause_layout(tab: EmbeddingsTab) -> None:
    """It may stop by itself meanwhile: it can be resumed either way."""
    _press_if_there(tab, "Pause")
    expect(tab.button("Resume")).to_be_visible()


def _press_if_there(tab: EmbeddingsTab, name: str) -> None:
    """A button that goes meanwhile does nothing."""
    for button in tab.button(name).element_handles():
        button.dispatch_event("click")


def measure_quality(tab: EmbeddingsTab) -> dict[str, float]:
    """The quality that the tab shows for the current picture: name -> value."""
    section = tab.frame.locator("quality-section")
    if not section.locator("details").evaluate("details => details.open"):
        section.get_by_text("How far to believe it").click()
    section.get_by_role("button", name=re.compile("^Measure")).click()
    expect(section.get_by_text("Measured on an earlier picture")).to_have_count(0, timeout=LAYOUT_TIMEOUT_MS)
    expect(section.locator("dl")).to_be_visible(timeout=LAYOUT_TIMEOUT_MS)
    rows = section.locator(".measure").all()
    figures = {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}
    return {name: float(words.split()[0].rstrip("%")) for name, words in figures.items()}
