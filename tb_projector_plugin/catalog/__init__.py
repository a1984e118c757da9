"""logdir -> runs -> embeddings -> steps, and what was skipped and why."""

from tb_projector_plugin.catalog.catalog import Catalog, MetadataContent, SpriteContent, TensorHandle

__all__ = ["Catalog", "MetadataContent", "SpriteContent", "TensorHandle"]
