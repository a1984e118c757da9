"""Runs a computation in a child process that can be killed, and implements the protocol between it and the server.

The server sends frames (8 bytes of length, then that many bytes); the child sends lines of JSON: `{"progress": share}`,
`{"first": true}` once a first part of the result is written, and finally `{"done": {...}}` or `{"error": {...}}`. The
child knows no logdir: it receives the vectors it needs, and writes its result to a file whose path it receives.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from typing import IO, Any

from tb_projector_plugin.errors import LimitError, ProjectorError, unexpected_error
from tb_projector_plugin.jobs.jobs import Job, SubProgress

_LENGTH = struct.Struct("<q")
_POLL_S = 0.2
#: Program of the child. It removes the entry "" (the working directory), which `-c` puts first, so that no module is
#: imported from there. (`-I` would also exclude the user's own packages, which may include the plugin.) `sys` is built
#: in: no file can shadow it.
_PROGRAM = (
    "import sys; sys.path[:] = [entry for entry in sys.path if entry]; "
    "from tb_projector_plugin.jobs.child_main import main; main()"
)
#: Environment in which threads that wait for each other sleep: by default they keep their cores busy, at the cost of
#: the page and of others.
_PASSIVE = {"OMP_WAIT_POLICY": "passive"}
#: Maximum number of trailing characters of the child's standard error that are copied to the terminal.
_STDERR_CHARACTERS = 2000


class ChildProcess:
    """A child process, started on construction; as a context manager it is killed on exit."""

    def __init__(self, job: Job | SubProgress, task: str) -> None:
        """`task` names the module whose `run(pipe)` the child calls."""
        self._job = job
        # A private directory that no other user can write to: relative entries of PYTHONPATH resolve inside it.
        self._directory = tempfile.TemporaryDirectory(prefix="tb-projector-job-")
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  Closed in __exit__.
        self._process = subprocess.Popen(  # noqa: S603  This interpreter and a task of our own.
            [sys.executable, "-c", _PROGRAM, task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=self._directory.name,
            env={**_PASSIVE, **os.environ},
            start_new_session=True,  # Its niceness is its session's: see child_main.py.
        )
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> ChildProcess:  # noqa: PYI034  (Self is in Python 3.11)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        with contextlib.suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        self._process.wait()
        self._listener.join()
        self._stderr.close()
        self._directory.cleanup()

    def send(self, payload: Any) -> None:
        """Sends one frame: bytes, or any buffer. Raises like `await_result` when the child has ended."""
        self._job.check()
        view = memoryview(payload).cast("B")
        try:
            _stdin(self._process).write(_LENGTH.pack(len(view)))
            _stdin(self._process).write(view)
        except OSError as error:
            raise self._ended() from error

    def send_json(self, value: Any) -> None:
        self.send(json.dumps(value).encode())

    def await_result(self, on_first: Callable[[], None] | None = None) -> dict[str, Any]:
        """Returns the child's result; calls `on_first` when a first part of it is written. Raises CanceledJobError if
        the job is canceled; `__exit__` kills the child.
        """
        with contextlib.suppress(OSError):
            _stdin(self._process).flush()
        while True:
            self._job.check()
            try:
                line = self._lines.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if line is None:
                raise self._ended()
            message = json.loads(line)
            if "progress" in message:
                self._job.report(message["progress"])
            elif "first" in message:
                assert on_first is not None  # Only a job that asks for a first part gets one.
                on_first()
            elif "error" in message:
                raise _as_error(message["error"])
            else:
                done: dict[str, Any] = message["done"]
                return done

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def _ended(self) -> ProjectorError:
        code = self._process.wait()
        self._stderr.seek(0)
        output = self._stderr.read().decode(errors="replace")[-_STDERR_CHARACTERS:]
        if output:
            print(output, file=sys.stderr)  # noqa: T201  Meant for the user's terminal.
        if code < 0:
            return LimitError(
                f"The process that computed was ended from outside (signal {-code}): most likely memory was short.",
                "Free memory on the server, select fewer points, or choose fewer neighbors, and try again.",
            )
        return unexpected_error(f"The process that computed ended with {code}.")


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin


def _as_error(error: dict[str, Any]) -> ProjectorError:
    """Recreates the child's error with the same class."""
    for known in ProjectorError.__subclasses__():
        if known.kind == error["kind"]:
            return known(error["message"], error["fix"])
    return ProjectorError(error["message"], error["fix"])


# --- The child's side ---


class ServerPipe:
    """The child's end of the protocol."""

    def __init__(self) -> None:
        self._input = io.BufferedReader(io.FileIO(os.dup(sys.stdin.fileno())), 1 << 20)
        self._output = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)

    def read_into(self, buffer: Any) -> int:
        """Reads the next frame into the start of `buffer`; returns its size in bytes."""
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        view = memoryview(buffer).cast("B")[:length]
        done = 0
        while done < length:
            count = self._input.readinto(view[done:])
            if not count:
                raise EOFError
            done += count
        return int(length)

    def read(self) -> bytes:
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        return self._read(length)

    def read_json(self) -> Any:
        return json.loads(self.read())

    def report(self, progress: float) -> None:
        self._write({"progress": progress})

    def report_first(self) -> None:
        self._write({"first": True})

    def report_done(self, result: dict[str, Any]) -> None:
        self._write({"done": result})

    def report_error(self, error: ProjectorError) -> None:
        self._write(error.to_json())

    def _write(self, value: dict[str, Any]) -> None:
        self._output.write(json.dumps(value).encode() + b"\n")

    def _read(self, size: int) -> bytes:
        data = self._input.read(size)
        if len(data) < size:
            raise EOFError
        return data
