"""POST /uploads of .npy: every type and order, and files that are not what they say."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from plugin_client import read_error
from uploading import VECTORS, dropped, npy, npy_header, post, vectors_of


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f4", ">f8", "i1", "u1", "<i2", ">i4", "i8", "u8", "?"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_of_every_type_and_order(empty, dtype, order):
    array = np.asarray((VECTORS * 10) > 3 if dtype == "?" else np.abs(VECTORS * 10).astype(dtype), order=order)
    answer = dropped(empty, npy(array), "v.npy")
    assert answer["embedding"]["dtype"] == array.dtype.newbyteorder("=").name
    assert answer["read"]["format"] == "npy"
    assert np.array_equal(vectors_of(empty, answer), array.astype(np.float64))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (npy(np.array([[{}]], object), allow_pickle=True), "Python objects"),
        (npy_header("{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", pickle.dumps(1)), "Python objects"),
        (
            npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000, 1000000), }", b"1234"),
            "cut off",
        ),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999, 9), }"), "cut off"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, -4), }", b"1" * 16), "shape"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (True, 4), }", b"1" * 16), "shape"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", b"1" * 17), "17 bytes"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", b"1" * 15), "15 bytes"),
        (npy_header("{'descr': '<V4', 'fortran_order': False, 'shape': (2, 2), }", b"1" * 16), "numbers"),
        (npy_header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 2), }", b"1" * 16), "numbers"),
        (npy_header("{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (2, 2), }", b"1" * 32), "numbers"),
        (npy_header("__import__('os').system('true')"), "header"),
        (npy_header("(" * 5000), "header"),
        (npy_header("{'descr': '<f4'}"), "header"),
        (npy_header("{" + " " * 50_000 + "}"), "header"),
        (npy_header("[" * 60_000, version=b"\x02\x00"), "header"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", b"1234", b"\x03\x00"), "format 3.0"),
        (npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", b"1234", b"\x09\x00"), "header"),
        (b"\x93NUMPY", "header"),
        (b"\x93NUMPY\x01\x00\xff\xff{}", "header"),
        (npy(VECTORS)[:-1], "cut off"),
        (npy(np.zeros(5, np.float32)), "shape"),
        (npy(np.zeros((2, 2, 2), np.float32)), "reshape"),
        (npy(np.zeros((0, 4), np.float32)), "nothing to show"),
        (npy(np.zeros((4, 0), np.float32)), "nothing to show"),
        (npy(np.zeros((2, 2), np.complex64)), "complex64"),
        (npy(np.array([["a"]])), "numbers"),
        (npy(np.array([["2020-01-01"]], "M8[D]")), "datetime64"),
    ],
)
def test_npy_that_is_not_what_it_says(empty, data, said):
    error = read_error(post(empty, data, "v.npy"), 422, "bad_data")
    assert said in error["message"] + error["fix"]
    assert "numpy.save" in error["fix"]
