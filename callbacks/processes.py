"""Selects the writing process of a distributed training: all have the same weights, but a log_dir has one writer."""

from __future__ import annotations

from typing import Any

import keras


def is_writing_process(model: Any) -> bool:
    """True in the chief of a `tf.distribute` cluster, in JAX's process 0, in torch's rank 0, and in a sole process."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        return bool(model.distribute_strategy.extended.should_checkpoint)
    if backend == "jax":
        import jax

        return bool(jax.process_index() == 0)
    if backend == "torch":
        import torch.distributed

        return not torch.distributed.is_initialized() or torch.distributed.get_rank() == 0
    return True
