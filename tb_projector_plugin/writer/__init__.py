"""Writes embeddings into a logdir, so that this projector and TensorBoard's built-in one both read them.

Every file is written under a temporary name and renamed, before the config names it: readers only ever see complete
files.
"""

from tb_projector_plugin.writer.metadata_file import write_metadata
from tb_projector_plugin.writer.sprite_sheet import Sprite, write_sprite
from tb_projector_plugin.writer.steps import read_steps, remove_step, write_step

__all__ = ["Sprite", "read_steps", "remove_step", "write_metadata", "write_sprite", "write_step"]
