"""The spellings of a missing number, which mean the same in metadata and in vectors."""

from __future__ import annotations

from typing import Final

#: Words for a missing number in Python, pandas, R, databases, spreadsheets and tables written by hand, besides `nan`,
#: which every parser of numbers knows.
MISSING_WORDS: Final = (
    *("None", "NONE", "none", "null", "NULL", "Null"),
    *("NA", "N/A", "n/a", "<NA>", "#N/A", "#NA"),
    "-",
)


def is_missing(cell: str) -> bool:
    """Whether a cell stands for a missing number: empty, or one of the words."""
    word = cell.strip()
    return not word or word in MISSING_WORDS
