"""Chooses the checkpoints of a run to show: those the config names, those TensorFlow's state file names, or any.

Checkpoints that differ only in their number (`model.ckpt-100`, `cp-0001.ckpt`) are one family: the steps of one model.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.run_context import ConfigFile, RunContext
from tb_projector_plugin.errors import LimitError, NotFoundError, ProjectorError
from tb_projector_plugin.paths import Located, PathPolicy, quote_written
from tb_projector_plugin.sources.checkpoint.files import find_checkpoints, read_checkpoint_state
from tb_projector_plugin.sources.checkpoint.index import ends_as_table
from tb_projector_plugin.stamped_file import read_stamp, read_stamps, written_ns

_NUMBER = re.compile(rf"(?P<stem>.*?)[-._](?P<step>\d{{1,{limits.STEP_DIGITS}}})(?P<ending>(?:\.(?!\d)\w+)*)")
_STATE_NAME = "checkpoint"


@dataclass(frozen=True)
class FamilyMember:
    """One checkpoint; `family` is its path without the step number."""

    prefix: str
    family: str
    step: int | None


def choose_checkpoints(context: RunContext, configs: list[ConfigFile]) -> list[list[FamilyMember]]:
    """The families to show, each by rising step; the one that represents the run comes first.

    The first that applies: model_checkpoint_path, model_checkpoint_dir, the state file, any in the run or beside it.
    """
    for find in (_from_path, _from_dir):
        for config in configs:
            if families := find(context, config):
                return families
    families = _from_state(context) or _families(context.directory, context.policy)
    if not families and configs:
        families = _from_neighborhood(context, configs[0])
    return families


def family_member(prefix: str) -> FamilyMember:
    """`model.ckpt-100` is step 100 of `model.ckpt`, `cp-0001.ckpt` step 1 of `cp.ckpt`."""
    directory, name = os.path.split(prefix)
    match = _NUMBER.fullmatch(name)
    if match is None:
        return FamilyMember(prefix, prefix, None)
    return FamilyMember(prefix, os.path.join(directory, match["stem"] + match["ending"]), int(match["step"]))


def _is_checkpoint(policy: PathPolicy, prefix: str) -> bool:
    """Includes V1 checkpoints, each a single table file: the reader refuses them by name."""
    return policy.has_file(f"{prefix}.index") or ends_as_table(prefix)


def _families(directory: str, policy: PathPolicy) -> list[list[FamilyMember]]:
    """The families of a directory, most recently written first."""
    families: dict[str, list[FamilyMember]] = {}
    for found in find_checkpoints(directory, policy.contains):
        member = family_member(found.prefix)
        families.setdefault(member.family, []).append(member)
    ordered = [sorted(members, key=_order) for members in families.values()]
    return sorted(ordered, key=lambda members: -max(_written_ns(member) for member in members))


def _order(member: FamilyMember) -> tuple[int, str]:
    return (-1 if member.step is None else member.step, member.prefix)


def _written_ns(member: FamilyMember) -> int:
    stamps = read_stamps([f"{member.prefix}.index", member.prefix]).stamps
    return max((written_ns(stamp) for stamp in stamps if stamp is not None), default=0)


def _family_of(prefix: str, policy: PathPolicy) -> list[FamilyMember]:
    """The whole family of a checkpoint in its present directory; recorded paths may name earlier ones."""
    wanted = family_member(prefix).family
    return next((each for each in _families(os.path.dirname(prefix), policy) if each[0].family == wanted), [])


def _from_path(context: RunContext, config: ConfigFile) -> list[list[FamilyMember]]:
    written = config.content.model_checkpoint_path
    path = _locate(context, config, "model_checkpoint_path", written)
    if path is None:
        return []
    if os.path.isdir(path):
        return _families(path, context.policy)
    if not _is_checkpoint(context.policy, path):
        context.report(_named_but_missing(config, written, path, context.policy))
        return []
    return [_family_of(path, context.policy) or [family_member(path)]]


def _from_dir(context: RunContext, config: ConfigFile) -> list[list[FamilyMember]]:
    written = config.content.model_checkpoint_dir
    path = _locate(context, config, "model_checkpoint_dir", written)
    if path is None:
        return []
    families = _families(path, context.policy)
    if not families:
        error = NotFoundError(
            f"{config.display}: model_checkpoint_dir names {context.policy.display(path)}, which holds no checkpoint.",
            "Correct model_checkpoint_dir, or save a checkpoint there.",
            file=config.display,
        )
        context.report(error)
    return families


def _locate(context: RunContext, config: ConfigFile, field_name: str, written: str) -> str | None:
    """The checkpoint or directory that a field of the config names; None for an empty one, or with a problem."""

    def exists(path: str) -> bool:
        return _is_checkpoint(context.policy, path) or os.path.isdir(path)

    return context.locate(written, config, field_name, exists=exists) if written else None


def _named_but_missing(config: ConfigFile, written: str, path: str, policy: PathPolicy) -> NotFoundError:
    there = [
        policy.display(member.prefix) for members in _families(os.path.dirname(path), policy) for member in members
    ]
    instead = f" There are {', '.join(there[-5:])}." if there else ""
    return NotFoundError(
        f"{config.display}: model_checkpoint_path names {quote_written(written)}, and there is no such checkpoint: "
        f"{os.path.basename(path)}.index is missing.{instead}",
        "Correct model_checkpoint_path (the name without .index), or remove it: the newest checkpoint is read then.",
        file=config.display,
    )


def _from_state(context: RunContext) -> list[list[FamilyMember]]:
    path = os.path.join(context.directory, _STATE_NAME)
    stamp = read_stamp(path, context.policy.contains)
    if stamp is None:
        context.may_read(path)
        return []
    display = context.policy.display(path)
    try:
        state = read_checkpoint_state(path, display, stamp)
    except ProjectorError as error:
        context.report(error, level="warning")
        return []
    written = state.model_checkpoint_path
    located = _locate_state_path(context, written)
    if located is None:
        context.report(_state_names_none(display, written), level="warning")
        return []
    newest = located.path
    if located.moved:
        context.report(_state_of_another_place(display, written, context.policy.display(newest)), level="info")
    named = state.all_model_checkpoint_paths
    if len(named) > limits.STATE_CHECKPOINTS:
        context.report(_state_names_many(display, len(named)), level="warning")
    listed = (_locate_state_path(context, each) for each in named[-limits.STATE_CHECKPOINTS :])
    members = {member.prefix: member for member in _family_of(newest, context.policy)}
    members |= {each.path: family_member(each.path) for each in (*listed, located) if each is not None}
    return [sorted(members.values(), key=_order)]


def _locate_state_path(context: RunContext, written: str) -> Located | None:
    is_checkpoint = partial(_is_checkpoint, context.policy)
    try:
        located = context.policy.locate(written, context.directory, context.directory, is_checkpoint)
    except ProjectorError:
        return None
    return located if is_checkpoint(located.path) else None


def _state_names_many(display: str, count: int) -> LimitError:
    return LimitError(
        f"{display} names {count:,} checkpoints; the last {limits.STATE_CHECKPOINTS:,} of them are read.",
        "Keep fewer checkpoints (max_to_keep), or delete this file: checkpoints are found without it.",
        file=display,
    )


def _state_of_another_place(display: str, written: str, found: str) -> NotFoundError:
    return NotFoundError(
        f"{display} names {quote_written(written)} in a folder that is not in the logdir; {found} was read instead.",
        "If the checkpoints were moved or copied here, do nothing; otherwise delete this file: they are found anyway.",
        file=display,
    )


def _state_names_none(display: str, written: str) -> NotFoundError:
    return NotFoundError(
        f"{display} names {os.path.basename(written)!r} as the newest checkpoint, which is not in the logdir.",
        "Save a checkpoint again, or delete this file: checkpoints are found without it.",
        file=display,
    )


def _from_neighborhood(context: RunContext, config: ConfigFile) -> list[list[FamilyMember]]:
    """For a config without a checkpoint beside it: one level down (`run/checkpoints`), then the parent directory."""
    policy = context.policy
    for directory in _directories_below(context.directory):
        if families := _families(directory, policy):
            return families
    above = os.path.dirname(context.directory)
    families = _families(above, policy) if policy.contains(above) else []
    if families:
        context.report(_read_from_above(config.display, policy.display(families[0][-1].prefix)), level="info")
    return families


def _read_from_above(display: str, found: str) -> NotFoundError:
    return NotFoundError(
        f"{display} names no checkpoint, and its folder holds none; {found}, in the folder above, was read.",
        "If that is the one meant, do nothing; otherwise write model_checkpoint_path into the config.",
        file=display,
    )


def _directories_below(run_dir: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(run_dir), key=lambda entry: entry.name)
    except OSError:
        return
    yield from (entry.path for entry in entries if entry.is_dir(follow_symlinks=False))
