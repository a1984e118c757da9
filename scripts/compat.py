"""Tries the package with the oldest and the newest versions of what it needs, on each Python that this machine has.

    .venv/bin/python scripts/compat.py              # every Python, oldest and newest, and Firefox
    .venv/bin/python scripts/compat.py 3.10 3.13-newest firefox

Each pair gets an environment of its own, in which the wheel is installed, TensorFlow writes a logdir through the
callback, TensorBoard's tab is painted and clicked, and the Python tests that need no browser run. Then the tab is used
in Firefox, with and without WebGL 2. The results go to docs/testing.md, below the heading «Versions»: each in the place
of the last one of its kind, the others stay.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import chromium

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/testing.md"
HEADING = "## Versions"
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
FIREFOX = "firefox"
#: Names of uv's two ways to choose among the versions that the package allows.
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}
EXTRAS = ("--extra", "keras", "--extra", "tensorflow")
#: Packages that the tests need besides the package's own requirements; their versions are not what is tried.
TOOLS = ("hypothesis", "pandas", "psutil", "pytest>=9", "pytest-xdist", "requests", "scikit-learn")
#: Packages beside the oldest: TensorBoard before 2.21 imports `pkg_resources`, which setuptools no longer has.
BESIDE = {"oldest": ("setuptools<82",), "newest": ()}
#: Tests that need a browser, frameworks that are not installed here, or a build of the package.
LEFT_OUT = (
    "tests/browser",
    "tests/bad_input/test_words_in_tab.py",
    "tests/callbacks/test_other_backends.py",
    "tests/test_contributing.py",
    "tests/test_demo.py",
    "tests/test_packaging.py",
)
#: Tests of the callback with TensorFlow, and of the tab.
WRITES = ("tests/callbacks/test_keras.py",)
PAINTS = ("tests/browser/test_tab.py", "-k", "first_picture or lists_the_exact_neighbors or search_finds")
#: Driver of Firefox: newer versions send commands that Firefox ESR does not know.
FIREFOX_DRIVER = "playwright==1.58.*"
#: The steps of a trial, in the order of the table.
STEPS = ("install", "logdir", "tab", "tests")
#: Packages whose version the table gives.
SHOWN = ("tensorboard", "tensorflow", "keras", "numpy", "protobuf", "pyarrow", "faiss-cpu", "werkzeug", "setuptools")


@dataclass
class Trial:
    """One Python with one choice of versions; `results` are pairs of a step and what came of it."""

    python: str
    choice: str
    versions: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)


def main(names: Sequence[str]) -> int:
    trials: list[Trial] = []
    firefox: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="tb-projector-compat-") as folder:
        wheel = build_wheel(Path(folder))
        for python, choice in named_trials(names):
            trials.append(run_trial(Path(folder), wheel, python, choice))
            write_results(trials, firefox)
        if FIREFOX in names:
            firefox = try_firefox(Path(folder), wheel)
            write_results(trials, firefox)
    results = [*firefox.values(), *(result for trial in trials for result in trial.results.values())]
    return int(not results or any("failed" in result for result in results))


def named_trials(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a Python of this machine and a choice of versions; both choices where only the Python is named."""
    for python in filter(has_python, [python for python in PYTHONS if any(name.startswith(python) for name in names)]):
        for choice in RESOLUTIONS:
            if python in names or f"{python}-{choice}" in names:
                yield python, choice


def has_python(version: str) -> bool:
    is_there = run("uv", "python", "find", "--no-python-downloads", version).returncode == 0
    if not is_there:
        say(f"Python {version} is not on this machine")
    return is_there


