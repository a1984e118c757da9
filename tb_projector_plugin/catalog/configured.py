"""The embeddings that a config names, in its order: tensors of the checkpoints, and files of vectors."""

from __future__ import annotations

import difflib
import itertools
import os
from collections.abc import Iterator
from dataclasses import replace

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.assets import find_assets
from tb_projector_plugin.catalog.checkpoint_tensors import Family, step_of_source, steps_of
from tb_projector_plugin.catalog.contents import Embedding, Step
from tb_projector_plugin.catalog.entries import Entry
from tb_projector_plugin.catalog.run_context import RunContext
from tb_projector_plugin.catalog.unshown_tensors import unshown_problem
from tb_projector_plugin.deadline import check_time
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError, ProjectorError, quote_name
from tb_projector_plugin.sources.checkpoint.index import TensorEntry
from tb_projector_plugin.sources.formats import VectorFile, list_formats, look_at, recognize
from tb_projector_plugin.sources.matrix_shape import as_matrix
from tb_projector_plugin.sources.tensor_source import TensorSource

_NAMES_LISTED = 5


class ConfiguredEmbeddings:
    """Collects the embeddings of one run, entry by entry. `used`: keys of the checkpoint tensors that entries name.

    `found`: whether there are checkpoints at all; problems of those missing from `families` are already reported.
    """

    def __init__(self, context: RunContext, families: list[Family], *, found: bool) -> None:
        self._context = context
        self._found = found
        self._families = families
        self._steps: dict[str, dict[int | None, Step]] = {}
        self.used: set[tuple[int, str]] = set()

    def add(self, entry: Entry) -> None:
        """Adds what one entry names, or reports why not."""
        try:
            check_time()
        except LimitError as error:
            self._context.report(error, entry.name)
            return
        if entry.has_numberless_step:
            self._context.report(_step_too_large(entry), entry.name, level="warning")
        if entry.written.tensor_path:
            self._add(entry, entry.name, list(self._file_step(entry)))
        elif self._families:
            self._add_tensor(entry)
        elif not self._found:
            self._context.report(_no_checkpoint(entry, self._context), entry.name)

    def embeddings(self) -> list[Embedding]:
        return [_embedding(name, list(steps.values())) for name, steps in self._steps.items()]

    def _add(self, entry: Entry, name: str, steps: list[Step]) -> None:
        for step in steps:
            present = self._steps.setdefault(name, {})
            if present.setdefault(step.step, step) is not step:
                self._context.report(_named_twice(entry, name, step), name, level="warning")

    def _file_step(self, entry: Entry) -> Iterator[Step]:
        path = self._context.locate_file(entry.written.tensor_path, entry.config, "tensor_path", entry.name)
        if path is None:
            return
        try:
            source, kind = self._open_file(entry, path)
        except ProjectorError as error:
            self._context.report(error, entry.name)
            return
        if entry.written.tensor_shape and as_matrix(entry.written.tensor_shape) != source.shape:
            self._context.report(_shape_differs(entry, source), entry.name, level="warning")
        for problem in source.problems:
            self._context.add(replace(problem, run=self._context.run, embedding=entry.name))
        step = step_of_source(source, entry.step, kind, source.display)
        yield with_assets(self._context, entry, entry.name, [step])[0]

    def _open_file(self, entry: Entry, path: str) -> tuple[TensorSource, str]:
        file = look_at(path, self._context.policy.display(path), entry.written.tensor_shape)
        found = recognize(file)
        if found is None:
            raise _needs_shape(entry, file)
        return self._context.files.vectors(file, found), found.name

    def _add_tensor(self, entry: Entry) -> None:
        for number, family in enumerate(self._families):
            found = family.find(entry.name.removeprefix(family.prefix_of_names))
            if found is not None:
                self._add_found(entry, number, family, *found)
                return
        self._context.report(_unknown_tensor(entry, self._families, self._context), entry.name)

    def _add_found(self, entry: Entry, number: int, family: Family, key: str, tensor: TensorEntry) -> None:
        self.used.add((number, key))
        if key not in family.shown_keys:
            self._context.report(unshown_problem(family, key, tensor, entry.config.display), entry.name)
            return
        name = family.label(key)
        steps = steps_of(self._context, family, key, name)
        self._add(entry, name, with_assets(self._context, entry, name, steps))


