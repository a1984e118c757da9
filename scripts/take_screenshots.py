"""Takes the screenshots in docs/screenshots/: the tab on real data, in both themes and two sizes.

    python scripts/take_screenshots.py [--out FOLDER] [--only digits words …]

Trains the demo, writes the other data, starts TensorBoard and Chromium, and visits each scene like a user. Look at
every changed picture before you commit it.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests")]

from bad_input.bad_runs import BAD_RUNS, GOOD, write_logdir  # noqa: E402
from chromium_browser import launch_chromium, open_shell, plugin_frame  # noqa: E402
from embeddings_tab import EmbeddingsTab  # noqa: E402
from logdir_builders import write_checkpoint, write_metadata  # noqa: E402
from tensorboard_process import TensorBoardProcess  # noqa: E402

SIZES = ((1280, 800), (1920, 1080))
THEMES = ("light", "dark")
EPOCHS = 6
POINTS = 100_000
LAYOUT_TIMEOUT_MS = 120_000
LOADING_NEIGHBORS = itertools.count(60)
#: Number of colors: few keep a clone small, as the file is about a tenth of the browser's output.
COLORS = 256


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--only", nargs="*", choices=SCENES, default=list(SCENES))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launch_chromium() as browser:
        logdirs = Path(folder)
        for name in options.only:
            write, show = SCENES[name]
            with TensorBoardProcess(write(logdirs)) as server:
                take(browser, server, show, name, options.out)


def take(
    browser: Browser, server: TensorBoardProcess, show: Callable[[EmbeddingsTab], None], name: str, out: Path
) -> None:
    """One scene in every theme and size."""
    for theme, (width, height) in itertools.product(THEMES, SIZES):
        context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": height})
        page = context.new_page()
        open_shell(page, server.url)
        page.evaluate("location.hash = 'embeddings'")
        show(EmbeddingsTab(plugin_frame(page, "embeddings")))
        path = out / f"{name}-{theme}-{width}x{height}.png"
        save(page, path)
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB", flush=True)
        context.close()


def save(page: Page, path: Path) -> None:
    """Saves with at most the number of colors that an indexed PNG can have, those of few pixels among them."""
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    # Other methods merge the color of a legend's dot, if few points have it, with its neighbor's.
    few = picture.quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def write_demo(logdirs: Path) -> Path:
    from tb_projector_plugin.demo import train_demo

    if not (logdirs / "demo").exists():
        train_demo(str(logdirs / "demo"), EPOCHS)
    return logdirs / "demo"


def write_points(logdirs: Path) -> Path:
    """100,000 points in clouds of unequal size, spread and elongation, like learned embeddings."""
    random = np.random.default_rng(11)
    clouds = 24
    topics = random.choice(clouds, size=POINTS, p=random.dirichlet(np.full(clouds, 3.0)))
    centers = random.normal(size=(clouds, 64)) * 2.2
    stretch = random.lognormal(0, 0.7, size=(clouds, 64))
    vectors = centers[topics] + random.normal(size=(POINTS, 64)) * stretch[topics]
    run = logdirs / "points" / "topics"
    if run.exists():
        return run.parent
    write_checkpoint(run, 1000, documents=vectors.astype(np.float32))
    (run / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1000"\n')
    rows = ((f"document {row}", f"topic {topic + 1}") for row, topic in enumerate(topics))
    write_metadata(run / "metadata.tsv", [("document", "topic"), *rows])
    (run / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "documents/.ATTRIBUTES/VARIABLE_VALUE" metadata_path: "metadata.tsv" }\n'
    )
    return run.parent


def write_nothing(logdirs: Path) -> Path:
    (logdirs / "logs").mkdir()
    return logdirs / "logs"


def write_bad(logdirs: Path) -> Path:
    return write_logdir(logdirs / "bad" / "logs", [run for run in BAD_RUNS if not run.breaks_builtin])


def show_digits(tab: EmbeddingsTab) -> None:
    tab.choose("Run", "digits")
    _settle(tab)


def show_words(tab: EmbeddingsTab) -> None:
    tab.choose("Run", "words")
    _settle(tab)


def show_selection(tab: EmbeddingsTab) -> None:
    """A word found by search, with its neighbors listed."""
    show_words(tab)
    search = tab.frame.get_by_role("searchbox").first
    search.fill("function")
    tab.frame.get_by_role("listbox", name="Matches").get_by_role("option").first.click()
    search.fill("")
    _neighbors(tab)


def show_digit_neighbors(tab: EmbeddingsTab) -> None:
    """A digit and the images of its neighbors, in 2-D."""
    show_digits(tab)
    tab.frame.get_by_role("radio", name="2-D").first.click()
    tab.frame.get_by_role("searchbox").first.fill("7")
    tab.frame.get_by_role("listbox", name="Matches").get_by_role("option").nth(3).click()
    tab.frame.get_by_role("searchbox").first.fill("")
    _neighbors(tab)


def show_tsne(tab: EmbeddingsTab) -> None:
    """Once it has stopped by itself, or soon before."""
    show_digits(tab)
    _run_layout(tab, "t-SNE", 2)
    _wait_for_iteration(tab, 700)
    tab.button("Stop").click()
    _settle(tab)


def show_tsne_running(tab: EmbeddingsTab) -> None:
    """While it runs, with its controls, its speed and the divergence."""
    show_digits(tab)
    _run_layout(tab, "t-SNE", 2)
    _wait_for_iteration(tab, 350)
    expect(tab.button("Pause")).to_be_visible()


def show_tsne_3d(tab: EmbeddingsTab) -> None:
    """With the guide to reading it beside the controls."""
    show_digits(tab)
    _run_layout(tab, "t-SNE", 3)
    _wait_for_iteration(tab, 1000)
    tab.button("Stop").click()
    tab.frame.get_by_role("button", name="Reading this picture").click()
    _settle(tab)


def show_umap(tab: EmbeddingsTab) -> None:
    show_words(tab)
    _run_layout(tab, "UMAP", 2)
    _wait_for_iteration(tab, 500)
    _settle(tab)


def show_umap_3d(tab: EmbeddingsTab) -> None:
    """Of digits, as points."""
    show_digits(tab)
    tab.button("Images").click()
    _run_layout(tab, "UMAP", 3)
    _wait_for_iteration(tab, 500)
    _settle(tab)


def show_quality(tab: EmbeddingsTab) -> None:
    """How faithful UMAP's picture is, at each point and as a whole."""
    show_digits(tab)
    _run_layout(tab, "UMAP", 2)
    _wait_for_iteration(tab, 500)
    section = tab.frame.locator("quality-section")
    section.get_by_text("How far to believe it").click()
    section.get_by_role("button", name=re.compile("^Measure")).click()
    expect(section.locator("dl")).to_be_visible(timeout=LAYOUT_TIMEOUT_MS)
    tab.button("Images").click()
    _settle(tab)


