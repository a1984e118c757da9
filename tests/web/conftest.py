"""What the tests of requests and answers share: one small logdir, and the plugin on it."""

from small_logdir import client, logdir, vectors

__all__ = ["client", "logdir", "vectors"]
