"""Vectors as text: PyTorch's files, numpy's, and malformed lines."""

from __future__ import annotations

import os

import numpy as np
import pytest
from golden_checkpoints import GOLDEN
from hypothesis import given
from hypothesis import strategies as st
from tensor_source_conformance import TensorSourceConformance

from tb_projector_plugin import limits, stamped_file
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError
from tb_projector_plugin.sources.tsv_tensor import TsvTensor


def write_tsv(folder, content: bytes) -> TsvTensor:
    (folder / "vectors.tsv").write_bytes(content)
    return TsvTensor(str(folder / "vectors.tsv"), "run/vectors.tsv")


class TestTsvTensor(TensorSourceConformance):
    @pytest.fixture
    def expected(self):
        return np.random.default_rng(1).normal(size=(30, 7)).astype(np.float32)

    @pytest.fixture
    def source(self, tmp_path, expected):
        return write_tsv(tmp_path, b"".join(b"\t".join(b"%r" % n for n in row) + b"\n" for row in expected.tolist()))


class TestIrregularTsvTensor(TestTsvTensor):
    """A header, quotes, commas at the end of lines, a missing number and blank lines."""

    @pytest.fixture
    def expected(self):
        vectors = np.random.default_rng(1).normal(size=(30, 7)).astype(np.float32)
        vectors[5, 3] = vectors[9] = vectors[29] = np.nan
        return vectors

    @pytest.fixture
    def source(self, tmp_path, expected):
        lines = [",".join(f'"{number}"' for number in row) + "\r\n" for row in expected.tolist()]
        lines[5], lines[9], lines[29] = lines[5].replace('"nan"', "NULL"), "\r\n", " , ,,"
        return write_tsv(tmp_path, ("a,b,c,d,e,f,g\r\n" + "".join(lines)).encode())


@pytest.mark.parametrize(("step", "tag", "factor"), [(10, "digits", 10), (20, "digits", 20), (10, "words", 1)])
def test_reads_what_pytorch_wrote(step, tag, factor) -> None:
    source = TsvTensor(str(GOLDEN / "torch" / f"{step:05d}" / tag / "tensors.tsv"), "tensors.tsv")
    expected = np.load(GOLDEN / "torch" / "vectors.npy") * np.float32(factor)
    assert source.read_all().tobytes() == expected.tobytes()


