"""What every route is handed besides the request."""

from __future__ import annotations

from dataclasses import dataclass, field

from tb_projector_plugin.cache import Cache
from tb_projector_plugin.cache_folder import CacheFolder
from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.jobs.jobs import Jobs
from tb_projector_plugin.routes.hosts import AllowedHosts
from tb_projector_plugin.routes.known_subsets import KnownSubsets


@dataclass(frozen=True)
class RouteContext:
    catalog: Catalog
    cache: Cache
    hosts: AllowedHosts
    subsets: KnownSubsets = field(default_factory=KnownSubsets)
    files: CacheFolder = field(default_factory=CacheFolder)
    jobs: Jobs = field(default_factory=Jobs)
