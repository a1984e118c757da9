"""Entry point of a child process: runs the task in the module named by its first argument, then exits."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
import time
from pathlib import Path

from tb_projector_plugin.cache_folder import describe_failure
from tb_projector_plugin.errors import LimitError, ProjectorError
from tb_projector_plugin.jobs.child import ServerPipe

#: Niceness of the child, which gives the page and TensorBoard three times its share of a core. Beside a training that
#: keeps every core busy a higher value would starve the child: 15 leaves it a thirtieth of a core, 5 a quarter.
_NICENESS = 5
#: Linux divides the cores among sessions first, each with a niceness of its own, and then among a session's processes
#: (sched(7), autogroups); the page belongs to another session. The file is missing where control groups divide them.
_SESSION_NICENESS = Path("/proc/self/autogroup")
#: Seconds between two looks whether the server is still there.
_LOOK_S = 1


def main() -> None:
    """Exits silently when the server goes away."""
    _give_way()
    threading.Thread(target=_end_with_server, args=(os.getppid(),), daemon=True).start()
    pipe = ServerPipe()
    try:
        pipe.report_done(importlib.import_module(sys.argv[1]).run(pipe))
    except ProjectorError as error:
        pipe.report_error(error)
    except MemoryError:
        pipe.report_error(LimitError("Memory did not suffice.", "Select fewer points, or choose fewer neighbors."))
    except (EOFError, BrokenPipeError):
        sys.exit(1)
    except OSError as error:  # The only files accessed here are in the cache folder.
        failure = describe_failure(error)
        if failure is None:
            raise
        pipe.report_error(failure)


def _give_way() -> None:
    """Lowers the priority of this process, and of its session, in which it is alone."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with contextlib.suppress(OSError):
        _SESSION_NICENESS.write_text(str(_NICENESS))


def _end_with_server(server: int) -> None:
    """Ends this process, whatever it computes, soon after its parent `server` has ended.

    The key that stops the server in a terminal does not reach this session. On Windows a parent is never replaced.
    """
    while os.getppid() == server:
        time.sleep(_LOOK_S)
    os._exit(1)
