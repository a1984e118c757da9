"""A layer's activations on images, one step per epoch: python keras_activations.py [logdir]."""

import sys

import keras
import numpy as np
from sklearn.datasets import load_digits

from tb_projector_plugin.callbacks.keras import ProjectorCallback

logdir = sys.argv[1] if len(sys.argv) > 1 else "logs"
digits = load_digits()
images = (digits.images / 16).astype(np.float32)

model = keras.Sequential(
    [
        keras.Input((8, 8)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu", name="features"),
        keras.layers.Dense(10),
    ]
)
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])

callback = ProjectorCallback(
    f"{logdir}/digits",
    activations="features",
    inputs=images,
    metadata={"digit": digits.target, "image": np.arange(len(images))},
    images=images,
)
model.fit(images, digits.target, epochs=3, verbose=2, callbacks=[callback])
print(f"tensorboard --logdir {logdir}")
