"""A neighbor graph that nobody waits for any more: its job ends on the server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_checkpoint
from playwright.sync_api import Page, expect

from .projecting import choose_method

UNDER_WAY = ("queued", "running")
#: Far longer than a click or a reload takes.
ROWS = 100_000


@pytest.fixture
def large(tensorboard_server, open_tab, tmp_path: Path) -> EmbeddingsTab:
    vectors = np.random.default_rng(2).standard_normal((ROWS, 64)).astype(np.float32)
    write_checkpoint(tmp_path / "logs", 1, large=vectors)
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs"), view=NO_AXES))
    tab.wait_painted(ROWS)
    return tab


@pytest.fixture
def read_state(large: EmbeddingsTab, page: Page) -> Callable[[], str]:
    """Starts t-SNE; gives what reads the state of the job that computes its graph."""
    choose_method(large, "t-SNE")
    with page.expect_response("**/jobs/*") as polled:
        large.frame.locator("layout-run").get_by_role("button", name="Run t-SNE").click()
    address, job = polled.value.url, polled.value.json()["job"]
    assert job["kind"] == "graph"
    assert job["state"] in UNDER_WAY
    return lambda: page.request.get(address).json()["job"]["state"]


def test_a_reload_cancels_it(large: EmbeddingsTab, page: Page, read_state: Callable[[], str]) -> None:
    page.reload()
    large.wait_until(lambda: read_state() not in UNDER_WAY)
    assert read_state() == "canceled"


def test_cancel_ends_it_and_leaves_the_picture(large: EmbeddingsTab, read_state: Callable[[], str]) -> None:
    panel = large.frame.locator("layout-run")
    panel.get_by_role("button", name="Cancel").click()
    large.wait_until(lambda: read_state() not in UNDER_WAY)
    assert read_state() == "canceled"
    expect(panel.get_by_role("button", name="Run t-SNE")).to_be_enabled()
    expect(large.status).to_contain_text("PCA")
    expect(large.frame.locator("task-progress")).to_have_count(0)
    expect(large.frame.locator("failure-note")).to_have_count(0)
