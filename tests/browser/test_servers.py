"""The tab with the URLs and flags that users start TensorBoard with, and on logdirs that other tools wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from embeddings_tab import EmbeddingsTab
from logdir_builders import write_checkpoint, write_labeled_run
from playwright.sync_api import Page, expect
from shared_views import expect_bookmarks, listed, load, panel

from .logdirs import OWN_SCRIPT, WORDS, make_word_vectors, write_keras_run, write_pytorch_run, write_words_run

BUILT_IN_BOOKMARKS = Path(__file__).parents[2] / "frontend" / "test" / "node" / "golden" / "builtin_bookmarks.json"


def test_works_under_a_path_prefix(tmp_path: Path, tensorboard_server, open_tab, page: Page) -> None:
    # TensorBoard's own shell requests its fonts without the prefix, and gets 404.
    page.route("**/font-roboto/**", lambda route: route.fulfill(body=b""))
    write_words_run(tmp_path / "words")
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path, "--path_prefix=/behind/a/proxy")))
    tab.wait_painted(WORDS)


def test_works_with_several_logdirs(tmp_path: Path, tensorboard_server, open_tab) -> None:
    write_words_run(tmp_path / "first" / "train")
    write_pytorch_run(tmp_path / "second")
    spec = f"--logdir_spec=one:{tmp_path / 'first'},two:{tmp_path / 'second'}"
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path, spec)))
    tab.wait_painted()
    tab.wait_until(lambda: tab.options("Run") == ["one/train", "two/."])
    tab.choose("Run", "two/.")
    tab.wait_painted(26)


def test_an_empty_logdir_teaches(empty_logdir: Path, tensorboard_server, open_tab) -> None:
    tab = EmbeddingsTab(open_tab(tensorboard_server(empty_logdir)))
    for words in ("No embeddings", "empty", "ProjectorCallback"):
        tab.expect_text(words)


def test_shows_what_an_own_script_wrote(tmp_path: Path, tensorboard_server, open_tab) -> None:
    (tmp_path / "script.py").write_text(OWN_SCRIPT)
    subprocess.run([sys.executable, "script.py", str(tmp_path / "logs")], cwd=tmp_path, check=True, capture_output=True)
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs")))
    tab.wait_painted(120)
    tab.frame.get_by_role("searchbox").fill("movie 117")
    expect(tab.frame.get_by_role("option", name="movie 117")).to_be_visible()


def test_shows_the_steps_that_the_callback_wrote(tmp_path: Path, tensorboard_server, open_tab) -> None:
    write_keras_run(tmp_path / "logs", epochs=3)
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs")))
    tab.wait_painted(50)
    newest = tab.spots()
    tab.wait_until(lambda: len(tab.options("Step")) == 3)
    tab.choose("Step", tab.options("Step")[0])
    tab.wait_until(lambda: tab.spots() != newest)


def test_shows_what_pytorch_wrote(tmp_path: Path, tensorboard_server, open_tab) -> None:
    write_pytorch_run(tmp_path / "logs")
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path / "logs")))
    tab.wait_painted(26)
    tab.wait_until(lambda: tab.options("Step") == ["10", "20 (newest)"])
    tab.frame.get_by_role("searchbox").fill("q")
    expect(tab.frame.get_by_role("option", name="Image of row 16 q 16")).to_be_visible()


def test_a_new_step_is_there_after_tensorboard_reloads(
    tmp_path: Path, tensorboard_server, open_tab, page: Page
) -> None:
    run = write_words_run(tmp_path / "words")
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path)))
    tab.wait_painted(WORDS)
    expect(tab.combobox("Step")).to_be_hidden()  # There is one.
    write_checkpoint(run, 6, words=-make_word_vectors())
    page.locator(".reload-button").click()
    expect(tab.combobox("Step")).to_be_visible()
    assert tab.options("Step") == ["5", "6 (newest)"]


def test_opens_the_bookmarks_that_the_built_in_projector_saved(tmp_path: Path, tensorboard_server, open_tab) -> None:
    """A file that it wrote itself, of 40 random points in four dimensions: PCA, custom axes, t-SNE after some steps."""
    vectors = np.random.default_rng(3).standard_normal((40, 4)).astype(np.float32)
    rows = [(f"word {row}", "ab"[row % 2]) for row in range(40)]
    write_labeled_run(tmp_path, [("word", "kind"), *rows], words=vectors)
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path)))
    tab.wait_painted(40)
    load(tab, BUILT_IN_BOOKMARKS)
    expect_bookmarks(tab, "State 0", "State 1", "State 2")
    for number, (method, words) in enumerate((("PCA", "3-D"), ("Axes", "2-D"), ("t-SNE", "3-D"))):
        listed(tab).locator("button.open").nth(number).click()
        expect(tab.status).to_contain_text(words)
        expect(tab.frame.get_by_role("radio", name=method, exact=True)).to_be_checked()
        tab.wait_painted(40)
        expect(panel(tab).get_by_role("alert")).to_have_count(0)
    tab.frame.get_by_role("radio", name="PCA", exact=True).click()
    listed(tab).locator("button.open").nth(2).click()
    expect(tab.status).to_contain_text("18 iterations")
