"""The first bytes of a tensor in a 512 MB checkpoint: this package's reader, including the index, and TensorFlow's."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from checkpoints import NAME, Case, write_case

KEY = f"{NAME}/.ATTRIBUTES/VARIABLE_VALUE"


def measure(case: Case, folder: Path, repeats: int) -> dict[str, float]:
    """Median milliseconds; alternating, both from a warm page cache, with imports done before the clock starts."""
    import tensorflow as tf

    from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint

    prefix = str(write_case(case, folder) / "model.ckpt-1")

    def read_first_block() -> None:
        next(iter(Checkpoint(prefix, "model.ckpt-1").source(KEY).blocks()))

    def read_first_row() -> None:
        Checkpoint(prefix, "model.ckpt-1").source(KEY).read_rows([0])

    def read_by_tensorflow() -> None:
        tf.train.load_checkpoint(prefix).get_tensor(KEY)

    tools = {"first block (4 MiB)": read_first_block, "first row": read_first_row, "TensorFlow": read_by_tensorflow}
    times: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(repeats + 1):
        for name, read in tools.items():
            times[name].append(_time_ms(read))
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


def _time_ms(read: Callable[[], None]) -> float:
    started = time.perf_counter()
    read()
    return (time.perf_counter() - started) * 1e3
