"""A tab that explains why the Embeddings tab is missing, and the names that both use.

Imports the standard library and `base_plugin` only: it has to work when nothing else can be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tensorboard.plugins import base_plugin

#: Also part of every URL: data/plugin/embeddings/. TensorBoard's own plugin is `projector`.
PLUGIN_NAME = "embeddings"
TAB_NAME = "Embeddings"
ENTRY_ROUTE = "/static/index.js"


class FailedPlugin(base_plugin.TBPlugin):  # type: ignore[misc]
    """A tab that explains why the Embeddings tab is missing."""

    plugin_name = PLUGIN_NAME

    def __init__(self, error: Exception) -> None:
        super().__init__(None)
        self._error = error

    def get_plugin_apps(self) -> dict[str, Callable[..., Iterable[bytes]]]:
        return {ENTRY_ROUTE: self.serve_entry}

    def is_active(self) -> bool:
        return True

    def frontend_metadata(self) -> base_plugin.FrontendMetadata:
        return base_plugin.FrontendMetadata(es_module_path=ENTRY_ROUTE, tab_name=TAB_NAME)

    def serve_entry(self, _environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        from tb_projector_plugin.failure_page import make_failure_module

        module = make_failure_module(
            "The Embeddings tab could not be loaded",
            f"{type(self._error).__name__}: {self._error}",
            "Reinstall the plugin into the Python that runs TensorBoard (pip install --force-reinstall "
            "tb-projector-plugin), then start TensorBoard again. Its output in the terminal has the details.",
        )
        headers = [
            ("Content-Type", "text/javascript; charset=utf-8"),
            ("Content-Length", str(len(module))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response("200 OK", headers)
        return [module]
