"""Terminal output of the demo."""

from __future__ import annotations

import functools

#: Flushed at once, even into a pipe, so that `make demo` shows its progress.
say = functools.partial(print, flush=True)
