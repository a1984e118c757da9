"""From the click on a tab to painted points: time, bytes, CPU and memory of either projector, in alternating runs.

The clock starts at the click, with TensorBoard's shell loaded on another tab, and stops when a screenshot shows the
cloud and the outlier in the last 1 % of the rows that the tool shows. Every measurement has its own TensorBoard and
browser, so the only warm cache is the page cache of the disk. Screenshots are taken at the same rate for both tools, at
the same cost.
"""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from checkpoints import BUILT_IN_ROWS, Case, write_case
from chromium_browser import launch_chromium
from painted_pixels import Clip, look_for_points, take_picture
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Locator, Page, Request
from process_figures import MemoryPeaks, read_cpu_s, read_main_thread_s
from tensorboard_process import TensorBoardProcess

VIEWPORT = {"width": 1280, "height": 800}
#: Pause between two screenshots, so that taking them is not what is measured.
LULL_S = 0.1
TIMEOUT_S = 180


@dataclass(frozen=True)
class Tool:
    name: str
    plugin: str
    clip: Clip  # The center of its picture, where it draws only points and axes.
    point_rgb: tuple[int, int, int]
    shown_rows: int | None  # The maximum number of rows that it shows.


BUILT_IN = Tool("built-in projector", "projector", Clip(320, 130, 640, 650), (115, 115, 218), BUILT_IN_ROWS)
OURS = Tool("this plugin", "embeddings", Clip(285, 110, 670, 540), (80, 120, 186), None)
TOOLS = (BUILT_IN, OURS)


@dataclass(frozen=True)
class Measurement:
    """MiB are anonymous memory above what the same process held before the click: the peak, and when painted."""

    painted_s: float
    cloud_s: float  # When any points were first seen: checks that waiting for the outlier takes no extra time.
    megabytes: float
    main_thread_s: float
    renderer_cpu_s: float
    server_cpu_s: float
    renderer_peak_mib: float
    renderer_mib: float
    server_peak_mib: float


def measure_case(case: Case, folder: Path, repeats: int, say: Callable[[str], None]) -> dict[str, list[Measurement]]:
    """Alternates both tools, `repeats` times; the first round warms the disk's page cache and is discarded."""
    logdir = write_case(case, folder)
    kept: dict[str, list[Measurement]] = {tool.name: [] for tool in TOOLS}
    for turn in range(repeats + 1):
        for tool in TOOLS:
            measured = measure_tool(tool, case, logdir, folder)
            say(f"{case.label}, {tool.name}, {'warming up' if turn == 0 else turn}: {measured.painted_s:.1f} s")
            if turn > 0:
                kept[tool.name].append(measured)
    return kept


def median(measurements: list[Measurement]) -> Measurement:
    """Field by field."""
    rows = [asdict(one) for one in measurements]
    return Measurement(**{key: statistics.median(row[key] for row in rows) for key in rows[0]})


def measure_tool(tool: Tool, case: Case, logdir: Path, folder: Path) -> Measurement:
    with TensorBoardProcess(logdir, tensorflow=True) as server, launch_chromium() as browser:
        wait_until_listed(server.url)
        page = browser.new_page(viewport=VIEWPORT)
        load_shell(page, server.url)
        return _Watch(tool, case, server, browser, page).run(folder)


class _Watch:
    """One visit of one tab."""

    def __init__(self, tool: Tool, case: Case, server: TensorBoardProcess, browser: Browser, page: Page) -> None:
        self._tool, self._page = tool, page
        self._label = f"{tool.plugin}-{case.rows}"
        self._expected = case.outliers_among(min(case.rows, tool.shown_rows or case.rows))
        self._session = page.context.new_cdp_session(page)
        self._server_pid = server.pid
        self._renderer_pid = renderer_pid(browser)
        self._requests: list[Request] = []

    def run(self, folder: Path) -> Measurement:
        self._page.on("requestfinished", lambda request: self._requests.append(request))  # noqa: PLW0108
        cpu_before = self._cpu()
        memory = MemoryPeaks({"renderer": self._renderer_pid, "server": self._server_pid})
        started = time.perf_counter()
        find_tab(self._page, self._tool.plugin).click()
        painted_s, cloud_s = self._wait_until_painted(started, folder)
        cpu = [after - before for after, before in zip(self._cpu(), cpu_before, strict=True)]
        now_mib, peak_mib = memory.growth_mib(), memory.stop()
        return Measurement(painted_s, cloud_s, self._received_bytes() / 1e6, *cpu,
                           peak_mib["renderer"], now_mib["renderer"], peak_mib["server"])  # fmt: skip

    def _cpu(self) -> tuple[float, float, float]:
        return read_main_thread_s(self._renderer_pid), read_cpu_s(self._renderer_pid), read_cpu_s(self._server_pid)

    def _wait_until_painted(self, started: float, folder: Path) -> tuple[float, float]:
        """Seconds until all points are seen, and until any are."""
        cloud_s = None
        while True:
            picture = take_picture(self._session, self._tool.clip)
            seconds = time.perf_counter() - started
            seen = look_for_points(picture, self._tool.point_rgb)
            cloud_s = seconds if cloud_s is None and seen.cloud else cloud_s
            if seen.outliers >= self._expected and cloud_s is not None:
                Image.fromarray(picture).save(folder / f"{self._label}.png")
                return seconds, cloud_s
            if seconds > TIMEOUT_S:
                self._page.screenshot(path=folder / f"{self._label}-timeout.png")
                raise TimeoutError(f"{self._label}: {seen} of {self._expected} outliers after {TIMEOUT_S} s")
            self._page.wait_for_timeout(LULL_S * 1000)

    def _received_bytes(self) -> int:
        sizes = [request.sizes() for request in self._requests]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


def wait_until_listed(url: str) -> None:
    """TensorBoard's built-in projector reports «inactive» until a thread has scanned the logdir."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with urllib.request.urlopen(f"{url}/data/plugins_listing") as answer:
            listed = json.load(answer)
        if all(listed[tool.plugin]["enabled"] for tool in TOOLS):
            return
        time.sleep(0.3)
    raise TimeoutError(f"not both tabs are active after 60 s: {listed}")


def load_shell(page: Page, url: str) -> None:
    """Loads the shell on the time series tab, and waits until it is idle."""
    page.goto(f"{url}/#timeseries")
    for tool in TOOLS:
        find_tab(page, tool.plugin).wait_for()
    page.wait_for_timeout(2000)


def find_tab(page: Page, plugin: str) -> Locator:
    return page.locator(f'.plugin-name[data-plugin-id="{plugin}"]')


def renderer_pid(browser: Browser) -> int:
    """The page's renderer: the busiest one so far, since the others are spare."""
    session: CDPSession = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [process for process in processes if process["type"] == "renderer"]
    return int(max(renderers, key=lambda process: process["cpuTime"])["id"])
