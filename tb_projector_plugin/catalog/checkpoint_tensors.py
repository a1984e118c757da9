"""The tensors of a run's checkpoints: those of each checkpoint, and the steps of one tensor across them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.checkpoint_choice import FamilyMember
from tb_projector_plugin.catalog.contents import Step
from tb_projector_plugin.catalog.run_context import RunContext
from tb_projector_plugin.errors import LimitError, ProjectorError, StaleError
from tb_projector_plugin.paths import as_text
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.checkpoint.index import TensorEntry
from tb_projector_plugin.sources.element_types import BY_TENSORFLOW_NUMBER
from tb_projector_plugin.sources.matrix_shape import matrix_axes
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.stamped_file import SETTLED_NS


@dataclass(frozen=True)
class OpenedCheckpoint:
    """A checkpoint whose index was read."""

    checkpoint: Checkpoint
    step: int | None

    def is_shown(self, entry: TensorEntry) -> bool:
        """Whether it is a matrix of numbers, embedding or not."""
        is_matrix = entry.shape is not None and matrix_axes(entry.shape) is not None
        return is_matrix and entry.proto.dtype in BY_TENSORFLOW_NUMBER


@dataclass(frozen=True)
class Family:
    """The readable checkpoints of one family, by rising step; `prefix_of_names` distinguishes families."""

    checkpoints: tuple[OpenedCheckpoint, ...]
    prefix_of_names: str = ""

    @cached_property
    def shown_keys(self) -> dict[str, bool]:
        """Every key to show, newest checkpoint first, and whether it is an optimizer slot."""
        keys: dict[str, bool] = {}
        for opened in reversed(self.checkpoints):
            for key, entry in opened.checkpoint.tensors.items():
                if key not in keys and opened.is_shown(entry):
                    keys[key] = opened.checkpoint.is_optimizer_slot(key)
        return keys

    def find(self, name: str) -> tuple[str, TensorEntry] | None:
        """The key that `name` refers to, from the newest checkpoint that has it."""
        for opened in reversed(self.checkpoints):
            key = opened.checkpoint.find(name)
            if key is not None:
                return key, opened.checkpoint.tensors[key]
        return None

    def label(self, key: str) -> str:
        return self.prefix_of_names + self.checkpoints[-1].checkpoint.label(key)


def open_families(context: RunContext, families: list[list[FamilyMember]]) -> list[Family]:
    """Reads every index; an unreadable one is reported and skipped. Tensor names of later families get a prefix."""
    opened: dict[str, tuple[OpenedCheckpoint, ...]] = {}
    unread: list[FamilyMember] = []
    for members in families:
        checkpoints, without_room = _open_newest(context, members)
        unread += without_room
        if checkpoints:
            opened[members[0].family] = checkpoints
    if unread:
        context.report(_no_room_for(unread, context), level="warning")
    return [
        Family(opened[name], f"{as_text(os.path.basename(name))}/" if number else "")
        for number, name in enumerate(_new_ones_last(context, opened))
    ]


def _open_newest(
    context: RunContext, members: list[FamilyMember]
) -> tuple[tuple[OpenedCheckpoint, ...], list[FamilyMember]]:
    """By rising step, those for whose indexes there was memory when they were opened; the members left out."""
    opened: list[OpenedCheckpoint] = []
    unread = len(members)
    while unread and context.index_bytes_left > 0:
        unread -= 1
        checkpoint = _open(context, members[unread])
        if checkpoint is not None:
            opened.append(checkpoint)
            context.index_bytes_left -= checkpoint.checkpoint.memory_bytes
    return tuple(reversed(opened)), members[:unread]


def _no_room_for(unread: list[FamilyMember], context: RunContext) -> LimitError:
    first = context.policy.display(unread[0].prefix)
    which = f"{first} is" if len(unread) == 1 else f"{len(unread):,} checkpoints, {first} the first of them, are"
    return LimitError(
        f"{which} not read: the names and locations of the run's other tensors take "
        f"{limits.RUN_INDEX_BYTES // limits.MIB} MiB of memory, the maximum.",
        "Save the embeddings in checkpoints of their own, or move the oldest ones out of the run.",
        file=f"{first}.index",
    )


def _new_ones_last(context: RunContext, opened: dict[str, tuple[OpenedCheckpoint, ...]]) -> list[str]:
    """Names of the families; one that has just appeared comes last if another has the same tensors.

    A save assembles its files beside the target for a moment, under a name of their own.
    """
    keys = {name: set(checkpoints[-1].checkpoint.tensors) for name, checkpoints in opened.items()}
    known = [name for name, checkpoints in opened.items() if not _has_just_appeared(context, name, checkpoints)]
    last = {name for name in opened if name not in known and any(keys[name] <= keys[other] for other in known)}
    return sorted(opened, key=lambda name: name in last)


def _has_just_appeared(context: RunContext, name: str, checkpoints: tuple[OpenedCheckpoint, ...]) -> bool:
    is_new = time.time_ns() - context.files.seen_since_ns(name) < SETTLED_NS
    return is_new and all(opened.checkpoint.stamps.is_young() for opened in checkpoints)


def _open(context: RunContext, member: FamilyMember) -> OpenedCheckpoint | None:
    index_path = f"{member.prefix}.index"
    context.watched.add(index_path)
    try:
        checkpoint = context.files.checkpoint(member.prefix, context.policy.display(member.prefix))
    except ProjectorError as error:
        if context.may_read(index_path):
            context.report(error, level="info" if isinstance(error, StaleError) else "error")
        return None
    context.watched.update(checkpoint.files)
    if not all(map(context.may_read, checkpoint.files)):
        return None
    return OpenedCheckpoint(checkpoint, member.step)


def steps_of(context: RunContext, family: Family, key: str, name: str) -> list[Step]:
    """The steps of one tensor; a checkpoint in which it is unreadable is reported and skipped.

    None are left for the tensors beyond a run's limit, which are counted.
    """
    if context.steps_left <= 0:
        context.unlisted_tensors += 1
        return []
    steps: dict[int | None, Step] = {}
    for opened in family.checkpoints:
        entry = opened.checkpoint.tensors.get(key)
        if entry is None or not opened.is_shown(entry):
            continue
        try:
            source = context.files.tensor(opened.checkpoint, key)
        except ProjectorError as error:
            context.report(error, name, level="info" if isinstance(error, StaleError) else "error")
            continue
        if source.problem is not None:
            context.report(source.problem, name, level="warning")
        steps[opened.step] = step_of_source(source, opened.step, "checkpoint", opened.checkpoint.display)
    context.steps_left -= len(steps)
    return sorted(steps.values(), key=lambda step: step.order)


def step_of_source(source: TensorSource, step: int | None, kind: str, file: str) -> Step:
    return Step(step, source.version(), source.shape, source.dtype, file, kind, source)
