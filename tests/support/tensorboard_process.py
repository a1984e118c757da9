"""A real TensorBoard in a child process, for tests and benchmarks."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from unexpected_errors import LOGGED
from waiting import wait_until

#: Most tests need none of TensorBoard's TensorFlow features.
WITHOUT_TENSORFLOW = Path(__file__).with_name("without_tensorflow.py")
WITH_TENSORFLOW = Path(__file__).with_name("with_tensorflow.py")
READY = re.compile(r"TensorBoard \S+ at (http://\S+?)/? \(Press")
#: TensorBoard's imports take 2 to 6 seconds from a cold disk; a busy machine is several times slower.
READY_TIMEOUT_S = 120


class TensorBoardProcess:
    """Starts on a free port, is ready when the constructor returns, and has exited after `stop`.

    `url` has no trailing slash. `log()` is all output so far. `tensorflow`: whether TensorBoard imports TensorFlow if
    installed, as it does for users; the built-in projector reads checkpoints with it.
    """

    def __init__(
        self,
        logdir: str | os.PathLike[str],
        flags: Sequence[str] = (),
        *,
        python: str = sys.executable,
        tensorflow: bool = False,
    ) -> None:
        self._lines: list[str] = []
        self._ready = threading.Event()
        self.url = ""
        where = [] if any(flag.startswith("--logdir") for flag in flags) else ["--logdir", os.fspath(logdir)]
        script = WITH_TENSORFLOW if tensorflow else WITHOUT_TENSORFLOW
        self.process = subprocess.Popen(
            [python, "-X", "faulthandler", script, *where, "--port=0", *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=Path(logdir),  # Not the clone: its folders would shadow the installed package.
            env=_environment(),
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._wait_until_ready()

    @property
    def pid(self) -> int:
        return self.process.pid

    def log(self) -> str:
        return "".join(self._lines)

    def list_plugin(self, name: str) -> dict[str, Any]:
        """What TensorBoard lists of a plugin."""
        with urlopen(f"{self.url}/data/plugins_listing", timeout=READY_TIMEOUT_S) as response:
            return json.load(response)[name]

    def wait_until_enabled(self, plugin: str) -> None:
        """Until a first scan has found what it shows. The built-in projector may answer 500 before: its thread and a
        request change the same fields without a lock.
        """
        try:
            wait_until(lambda: self.list_plugin(plugin)["enabled"], f"that {plugin} is active", READY_TIMEOUT_S)
        except AssertionError as error:
            raise TimeoutError(f"{error}. TensorBoard said:\n{self._end_with_stacks()}") from error

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> TensorBoardProcess:  # noqa: PYI034 (`Self` needs Python 3.11)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        log = self.log()
        assert not any(words in log for words in LOGGED), log

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.append(line)
            if match := READY.search(line):
                self.url = match[1]
                self._ready.set()
        self._ready.set()  # The process has exited; unblock the waiting thread.

    def _end_with_stacks(self) -> str:
        """Ends the process; the output, at its end where each thread was."""
        self.process.send_signal(signal.SIGABRT)
        self._listener.join()
        return self.log()

    def _wait_until_ready(self) -> None:
        started = time.monotonic()
        self._ready.wait(READY_TIMEOUT_S)
        if not self.url:
            self.stop()
            waited_s = time.monotonic() - started
            raise RuntimeError(f"TensorBoard gave no address within {waited_s:.0f} s. It said:\n{self.log()}")


def _environment() -> dict[str, str]:
    """The environment without variables that let the sources of the clone shadow the installed package."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PYTHONUNBUFFERED": "1"}
