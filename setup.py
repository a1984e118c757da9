"""The package map, and the step that builds the frontend. Everything else is in pyproject.toml.

`callbacks/` and `protos/` lie at the top of the repository and are installed inside the package, so that neither name
lands in site-packages. `pip install .`, `pip install -e .`, a wheel and an sdist all build `frontend/` into
`tb_projector_plugin/static/` first; an sdist carries the result, so that installing from it needs no Node.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import ClassVar

from setuptools import Command, find_packages, setup
from setuptools.command.build import build
from setuptools.command.sdist import sdist

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "scripts"))  # `pip` puts it there too (backend-path); a plain `python setup.py` does not.

import build_frontend  # noqa: E402


class BuildFrontend(Command):
    """`frontend/` -> `tb_projector_plugin/static/`; part of every build, editable ones too."""

    description = "build the frontend into tb_projector_plugin/static"
    user_options: ClassVar[list[tuple[str, str | None, str]]] = []
    editable_mode = False  # Set by setuptools; there is nothing to do differently.

    def initialize_options(self) -> None:
        """No options."""

    def finalize_options(self) -> None:
        """No options."""

    def run(self) -> None:
        build_frontend.build(ROOT)

    def get_source_files(self) -> list[str]:
        return []  # MANIFEST.in names them.

    def get_outputs(self) -> list[str]:
        return []  # build_py copies the result as package data.

    def get_output_mapping(self) -> dict[str, str]:
        return {}


class Build(build):
    """Builds the frontend before build_py collects the package's files, into an empty folder.

    setuptools keeps `build/lib` from one build to the next, and a file that is no longer in the sources stays in it.
    """

    sub_commands: ClassVar = [("build_frontend", None), *build.sub_commands]

    def run(self) -> None:
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


class Sdist(sdist):
    """Builds the frontend before MANIFEST.in is read."""

    def run(self) -> None:
        self.run_command("build_frontend")
        super().run()


setup(
    packages=[
        *find_packages(include=["tb_projector_plugin", "tb_projector_plugin.*"]),
        "tb_projector_plugin.callbacks",
        "tb_projector_plugin.protos",
    ],
    package_dir={"tb_projector_plugin.callbacks": "callbacks", "tb_projector_plugin.protos": "protos"},
    package_data={
        "tb_projector_plugin": ["py.typed", "static/**"],
        "tb_projector_plugin.protos": ["*.proto", "*.pyi"],
    },
    include_package_data=False,  # Exactly what is named above.
    cmdclass={"build": Build, "build_frontend": BuildFrontend, "sdist": Sdist},
)
