"""The errors that the package did not foresee, which it logs with their traceback and answers as `internal`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

#: What TensorBoard's log has of each, in a process of its own.
LOGGED = ("The Embeddings plugin failed to answer", "The Embeddings tab could not be loaded")


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collects those of this process while the block runs."""
    errors: list[str] = []
    handler = _Collector(errors)
    logger = logging.getLogger("tb_projector_plugin")
    logger.addHandler(handler)
    try:
        yield errors
    finally:
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self._errors.append(f"{record.getMessage()}\n{logging.Formatter().formatException(record.exc_info)}")
