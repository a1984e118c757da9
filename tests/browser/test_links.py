"""Links to a view: what its URL holds, what it has no room for, and nonsense in it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import expect
from shared_views import difference, listed, open_in_new_page, panel, press

DIGITS = 1797


def wait_for_camera(tab: EmbeddingsTab) -> None:
    tab.wait_until(lambda: "p.embeddings.camera=" in tab.page.url)


@pytest.mark.parametrize("dimensions", ["2-D", "3-D"])
def test_the_address_opens_the_same_view_in_another_page(words: EmbeddingsTab, dimensions: str) -> None:
    words.frame.get_by_role("radio", name=dimensions).click()
    words.frame.get_by_role("searchbox").fill("word12")
    words.expect_text("10 selected")
    press(words, "f")
    for key in ("ArrowLeft", "ArrowUp", "-"):
        press(words, key)
    wait_for_camera(words)
    words.wait_until(lambda: "query=word12" in words.page.url)
    words.wait_painted()
    # The URL is written as a whole: it holds this choice only once it holds the camera, which has come to rest.
    words.choose("Color by", "kind")
    words.wait_until(lambda: "colorBy=kind" in words.page.url)
    words.wait_complete()
    other = open_in_new_page(words)
    other.expect_text("10 selected")
    expect(other.status).to_contain_text(f"PCA {dimensions}")
    other.wait_until(lambda: difference(words, other) < 0.002)
    press(other, "r")
    other.wait_until(lambda: difference(words, other) > 0.005)


def test_nonsense_in_the_address_is_said_and_the_rest_is_taken(words: EmbeddingsTab) -> None:
    address = words.page.url.split("#")[0] + "#embeddings&" + "&".join(
        f"p.embeddings.{token}"
        for token in (
            *("run=words", "dimensions=2", "camera=2:0,zero,1", "perplexity=-4", "flavor=mint", "colorBy=nothing"),
            *("row=4e9", "selection=9-2"),
        )
    )  # fmt: skip
    other = open_in_new_page(words, address)
    said = other.frame.get_by_role("status", name="About the address")
    expect(said).to_contain_text("“2:0,zero,1” for the camera, which cannot be read")
    expect(said).to_contain_text("“-4” for the perplexity")
    expect(said).to_contain_text("“flavor”, which this version does not know")
    expect(said).to_contain_text("more of the kind")
    expect(other.status).to_contain_text("PCA 2-D")
    said.get_by_role("button", name="Close").click()
    expect(said).to_be_hidden()
    tall = quote("height:~:tall")  # Unquoted, «:~:» would begin a directive to the browser, which takes it away.
    missing = ("run=words", "row=5000", "selection=500-600", "sizeBy=weight", f"filters={tall}")
    other = open_in_new_page(words, address.split("&")[0] + "".join(f"&p.embeddings.{token}" for token in missing))
    said = other.frame.get_by_role("status", name="About the address")
    expect(said).to_contain_text("row 5,000, and there are 400 rows")
    expect(said).to_contain_text("the size column “weight”")
    expect(said).to_contain_text("the filtered column “height”")


def test_a_link_pasted_into_the_open_tab_is_opened_and_other_tabs_change_nothing(words: EmbeddingsTab) -> None:
    words.page.evaluate("window.isSamePage = true")
    words.frame.evaluate("window.isSamePage = true")

    def paste(*tokens: str) -> None:
        fragment = "&".join(["embeddings", *(f"p.embeddings.{token}" for token in ("run=words", *tokens))])
        words.page.evaluate("fragment => { location.hash = fragment; }", fragment)

    paste("dimensions=2", "query=word12")
    expect(words.status).to_contain_text("PCA 2-D")
    words.expect_text("10 selected")
    paste("trail=" + quote("120-129 by hand"))
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    expect(words.status).to_contain_text("PCA 3-D")
    words.page.go_back()
    expect(words.status).to_contain_text("PCA 2-D")
    expect(words.status).to_contain_text("Showing all 400 points")
    words.page.go_forward()
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    words.wait_until(lambda: "trail=" in words.page.url)
    words.page.get_by_role("tab", name=re.compile("^time series$", re.IGNORECASE)).click()
    expect(words.picture).to_be_hidden()
    words.page.get_by_role("tab", name=re.compile("^embeddings$", re.IGNORECASE)).click()
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    assert words.frame.evaluate("window.isSamePage")
    assert words.page.evaluate("window.isSamePage")


def test_what_the_address_has_no_room_for_is_said_and_a_bookmark_keeps_it(digits: EmbeddingsTab) -> None:
    """Every other point: a handwritten URL may hold it, the page's own does not."""
    every_second = ",".join(map(str, range(0, DIGITS, 2)))
    selected = f"{(DIGITS + 1) // 2} selected"
    other = open_in_new_page(digits, f"{digits.page.url}&p.embeddings.selection={quote(every_second)}")
    other.expect_text(selected)
    press(other, "k")
    expect(panel(other)).to_contain_text("The address has no room for the selected points: save a bookmark.")
    other.wait_until(lambda: other.page.url.split("selection=")[1].startswith(f"~{(DIGITS + 1) // 2}"))
    note = open_in_new_page(other).frame.get_by_role("status", name="About the address")
    expect(note).to_contain_text("The address had no room for the selected points, 899 of them")
    assert len(other.page.url.split("#")[1]) < 2_200
    press(other, "Escape")
    expect(other.frame.get_by_role("region", name="Selection")).to_be_hidden()
    listed(other).get_by_role("button", name="PCA 1", exact=True).click()
    other.expect_text(selected)


