"""Tries inputs on parsers within bounds of memory and time; one line of JSON for each parser.

The order is JSON on standard input. Each input is written to `current` in the parser's folder before it is tried: if
the process is ended by a bound, that one did it.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import json
import math
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
from mutations import edit_at_random
from targets import Target

from tb_projector_plugin.errors import ProjectorError

#: Memory in bytes beyond what the process has after its imports: several times what any of the inputs may take.
MEMORY_BYTES = 1 << 30
#: Seconds by the clock after which an input hangs: waiting takes no processor time.
HANG_S = 120
#: Seconds for which that bound stays as it is: setting it starts a thread, which takes longer than most inputs.
HANG_SET_S = 10
#: Inputs between two looks at the clock, and the fewest of Hypothesis among them.
CHUNK = 500
FEWEST = 50


@dataclass
class Trial:
    """The inputs of one target: how many, the faults, and the shortest input for each kind of outcome."""

    name: str
    target: Target
    folder: Path
    #: Bound of processor time for one input. Not the clock's: the machine may be busy.
    cpu_s: int
    #: Inputs that are tried besides each one of Hypothesis: the same with a few more edits.
    edited: int = 0
    #: The clock's time in seconds at which nothing more is tried.
    until: float = math.inf
    count: int = 0
    fault: dict[str, str] | None = None
    outcomes: dict[str, bytes] = field(default_factory=dict)
    _hang_set: float = field(default=-HANG_SET_S, init=False)

    def attempt(self, data: bytes) -> None:
        """Parses one input. Raises whatever is not a ProjectorError, after it has noted the shortest input for it."""
        self.count += 1
        (self.folder / "current").write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, self.cpu_s)  # SIGPROF, if not caught, ends the process.
        self._bound_waiting()
        try:
            self._note(self._find_outcome(data), data)
        except (Exception, SystemExit):
            text = traceback.format_exc(limit=-8)
            if self.fault is None or len(data) < len(self.fault["input"]) // 2:
                self.fault = {"input": data.hex(), "error": text}
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)  # What makes the next input is not timed.

    def _bound_waiting(self) -> None:
        if time.monotonic() - self._hang_set >= HANG_SET_S:
            self._hang_set = time.monotonic()
            faulthandler.dump_traceback_later(HANG_S, exit=True)

    def _find_outcome(self, data: bytes) -> str:
        try:
            self.target.parse(self.folder, data)
        except ProjectorError as error:
            if not (error.message and error.fix):
                raise AssertionError(f"no message or no fix: {error!r}") from error
            return f"{error.kind} {error.message}"
        return "whole"

    def replay(self, inputs: Iterable[bytes]) -> None:
        for data in inputs:
            self.attempt(data)

    def attempt_with_edits(self, data: bytes) -> None:
        """Parses one input, then edits of it, until the time is up.

        The edits are the same ones each time, so that Hypothesis meets a fault again and can shorten its input.
        """
        generator = random.Random(data)
        for edits in range(1 + self.edited):
            if self.fault is None and time.monotonic() >= self.until:
                return
            self.attempt(edit_at_random(data, generator) if edits else data)

    def generate(self, seed: int, examples: int) -> None:
        settings = hypothesis.settings(
            max_examples=examples,
            database=None,
            deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck),
            phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        )
        hypothesis.seed(seed)(settings(hypothesis.given(self.target.inputs())(self.attempt_with_edits)))()

    def _note(self, outcome: str, data: bytes) -> None:
        kind = re.sub(r"[0-9]+|'[^']*'|\"[^\"]*\"|«[^»]*»", "#", outcome)[:60]
        if kind not in self.outcomes or len(data) < len(self.outcomes[kind]):
            self.outcomes[kind] = data


def _bound_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _load_targets(path: str) -> dict[str, Target]:
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(spec.name, module)
    spec.loader.exec_module(module)
    found: dict[str, Target] = module.TARGETS
    return found


def _run(trial: Trial, order: dict[str, Any]) -> None:
    """The corpus, then so many inputs, or so many seconds of them."""
    trial.replay(bytes.fromhex(text) for text in order["corpus"][trial.name])
    seed, left, chunk = order["seed"], order["inputs"], max(FEWEST, CHUNK // (1 + trial.edited))
    if order["seconds"] is not None:
        trial.until = time.monotonic() + order["seconds"]
    while (left is not None and left > 0) or (left is None and time.monotonic() < trial.until):
        trial.generate(seed, chunk if left is None else min(chunk, left))
        seed, left = seed + 1, None if left is None else left - chunk


def _try_one(name: str, target: Target, order: dict[str, Any]) -> dict[str, Any]:
    folder = Path(order["folder"]) / name
    folder.mkdir()
    trial = Trial(name, target, folder, order["cpu_s"], order["edited"])
    try:
        _run(trial, order)
    except (Exception, SystemExit):  # noqa: BLE001  Whatever it is, it is reported.
        trial.fault = trial.fault or {"input": "", "error": traceback.format_exc()}
    outcomes = {kind: data.hex() for kind, data in trial.outcomes.items()}
    return {"name": name, "inputs": trial.count, "fault": trial.fault, "outcomes": outcomes}


def main(order: dict[str, Any]) -> None:
    targets = _load_targets(order["module"])
    say({"all": list(targets)})
    _bound_memory()
    for name in order["names"]:
        say(_try_one(name, targets[name], order))
    signal.setitimer(signal.ITIMER_PROF, 0)


def say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(json.load(sys.stdin))
