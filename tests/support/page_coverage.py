"""Coverage of the page in a browser test, where the variable PAGE_COVERAGE names a folder: see scripts/coverage.sh.

V8 counts in the page and in its frames. Workers are targets of their own, which are not measured.
"""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page

FOLDER = "PAGE_COVERAGE"
#: Path of the plugin's own scripts; TensorBoard's are megabytes that nobody asks for.
_SCRIPTS = "/data/plugin/embeddings/"


class PageCoverage:
    """Measures every page of `context`, from when it opens; without the variable, none."""

    def __init__(self, context: BrowserContext) -> None:
        self._folder = os.environ.get(FOLDER)
        self._sessions: dict[Page, CDPSession] = {}
        if self._folder:
            Path(self._folder).mkdir(parents=True, exist_ok=True)
            context.on("page", self._start)

    def save(self) -> None:
        """To be called before pages are closed: what ran since the last time, in documents that are gone as well."""
        for page, session in list(self._sessions.items()):
            if page.is_closed():
                del self._sessions[page]
            else:
                self._write(session.send("Profiler.takePreciseCoverage")["result"])

    def _start(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Profiler.enable")
        session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
        self._sessions[page] = session

    def _write(self, scripts: list[dict[str, object]]) -> None:
        ours = [script for script in scripts if _SCRIPTS in str(script["url"])]
        if ours and self._folder:
            Path(self._folder, f"{uuid.uuid4().hex}.json").write_text(json.dumps(ours))