def show_axes(tab: EmbeddingsTab) -> None:
    """Digits from zeros to ones, and from threes to sevens."""
    show_digits(tab)
    _choose_method(tab, "Axes", 2)
    for axis, ends in enumerate((("0", "1"), ("3", "7"))):
        for end, text in enumerate(ends):
            tab.frame.locator("axis-field").nth(axis).get_by_role("textbox").nth(end).fill(text)
    tab.frame.get_by_role("button", name="Project", exact=True).click()
    expect(tab.status).to_contain_text("axes 2-D")
    _settle(tab)


def show_as_is(tab: EmbeddingsTab) -> None:
    show_words(tab)
    _choose_method(tab, "As is", 3)
    expect(tab.status).to_contain_text("as is 3-D")
    _settle(tab)


def show_points(tab: EmbeddingsTab) -> None:
    _settle(tab)


def show_loading(tab: EmbeddingsTab) -> None:
    """While the server looks for the neighbors of 100,000 points: with its progress, the time left and Cancel."""
    show_points(tab)
    _choose_method(tab, "UMAP", 2)
    # More than the shot before asked for: those would be cached.
    tab.frame.get_by_role("slider", name="Neighbors", exact=True).fill(str(next(LOADING_NEIGHBORS)))
    tab.button("Run UMAP").click()
    progress = tab.frame.locator("layout-run task-progress")
    expect(progress).to_contain_text("left", timeout=LAYOUT_TIMEOUT_MS)


def show_density(tab: EmbeddingsTab) -> None:
    """The density of the 100,000 points, in 2-D, with the menu that turns it on."""
    _settle(tab)
    tab.frame.get_by_role("radio", name="2-D").first.click()
    tab.frame.get_by_role("application").press("h")
    _settle(tab)
    tab.frame.get_by_role("application").press("g")
    _settle(tab)


def show_table(tab: EmbeddingsTab) -> None:
    """Words and their metadata, below the picture."""
    show_words(tab)
    tab.frame.get_by_role("application").press("t")
    _settle(tab)


