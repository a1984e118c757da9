"""Uses the tab in Firefox: it is painted, a layout runs to its end, and a click lists the point's neighbors.

    python tests/compat/firefox_tab.py [/path/to/firefox]

Playwright drives the machine's own Firefox through WebDriver BiDi, in a window if there is a display (under Xvfb it
has WebGL 2), else headless. Prints one line for each step; exits with 1 if one failed.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/support"), str(ROOT / "scripts")]

import numpy as np  # noqa: E402
from chromium_browser import plugin_frame  # noqa: E402
from embeddings_tab import NO_AXES, EmbeddingsTab  # noqa: E402
from logdir_builders import write_checkpoint, write_metadata  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402
from tensorboard_process import TensorBoardProcess  # noqa: E402

ROWS = 400
VIEWPORT = {"width": 1280, "height": 800}
TIMEOUT_MS = 60_000


def main(arguments: list[str]) -> int:
    path = next(iter(arguments), None) or shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        print("No Firefox on the PATH (Debian: `apt-get install firefox-esr`).")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_logdir(Path(folder))
        headless = not os.environ.get("DISPLAY")
        browser = playwright.firefox.launch(channel="moz-firefox", executable_path=path, headless=headless)
        with TensorBoardProcess(folder) as server:
            page = browser.new_page(viewport=VIEWPORT)
            page.goto(f"{server.url}/#embeddings&{NO_AXES}&p.embeddings.dimensions=2")
            results = [try_step(step, EmbeddingsTab(plugin_frame(page, "embeddings"))) for step in STEPS]
            print(f"Firefox {browser.version}")
        browser.close()
    return int(not all(results))


def write_logdir(logdir: Path) -> None:
    """Three clouds, and in the last row a point far from all of them."""
    random = np.random.default_rng(7)
    vectors = 4 * random.normal(size=(3, 16))[np.arange(ROWS) % 3] + random.normal(size=(ROWS, 16))
    vectors[-1] = 60
    write_checkpoint(logdir, 1, words=vectors.astype(np.float32))
    write_metadata(logdir / "labels.tsv", [[f"word{row}"] for row in range(ROWS)])
    (logdir / "projector_config.pbtxt").write_text('embeddings { tensor_name: "words" metadata_path: "labels.tsv" }\n')


def paint(tab: EmbeddingsTab) -> str:
    tab.wait_complete(ROWS)
    has_webgl = tab.frame.evaluate("document.createElement('canvas').getContext('webgl2') !== null")
    return f"{ROWS} points, {len(tab.spots())} spots, {'with' if has_webgl else 'without'} WebGL 2"


def click(tab: EmbeddingsTab) -> str:
    spot = tab.farthest_spot()
    tab.click_at(spot.x, spot.y)
    neighbors = tab.frame.get_by_role("listbox", name=re.compile("neighbors", re.IGNORECASE)).get_by_role("option")
    expect(neighbors.first).to_be_visible(timeout=TIMEOUT_MS)
    return f"{neighbors.count()} neighbors listed"


def run_umap(tab: EmbeddingsTab) -> str:
    tab.frame.get_by_role("radiogroup", name="Projection").get_by_role("radio", name="UMAP", exact=True).click()
    tab.button("Run UMAP").click()
    live = tab.frame.locator("layout-run")
    expect(live).to_contain_text(re.compile(r"500 epochs"), timeout=TIMEOUT_MS)
    tab.wait_complete(ROWS)
    return f"to its end, {len(tab.spots())} spots"


STEPS: tuple[Callable[[EmbeddingsTab], str], ...] = (paint, click, run_umap)


def try_step(step: Callable[[EmbeddingsTab], str], tab: EmbeddingsTab) -> bool:
    try:
        print(f"{step.__name__}: {step(tab)}", flush=True)
    except Exception as error:  # noqa: BLE001  Whatever fails is the result.
        print(f"{step.__name__}: failed: {error}", flush=True)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
