"""Reads the next block of a pass while the current one is computed with: in a thread, as copying bytes needs a core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from tb_projector_plugin.sources.element_types import Floats


def read_ahead(
    read: Callable[[int, Floats], None], rows: int, make_buffer: Callable[[], Floats]
) -> Iterator[tuple[int, Floats]]:
    """Yields `(first_row, block)` over all `rows`; a block is valid until the next iteration.

    `read(first_row, out)` fills a block, in order and one at a time; what it raises is raised here. A buffer holds the
    rows of one block. The first block is read without a thread: whoever takes only that one waits for no other.
    """
    buffer = make_buffer()
    step = max(1, len(buffer))
    if rows:
        read(0, buffer[:rows])
        yield 0, buffer[:rows]
    if rows <= step:
        return
    buffers = (buffer, make_buffer())

    def fill(first_row: int) -> Floats:
        block = buffers[first_row // step % 2][: rows - first_row]
        read(first_row, block)
        return block

    with ThreadPoolExecutor(1, "read ahead") as pool:
        ahead = pool.submit(fill, step)
        for first_row in range(step, rows, step):
            block = ahead.result()
            if first_row + step < rows:
                ahead = pool.submit(fill, first_row + step)
            yield first_row, block
