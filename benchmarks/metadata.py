"""A million rows of metadata in the page: from the request to columns that can be selected, colored by and searched.

The clock of the first figure is the page's: it starts when the request for `/metadata` is sent and stops when the
columns can be selected. Coloring and searching are timed from the user's action to its effect in the page.
"""

from __future__ import annotations

import re
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
from checkpoints import NAME, Case, write_case
from chromium_browser import launch_chromium
from playwright.sync_api import Frame, expect
from process_figures import MemoryPeaks
from tab import OURS, VIEWPORT, find_tab, load_shell, renderer_pid, wait_until_listed
from tensorboard_process import TensorBoardProcess

COLUMNS = ("label", "word", "class", "count", "score")
WORDS, CLASSES = 50_000, 60
TIMEOUT_MS = 120_000

#: Records when «Color by» first offers columns, and tasks that blocked the page for over 50 ms since the request.
WATCH = """() => {
  const seen = window.seenMetadata = {usable: null, tasks: []};
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((one) => [one.startTime, one.duration])))
    .observe({type: "longtask", buffered: true});
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.label === "Color by") return element;
      const found = element.shadowRoot && find(element.shadowRoot);
      if (found) return found;
    }
  };
  const look = () => {
    const field = find(document);
    if (field && !field.disabled && field.options.length >= COLUMNS) seen.usable = performance.now();
    else setTimeout(look, 10);
  };
  look();
}"""
READ = """() => {
  const entry = performance.getEntriesByType("resource").find((one) => one.name.includes("/metadata?"));
  const {usable, tasks} = window.seenMetadata;
  const since = tasks.filter(([start]) => start > entry.startTime && start < usable).map(([, duration]) => duration);
  return {
    first_byte_s: (entry.responseStart - entry.startTime) / 1e3,
    last_byte_s: (entry.responseEnd - entry.startTime) / 1e3,
    usable_s: (usable - entry.startTime) / 1e3,
    longest_task_ms: Math.max(0, ...since),
  };
}"""


def write_metadata_case(case: Case, folder: Path) -> Path:
    """Writes the logdir of `case` with a label, a word, a class, an integer and a number for each of its rows."""
    logdir = write_case(case, folder)
    (logdir / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "{NAME}/.ATTRIBUTES/VARIABLE_VALUE" metadata_path: "metadata.tsv" }}\n'
    )
    if not (logdir / "metadata.tsv").exists():
        random = np.random.default_rng(0)
        words = np.minimum(random.zipf(1.3, case.rows), WORDS)
        classes, counts = random.integers(0, CLASSES, case.rows), random.integers(0, 100_000, case.rows)
        columns = zip(words.tolist(), classes.tolist(), counts.tolist(), random.random(case.rows).tolist(), strict=True)
        with (logdir / "metadata.tsv").open("w") as file:
            file.write("\t".join(COLUMNS) + "\n")
            for row, (word, kind, count, score) in enumerate(columns):
                file.write(f"item_{row:07d}\tw{word:06x}\tclass {kind}\t{count}\t{score:.6f}\n")
    return logdir


def measure(case: Case, folder: Path) -> dict[str, Any]:
    """The server's part alone, then everything in a page of another, freshly started server."""
    logdir = write_metadata_case(case, folder)
    results: dict[str, Any] = {"label": f"{case.rows:,} x {len(COLUMNS)}"}
    with TensorBoardProcess(logdir, tensorflow=True) as server:
        results |= _ask_server(server)
    with TensorBoardProcess(logdir, tensorflow=True) as server, launch_chromium() as browser:
        wait_until_listed(server.url)
        page = browser.new_page(viewport=VIEWPORT)
        load_shell(page, server.url)
        memory = MemoryPeaks({"renderer": renderer_pid(browser)})
        find_tab(page, OURS.plugin).click()
        page.locator("iframe").last.wait_for(state="attached")
        frame = _find_frame(page.frames)
        frame.evaluate(WATCH.replace("COLUMNS", str(len(COLUMNS))))
        frame.wait_for_function("() => window.seenMetadata.usable !== null", timeout=TIMEOUT_MS)
        results |= frame.evaluate(READ)
        frame.locator(f"[data-painted='{case.rows}']").wait_for(timeout=TIMEOUT_MS)
        results |= {"colored_s": _time_coloring(frame, case), "found_s": _time_search(frame, case)}
        results["renderer_peak_mib"] = memory.stop()["renderer"]
    return results


def _ask_server(server: TensorBoardProcess) -> dict[str, float]:
    memory = MemoryPeaks({"server": server.pid})
    query = urllib.parse.urlencode({"run": ".", "name": NAME})
    urllib.request.urlopen(f"{server.url}/data/plugin/embeddings/runs").read()
    started = time.perf_counter()
    with urllib.request.urlopen(f"{server.url}/data/plugin/embeddings/metadata?{query}") as answer:
        size = len(answer.read())
    seconds = time.perf_counter() - started
    return {"server_s": seconds, "megabytes": size / 1e6, "server_peak_mib": memory.stop()["server"]}


def _find_frame(frames: list[Frame]) -> Frame:
    return next(frame for frame in frames if f"name={OURS.plugin}" in frame.url)


def _time_coloring(frame: Frame, case: Case) -> float:
    """Until the legend shows the class, and all points are drawn again."""
    started = time.perf_counter()
    frame.get_by_role("combobox", name="Color by", exact=True).select_option(label="class")
    expect(frame.get_by_role("region", name="Legend: class")).to_be_visible(timeout=TIMEOUT_MS)
    frame.locator(f"[data-painted='{case.rows}']").wait_for(timeout=TIMEOUT_MS)
    return time.perf_counter() - started


def _time_search(frame: Frame, case: Case) -> float:
    """Searches for the label of the last row, until it is listed."""
    label = f"item_{case.rows - 1:07d}"
    started = time.perf_counter()
    frame.get_by_role("searchbox").first.fill(label)
    expect(frame.get_by_role("option", name=re.compile(label)).first).to_be_visible(timeout=TIMEOUT_MS)
    return time.perf_counter() - started
