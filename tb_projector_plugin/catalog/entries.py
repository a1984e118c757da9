"""The entries of a run's configs, each with its display name and step."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.run_context import ConfigFile
from tb_projector_plugin.config import EmbeddingConfig, embedding_key
from tb_projector_plugin.paths import is_relative

_STEP_SUFFIX = re.compile(r"(?P<name>.+):(?P<step>[0-9]{2,})")
#: Digits of `limits.STEP`, not counting leading zeros; Python itself refuses to parse thousands of digits.
_STEP_DIGITS = len(str(limits.STEP))


@dataclass(frozen=True)
class Entry:
    """One entry of a config. `name` is the display name; `step` is the number in `name:00010`."""

    config: ConfigFile
    written: EmbeddingConfig
    name: str
    step: int | None

    @property
    def has_numberless_step(self) -> bool:
        """Whether the name ends like one with a step, but in a number too large for the page."""
        return self.step is None and bool(self.written.tensor_path) and _STEP_SUFFIX.fullmatch(self.name) is not None

    @property
    def is_for_all(self) -> bool:
        """An entry with neither a name nor vectors: its files belong to every tensor that no other entry names."""
        return not self.written.tensor_name and not self.written.tensor_path


def list_entries(configs: list[ConfigFile]) -> list[Entry]:
    """Every entry. One without a name has that of its file, or its path where several have that name."""
    pairs = [(config, written) for config in configs for written in config.content.embeddings]
    paths = [written.tensor_path for _, written in pairs if not written.tensor_name and written.tensor_path]
    taken = {embedding_key(written) for _, written in pairs if written.tensor_name}
    names = _names_of_paths(paths, taken)
    return [
        _entry(config, written, embedding_key(written) if written.tensor_name else names.get(written.tensor_path, ""))
        for config, written in pairs
    ]


def _names_of_paths(paths: list[str], taken: set[str]) -> dict[str, str]:
    by_name: dict[str, list[str]] = {}
    for path in dict.fromkeys(paths):
        by_name.setdefault(os.path.basename(path), []).append(path)
    return {
        path: name if len(same) == 1 and name not in taken else _name_of_path(path)
        for name, same in by_name.items()
        for path in same
    }


def _name_of_path(path: str) -> str:
    """The path as written, with "/"; of an absolute one, only what may be shown: its last two parts."""
    parts = [part for part in re.split(r"[/\\]+", path) if part not in ("", ".")]
    return "/".join(parts if is_relative(path) else parts[-2:])


def _entry(config: ConfigFile, written: EmbeddingConfig, name: str) -> Entry:
    match = _STEP_SUFFIX.fullmatch(name) if written.tensor_path else None
    step = _step_number(match["step"]) if match else None
    if match is None or step is None:
        return Entry(config, written, name, None)
    return Entry(config, written, match["name"], step)


def _step_number(digits: str) -> int | None:
    """None for a number too large for the page."""
    significant = digits.lstrip("0") or "0"
    step = int(significant) if len(significant) <= _STEP_DIGITS else None
    return step if step is not None and step <= limits.STEP else None