@given(
    st.lists(st.lists(st.floats(width=32), min_size=3, max_size=3), min_size=1, max_size=20),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_float_survives(tmp_path_factory, rows, line_end) -> None:
    folder = tmp_path_factory.mktemp("tsv")
    text = line_end.join("\t".join(map(repr, row)) for row in rows)
    assert np.array_equal(write_tsv(folder, text.encode()).read_all(), np.array(rows, np.float32), equal_nan=True)


CELLS = st.one_of(
    st.floats(width=32).map(repr), st.sampled_from(["NULL", "None", "NA", "NaN", "-Infinity", "+2", "1e3", "5"])
)


@given(
    st.lists(st.one_of(st.none(), st.lists(CELLS, min_size=3, max_size=3)), min_size=1, max_size=20).filter(any),
    st.sampled_from("\t;, "),
    st.sampled_from(["", "x{0}y{0}z{1}"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_spelling_keeps_its_row(tmp_path_factory, rows, separator, header, line_end) -> None:
    text = "".join((separator.join(row) if row else "") + line_end for row in rows)
    text = header.format(separator, line_end) + text
    source = write_tsv(tmp_path_factory.mktemp("tsv"), text.encode())
    expected = [[number_of(cell) for cell in row or ["NULL"] * 3] for row in rows]
    assert np.array_equal(source.read_all(), np.array(expected, np.float32), equal_nan=True)
    blank = [problem for problem in source.problems if "blank:" in problem.message]
    assert bool(blank) == (None in rows)


def number_of(cell: str) -> float:
    return float("nan") if cell in ("NULL", "None", "NA") else float(cell)


@pytest.mark.parametrize(
    "content",
    [
        b"1\t2\n3\t4",
        b"\xef\xbb\xbf1\t2\r\n3\t4\r\n",
        b" 1\t 2\n3 \t4\n",
        b"1e0\t+2\n3.\t4E+0\n",
    ],
)
def test_spellings_of_the_same_numbers(content, tmp_path) -> None:
    assert write_tsv(tmp_path, content).read_all().tolist() == [[1, 2], [3, 4]]


def test_one_dimension_and_one_row(tmp_path) -> None:
    assert write_tsv(tmp_path, b"1\n2\n3\n").read_all().tolist() == [[1], [2], [3]]
    assert write_tsv(tmp_path, b"1\t2").read_all().tolist() == [[1, 2]]


def test_numbers_that_are_none_are_kept(tmp_path) -> None:
    read = write_tsv(tmp_path, b"nan\tinf\n-inf\tNaN\n").read_all()
    assert np.array_equal(read, np.array([[np.nan, np.inf], [-np.inf, np.nan]], np.float32), equal_nan=True)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"1\t2\n3\n", 2, "1 cell"),
        (b"1\t2\n3\t4\t5\n", 2, "3 cell"),
        (b"1\t2\n3\tfour\n", 2, "column 2: received 'four'"),
        (b"x\ty\n3\tz\n", 2, "received 'z'"),
        (b"1,2\n\n3\n", 3, "1 cell; 2 numbers are expected, separated by commas"),
        (b"1\t2\t\n" * 100 + b"3\t4\t5\n", 101, "has 3 cells; 2"),
        (b"1\t2\n1_0\t4\n", 2, "received '1_0'"),
        (b"1\t2\n\xff\t4\n", 2, "column 1"),
    ],
)
def test_a_line_that_is_wrong_is_named(content, line, words, tmp_path) -> None:
    with pytest.raises(DataError) as raised:
        write_tsv(tmp_path, content).read_all()
    assert words in raised.value.message
    assert (raised.value.file, raised.value.line) == ("run/vectors.tsv", line)
    assert "header" in raised.value.fix


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf\n"])
def test_a_file_without_numbers(content, tmp_path) -> None:
    with pytest.raises(DataError, match="holds no vectors"):
        write_tsv(tmp_path, content)


def test_a_file_that_is_not_there_or_too_large(tmp_path, monkeypatch) -> None:
    with pytest.raises(NotFoundError, match="not there"):
        TsvTensor(str(tmp_path / "none.tsv"), "none.tsv")
    monkeypatch.setattr(limits, "TSV_BYTES", 3)
    with pytest.raises(LimitError, match="raw float32"):
        write_tsv(tmp_path, b"1\t2\n")


def test_an_error_of_reading_without_a_number_is_reported_in_its_own_words(tmp_path, monkeypatch) -> None:
    def fail(_path):
        raise OSError("the disk was pulled out")

    monkeypatch.setattr(stamped_file, "open_regular", fail)
    with pytest.raises(DataError, match="the disk was pulled out"):
        write_tsv(tmp_path, b"1\t2\n")


def test_a_row_longer_than_a_block(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "BLOCK_BYTES", 64)
    vectors = np.arange(300, dtype=np.float32).reshape(3, 100)
    np.savetxt(tmp_path / "saved.tsv", vectors, delimiter="\t")
    source = TsvTensor(os.fspath(tmp_path / "saved.tsv"), "saved.tsv")
    assert source.read_all().tolist() == vectors.tolist()


@pytest.mark.parametrize("content", [b"\v", b"\f\n", b"\n\v", b" \t\r\n\f"])
def test_a_file_of_blanks_of_any_kind(content, tmp_path) -> None:
    with pytest.raises(DataError, match=r"run/vectors\.tsv"):
        write_tsv(tmp_path, content)