def test_the_address_keeps_what_is_isolated_and_the_way_back(words: EmbeddingsTab) -> None:
    for query, count in (("word1", 100), ("word12", 10)):
        words.frame.get_by_role("searchbox").fill(query)
        words.expect_text(f"{count} selected")
        press(words, "i")
        expect(words.status).to_contain_text(f"Showing {count} of 400 points")
    words.wait_until(lambda: "p.embeddings.trail=" in words.page.url and "%0A120-129" in words.page.url)
    other = open_in_new_page(words)
    expect(other.status).to_contain_text("Showing 10 of 400 points")
    way_back = other.frame.get_by_role("navigation", name="Isolated points")
    expect(way_back).to_contain_text("10 matches of «word12»")
    way_back.get_by_role("button", name="100 matches of «word1»").click()
    expect(other.status).to_contain_text("Showing 100 of 400 points")
    address = f"{words.page.url.split('&')[0]}&p.embeddings.run=words&p.embeddings.trail={quote('3,400 by hand')}"
    said = open_in_new_page(words, address).frame.get_by_role("status", name="About the address")
    expect(said).to_contain_text("The address isolates row 400, and there are 400 rows")


def test_too_many_isolated_points_are_said_and_a_bookmark_keeps_them(digits: EmbeddingsTab) -> None:
    every_second = ",".join(map(str, range(0, DIGITS, 2)))
    other = open_in_new_page(digits, f"{digits.page.url}&p.embeddings.selection={quote(every_second)}")
    other.expect_text("899 selected")
    press(other, "i")
    expect(other.status).to_contain_text("Showing 899 of 1,797 points")
    expect(panel(other)).to_contain_text("The address has no room for the isolated points: save a bookmark.")
    other.wait_until(lambda: "trail=~899" in other.page.url)
    note = open_in_new_page(other).frame.get_by_role("status", name="About the address")
    expect(note).to_contain_text("The address had no room for the isolated points, 899 of them: a bookmark keeps them.")


def test_a_link_to_custom_axes_shows_them_at_once(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("radio", name="Axes", exact=True).click()
    words.frame.get_by_role("radio", name="2-D").first.click()
    for axis, (start, end) in enumerate((("word1", "word2"), ("word0", "faraway"))):
        ends = words.frame.locator("axis-field").nth(axis).get_by_role("textbox")
        ends.nth(0).fill(start)
        ends.nth(1).fill(end)
    words.frame.get_by_role("button", name="Project", exact=True).click()
    expect(words.status).to_contain_text("axes 2-D")
    words.wait_until(lambda: "faraway" in words.page.url)
    other = open_in_new_page(words)
    expect(other.status).to_contain_text("axes 2-D")
    other.wait_until(lambda: difference(words, other) < 0.002)


def test_a_link_to_a_layout_says_that_it_is_computed_anew_and_offers_it(words: EmbeddingsTab) -> None:
    address = (
        f"{words.page.url.split('&')[0]}&p.embeddings.run=words&p.embeddings.method=tsne&p.embeddings.dimensions=2"
    )
    other = open_in_new_page(words, address)
    expect(other.status).to_contain_text("PCA 2-D")
    note = other.frame.get_by_role("status", name="About the address")
    expect(note).to_contain_text("This link shows t-SNE, which has to be computed")
    note.get_by_role("button", name="Run t-SNE").click()
    expect(other.status).to_contain_text("t-SNE 2-D")
    expect(note).to_be_hidden()
