"""Reads one directory as a run: its config, its checkpoints, and all their embeddings."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from operator import itemgetter

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.backslashes import backslashes_begin_nothing
from tb_projector_plugin.catalog.checkpoint_choice import choose_checkpoints
from tb_projector_plugin.catalog.checkpoint_tensors import Family, open_families, steps_of
from tb_projector_plugin.catalog.configured import ConfiguredEmbeddings, with_assets
from tb_projector_plugin.catalog.contents import Embedding, Run
from tb_projector_plugin.catalog.entries import Entry, list_entries
from tb_projector_plugin.catalog.no_files import not_a_file
from tb_projector_plugin.catalog.parse_cache import RunFiles
from tb_projector_plugin.catalog.run_context import ConfigFile, RunContext
from tb_projector_plugin.catalog.shape_problems import shape_problems, singleton_problems
from tb_projector_plugin.catalog.unshown_tensors import left_out_tensors
from tb_projector_plugin.catalog.walk import RunDirectory
from tb_projector_plugin.config import CONFIG_NAME, find_config_files
from tb_projector_plugin.errors import DataError, LimitError, Problem, ProjectorError
from tb_projector_plugin.paths import PathPolicy

#: Numbers that `checkpoint_choice` does not accept as a step.
_TOO_MANY_DIGITS = re.compile(rf"[-._]\d{{{limits.STEP_DIGITS + 1},}}(?:\.(?!\d)\w+)*$")


def read_run(directory: RunDirectory, policy: PathPolicy, files: RunFiles) -> Run:
    """Reads one run. Never raises: errors become problems of the run, and the other runs are read."""
    context = RunContext(directory.name, directory.path, policy, files)
    try:
        _report_what_is_no_file(context, directory.odd_marks)
        return _read_run(context)
    except Exception as error:  # noqa: BLE001  One bad run must not hide the others; it is reported, not swallowed.
        return _failed_run(context, error)


def _read_run(context: RunContext) -> Run:
    configs = _read_configs(context)
    chosen = choose_checkpoints(context, configs)
    _report_steps_too_large(context, [member.prefix for members in chosen for member in members])
    families = open_families(context, chosen)
    entries = list_entries(configs)
    configured = ConfiguredEmbeddings(context, families, found=bool(chosen))
    for entry in entries:
        if not entry.is_for_all:
            configured.add(entry)
    embeddings = configured.embeddings()
    for embedding in embeddings:
        for problem in shape_problems(embedding, context.run):
            context.add(problem)
    taken = {embedding.name for embedding in embeddings}
    for_all = next((entry for entry in entries if entry.is_for_all), None)
    embeddings += _other_tensors(context, families, configured.used, taken, for_all)
    for problem in singleton_problems(embeddings, context.run):
        context.add(problem)
    if context.unlisted_tensors:
        context.report(_too_many_steps(context), level="warning")
    prefixes = [member.prefix for members in chosen for member in members]
    return Run(
        name=context.run,
        embeddings=tuple(embeddings),
        problems=context.problems(),
        config_files=len(configs),
        checkpoints=len(prefixes),
        claimed=_claimed(context.directory, prefixes),
        watched=tuple(sorted(context.watched)),
        directories=_directories(context, configs, embeddings),
        homes=tuple(config.directory for config in configs) or (context.directory,),
        left_out=left_out_tensors(families, configured.used),
    )


def _claimed(directory: str, prefixes: list[str]) -> frozenset[str]:
    """The directories of a run's checkpoints, except its own and those above: other runs lie there, too."""
    own = os.path.join(os.path.realpath(directory), "")
    claimed = {os.path.dirname(prefix) for prefix in prefixes}
    return frozenset(path for path in claimed if not own.startswith(os.path.join(path, "")))


def _report_what_is_no_file(context: RunContext, odd_marks: Iterable[tuple[str, int]]) -> None:
    """Directories are named `checkpoint` or `x.ckpt` by their writers; of that name, only a config must be a file."""
    for path, kind in odd_marks:
        is_usual = stat.S_ISDIR(kind) and os.path.basename(path) != CONFIG_NAME
        if not is_usual and context.policy.contains(path):
            context.report(not_a_file(kind, context.policy.display(path)), level="warning")


