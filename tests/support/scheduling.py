"""Which of pytest's processes runs which test."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController


class OneBrowser(LoadScopeScheduling):
    """The first process begins with the tab's tests, file by file, the others with the last of all other tests.

    A browser that draws in software keeps more than one core busy: two of them would wait for each other.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::", maxsplit=1)[0] if nodeid.startswith("tests/browser/") else nodeid

    def _assign_work_unit(self, node: WorkerController) -> None:
        if node is not self.nodes[0]:  # Files with many tests are first in the queue.
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)
