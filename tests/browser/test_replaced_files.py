"""Files that change while the tab computes from them: what ends says so, and runs again on the new ones."""

from __future__ import annotations

from pathlib import Path

from embeddings_tab import EmbeddingsTab
from logdir_builders import write_checkpoint
from playwright.sync_api import Page, Route, expect

from .logdirs import WORDS, make_word_vectors, write_words_run
from .projecting import choose_method, stop_layout, wait_for_iteration

GRAPHS = "**/plugin/embeddings/graph?**"


def test_a_checkpoint_replaced_during_the_search_for_neighbors(
    tensorboard_server, tmp_path: Path, open_tab, page: Page, nothing_went_wrong: list[str]
) -> None:
    run = write_words_run(tmp_path / "logs" / "words")
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs")))
    tab.wait_complete(WORDS)

    def replace_first(route: Route) -> None:
        write_checkpoint(run, 5, words=make_word_vectors()[::-1].copy())
        route.continue_()

    page.route(GRAPHS, replace_first, times=1)
    choose_method(tab, "t-SNE")
    tab.button("Run t-SNE").click()
    said = tab.frame.locator("layout-run").get_by_role("alert")
    expect(said).to_contain_text("words/model.ckpt-5")
    expect(said).to_contain_text("changed during «Looking for neighbors».")
    tab.wait_complete(WORDS)
    expect(tab.status).to_contain_text("PCA")
    assert [one for one in nothing_went_wrong if "409" not in one] == []
    nothing_went_wrong.clear()
    said.get_by_role("button", name="Try again").click()
    wait_for_iteration(tab, tab.frame.locator("layout-run"), 20)
    expect(said).to_have_count(0)
    stop_layout(tab)
