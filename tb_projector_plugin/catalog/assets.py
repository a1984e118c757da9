"""Locates the files that an entry names beside its vectors, inside the logdir only, without reading them whole."""

from __future__ import annotations

from tb_projector_plugin.catalog.contents import MetadataFile, NamedBookmarks, SpriteFile
from tb_projector_plugin.catalog.run_context import ConfigFile, RunContext
from tb_projector_plugin.config import EmbeddingConfig
from tb_projector_plugin.errors import ProjectorError
from tb_projector_plugin.stamped_file import read_stamp, size_of, version_of


def find_metadata(context: RunContext, config: ConfigFile, entry: EmbeddingConfig, name: str) -> MetadataFile | None:
    """The metadata file of an entry, not read yet."""
    if not entry.metadata_path:
        return None
    path = context.locate_file(entry.metadata_path, config, "metadata_path", name)
    stamp = read_stamp(path, context.policy.contains) if path is not None else None
    if path is None or stamp is None:
        return None
    return MetadataFile(path, context.policy.display(path), version_of(stamp), size_of(stamp), stamp)


def find_sprite(
    context: RunContext, config: ConfigFile, entry: EmbeddingConfig, name: str, rows: int
) -> SpriteFile | None:
    """The sprite sheet of an entry, its header read and its grid checked against `rows`."""
    if entry.sprite is None or not entry.sprite.image_path:
        return None
    path = context.locate_file(entry.sprite.image_path, config, "sprite.image_path", name)
    if path is None:
        return None
    try:
        sheet = context.parse_cache.sprite(path, context.policy.display(path), entry.sprite.single_image_dim, rows)
    except ProjectorError as error:
        context.report(error, name)
        return None
    return SpriteFile(sheet)


def find_bookmarks(context: RunContext, config: ConfigFile, entry: EmbeddingConfig, name: str) -> NamedBookmarks | None:
    """The bookmarks of an entry, located again on each request; problems with the path are reported now."""
    if not entry.bookmarks_path:
        return None
    context.locate_file(entry.bookmarks_path, config, "bookmarks_path", name)
    return NamedBookmarks(context.spelling(entry.bookmarks_path, config), config.directory, config.display)
