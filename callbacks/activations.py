"""The outputs of a model's layers on given inputs, computed while the model trains.

`_Probe` is a separate model around the user's: it shares every weight, is traced once, runs in inference mode through
`predict`, and leaves the user's compiled functions, metrics and random state alone. A layer's output is captured where
the layer is called, so that nested, shared and subclassed models work like functional ones; what follows the layer is
dead code that TensorFlow and XLA eliminate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from typing import Any

import keras
import numpy as np

from tb_projector_plugin.callbacks.weights import check_name, find_layer, layers_of
from tb_projector_plugin.errors import BadParameterError


class _Probe(keras.Model):  # type: ignore[misc]  # Keras has no types.
    """Computes `{name: output}` for a batch of the model's inputs.

    Args:
        model: the model being trained.
        taps: for each name a layer of the model, a symbolic tensor of its graph, a model that shares its layers, or a
            function from a batch of inputs to outputs, made of the model's layers.
    """

    def __init__(self, model: keras.Model, taps: Mapping[str, Any]) -> None:
        super().__init__(name="projector_probe")
        self.probed = model
        inside = {id(layer) for layer in layers_of(model)}
        self.tapped_layers = {name: tap for name, tap in taps.items() if id(tap) in inside}
        self.tapped_functions = {name: _as_function(model, tap) for name, tap in taps.items() if id(tap) not in inside}
        self.jit_compile, self.run_eagerly = model.jit_compile, model.run_eagerly
        self.built = True

    def call(self, inputs: Any) -> dict[str, Any]:
        outputs = _outputs_of(self.probed, self.tapped_layers, inputs) if self.tapped_layers else {}
        for name, function in self.tapped_functions.items():
            is_model = isinstance(function, keras.Model)
            outputs[name] = function(inputs, training=False) if is_model else function(inputs)
        return outputs


class Activations:
    """Named activations of a model on fixed inputs.

    Args:
        model: a built Keras model.
        choice: a layer, a layer's name, a symbolic tensor, a sub-model, a function, a list of these, or a dict of
            names.
        inputs: what `model.predict` takes: arrays, tensors, lists or dicts of them, a `tf.data.Dataset`, a `PyDataset`.
        batch_size: rows per batch, as in `model.predict`.

    Raises:
        BadParameterError: a layer that the model lacks, outputs that are not [rows, dimensions].
    """

    def __init__(self, model: keras.Model, choice: Any, inputs: Any, batch_size: int | None) -> None:
        self._inputs = inputs
        self._batch_size = batch_size
        taps = _named_taps(model, choice)
        with _strategy_scope(model):
            self._probe = _Probe(model, taps)
        self.rows = _count_rows(inputs)
        self.names = list(taps)

    def check(self) -> dict[str, tuple[int, int]]:
        """The shapes, computed from as little as possible: one row of arrays, or a whole data set to count its rows."""
        if self.rows is None:
            outputs = self.compute()
            self.rows = len(next(iter(outputs.values())))
            return {name: (self.rows, vectors.shape[1]) for name, vectors in outputs.items()}
        first = keras.tree.map_structure(lambda array: keras.ops.convert_to_tensor(array[:1]), self._inputs)
        outputs = self._probe.call(first)  # Not `__call__`, which would wrap exceptions in its own.
        return {name: (self.rows, _dimensions(name, vectors)) for name, vectors in outputs.items()}

    def compute(self) -> dict[str, np.ndarray]:
        """[rows, dimensions] arrays with the current weights."""
        outputs = self._probe.predict(self._inputs, batch_size=self._batch_size, verbose=0)
        for name, vectors in outputs.items():
            _dimensions(name, vectors)
        return {name: np.asarray(vectors) for name, vectors in outputs.items()}


def _named_taps(model: keras.Model, choice: Any) -> dict[str, Any]:
    if isinstance(choice, Mapping):
        taps = {name: _find(model, tap) for name, tap in choice.items()}
    else:
        found = [_find(model, tap) for tap in (choice if isinstance(choice, (list, tuple)) else [choice])]
        taps = {_name(tap): tap for tap in found}
        if len(taps) < len(found):
            raise BadParameterError(
                f"Several activations have the same name: {', '.join(_name(tap) for tap in found)}.",
                'Name them: activations={"before": layer, "after": other_layer}.',
            )
    for name in taps:
        check_name(name)
    return taps


def _find(model: keras.Model, tap: Any) -> Any:
    if isinstance(tap, str):
        layer = find_layer(model, tap)
        if layer is None:
            names = ", ".join(repr(layer.name) for layer in layers_of(model))
            raise BadParameterError(
                f"`activations` received {tap!r}, which is not a layer of {model.name!r}.", f"Layers are: {names}."
            )
        return layer
    if isinstance(tap, (keras.layers.Layer, keras.KerasTensor)) or callable(tap):
        return tap
    raise BadParameterError(
        f"`activations` received {type(tap).__name__}; expected a layer, its name, a tensor, a model or a function.",
        'For instance activations="dense_1", or activations=lambda batch: model.encode(batch).',
    )


def _name(tap: Any) -> str:
    name = getattr(tap, "name", None) or getattr(tap, "__name__", "activations")
    return "activations" if name == "<lambda>" else str(name)


def _as_function(model: keras.Model, tap: Any) -> Any:
    if isinstance(tap, keras.layers.Layer) and not isinstance(tap, keras.Model):
        raise BadParameterError(
            f"The layer {tap.name!r} is not part of {model.name!r}.", "Choose a layer of the model that is trained."
        )
    if not isinstance(tap, keras.KerasTensor):
        return tap
    try:
        return keras.Model(model.inputs, tap)
    except (AttributeError, ValueError) as error:
        raise BadParameterError(
            f"The symbolic tensor {tap.name!r} does not follow from the inputs of {model.name!r}: {error}",
            "Name the layer instead: activations=layer.",
        ) from error


def _outputs_of(model: keras.Model, layers: Mapping[str, keras.layers.Layer], inputs: Any) -> dict[str, Any]:
    caught: dict[str, Any] = {}
    with ExitStack() as stack:
        for name, layer in layers.items():
            stack.enter_context(_catching(layer, partial(caught.setdefault, name)))
        model(inputs, training=False)
    for name, layer in layers.items():
        if name not in caught:
            raise BadParameterError(
                f"The layer {layer.name!r} was not called when {model.name!r} ran in inference mode.",
                "Choose a layer that takes part in inference.",
            )
    return caught


@contextmanager
def _catching(layer: keras.layers.Layer, catch: Callable[[Any], Any]) -> Iterator[None]:
    """Passes the output of the layer's first call to `catch`. Bypasses Keras' `__setattr__`, which would track it.

    A `call` that the layer itself had before is put back: that of another name for it, or the user's.
    """
    call, own = layer.call, vars(layer).get("call")

    def call_and_catch(*args: Any, **kwargs: Any) -> Any:
        output = call(*args, **kwargs)
        catch(output)
        return output

    object.__setattr__(layer, "call", call_and_catch)
    try:
        yield
    finally:
        if own is None:
            object.__delattr__(layer, "call")
        else:
            object.__setattr__(layer, "call", own)


def _dimensions(name: str, output: Any) -> int:
    shape = tuple(getattr(output, "shape", ()))
    if len(shape) != 2:
        raise BadParameterError(
            f"The activations {name!r} have the shape {shape}; expected [rows, dimensions], one row an input.",
            "Choose a layer after the pooling or flattening, or give a function, as in "
            "activations=lambda batch: keras.ops.mean(encoder(batch), axis=1).",
        )
    return int(shape[1])


def _count_rows(inputs: Any) -> int | None:
    """The number of rows of arrays; `None` for a data set."""
    arrays = keras.tree.flatten(inputs)
    if all(hasattr(array, "shape") and hasattr(array, "__getitem__") for array in arrays):
        return int(arrays[0].shape[0])
    return None


def _strategy_scope(model: keras.Model) -> Any:
    """A `tf.distribute` strategy binds a model when the model is created."""
    strategy = getattr(model, "distribute_strategy", None)
    return nullcontext() if strategy is None else strategy.scope()
