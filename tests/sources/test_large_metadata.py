"""Metadata much larger than its tensor, or with very long lines: memory is bounded."""

from __future__ import annotations

import pytest
from bounded_process import run_bounded

from tb_projector_plugin import limits
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.sources import line_blocks, metadata_text, utf8_text
from tb_projector_plugin.sources.metadata import read_metadata
from tb_projector_plugin.sources.metadata_text import parse_metadata_text

_READ = """
import sys
import pyarrow as pa, pyarrow.csv, pyarrow.compute
from tb_projector_plugin.sources.metadata import read_metadata
pa.set_cpu_count(1)
pa.scalar("")  # Some versions import pandas, where it is installed, with the first one.
bound_memory(int(sys.argv[3]))
try:
    table = read_metadata(sys.argv[1], "m.tsv", int(sys.argv[2]))
    print(table.lines, table.table.num_rows, [problem.message for problem in table.problems])
except Exception as error:
    print(repr(error)[:300])
"""


def columns_of(text: metadata_text.MetadataText) -> list[list[str]]:
    return [column.to_pylist() for column in text.columns]


def test_eight_million_ragged_lines_for_four_points(tmp_path) -> None:
    """Just a list of the lines would take half a gigabyte."""
    (tmp_path / "m.tsv").write_bytes(b"a\tb\n" + b"x\n" + b"1\t2\n" * 8_000_000)
    told = run_bounded(_READ, tmp_path / "m.tsv", 4, 300)
    assert told.startswith("8000001 4 ['m.tsv: line 2 has fewer cells"), told
    assert "the last 7999997 are not shown" in told


def test_a_few_million_ragged_lines_that_are_all_needed(tmp_path) -> None:
    (tmp_path / "m.tsv").write_bytes(b"a\tb\n" + b"\tx\ty\n" + b"1\t2\n" * 1_500_000)
    told = run_bounded(_READ, tmp_path / "m.tsv", 1_500_001, 250)
    assert told.startswith("1500001 1500001 ['m.tsv: line 2 has more cells"), told


def test_many_lines_that_do_not_decode(tmp_path) -> None:
    (tmp_path / "m.tsv").write_bytes(b"\xff\n" * 1_500_000)
    told = run_bounded(_READ, tmp_path / "m.tsv", 4, 130)
    assert "lines 1, 2, 3, 4, 5 and 1,499,995 more are not UTF-8" in told


def test_a_line_of_half_a_gigabyte_that_takes_no_disk(tmp_path) -> None:
    with open(tmp_path / "m.tsv", "wb") as file:
        file.truncate(512 * limits.MIB)
    told = run_bounded(_READ, tmp_path / "m.tsv", 4, 700)
    assert told.startswith("LimitError('m.tsv, line 1 has over 16,777,216 bytes"), told


def test_a_later_line_that_is_too_long_is_named(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(limits, "METADATA_LINE_BYTES", 100)
    monkeypatch.setattr(metadata_text, "_PARSE_BYTES", 50)
    (tmp_path / "m.tsv").write_bytes(b"a\nb\n" + b"c" * 101 + b"\n")
    with pytest.raises(LimitError) as raised:
        read_metadata(str(tmp_path / "m.tsv"), "m.tsv", 3)
    assert raised.value.line == 3


def test_lines_beyond_the_points_are_counted_and_not_read() -> None:
    text = parse_metadata_text(b"a\tb\n1\t2\n3\t4\n5\n\n", "m", 2)
    assert columns_of(text) == [["1", "3"], ["2", "4"]]
    assert (text.lines, text.rest_is_blank, text.problems) == (4, False, [])


@pytest.mark.parametrize("end", ["", "\n", "\n\t\n\n"])
def test_blank_lines_at_the_end_are_no_points(tmp_path, end) -> None:
    (tmp_path / "m.tsv").write_text("a\tb\n1\t2\n" + end)
    assert read_metadata(str(tmp_path / "m.tsv"), "m.tsv", 1).problems == []


def test_blocks_of_lines_end_where_lines_do(monkeypatch) -> None:
    """Text read in blocks of any size is the same as text read at once."""
    data = "a\tb\nß\n\n1\t2\t3\n".encode() + b"\xfe\tx\nlast"
    whole = parse_metadata_text(data, "m")
    for size in range(1, len(data) + 2):
        monkeypatch.setattr(line_blocks, "_LINES_BYTES", size)
        text = parse_metadata_text(data, "m")
        assert columns_of(text) == columns_of(whole)
        assert text.problems == whole.problems


def test_a_few_million_quoted_cells(tmp_path) -> None:
    (tmp_path / "m.tsv").write_bytes(b'"a\n"\n' * 1_500_000)
    told = run_bounded(_READ, tmp_path / "m.tsv", 1_500_000, 250)
    assert told.startswith("1500000 1500000 ['m.tsv was read as quoted text"), told


def test_a_few_million_lines_in_another_encoding(tmp_path) -> None:
    """An encoding is detected from a sample, and the text is decoded in pieces."""
    (tmp_path / "m.tsv").write_bytes("今天天气很好\n我们去公园\n".encode("gbk") * 1_500_000)
    told = run_bounded(_READ, tmp_path / "m.tsv", 4, 260)
    assert "was read as gb18030" in told, told


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_utf16_in_pieces(monkeypatch, size) -> None:
    monkeypatch.setattr(utf8_text, "_DECODE_BYTES", size)
    assert columns_of(parse_metadata_text("eins\nzw😀i\n".encode("utf-16"), "m")) == [["eins", "zw😀i"]]