def build_wheel(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


def run_trial(folder: Path, wheel: Path, python: str, choice: str) -> Trial:
    trial, home = Trial(python, choice), folder / f"{python}-{choice}"
    for step, result in steps(trial, home, wheel):
        trial.results[step] = result
        say(f"Python {python}, {choice}: {step} {result}")
        if step == "install" and result.startswith("failed"):
            break
    return trial


def steps(trial: Trial, home: Path, wheel: Path) -> Iterator[tuple[str, str]]:
    yield "install", install(trial, home, wheel)
    yield "logdir", run_tests(home, *WRITES)
    yield "tab", run_tests(home, *PAINTS)
    yield "tests", run_tests(home, "--numprocesses=2", *(f"--ignore={path}" for path in LEFT_OUT))


def install(trial: Trial, home: Path, wheel: Path) -> str:
    resolution = ("--resolution", RESOLUTIONS[trial.choice])
    add = ("uv", "pip", "install", "--python", str(home / "bin/python"))
    chosen = home / "chosen.txt"
    failure = run_all(
        ("uv", "venv", "--quiet", "--no-python-downloads", "--python", trial.python, str(home)),
        (*add, *resolution, "--no-build", "--requirements", "pyproject.toml", *EXTRAS),
        *((*add, package) for package in BESIDE[trial.choice]),
    )
    if failure is None:
        # The tools must not change the versions that are tried.
        chosen.write_text("".join(f"{name}=={version}\n" for name, version in list_versions(home).items()))
        failure = run_all(
            (*add, "--no-deps", str(wheel)),
            (*add, "--constraints", str(chosen), "playwright", *TOOLS),
        )
    trial.versions = list_versions(home)
    return failure or "passed"


def run_all(*commands: Sequence[str]) -> str | None:
    """The failure of the first command that fails; it is the last one that runs."""
    for command in commands:
        done = run(*command)
        if done.returncode:
            return f"failed: {last_line(done.stderr)}"
    return None


def list_versions(home: Path) -> dict[str, str]:
    done = run("uv", "pip", "list", "--python", str(home / "bin/python"), "--format", "json")
    return {entry["name"]: entry["version"] for entry in json.loads(done.stdout or "[]")}


def try_firefox(folder: Path, wheel: Path) -> dict[str, str]:
    """The result of each way to start it, with the newest versions. Without Xvfb there is no WebGL 2 to try."""
    home = folder / "firefox"
    program = str(ROOT / "tests/compat/firefox_tab.py")
    for command in (
        ("uv", "venv", "--quiet", "--python", sys.executable, str(home)),
        ("uv", "pip", "install", "--python", str(home / "bin/python"), f"{wheel}[tensorflow]", FIREFOX_DRIVER, *TOOLS),
    ):
        run(*command)
    results = {}
    ways: dict[str, tuple[str, ...]] = {"headless": (), "on a screen of Xvfb": ("xvfb-run", "--auto-servernum")}
    for way, prefix in ways.items():
        if prefix and shutil.which(prefix[0]) is None:
            results[way] = f"not tried: {prefix[0]} is not on this machine"
            continue
        done = run(*prefix, str(home / "bin/python"), program)
        results[way] = "; ".join(done.stdout.splitlines()) or f"failed: {last_line(done.stderr)}"
        say(f"Firefox, {way}: {results[way]}")
    return results


def run_tests(home: Path, *arguments: str) -> str:
    path = chromium.find_chromium()
    environment = {**os.environ, "CHROMIUM": path or "", "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = run(str(home / "bin/pytest"), "--quiet", *arguments, environment=environment)
    (home / "log.txt").open("a").write(done.stdout)
    summary = last_line(done.stdout)
    if done.returncode == 0:
        passed = re.search(r"\d+ passed", summary)
        return passed[0] if passed else summary
    print(done.stdout[-6000:], done.stderr[-2000:], sep="\n")
    names = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return f"failed: {summary.strip('= ')}: {', '.join(names[:5])}"


def run(*command: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no output")


def write_results(trials: Sequence[Trial], firefox: dict[str, str]) -> None:
    """Replaces the heading's table and list by ones in which these results have taken the place of older ones."""
    before, _, after = TARGET.read_text().partition(f"{HEADING}\n")
    date = dt.datetime.now(dt.timezone.utc).date()
    rows = dict(re.findall(r"^\| (3\.\d+ \| (?:oldest|newest)) \| (.*) \|$", after, re.MULTILINE))
    for trial in trials:
        cells = (
            *(trial.versions.get(name, "") for name in SHOWN),
            *(trial.results.get(step, "").replace("|", "/") for step in STEPS),
            str(date),
        )
        rows[f"{trial.python} | {trial.choice}"] = " | ".join(cells)
    names = ("Python", "versions", *SHOWN, *STEPS, "date")
    order = sorted(rows, key=lambda row: (int(row.split()[0].partition(".")[2]), "newest" in row))
    table = [" | ".join(names), " | ".join(["---"] * len(names)), *(f"{row} | {rows[row]}" for row in order)]
    used = dict(re.findall(r"^\* Firefox, (.*?): (.*)$", after, re.MULTILINE))
    used |= {way: f"{line} ({date})." for way, line in firefox.items()}
    words = (
        "`make compat`: the oldest and the newest versions that `pyproject.toml` allows, each in an environment of\n"
        "its own. «logdir»: TensorFlow writes one through the callback; «tab»: it is painted, searched and clicked in\n"
        "Chromium; «tests»: the Python tests that need no browser. TensorBoard before 2.21 imports `pkg_resources`,\n"
        "which setuptools 82 and newer do not have."
    )
    parts = [before.rstrip(), HEADING, words, "\n".join(f"| {row} |" for row in table)]
    if used:
        parts.append("\n".join(f"* Firefox, {way}: {line}" for way, line in used.items()))
    TARGET.write_text("\n\n".join(parts) + "\n")


def say(text: str) -> None:
    print(f"compat: {text}", flush=True)


if __name__ == "__main__":
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    sys.exit(main(sys.argv[1:] or (*PYTHONS, FIREFOX)))
