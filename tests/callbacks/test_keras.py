"""ProjectorCallback on TensorFlow: the files after `fit`, read by TensorFlow and by the built-in projector."""

from __future__ import annotations

import json
import os
import urllib.request
import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import text_format
from keras_models import ROWS, WORDS, Recorder, make_data, make_model
from tensorboard.plugins.projector import ProjectorConfig

from tb_projector_plugin.callbacks.keras import ProjectorCallback
from tb_projector_plugin.errors import BadParameterError, ProjectorError


def fit(model, *callbacks, epochs=3, **options):
    return model.fit(*make_data(), batch_size=16, epochs=epochs, verbose=0, callbacks=list(callbacks), **options)


def read_steps(logdir) -> dict[int, object]:
    """A reader for each checkpoint listed in the state file."""
    state = tf.train.get_checkpoint_state(str(logdir))
    return {int(path.rsplit("-", 1)[1]): tf.train.load_checkpoint(path) for path in state.all_model_checkpoint_paths}


def read_config(logdir) -> ProjectorConfig:
    return text_format.Parse((logdir / "projector_config.pbtxt").read_text(), ProjectorConfig())


def test_each_step_holds_the_weights_and_activations_of_its_epoch(tmp_path):
    recorder = Recorder()
    callback = ProjectorCallback(tmp_path, ["word_embedding"], activations="features", inputs=make_data()[0])
    fit(make_model(), callback, recorder)
    steps = read_steps(tmp_path)
    assert list(steps) == [4, 8, 12] == list(recorder.embeddings)  # 60 rows in batches of 16.
    for step, reader in steps.items():
        assert reader.get_variable_to_shape_map() == {"word_embedding": [WORDS, 4], "features": [ROWS, 3]}
        np.testing.assert_array_equal(reader.get_tensor("word_embedding"), recorder.embeddings[step])
        np.testing.assert_allclose(reader.get_tensor("features"), recorder.features[step], rtol=1e-5, atol=1e-6)
    assert (recorder.embeddings[4] != recorder.embeddings[12]).any()
    assert tf.train.latest_checkpoint(str(tmp_path)) == str(tmp_path / "embeddings.ckpt-12")


def test_the_config_names_embeddings_metadata_and_sprite(tmp_path):
    metadata = {"word_embedding": [f"word {n}" for n in range(WORDS)], "features": {"answer": make_data()[1][:, 0]}}
    images = {"features": np.zeros((ROWS, 6, 5), np.uint8)}
    callback = ProjectorCallback(
        tmp_path, "word_embedding", activations="features", inputs=make_data()[0], metadata=metadata, images=images
    )
    fit(make_model(), callback)
    words, features = read_config(tmp_path).embeddings
    assert (words.tensor_name, features.tensor_name) == ("word_embedding", "features")
    assert not os.path.isabs(words.metadata_path)
    assert not os.path.isabs(features.sprite.image_path)
    assert (tmp_path / words.metadata_path).read_text().splitlines()[:2] == ["word 0", "word 1"]
    assert list(features.sprite.single_image_dim) == [5, 6]  # Width, height.
    assert (tmp_path / features.sprite.image_path).read_bytes().startswith(b"\x89PNG")


def test_the_built_in_projector_reads_it(tmp_path, tensorboard_server):
    recorder = Recorder()
    metadata = [f"word {number}" for number in range(WORDS)]
    fit(make_model(), ProjectorCallback(tmp_path, metadata=metadata), recorder)
    server = tensorboard_server(tmp_path, tensorflow=True)
    server.wait_until_enabled("projector")
    prefix = f"{server.url}/data/plugin/projector"
    with urllib.request.urlopen(f"{prefix}/info?run=.") as answer:
        (entry,) = json.load(answer)["embeddings"]
    assert entry["tensorName"] == "word_embedding"
    assert entry["tensorShape"] == [WORDS, 4]
    with urllib.request.urlopen(f"{prefix}/tensor?run=.&name=word_embedding") as answer:
        vectors = np.frombuffer(answer.read(), np.float32)
    np.testing.assert_array_equal(vectors, recorder.embeddings[12].ravel())
    with urllib.request.urlopen(f"{prefix}/metadata?run=.&name=word_embedding") as answer:
        assert answer.read().decode().splitlines() == metadata


