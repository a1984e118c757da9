"""`make kill`: kills writers at random moments, and checks that nothing is lost and nothing half-written is shown.

    .venv/bin/python tests/kill/kill.py --times 200 [--seed 7] [--fit tensorflow|jax|torch]

Several processes write into one logdir; each acknowledges an embedding on a pipe once the call has returned. One after
another is killed and replaced. With `--fit`, one process trains with `ProjectorCallback` instead. Afterwards, over its
routes, the server must list every acknowledged embedding with exactly the vectors and labels that were written, and
nothing that was written in part.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from writing import WRITERS

HERE = Path(__file__).resolve().parent
#: Processes that write at one time, each through another call.
KINDS = ("add_embedding", "visualize_embeddings", "callback")
#: Backends of Keras: TensorFlow writes checkpoints, the others raw files.
BACKENDS = ("tensorflow", "jax", "torch")
#: Seconds between two kills, at most: a write takes milliseconds, an epoch with its write up to 150 of them.
PAUSE_S, PAUSE_FIT_S = 0.06, 0.3
#: Seconds to wait for the first epoch, for which JAX and TensorFlow compile.
COMPILE_S = 120


@dataclass
class Writer:
    """A process that writes steps from `first` on until it is killed."""

    kind: str
    name: str
    process: int
    pipe: int
    seen: bytes = b""

    def kill(self) -> None:
        """Raises RuntimeError if it had ended by itself."""
        os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        while part := os.read(self.pipe, 1 << 16):
            self.seen += part
        os.close(self.pipe)
        if not os.WIFSIGNALED(status):
            raise RuntimeError(f"{self.name} ended by itself, after {self.acknowledged()}")

    def acknowledged(self) -> list[int]:
        """The steps whose calls returned; a line that was cut off counts for nothing."""
        return [int(line) for line in self.seen.decode().split("\n")[:-1]]


@dataclass
class Killing:
    """The logdir, what was acknowledged, and which step comes next for each name."""

    logdir: Path
    kinds: tuple[str, ...]
    chance: random.Random
    pause_s: float
    waits: bool
    acknowledged: dict[str, set[int]] = field(default_factory=dict)
    starts: int = 0

    def kill_times(self, times: int) -> None:
        writers = [self._start(kind) for kind in self.kinds]
        for _ in range(times):
            place = self.chance.randrange(len(writers))
            if self.waits:
                select.select([writers[place].pipe], [], [], COMPILE_S)
            time.sleep(self.chance.uniform(0, self.pause_s))
            self._end(writers[place])
            writers[place] = self._start(writers[place].kind)
        for writer in writers:
            self._end(writer)

    def _start(self, kind: str) -> Writer:
        """A fork, so that it begins to write at once: this process has no threads."""
        self.starts += 1
        reads, writes = os.pipe()
        first, name = 1000 * self.starts, f"{kind}_{self.chance.randrange(2)}"
        process = os.fork()
        if process == 0:
            os.close(reads)
            write_forever(self.logdir, kind, name, first, writes)
        os.close(writes)
        return Writer(kind, name, process, reads)

    def _end(self, writer: Writer) -> None:
        writer.kill()
        self.acknowledged.setdefault(writer.name, set()).update(writer.acknowledged())


def write_forever(logdir: Path, kind: str, name: str, first: int, pipe: int) -> None:
    """In the child process, which never returns."""
    try:
        for step in range(first, first + 1000):
            WRITERS[kind](logdir, name, step)
            os.write(pipe, b"%d\n" % step)
    except BaseException as error:  # noqa: BLE001  Reported by its exit: acknowledged steps would be too few.
        print(f"{kind}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    os._exit(1)


def main() -> int:
    options = parse_options()
    preload(options.fit)
    with tempfile.TemporaryDirectory(prefix="kill-") as folder:
        kinds, pause_s = (("fit",), PAUSE_FIT_S) if options.fit else (KINDS, PAUSE_S)
        chance = random.Random(options.seed)
        killing = Killing(Path(folder) / "logs", kinds, chance, pause_s, waits=bool(options.fit))
        killing.logdir.mkdir()
        killing.kill_times(options.times)
        lines = [f"{name} {step}" for name, steps in sorted(killing.acknowledged.items()) for step in sorted(steps)]
        print(f"{options.times} kills, {len(lines)} embeddings acknowledged, seed {options.seed}", flush=True)
        return check(killing.logdir, lines)


def check(logdir: Path, lines: list[str]) -> int:
    """In another process: this one is to have no threads."""
    path = os.pathsep.join([str(HERE.parent / "support"), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, str(HERE / "check_logdir.py"), str(logdir)]
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        command, input="\n".join(lines), text=True, check=False, cwd=logdir, env=environment
    ).returncode


def preload(backend: str | None) -> None:
    """Imports once what the children need. A backend survives the fork as long as nothing was computed with it."""
    import tb_projector_plugin.callbacks.raw_steps
    import tb_projector_plugin.projector

    if backend is not None:
        os.environ["KERAS_BACKEND"] = backend
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        import tb_projector_plugin.callbacks.keras  # noqa: F401


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kills writers at random moments.")
    parser.add_argument("--times", type=int, default=200, help="how many are killed")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10**6)
    parser.add_argument("--fit", metavar="BACKEND", choices=BACKENDS, help="trainings with Keras instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
