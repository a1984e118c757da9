"""Converts arrays of any framework to NumPy's, without importing the framework."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.errors import BadParameterError


def to_array(value: Any) -> NDArray[Any]:
    """From NumPy, TensorFlow, torch (any device, with gradients), JAX, Keras, pandas, sparse matrices, nested lists."""
    if hasattr(value, "detach"):  # torch
        value = value.detach().cpu()
        value = value.float() if str(value.dtype) == "torch.bfloat16" else value  # NumPy has no such type.
    elif hasattr(value, "toarray"):  # scipy.sparse
        value = value.toarray()
    elif hasattr(value, "to_numpy"):  # pandas, polars
        value = value.to_numpy()
    return np.asarray(value)


def to_vectors(value: Any) -> NDArray[np.float32]:
    """Vectors [rows, dims] as little-endian float32. Raises BadParameterError for another rank or for non-numbers."""
    array = _numeric(value)
    if array.ndim != 2:
        raise BadParameterError(
            f"Vectors of the shape {list(array.shape)} were received; [rows, dimensions] is expected.",
            "Reshape them: vectors.reshape(len(vectors), -1) makes each item of the first dimension one row.",
        )
    return np.ascontiguousarray(array, dtype="<f4")


def _numeric(value: Any) -> NDArray[Any]:
    try:
        array = to_array(value)
    except ValueError as error:
        raise _not_numbers(str(error)) from error
    # bfloat16 and related types of ml_dtypes have kind "V", and convert.
    if array.dtype.kind not in "fiubV" or array.dtype.names:
        raise _not_numbers(f"their type is {array.dtype}")
    return array


def _not_numbers(reason: str) -> BadParameterError:
    return BadParameterError(
        f"These vectors are not rows of real numbers: {reason}.",
        "Give an array of floats or integers, [rows, dimensions].",
    )
