"""Locates the files that an entry names beside its vectors, inside the logdir only, without reading them whole."""

from __future__ import annotations

from tb_projector_plugin.catalog.contents import Assets, MetadataFile, NamedBookmarks, SpriteFile
from tb_projector_plugin.catalog.entries import Entry
from tb_projector_plugin.catalog.run_context import RunContext
from tb_projector_plugin.errors import ProjectorError
from tb_projector_plugin.stamped_file import read_stamp, size_of, version_of


def find_assets(context: RunContext, entry: Entry, name: str, rows: int) -> Assets:
    """The assets of the embedding `name`. The sprite's grid is checked against `rows`; problems are reported."""
    return Assets(
        metadata=_find_metadata(context, entry, name),
        sprite=_find_sprite(context, entry, name, rows),
        bookmarks=_find_bookmarks(context, entry, name),
    )


def _find_metadata(context: RunContext, entry: Entry, name: str) -> MetadataFile | None:
    """The metadata file of an entry, not read yet."""
    if not entry.written.metadata_path:
        return None
    path = context.locate_file(entry.written.metadata_path, entry.config, "metadata_path", name)
    stamp = read_stamp(path, context.policy.contains) if path is not None else None
    if path is None or stamp is None:
        return None
    return MetadataFile(path, context.policy.display(path), version_of(stamp), size_of(stamp), stamp)


def _find_sprite(context: RunContext, entry: Entry, name: str, rows: int) -> SpriteFile | None:
    """The sprite sheet of an entry, its header read."""
    sprite = entry.written.sprite
    if sprite is None or not sprite.image_path:
        return None
    path = context.locate_file(sprite.image_path, entry.config, "sprite.image_path", name)
    if path is None:
        return None
    try:
        sheet = context.files.sprite(path, context.policy.display(path), sprite.single_image_dim, rows)
    except ProjectorError as error:
        context.report(error, name)
        return None
    return SpriteFile(path, sheet.file, version_of(sheet.stamp, *sheet.thumb_size), sheet)


def _find_bookmarks(context: RunContext, entry: Entry, name: str) -> NamedBookmarks | None:
    """The bookmarks of an entry, located again on each request; problems with the path are reported now."""
    named, config = entry.written.bookmarks_path, entry.config
    if not named:
        return None
    context.locate_file(named, config, "bookmarks_path", name)
    return NamedBookmarks(context.spelling(named, config), config.directory, config.display)
