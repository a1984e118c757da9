"""A page that is left while the server computes for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_checkpoint
from playwright.sync_api import Page

from .projecting import choose_method

UNDER_WAY = ("queued", "running")


def test_a_reload_cancels_the_search_for_neighbors(tensorboard_server, open_tab, tmp_path: Path, page: Page) -> None:
    """So many points take far longer than a reload. Without a word from the page, the job would go on for minutes."""
    vectors = np.random.default_rng(2).standard_normal((100_000, 64)).astype(np.float32)
    write_checkpoint(tmp_path / "logs", 1, large=vectors)
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs"), view=NO_AXES))
    tab.wait_painted(len(vectors))
    choose_method(tab, "t-SNE")
    with page.expect_response("**/jobs/*") as polled:
        tab.frame.locator("layout-run").get_by_role("button", name="Run t-SNE").click()
    address, job = polled.value.url, polled.value.json()["job"]
    assert job["kind"] == "graph"
    assert job["state"] in UNDER_WAY
    page.reload()

    def has_ended() -> bool:
        nonlocal job
        job = page.request.get(address).json()["job"]
        return job["state"] not in UNDER_WAY

    tab.wait_until(has_ended)
    assert job["state"] == "canceled"
