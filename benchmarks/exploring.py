"""Exploring a million points against the built-in projector's ten and hundred thousand, on the same software renderer.

The steps of a user, in both tools: move over points, click one, search, drag the scene around. Each clock starts with
the event in the page and stops at the first frame after the result is there: for hover, the name of the point; for
click and search, the list of neighbors or matches and the first frame with it that draws (it highlights them; the
built-in projector draws before it lists, so its clock stops at the next frame of any kind). The complete picture,
with all other points faded, is a separate figure. Frames of a drag are those in which something was drawn to WebGL,
not every animation frame. The built-in projector is measured at 10,000 points, and its drag at 100,000, the most it
shows; this plugin at 1,000,000. The heap is V8's after a collection, when all steps are done, minus that of the empty
page: objects, without the backing stores of typed arrays; these hold coordinates, metadata and indexes, and are a
figure of their own.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoints import Case, write_named_clusters
from chromium_browser import launch_chromium, plugin_frame
from playwright.sync_api import Browser, CDPSession, Frame, Page
from tab import VIEWPORT, find_tab, load_shell, wait_until_listed
from tensorboard_process import TensorBoardProcess

TIMEOUT_MS = 180_000
HOVERS = 24
CLICKS = 7
SEARCHES = ("word77", "word5", "word901", "word123", "word8")
DRAG_S = 5.0
REST_MS = 1500

#: Marks the frames that drew, times responses, and finds elements across shadow roots.
WATCH = """() => {
  const state = {drawn: 0, dirty: false, onDraw: null};
  window.bench = state;
  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "blitFramebuffer"]) {
      const plain = kind?.prototype[name];
      if (plain) kind.prototype[name] = function (...args) {
        state.dirty = true;
        if (name !== "blitFramebuffer") state.onDraw?.(); // That shows the picture as it was.
        return plain.apply(this, args);
      };
    }
  }
  const frame = () => { if (state.dirty) state.drawn++; state.dirty = false; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  // An element that was found is kept while it is there: looking for it anew every ms would slow the page down.
  const kept = new Map();
  state.find = (selector) => {
    const before = kept.get(selector);
    if (before?.isConnected && before.matches(selector)) return before;
    const found = walk(selector, document);
    if (found) kept.set(selector, found);
    return found;
  };
  const walk = (selector, root) => {
    const own = root.querySelector(selector);
    if (own) return own;
    for (const element of root.querySelectorAll("*")) {
      const found = element.shadowRoot && walk(selector, element.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  // The text of an element, the elements inside of it included.
  state.text = (selector) => {
    const read = (node) => {
      const inside = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes];
      if (node.localName === "style") return "";
      return node.nodeType === Node.TEXT_NODE ? node.data : inside.map(read).join(" ");
    };
    const element = state.find(selector);
    return element ? read(element).trim() : "";
  };
  // Resolves with the ms from the next such event to the end of the first frame after `read()` gives something new and
  // true; where `drawn`, of the first one that then draws to WebGL. Then with the ms until `isWhole()` as well.
  state.time = (type, read, isWhole, drawn, budgetMs) => new Promise((resolve) => {
    const before = read();
    const begin = () => {
      const start = performance.now();
      const times = [];
      const note = () => setTimeout(() => times.push(performance.now() - start));
      let isNoted = false;
      const look = () => {
        const now = isNoted ? null : read();
        if (!now || now === before) return;
        isNoted = true;
        if (drawn) note();
        else requestAnimationFrame(note);
      };
      state.onDraw = drawn ? look : null;
      const follow = () => {
        if (!drawn) look();
        if (times.length === 1 && isWhole()) {
          times.push(performance.now() - start);
          resolve(times);
        } else if (performance.now() - start > budgetMs) resolve(null);
        else setTimeout(follow, 1);
      };
      follow();
    };
    window.addEventListener(type, begin, {capture: true, once: true});
    setTimeout(() => resolve(null), budgetMs + 2000);
  });
}"""


@dataclass(frozen=True)
class Tool:
    name: str
    plugin: str
    #: JavaScript expressions read in the page: "" or null while the value is not there.
    painted: str
    hovered: str
    neighbors: str
    matches: str
    search_field: str
    #: Whether the picture is complete, if the tool reports that.
    whole: str


OURS = Tool(
    "this plugin",
    "embeddings",
    painted="bench.find('[data-painted]')?.dataset.painted",
    hovered="bench.text('hover-card')",
    neighbors=r"bench.text('neighbor-list').match(/word\d+\s+\+\s+−\s+\d[.]\d+/)?.[0]",
    matches=r"bench.text('match-list').match(/word\d+/)?.[0]",
    search_field="search-field",
    whole="bench.find('[data-painted]')",
)
BUILT_IN = Tool(
    "built-in projector",
    "projector",
    painted="bench.find('.numDataPoints')?.innerText",
    hovered="bench.find('#status-bar').innerText.match(/^word/)?.input",
    neighbors="bench.find('.nn-list')?.innerText",
    matches="bench.find('.matches-list .list')?.innerText",
    search_field="#search-box",
    whole="true",
)


def measure(small: Case, middle: Case, large: Case, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """The built-in projector at `small` points, its drag at `middle`; this plugin at `large`."""
    built_in = _measure_tool(BUILT_IN, small, folder)
    say(f"exploring, {BUILT_IN.name}, {small.rows:,} points: {built_in}")
    built_in["frames_per_s"] = _measure_tool(BUILT_IN, middle, folder, only_drag=True)["frames_per_s"]
    say(f"exploring, {BUILT_IN.name}, drag of {middle.rows:,} points: {built_in['frames_per_s']:.1f} frames/s")
    ours = _measure_tool(OURS, large, folder)
    say(f"exploring, {OURS.name}, {large.rows:,} points: {ours}")
    rows = {"small": small.rows, "middle": middle.rows, "large": large.rows}
    return {"rows": rows, BUILT_IN.name: built_in, OURS.name: ours}


def _measure_tool(tool: Tool, case: Case, folder: Path, *, only_drag: bool = False) -> dict[str, float]:
    logdir = write_named_clusters(case, folder)
    with TensorBoardProcess(logdir, tensorflow=True) as server, launch_chromium() as browser:
        wait_until_listed(server.url)
        visit = _Visit(tool, browser, server.url)
        visit.open(case.rows)
        if only_drag:
            return {"frames_per_s": visit.drag()}
        points = visit.hover()
        click_ms, click_whole_ms = visit.click([place for place, _ in points])
        search_ms, search_whole_ms = visit.search()
        frames_per_s = visit.drag()
        heap_bytes, array_bytes = visit.heap_bytes()
        figures = {
            "hover_ms": statistics.median(ms for _, ms in points),
            "first_hover_ms": points[0][1],
            "click_ms": click_ms,
            "click_whole_ms": click_whole_ms,
            "search_ms": search_ms,
            "search_whole_ms": search_whole_ms,
            "frames_per_s": frames_per_s,
            "heap_bytes_per_point": (heap_bytes - visit.empty_heap) / case.rows,
            "array_bytes_per_point": array_bytes / case.rows,
        }
        return {name: round(figure, 2) for name, figure in figures.items()}


class _Visit:
    """One visit of one tab."""

    def __init__(self, tool: Tool, browser: Browser, url: str) -> None:
        self._tool = tool
        self._page: Page = browser.new_page(viewport=VIEWPORT)
        self._session: CDPSession = self._page.context.new_cdp_session(self._page)
        self._page.add_init_script(f"({WATCH})()")
        load_shell(self._page, url)
        self.empty_heap, _ = self.heap_bytes()
        self._frame: Frame = self._page.main_frame

    def open(self, rows: int) -> None:
        find_tab(self._page, self._tool.plugin).click()
        self._frame = self._find_frame()
        wanted = f"() => Number(({self._tool.painted} ?? '').replaceAll(',', '')) === {rows}"
        self._frame.wait_for_function(wanted, timeout=TIMEOUT_MS)
        self._frame.wait_for_function(f"() => {LABELS_THERE[self._tool.plugin]}", timeout=TIMEOUT_MS)
        self._page.wait_for_timeout(3 * REST_MS)

    def _find_frame(self) -> Frame:
        if self._tool is OURS:
            return plugin_frame(self._page, "embeddings")
        while True:
            self._page.wait_for_timeout(50)
            for frame in self._page.frames:
                if "projector_binary" in frame.url:
                    return frame

    def heap_bytes(self) -> tuple[float, float]:
        """Returns the bytes of objects, and of the backing stores of arrays, after a collection."""
        self._session.send("HeapProfiler.collectGarbage")
        usage = self._session.send("Runtime.getHeapUsage")
        return float(usage["usedSize"]), float(usage.get("backingStorageSize", 0))

    def hover(self) -> list[tuple[tuple[float, float], float]]:
        """Positions of points, and the ms until each name was shown, including the first one, which builds an index."""
        found = []
        for x, y in self._places():
            self._page.mouse.move(x + 3, y)
            self._page.wait_for_timeout(120)
            ms = self._time("mousemove" if self._tool is BUILT_IN else "pointermove", self._tool.hovered, 1500,
                            lambda x=x, y=y: self._page.mouse.move(x, y))  # fmt: skip
            if ms is not None:
                found.append(((x, y), ms[0]))
            if len(found) == HOVERS:
                break
        return found

    def click(self, places: list[tuple[float, float]]) -> tuple[float, float]:
        """Ms until the neighbors are painted, and until the picture is complete."""
        taken = []
        for x, y in places[:: max(1, len(places) // CLICKS)]:
            self._page.mouse.move(x, y)
            self._page.wait_for_timeout(400)
            ms = self._time("mousedown" if self._tool is BUILT_IN else "pointerdown", self._tool.neighbors, 20_000,
                            lambda x=x, y=y: self._page.mouse.click(x, y))  # fmt: skip
            if ms is not None:
                taken.append(ms)
            self._page.wait_for_timeout(REST_MS)
        return _median_pair(taken)

    def search(self) -> tuple[float, float]:
        """From the event of the last key; both tools search while the user types."""
        field = self._frame.locator(self._tool.search_field).locator("input").first
        taken = []
        for words in SEARCHES:
            field.fill("")
            self._page.wait_for_timeout(REST_MS)
            ms = self._time("input", self._tool.matches, 20_000, lambda words=words: field.fill(words))
            if ms is not None:
                taken.append(ms)
        field.fill("")
        self._page.keyboard.press("Escape")
        self._page.wait_for_timeout(REST_MS)
        return _median_pair(taken)

    def drag(self) -> float:
        """Frames per second drawn while the pointer moves in circles with its button held."""
        left, top, width, height = self._box()
        middle = (left + width / 2, top + height / 2)
        self._page.mouse.move(middle[0] + 80, middle[1])
        self._page.mouse.down()
        before, started = self._drawn()
        while self._drawn()[1] - started < DRAG_S * 1000:
            turn = 2 * math.pi * self._drawn()[1] / 2000
            self._page.mouse.move(middle[0] + 80 * math.cos(turn), middle[1] + 50 * math.sin(turn))
        drawn, ended = self._drawn()
        self._page.mouse.up()
        return 1000 * (drawn - before) / (ended - started)

    def _drawn(self) -> tuple[int, float]:
        drawn, now = self._frame.evaluate("() => [bench.drawn, performance.now()]")
        return int(drawn), float(now)

    def _places(self) -> list[tuple[float, float]]:
        """A grid over the center of the picture, where the cloud is."""
        left, top, width, height = self._box()
        return [
            (left + width * (0.3 + 0.4 * column / 12), top + height * (0.3 + 0.4 * line / 8))
            for line in range(9)
            for column in range(13)
        ]

    def _box(self) -> tuple[float, float, float, float]:
        return PICTURES[self._tool.plugin]

    def _time(self, event: str, read: str, budget_ms: int, act: Callable[[], None]) -> tuple[float, float] | None:
        functions = f"() => {read}, () => {self._tool.whole}"
        draws_later = "true" if self._tool is OURS and event != "pointermove" else "false"
        timing = f"bench.time('{event}', {functions}, {draws_later}, {budget_ms})"
        self._frame.evaluate(f"() => {{ bench.timed = {timing}; }}")
        act()
        answer = self._frame.evaluate("() => bench.timed")
        return None if answer is None else (float(answer[0]), float(answer[1]))


def _median_pair(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    seen, whole = zip(*pairs, strict=True)
    return statistics.median(seen), statistics.median(whole)


#: Position of each tool's picture in the window: left, top, width, height in px.
PICTURES = {"embeddings": (281, 104, 678, 668), "projector": (300, 120, 680, 660)}
#: Conditions that hold once the metadata has arrived.
LABELS_THERE = {
    "embeddings": "bench.find('select-field[label=\"Label by\"]')?.disabled === false",
    "projector": "bench.find('#search-box') !== null",
}
