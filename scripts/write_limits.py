"""Writes docs/limits.md from `tb_projector_plugin/limits.py`: each limit, its value, and its reason.

.venv/bin/python scripts/write_limits.py
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tb_projector_plugin/limits.py"
TARGET = ROOT / "docs/limits.md"
HEAD = """# Limits

Each is checked before memory is allocated for what it bounds; the message of the error says what was received, and how
to get below it. `scripts/write_limits.py` writes this page from
[`limits.py`](../tb_projector_plugin/limits.py): change it there.

| limit | value | what it bounds, and why |
| --- | --- | --- |
"""
#: A documented constant: comment lines that begin with `#:`, then its definition.
_ENTRY = re.compile(r"(?P<comment>(?:^#: .*\n)+)^(?P<name>[A-Z_]+): Final = ", re.MULTILINE)
_UNITS = (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))


@dataclass(frozen=True)
class Limit:
    name: str
    value: float
    reason: str

    @property
    def shown(self) -> str:
        """The value in the unit that the name or the reason states."""
        if self.name.endswith("_S"):
            return _show_seconds(self.value)
        if self.name.endswith("_PX"):
            return f"{self.value:,} px"
        is_memory = self.name.endswith("_BYTES") or self.reason.startswith(("Bytes", "Memory"))
        return _show_bytes(int(self.value)) if is_memory else f"{self.value:,}"


def read_limits() -> list[Limit]:
    """The limits in the order of their file. Raises ValueError for one without a comment."""
    source, values = SOURCE.read_text(encoding="utf-8"), _read_values()
    found = {match["name"]: _join(match["comment"]) for match in _ENTRY.finditer(source)}
    bare = values.keys() - found.keys() - {"MIB"}
    if bare:
        raise ValueError(f"{SOURCE.name}: no comment beginning with `#:` above {', '.join(sorted(bare))}; write one.")
    return [Limit(name, values[name], reason) for name, reason in found.items()]


def write_page() -> str:
    rows = (f"| `{limit.name}` | {limit.shown} | {limit.reason} |\n" for limit in read_limits())
    return HEAD + "".join(rows)


def _read_values() -> dict[str, float]:
    """The limits of this clone's file, which imports only `typing`, whichever package is installed."""
    values: dict[str, float] = {}
    exec(compile(SOURCE.read_text(encoding="utf-8"), SOURCE.name, "exec"), values)
    return {name: value for name, value in values.items() if name.isupper()}


def _join(comment: str) -> str:
    return " ".join(line.removeprefix("#: ") for line in comment.splitlines()).replace("|", "\\|")


def _show_bytes(value: int) -> str:
    unit, size = next(((unit, size) for unit, size in _UNITS if value >= size), ("bytes", 1))
    return f"{value / size:,g} {unit}"


def _show_seconds(value: float) -> str:
    unit, size = next(((u, s) for u, s in (("h", 3600), ("min", 60)) if value >= s), ("s", 1))
    return f"{value / size:g} {unit}"


if __name__ == "__main__":
    TARGET.write_text(write_page(), encoding="utf-8")
