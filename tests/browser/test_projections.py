"""Every projection as a user operates it, on real data: controls, the texts of the tab, and the pixels."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromium_browser import plugin_frame
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_checkpoint, write_metadata
from playwright.sync_api import Page, Response, Route, expect
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness

from .grid import drag
from .logdirs import KINDS, WORDS
from .projecting import (
    LAYOUT_TIMEOUT_MS,
    choose_dimensions,
    choose_method,
    iteration_of,
    measure_quality,
    run_layout,
    stop_layout,
    wait_for_iteration,
)

DIGITS = 1797

OpenLogdir = Callable[..., EmbeddingsTab]

LOSE_CONTEXT = """() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const context = element.localName === "canvas" ? element.getContext("webgl2") : null;
      if (context) return context;
      const found = element.shadowRoot && find(element.shadowRoot);
      if (found) return found;
    }
  };
  window.lostContext = find(document).getExtension("WEBGL_lose_context");
  window.lostContext.loseContext();
}"""


@pytest.fixture
def digits(plain_digits: EmbeddingsTab) -> EmbeddingsTab:
    return plain_digits


@pytest.fixture
def open_logdir(tensorboard_server, open_tab, tmp_path: Path) -> OpenLogdir:
    """`open_logdir(name=vectors)` writes a checkpoint of them and opens the tab on it, fully drawn."""

    def open_one(labels: list[str] | None = None, **tensors: np.ndarray[Any, Any]) -> EmbeddingsTab:
        write_checkpoint(tmp_path / "logs", 1, **tensors)
        if labels is not None:
            write_metadata(tmp_path / "logs" / "labels.tsv", [[label] for label in labels])
        tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs"), view=NO_AXES))
        tab.wait_painted()
        return tab

    return open_one


# --- PCA ---


def test_any_components_stand_on_the_axes_with_their_variance(digits: EmbeddingsTab) -> None:
    ratios = PCA().fit(load_digits().data).explained_variance_ratio_
    choose_dimensions(digits, 2)
    digits.wait_painted(DIGITS)
    before = digits.pixels()
    bars = digits.frame.get_by_role("list", name="Variance explained by each component").get_by_role("listitem")
    if bars.count() < 10:
        digits.button("All 10").click()
    expect(bars).to_have_count(10)
    for component in (0, 4, 9):
        expect(bars.nth(component)).to_contain_text(f"{100 * ratios[component]:.1f}")
    digits.combobox("Y").select_option(value="4")
    expect(digits.status).to_contain_text(f"{100 * (ratios[0] + ratios[4]):.1f} % of variance")
    expect(digits.frame.get_by_text(f"{100 * ratios[:10].sum():.1f} % in the first 10")).to_be_visible()
    digits.wait_painted(DIGITS)
    assert _differ(before, digits.pixels()) > 0.01


def test_loadings_are_downloaded_as_a_table(digits: EmbeddingsTab, page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        digits.button("Download the loadings (TSV)").click()
    download.value.save_as(tmp_path / "loadings.tsv")
    lines = (tmp_path / "loadings.tsv").read_text().splitlines()
    table = np.array([line.split("\t")[1:] for line in lines[1:]], float)
    expected = PCA(10, svd_solver="full").fit(load_digits().data).components_.T
    signs = np.sign((table * expected).sum(axis=0))
    assert table.shape == (64, 10)
    np.testing.assert_allclose(table * signs, expected, atol=1e-4)


def test_spherize_is_said_and_changes_the_picture(digits: EmbeddingsTab) -> None:
    before = digits.pixels()
    digits.frame.get_by_role("checkbox", name=re.compile("Spherize")).check()
    expect(digits.status).to_contain_text("spherized")
    digits.wait_painted(DIGITS)
    assert _differ(before, digits.pixels()) > 0.01


# --- Layouts ---


def test_tsne_runs_pauses_goes_on_and_stops(digits: EmbeddingsTab) -> None:
    panel = run_layout(digits, "t-SNE")
    wait_for_iteration(digits, panel, 100)
    expect(panel).to_contain_text(re.compile(r"KL \d\.\d\d"))
    expect(panel).to_contain_text("90 neighbors each, exact")
    digits.button("Pause").click()
    digits.wait_painted(DIGITS)
    paused, pixels = iteration_of(panel), digits.pixels()
    digits.next_frames(10)
    expect(digits.picture).to_be_attached()  # A running layout is never at rest.
    assert iteration_of(panel) == paused
    assert _differ(pixels, digits.pixels()) == 0
    digits.button("Resume").click()
    wait_for_iteration(digits, panel, paused + 100)
    stop_layout(digits)
    digits.wait_painted(DIGITS)
    assert _differ(pixels, digits.pixels()) > 0.01
    expect(digits.button("Run t-SNE")).to_be_visible()


def test_tsne_is_perturbed_and_restarted(digits: EmbeddingsTab) -> None:
    panel = run_layout(digits, "t-SNE")
    wait_for_iteration(digits, panel, 400)
    digits.button("Perturb").click()
    wait_for_iteration(digits, panel, 1000)
    digits.button("Restart").click()
    digits.wait_until(lambda: 0 < iteration_of(panel) < 1000)
    stop_layout(digits)


def test_tsne_in_three_dimensions_can_be_believed_as_far_as_it_says(digits: EmbeddingsTab) -> None:
    panel = run_layout(digits, "t-SNE", 3)
    wait_for_iteration(digits, panel, 300)
    stop_layout(digits)
    digits.wait_painted(DIGITS)
    assert len(digits.spots()) > 1
    quality = measure_quality(digits)
    assert quality["Trustworthiness"] > 0.98
    assert quality["Continuity"] > 0.97


def test_the_space_bar_starts_and_pauses(digits: EmbeddingsTab) -> None:
    digits.page.keyboard.press("2")
    digits.page.keyboard.press("Space")
    panel = digits.frame.locator("layout-run")
    wait_for_iteration(digits, panel, 20)
    digits.page.keyboard.press("Space")
    expect(digits.button("Resume")).to_be_visible()
    stop_layout(digits)


def test_umap_ends_where_the_same_seed_ends_again(digits: EmbeddingsTab) -> None:
    pictures = []
    for _ in range(2):
        panel = run_layout(digits, "UMAP")
        expect(panel).to_contain_text("500 of 500 epochs", timeout=LAYOUT_TIMEOUT_MS)
        digits.wait_painted(DIGITS)
        pictures.append(digits.pixels())
        if len(pictures) == 1:  # Otherwise its result would pass for that of the second run.
            digits = digits.reopened()
            digits.wait_painted(DIGITS)
    assert _differ(*pictures) < 0.001
    quality = measure_quality(digits)
    assert quality["Trustworthiness"] > 0.97
    assert quality["Kept neighbors"] > 40


def test_umap_in_three_dimensions(words: EmbeddingsTab) -> None:
    panel = run_layout(words, "UMAP", 3)
    expect(panel).to_contain_text("500 of 500 epochs", timeout=LAYOUT_TIMEOUT_MS)
    words.wait_painted(WORDS)
    assert len(words.spots()) >= len(KINDS)


def test_a_layout_goes_on_behind_another_tab_and_is_there_again(digits: EmbeddingsTab) -> None:
    panel = run_layout(digits, "t-SNE")
    before = iteration_of(panel)
    digits.page.get_by_role("tab", name=re.compile("^time series$", re.IGNORECASE)).click()
    expect(digits.frame.locator("canvas").first).to_be_hidden()
    hidden_at = iteration_of(panel)
    wait_for_iteration(digits, panel, max(before, hidden_at) + 50)
    digits.page.get_by_role("tab", name=re.compile("^embeddings$", re.IGNORECASE)).click()
    expect(digits.frame.locator("canvas").first).to_be_visible()
    wait_for_iteration(digits, panel, hidden_at + 100)
    stop_layout(digits)
    digits.wait_painted(DIGITS)


def test_perplexity_beyond_the_data_is_said(open_logdir: OpenLogdir) -> None:
    tab = open_logdir(few=np.random.default_rng(0).standard_normal((20, 5)).astype(np.float32))
    panel = run_layout(tab, "t-SNE")
    expect(panel).to_contain_text(re.compile("perplexity", re.IGNORECASE))
    stop_layout(tab)


def test_a_lost_context_comes_back_while_a_layout_runs(digits: EmbeddingsTab) -> None:
    panel = run_layout(digits, "t-SNE")
    digits.frame.evaluate(LOSE_CONTEXT)
    expect(digits.frame.get_by_text("its context was lost").first).to_be_visible()
    digits.frame.evaluate("() => window.lostContext.restoreContext()")
    expect(digits.frame.get_by_text("its context was lost")).to_have_count(0)
    wait_for_iteration(digits, panel, iteration_of(panel) + 20)
    stop_layout(digits)
    digits.wait_painted(DIGITS)
    assert len(digits.spots()) >= 1


def test_two_windows_have_the_graph_computed_once(open_logdir: OpenLogdir, page: Page) -> None:
    """The second one receives the running job of the first: so many points take seconds."""
    first = open_logdir(large=np.random.default_rng(2).standard_normal((20_000, 64)).astype(np.float32))
    other_page = page.context.new_page()
    other_page.goto(page.url)
    second = EmbeddingsTab(plugin_frame(other_page, "embeddings"))
    second.wait_painted()
    answers: dict[EmbeddingsTab, list[Response]] = {first: [], second: []}
    for tab, received in answers.items():
        tab.page.on("response", lambda one, to=received: to.append(one) if "/graph?" in one.url else None)
        choose_method(tab, "t-SNE")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route("**/graph?*", hold)
    for tab in answers:
        tab.frame.locator("layout-run").get_by_role("button", name="Run t-SNE").click()
    first.wait_until(lambda: len(held) == len(answers))  # Both have asked before either is answered.
    page.context.unroute("**/graph?*", hold)  # It lets go of what is held.
    first.wait_until(lambda: all(answers.values()))
    jobs = [received[0].json().get("job", {}).get("id") for received in answers.values()]
    assert [received[0].status for received in answers.values()] == [202, 202]
    assert jobs[0] == jobs[1]
    other_page.close()


# --- Axes, and as is ---


def test_axes_from_two_searches(words: EmbeddingsTab) -> None:
    choose_method(words, "Axes")
    choose_dimensions(words, 2)
    ends = words.frame.locator("axis-field").first.get_by_role("textbox")
    assert ends.count() == 2
    ends.nth(0).fill("word1")
    ends.nth(1).fill("word2")
    words.expect_text("100")
    words.frame.locator("axis-field").nth(1).get_by_role("textbox").nth(1).fill("faraway")
    words.frame.get_by_role("button", name="Project", exact=True).click()
    expect(words.status).to_contain_text("axes 2-D")
    words.wait_painted(WORDS)
    assert len(words.spots()) > 1


def test_an_axis_leads_from_all_points_to_those_in_a_box(words: EmbeddingsTab) -> None:
    choose_method(words, "Axes")
    choose_dimensions(words, 2)
    words.wait_painted(WORDS)
    words.frame.get_by_role("radio", name="Box").click()
    drag(words, (60, 60), (500, 400))
    selected = words.frame.get_by_role("region", name="Selection").get_by_role("heading")
    expect(selected).to_contain_text("selected")
    count = int(selected.inner_text().split()[0])
    for axis, kind in (("X", "Selections"), ("Y", "PCA")):
        words.frame.get_by_label(f"What axis {axis} is made of").select_option(kind)
    field = words.frame.locator("axis-field").first
    field.get_by_role("button", name="Take").nth(1).click()
    expect(field).to_contain_text(re.compile(rf"to\s*{count} points"))
    words.frame.get_by_role("button", name="Project", exact=True).click()
    expect(words.status).to_contain_text("axes 2-D")
    words.wait_painted(WORDS)


def test_an_empty_match_and_a_broken_expression_are_said(words: EmbeddingsTab) -> None:
    choose_method(words, "Axes")
    field = words.frame.locator("axis-field").first
    field.get_by_role("textbox").nth(0).fill("nothing like it")
    expect(field.get_by_role("alert")).to_contain_text("Nothing matches «nothing like it»")
    field.get_by_role("textbox").nth(0).fill("word[")
    field.get_by_role("button", name="Regular expression").first.click()
    expect(field.get_by_role("alert")).to_be_visible()
    expect(field.get_by_role("alert")).not_to_contain_text("Nothing matches «nothing")


def test_an_end_that_would_be_searched_forever_says_so(words: EmbeddingsTab) -> None:
    choose_method(words, "Axes")
    field = words.frame.locator("axis-field").first
    field.get_by_role("button", name="Regular expression").first.click()
    field.get_by_role("textbox").nth(0).fill("(" * 14 + ".+" + ")+" * 14 + "!")
    expect(field.get_by_role("alert")).to_contain_text("was stopped")
    field.get_by_role("textbox").nth(0).fill("word1.$")
    expect(field.get_by_title("Points that match").first).to_have_text("0")
    field.get_by_role("textbox").nth(0).fill("word12.$")
    expect(field.get_by_title("Points that match").first).to_have_text("10")


def test_as_it_is_draws_the_numbers_themselves(open_logdir: OpenLogdir) -> None:
    places = np.array([[0, 0], [0.1, 1], [0.4, 0.75], [1, 1]], np.float32)  # None is covered by the axes.
    tab = open_logdir(places=np.repeat(places, 20, axis=0))
    tab.button("Labels").click()
    choose_method(tab, "As is")
    choose_dimensions(tab, 2)
    expect(tab.status).to_contain_text("as is 2-D")
    tab.wait_painted(80)
    tab.wait_until(lambda: len(tab.spots()) == len(places))
    drawn = np.array(sorted((spot.x, -spot.y) for spot in tab.spots()))
    np.testing.assert_allclose((drawn - drawn[0]) / (drawn[-1] - drawn[0]), places, atol=0.02)


# --- Quality ---


def test_quality_of_pca_is_scikit_learns(digits: EmbeddingsTab) -> None:
    choose_dimensions(digits, 2)
    digits.wait_painted(DIGITS)
    quality = measure_quality(digits)
    data = load_digits().data / np.linalg.norm(load_digits().data, axis=1, keepdims=True)
    expected = trustworthiness(data, PCA(2).fit_transform(load_digits().data), n_neighbors=15)
    assert quality["Trustworthiness"] == pytest.approx(expected, abs=6e-4)
    legend = digits.frame.get_by_role("region", name=re.compile("Legend"))
    expect(legend).to_contain_text(re.compile("neighbors", re.IGNORECASE))
    digits.button("Color by kept neighbors").click()
    expect(digits.button("Color by kept neighbors")).to_have_attribute("aria-pressed", "false")


# --- Bad input ---


@pytest.mark.parametrize("method", ["t-SNE", "UMAP"])
def test_one_point_has_no_layout_and_the_tab_says_why(
    open_logdir: OpenLogdir, method: str, nothing_went_wrong: list[str]
) -> None:
    tab = open_logdir(one=np.ones((1, 4), np.float32))
    choose_method(tab, method)
    tab.frame.locator("layout-run").get_by_role("button", name=f"Run {method}").click()
    tab.expect_text(re.compile("two points at least"))
    nothing_went_wrong.clear()  # The response was 422, and the page showed the reason.


@pytest.mark.parametrize("method", ["t-SNE", "UMAP"])
def test_rows_without_neighbors_are_left_out_and_counted(open_logdir: OpenLogdir, method: str) -> None:
    vectors = np.random.default_rng(0).standard_normal((300, 6)).astype(np.float32)
    vectors[[3, 5]] = np.nan
    vectors[7] = 0
    tab = open_logdir(odd=vectors)
    panel = run_layout(tab, method)
    expect(tab.status).to_contain_text("Showing 297 of 300 points")
    expect(tab.frame.get_by_text("3 rows have no coordinates and are not drawn")).to_be_visible()
    wait_for_iteration(tab, panel, 20)


@pytest.mark.parametrize("method", ["t-SNE", "UMAP"])
def test_two_points_and_duplicates_by_the_thousand(open_logdir: OpenLogdir, method: str) -> None:
    vectors = np.repeat(np.eye(3, dtype=np.float32), 1000, axis=0)
    tab = open_logdir(same=vectors, two=np.eye(2, dtype=np.float32))
    for name, count in (("same", 3000), ("two", 2)):
        tab.choose("Tensor", name)
        tab.wait_painted(count)
        panel = run_layout(tab, method)
        wait_for_iteration(tab, panel, 20)
        stop_layout(tab)
        tab.wait_painted(count)
        assert len(tab.spots()) >= 1


def test_a_worker_that_dies_is_said_and_runs_again(
    digits: EmbeddingsTab, page: Page, nothing_went_wrong: list[str]
) -> None:
    page.route("**/layout_worker-*.js", lambda route: route.abort())
    choose_method(digits, "t-SNE")
    choose_dimensions(digits, 2)
    digits.button("Run t-SNE").click()
    digits.expect_text(re.compile("The layout ended: its worker failed"))
    expect(digits.status).to_contain_text("PCA")
    page.unroute("**/layout_worker-*.js")
    nothing_went_wrong.clear()  # The page reported it.
    panel = run_layout(digits, "t-SNE")
    wait_for_iteration(digits, panel, 20)


def test_another_step_during_a_layout_ends_it(digits: EmbeddingsTab) -> None:
    """The picture of the new step replaces it, and a layout of that step runs."""
    run_layout(digits, "t-SNE")
    digits.choose("Step", "1")
    digits.wait_painted(DIGITS)
    expect(digits.status).to_contain_text("PCA")
    expect(digits.button("Pause")).to_have_count(0)
    panel = run_layout(digits, "t-SNE")
    wait_for_iteration(digits, panel, 20)


def _differ(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """Fraction of pixels that differ."""
    return float((np.abs(one.astype(int) - other).max(axis=2) > 24).mean())
