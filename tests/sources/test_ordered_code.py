"""Slice keys, compared with those that TensorFlow wrote; for numbers in no test file, their order is checked."""

from __future__ import annotations

import pytest
from golden_checkpoints import GOLDEN
from hypothesis import given
from hypothesis import strategies as st

from tb_projector_plugin.protos.checkpoint_pb2 import BundleEntry
from tb_projector_plugin.sources.checkpoint.ordered_code import FULL_EXTENT, encode_slice_key
from tb_projector_plugin.sources.checkpoint.table import parse_table


def test_gives_the_very_keys_that_tensorflow_wrote() -> None:
    entries = dict(parse_table((GOLDEN / "tensorflow" / "model.ckpt-100.index").read_bytes()))
    written = {key for key in entries if key.startswith(b"\0")}
    computed, starts = set(), []
    for key, value in entries.items():
        if key and key not in written:
            for part in BundleEntry.FromString(value).slices:
                starts += [extent.start for extent in part.extents]
                pairs = [(one.start, one.length if one.HasField("length") else FULL_EXTENT) for one in part.extents]
                computed.add(encode_slice_key(key.decode(), pairs))
    assert computed == written
    assert max(starts) > 63  # Values encoded in two bytes are among them.


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        (0, b"\x80"),
        (63, b"\xbf"),
        (64, b"\xc0\x40"),
        (-1, b"\x7f"),
        (-64, b"\x40"),
        (-65, b"\x3f\xbf"),
        (8191, b"\xdf\xff"),
    ],
)
def test_numbers_as_ordered_code_documents_them(value, encoded) -> None:
    """Both sides of the switch to a second byte, worked out by hand from the format."""
    assert encode_slice_key("", [(value, 0)]) == b"\0" + b"\0\1" + b"\1\1" + encoded + b"\x80"


numbers = st.integers(-(2**63), 2**63 - 1)


@given(numbers, numbers)
def test_order_is_kept(first, second) -> None:
    """The property that the encoding is named after: no other set of headers has it."""
    keys = [encode_slice_key("v", [(value, 0)]) for value in (first, second)]
    assert (first < second) == (keys[0] < keys[1])
    assert (first == second) == (keys[0] == keys[1])


@given(st.text(max_size=5), st.text(max_size=5))
def test_order_of_names_is_kept(first, second) -> None:
    keys = [encode_slice_key(name, [(0, 0)]) for name in (first, second)]
    assert (first.encode() < second.encode()) == (keys[0] < keys[1])
