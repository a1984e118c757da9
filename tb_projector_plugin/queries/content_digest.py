"""A digest of a tensor's numbers, which names results on disk: it is the same in a logdir that was copied or touched.

It takes a pass over the tensor, once per version of its files: the digest is remembered in the cache folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from tb_projector_plugin.arrow_file import read_stream, write_stream
from tb_projector_plugin.cache_folder import CachedFile, make_name
from tb_projector_plugin.queries.tensor_request import TensorRequest

_KEY = b"digest"


def find_digest(tensor: TensorRequest) -> str | None:
    """The remembered digest, read from one small file. None if it has not been read, or its file is damaged."""
    found = tensor.context.files.find(_memory_name(tensor))
    return None if found is None else _read_memory(found)


def read_digest(tensor: TensorRequest, check: Callable[[], None]) -> str:
    """The digest, remembered or from a pass over the tensor; calls `check` after each block. Only for jobs."""
    known = find_digest(tensor)
    if known is not None:
        return known
    digest = tensor.read(lambda: _compute_digest(tensor, check))
    _remember(tensor, digest)
    return digest


def _compute_digest(tensor: TensorRequest, check: Callable[[], None]) -> str:
    digest = hashlib.blake2b(digest_size=20)
    for first_row, block in tensor.handle.source.blocks():
        if first_row == 0:
            digest.update(repr((tensor.shape, block.dtype.str)).encode())
        digest.update(block.data)
        check()
    return digest.hexdigest()


def _memory_name(tensor: TensorRequest) -> str:
    """Depends on all that says which numbers are read, from which files."""
    handle = tensor.handle
    source = handle.source
    return make_name("digest", 1, *tensor.key, source.display, source.stored_shape, source.dtype)


def _read_memory(file: CachedFile) -> str | None:
    import pyarrow as pa

    try:
        with read_stream(file.path) as reader:
            found = (reader.schema.metadata or {}).get(_KEY)
    except (OSError, pa.ArrowInvalid):  # Removed meanwhile, or not what was written.
        return None
    return None if found is None else found.decode()


def _remember(tensor: TensorRequest, digest: str) -> None:
    import pyarrow as pa

    schema = pa.schema([], metadata={_KEY: digest})

    def write(path: str) -> None:
        with write_stream(path, schema):
            pass  # The schema's metadata is all there is.

    tensor.context.files.make(_memory_name(tensor), write)
