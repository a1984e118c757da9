"""`make fuzz`: tries damaged inputs on every parser, in processes with bounded memory and time.

    .venv/bin/python tests/fuzz/fuzz.py --minutes 10 [--jobs 2] [--edited 30] [--seed 7] [--keep] [parser …]
    .venv/bin/python tests/fuzz/fuzz.py --inputs 200 --seed 1

Anything but a ProjectorError is a fault: it is printed, and its input saved in tests/fuzz/corpus/<parser>/, with which
every run begins. `--keep` adds the shortest input for each kind of outcome.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
#: Bytes of an input that `--keep` keeps: so few that it is read in a review.
KEPT_BYTES = 4096
#: Outcomes of a parser that `--keep` keeps, those with the shortest inputs: each run begins with all of them.
KEPT_OUTCOMES = 12
#: Seconds for each parser before the next one gets its turn; then all begin again with other inputs.
TURN_S = 5.0
#: Distance of the seeds of two rounds: a round uses a seed for each chunk of inputs.
SEEDS_PER_ROUND = 1_000_000
#: Folder in memory, where a system has one: on a disk, opening the files of the inputs takes most of the time.
MEMORY_FOLDER = "/dev/shm"
#: Bytes that must be free there: converted sheets of images are kept while a child process runs.
MEMORY_FOLDER_BYTES = 2 << 30
#: Variables of the child process: few arenas and threads, because reserved address space counts as memory there.
BOUNDED = {
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}

Line = dict[str, Any]


@dataclass
class Fuzzing:
    """One run: its options, and what came of it."""

    options: argparse.Namespace
    names: list[str]
    counts: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    _taking: threading.Lock = field(default_factory=threading.Lock, init=False)

    def try_all(self) -> None:
        """One round for a number of inputs; for a time, rounds in several processes until a fault is found."""
        if self.options.minutes is None:
            self._run_round(self.options.seed, None)
            return
        until = time.monotonic() + 60 * self.options.minutes
        seeds = itertools.count(self.options.seed, SEEDS_PER_ROUND)
        with ThreadPoolExecutor(self.options.jobs) as pool:
            for job in [pool.submit(self._run_rounds, seeds, until) for _ in range(self.options.jobs)]:
                job.result()

    def _run_rounds(self, seeds: Iterator[int], until: float) -> None:
        while (self.options.go_on or not self.faults) and (left_s := until - time.monotonic()) > 0:
            self._run_round(next(seeds), min(TURN_S, left_s / len(self.names)))

    def _run_round(self, seed: int, seconds: float | None) -> None:
        """A child process for all parsers; if one of them ends the process, another one for those after it."""
        left = list(self.names)
        while left:
            with tempfile.TemporaryDirectory(prefix="fuzz-", dir=find_memory_folder()) as folder:
                order = self._make_order(left, folder, seed, seconds)
                lines, words = run_child(order, folder)
                left = left[len(lines[1:]) :]
                with self._taking:
                    for line in lines[1:]:
                        self._take(line)
                    if left:  # The process did not come to the end of this one.
                        current = Path(folder) / left[0] / "current"
                        self._take_fault(left.pop(0), current.read_bytes() if current.exists() else b"", words)

    def _make_order(self, names: list[str], folder: str, seed: int, seconds: float | None) -> dict[str, Any]:
        corpus = {name: [path.read_bytes().hex() for path in self._folder(name).glob("*")] for name in names}
        options = {
            "module": str(self.options.module),
            "cpu_s": self.options.cpu_seconds,
            "inputs": self.options.inputs,
            "edited": self.options.edited,
        }
        return {**options, "names": names, "folder": folder, "seed": seed, "seconds": seconds, "corpus": corpus}

    def _take(self, line: Line) -> None:
        self.counts[line["name"]] += line["inputs"]
        shortest = sorted(line["outcomes"].values(), key=len)[:KEPT_OUTCOMES] if self.options.keep else []
        for data in shortest:
            if len(data) <= 2 * KEPT_BYTES:
                self._save(line["name"], bytes.fromhex(data))
        if line["fault"] is not None:
            self._take_fault(line["name"], bytes.fromhex(line["fault"]["input"]), line["fault"]["error"])

    def _take_fault(self, name: str, data: bytes, words: str) -> None:
        self.faults += 1
        print(f"== {name}: a fault, with the input in {self._save(name, data)}\n{data[:200]!r}\n{words}", flush=True)

    def _save(self, name: str, data: bytes) -> Path:
        path = self._folder(name) / hashlib.blake2b(data, digest_size=6).hexdigest()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def _folder(self, name: str) -> Path:
        return Path(self.options.corpus) / name


def find_memory_folder() -> str | None:
    """None stands for the system's folder of temporary files."""
    if not os.access(MEMORY_FOLDER, os.W_OK) or shutil.disk_usage(MEMORY_FOLDER).free < MEMORY_FOLDER_BYTES:
        return None
    return MEMORY_FOLDER


