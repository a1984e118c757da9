"""Writes builtin_bookmarks.json: the file that TensorBoard's built-in projector saves for three of its pictures.

    .venv/bin/python frontend/test/node/golden/write_builtin_bookmarks.py

It needs TensorFlow, with which the built-in projector reads checkpoints, and Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[3] / "tests" / "support"), str(HERE.parents[3] / "scripts")]

from chromium_browser import launch_chromium, open_shell  # noqa: E402 (the path has to be set before)
from logdir_builders import write_checkpoint, write_events, write_metadata  # noqa: E402
from playwright.sync_api import Frame, Page, expect  # noqa: E402
from tensorboard_process import TensorBoardProcess  # noqa: E402

ROWS, DIMS = 40, 4


def write_run(run: Path) -> Path:
    write_checkpoint(run, 1, words=np.random.default_rng(3).standard_normal((ROWS, DIMS)).astype(np.float32))
    (run / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1"\n')
    write_metadata(run / "metadata.tsv", [("word", "kind"), *((f"word {row}", "ab"[row % 2]) for row in range(ROWS))])
    (run / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "words/.ATTRIBUTES/VARIABLE_VALUE" metadata_path: "metadata.tsv" }\n'
    )
    write_events(run)
    return run.parent


def save_bookmarks(page: Page, frame: Frame, target: Path) -> None:
    """Of PCA, of custom axes, and of t-SNE once it has moved."""
    panel = frame.locator("vz-projector-bookmark-panel")
    panel.locator("#expand-more").click()
    add = panel.get_by_title("Add bookmark")
    add.click()
    choose(frame, "custom")
    for end, text in (("xLeft", "word 1"), ("xRight", "word 2"), ("yUp", "word 3"), ("yDown", "word 4")):
        frame.locator(f"#{end}").locator("input").fill(text)
    add.click()
    choose(frame, "t-sne")
    expect(frame.locator(".run-tsne-iter")).not_to_have_text("0", timeout=60_000)
    frame.locator(".pause-tsne").click()
    add.click()
    with page.expect_download() as download:
        panel.get_by_title("Save bookmarks").click()
    download.value.save_as(target)


def choose(frame: Frame, method: str) -> None:
    frame.locator("vz-projector-projections-panel .ink-tab").filter(has_text=method).click()


def find_projector(page: Page) -> Frame:
    """It is in a frame within the plugin's."""
    expect(page.frame_locator("iframe").frame_locator("iframe").locator("vz-projector-bookmark-panel")).to_be_attached(
        timeout=60_000
    )
    frame = next(one for one in page.frames if one.url.endswith("projector_binary.html"))
    expect(frame.locator("span.numDataPoints")).to_have_text(str(ROWS), timeout=60_000)
    return frame


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, launch_chromium() as browser:
        logdir = write_run(Path(folder) / "logs" / "words")
        with TensorBoardProcess(logdir, tensorflow=True) as board:
            board.wait_until_enabled("projector")
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            open_shell(page, board.url)
            page.evaluate("location.hash = 'projector'")
            save_bookmarks(page, find_projector(page), HERE / "builtin_bookmarks.json")


if __name__ == "__main__":
    main()
