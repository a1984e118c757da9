"""The TensorBoard plugin: wiring only. Content comes from the catalog, responses from `routes`.

Neither is imported before the first request, so that TensorBoard starts as fast and as small as without the plugin. For
that reason TensorBoard has a single route for all, `/*`; `routes.apps` collects the others from its modules.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from tensorboard.plugins import base_plugin

from tb_projector_plugin.failed_plugin import ENTRY_ROUTE, PLUGIN_NAME, TAB_NAME, FailedPlugin

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from tb_projector_plugin.catalog import Catalog

logger = logging.getLogger(__name__)

#: Maximum wait for the first scan. A local logdir takes a tenth of it; a larger one shows the tab at the next listing.
_FIRST_SCAN_S = 2.0
_PREFIX = f"/data/plugin/{PLUGIN_NAME}"


class EmbeddingsPlugin(base_plugin.TBPlugin):  # type: ignore[misc]  # TensorBoard has no types.
    """The Embeddings tab."""

    plugin_name = PLUGIN_NAME

    def __init__(self, context: base_plugin.TBContext) -> None:
        super().__init__(context)
        self._tensorboard = context
        self._opening = threading.Lock()

    def get_plugin_apps(self) -> dict[str, WSGIApplication]:
        return {"/*": self._serve}

    def is_active(self) -> bool:
        """True once there is something to show, a failure included. Scans on a thread; only the first listing waits."""
        first = "_opened" not in vars(self)
        catalog, _ = self._open()
        if catalog is None or catalog.has_content():
            return True
        if first:
            catalog.wait_for_first_scan(_FIRST_SCAN_S)
        else:
            catalog.start()  # A run may have begun since; a hidden tab does not request /runs.
        return catalog.has_content()

    def frontend_metadata(self) -> base_plugin.FrontendMetadata:
        return base_plugin.FrontendMetadata(es_module_path=ENTRY_ROUTE, tab_name=TAB_NAME)

    def _serve(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        _, app = self._open()
        return app(environ, start_response)

    def _open(self) -> tuple[Catalog | None, WSGIApplication]:
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> tuple[Catalog | None, WSGIApplication]:
        """The catalog, already scanning, and its routes; if that fails, None and a page that explains why."""
        try:
            return _open_logdir(self._tensorboard)
        except Exception as error:
            logger.exception("The Embeddings tab could not be loaded.")
            return None, FailedPlugin(error).serve_entry


def _open_logdir(context: base_plugin.TBContext) -> tuple[Catalog, WSGIApplication]:
    from tb_projector_plugin import limits
    from tb_projector_plugin.cache import Cache
    from tb_projector_plugin.catalog import Catalog
    from tb_projector_plugin.log_roots import make_path_policy, split_list
    from tb_projector_plugin.queries.route_context import RouteContext
    from tb_projector_plugin.routes.apps import make_app
    from tb_projector_plugin.web.hosts import AllowedHosts

    flags = context.flags
    catalog = Catalog(make_path_policy(flags, context.logdir))
    catalog.start()
    named = split_list(getattr(flags, "embeddings_allowed_hosts", None))
    hosts = AllowedHosts(named=named, bound=getattr(flags, "host", None))
    allow_saving = bool(getattr(flags, "embeddings_allow_saving_bookmarks", False))
    return catalog, make_app(RouteContext(catalog, Cache(limits.CACHE_BYTES), hosts, allow_saving), _PREFIX)
