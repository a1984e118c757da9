"""t-SNE and UMAP in the page, both projectors on the same checkpoint: startup time, speed, smoothness, memory.

The steps of a user: the tab, the method, Run. The clock starts at the click that starts the method. Iterations are
counted for half a minute, or up to the thousandth: a layout spreads as it runs, and a wide one costs more. t-SNE runs
on to the 750th, where openTSNE ends. The longest gap is between two animation frames of the page, from that click on.
The built-in projector uses 10,000 of the points for t-SNE and 5,000 for UMAP; this plugin uses all, and its clock
includes the graph. Memory is that of the renderer, and of the server with the process that computes the graph.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoints import Case, write_clusters
from chromium_browser import launch_chromium
from playwright.sync_api import Error, Frame, Page
from process_figures import MemoryPeaks
from tab import VIEWPORT, find_tab, load_shell, renderer_pid, wait_until_listed
from tensorboard_process import TensorBoardProcess

START_TIMEOUT_S = 900  # The clock includes the graph of a million points.
LAST_TIMEOUT_S = 1800
UMAP_TIMEOUT_S = 1800
#: Seconds for which iterations are counted, from the first one on.
COUNTING_S = 30
COUNTED_ITERATIONS = 1000
#: Number of openTSNE's iterations: 250 of early exaggeration, then 500.
LAST_ITERATION = 750
#: Interval at which the page is polled; gaps caused by polling affect both tools.
LOOK_MS = 50
#: Time until animations after choosing the method have ended.
REST_MS = 1500

WATCH_FRAMES = """() => {
  const seen = {longest: 0, over100: 0, frames: 0, last: performance.now()};
  window.seenFrames = seen;
  const look = () => {
    const now = performance.now(), gap = now - seen.last;
    seen.longest = Math.max(seen.longest, gap); seen.over100 += gap > 100; seen.frames++; seen.last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
READ_STATUS = """() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "status-bar") return element.renderRoot.textContent;
      const found = element.shadowRoot && find(element.shadowRoot);
      if (found) return found;
    }
  };
  return find(document) ?? "";
}"""


@dataclass(frozen=True)
class Figures:
    """Figures of one method in one tool; None if the method has no such figure.

    `total_s` is up to the last epoch of UMAP, or the iteration of t-SNE at which openTSNE ends.
    """

    first_iteration_s: float | None
    per_second: float | None
    total_s: float
    longest_gap_ms: float
    gaps_over_100_ms: int
    renderer_peak_mib: float
    server_peak_mib: float


class BuiltIn:
    name, plugin = "built-in projector", "projector"

    def open(self, page: Page, _case: Case) -> Frame:
        find_tab(page, self.plugin).click()
        frame = _wait_for(page, lambda: next((one for one in page.frames if "projector_binary" in one.url), None))
        frame.locator('[data-tab="tsne"]').first.wait_for(timeout=120_000)
        page.wait_for_timeout(15_000)  # Until it has drawn, for which it gives no signal.
        return frame

    def choose(self, frame: Frame, method: str, _neighbors: int | None) -> None:
        """Choosing t-SNE's tab starts it; UMAP has a button."""
        if method == "umap":
            frame.locator(f'[data-tab="{method}"]').first.click()

    def start(self, frame: Frame, method: str) -> None:
        button = "#run-umap" if method == "umap" else f'[data-tab="{method}"]'
        frame.locator(button).first.click(no_wait_after=True)

    def read_iteration(self, frame: Frame) -> int:
        return int(frame.locator(".run-tsne-iter").first.text_content(timeout=60_000) or 0)

    def wait_until_over(self, frame: Frame) -> None:
        """Waits until the button is enabled again."""
        frame.locator("#run-umap[disabled]").wait_for(timeout=30_000)
        frame.locator("#run-umap:not([disabled])").wait_for(timeout=UMAP_TIMEOUT_S * 1000)


class Ours:
    name, plugin = "this plugin", "embeddings"

    def open(self, page: Page, case: Case) -> Frame:
        find_tab(page, self.plugin).click()
        frame = _wait_for(page, lambda: next((one for one in page.frames if "name=embeddings" in one.url), None))
        frame.locator(f"[data-painted='{case.rows}']").wait_for(timeout=120_000)
        return frame

    def choose(self, frame: Frame, method: str, neighbors: int | None) -> None:
        frame.get_by_role("radio", name=re.compile(f"^{'t-SNE' if method == 'tsne' else 'UMAP'}")).click()
        frame.get_by_role("radio", name="2-D").first.click()
        if neighbors is not None:
            name, value = ("Perplexity", neighbors // 3) if method == "tsne" else ("Neighbors", neighbors + 1)
            frame.get_by_role("slider", name=name, exact=True).fill(str(value))

    def start(self, frame: Frame, _method: str) -> None:
        frame.get_by_role("button", name=re.compile("^Run")).click(no_wait_after=True)

    def read_iteration(self, frame: Frame) -> int:
        found = re.search(r"([\d,]+) (?:iterations?|epochs?)", frame.evaluate(READ_STATUS))
        return int(found[1].replace(",", "")) if found else 0

    def wait_until_over(self, frame: Frame) -> None:
        frame.get_by_text(re.compile(r"^\s*(\d+) of \1 epochs")).first.wait_for(timeout=UMAP_TIMEOUT_S * 1000)


TOOLS = (BuiltIn(), Ours())


@dataclass(frozen=True)
class LayoutCase:
    """Which methods run on how many points; `both`: in the built-in projector, too.

    `neighbors` of each point; None: as the tab chooses.
    """

    data: Case
    methods: tuple[str, ...]
    both: bool = False
    neighbors: int | None = None

    @property
    def label(self) -> str:
        return self.data.label if self.neighbors is None else f"{self.data.label}, k = {self.neighbors}"


def measure(case: LayoutCase, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """`{method: {tool: Figures}}`: each measurement with its own TensorBoard, browser and empty cache."""
    logdir = write_clusters(case.data, folder)
    results: dict[str, Any] = {}
    for method in case.methods:
        for tool in TOOLS if case.both else TOOLS[1:]:
            with tempfile.TemporaryDirectory() as cache:
                os.environ["TB_PROJECTOR_CACHE_DIR"] = cache
                figures = _measure_tool(tool, case, logdir, method, folder)
            say(f"{case.label}, {method}, {tool.name}: {figures}")
            results.setdefault(method, {})[tool.name] = vars(figures)
    return results


def _measure_tool(tool: BuiltIn | Ours, case: LayoutCase, logdir: Path, method: str, folder: Path) -> Figures:
    with TensorBoardProcess(logdir, tensorflow=True) as server, launch_chromium() as browser:
        wait_until_listed(server.url)
        page = browser.new_page(viewport=VIEWPORT)
        load_shell(page, server.url)
        frame = tool.open(page, case.data)
        tool.choose(frame, method, case.neighbors)
        page.wait_for_timeout(REST_MS)
        memory = MemoryPeaks({"renderer": renderer_pid(browser), "server": server.pid})
        frame.evaluate(WATCH_FRAMES)
        started = time.perf_counter()
        tool.start(frame, method)
        if method == "umap":
            tool.wait_until_over(frame)
            first_s = rate = None
            total_s = time.perf_counter() - started
        else:
            first_s, rate, total_s = _count(tool, frame, started)
        seen = frame.evaluate("() => window.seenFrames")
        page.screenshot(path=folder / f"{tool.plugin}-{case.data.rows}-{method}.png")
        peaks = memory.stop()
    return Figures(first_s, rate, total_s, seen["longest"], seen["over100"], peaks["renderer"], peaks["server"])


def _count(tool: BuiltIn | Ours, frame: Frame, started: float) -> tuple[float, float, float]:
    """Seconds until the first iteration, iterations per second from then on, and seconds until the last."""
    first = 0
    while first == 0:
        frame.page.wait_for_timeout(LOOK_MS)
        first = tool.read_iteration(frame)
        if time.perf_counter() - started > START_TIMEOUT_S:
            raise TimeoutError(f"{tool.name}: no iteration within {START_TIMEOUT_S} s")
    first_s = time.perf_counter() - started
    last, total_s, rate = first, None, None
    while total_s is None or rate is None:
        frame.page.wait_for_timeout(200)
        last, seconds = tool.read_iteration(frame), time.perf_counter() - started
        if total_s is None and last >= LAST_ITERATION:
            total_s = seconds
        if rate is None and (seconds > first_s + COUNTING_S or last >= COUNTED_ITERATIONS):
            rate = (last - first) / (seconds - first_s)
        if seconds > LAST_TIMEOUT_S:
            raise TimeoutError(f"{tool.name}: {last} iterations within {LAST_TIMEOUT_S} s")
    return first_s, rate, total_s


def _wait_for(page: Page, find: Callable[[], Frame | None], timeout_s: float = 120) -> Frame:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        try:
            found = find()
        except Error:
            found = None
        if found is not None:
            return found
        page.wait_for_timeout(100)
    raise TimeoutError(f"no such frame within {timeout_s} s")
