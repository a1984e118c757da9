"""Starts TensorBoard on the demo's runs, prints its URL, and opens a browser if there is a display; Ctrl-C ends it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from typing import Final

from tb_projector_plugin.demo.say import say

DEFAULT_PORT: Final = 6006
#: Maximum time for TensorBoard to start: its imports take 2 to 6 s from a cold disk, several times that if it is busy.
_START_TIMEOUT_S: Final = 120


def serve(logdir: str, port: int | None, *, browser: bool) -> int:
    """Serves `logdir` until Ctrl-C or until TensorBoard ends; returns an exit status."""
    port = choose_port(port)
    say("\nStarting TensorBoard …")
    # In the logdir: in a clone's root, its source folder would take precedence over the installed package.
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", logdir, "--port", str(port)]
    with subprocess.Popen(command, cwd=logdir) as process:  # noqa: S603  Our interpreter, our arguments.
        try:
            if not _wait_until_up(process, port):
                say(f"TensorBoard did not start. Try it yourself: tensorboard --logdir {logdir}")
                return process.poll() or 1
            address = f"http://localhost:{port}/#embeddings"
            say(f"\n    {address}\n\nThe runs `digits` and `words` lie in {logdir}. Ctrl-C ends.")
            if browser and _has_display():
                webbrowser.open(address)
            return process.wait()
        except KeyboardInterrupt:
            say("\nEnded.")
            return 0
        finally:
            process.terminate()


def choose_port(wanted: int | None) -> int:
    """`wanted`, if given; else TensorBoard's usual port, or a free one if that is taken."""
    if wanted is not None:
        return wanted
    return DEFAULT_PORT if _is_free(DEFAULT_PORT) else _free_port()


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("localhost", port)) != 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + _START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < until:
        if _answers(f"http://localhost:{port}/data/logdir"):
            return process.poll() is None
        time.sleep(0.2)
    return False


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310  Our own server.
            return True
    except OSError:
        return False
