"""Writes docs/testing.md from the reports of `make coverage`: coverage by room, and every file below the bar.

    .venv/bin/python scripts/write_coverage.py python.json page.json

Exits with 1 if the package is below its bar, or if a file below 90 % has no reason here.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/testing.md"
#: Heading below which another script writes.
VERSIONS = "\n## Versions\n"
PACKAGE_PERCENT = 95
FILE_PERCENT = 90
#: Reason for each file, or each folder of files, below `FILE_PERCENT`.
REASONS: dict[str, str] = {
    "jobs/child_main.py": "runs in a child process, which is killed before it can save what it measured",
    "graphs/graph_task.py": "runs in a child process, which is killed before it can save what it measured",
    "graphs/quality_task.py": "runs in a child process, which is killed before it can save what it measured",
    "demo/server.py": "opens the user's own browser",
}
#: The same for the page.
PAGE_REASONS: dict[str, str] = {
    "saved_page": "runs in a saved page, which is one script without source maps",
    "worker": "runs in a worker of the tab, which is not measured: what it computes is tested in Node",
}
#: End of the names of the scripts that only workers run: their reports have no lines.
WORKER = "_worker.ts"
#: Reason of a file that has none yet.
OPEN = "open: to be tested"
HEAD = """# Testing

`make test` runs every test. They run in four places: pytest for the package (in its own process, in TensorBoard's WSGI
application, in child processes), pytest with Playwright for the tab inside a real TensorBoard, vitest in Node for what
needs no page, and vitest in Chromium for what draws or shows.

`make coverage` measures all of them and writes this page, last on {date}. The tab's own tests count for the page only,
which they run as it is installed: its lines are found by the source maps of the same build. What they run in workers
and in saved pages is not measured.

"""


@dataclass(frozen=True)
class FileLines:
    """Executable and executed lines of one source file; `path` is relative to its language's root."""

    path: str
    lines: int
    run: int
    missing: list[int]

    @property
    def room(self) -> str:
        return self.path.split("/")[0] if "/" in self.path else "(top)"

    @property
    def percent(self) -> float:
        return percent_of([self])


def percent_of(files: Iterable[FileLines]) -> float:
    chosen = list(files)
    return 100 * sum(file.run for file in chosen) / max(1, sum(file.lines for file in chosen))


def read_python(report: Path) -> list[FileLines]:
    files = json.loads(report.read_text())["files"]
    return [
        FileLines(
            path.rpartition("tb_projector_plugin/")[2],
            entry["summary"]["num_statements"],
            entry["summary"]["covered_lines"],
            entry["missing_lines"],
        )
        for path, entry in files.items()
        if entry["summary"]["num_statements"]
    ]


def read_typescript(report: Path) -> list[FileLines]:
    files = json.loads(report.read_text())
    return [
        FileLines(path.rpartition("/src/")[2], entry["lines"]["total"], entry["lines"]["covered"], entry["missing"])
        for path, entry in files.items()
        if path != "total" and (entry["lines"]["total"] or path.endswith(WORKER))
    ]


def write_table(title: str, files: list[FileLines]) -> str:
    rooms: dict[str, list[FileLines]] = defaultdict(list)
    for file in files:
        rooms[file.room].append(file)
    rows = [
        f"| `{room}` | {len(chosen)} | {sum(one.lines for one in chosen):,} | {percent_of(chosen):.1f} % |"
        for room, chosen in sorted(rooms.items())
    ]
    total = f"| all | {len(files)} | {sum(file.lines for file in files):,} | {percent_of(files):.1f} % |"
    return "\n".join(
        [f"## {title}", "", "| room | files | lines | run |", "| --- | --- | --- | --- |", *rows, total, ""]
    )


def reason_for(path: str, reasons: dict[str, str]) -> str | None:
    return next((why for prefix, why in reasons.items() if path == prefix or path.startswith(f"{prefix}/")), None)


def low_files(files: list[FileLines]) -> list[FileLines]:
    return sorted((file for file in files if file.percent < FILE_PERCENT), key=lambda file: (file.percent, file.path))


def write_low(files: list[FileLines], reasons: dict[str, str]) -> str:
    rows = [
        f"| `{file.path}` | {file.percent:.0f} % | {reason_for(file.path, reasons) or OPEN} |"
        for file in low_files(files)
    ]
    return "\n".join(["", f"Below {FILE_PERCENT} %:", "", "| file | run | why |", "| --- | --- | --- |", *rows, ""])


def main(python_report: str, typescript_report: str) -> int:
    python, typescript = read_python(Path(python_report)), read_typescript(Path(typescript_report))
    parts = [HEAD.format(date=dt.datetime.now(dt.timezone.utc).date())]
    unexplained: list[FileLines] = []
    for title, files, reasons in (("Python", python, REASONS), ("TypeScript", typescript, PAGE_REASONS)):
        parts += [write_table(title, files), write_low(files, reasons), "\n"]
        unexplained += [file for file in low_files(files) if not reason_for(file.path, reasons)]
    _, versions, tried = TARGET.read_text().partition(VERSIONS)  # Written by scripts/compat.py.
    TARGET.write_text("".join(parts).rstrip() + "\n" + versions + tried)
    print(f"Python {percent_of(python):.1f} %, TypeScript {percent_of(typescript):.1f} %; see {TARGET.name}")
    for file in unexplained:
        lines = ", ".join(map(str, file.missing))
        print(f"below {FILE_PERCENT} % without a reason: {file.path}, lines {lines}")
    return int(percent_of(python) < PACKAGE_PERCENT or bool(unexplained))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
