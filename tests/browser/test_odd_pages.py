"""Unusual pages: markup in every text, a browser without WebGL, a table of a thousand columns."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from embeddings_tab import EmbeddingsTab
from logdir_builders import write_labeled_run
from playwright.sync_api import Page, expect

from .grid import find_point

SCRIPT = "<img src=x onerror=globalThis.ran=1><script>globalThis.ran=1</script><b>bold</b>"
#: Names of runs and tensors are paths, so this has no slashes.
NAME = "<img src=x onerror=globalThis.ran=1><b>bold"
ROWS = 60
VECTORS = np.random.default_rng(2).normal(size=(ROWS, 6)).astype(np.float32)
COUNT_MARKUP = """() => {
  let found = 0;
  const visit = root => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches("img[src=x]") || (element.matches("script") && /ran=1/.test(element.textContent))) found++;
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  return [found, globalThis.ran ?? 0, top.ran ?? 0];
}"""
NO_WEBGL = """
for (const Canvas of [HTMLCanvasElement, globalThis.OffscreenCanvas]) {
  const getContext = Canvas.prototype.getContext;
  Canvas.prototype.getContext = function (kind, ...more) {
    return kind.includes("webgl") ? null : getContext.call(this, kind, ...more);
  };
}
"""

REFUSED_SHADERS = """
const { shaderSource } = WebGL2RenderingContext.prototype;
WebGL2RenderingContext.prototype.shaderSource = function (shader) {
  shaderSource.call(this, shader, "#version 300 es\\nvoid main() { unknown(); }");
};
"""


@pytest.fixture
def script_logdir(tmp_path: Path) -> Path:
    run = tmp_path / "logs" / NAME
    rows = [(f"{SCRIPT}{row}", f"{SCRIPT}{row % 3}", str(row)) for row in range(ROWS)]
    write_labeled_run(run, [(SCRIPT, f"kind{SCRIPT}", f"number{SCRIPT}"), *rows], **{NAME: VECTORS})
    return tmp_path / "logs"


def test_script_in_every_text_is_text(script_logdir: Path, tensorboard_server, open_tab, page: Page) -> None:
    tab = EmbeddingsTab(open_tab(tensorboard_server(script_logdir)))
    tab.wait_painted(ROWS)
    tab.choose("Color by", f"kind{SCRIPT}")
    tab.picture.focus()
    page.keyboard.press("t")
    expect(tab.frame.get_by_role("gridcell", name=f"{SCRIPT}0", exact=True).first).to_be_visible()
    tab.frame.get_by_role("gridcell", name=f"{SCRIPT}4", exact=True).first.click()
    tab.frame.get_by_role("columnheader", name=re.compile("^kind")).get_by_role("button").click()
    expect(tab.frame.get_by_role("listbox", name="Values").get_by_role("option").first).to_contain_text(SCRIPT)
    _expect_no_markup(tab)
    page.keyboard.press("Escape")
    tab.frame.get_by_role("searchbox").first.fill("<img")
    expect(tab.frame.get_by_role("listbox", name=re.compile("matches", re.IGNORECASE))).to_contain_text(SCRIPT)
    page.keyboard.press("Control+k")
    page.keyboard.type("bold")
    expect(tab.frame.get_by_role("listbox", name="Commands")).to_contain_text("<img")
    _expect_no_markup(tab)
    page.keyboard.press("Escape")
    spot = tab.spots()[0]
    tab.move_to(spot.x, spot.y)
    _expect_no_markup(tab)


def test_without_webgl_points_are_drawn_in_the_plane(
    words_logdir: Path, tensorboard_server, open_tab, page: Page
) -> None:
    page.add_init_script(NO_WEBGL)
    tab = EmbeddingsTab(open_tab(tensorboard_server(words_logdir)))
    tab.wait_painted(ROWS)
    assert len(tab.spots()) > 1
    tab.button("Table").click()
    expect(tab.frame.get_by_role("gridcell", name="word 3", exact=True)).to_be_visible()


def test_a_driver_that_refuses_the_shaders(words_logdir: Path, tensorboard_server, open_tab, page: Page) -> None:
    page.add_init_script(REFUSED_SHADERS)
    tab = EmbeddingsTab(open_tab(tensorboard_server(words_logdir)))
    tab.wait_painted(ROWS)
    expect(tab.frame.get_by_text(re.compile("does not run this page's shaders"))).to_be_visible()
    tab.button("Close the note").click()
    x, y, _ = find_point(tab)
    tab.click_at(x, y)
    tab.expect_text(re.compile(r"«word \d+» and \d+ neighbors"))


@pytest.fixture
def words_logdir(tmp_path: Path) -> Path:
    write_labeled_run(tmp_path / "logs" / "run", [(f"word {row}",) for row in range(ROWS)], words=VECTORS)
    return tmp_path / "logs"


def test_a_table_of_a_thousand_columns(tmp_path: Path, tensorboard_server, open_tab, page: Page) -> None:
    run = tmp_path / "logs" / "wide"
    names = [f"column {number:04d}" for number in range(1000)]
    cells = [[f"{row}.{number}" for number in range(1000)] for row in range(ROWS)]
    cells[1][999] = "long " + "x" * (1 << 20)
    write_labeled_run(run, [names, *cells], words=VECTORS)
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs")))
    tab.wait_painted(ROWS)
    tab.picture.focus()
    page.keyboard.press("t")
    grid = tab.frame.get_by_role("grid", name="Table")
    expect(grid).to_have_attribute("aria-colcount", "1001")
    page.keyboard.press("End")
    expect(tab.frame.get_by_role("columnheader", name="column 0999")).to_be_visible()
    long = tab.frame.get_by_role("gridcell", name=re.compile("^long xxx"))
    expect(long).to_be_visible()
    assert len(long.inner_text()) < 1000, "a cell shows the start of what it holds"
    assert tab.frame.get_by_role("columnheader").count() < 40, "columns out of sight do not exist"
    tab.button("Columns").click()
    tab.frame.get_by_role("searchbox", name="Find a column").fill("0998")
    tab.frame.get_by_role("checkbox", name="column 0998").click()
    expect(grid).to_have_attribute("aria-colcount", "1000")


def _expect_no_markup(tab: EmbeddingsTab) -> None:
    assert tab.frame.evaluate(COUNT_MARKUP) == [0, 0, 0]
