"""Commands by name and by key: the palette, the list of keys, and keys that do nothing in text fields."""

from __future__ import annotations

import re

from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, Page, expect
from tensorboard_process import TensorBoardProcess

from .logdirs import WORDS


def test_a_command_is_found_by_its_letters_and_done_with_enter(words: EmbeddingsTab) -> None:
    _focus_picture(words)
    words.page.keyboard.press("Control+k")
    expect(_palette(words)).to_be_visible()
    words.page.keyboard.type("cbkin")
    chosen = _options(words).and_(words.frame.get_by_role("option", selected=True))
    expect(chosen).to_contain_text("Color by kind")
    words.page.keyboard.press("Enter")
    expect(_palette(words)).to_be_hidden()
    expect(words.combobox("Color by")).to_have_value("kind")


def test_arrow_keys_choose_and_escape_does_nothing(words: EmbeddingsTab) -> None:
    _focus_picture(words)
    words.page.keyboard.press("Control+k")
    options = _options(words)
    expect(options.first).to_have_attribute("aria-selected", "true")
    words.page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    words.page.keyboard.press("ArrowUp")
    words.page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    words.page.keyboard.type("zzzz")
    words.expect_text("No command matches.")
    words.page.keyboard.press("Escape")
    expect(_palette(words)).to_be_hidden()
    expect(words.status).to_contain_text("PCA 3-D")


def test_goes_to_another_run_by_name(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("searchbox").focus()
    words.page.keyboard.press("Control+k")
    words.page.keyboard.type("run digits")
    words.page.keyboard.press("Enter")
    words.wait_painted(1797)
    expect(words.combobox("Run")).to_have_value("digits")


def test_a_letter_in_a_field_is_a_letter(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("searchbox").focus()
    words.page.keyboard.type("d")
    expect(words.status).to_contain_text("PCA 3-D")
    _focus_picture(words)
    words.page.keyboard.press("d")
    expect(words.status).to_contain_text("PCA 2-D")
    words.wait_painted(WORDS)


def test_the_list_of_keys_names_them_all(words: EmbeddingsTab) -> None:
    _focus_picture(words)
    words.page.keyboard.press("?")
    keys = words.frame.get_by_role("dialog", name="Keys", exact=True)
    for name in (
        "Search by text",
        "Every command by name",
        "t-SNE",
        "Reset the view",
        "Previous step of the tensor",
        "Next step of the tensor",
    ):
        expect(keys).to_contain_text(name)
    words.page.keyboard.press("2")  # No key works behind a dialog.
    words.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(words.frame.get_by_role("radio", name=re.compile("PCA"))).to_be_checked()


def _palette(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("dialog", name="Every command by name")


def _options(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("listbox", name="Commands").get_by_role("option")


def _focus_picture(tab: EmbeddingsTab) -> None:
    tab.frame.get_by_role("application").focus()


def test_keys_reach_the_tab_as_soon_as_it_is_shown(board: TensorBoardProcess, open_tab, page: Page) -> None:
    """Without a click into the tab: at the start, and each time TensorBoard shows it again."""
    tab = EmbeddingsTab(open_tab(board))
    tab.wait_complete()
    search, canvas = tab.frame.get_by_role("searchbox"), tab.frame.locator("canvas").first
    for word in ("one", "two"):
        tab.wait_until(lambda: tab.frame.evaluate("document.hasFocus()"))
        page.keyboard.press("/")
        page.keyboard.type(word)
        expect(search).to_have_value(re.compile(f"{word}$"))
        page.get_by_role("tab", name=re.compile("^time series$", re.IGNORECASE)).click()
        expect(canvas).to_be_hidden()
        page.get_by_role("tab", name=re.compile("^embeddings$", re.IGNORECASE)).click()
        expect(canvas).to_be_visible()


def test_keys_stay_with_who_types_elsewhere_on_the_page(words: EmbeddingsTab, page: Page) -> None:
    page.get_by_role("tab", name=re.compile("^time series$", re.IGNORECASE)).click()
    search, canvas = words.frame.get_by_role("searchbox"), words.frame.locator("canvas").first
    expect(canvas).to_be_hidden()
    page.evaluate("document.body.prepend(Object.assign(document.createElement('input'), {id: 'elsewhere'}))")
    field = page.locator("#elsewhere")
    field.focus()
    page.evaluate("location.hash = 'embeddings'")
    expect(canvas).to_be_visible()
    page.keyboard.type("7")
    expect(field).to_be_focused()
    expect(search).to_have_value("")
