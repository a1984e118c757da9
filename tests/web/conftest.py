"""Fixtures for tests of requests and responses: one small logdir, and the plugin on it."""

from small_logdir import client, logdir, vectors

__all__ = ["client", "logdir", "vectors"]
