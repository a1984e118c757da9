"""Creates or updates the virtual environment that every target of the Makefile uses.

    python3 scripts/environment.py demo          # .venv with the package and its extra `demo`
    python3 scripts/environment.py test check

The package gets a regular install, not an editable one (`pip install -e`), so that the tests and the type checker see
what a user gets, including `callbacks/` and `protos/` inside the package. Stamps in the environment record what was
installed from which sources, so that a second run takes no time and a changed source costs one quick reinstall.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import build_frontend

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("VENV", ROOT / ".venv")).absolute()
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST_PYTHON = (3, 10)
PACKAGES = ("tb_projector_plugin", "callbacks", "protos")


def main(extras: list[str]) -> None:
    _check_python()
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        _make_venv()
    _build_frontend_first()
    _install(",".join(sorted(extras)))


def _build_frontend_first() -> None:
    """Built here, the progress is not hidden by pip's output; pip then finds the build up to date."""
    if build_frontend.requirements(ROOT):
        return  # No npm on this machine: pip installs Node and builds.
    build_frontend.build(ROOT)


def _check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Python 3.10 or newer is needed; `{sys.executable}` is {found}. "
            "Name a newer one: `make PYTHON=python3.12 …`."
        )


def _make_venv() -> None:
    _say(f"making {VENV.name} with Python {sys.version.split()[0]}")
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        sys.exit(
            f"`{sys.executable} -m venv` failed; its own words are above. On Debian and Ubuntu the part that is "
            "missing comes with `apt-get install python3-venv`."
        )


def _install(extras: str) -> None:
    """Installs nothing, only the package, or the package with its dependencies, depending on the stamps."""
    needs = _Stamp("requirements", f"{extras} {_digest([ROOT / 'pyproject.toml'])}")
    sources = _Stamp("sources", _digest(_sources()))
    if needs.holds() and sources.holds():
        _say("up to date")
    elif needs.holds():
        _say("the sources changed: installing the package again")
        _pip("install", "--no-deps", "--force-reinstall", str(ROOT))
    else:
        _say(f"installing the package and what [{extras}] needs; the first time this takes a minute or two")
        _pip("install", "--upgrade-strategy", "only-if-needed", f"{ROOT}[{extras}]")
    sources.write()
    needs.write()


class _Stamp:
    """A file in the environment that records what was installed last."""

    def __init__(self, name: str, text: str) -> None:
        self._path, self._text = VENV / f"installed-{name}", text

    def holds(self) -> bool:
        return self._path.exists() and self._path.read_text() == self._text

    def write(self) -> None:
        self._path.write_text(self._text)


def _sources() -> Iterator[Path]:
    yield from (ROOT / "setup.py", ROOT / "pyproject.toml")
    for package in PACKAGES:
        yield from sorted(path for path in (ROOT / package).rglob("*") if _is_source(path))


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"


def _digest(files: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _pip(*arguments: str) -> None:
    code = subprocess.run([BIN / "python", "-m", "pip", *arguments], check=False).returncode
    if code:
        sys.exit(f"pip ended with {code}; its own words are above. `make clean` gives a fresh start.")


def _say(text: str) -> None:
    print(f"environment: {text}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
