"""Imported by TensorBoard at every start: the flags, and the plugin or the reason for its absence.

TensorBoard guards neither the import of this module nor `define_flags`: an exception there stops TensorBoard. So it
imports only the standard library, `base_plugin` and `failed_plugin` (which imports no more than that), and everything
else inside `load`.
"""

from __future__ import annotations

import argparse
import logging
from typing import Any

from tensorboard.plugins import base_plugin

from tb_projector_plugin.failed_plugin import PLUGIN_NAME, FailedPlugin

logger = logging.getLogger(__name__)

_ALLOWED_HOSTS_HELP = """\
Comma-separated host names under which the Embeddings tab may be asked for, besides localhost, IP addresses, this
machine's name and --host: those of a proxy in front of TensorBoard, for instance. "*" allows every name, and with it
any web page that points a name of its own at this server."""
_ALLOW_PATHS_HELP = """\
Comma-separated directories outside of the logdir from which the Embeddings tab may read files that a
projector_config.pbtxt or a checkpoint state file names."""

_ALLOW_SAVING_HELP = """\
Let everyone who can open the Embeddings tab save bookmarks into the logdir, beside the run's projector_config.pbtxt.
Without it only a browser on this machine may."""


class EmbeddingsLoader(base_plugin.TBLoader):  # type: ignore[misc]  # TensorBoard has no types.
    """The entry point of the group `tensorboard_plugins`."""

    def define_flags(self, parser: argparse.ArgumentParser) -> None:
        group = parser.add_argument_group(PLUGIN_NAME)
        for flag, metavar, text in (
            ("--embeddings_allowed_hosts", "HOSTS", _ALLOWED_HOSTS_HELP),
            ("--embeddings_allow_paths", "PATHS", _ALLOW_PATHS_HELP),
        ):
            _define_flag(group, flag, metavar=metavar, type=str, default="", help=text)
        _define_flag(
            group, "--embeddings_allow_saving_bookmarks", action="store_true", default=False, help=_ALLOW_SAVING_HELP
        )

    def load(self, context: base_plugin.TBContext) -> base_plugin.TBPlugin | None:
        """Returns the plugin or, if it cannot be loaded, one whose tab explains why. Never raises."""
        try:
            from tb_projector_plugin.plugin import EmbeddingsPlugin

            return EmbeddingsPlugin(context)
        except Exception as error:
            logger.exception("The Embeddings tab could not be loaded.")
            return FailedPlugin(error)


def _define_flag(group: argparse._ArgumentGroup, flag: str, **options: Any) -> None:
    try:
        group.add_argument(flag, **options)
    except argparse.ArgumentError:  # Another plugin, or a second copy of this one, has taken the name.
        logger.warning("The flag %s is taken already; the Embeddings tab goes without.", flag)
