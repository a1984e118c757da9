"""The routes are those that the modules of `routes` declare, however the package is installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from package_copy import NAME, copy_package, run_with

from tb_projector_plugin.routes.apps import ROUTES

LIST = f"""
from {NAME}.routes import apps
assert apps.__file__.startswith(__import__("sys").argv[1]), apps.__file__
print(*apps.ROUTES)
"""
IMPORT = """
import pkgutil, sys
from plugin_client import PluginClient
"""
#: Program that prints the text of the tab.
OPEN = """
print(PluginClient(sys.argv[1]).get("/static/index.js").get_data(as_text=True))
"""
NO_MODULES = "pkgutil.iter_modules = lambda *_: []"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_package(tmp_path / "copy")


def test_a_zip_has_the_same(package: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", package.parent)
    assert set(run_with(Path(archive), LIST, archive).split()) == set(ROUTES)
    assert len(ROUTES) > 10


def test_two_modules_of_one_address_are_named_in_the_tab(package: Path, tmp_path: Path) -> None:
    shutil.copy(package / "routes" / "runs.py", package / "routes" / "other_runs.py")
    shown = run_with(package.parent, IMPORT + OPEN, tmp_path)
    assert f"{NAME}.routes.other_runs and {NAME}.routes.runs declare the same route /runs" in shown


def test_a_package_that_cannot_be_listed_says_so_in_the_tab(package: Path, tmp_path: Path) -> None:
    """A program that packs Python may leave out modules that no other names."""
    shown = run_with(package.parent, IMPORT + NO_MODULES + OPEN, tmp_path)
    assert f"The package {NAME}.routes lists no modules with routes" in shown