def with_assets(context: RunContext, entry: Entry, name: str, steps: list[Step]) -> list[Step]:
    """The steps with the entry's assets; a sprite's grid is checked against the newest."""
    if not steps:
        return []
    assets = find_assets(context, entry, name, rows=steps[-1].shape[0])
    return [replace(step, assets=assets) for step in steps]


def _embedding(name: str, steps: list[Step]) -> Embedding:
    return Embedding(name, True, False, tuple(sorted(steps, key=lambda step: step.order)))


def _needs_shape(entry: Entry, file: VectorFile) -> DataError:
    size = os.path.getsize(file.path)
    return DataError(
        f"{file.display} has {size} bytes in an unknown format, and {entry.config.display} gives no tensor_shape; "
        f"{list_formats()} is expected.",
        f"Write `tensor_shape: <rows>` and `tensor_shape: <dimensions>` into the entry of {quote_name(entry.name)} if "
        "the file holds raw float32, or write the vectors in another of these formats.",
        file=file.display,
    )


def _shape_differs(entry: Entry, source: TensorSource) -> DataError:
    return DataError(
        f"{entry.config.display} says that {quote_name(entry.name)} has the shape {list(entry.written.tensor_shape)}; "
        f"{source.display} has {list(source.shape)}, which is shown.",
        f"Correct tensor_shape in {entry.config.display}, or remove it: the file gives its own shape.",
        file=entry.config.display,
    )


def _step_too_large(entry: Entry) -> DataError:
    return DataError(
        f"{entry.config.display} names {quote_name(entry.name)}, whose step is beyond {limits.STEP}, the largest "
        "whole number that a browser counts to; it is shown as an embedding of its own, without a step.",
        "Number the steps from 0, or by seconds instead of nanoseconds.",
        file=entry.config.display,
    )


def _named_twice(entry: Entry, name: str, step: Step) -> DataError:
    at = "" if step.step is None else f" at step {step.step}"
    return DataError(
        f"{entry.config.display} names {quote_name(name)}{at} twice; the first entry is shown.",
        "Remove one of the entries, or give it a tensor_name of its own.",
        file=entry.config.display,
    )


def _no_checkpoint(entry: Entry, context: RunContext) -> NotFoundError:
    where = context.policy.display(context.directory)
    return NotFoundError(
        f"{entry.config.display} names the tensor {quote_name(entry.name)}, but no checkpoint was found: looked "
        f"for model_checkpoint_path, model_checkpoint_dir, the file `checkpoint` and *.index in {where}.",
        "Save a checkpoint into the run, or name one in model_checkpoint_path; name a file of vectors in tensor_path.",
        file=entry.config.display,
    )


def _unknown_tensor(entry: Entry, families: list[Family], context: RunContext) -> NotFoundError:
    labels = (family.label(key) for family in families for key, slot in family.shown_keys.items() if not slot)
    if context.has_enough_problems:  # Further problems are not read, and matching all names takes milliseconds.
        names = list(itertools.islice(labels, _NAMES_LISTED))
    else:
        names = list(labels)
        names = difflib.get_close_matches(entry.name, names, n=_NAMES_LISTED, cutoff=0.4) or names[:_NAMES_LISTED]
    named = ", ".join(map(quote_name, names))
    checkpoint = families[0].checkpoints[-1].checkpoint
    there = f"; it has {named}" if named else "; it has no tensor of two dimensions"
    return NotFoundError(
        f"{entry.config.display} names the tensor {quote_name(entry.name)}, which is not in "
        f"{checkpoint.display}{there}.",
        f"Correct tensor_name in {entry.config.display}, or save the tensor by this name.",
        file=checkpoint.index_display,
    )