def run_child(order: dict[str, Any], folder: str) -> tuple[list[Line], str]:
    """The lines that it wrote, the first of which lists the parsers, and how it ended."""
    path = os.pathsep.join([str(HERE.parent / "support"), *filter(None, [os.environ.get("PYTHONPATH")])])
    own = {"PYTHONPATH": path, "TMPDIR": folder, "TB_PROJECTOR_CACHE_DIR": f"{folder}/cache"}
    done = subprocess.run(
        [sys.executable, str(HERE / "child.py")],
        input=json.dumps(order).encode(),
        cwd=folder,
        env={**os.environ, **BOUNDED, **own},
        capture_output=True,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return lines, f"{explain_end(done.returncode, order['cpu_s'])}\n{done.stderr.decode(errors='replace')[-4000:]}"


def explain_end(code: int, cpu_s: int) -> str:
    if code == -signal.SIGPROF:
        return f"It took more than {cpu_s} s of processor time."
    return f"The process ended with {signal.Signals(-code).name if code < 0 else code}."


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Tries damaged inputs on every parser.")
    parser.add_argument("names", nargs="*", metavar="parser", help="all of them, if none is named")
    parser.add_argument("--minutes", type=float, help="how long in all")
    parser.add_argument("--inputs", type=int, help="how many for each parser, instead of a time")
    parser.add_argument("--seed", type=int, default=int(time.time()) % SEEDS_PER_ROUND)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="processes at once, for a time")
    parser.add_argument("--edited", type=int, default=0, help="inputs with more edits, besides each one of Hypothesis")
    parser.add_argument("--go-on", action="store_true", help="let the other parsers go on after a fault")
    parser.add_argument("--keep", action="store_true", help="add the shortest input for each outcome to the corpus")
    parser.add_argument(
        "--corpus", type=Path, default=HERE / "corpus", help="what is tried first, and faults are saved"
    )
    parser.add_argument("--module", type=Path, default=HERE / "targets.py", help="the file with TARGETS")
    parser.add_argument("--cpu-seconds", type=int, default=10, help="bound of processor time for one input")
    options = parser.parse_args()
    if (options.minutes is None) == (options.inputs is None):
        parser.error("say how much: --minutes 10, or --inputs 200")
    return options


def list_names(options: argparse.Namespace) -> list[str]:
    order = {"module": str(options.module), "cpu_s": options.cpu_seconds, "names": []}
    lines, words = run_child(order, tempfile.gettempdir())
    if not lines:
        sys.exit(f"The parsers could not be loaded; run this after `make test`, which installs what it needs.\n{words}")
    return list(lines[0]["all"])


def main() -> int:
    options = parse_options()
    fuzzing = Fuzzing(options, options.names or list_names(options))
    fuzzing.try_all()
    for name, count in fuzzing.counts.items():
        print(f"{name:18} {count:9,} inputs")
    total, count = fuzzing.counts.total(), len(fuzzing.counts)
    print(f"{total:,} inputs for {count} parsers, {fuzzing.faults} faults, seed {options.seed}")
    return int(fuzzing.faults > 0)


if __name__ == "__main__":
    sys.exit(main())
