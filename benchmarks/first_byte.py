"""A tensor's first bytes in a checkpoint of 512 MB, and a long index listed: by this package and by TensorFlow."""

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
    return _median_ms(tools, repeats)


def measure_listing(tensors: int, folder: Path, repeats: int) -> dict[str, float]:
    """Median seconds until all tensors of a checkpoint are listed with their shapes; measured as above."""
    import tensorflow as tf

    from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint

    prefix = _write_small_tensors(tensors, folder)

    def list_ours() -> int:
        return sum(entry.shape is not None for entry in Checkpoint(prefix, "model.ckpt-1").tensors.values())

    def list_by_tensorflow() -> int:
        return len(tf.train.load_checkpoint(prefix).get_variable_to_shape_map())

    if not list_ours() == list_by_tensorflow() == tensors:
        raise RuntimeError(f"{list_ours()} and {list_by_tensorflow()} tensors were listed, not {tensors}")
    taken = _median_ms({"this package": list_ours, "TensorFlow": list_by_tensorflow}, repeats)
    return {name: milliseconds / 1e3 for name, milliseconds in taken.items()}


def _write_small_tensors(tensors: int, folder: Path) -> str:
    """Writes tensors of one number each, all in one bundle. Returns its prefix."""
    import tensorflow as tf

    prefix = str(folder / f"{tensors}-tensors" / "model.ckpt-1")
    Path(prefix).parent.mkdir(parents=True, exist_ok=True)
    names = [f"model/layer_{number}/scale/.ATTRIBUTES/VARIABLE_VALUE" for number in range(tensors)]
    values = [tf.constant([float(number)]) for number in range(tensors)]
    tf.raw_ops.SaveV2(prefix=prefix, tensor_names=names, shape_and_slices=[""] * tensors, tensors=values)
    return prefix


def _median_ms(tools: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """In alternating runs, the first of which is discarded."""
    times: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(repeats + 1):
        for name, read in tools.items():
            times[name].append(_time_ms(read))
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


def _time_ms(read: Callable[[], object]) -> float:
    started = time.perf_counter()
    read()
    return (time.perf_counter() - started) * 1e3
