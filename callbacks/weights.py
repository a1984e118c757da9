"""Selects the weights of a Keras model that are embeddings, and copies them while it trains.

A choice is a layer, a layer's name, a variable, a variable's path, a list of these, or a dict that names them. Vectors
are read from their layers at each step, so that an `Embedding` with LoRA weights yields those the model computes with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from tb_projector_plugin.errors import BadParameterError


@dataclass(frozen=True)
class Weights:
    """One embedding: `read()` returns the backend's current [rows, dims] tensor."""

    name: str
    shape: tuple[int, int]
    read: Callable[[], Any]

    def copy(self) -> np.ndarray:
        """The current vectors, copied: the next batch changes the variable in place."""
        vectors = np.asarray(keras.ops.convert_to_numpy(self.read()))
        return vectors if vectors.flags.owndata else vectors.copy()


def choose_weights(model: keras.Model, choice: Any = None) -> list[Weights]:
    """The embeddings selected by `choice`; `None` is every `keras.layers.Embedding` of the model.

    Raises:
        BadParameterError: something chosen is not in the model, or has no two-dimensional weights.
    """
    if choice is None:
        named = [(layer.name, layer) for layer in layers_of(model) if isinstance(layer, keras.layers.Embedding)]
    elif isinstance(choice, Mapping):
        named = [(name, _find(model, item)) for name, item in choice.items()]
    else:
        items = choice if isinstance(choice, (list, tuple)) else [choice]
        named = [(_name(found), found) for found in (_find(model, item) for item in items)]
    return [_weights(name, found) for name, found in _unique(named)]


def layers_of(model: keras.Model) -> Iterable[keras.layers.Layer]:
    """Every layer at any depth, in model order; `Model.layers` would list the first level only."""
    return list(model._flatten_layers(include_self=False))  # noqa: SLF001


def find_layer(model: keras.Model, name: str) -> keras.layers.Layer | None:
    """The layer whose name, or path if nested, is `name`."""
    return next((layer for layer in layers_of(model) if name in (layer.name, layer.path)), None)


def _find(model: keras.Model, item: Any) -> Any:
    if not isinstance(item, str):
        return item
    found = find_layer(model, item) or next((v for v in model.variables if v.path == item), None)
    if found is None:
        names = ", ".join(repr(layer.name) for layer in layers_of(model))
        raise BadParameterError(
            f"`embeddings` received {item!r}, which is neither a layer's name nor a variable's path in {model.name!r}.",
            f"Layers are: {names}.",
        )
    return found


def _name(found: Any) -> str:
    return str(found.name if isinstance(found, keras.layers.Layer) else getattr(found, "path", None) or found.name)


def _unique(named: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Layers that share a name, as in two towers of one class, are named by their paths."""
    names = [name for name, _ in named]
    unique = [(name if names.count(name) == 1 else getattr(found, "path", name), found) for name, found in named]
    if len({name for name, _ in unique}) < len(unique):
        raise BadParameterError(
            f"Several embeddings have the same name: {', '.join(repr(name) for name, _ in unique)}.",
            'Name them: embeddings={"users": layer, "items": other_layer}.',
        )
    return unique


def _weights(name: str, found: Any) -> Weights:
    check_name(name)
    if isinstance(found, keras.layers.Embedding):
        return Weights(name, _shape_2d(name, found.embeddings), lambda: found.embeddings)
    variable = _only_matrix(found) if isinstance(found, keras.layers.Layer) else found
    return Weights(name, _shape_2d(name, variable), lambda: variable)


def check_name(name: Any) -> None:
    """Names are part of a tensor's key and of `projector_config.pbtxt`, where `:` separates the step."""
    if not isinstance(name, str):
        raise BadParameterError(
            f"An embedding cannot be called {name!r}; text is expected.", f"Name it with text: {{{str(name)!r}: …}}."
        )
    if not name or any(character in name for character in ":\t\n\r\\\0"):
        raise BadParameterError(
            f"An embedding cannot be called {name!r}.",
            "A name is not empty and has no colon, backslash, tab or line break.",
        )


def _only_matrix(layer: keras.layers.Layer) -> Any:
    if not layer.built:
        raise BadParameterError(
            f"The layer {layer.name!r} has no weights yet.",
            "Build the model before training: call it once on a batch, or give it an Input.",
        )
    matrices = [variable for variable in layer.weights if len(variable.shape) == 2]
    if len(matrices) != 1:
        paths = ", ".join(repr(variable.path) for variable in matrices) or "none"
        raise BadParameterError(
            f"The layer {layer.name!r} has {len(matrices)} two-dimensional weights; expected one.",
            f"Name the variable itself. Two-dimensional are: {paths}.",
        )
    return matrices[0]


def _shape_2d(name: str, tensor: Any) -> tuple[int, int]:
    shape = tuple(getattr(tensor, "shape", ()))
    if len(shape) != 2:
        raise BadParameterError(
            f"The embedding {name!r} has the shape {shape}; expected [rows, dimensions].",
            "Choose a layer or variable of two dimensions; the outputs of a layer are `activations`.",
        )
    return int(shape[0]), int(shape[1])
