"""What the demo tells of itself in the terminal."""

from __future__ import annotations

import functools

#: Said at once even into a pipe: a reader of `make demo` sees where it is.
say = functools.partial(print, flush=True)
