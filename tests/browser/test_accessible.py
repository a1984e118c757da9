"""axe finds no violations in the tab, in both themes and its main states."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Frame, Page, expect
from tensorboard_process import TensorBoardProcess

from .axe import find_violations
from .logdirs import write_words_run
from .projecting import choose_method, measure_quality, pause_layout, run_layout, stop_layout

#: Light last, which leaves TensorBoard in the theme it started in.
THEMES = ("dark", "light")
#: All that can take the focus, shadow roots included: `stops`.
FIND_CONTROLS = """
  const stops = [];
  const visit = root => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches("button, input, select, textarea, summary, a[href], [tabindex]")) stops.push(element);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
"""
#: Finds what axe misses: controls that no key leads to.
STOPS = (
    "() => {"
    + FIND_CONTROLS
    + """  return stops.filter(one => one.checkVisibility() && one.tabIndex < 0 && !one.popover && !one.disabled
    && !one.closest("[role=radiogroup], [role=grid], [role=tablist], [role=listbox], [role=group], [inert]"))
    .map(one => one.outerHTML.slice(0, 200));
}"""
)

#: Finds controls whose looks, and those of what holds them, are the same with the focus as without.
UNSEEN = (
    "() => {"
    + FIND_CONTROLS
    + """  const looks = (element) => {
    const seen = [];
    for (let one = element, up = 0; one && up < 3; one = one.parentElement, up++) {
      const {outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor} = getComputedStyle(one);
      const outline = outlineStyle === "none" || outlineWidth === "0px" ? "" : outlineWidth + outlineColor;
      const after = getComputedStyle(one, "::after").backgroundColor;
      seen.push(outline, boxShadow, borderColor, backgroundColor, after);
    }
    return seen.join(" ");
  };
  const unseen = [];
  for (const stop of stops.filter(one => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled)) {
    stop.blur();
    const before = looks(stop);
    stop.focus({focusVisible: true});
    const isFocused = stop.matches(":focus"); // What lies behind a dialog cannot be.
    if (isFocused && looks(stop) === before) unseen.push(stop.outerHTML.slice(0, 200));
    stop.blur();
  }
  return unseen;
}"""
)


def _start(tab: EmbeddingsTab) -> None:
    tab.wait_painted()


def _select(tab: EmbeddingsTab) -> None:
    tab.frame.get_by_role("searchbox").fill("word12")
    tab.frame.get_by_role("listbox", name=re.compile("matches", re.IGNORECASE)).get_by_role("option").first.click()
    expect(tab.frame.get_by_role("listbox", name=re.compile("neighbors", re.IGNORECASE))).to_be_visible()


def _open_table(tab: EmbeddingsTab) -> None:
    _select(tab)
    tab.button("Table").click()
    tab.frame.get_by_role("columnheader", name="count").click()


def _filter(tab: EmbeddingsTab) -> None:
    _open_table(tab)
    tab.frame.get_by_role("columnheader", name="kind").get_by_role("button").click()
    tab.frame.get_by_role("option", name=re.compile("noun")).click()


def _choose_columns(tab: EmbeddingsTab) -> None:
    _open_table(tab)
    tab.button("Columns").click()


def _open_palette(tab: EmbeddingsTab) -> None:
    tab.picture.focus()
    tab.page.keyboard.press("Control+k")
    tab.page.keyboard.type("col")


def _show_keys(tab: EmbeddingsTab) -> None:
    tab.picture.focus()
    tab.page.keyboard.press("?")


def _open_drawing(tab: EmbeddingsTab) -> None:
    tab.button("Drawing").click()


def _open_save(tab: EmbeddingsTab) -> None:
    tab.picture.focus()
    tab.page.keyboard.press("s")
    tab.expect_text(re.compile("PNG"))


def _bookmark(tab: EmbeddingsTab) -> None:
    tab.picture.focus()
    tab.page.keyboard.press("k")
    tab.page.keyboard.press("k")
    tab.button(re.compile("^Bookmarks")).click()


def _add_up(tab: EmbeddingsTab) -> None:
    tab.picture.focus()
    tab.page.keyboard.press("e")
    tab.page.keyboard.type("word001 - word002")
    tab.page.keyboard.press("Enter")


def _tag(tab: EmbeddingsTab) -> None:
    _select(tab)
    tab.button("Tag").click()
    tab.frame.get_by_text("Colors", exact=True).click()


def _filter_by_legend(tab: EmbeddingsTab) -> None:
    legend = tab.frame.get_by_role("region", name="Legend")
    legend.get_by_role("button", name=re.compile("noun")).click()
    tab.choose("Size by", "count")


def _range_of_legend(tab: EmbeddingsTab) -> None:
    tab.choose("Color by", "count")
    tab.frame.get_by_role("slider", name="count: smallest value shown").press("PageUp")
    expect(tab.frame.get_by_role("region", name="Legend: count")).to_contain_text("only 1")


def _isolate(tab: EmbeddingsTab) -> None:
    _select(tab)
    tab.button("Isolate").click()
    tab.frame.get_by_role("radio", name="2-D", exact=True).click()


def _run_layout(tab: EmbeddingsTab) -> None:
    run_layout(tab, "t-SNE")
    stop_layout(tab)


def _pause_layout(tab: EmbeddingsTab) -> None:
    """As it looks while it runs, but for the numbers, which change under axe."""
    run_layout(tab, "t-SNE")
    tab.frame.get_by_text("More", exact=True).click()
    pause_layout(tab)


def _read_guide(tab: EmbeddingsTab) -> None:
    choose_method(tab, "t-SNE")
    tab.button("Reading this picture").click()
    expect(tab.frame.locator("#guide")).to_be_visible()


def _measure(tab: EmbeddingsTab) -> None:
    measure_quality(tab)


def _follow_a_bad_link(tab: EmbeddingsTab) -> None:
    tab.page.evaluate("() => { location.hash += '&p.embeddings.colorBy=gone&p.embeddings.row=9999'; }")
    expect(tab.frame.get_by_role("status", name="About the address")).to_contain_text("the color column “gone”")


def _custom_axes(tab: EmbeddingsTab) -> None:
    tab.frame.get_by_role("radio", name="Axes", exact=True).click()


def _as_is(tab: EmbeddingsTab) -> None:
    tab.frame.get_by_role("radio", name="As is", exact=True).click()


def _narrow(tab: EmbeddingsTab) -> None:
    tab.page.set_viewport_size({"width": 700, "height": 800})
    expect(tab.combobox("Run")).to_be_hidden()
    tab.frame.get_by_role("button", name="Data and projection panel", exact=True).click()


STATES = (
    *(_start, _select, _open_table, _filter, _choose_columns, _open_palette, _show_keys, _open_drawing, _run_layout),
    *(
        _custom_axes,
        _as_is,
        _narrow,
        _open_save,
        _bookmark,
        _add_up,
        _tag,
        _filter_by_legend,
        _range_of_legend,
        _isolate,
    ),
    *(_pause_layout, _read_guide, _measure, _follow_a_bad_link),
)


@pytest.mark.parametrize("go", STATES, ids=lambda go: go.__name__.strip("_"))
def test_axe_finds_nothing(words: EmbeddingsTab, go: Callable[[EmbeddingsTab], None]) -> None:
    go(words)
    _expect_nothing_found(words.frame)


def test_axe_finds_nothing_in_an_empty_page(tensorboard_server, empty_logdir: Path, open_tab) -> None:
    frame = open_tab(tensorboard_server(empty_logdir))
    expect(frame.get_by_role("heading", name="No embeddings found")).to_be_visible()
    _expect_nothing_found(frame)


def test_axe_finds_nothing_among_problems(tensorboard_server, tmp_path: Path, open_tab) -> None:
    run = write_words_run(tmp_path / "logs" / "words")
    (run / "metadata.tsv").write_text("word\nonly one\n")
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs")))
    tab.wait_painted()
    tab.button(re.compile("problem")).click()
    _expect_nothing_found(tab.frame)


def test_less_motion_is_less_motion(board: TensorBoardProcess, page: Page, open_tab) -> None:
    page.emulate_media(reduced_motion="reduce")
    tab = EmbeddingsTab(open_tab(board))
    tab.wait_painted()
    tab.frame.get_by_role("radio", name="2-D", exact=True).click()
    expect(tab.status).to_contain_text("2-D")
    tab.wait_painted()
    assert tab.frame.evaluate(MOVING) == []


#: Elements that would move despite the user's preference for reduced motion.
MOVING = """() => {
  const found = [];
  const visit = root => {
    for (const element of root.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const isLong = text => text.split(",").some(part => parseFloat(part) > 0);
      const isMoving = style.animationName !== "none" || isLong(style.transitionDuration);
      if (isMoving) found.push(element.outerHTML.slice(0, 120));
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  return found;
}"""


#: Waits until the transitions that the last frame began have ended; infinite animations are ignored.
END_OF_TRANSITIONS = """async () => {
  const rootsBelow = root => [root, ...[...root.querySelectorAll("*")].flatMap(
    element => element.shadowRoot ? rootsBelow(element.shadowRoot) : []
  )];
  const running = () => rootsBelow(document).flatMap(root => root.getAnimations()).filter(
    one => one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity
  );
  const end = Date.now() + 60_000;
  while (running().length > 0) {
    if (Date.now() > end) throw new Error("These move on and on: " + running().map(one => one.effect.target.outerHTML));
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}"""


def _show_theme(frame: Frame, theme: str) -> None:
    frame.page.evaluate("isDark => document.body.classList.toggle('dark-mode', isDark)", theme == "dark")
    expect(frame.locator("html")).to_have_attribute("data-theme", theme)
    EmbeddingsTab(frame).next_frames()
    frame.evaluate(END_OF_TRANSITIONS)  # Colors in transition have no final contrast.


def _expect_nothing_found(frame: Frame) -> None:
    found: list[str] = []
    for theme in THEMES:
        _show_theme(frame, theme)
        found += [f"{theme}: {one}" for one in find_violations(frame)]
    found += [f"no key leads to {stop}" for stop in frame.evaluate(STOPS)]
    frame.page.keyboard.press("Shift")  # The focus is shown to those who move it by keys.
    found += [f"the focus is not seen on {stop}" for stop in frame.evaluate(UNSEEN)]
    assert found == [], "\n".join(found)


def test_the_focus_is_seen_on_every_control(words: EmbeddingsTab) -> None:
    _select(words)
    for theme in THEMES:
        _show_theme(words.frame, theme)
        words.page.keyboard.press("Tab")  # The focus is shown to those who move it by keys.
        unseen = words.frame.evaluate(UNSEEN)
        assert unseen == [], theme + ":\n" + "\n".join(unseen)
