"""Defines the context that every route receives besides the request."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.cache_folder import CacheFolder
from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.jobs.jobs import Jobs
from tb_projector_plugin.queries.known_subsets import KnownSubsets
from tb_projector_plugin.web.arrivals import Arrivals
from tb_projector_plugin.web.hosts import AllowedHosts
from tb_projector_plugin.web.in_flight import InFlight


@dataclass(frozen=True)
class RouteContext:
    """`allow_saving`: whether clients on other machines may save bookmarks, too."""

    catalog: Catalog
    cache: Cache
    hosts: AllowedHosts
    allow_saving: bool = False
    subsets: KnownSubsets = field(default_factory=KnownSubsets)
    files: CacheFolder = field(default_factory=CacheFolder)
    arrivals: Arrivals = field(default_factory=lambda: Arrivals(limits.ARRIVING_BYTES))
    in_flight: InFlight = field(default_factory=lambda: InFlight(limits.IN_FLIGHT_BYTES))
    jobs: Jobs = field(default_factory=Jobs)
    #: Held by each search for neighbors, which its own request's thread runs.
    searching: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(limits.SEARCHES_RUNNING)
    )
    #: Files of `files` that are being written: concurrent requests share one write, and nothing is cached here.
    being_made: Cache = field(default_factory=lambda: Cache(0))
