"""Interprets the keys of a checkpoint: display names, and which tensors are an optimizer's own state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_VALUE_SUFFIX = "/.ATTRIBUTES/VARIABLE_VALUE"

#: Slot names of the optimizers in tf.compat.v1.train, as `<variable>/<slot>`, with `_1` for a second one.
_TF1_SLOT = re.compile(
    r"/(?:Adam|Adagrad|AdagradDA|Adadelta|Momentum|RMSProp|Ftrl|ProximalAdagrad|ProximalGradientDescent"
    r"|AdaMax|Nadam|LazyAdam|LARS|LAMB|ExponentialMovingAverage)(?:_\d+)?$"
)

#: Attributes that only an optimizer has besides its slots, in Keras 3 and in Keras 2.
_OPTIMIZER_MARKS = ("_iterations", "_learning_rate", "iterations", "iter", "learning_rate")

#: Keras 3 optimizers track the model's variables too; the shortest path to a weight may lead through its optimizer.
_WEIGHTS_OF_OPTIMIZER = re.compile(r"/_trainable_variables/\d+$")

_INTERNAL = re.compile(r"(?:^|/)(?:_|layer-\d|layer_with_weights-\d)")


def label_of_key(key: str) -> str:
    """The key without TensorFlow's suffix, and with the dots and slashes of names unescaped."""
    return re.sub(r"\.([.S])", lambda match: "/" if match[1] == "S" else ".", key.removesuffix(_VALUE_SUFFIX))


def find_key(name: str, keys: Iterable[str]) -> str | None:
    """The key for `name`: tried as is, then without `:0` and the suffix, then by label."""
    keys = keys if isinstance(keys, Mapping) else dict.fromkeys(keys)
    plain = name.removesuffix(":0").removesuffix(_VALUE_SUFFIX)
    for candidate in (name, name.removesuffix(":0"), plain, plain + _VALUE_SUFFIX):
        if candidate in keys:
            return candidate
    return next((key for key in keys if label_of_key(key) == plain), None)


def find_key_of_variable(name: str, variable_names: Mapping[str, str]) -> str | None:
    """The key whose variable has the name `name` (`sequential/word_embedding/embeddings`)."""
    plain = name.removesuffix(":0")
    return next((key for key, variable in variable_names.items() if variable == plain), None)


def is_internal_path(label: str) -> bool:
    """Whether a path leads through internal attributes: `_layers/2/_embeddings`, `layer-1/embeddings`."""
    return _INTERNAL.search(label) is not None


def is_optimizer_slot(key: str, keys: Mapping[str, object]) -> bool:
    """Whether `key` is an optimizer's state for a variable (moments, accumulators) rather than a variable."""
    path = key.removesuffix(_VALUE_SUFFIX)
    return "/.OPTIMIZER_SLOT/" in key or _is_tf1_slot(path, keys) or _is_tracked_by_optimizer(path, keys)


def _is_tf1_slot(path: str, keys: Mapping[str, object]) -> bool:
    match = _TF1_SLOT.search(path)
    return match is not None and path[: match.start()] in keys


def _is_tracked_by_optimizer(path: str, keys: Mapping[str, object]) -> bool:
    if _WEIGHTS_OF_OPTIMIZER.search(path):
        return False
    segments = path.split("/")
    return any(_is_optimizer("/".join(segments[:depth]), keys) for depth in range(1, len(segments)))


def _is_optimizer(path: str, keys: Mapping[str, object]) -> bool:
    return any(f"{path}/{mark}{_VALUE_SUFFIX}" in keys for mark in _OPTIMIZER_MARKS)
