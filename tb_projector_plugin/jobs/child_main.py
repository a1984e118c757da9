"""Entry point of a child process: runs the task in the module named by its first argument, then exits."""

from __future__ import annotations

import importlib
import os
import sys

from tb_projector_plugin.cache_folder import describe_failure
from tb_projector_plugin.errors import LimitError, ProjectorError
from tb_projector_plugin.jobs.child import ServerPipe

#: Niceness of the child, which gives the page and TensorBoard three times its share of a core. Beside a training that
#: keeps every core busy a higher value would starve the child: 15 leaves it a thirtieth of a core, 5 a quarter.
_NICENESS = 5


def main() -> None:
    """Exits silently when the server goes away."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
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