def test_an_existing_config_is_merged(tmp_path):
    (tmp_path / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "mine" tensor_path: "mine.tsv" }\n'
        'embeddings { tensor_name: "word_embedding" metadata_path: "words.tsv" bookmarks_path: "views.json" }\n'
    )
    fit(make_model(), ProjectorCallback(tmp_path))
    mine, words = read_config(tmp_path).embeddings
    assert mine.tensor_path == "mine.tsv"
    assert (words.metadata_path, words.bookmarks_path) == ("words.tsv", "views.json")


@pytest.mark.parametrize(("keep", "kept"), [(2, [16, 20]), (1, [20]), (None, [4, 8, 12, 16, 20])])
def test_max_to_keep(keep, kept, tmp_path):
    fit(make_model(), ProjectorCallback(tmp_path, max_to_keep=keep), epochs=5)
    assert list(read_steps(tmp_path)) == kept
    on_disk = [name for name in os.listdir(tmp_path) if name.startswith("embeddings.ckpt")]
    assert len(on_disk) == 2 * len(kept)


@pytest.mark.parametrize(
    ("update_freq", "per_execution", "steps"),
    [
        ("batch", 1, [*range(1, 13)]),
        (5, 1, [5, 10]),
        (3, 2, [4, 6, 10, 12]),
        (1, 4, [4, 8, 12]),
        ("epoch", 3, [4, 8, 12]),
    ],
)
def test_update_freq_with_steps_per_execution(update_freq, per_execution, steps, tmp_path):
    """A step is saved at the first opportunity after each `update_freq` batches; an epoch has four batches."""
    recorder = Recorder(each_batch=True)
    callback = ProjectorCallback(tmp_path, update_freq=update_freq, max_to_keep=None)
    fit(make_model(steps_per_execution=per_execution), callback, recorder)
    readers = read_steps(tmp_path)
    assert list(readers) == steps
    for step, reader in readers.items():
        np.testing.assert_array_equal(reader.get_tensor("word_embedding"), recorder.embeddings[step])


def test_fit_again_goes_on(tmp_path):
    model, callback = make_model(), ProjectorCallback(tmp_path)
    fit(model, callback, epochs=2)
    fit(model, callback, epochs=4, initial_epoch=2)
    assert list(read_steps(tmp_path)) == [4, 8, 12, 16]


def test_a_resumed_training_goes_on_in_a_new_process(tmp_path):
    model = make_model()
    fit(model, ProjectorCallback(tmp_path / "logs"), epochs=2)
    model.save(tmp_path / "model.keras")
    resumed = keras.models.load_model(tmp_path / "model.keras")
    fit(resumed, ProjectorCallback(tmp_path / "logs"), epochs=4, initial_epoch=2)
    assert list(read_steps(tmp_path / "logs")) == [4, 8, 12, 16]


def test_a_new_training_in_an_old_folder_overwrites_nothing(tmp_path):
    fit(make_model(), ProjectorCallback(tmp_path), epochs=2)
    before = {step: reader.get_tensor("word_embedding") for step, reader in read_steps(tmp_path).items()}
    fit(make_model(), ProjectorCallback(tmp_path), epochs=2)
    readers = read_steps(tmp_path)
    assert list(readers) == [4, 8, 12, 16]
    for step, vectors in before.items():
        np.testing.assert_array_equal(readers[step].get_tensor("word_embedding"), vectors)


def test_mirrored_strategy(tmp_path):
    """Two virtual devices in a child process would be a cluster; one CPU replica runs the same code paths."""
    with tf.distribute.MirroredStrategy(["/cpu:0"]).scope():
        model = make_model()
    recorder = Recorder()
    fit(model, ProjectorCallback(tmp_path, "word_embedding", activations="features", inputs=make_data()[0]), recorder)
    for step, reader in read_steps(tmp_path).items():
        np.testing.assert_array_equal(reader.get_tensor("word_embedding"), recorder.embeddings[step])
        np.testing.assert_allclose(reader.get_tensor("features"), recorder.features[step], rtol=1e-5, atol=1e-6)


