"""Fixtures for all tests: a real TensorBoard, a real Chromium, logdirs written by real tools."""

from __future__ import annotations

import importlib.util
import inspect
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from browser_pages import BrowserPages, load_tab
from chromium_browser import PLAIN_PAGE, launch_chromium
from logdir_builders import write_digits_run
from playwright.sync_api import Browser, ConsoleMessage, Error, Frame, Page, ViewportSize, expect
from plugin_client import TIMEOUT_S
from scheduling import OneBrowser
from tensorboard_process import TensorBoardProcess
from unexpected_errors import collected
from xdist.remote import Producer

# An example that takes long on a busy machine is not a failure.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
VIEWPORT: ViewportSize = {"width": 1280, "height": 800}
#: Long enough for a busy machine; the full time is spent only when a test fails.
EXPECT_TIMEOUT_MS = 120_000

HAS_PASSED = pytest.StashKey[bool]()
StartTensorBoard = Callable[..., TensorBoardProcess]
OpenTab = Callable[..., Frame]


def pytest_configure() -> None:
    """Fails immediately, with the reason, if the source folder is tested instead of the installed package."""
    if importlib.util.find_spec("tb_projector_plugin.callbacks") is None:
        raise pytest.UsageError(
            "tb_projector_plugin is not installed, or the clone's source folder comes before it. Run `make test`, or "
            "`pip install .` and then `pytest` (not `python -m pytest`, which puts the working folder first)."
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneBrowser:
    return OneBrowser(config, log)


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty cache, so that no test finds the results of an earlier session; servers started by tests inherit it."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["TB_PROJECTOR_CACHE_DIR"] = str(folder)
    return folder


@pytest.fixture(autouse=True, scope="session")
def patience() -> Iterator[None]:
    """In this process, requests wait for scans and jobs however busy the machine is; some tests have less patience."""
    from tb_projector_plugin import limits
    from tb_projector_plugin.catalog import catalog, scanner
    from tb_projector_plugin.web import job_answer

    with pytest.MonkeyPatch.context() as patch:
        for name in ("SCAN_S", "LISTING_S", "_KNOWN_RUN_S"):
            patch.setattr(catalog, name, TIMEOUT_S)
        patch.setattr(scanner, "TURN_S", TIMEOUT_S)
        patch.setattr(limits, "RUN_TURN_S", TIMEOUT_S)
        patch.setattr(job_answer, "WAIT_S", TIMEOUT_S)
        yield


@pytest.fixture(autouse=True)
def no_unexpected_error(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test meets an error that the package answers as `internal`, unless it is marked as one that provokes it."""
    with collected() as errors:
        yield
    if request.node.get_closest_marker("unexpected_error") is None:
        assert not errors, errors[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Saves a screenshot of a failed browser test in test-results/, and on each test whether it passed."""
    report = yield
    if report.when == "call":
        item.stash[HAS_PASSED] = report.passed
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and isinstance(page, Page) and not page.is_closed():
        picture = ROOT / "test-results" / (re.sub(r"\W+", "_", item.nodeid) + ".png")
        picture.parent.mkdir(exist_ok=True)
        page.screenshot(path=picture)
        report.sections.append(("screenshot", str(picture.relative_to(ROOT))))
    return report


@pytest.fixture
def tensorboard_server() -> Iterator[StartTensorBoard]:
    """`tensorboard_server(logdir, *flags)` starts a server that stops after the test. See `TensorBoardProcess`."""
    started: list[TensorBoardProcess] = []

    def start(logdir: str | os.PathLike[str], *flags: str, tensorflow: bool = False) -> TensorBoardProcess:
        started.append(TensorBoardProcess(logdir, flags, tensorflow=tensorflow))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=EXPECT_TIMEOUT_MS)
    with launch_chromium(*PLAIN_PAGE) as browser:
        yield browser


@pytest.fixture(scope="session")
def browser_pages(chromium: Browser) -> Iterator[BrowserPages]:
    """One context for all tests, so that TensorBoard's scripts are compiled once."""
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(EXPECT_TIMEOUT_MS)
    yield BrowserPages(context, VIEWPORT)
    context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, browser_pages: BrowserPages) -> Iterator[Page]:
    """A fresh page for tests that name this fixture; other tests may share one, see browser_pages.py."""
    is_fresh = "page" in inspect.signature(request.function).parameters
    page = browser_pages.take(fresh=is_fresh)
    yield page
    browser_pages.give_back(page, keep=not is_fresh and request.node.stash.get(HAS_PASSED, False))


@pytest.fixture
def page_errors(page: Page) -> Iterator[list[str]]:
    """Exceptions of the page and errors that it wrote to the console."""
    errors: list[str] = []

    def note_error(error: Error) -> None:
        errors.append(str(error))

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("pageerror", note_error)
    page.on("console", note_message)
    yield errors
    page.remove_listener("pageerror", note_error)
    page.remove_listener("console", note_message)


@pytest.fixture
def open_tab(page: Page) -> OpenTab:
    """`open_tab(server)` opens the Embeddings tab by its URL, like a link; returns the plugin's frame."""

    def open_one(server: TensorBoardProcess, plugin: str = "embeddings", view: str = "") -> Frame:
        return load_tab(page, server.url, plugin, view)

    return open_one


@pytest.fixture(scope="session")
def digits_logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A read-only logdir with the run `train`: two steps of `digits` (1797, 64), labels and a sprite."""
    logdir = tmp_path_factory.mktemp("digits")
    write_digits_run(logdir / "train", steps=(1, 2))
    return logdir
