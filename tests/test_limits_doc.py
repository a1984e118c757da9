"""docs/limits.md says what limits.py does."""

from __future__ import annotations

import re

import pytest
import write_limits


def test_the_page_is_up_to_date() -> None:
    assert write_limits.TARGET.read_text(encoding="utf-8") == write_limits.write_page(), (
        "run: .venv/bin/python scripts/write_limits.py"
    )


def test_every_limit_is_on_it() -> None:
    """Counted independently of the script's own pattern for entries."""
    names = re.findall(r"^([A-Z_]+): Final", write_limits.SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [limit.name for limit in write_limits.read_limits()] == [name for name in names if name != "MIB"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("BLOCK_BYTES", "4 MiB"),
        ("PATH_BYTES", "4 KiB"),
        ("CHECKPOINT_ENTRY_BYTES", "500 bytes"),
        ("CACHE_FOLDER_BYTES", "4 GiB"),
        ("SPRITE_SIDE_PX", "8,192 px"),
        ("RUN_READING_S", "10 s"),
        ("JOB_LEASE_S", "3 min"),
        ("UNFINISHED_S", "24 h"),
        ("LOGDIR_DIRECTORIES", "50,000"),
    ],
)
def test_values_are_in_units_that_people_read(name: str, shown: str) -> None:
    (limit,) = [limit for limit in write_limits.read_limits() if limit.name == name]
    assert limit.shown == shown
