"""Reports the progress of computations that consist of parts."""

from __future__ import annotations

from collections.abc import Callable

#: Receives the fraction done, 0 to 1.
Report = Callable[[float], None]


def report_part(report: Report, begin: float, end: float) -> Report:
    """Reports the progress of a part, which takes the work from `begin` to `end`."""
    return lambda share: report(begin + (end - begin) * share)
