"""logdir -> runs -> embeddings -> steps, and what was skipped and why."""

from tb_projector_plugin.catalog.bookmarks import BookmarkFile, RunBookmarks
from tb_projector_plugin.catalog.catalog import Catalog
from tb_projector_plugin.catalog.handles import MetadataContent, SpriteContent, TensorHandle

__all__ = ["BookmarkFile", "Catalog", "MetadataContent", "RunBookmarks", "SpriteContent", "TensorHandle"]
