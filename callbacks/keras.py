"""`ProjectorCallback`: saves embeddings and activations of a Keras 3 model while it trains, on every Keras backend.

The training thread copies the data of a step and goes on; a background thread writes it. With the TensorFlow backend a
step is a TensorFlow checkpoint, with JAX and torch it is raw float32 files: the Embeddings tab and the built-in
projector read both.
"""

from __future__ import annotations

import os
import warnings
from typing import Any, Literal

import keras
import numpy as np
from tqdm.auto import tqdm

from tb_projector_plugin.callbacks.activations import Activations
from tb_projector_plugin.callbacks.annotations import Annotation, write_annotations
from tb_projector_plugin.callbacks.background_writer import BackgroundWriter, Job
from tb_projector_plugin.callbacks.processes import is_writing_process
from tb_projector_plugin.callbacks.steps import Steps, make_steps
from tb_projector_plugin.callbacks.weights import Weights, choose_weights, layers_of
from tb_projector_plugin.errors import BadParameterError


class ProjectorCallback(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types.
    """Saves embeddings of the model at each epoch for TensorBoard's Embeddings tab.

    Example:
    ```python
    callback = ProjectorCallback("logs/run1", embeddings="word_embedding", metadata=vocabulary)
    model.fit(x, y, epochs=10, callbacks=[callback])

    callback = ProjectorCallback("logs/run2", activations="features", inputs=x_test, metadata=labels, images=x_test)
    model.fit(x, y, epochs=10, callbacks=[callback])
    ```

    Steps are numbered by `optimizer.iterations`, the batches trained so far, which a resumed training continues. If the
    folder already holds a later step (because the optimizer was reset), numbers continue from that one: no step is ever
    overwritten.

    A step that cannot be written does not end the training: a warning gives the step and the reason at the next batch
    or epoch.

    Args:
        log_dir: the run's folder, below TensorBoard's `--logdir`. No other saver may keep its checkpoints there.
        embeddings: weights to show: a layer, its name, a variable, its path, a list of these, or a dict that names
            them. `None` is every `keras.layers.Embedding` of the model, or no weights if `activations` is given.
        activations: outputs to show, computed on `inputs`: a layer, its name, a symbolic tensor, a model that shares
            the layers, a function of a batch of inputs made of the model's layers, a list of these, or a dict that
            names them. Outputs are [rows, dimensions].
        inputs: as for `model.predict`, one row per point: arrays, a list or dict of arrays, a `tf.data.Dataset` that
            is not shuffled, a `keras.utils.PyDataset`.
        metadata: one line per row: a list or array of labels, a dict of columns, a DataFrame, a list of rows of which
            the first names the columns, or the path of a TSV. One for all embeddings, or a dict by embedding name.
        images: one image per row: an array [rows, height, width] or [rows, height, width, channels] of uint8 or of
            values from 0 to 1, a list of PIL images, or the path of a sprite sheet. One for all embeddings, or a dict
            by embedding name.
        single_image_dim: (width, height) of a thumbnail in pixels, if `images` is the path of a sprite sheet.
        update_freq: "epoch", or the number of batches between two steps.
        max_to_keep: number of the newest steps to keep on disk; `None` keeps all.
        batch_size: rows of `inputs` at a time, as in `model.predict`.

    Raises:
        BadParameterError: at the start of training, before any batch: something named is not in the model, shapes are
            not two-dimensional, the number of metadata lines or images is not the number of rows, or another saver
            uses the folder.
    """

    def __init__(
        self,
        log_dir: str | os.PathLike[str],
        embeddings: Any = None,
        *,
        activations: Any = None,
        inputs: Any = None,
        metadata: Any = None,
        images: Any = None,
        single_image_dim: Any = None,
        update_freq: int | Literal["epoch", "batch"] = "epoch",
        max_to_keep: int | None = 10,
        batch_size: int | None = None,
    ) -> None:
        super().__init__()
        self.log_dir = _check_log_dir(log_dir)
        self._update_freq = _check_update_freq(update_freq)
        self._max_to_keep = _check_max_to_keep(max_to_keep)
        _check_activations(activations, inputs)
        self._choice = {"embeddings": embeddings, "activations": activations}
        self._inputs, self._batch_size = inputs, batch_size
        self._annotating = {"metadata": metadata, "images": images, "single_image_dim": single_image_dim}
        self._writer = BackgroundWriter()
        self._prepared_for: keras.Model | None = None
        self._batches = self._batches_of_epoch = 0

    def on_train_begin(self, logs: Any = None) -> None:
        del logs
        model = self.model
        if all(layer.built for layer in layers_of(model)):
            self._prepare(model)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        del epoch, logs
        self._batches_of_epoch = 0

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Called every `steps_per_execution` batches, with the last as `batch`. `self.model` costs a copy on JAX."""
        del logs
        before = self._batches
        self._batches += batch + 1 - self._batches_of_epoch
        self._batches_of_epoch = batch + 1
        if self._update_freq is not None and before // self._update_freq < self._batches // self._update_freq:
            self._keep_step()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        del epoch, logs
        if self._update_freq is None:
            self._keep_step()
        self._warn()

    def on_train_end(self, logs: Any = None) -> None:
        """Waits until the last step is written."""
        del logs
        total = self._writer.pending()
        with tqdm(total=total, desc=f"Writing embeddings to {self.log_dir}", unit="step", delay=1) as progress:
            while left := self._writer.pending():
                self._writer.wait_for_one(timeout_s=0.5)
                progress.update(total - left - progress.n)
            progress.update(total - progress.n)
        self._warn()

    def _prepare(self, model: keras.Model) -> None:
        """Finds the vectors to save and makes all checks that are possible, once per model."""
        if self._prepared_for is model:
            return
        embeddings, activations = self._choice["embeddings"], self._choice["activations"]
        wants_weights = embeddings is not None or activations is None
        self._weights: list[Weights] = choose_weights(model, embeddings) if wants_weights else []
        self._activations = (
            None if activations is None else Activations(model, activations, self._inputs, self._batch_size)
        )
        self._writes = is_writing_process(model)
        rows = self._rows(model)
        if self._writes:
            self._steps: Steps = make_steps(self.log_dir, self._max_to_keep)
            self._annotations: dict[str, Annotation] = write_annotations(self.log_dir, rows, **self._annotating)
            self._last_step = self._steps.last(list(rows))
            self._offset = max(0, (self._last_step or 0) - self._trained_batches(model))
        self._prepared_for = model

    def _rows(self, model: keras.Model) -> dict[str, int]:
        """Each embedding's name and number of rows."""
        rows = {weights.name: weights.shape[0] for weights in self._weights}
        activations = {} if self._activations is None else self._activations.check()
        if both := rows.keys() & activations.keys():
            raise BadParameterError(
                f"{', '.join(map(repr, sorted(both)))} is the name of an embedding and of an activation.",
                'Name one of them: activations={"features": layer}.',
            )
        rows |= {name: shape[0] for name, shape in activations.items()}
        if not rows:
            raise BadParameterError(
                f"The model {model.name!r} has no Embedding layer, and nothing else was asked for.",
                'Name weights, embeddings="dense", or outputs, activations="dense", inputs=x.',
            )
        return rows

    def _keep_step(self) -> None:
        model = self.model
        self._prepare(model)
        vectors = {weights.name: weights.copy() for weights in self._weights}
        if self._activations is not None:
            vectors |= self._activations.compute()
        if self._writes:
            self._submit(self._next_step(model), vectors)
        self._warn()

    def _submit(self, step: int, vectors: dict[str, np.ndarray]) -> None:
        steps, annotations = self._steps, self._annotations
        size_bytes = sum(array.nbytes for array in vectors.values())
        self._writer.submit(Job(f"Step {step}", size_bytes, lambda: steps.write(step, vectors, annotations)))

    def _next_step(self, model: keras.Model) -> int:
        step = self._trained_batches(model) + self._offset
        self._last_step = step if self._last_step is None else max(step, self._last_step + 1)
        return self._last_step

    def _trained_batches(self, model: keras.Model) -> int:
        """`optimizer.iterations`; in a training loop without a Keras optimizer, the batches seen by this callback."""
        iterations = getattr(getattr(model, "optimizer", None), "iterations", None)
        return self._batches if iterations is None else int(keras.ops.convert_to_numpy(iterations))

    def _warn(self) -> None:
        for trouble in self._writer.take_troubles():
            warnings.warn(f"ProjectorCallback: {trouble}", stacklevel=2)


def _check_log_dir(log_dir: str | os.PathLike[str]) -> str:
    """Absolute, so that a script that changes its working directory still writes all steps into one folder."""
    path = os.path.expanduser(os.fspath(log_dir))
    if "://" in path:
        raise BadParameterError(
            f"`log_dir` received {path!r}, on a remote file system; expected a local directory.",
            "Write into a local directory and copy it, or mount the bucket.",
        )
    return os.path.abspath(path)


def _check_update_freq(update_freq: Any) -> int | None:
    """Number of batches between two steps; `None` for an epoch."""
    if update_freq == "epoch":
        return None
    if update_freq == "batch":
        return 1
    if isinstance(update_freq, int) and not isinstance(update_freq, bool) and update_freq > 0:
        return update_freq
    raise BadParameterError(
        f"`update_freq` received {update_freq!r}; expected 'epoch' or a number of batches above 0.",
        "Leave it out to keep a step each epoch.",
    )


def _check_max_to_keep(max_to_keep: Any) -> int | None:
    if max_to_keep is None or (isinstance(max_to_keep, int) and max_to_keep > 0):
        return max_to_keep
    raise BadParameterError(
        f"`max_to_keep` received {max_to_keep!r}; expected a number above 0, or None.", "None keeps every step."
    )


def _check_activations(activations: Any, inputs: Any) -> None:
    if (activations is None) != (inputs is None):
        given, missing = ("inputs", "activations") if activations is None else ("activations", "inputs")
        raise BadParameterError(
            f"ProjectorCallback received `{given}` without `{missing}`.",
            'Activations are outputs on inputs: activations="dense", inputs=x_test.',
        )
