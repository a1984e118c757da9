"""A window too narrow for panels beside the picture: they open over it, keep the focus, and close with Escape."""

from __future__ import annotations

import re

import pytest
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, expect

NARROW = {"width": 700, "height": 800}
FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  for (let node = element; node; node = node.parentNode ?? node.host) if (node.ariaModal === "true") return true;
  return false;
}"""
#: Elements that scroll horizontally, or vertically without being a list or a table.
SCROLLING = """() => {
  const found = [];
  const visit = root => {
    for (const element of root.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const isBar = way => ["auto", "scroll"].includes(way);
      const isTall = isBar(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      const isWide = isBar(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const host = element.getRootNode().host?.tagName ?? "";
      if (isTall || isWide) found.push(`${host} ${element.tagName}.${element.className}`);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  return found;
}"""


@pytest.mark.parametrize(
    ("button", "drawer"), [("Data and projection panel", "Data and projection"), ("Inspector", "Inspector")]
)
def test_a_drawer_keeps_the_focus_and_gives_it_back(words: EmbeddingsTab, button: str, drawer: str) -> None:
    _make_narrow(words)
    opener = words.frame.get_by_role("button", name=button, exact=True)
    expect(_drawer(words, drawer)).to_be_hidden()
    opener.focus()
    words.page.keyboard.press("Enter")
    expect(_drawer(words, drawer)).to_be_visible()
    words.wait_until(lambda: words.frame.evaluate(FOCUSED))
    for key in ["Tab"] * 30 + ["Shift+Tab"] * 35:
        words.page.keyboard.press(key)
        assert words.frame.evaluate(FOCUSED), f"{key} left the drawer"
    words.page.keyboard.press("Escape")
    expect(_drawer(words, drawer)).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_click_beside_closes_and_one_replaces_the_other(words: EmbeddingsTab) -> None:
    _make_narrow(words)
    words.picture.focus()
    words.page.keyboard.press("/")
    expect(words.frame.get_by_role("searchbox")).to_be_focused()
    expect(_drawer(words, "Inspector")).to_be_visible()
    words.page.mouse.click(60, 500)
    expect(_drawer(words, "Inspector")).to_be_hidden()
    words.frame.get_by_role("button", name="Data and projection panel", exact=True).click()
    words.frame.get_by_role("button", name="Close data and projection").click()
    expect(_drawer(words, "Data and projection")).to_be_hidden()


def test_panels_come_back_with_the_room(words: EmbeddingsTab) -> None:
    _make_narrow(words)
    words.page.set_viewport_size({"width": 1280, "height": 800})
    expect(words.combobox("Run")).to_be_visible()
    expect(words.frame.get_by_role("dialog")).to_have_count(0)


def test_nothing_but_lists_needs_a_scroll_bar(digits: EmbeddingsTab) -> None:
    """At 1280 x 800, the smallest common window."""
    allowed = re.compile("VIRTUAL-LIST|POINT-LIST|TABLE-GRID|POINT-CARD|PCA-CONTROLS DIV.bars")
    for name in ("PCA", "t-SNE", "UMAP", "Axes", "As is"):
        digits.frame.get_by_role("radio", name=name, exact=True).click()
        expect(digits.frame.get_by_role("radio", name=name, exact=True)).to_be_checked()
        digits.next_frames(3)  # The panel is laid out in the first of them.
        scrolling = [one for one in digits.frame.evaluate(SCROLLING) if not allowed.search(one)]
        assert scrolling == [], name


def _make_narrow(tab: EmbeddingsTab) -> None:
    tab.page.set_viewport_size(NARROW)
    expect(tab.combobox("Run")).to_be_hidden()


def _drawer(tab: EmbeddingsTab, name: str) -> Locator:
    return tab.frame.get_by_role("dialog", name=name)


def test_the_tools_stay_beside_the_inspector(digits: EmbeddingsTab) -> None:
    """Where both panels are open there is room for few tools: the others are scrolled to."""
    digits.page.set_viewport_size({"width": 1000, "height": 640})
    inspector = digits.frame.get_by_role("complementary", name="Inspector").bounding_box()
    toggle = digits.button("Inspector").bounding_box()
    assert inspector is not None
    assert toggle is not None
    assert toggle["x"] + toggle["width"] <= inspector["x"]
    digits.button("Keys").click()
    expect(digits.frame.get_by_role("dialog", name="Keys")).to_be_visible()
