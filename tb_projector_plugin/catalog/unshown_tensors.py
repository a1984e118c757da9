"""The tensors of checkpoints that are not matrices of numbers: named by the run, or by a problem if its config does."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from typing import Final

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.checkpoint_tensors import Family
from tb_projector_plugin.catalog.contents import LeftOut, LeftOutTensors
from tb_projector_plugin.errors import DataError, quote_name
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.checkpoint.index import TensorEntry
from tb_projector_plugin.sources.checkpoint.object_graph import GRAPH_KEY
from tb_projector_plugin.sources.element_types import BY_TENSORFLOW_NUMBER

_RANKS: Final = ("a single number", "one dimension", "two dimensions", "three dimensions", "four dimensions")


def left_out_tensors(families: list[Family], used: set[tuple[int, str]]) -> LeftOutTensors:
    """Those that no entry names, largest first; the state of optimizers is counted only."""
    queue = [
        (-_size(checkpoint.tensors[key]), number, key, checkpoint)
        for number, family in enumerate(families)
        for key, checkpoint in _unshown(family)
        if (number, key) not in used
    ]
    total, tensors = len(queue), list[LeftOut]()
    heapq.heapify(queue)
    while queue and len(tensors) < limits.LEFT_OUT_NAMED:
        _, number, key, checkpoint = heapq.heappop(queue)
        if not checkpoint.is_optimizer_slot(key):  # Asked of as few as possible: it takes longer than all the rest.
            tensors.append(_left_out(families[number], key, checkpoint.tensors[key]))
    return LeftOutTensors(tuple(tensors), total - len(tensors))


def _unshown(family: Family) -> Iterator[tuple[str, Checkpoint]]:
    """Keys that no checkpoint has as a matrix, each with the newest checkpoint that has it."""
    passed = {GRAPH_KEY, *family.shown_keys}
    for opened in reversed(family.checkpoints):
        fresh = [key for key in opened.checkpoint.tensors if key not in passed]
        passed.update(fresh)
        yield from ((key, opened.checkpoint) for key in fresh)


def _size(entry: TensorEntry) -> int:
    return math.prod(entry.shape) if entry.shape is not None else 0


def _left_out(family: Family, key: str, entry: TensorEntry) -> LeftOut:
    return LeftOut(family.label(key), entry.shape, entry.dtype, _reason(entry))


def _reason(entry: TensorEntry) -> str:
    if entry.proto.dtype not in BY_TENSORFLOW_NUMBER:
        return f"{'text' if entry.dtype == 'string' else entry.dtype} instead of real numbers"
    if entry.shape is None:
        return "an unknown shape instead of rows and dimensions"
    rank = len(entry.shape)
    has = _RANKS[rank] if rank < len(_RANKS) else f"{rank} dimensions"
    return f"{has} instead of two, rows and dimensions"


def unshown_problem(family: Family, key: str, entry: TensorEntry, config_display: str) -> DataError:
    """Why a tensor that the config names is not shown: its rank or its type."""
    name = family.label(key)
    if entry.proto.dtype not in BY_TENSORFLOW_NUMBER:
        message = f"{quote_name(name)} holds {entry.dtype}; numbers are expected."
        fix = "Name a tensor of numbers in tensor_name; text belongs into a metadata file."
    else:
        message = f"{quote_name(name)} has the shape {_shape(entry)}; two dimensions, rows x dimensions, are expected."
        fix = "Save it reshaped to two dimensions, for instance tf.reshape(tensor, [rows, -1]), or remove the entry."
    file = family.checkpoints[-1].checkpoint.index_display
    return DataError(f"{message} {config_display} names it.", fix, file=file)


def _shape(entry: TensorEntry) -> str:
    if entry.shape is None:
        return "unknown"
    return " x ".join(map(str, entry.shape)) or "of a single number"
