"""Damaged inputs as Hypothesis strategies: valid ones that are flipped, cut, inserted into, duplicated and spliced."""

from __future__ import annotations

import functools
import json
import random
import struct
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

#: Largest input in bytes: large enough for every structure, small enough that thousands are tried in a second.
MOST_BYTES = 1 << 16
#: Numbers that parsers count with: zero, signs, and the edges of the integer types.
NUMBERS = (0, 1, -1, 127, 128, 255, 256, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1, 2**53, 2**62, 2**63 - 1)
#: Pieces that mean something to one parser or another.
WORDS = (
    *(str(number).encode() for number in NUMBERS),
    *(struct.pack("<q", number if number < 2**63 else -1) for number in NUMBERS),
    *(
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\r",
        b"\n",
        b"\r\n",
        b"\t",
        b",",
        b";",
        b'"',
        b"'",
        b"\\",
        b"%00",
    ),
    *(b"nan", b"inf", b"-inf", b"1e999", b"1e-999", b"NULL", b"true", b"..", b"/", b"~", b"{", b"}", b"[", b"]", b":"),
    *(
        b"%00",
        "\u2028\ufeff\U0001f600é".encode(),
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b"\x80",
        b"()",
        b"<",
        b"&",
        b"=",
        b"?",
        b"#",
    ),
)

Edit = tuple[str, int, int, bytes]
_EDITS: dict[str, Callable[[bytes, int, int, bytes], bytes]] = {
    "flip": lambda data, at, size, _: data[:at] + bytes([data[at] ^ 1 << size % 8]) + data[at + 1 :] if data else data,
    "insert": lambda data, at, _, word: data[:at] + word + data[at:],
    "overwrite": lambda data, at, _, word: data[:at] + word + data[at + len(word) :],
    "cut": lambda data, at, size, _: data[:at] + data[at + size :],
    "truncate": lambda data, at, _, __: data[:at],
    "duplicate": lambda data, at, size, _: data[: at + size] + data[at:],
    "repeat": lambda data, at, size, word: data[:at] + word * (size + 1) + data[at:],
}
_KINDS = sorted(_EDITS)


def mutated(seeds: Sequence[bytes], words: Sequence[bytes] = ()) -> st.SearchStrategy[bytes]:
    """One of `seeds` after up to eight edits, perhaps with the tail of another one."""
    pieces = st.one_of(st.sampled_from([*WORDS, *words]), st.binary(max_size=8))
    small = st.one_of(st.integers(0, 8), st.integers(0, 4096))
    edit = st.tuples(st.sampled_from(_KINDS), st.integers(0, MOST_BYTES), small, pieces)
    start = st.one_of(st.sampled_from(seeds), st.builds(_splice, st.sampled_from(seeds), st.sampled_from(seeds), small))
    return st.builds(lambda data, edits: functools.reduce(_apply, edits, data), start, st.lists(edit, max_size=8))


def _apply(data: bytes, edit: Edit) -> bytes:
    kind, at, size, word = edit
    return _EDITS[kind](data, at % max(1, len(data)), size, word)[:MOST_BYTES]


def _splice(head: bytes, tail: bytes, at: int) -> bytes:
    return head[: at % (len(head) + 1)] + tail[at % (len(tail) + 1) :]


def edit_at_random(data: bytes, generator: random.Random) -> bytes:
    """`data` after one to four edits, at a hundredth of the time that Hypothesis takes to draw some."""
    for _ in range(generator.randint(1, 4)):
        word = generator.choice(WORDS) if generator.random() < 0.8 else generator.randbytes(generator.randint(1, 8))
        kind, size = generator.choice(_KINDS), generator.randint(0, generator.choice((8, 8, 8, 4096)))
        data = _apply(data, (kind, generator.randrange(MOST_BYTES), size, word))
    return data


def texts() -> st.SearchStrategy[bytes]:
    """Tables of odd cells, in every separation and line end."""
    cell = st.one_of(st.sampled_from(WORDS), st.floats().map(lambda x: repr(x).encode()), st.text().map(_encode))
    line = st.tuples(st.lists(cell, max_size=6), st.sampled_from([b"\t", b",", b";", b" "]))
    lines = st.lists(line.map(lambda drawn: drawn[1].join(drawn[0])), max_size=12)
    return st.builds(lambda end, drawn: end.join(drawn), st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n"]), lines)


def json_values() -> st.SearchStrategy[Any]:
    numbers = st.one_of(st.integers(), st.sampled_from([*NUMBERS, 10**400]), st.floats(allow_nan=False))
    leaf = st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=8))
    return st.recursive(
        leaf, lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(max_size=8), inner)), max_leaves=8
    )


def json_texts(valid: Sequence[dict[str, Any]]) -> st.SearchStrategy[bytes]:
    """One of the valid documents with some fields replaced, or any document."""
    changed = st.sampled_from(valid).flatmap(
        lambda document: st.dictionaries(st.sampled_from(sorted(document)), json_values()).map(document.__or__)
    )
    return st.one_of(changed, json_values()).map(lambda value: json.dumps(value).encode())


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