def test_training_is_the_same_with_and_without(tmp_path):
    """Weights, metrics and random state are not changed."""
    histories, weights = [], []
    for callbacks in ([], [ProjectorCallback(tmp_path, activations="features", inputs=make_data()[0], update_freq=2)]):
        keras.utils.set_random_seed(7)
        model = make_model(metrics=["accuracy"])
        histories.append(fit(model, *callbacks, validation_data=make_data(1)).history)
        weights.append(model.get_weights())
    assert histories[0] == histories[1]
    for alone, accompanied in zip(*weights, strict=True):
        np.testing.assert_array_equal(alone, accompanied)


def test_a_write_that_fails_warns_and_training_goes_on(tmp_path, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tb_projector_plugin.callbacks.checkpoint_steps.CheckpointSteps.write", fail)
    with pytest.warns(UserWarning, match=r"Step \d+ was not written: OSError: .*No space left") as caught:
        history = fit(make_model(), ProjectorCallback(tmp_path))
    assert len(history.epoch) == 3
    assert sum("was not written" in str(warning.message) for warning in caught) == 3


def test_no_warning_when_all_is_well(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        fit(make_model(), ProjectorCallback(tmp_path))


def test_a_folder_of_another_saver_is_refused(tmp_path):
    tf.train.Checkpoint(weight=tf.Variable(1.0)).save(str(tmp_path / "model.ckpt"))
    with pytest.raises(BadParameterError, match="another saver") as caught:
        fit(make_model(), ProjectorCallback(tmp_path))
    assert "embeddings" in caught.value.fix


@pytest.mark.parametrize(
    "wrong",
    [
        {"metadata": ["one line"]},
        {"images": np.zeros((3, 4, 4), np.uint8)},
        {"metadata": {"word_embedding": ["one line"]}},
        {"embeddings": "no_such_layer"},
        {"embeddings": "features", "activations": "no_such_layer", "inputs": np.zeros((2, 5))},
        {"activations": "global_average_pooling1d", "inputs": np.zeros((2, 5)), "metadata": ["one line"]},
        {"images": "sheet.png"},
    ],
    ids="-".join,
)
def test_what_is_wrong_is_said_before_the_first_batch(wrong, tmp_path):
    keras.backend.clear_session()
    batches = []
    counter = keras.callbacks.LambdaCallback(on_train_batch_begin=lambda *batch: batches.append(batch))
    with pytest.raises(ProjectorError) as caught:
        fit(make_model(), ProjectorCallback(tmp_path, **wrong), counter)
    assert caught.value.message
    assert caught.value.fix
    assert batches == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"update_freq": 0},
        {"update_freq": "day"},
        {"update_freq": True},
        {"max_to_keep": 0},
        {"activations": "features"},
        {"inputs": np.zeros((2, 5))},
    ],
    ids=lambda wrong: "-".join(map(str, wrong)),
)
def test_arguments_are_checked_when_the_callback_is_made(wrong, tmp_path):
    with pytest.raises(BadParameterError):
        ProjectorCallback(tmp_path, **wrong)


def test_a_script_that_changes_its_folder_gets_all_steps_into_one(tmp_path, monkeypatch):
    """Paths in the config are relative, so that the logdir can be moved as a whole."""
    monkeypatch.chdir(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    leave = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: os.chdir(elsewhere))
    words, dots = [str(word) for word in range(WORDS)], np.zeros((WORDS, 4, 4), np.uint8)
    fit(make_model(), leave, ProjectorCallback("logs", metadata=words, images=dots))
    assert list(elsewhere.iterdir()) == []
    assert list(read_steps(tmp_path / "logs")) == [4, 8, 12]
    (entry,) = read_config(tmp_path / "logs").embeddings
    assert (entry.metadata_path, entry.sprite.image_path) == (
        "word_embedding_metadata.tsv",
        "word_embedding_sprite.png",
    )


def test_a_remote_folder_is_refused_at_once():
    with pytest.raises(BadParameterError, match="gs://bucket/run"):
        ProjectorCallback("gs://bucket/run")
