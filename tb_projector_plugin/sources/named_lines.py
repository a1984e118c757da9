"""Names lines of a file in a message: the first few, and how many others there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tb_projector_plugin.errors import name_first

#: Lines named in a message.
_LINES_NAMED: Final = 5


@dataclass
class NamedLines:
    """Lines with a common property: how many, and the numbers of the first ones."""

    count: int = 0
    numbers: list[int] = field(default_factory=list)

    def add(self, number: int) -> None:
        self.count += 1
        if self.count <= _LINES_NAMED:
            self.numbers.append(number)

    def extend(self, numbers: Sequence[int]) -> None:
        self.numbers += numbers[: max(0, _LINES_NAMED - self.count)]
        self.count += len(numbers)

    def __str__(self) -> str:
        """`line 3`, `lines 3, 4 and 12`, `lines 1, 2, 3, 4, 5 and 995 more`."""
        if self.count == 1:
            return f"line {self.numbers[0]}"
        if self.count > _LINES_NAMED:
            return f"lines {name_first(map(str, self.numbers), self.count)}"
        return f"lines {', '.join(map(str, self.numbers[:-1]))} and {self.numbers[-1]}"