def show_isolated(tab: EmbeddingsTab) -> None:
    """Only one digit, reprojected, with the way back above the picture."""
    show_digits(tab)
    tab.frame.get_by_role("radio", name="2-D").first.click()
    tab.frame.get_by_role("region", name="Legend").get_by_role("button", name=re.compile("^3")).dblclick()
    _settle(tab)


def show_bookmarks(tab: EmbeddingsTab) -> None:
    """Three saved views, and what else can be saved."""
    show_digits(tab)
    for dimensions in (3, 2):
        tab.frame.get_by_role("radio", name=f"{dimensions}-D").first.click()
        _settle(tab)
        tab.frame.get_by_role("application").press("k")
    _run_layout(tab, "t-SNE", 2)
    _wait_for_iteration(tab, 600)
    tab.button("Stop").click()
    _settle(tab)
    tab.frame.get_by_role("application").press("k")
    tab.frame.get_by_role("application").press("s")
    _settle(tab)


def show_commands(tab: EmbeddingsTab) -> None:
    show_words(tab)
    tab.frame.get_by_role("application").press("Control+k")
    tab.frame.get_by_role("combobox", name="Command").fill("sel")
    _settle(tab)


def show_empty(tab: EmbeddingsTab) -> None:
    expect(tab.frame.get_by_role("heading", name="No embeddings found")).to_be_visible()


def show_problems(tab: EmbeddingsTab) -> None:
    tab.choose("Run", GOOD)
    tab.button(re.compile(r"^\d+ problems?")).click()
    _settle(tab)


def show_failure(tab: EmbeddingsTab) -> None:
    """A run that cannot be drawn: why, where and what to do, in place of its picture."""
    tab.choose("Run", "corrupt_tensor")
    expect(tab.button("Try again")).to_be_visible()


def _choose_method(tab: EmbeddingsTab, name: str, dimensions: int) -> None:
    tab.frame.get_by_role("radiogroup", name="Projection").get_by_role("radio", name=name, exact=True).click()
    tab.frame.get_by_role("radio", name=f"{dimensions}-D").first.click()


def _run_layout(tab: EmbeddingsTab, name: str, dimensions: int) -> None:
    _choose_method(tab, name, dimensions)
    tab.button(f"Run {name}").click()


def _wait_for_iteration(tab: EmbeddingsTab, least: int) -> None:
    def iteration() -> int:
        found = re.search(r"([\d,]+)(?: of [\d,]+)? (?:iteration|epoch)s?", tab.status.inner_text())
        return int(found[1].replace(",", "")) if found else 0

    tab.wait_until(lambda: iteration() >= least, timeout_s=LAYOUT_TIMEOUT_MS / 1000)


def _neighbors(tab: EmbeddingsTab) -> None:
    expect(tab.frame.get_by_role("listbox", name="Nearest neighbors").get_by_role("option").first).to_be_visible()
    _settle(tab)


def _settle(tab: EmbeddingsTab) -> None:
    """Waits for labels, colors and images, which arrive after the first picture."""
    tab.wait_painted()
    tab.page.wait_for_load_state("networkidle")
    tab.page.wait_for_timeout(500)
    tab.wait_painted()


SCENES: dict[str, tuple[Callable[[Path], Path], Callable[[EmbeddingsTab], None]]] = {
    "digits": (write_demo, show_digits),
    "digit-neighbors": (write_demo, show_digit_neighbors),
    "words": (write_demo, show_words),
    "selection": (write_demo, show_selection),
    "tsne": (write_demo, show_tsne),
    "tsne-running": (write_demo, show_tsne_running),
    "tsne-3d": (write_demo, show_tsne_3d),
    "umap": (write_demo, show_umap),
    "umap-3d": (write_demo, show_umap_3d),
    "quality": (write_demo, show_quality),
    "axes": (write_demo, show_axes),
    "as-is": (write_demo, show_as_is),
    "points": (write_points, show_points),
    "loading": (write_points, show_loading),
    "density": (write_points, show_density),
    "table": (write_demo, show_table),
    "isolated": (write_demo, show_isolated),
    "bookmarks": (write_demo, show_bookmarks),
    "commands": (write_demo, show_commands),
    "empty": (write_nothing, show_empty),
    "problems": (write_bad, show_problems),
    "failure": (write_bad, show_failure),
}

if __name__ == "__main__":
    main()