def _report_steps_too_large(context: RunContext, prefixes: list[str]) -> None:
    for name in map(os.path.basename, prefixes):
        if _TOO_MANY_DIGITS.search(name):
            context.report(_step_too_large(name, context), level="warning")


def _directories(context: RunContext, configs: list[ConfigFile], embeddings: list[Embedding]) -> tuple[str, ...]:
    """Directories of the metadata files, which name other files, then of the configs, then the run's own."""
    metadata = [step.assets.metadata for embedding in embeddings for step in embedding.steps]
    named = (*(os.path.dirname(file.path) for file in metadata if file), *(config.directory for config in configs))
    return tuple(dict.fromkeys((*named, context.directory)))


def _read_configs(context: RunContext) -> list[ConfigFile]:
    configs = []
    for path in find_config_files(context.directory, context.policy.has_file):
        context.watched.add(path)
        display = context.policy.display(path)
        try:
            content = context.files.config(path, display)
        except ProjectorError as error:
            if context.may_read(path):
                context.report(error)
            continue
        configs.append(ConfigFile(path, display, content))
        if content.unknown_fields:
            context.report(_unknown_fields(display, content.unknown_fields), level="warning")
        for typed in content.typed.values():
            if typed.escape is None:
                context.report(backslashes_begin_nothing(typed, display), level="warning")
    return configs


def _other_tensors(
    context: RunContext, families: list[Family], used: set[tuple[int, str]], taken: set[str], for_all: Entry | None
) -> list[Embedding]:
    """Every tensor of rank 2 that no entry names, by name; optimizer slots last, and left out first."""
    embeddings = []
    for number, family in enumerate(families):
        for key, is_slot in sorted(family.shown_keys.items(), key=itemgetter(1)):
            if (number, key) in used:
                continue
            name = family.label(key)
            name = family.prefix_of_names + key if name in taken else name
            steps = steps_of(context, family, key, name)
            if for_all is not None and not is_slot:
                steps = with_assets(context, for_all, name, steps)
            if steps:
                taken.add(name)
                embeddings.append(Embedding(name, False, is_slot, tuple(steps)))
    return sorted(embeddings, key=lambda embedding: (embedding.optimizer_slot, embedding.name))


def _too_many_steps(context: RunContext) -> LimitError:
    tensors = "1 tensor is" if context.unlisted_tensors == 1 else f"{context.unlisted_tensors:,} tensors are"
    return LimitError(
        f"{tensors} not listed: the others of this run have {limits.RUN_STEPS:,} steps, the maximum for a run.",
        f"Name the tensors to show in {CONFIG_NAME}, which come first, or keep fewer checkpoints in the run.",
        file=context.policy.display(context.directory),
    )


def _step_too_large(name: str, context: RunContext) -> DataError:
    return DataError(
        f"The number in the name of the checkpoint {name!r} is larger than a browser counts to ({limits.STEP}); it is "
        "shown without a step.",
        "Number the checkpoints from 0, or by seconds instead of nanoseconds.",
        file=context.policy.display(context.directory),
    )


def _unknown_fields(display: str, names: tuple[str, ...]) -> DataError:
    return DataError(
        f"{display} has fields that no projector knows: {', '.join(names)}. They are ignored here; "
        "TensorBoard's built-in projector refuses the file.",
        "Correct the names, or remove these lines.",
        file=display,
    )


def _failed_run(context: RunContext, error: Exception) -> Run:
    problem = Problem(
        "error",
        ProjectorError.kind,
        f"Reading the run {context.run!r} failed: {type(error).__name__}.",
        "Please report this with the run's files; other runs are not concerned.",
        context.policy.display(context.directory),
        run=context.run,
    )
    return Run(
        context.run, (), (*context.problems(), problem), 0, 0, frozenset(), tuple(sorted(context.watched)), (), ()
    )
